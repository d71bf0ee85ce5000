"""Ledgers: those one may know of, entries with their history and clocks, what is due, deeds.

Restricted ledgers are not told here at all: reading one is a deed of its own, on a page.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Field

from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.ledgers.record import RecordEntry
from xianxue.desk.actions.ledgers.step import Carried, StepEntry
from xianxue.desk.ledgers.due import due_on
from xianxue.desk.ledgers.entries import row_of, rows_of
from xianxue.desk.ledgers.listing import listed
from xianxue.desk.ledgers.room import Room
from xianxue.desk.ledgers.told import row_told, whole_told
from xianxue.desk.ledgers.typed import typed
from xianxue.desk.stores import clock
from xianxue.desk.workspace import MisusedError
from xianxue.web.api.asking import Limit, Offset
from xianxue.web.api.calls import Told, does, reads
from xianxue.web.api.shaped import ledgers as shapes
from xianxue.web.api.shapes import MOST, Word
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.visit import asked
from xianxue.web.kit.words import tell

_VIEW = "ledgers.view"
_YEARS = range(1900, 3000)
"""What periods can be written of, with what lies before and after them."""
Name = Annotated[str, Field(max_length=64, pattern=r"^[a-z0-9_]*$")]


@reads("/ledgers", list[shapes.LedgerOut], _VIEW)
def ledgers(request: HttpRequest) -> list[Told]:
    """List the ledgers within reach, with how many entries are open and overdue."""
    del request
    room, today = _room(), clock.day_of(asked().visit.at)
    return [{**one.as_dict, "office": str(tell(one.office))} for one in listed(room, today)]


@reads("/ledgers/due", list[shapes.DueOut], _VIEW)
def due(request: HttpRequest, on: date | None = None, ledger: Name = "") -> list[Told]:
    """List what is to be done, the soonest first, with the reason for each day."""
    del request
    room = _room()
    if on is not None and on.year not in _YEARS:
        raise MisusedError(say("{day}不在台账用得到的年份里，请核对年份", day=on))
    if ledger:
        _card(room, ledger)
    found = due_on(room, on or clock.day_of(asked().visit.at), [ledger] if ledger else ())
    return [{**one.as_dict, "why": str(tell(one.why)), "title": str(tell(one.title))}
            for one in found]  # fmt: skip


@reads("/ledgers/{ledger}/entries", list[shapes.EntryOut], _VIEW)
def entries(  # noqa: PLR0913, PLR0917 - what a list is asked by
    request: HttpRequest,
    ledger: Name,
    state: Name = "",
    place: Word = "",
    limit: Limit = MOST,
    offset: Offset = 0,
) -> list[Told]:
    """List the entries of a ledger within reach, by number."""
    del request
    room = _room()
    card = _card(room, ledger)
    rows = [
        row
        for row in rows_of(room, ledger)
        if state in {"", row.state} and place in {"", row.place}
    ]
    return [row_told(card, row) for row in rows[offset : offset + limit]]


@reads("/ledgers/{ledger}/entries/{number}", shapes.WholeEntryOut, _VIEW)
def entry(request: HttpRequest, ledger: Name, number: Word) -> Told:
    """Give an entry with its history and its clocks."""
    del request
    room = _room()
    return _whole(room, _card(room, ledger), number)


@does("/ledgers/{ledger}/entries", shapes.WholeEntryOut, "ledgers.record")
def record(request: HttpRequest, ledger: Name, wanted: shapes.RecordIn) -> Told:
    """Register an entry; ``key`` is the sender's own, sent again it registers nothing."""
    del request
    room, visit = _room(), asked().visit
    card = _card(room, ledger)
    given = typed(room, card, wanted.fields, wanted.place)
    on = wanted.on or clock.day_of(visit.at)
    deed = RecordEntry(room.ground, card, visit.actor, visit.at)
    made = deed(wanted.place, given, on, None, wanted.key)
    return _whole(room, card, made.number)


@does("/ledgers/{ledger}/entries/{number}/steps", shapes.WholeEntryOut, _VIEW)
def step(request: HttpRequest, ledger: Name, number: Word, wanted: shapes.StepIn) -> Told:
    """Take an entry a step further; who may is said by the ledger's card."""
    del request
    room, visit = _room(), asked().visit
    card = _card(room, ledger)
    row = row_of(ledger, number)
    if row is None or not room.sees(ledger, row.place):
        raise MissingError(say("没有这一条。"))
    carried = Carried(
        given=typed(room, card, wanted.fields, row.place),
        why=wanted.why,
        second=wanted.second,
        seen=wanted.seen,
    )
    deed = StepEntry(room.ground, card, visit.actor, visit.at)
    on = wanted.on or clock.day_of(visit.at)
    deed(number, wanted.step, on, carried)
    return _whole(room, card, number)


def _room() -> Room:
    visit = asked().visit
    workspace = visit.standing.workspace()
    return Open(visit.standing.ground(), workspace.store / "cabinet", visit.actor)


class Open(Room, dict=True):
    """The ledgers as the interface tells them: none that is restricted."""

    def knows(self, card: Ledger) -> bool:
        """Whether a ledger is one that is told here."""
        return not card.restricted and super().knows(card)


def _card(room: Room, ledger: str) -> Ledger:
    found = room.ledgers.get(ledger)
    if found is None:
        raise MissingError(say("没有这本台账。"))
    return found


def _whole(room: Room, card: Ledger, number: str) -> Told:
    found = whole_told(room, card, number)
    if found is None:
        raise MissingError(say("没有这一条。"))
    for clock_told in found["clocks"]:
        clock_told["why"] = str(tell(clock_told["why"]))
    return found
