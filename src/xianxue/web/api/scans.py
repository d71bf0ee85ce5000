"""Signed and sealed paper of a return: attached, listed and read (附盖章扫描件)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import File, Form
from ninja.files import UploadedFile

from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.context import complain
from xianxue.desk.returns.scans import Paper, Scan, attach, scan_data, scans_at
from xianxue.desk.workspace import ComplaintsError, MisusedError
from xianxue.web.api.calls import Told, does, gives_file, reads
from xianxue.web.api.returns import key_of
from xianxue.web.api.shaped import drafts as shaped
from xianxue.web.api.shapes import Word
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.files import ANY, download
from xianxue.web.kit.visit import asked
from xianxue.web.returns.about import SEE, UNMASK, open_to, own

MOST_FILES = 20
"""Scans of one paper: a page each, where the scanner makes a file a page."""
_SCANS = "/returns/{form}/{period}/{place}/scans"


@reads(_SCANS, shaped.ScansOut, SEE, "place")
def scans(request: HttpRequest, form: Word, period: Word, place: Word) -> Told:
    """List the scans at the newest revision, and what the paper has to say."""
    del request
    visit = asked().visit
    key = key_of(visit, form, period, place)
    found = scans_at(visit.standing.ground(), key)
    if found is None:
        return {"revision": 0, "content": "", "scans": []}
    return {
        "revision": found.revision,
        "content": found.content,
        "scans": [_told(found.revision, one) for one in found.scans],
    }


@does(_SCANS, shaped.ScannedOut, "returns.attach_scan", "place")
def attach_scans(  # noqa: PLR0913, PLR0917 - of what, which files, which paper
    request: HttpRequest,
    form: Word,
    period: Word,
    place: Word,
    files: File[list[UploadedFile]],
    paper: Form[shaped.ScanIn],
) -> Told:
    """Attach scans to the revision that stands on the paper, and to no other."""
    del request
    visit = asked().visit
    key = key_of(visit, form, period, place)
    if len(files) > MOST_FILES:
        raise MisusedError(say("一次最多 {n} 个文件，请分几次", n=MOST_FILES))
    done = attach(
        visit.standing.workspace(),
        visit.standing.ground(),
        visit.actor,
        visit.at,
        key,
        Paper(paper.revision, paper.digest, instead=paper.instead, why=paper.why),
        [(one.name or "", one.read()) for one in files],
    )
    return {
        "unchanged": done.unchanged,
        "scans": [_told(paper.revision, one) for one in done.scans],
    }


@gives_file(f"{_SCANS}/{{digest}}", ANY, UNMASK, "place")
def scan(request: HttpRequest, form: Word, period: Word, place: Word, digest: Word) -> HttpResponse:
    """Give one scan as it was attached: to its own school, or to whoever has said what for."""
    del request
    visit = asked().visit
    key = key_of(visit, form, period, place)
    uncovered = open_to(visit, key)
    if not own(visit, key) and not (uncovered is not None and uncovered.file):
        saw = say("还没有写明为什么看原件")
        do = say("请先在这份报表的页面上写明理由，再取")
        raise ComplaintsError([complain("F-COVERED", key, saw, say("看原件先写明理由"), do)])
    found = scans_at(visit.standing.ground(), key)
    for one in found.scans if found is not None else ():
        if one.digest == digest:
            return download(scan_data(visit.standing.workspace(), one), one.file)
    raise MissingError(say("没有留存这一件扫描件。"))


def _told(revision: int, one: Scan) -> Told:
    return {"revision": revision, **one.detail}
