"""What has happened to an institution, read out of the entries of ledgers by a card's rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from xianxue.bureau.appraisal.escalation import Event
from xianxue.bureau.kinds.appraisal.escalation import HistoryRule
from xianxue.bureau.records.entry import Entry, Value
from xianxue.bureau.values.record import Record, replace


class _Order(Record, kw_only=True):
    """An order that waits for what becomes of it."""

    begun: date
    until: date | None
    answered: date | None = None
    """The day on which somebody said that it was heeded."""

    def passed(self, on: date) -> bool:
        """Whether its last day is over by a day, and nobody had said by then that it was heeded."""
        if self.until is None or on <= self.until:
            return False
        return self.answered is None or self.answered > self.until


def events_of(rule: HistoryRule, entries: Iterable[Entry], on: date) -> list[Event]:
    """Give the events of one rule by a day, oldest first.

    ``entries``: those of the rule's ledger about one institution. What lies after ``on`` is not
    known yet.
    """
    found = [
        event
        for entry in entries
        if (known := entry.as_of(on)) is not None
        for event in (_written(rule, known) if rule.field else _ordered(rule, known, on))
    ]
    return sorted(found, key=lambda one: one.day)


def _written(rule: HistoryRule, entry: Entry) -> Iterator[Event]:
    """Go through the results that were written into a field, each once."""
    fields: dict[str, Value | None] = {}
    for line in entry.history:
        fields.update(line.fields)
        said = line.fields.get(rule.field)
        if said is None:
            continue
        day = _day(fields.get(rule.day)) or line.on
        year = fields.get(rule.year) if rule.year else None
        yield Event(
            event=rule.event,
            year=int(year) if year is not None else day.year,
            day=day,
            result=rule.results.get(str(said), str(said)),
            entry=entry.number,
        )


def _ordered(rule: HistoryRule, entry: Entry, on: date) -> Iterator[Event]:
    """Go through the orders of an entry, each with what became of it."""
    open_: _Order | None = None
    until: date | None = None
    for line in entry.history:
        until = _day(line.fields.get(rule.until)) or until
        if open_ is not None:
            # A day that was put off is the one that counts.
            open_ = replace(open_, until=until)
            if line.step in rule.answers:
                open_ = replace(open_, answered=line.on)
            if line.step in rule.steps:
                yield _event(rule, entry, line.on, open_, rule.steps[line.step])
                open_ = None
        if line.step in rule.begins:
            open_ = _Order(begun=line.on, until=until)
    if open_ is not None and open_.until is not None and rule.late and open_.passed(on):
        yield _event(rule, entry, open_.until, open_, rule.late)


def _event(rule: HistoryRule, entry: Entry, day: date, order: _Order, result: str) -> Event:
    return Event(
        event=rule.event, year=order.begun.year, day=day, result=result, entry=entry.number
    )


def _day(said: Value | None) -> date | None:
    return date.fromisoformat(said) if isinstance(said, str) and said else None
