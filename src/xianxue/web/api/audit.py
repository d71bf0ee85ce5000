"""Documents held against themselves and against the county's figures."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import File
from ninja.files import UploadedFile

from xianxue.bureau.audit.showing.marked import Card, marked
from xianxue.bureau.values.sentence import say
from xianxue.desk.audit import dropped
from xianxue.desk.audit.comparison import look_at
from xianxue.desk.audit.dropped import Dropped
from xianxue.desk.works import running
from xianxue.web.api.calls import Told, does, gives_file, reads
from xianxue.web.api.shaped import deeds as deeds_shapes
from xianxue.web.api.shaped import reports as reports_shapes
from xianxue.web.api.shapes import Word
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.against import against_of, words_of_county
from xianxue.web.kit.files import WORD, download
from xianxue.web.kit.helpers import address
from xianxue.web.kit.visit import asked
from xianxue.web.kit.words import tell

_PATIENCE = 3.0
"""Seconds in which most documents are judged."""
_USE = "audit.use"


@does("/audit/text", reports_shapes.DocumentOut, _USE)
def text(request: HttpRequest, wanted: reports_shapes.DocumentIn) -> Told:
    """Audit a text; it is kept for a day, for the token's owner alone."""
    name = wanted.name or str(tell(say("粘贴的文字")))
    return _taken(request, name, wanted.text.encode("utf-8", "replace"))


@does("/audit/file", reports_shapes.DocumentOut, _USE)
def document(request: HttpRequest, file: File[UploadedFile]) -> Told:
    """Audit a Word or text document."""
    return _taken(request, (file.name or "")[-120:], file.read())


@reads("/audit/{key}", reports_shapes.DocumentOut, _USE)
def findings(request: HttpRequest, key: Word, against: Word = "") -> Told:
    """Give what was found; ``against`` is ``latest`` or ``now``: also held against the figures."""
    return _told(_own(request, key), against)


@gives_file("/audit/{key}/comments", WORD, _USE)
def comments(request: HttpRequest, key: Word, against: Word = "") -> HttpResponse:
    """Give a copy of a Word document with a comment at each place to be looked at."""
    one = _own(request, key)
    audited = dropped.known(key)
    if audited is None:
        raise MissingError(say("这份文稿还没有核对完。"))
    report = look_at(audited, against_of(asked().visit, against))
    return download(dropped.commented(report), f"{one.name.removesuffix('.docx')}-批注.docx")


@does("/audit/{key}", deeds_shapes.Done, _USE, by="DELETE")
def forget(request: HttpRequest, key: Word) -> Told:
    """Throw a document away."""
    dropped.forget(_own(request, key).key, _who(request))
    return {"done": key}


def _who(request: Any) -> str:  # noqa: ANN401 - a request that has shown a token
    return request.auth


def _own(request: HttpRequest, key: str) -> Dropped:
    found = dropped.find(key, _who(request))
    if found is None:
        raise MissingError(say("这份文稿已不在：放入的文稿留 24 小时，程序重开也会清掉。"))
    return found


def _taken(request: HttpRequest, name: str, data: bytes) -> Told:
    one = dropped.take(_who(request), name, data)
    dropped.begin(one, words_of_county(asked().visit), address("audit:one", one.key))
    dropped.wait(one.key, _PATIENCE)
    return _told(one, "")


def _told(one: Dropped, against: str) -> Told:
    audited = dropped.known(one.key)
    if audited is None:
        work = running.find(dropped.work_of(one.key), one.who)
        state = "failed" if work is None or work.state != running.GOING else "going"
        return {"key": one.key, "name": one.name, "state": state} | _NOTHING
    report = look_at(audited, against_of(asked().visit, against))
    told = marked(audited.document, report.audited.audit, report.sourced, against=bool(against))
    return {
        "key": one.key,
        "name": one.name,
        "state": "done",
        "numbers": len(audited.audit.numbers),
        "counts": {look: many for look, many in told.counts.items() if many},
        "findings": [finding(card) for card in told.cards],
    }


_NOTHING: Told = {"numbers": 0, "counts": {}, "findings": []}


def finding(card: Card) -> Told:
    """Tell what is said of one place of a document."""
    words = ("term", "kind", "where", "stated", "message", "advice", "quote")
    return {name: str(tell(getattr(card, name))) for name in words} | {
        "verdict": card.look,
        "computed": str(tell(card.computed or card.now)),
        "start": card.start,
        "end": card.end,
        "figure": card.key,
    }
