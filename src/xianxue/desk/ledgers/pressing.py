"""What presses: open entries whose lamp is lit, found by what is kept of their clocks alone."""

from __future__ import annotations

from datetime import date, timedelta

from xianxue.bureau.kinds.ledgers.clock import Light
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence
from xianxue.desk.ledgers.due import title_of
from xianxue.desk.ledgers.listing import by_reach, within
from xianxue.desk.ledgers.room import Room
from xianxue.desk.ledgers.rows import run_of
from xianxue.desk.models.ledger import RUNS, EntryClock, LedgerEntry

_AHEAD = timedelta(days=92)
"""A quarter: no lamp is lit earlier, and what is due later is not asked for."""


class Pressing(Record, kw_only=True):
    """One clock of an entry whose lamp is lit."""

    ledger: str
    number: str
    place: str
    state: str
    title: str
    clock: str
    term: Sentence | str
    due: date
    lamp: Light


def pressing(room: Room, on: date) -> list[Pressing]:
    """Give them, the soonest first; of a clock that stands still nobody is asked."""
    found: list[Pressing] = []
    for places, names in by_reach(room, room.ledgers).items():
        clocks = EntryClock.objects.filter(
            within(places), RUNS, ledger__in=names, paused=False, due__lte=on + _AHEAD
        )
        for one in clocks.select_related("entry"):
            card = room.ledgers[one.ledger]
            clock = card.clock(one.clock)
            light = run_of(one).light(room.clocks(one.ledger).lamps(one.clock), on)
            if clock is not None and light is not None and one.due is not None:
                found.append(
                    Pressing(
                        ledger=one.ledger,
                        number=one.entry.number,
                        place=one.place,
                        state=one.entry.state,
                        # Who reads what a restricted entry says is written down, and a first page
                        # is not: there it has its number alone.
                        title="" if card.restricted else title_of(room, card, one.entry),
                        clock=one.clock,
                        term=clock.term,
                        due=one.due,
                        lamp=light,
                    )
                )
    return sorted(found, key=lambda one: (one.due, one.ledger, one.number))


def begun(room: Room) -> list[str]:
    """Give the ledgers that have any entry at all, in the order of the catalogue."""
    kept = set(LedgerEntry.objects.order_by().values_list("ledger", flat=True).distinct())
    return [name for name in room.ledgers if name in kept]
