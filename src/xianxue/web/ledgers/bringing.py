"""Bringing over an office's own ledger: sent up, proposed, corrected on the page, taken in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.core.signing import BadSignature, Signer
from django.http import HttpResponse, QueryDict

from xianxue.bureau.kinds.ledgers.ledger import SUBJECT
from xianxue.bureau.kinds.ledgers.sheet import NAME, STATE
from xianxue.bureau.returns.contents.texts import bare
from xianxue.bureau.returns.files.refusal import RefusedError
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.ledgers.mapping.office import NOT_TAKEN, Office, Proposed, TableSaid
from xianxue.desk.ledgers.mapping.records import Said
from xianxue.desk.ledgers.mapping.uploads import keep_upload, read_upload
from xianxue.desk.ledgers.mapping.words import COLOUR, Word
from xianxue.desk.ledgers.mapping.workbook import field_term, text_of, write_left
from xianxue.desk.workspace import MAPPINGS, ComplaintsError
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.files import download
from xianxue.web.kit.pages import COMPLAINED, deed, page, show, went
from xianxue.web.kit.visit import Asked, Visit
from xianxue.web.kit.whole import whole
from xianxue.web.ledgers.about import room_of

BRING: Final = f"{SUBJECT}.map"
_SHOWN: Final = 200
"""Rows of a table that a page shows; what is taken in is all of them."""
_CELLS: Final = 500


class Choice(Record, kw_only=True):
    """One thing that may be corrected: its name in the form, what it says, what may be said."""

    name: str
    label: Sentence | str
    note: Sentence | str
    value: str
    options: tuple[tuple[str, Sentence | str], ...]
    asks: bool
    """Whether somebody has to look at it."""


class Shown(Record, kw_only=True):
    """One table as the page shows it."""

    one: Proposed
    at: str
    """Before the names of its fields."""
    ledgers: tuple[tuple[str, Sentence | str], ...]
    columns: tuple[Choice, ...]
    words: tuple[Choice, ...]
    fixed: tuple[Choice, ...]


@page(BRING)
def bring(request: Asked) -> HttpResponse:
    """Show where a workbook is put down; with one, what is proposed."""
    token = request.GET.get("file", "")
    if not token:
        return show(request, "ledgers/bring.html", {"tables": None, "saw": ""})
    return _proposal(request, token, request.GET)


@deed(BRING)
def look(request: Asked) -> HttpResponse:
    """Take a workbook and propose what becomes of it; nothing is written into a ledger."""
    visit = request.visit
    sent = request.FILES.get("file")
    if sent is None or not sent.size:
        return _refused(request, say("没有选文件，或者文件是空的"))
    try:
        token = _signer(visit).sign(f"{keep_upload(room_of(visit), sent.read())}/{sent.name}")
        return _proposal(request, token, QueryDict())
    except RefusedError as error:
        return _refused(request, error.issue(sent.name or "").saw)


@deed(BRING)
def correct(request: Asked) -> HttpResponse:
    """Propose anew by what was corrected; nothing is written into a ledger."""
    return _proposal(request, request.POST.get("file", ""), request.POST)


@deed(BRING)
def take(request: Asked) -> HttpResponse:
    """Take in what is proposed: all of it, or with what cannot be left out where that is said."""
    visit = request.visit
    token = request.POST.get("file", "")
    data, name = _file(visit, token)
    office = _office(visit)
    tables = _tables(office, data, name, request.POST)
    leave = bool(request.POST.get("leave"))
    refused = sum(len(one.read.refused) + len(one.issues) for one in tables)
    if not tables or (refused and not leave):
        return _proposal(request, token, request.POST, tried=True)
    folder = visit.standing.workspace().root / MAPPINGS
    try:
        taken = office.take_in(data, tables, leave=leave, keep=folder)
    except ComplaintsError:
        return _proposal(request, token, request.POST, tried=True)
    added = sum(map(len, taken.added.values()))
    there = sum(map(len, taken.unchanged.values()))
    words = say("迁入 {n} 条，已有 {m} 条没有变化。", n=added, m=there)
    return went(request, "ledgers:ledger", tables[0].looked.card.ledger, said=words)


@page(BRING)
def left(request: Asked) -> HttpResponse:
    """Give the list of the cells that have no place in an entry."""
    visit = request.visit
    data, name = _file(visit, request.GET.get("file", ""))
    cells = [(one, "") for table in _tables(_office(visit), data, name, request.GET)
             for one in table.read.left]  # fmt: skip
    return download(write_left(cells), "余下.xlsx")


def _signer(visit: Visit) -> Signer:
    return Signer(salt=f"ledgers.bring.{visit.actor.name}")


def _file(visit: Visit, token: str) -> tuple[bytes, str]:
    """Give a workbook and its name; MissingError where it is another's, or has been swept."""
    try:
        digest, _, name = _signer(visit).unsign(token).partition("/")
    except BadSignature:
        raise MissingError(say("没有这份文件。")) from None
    data = read_upload(room_of(visit), digest)
    if data is None:
        raise MissingError(say("这份文件放得太久，已经清除；请再传一次。"))
    return data, name


def _office(visit: Visit) -> Office:
    return Office(room=room_of(visit), actor=visit.actor, at=visit.at)


def _refused(request: Asked, saw: Sentence | str) -> HttpResponse:
    return show(request, "ledgers/bring.html", {"tables": None, "saw": saw}, status=COMPLAINED)


def _proposal(
    request: Asked, token: str, said: QueryDict, *, tried: bool = False
) -> HttpResponse:  # fmt: skip
    visit = request.visit
    data, name = _file(visit, token)
    tables = _tables(_office(visit), data, name, said)
    if not tables:
        return _refused(request, say("{file} 里没有认出台账", file=name))
    values = {
        "tables": [_shown(visit, at, one) for at, one in enumerate(tables)],
        "file": name,
        "token": token,
        "waits": sum(one.open for one in tables),
        "entries": sum(len(one.rows) - len(one.issues) for one in tables),
        "refused": sum(len(one.issues) + len(one.read.refused) for one in tables),
        "cells": sum(len(one.read.left) for one in tables),
        "tried": tried,
        "leave": bool(said.get("leave")),
        "rows_shown": _SHOWN,
        "cells_shown": _CELLS,
        "place_name": visit.standing.ground().name,
    }
    return show(request, "ledgers/bring.html", values, status=COMPLAINED if tried else 200)


# ── what was corrected ──────────────────────────────────────────────────────


def _tables(office: Office, data: bytes, name: str, said: QueryDict) -> list[Proposed]:
    first = office.propose(data, name, {})
    if not any(key.startswith("t0-") for key in said):
        return first
    answers = {one.key: _said(f"t{at}-", one, said) for at, one in enumerate(first)}
    return office.propose(data, name, answers)


def _said(at: str, one: Proposed, said: QueryDict) -> TableSaid:
    ledger = said.get(f"{at}ledger", "")
    if ledger == NOT_TAKEN:
        return TableSaid(ledger=NOT_TAKEN)
    # What was said of another ledger's columns says nothing of this one's.
    same = said.get(f"{at}was", ledger) == ledger
    columns = {
        each.head.at: said[f"{at}c{each.head.at}"]
        for each in one.looked.proposals.columns
        if same and f"{at}c{each.head.at}" in said
    }
    words = {key: value for key, value in _words(at, said) if value} if same else {}
    fixed = {
        key.removeprefix(f"{at}f-"): said[key]
        for key in said
        if key.startswith(f"{at}f-") and said[key]
    }
    rows = frozenset(row for text in said.getlist(f"{at}out") if (row := whole(text)) is not None)
    return TableSaid(
        ledger=ledger,
        columns=columns,
        said=Said(words=words, fixed=fixed, place=said.get(f"{at}place", ""), left=rows),
    )


def _words(at: str, said: QueryDict) -> Iterator[tuple[tuple[str, str], str]]:
    for key in said:
        if key.startswith(f"{at}w-"):
            field, _, text = key.removeprefix(f"{at}w-").partition("-")
            yield (field, text), said[key]


# ── what is shown ───────────────────────────────────────────────────────────


def _shown(visit: Visit, number: int, one: Proposed) -> Shown:
    at = f"t{number}-"
    room = room_of(visit)
    return Shown(
        one=one,
        at=at,
        ledgers=tuple((name, card.term) for name, card in room.ledgers.items()),
        columns=tuple(_column(at, one)),
        words=tuple(_word(visit, at, one, word) for word in one.read.words),
        fixed=tuple(_fixed(visit, at, one)),
    )


def _column(at: str, one: Proposed) -> Iterator[Choice]:
    fields = tuple((field.field, field.term) for field in one.looked.form.sheets[0].fields)
    for each in one.looked.proposals.columns:
        letter = one.looked.block.table.column(each.head.at)
        yield Choice(
            name=f"{at}c{each.head.at}",
            label=say("{column} {head}", column=letter, head=each.head.text),
            note=joined("；", filter(None, (each.example, each.doubt))),
            value=one.looked.field_of(each),
            options=fields,
            asks=each.is_open and each.target is not None,
        )


def _word(visit: Visit, at: str, one: Proposed, word: Word) -> Choice:
    room, card = room_of(visit), one.looked.card
    options: list[tuple[str, Sentence | str]]
    if word.field in {STATE, COLOUR}:
        options = [(state.state, state.term) for state in card.states]
    elif word.field == NAME:
        options = [(place.code, place.name) for place in room.ground.register]
    else:
        field = card.field(word.field)
        known = room.ground.shelf.codes.get(card.codes_of(field)) if field is not None else None
        options = [(entry.code, entry.term) for entry in known.entries] if known else []
    return Choice(
        name=f"{at}w-{word.field}-{bare(word.text)}",
        label=say(
            "{field}：{text}（{n} 行）",
            field=field_term(card, word.field),
            text=text_of(room, word),
            n=word.lines,
        ),
        note=word.why,
        value=word.value,
        options=tuple(options),
        asks=word.certainty in {"ask", "unknown"},
    )


def _fixed(visit: Visit, at: str, one: Proposed) -> Iterator[Choice]:
    card, room = one.looked.card, room_of(visit)
    lacking = {field.field for field in one.read.lacking}
    for field in card.fields:
        if field.field not in lacking and field.field not in one.said.fixed:
            continue
        known = room.ground.shelf.codes.get(card.codes_of(field))
        yield Choice(
            name=f"{at}f-{field.field}",
            label=field.term,
            note=field.help,
            value=one.said.fixed.get(field.field, ""),
            options=tuple((str(e.term), e.term) for e in known.entries) if known else (),
            asks=field.field in lacking,
        )
