"""The entries of one ledger as lists show them: a line each, personal fields covered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from xianxue.bureau.kinds.ledgers.clock import Length, Light
from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.ledgers.clocks import Run
from xianxue.bureau.ledgers.filling import Filling
from xianxue.bureau.ledgers.identity import masked
from xianxue.bureau.records.entry import Value
from xianxue.bureau.values.record import Record, field
from xianxue.bureau.values.sentence import Sentence
from xianxue.bureau.values.units import UNITS
from xianxue.desk.ledgers.entries import rows_of
from xianxue.desk.ledgers.room import Room
from xianxue.desk.models.ledger import EntryClock


class Row(Record, kw_only=True):
    """One entry."""

    ledger: str
    number: str
    place: str
    name: str
    """What the place is called."""
    township: str
    state: str
    state_term: Sentence | str
    title: str
    open: bool
    done: bool
    recorded: date
    changed: date
    values: Mapping[str, Sentence | str] = field(default_factory=dict[str, "Sentence | str"])
    """Field to what is written in it, as people read it; what is personal is covered."""
    codes: Mapping[str, str] = field(default_factory=dict[str, str])
    """Code field to its code; personal ones are left out, for what is covered is no filter."""
    clock: Sentence | str = ""
    """What runs out first."""
    due: date | None = None
    lamp: Light | None = None
    paused: bool = False


def rows(room: Room, ledger: str, on: date) -> list[Row]:
    """Give the entries of a ledger that the person may see, the latest number first."""
    card = room.ledger(ledger)
    shelf, register = room.ground.shelf, room.ground.register
    filling = Filling(card, shelf.codes, register, on)
    waiting = _waiting(EntryClock.objects.filter(ledger=ledger, open=True))
    way = card.lifecycle
    terms = {state.state: state.term for state in card.states}
    found: list[Row] = []
    for row in rows_of(room, ledger):
        run = waiting.get(row.pk)
        place = register.places.get(row.place)
        values = shown_values(room, card, filling, row.fields)
        clock = card.clock(run.clock) if run is not None else None
        found.append(
            Row(
                ledger=ledger,
                number=row.number,
                place=row.place,
                name=room.ground.name(row.place),
                township=register.township_of(place) if place is not None else "",
                state=row.state,
                state_term=terms.get(row.state, row.state),
                title=str(values.get(card.titled, "")),
                open=row.state not in way.marked("end"),
                done=row.done,
                recorded=row.recorded,
                changed=row.changed,
                values=values,
                codes={
                    one.field: str(row.fields[one.field])
                    for one in card.fields
                    if one.type == "code" and not one.personal and one.field in row.fields
                },
                clock=clock.term if clock is not None else "",
                due=run.due if run is not None else None,
                lamp=_light(room, card, run, on),
                paused=run is not None and run.paused,
            )
        )
    found.reverse()
    return found


def shown_values(
    room: Room, card: Ledger, filling: Filling, fields: Mapping[str, Value]
) -> dict[str, Sentence | str]:
    """Give what is written in each field as people read it, personal ones covered."""
    found: dict[str, Sentence | str] = {}
    for one in card.fields:
        value = fields.get(one.field)
        if value is None:
            continue
        text = filling.shown(one, value)
        if one.holds == "place":
            text = room.ground.name(text)
        if one.personal:
            text = masked(str(text))
        found[one.field] = text
    return found


def unit_of(card: Ledger, name: str) -> Sentence | str:
    """Give the unit of a field of numbers; empty of any other."""
    found = card.field(name)
    return UNITS[found.unit].term if found is not None and found.unit else ""


def _waiting(clocks: Iterable[EntryClock]) -> dict[int, EntryClock]:
    """Give the clock of each entry that runs out first; a standing one where no other runs."""
    found: dict[int, EntryClock] = {}
    for one in clocks:
        before = found.get(one.entry_id)
        if before is None or _order(one) < _order(before):
            found[one.entry_id] = one
    return found


def _order(clock: EntryClock) -> tuple[bool, date]:
    return clock.due is None, clock.due or date.max


def run_of(clock: EntryClock) -> Run:
    """Give what is kept of a run as clocks know it, enough to light its lamp."""
    return Run(clock=clock.clock, started=clock.started, length=Length(), due=clock.due)


def _light(room: Room, card: Ledger, clock: EntryClock | None, on: date) -> Light | None:
    if clock is None:
        return None
    return run_of(clock).light(room.clocks(card.ledger).lamps(clock.clock), on)
