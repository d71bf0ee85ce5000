"""An entry's clocks: when each started, until when it runs, whether it was met, how it is lit.

Everything follows from the card, the entry's history and the calendar: nothing is stored that
could not be worked out again, so that a new calendar moves the deadlines that are still open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Final

from xianxue.bureau.kinds.conditions import matches
from xianxue.bureau.kinds.ledgers.clock import DatedLength, LedgerClock, LedgerLamp, Length, Light
from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.kinds.lifecycle import Lifecycle
from xianxue.bureau.law.dated import holds_on
from xianxue.bureau.ledgers.days import Days
from xianxue.bureau.ledgers.deadlines import CountedDay, Counting, Deadline, NoEndError, Pause
from xianxue.bureau.records.entry import Entry, Happened
from xianxue.bureau.values.record import Record, replace

_WHOLE: Final = 100


class Run(Record, kw_only=True):
    """One run of a clock of one entry."""

    clock: str
    started: date
    length: Length
    """The rule it runs by, in force on the day it started."""
    rule: DatedLength | None = None
    """Its card's line, with the citation; None where it is an extension of another kind."""
    due: date | None = None
    """The last day; None while it stands still, or where none can be worked out."""
    supposed: bool = False
    """Whether the day rests on a year without a calendar (暂按推算)."""
    extended: date | None = None
    """The day on which it was prolonged."""
    pauses: tuple[Pause, ...] = ()
    met: date | None = None
    """The day of the step that met it."""
    ended: bool = False
    """Whether the matter ended otherwise, so that nobody waits for it any more."""

    @property
    def open(self) -> bool:
        """Whether it still runs or stands, so that somebody has to act."""
        return self.met is None and not self.ended

    @property
    def paused(self) -> bool:
        """Whether it stands still now."""
        return self.open and bool(self.pauses) and self.pauses[-1].last is None

    def kept(self, on: date) -> bool | None:
        """Whether it was met in time; None where that cannot be said on a day yet."""
        if self.met is not None:
            return None if self.due is None else self.met <= self.due
        if self.ended or self.due is None:
            return None
        return False if on > self.due else None

    def over(self, on: date) -> bool:
        """Whether its last day has passed without it being met; a paused clock is never over."""
        return self.open and self.due is not None and on > self.due

    def light(self, lamps: list[LedgerLamp], on: date) -> Light | None:
        """Give the lamp that is lit on a day; None where none is."""
        if not self.open or self.due is None:
            return None
        left, whole = (self.due - on).days, (self.due - self.started).days
        if left < 0:
            return "red"
        lit = [lamp for lamp in lamps if _lit(lamp, left, whole)]
        return max(lit, key=_urgency).light if lit else None


def _lit(lamp: LedgerLamp, left: int, whole: int) -> bool:
    if lamp.days is not None:
        return left <= lamp.days
    # In whole numbers, so that a lamp never depends on how a machine divides.
    return lamp.percent is not None and left * _WHOLE <= lamp.percent * whole


_URGENT: Final[Mapping[Light, int]] = {"blue": 0, "yellow": 1, "orange": 2, "red": 3}


def _urgency(lamp: LedgerLamp) -> int:
    return _URGENT[lamp.light]


class Clocks(Record, dict=True):
    """The clocks of one ledger by one county's calendar."""

    ledger: Ledger
    days: Days

    @cached_property
    def way(self) -> Lifecycle:
        """The way of the ledger's entries, put together once for all of them."""
        return self.ledger.lifecycle

    @cached_property
    def ends(self) -> frozenset[str]:
        """The states after which nobody waits for anything."""
        return self.way.marked("end")

    def runs(self, entry: Entry) -> list[Run]:
        """Give the last run of each clock that has started, in the order of the card."""
        fields = entry.fields
        found = (self._run(clock, entry, fields) for clock in self.ledger.clocks)
        return [run for run in found if run is not None]

    def lamps(self, clock: str) -> list[LedgerLamp]:
        """Give the lamps of a clock: its own, or the ledger's."""
        card = self.ledger.clock(clock)
        return card.lamps if card is not None and card.lamps else self.ledger.lamps

    def explained(self, run: Run) -> Iterator[CountedDay]:
        """Go through the days of a run, each with why it counts or does not."""
        return self._counting(run).explained(run.started, run.length)

    def _run(self, clock: LedgerClock, entry: Entry, fields: Mapping[str, int | str]) -> Run | None:
        started = _started(clock, entry, fields)
        if started is None:
            return None
        day, after = started
        rule = _rule(clock, day, fields)
        if rule is None:
            return None
        run = Run(clock=clock.clock, started=day, length=rule, rule=rule)
        for one in after:
            if one.step in clock.stops:
                run = replace(run, met=one.on)
                break
            if clock.extension is not None and one.step == clock.extension.step:
                run = replace(run, extended=one.on)
            run = replace(run, pauses=_paused(clock, run.pauses, one))
        ended = entry.state in self.ends and run.met is None
        return self._timed(replace(run, ended=ended), clock, fields)

    def _timed(self, run: Run, clock: LedgerClock, fields: Mapping[str, int | str]) -> Run:
        """Work out the last day of a run."""
        if run.paused:
            return run
        named = fields.get(run.length.field) if run.length.field else None
        try:
            found = self._end(run, named)
            if found is not None and run.extended is not None and clock.extension is not None:
                found = self._longer(run, found, clock.extension.length, fields)
        except NoEndError:
            return run
        if found is None:
            return run
        return replace(run, due=found.due, supposed=found.supposed)

    def _end(self, run: Run, named: int | str | None) -> Deadline | None:
        if run.length.field:
            return Deadline(_day(named)) if named is not None else None
        return self._counting(run).deadline(run.started, run.length)

    def _longer(
        self, run: Run, found: Deadline, by: Length, fields: Mapping[str, int | str]
    ) -> Deadline:
        """Prolong: from the last day there was, so that what was left is not lost with it."""
        if by.field:
            later = fields.get(by.field)
            return Deadline(_day(later)) if later is not None else found
        longer = self._counting(run).deadline(found.due, by)
        return replace(longer, supposed=longer.supposed or found.supposed)

    def _counting(self, run: Run) -> Counting:
        card = self.ledger.clock(run.clock)
        rolls = card is not None and card.rest_day == "next_working_day"
        return Counting(self.days, run.pauses, rolls)


def _started(
    clock: LedgerClock, entry: Entry, fields: Mapping[str, int | str]
) -> tuple[date, list[Happened]] | None:
    """Give the day on which a clock last started, and what has happened since."""
    history = entry.history
    if clock.starts_on:
        said = fields.get(clock.starts_on)
        if said is None:
            return None
        # What was done before the day was written down has nothing to do with this run.
        written = max(at for at, one in enumerate(history) if clock.starts_on in one.fields)
        return _day(said), list(history[written + 1 :])
    starts = [at for at, one in enumerate(history) if one.step in clock.starts]
    if not starts:
        return None
    return history[starts[-1]].on, list(history[starts[-1] + 1 :])


def _rule(clock: LedgerClock, day: date, fields: Mapping[str, int | str]) -> DatedLength | None:
    return next(
        (one for one in clock.lengths if holds_on(one, day) and matches(one.when, fields)), None
    )


def _paused(clock: LedgerClock, pauses: tuple[Pause, ...], one: Happened) -> tuple[Pause, ...]:
    stands = bool(pauses) and pauses[-1].last is None
    if one.step in clock.pauses and not stands:
        return (*pauses, Pause(one.on, None))
    if one.step in clock.resumes and stands:
        return (*pauses[:-1], Pause(pauses[-1].first, one.on))
    return pauses


def _day(said: int | str) -> date:
    return date.fromisoformat(str(said))
