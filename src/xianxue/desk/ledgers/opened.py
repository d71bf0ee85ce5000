"""One entry opened: what it says, what has happened, what runs, what may be done with it now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.ledgers.clock import RECORD, LedgerLamp, Light
from xianxue.bureau.kinds.ledgers.ledger import Ledger, LedgerField, LedgerStep
from xianxue.bureau.ledgers.clocks import Run
from xianxue.bureau.ledgers.deadlines import CountedDay
from xianxue.bureau.ledgers.filling import Filling
from xianxue.bureau.ledgers.identity import masked
from xianxue.bureau.ledgers.moving import Moving
from xianxue.bureau.records.entry import Entry, Value
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.values.units import UNITS
from xianxue.desk.ledgers.due import why_due
from xianxue.desk.ledgers.evidence import Proof, scans_of
from xianxue.desk.ledgers.room import Room
from xianxue.desk.models.ledger import LedgerEntry, entry_of
from xianxue.desk.stores.clock import day_of

_MOST_DAYS = 400
"""Days of a deadline that are told one by one; of a longer one the last."""


class Written(Record, kw_only=True):
    """One field of an entry."""

    field: LedgerField
    shown: Sentence | str
    """Empty where nothing was filled in."""
    unit: Sentence | str = ""
    covered: bool = False
    link: str = ""
    """Of a field that names an entry: its number."""


class Line(Record, kw_only=True):
    """One line of the history."""

    term: Sentence | str
    on: date
    to: Sentence | str
    actor: str
    second: str
    why: str
    changed: tuple[tuple[Sentence | str, Sentence | str], ...]
    evidence: tuple[Proof, ...]


class Ticking(Record, kw_only=True):
    """One clock of the entry."""

    term: Sentence | str
    run: Run
    light: Light | None
    why: Sentence | str
    kept: bool | None
    days: tuple[CountedDay, ...]
    """Every day from the start to the last, and why it counts; none where a field names the day."""
    lamps: tuple[LedgerLamp, ...]


class Offer(Record, kw_only=True):
    """One step that leads on from the state of the entry."""

    step: LedgerStep
    refusal: Issue | None
    """Why this person may not take it; None where they may."""
    who: Sentence
    """Who takes it."""
    asks: tuple[LedgerField, ...]
    may: tuple[LedgerField, ...]
    to: Sentence | str


class Opened(Record, kw_only=True):
    """An entry with all that its page shows."""

    card: Ledger
    row: LedgerEntry
    entry: Entry
    title: str
    state: Sentence | str
    fields: tuple[Written, ...]
    lines: tuple[Line, ...]
    clocks: tuple[Ticking, ...]
    offers: tuple[Offer, ...]

    @property
    def seen(self) -> int:
        """How many lines the history has."""
        return len(self.lines)

    @property
    def evidence(self) -> tuple[Proof, ...]:
        """All files, in the order in which they came."""
        found = {one.digest: one for line in self.lines for one in line.evidence}
        return tuple(found.values())


def opened(room: Room, row: LedgerEntry, at: datetime, *, unmasked: bool = False) -> Opened:
    """Open an entry as somebody sees it at a moment."""
    card, entry, today = room.ledger(row.ledger), entry_of(row), day_of(at)
    shelf = room.ground.shelf
    filling = Filling(card, shelf.codes, room.ground.register, today)
    telling = _Telling(room, card, filling, unmasked)
    fields = tuple(telling.written(one, entry.fields.get(one.field)) for one in card.fields)
    titled = next((one for one in fields if one.field.field == card.titled), None)
    return Opened(
        card=card,
        row=row,
        entry=entry,
        title=str(titled.shown) if titled is not None else "",
        state=card.lifecycle.state_term(row.state),
        fields=fields,
        lines=_lines(telling, Moving(card, room.ground.authority, filling), entry),
        clocks=_clocks(room, card, entry, today),
        offers=_offers(room, card, entry, filling),
    )


class _Telling(Record):
    """How the fields of one entry are told to one person."""

    room: Room
    card: Ledger
    filling: Filling
    unmasked: bool

    def written(self, card: LedgerField, value: Value | None) -> Written:
        if value is None:
            return Written(field=card, shown="")
        text = self.filling.shown(card, value)
        if card.holds == "place":
            text = self.room.ground.name(text)
        covered = card.personal and not self.unmasked
        return Written(
            field=card,
            shown=masked(str(text)) if covered else text,
            unit=UNITS[card.unit].term if card.unit else "",
            covered=covered,
            link=str(value) if card.holds == "entry" and not covered else "",
        )

    def called(self, name: str, nth: int) -> str:
        """Name a file: whoever does not see the persons reads none of them in its name."""
        covered = self.card.about_persons and not self.unmasked
        return say("凭据{n}", n=nth) if covered or not name else name


def _lines(telling: _Telling, moving: Moving, entry: Entry) -> tuple[Line, ...]:
    known = scans_of({name: said for one in entry.history for name, said in one.evidence.items()})
    way = telling.card.lifecycle
    found: list[Line] = []
    order = {digest: at for at, digest in enumerate(known, 1)}
    for one in entry.history:
        changed: list[tuple[Sentence | str, Sentence | str]] = []
        for name, value in one.fields.items():
            card = telling.card.field(name)
            if card is not None and (value is not None or one.step != RECORD):
                told = telling.written(card, value)
                shown = told.shown or say("（清空）")
                changed.append((card.term, shown + told.unit if told.unit else shown))
        found.append(
            Line(
                term=moving.term(one.step),
                on=one.on,
                to=way.state_term(one.to),
                actor=one.actor,
                second=one.second,
                why=one.why,
                changed=tuple(changed),
                evidence=tuple(
                    replace(known[digest], file=telling.called(name, order[digest]))
                    for digest, name in one.evidence.items()
                    if digest in known
                ),
            )
        )
    return tuple(found)


def _clocks(room: Room, card: Ledger, entry: Entry, on: date) -> tuple[Ticking, ...]:
    clocks = room.clocks(card.ledger)
    found: list[Ticking] = []
    for run in clocks.runs(entry):
        clock = card.clock(run.clock)
        lamps = clocks.lamps(run.clock)
        counted = run.due is not None and not run.length.field
        days = tuple(clocks.explained(run)) if counted else ()
        found.append(
            Ticking(
                term=clock.term if clock is not None else run.clock,
                run=run,
                light=run.light(lamps, on),
                why=why_due(room, card, run),
                kept=run.kept(on),
                days=days[-_MOST_DAYS:],
                lamps=tuple(lamps),
            )
        )
    return tuple(found)


def _offers(room: Room, card: Ledger, entry: Entry, filling: Filling) -> tuple[Offer, ...]:
    moving = Moving(card, room.ground.authority, filling)
    policy = room.ground.policy
    fields: Mapping[str, LedgerField] = {one.field: one for one in card.fields}
    found: list[Offer] = []
    for step in card.steps:
        if entry.state not in step.origins or room.actor is None:
            continue
        actor = room.ground.actor(room.actor, entry.place)
        able = policy.granted(card.lifecycle.deed(step.step))
        found.append(
            Offer(
                step=step,
                refusal=moving.refusal(entry, step, actor),
                who=policy.terms([role for role in step.roles if role in able]),
                asks=tuple(fields[name] for name in step.asks if name in fields),
                may=tuple(fields[name] for name in step.may if name in fields),
                to=card.lifecycle.state_term(step.to),
            )
        )
    return tuple(found)
