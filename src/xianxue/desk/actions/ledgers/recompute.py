"""Working out anew the deadlines that are open, after a calendar has changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from operator import itemgetter
from typing import Final

from django.db import connection

from xianxue.bureau.kinds.conditions import matches
from xianxue.bureau.kinds.ledgers.clock import DatedLength, LedgerClock
from xianxue.bureau.kinds.ledgers.ledger import SUBJECT, Ledger
from xianxue.bureau.law.dated import holds_on
from xianxue.bureau.ledgers.clocks import Clocks
from xianxue.bureau.ledgers.days import Days
from xianxue.bureau.ledgers.deadlines import Counting, NoEndError
from xianxue.bureau.records.entry import Value
from xianxue.bureau.values.record import Record
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.context import Ground
from xianxue.desk.actions.telling import tell_of
from xianxue.desk.database.transactions import writing
from xianxue.desk.models.ledger import EntryClock, EntryLine, LedgerEntry, entry_of

_BATCH: Final = 500
_DUE, _SUPPOSED = (EntryClock._meta.get_field(name) for name in ("due", "supposed"))  # noqa: SLF001 - Django's documented way to ask a model for its fields
_MOVE: Final = f"UPDATE {EntryClock._meta.db_table} SET due = %s, supposed = %s WHERE id = %s"  # noqa: S608, SLF001 - a name of ours
Due = tuple[date | None, bool]
"""The last day, and whether it is only supposed."""
_Spot = tuple[str, str, Due, Due]
"""Ledger, clock, what it was and what it is."""


class Moved(Record, kw_only=True):
    """Deadlines that came to another day, or became sure, or are sure no more."""

    ledger: str
    clock: str
    before: Due
    after: Due
    entries: int


class Recomputed(Record):
    """What a new calendar came to."""

    looked_at: int
    moved: list[Moved]

    @property
    def entries(self) -> int:
        """How many deadlines moved."""
        return sum(one.entries for one in self.moved)


class Recompute(Record, dict=True):
    """Works out every open deadline that a calendar has a say in; only those that move are written.

    A clock that was never stopped or prolonged follows from its start alone, and thousands that
    started on one day are worked out once. The rest is worked out from its history.
    """

    ground: Ground
    actor: Actor
    at: datetime

    @cached_property
    def days(self) -> Days:
        """The calendars of the county."""
        return Days.of(self.ground.shelf)

    def __call__(self) -> Recomputed:
        """Work them out and write one line into the journal where any has moved."""
        looked, spots = 0, Counter[_Spot]()
        with writing():
            for card in self.ground.shelf.ledgers.values():
                for clock in card.clocks:
                    if counts_days(clock):
                        looked += self._clock(card, clock, spots)
            moved = [
                Moved(ledger=ledger, clock=clock, before=before, after=after, entries=many)
                for (ledger, clock, before, after), many in sorted(spots.items(), key=repr)
            ]
            if moved:
                self._tell(looked, moved)
        return Recomputed(looked, moved)

    def _clock(self, card: Ledger, clock: LedgerClock, spots: Counter[_Spot]) -> int:
        rows = EntryClock.objects.filter(ledger=card.ledger, clock=clock.clock, open=True)
        changed: dict[Due, list[int]] = defaultdict(list)
        known: dict[tuple[int, date], Due] = {}
        conditional = any(one.when for one in clock.lengths)
        columns = ["pk", "entry_id", "started", "due", "supposed", "paused"]
        columns += ["entry__fields"] if conditional else []
        odd = self._odd(card, clock)
        looked = 0
        for key, entry, started, due, supposed, paused, *fields in rows.values_list(*columns):
            looked += 1
            if entry in odd or paused:
                continue
            rule = _rule(clock, started, fields[0] if fields else {})
            if rule is None or rule[1].field:
                continue
            spot = (rule[0], started)
            if spot not in known:
                known[spot] = self._due(clock, rule[1], started)
            if known[spot] != (due, supposed):
                changed[known[spot]].append(key)
                spots[card.ledger, clock.clock, (due, supposed), known[spot]] += 1
        for key, before, after in self._from_history(card, clock, odd):
            changed[after].append(key)
            spots[card.ledger, clock.clock, before, after] += 1
        _write(changed)
        return looked

    def _due(self, clock: LedgerClock, rule: DatedLength, started: date) -> Due:
        counting = Counting(self.days, (), clock.rest_day == "next_working_day")
        try:
            found = counting.deadline(started, rule)
        except NoEndError:
            return None, False
        return found.due, found.supposed

    def _odd(self, card: Ledger, clock: LedgerClock) -> set[int]:
        """Give the entries whose clock was ever stopped or prolonged."""
        steps = [*clock.pauses, *([clock.extension.step] if clock.extension is not None else [])]
        if not steps:
            return set()
        lines = EntryLine.objects.filter(
            entry__ledger=card.ledger, entry__open=True, step__in=steps
        )
        return set(lines.values_list("entry_id", flat=True))

    def _from_history(
        self, card: Ledger, clock: LedgerClock, odd: set[int]
    ) -> Iterator[tuple[int, Due, Due]]:
        clocks, keys = Clocks(card, self.days), sorted(odd)
        for at in range(0, len(keys), _BATCH):
            some = keys[at : at + _BATCH]
            kept = EntryClock.objects.filter(entry__in=some, clock=clock.clock, open=True)
            before = {row.entry.pk: row for row in kept.select_related("entry")}
            lines: dict[int, list[EntryLine]] = defaultdict(list)
            for line in EntryLine.objects.filter(entry__in=some).order_by("order"):
                lines[line.entry_id].append(line)
            for row in LedgerEntry.objects.filter(pk__in=some):
                runs = clocks.runs(entry_of(row, lines[row.pk]))
                run = next((one for one in runs if one.clock == clock.clock), None)
                held = before.get(row.pk)
                if run is None or held is None:
                    continue
                old, new = (held.due, held.supposed), (run.due, run.supposed)
                if old != new:
                    yield held.pk, old, new

    def _tell(self, looked: int, moved: list[Moved]) -> None:
        detail: dict[str, object] = {
            "looked_at": looked,
            "moved": sum(one.entries for one in moved),
            "ledgers": dict(_by_ledger(moved)),
        }
        tell_of(self, f"{SUBJECT}.recompute", "calendars", detail)


def counts_days(clock: LedgerClock) -> bool:
    """Whether a calendar has a say in when a clock's time is over."""
    lengths = [*clock.lengths, *([clock.extension.length] if clock.extension is not None else [])]
    return clock.rest_day == "next_working_day" or any(
        one.working_days is not None or one.school_days is not None for one in lengths
    )


def _rule(
    clock: LedgerClock, day: date, fields: Mapping[str, Value]
) -> tuple[int, DatedLength] | None:
    rules = enumerate(clock.lengths)
    return next(
        ((at, one) for at, one in rules if holds_on(one, day) and matches(one.when, fields)), None
    )


def _by_ledger(moved: list[Moved]) -> Counter[str]:
    found = Counter[str]()
    for one in moved:
        found[one.ledger] += one.entries
    return found


def _write(changed: Mapping[Due, list[int]]) -> None:
    """Write other days, many rows by one statement that never changes."""
    rows = [
        (
            _DUE.get_db_prep_save(due, connection),
            _SUPPOSED.get_db_prep_save(supposed, connection),
            key,
        )
        for (due, supposed), keys in changed.items()
        for key in keys
    ]
    if rows:
        # In the order of the table, so that it is gone through once.
        with connection.cursor() as cursor:
            cursor.executemany(_MOVE, sorted(rows, key=itemgetter(2)))
