"""Evidence as it is shown: photographs without what a telephone hides in them, papers as files."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse

from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.ledgers.reading import ReadRestricted
from xianxue.desk.ledgers.entries import Row
from xianxue.desk.ledgers.evidence import Proof, read_evidence
from xianxue.desk.ledgers.opened import opened
from xianxue.desk.ledgers.pictures import LARGE, SMALL, NoPictureError, shown_picture
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.files import download, shown
from xianxue.web.kit.pages import page
from xianxue.web.kit.visit import Asked, Visit
from xianxue.web.ledgers.about import SEE, UNMASK, of_entry, room_of, row_at

_PICTURES: Final = frozenset({"jpg", "png"})
_ACTS: Final = ("record", "work", "verify", "assign", "unmask")


@page(SEE, of_entry)
def picture(request: Asked, ledger: str, number: str, digest: str) -> HttpResponse:
    """Show a photograph upright, and nothing of where, when and by what it was taken."""
    visit = request.visit
    row = row_at(visit, ledger, number)
    scan = _of(visit, row, digest)
    if scan.kind not in _PICTURES:
        raise MissingError(say("这一件不是照片。"))
    ReadRestricted(room_of(visit).ground, room_of(visit).ledger(ledger), visit.actor, visit.at)(row)
    side = SMALL if request.GET.get("size") == "small" else LARGE
    try:
        drawn = shown_picture(_read(visit, scan), side)
    except NoPictureError:
        raise MissingError(say("这张照片打不开。")) from None
    return shown(drawn, f"{scan.file.rpartition('.')[0] or scan.file}.jpg")


@page(SEE, of_entry)
def original(request: Asked, ledger: str, number: str, digest: str) -> HttpResponse:
    """Give a file as it was handed in, to those who may see all of what is in it."""
    visit = request.visit
    row = row_at(visit, ledger, number)
    scan = _of(visit, row, digest)
    if not may_take(visit, row, scan):
        raise MissingError(say("原件只给看得到个人信息的人；页面上的照片去掉了拍摄地点。"))
    ReadRestricted(room_of(visit).ground, room_of(visit).ledger(ledger), visit.actor, visit.at)(row)
    name = scan.file if scan.file.lower().endswith(f".{scan.kind}") else f"{scan.file}.{scan.kind}"
    return download(_read(visit, scan), name)


def may_take(visit: Visit, row: Row, scan: Proof) -> bool:
    """Whether the visitor may take a file away as it was handed in.

    A photograph tells where it was taken; a paper is needed by all who work on the entry, unless
    the ledger is about persons.
    """
    if visit.may(UNMASK, row.place, row.ledger):
        return True
    card = room_of(visit).ledger(row.ledger)
    about_persons = any(one.personal for one in card.fields)
    if scan.kind in _PICTURES or about_persons:
        return False
    return any(visit.may(f"ledgers.{act}", row.place, row.ledger) for act in _ACTS)


def _of(visit: Visit, row: Row, digest: str) -> Proof:
    """Give a file of an entry; MissingError where it is another's, or none."""
    entry = opened(room_of(visit), row, visit.at)
    found = next((one for one in entry.evidence if one.digest == digest), None)
    if found is None:
        raise MissingError(say("这一条没有这件凭据。"))
    return found


def _read(visit: Visit, scan: Proof) -> bytes:
    found = read_evidence(room_of(visit), scan)
    if found is None:
        raise MissingError(say("这件凭据的文件不见了或被改动，请告诉系统管理员。"))
    return found
