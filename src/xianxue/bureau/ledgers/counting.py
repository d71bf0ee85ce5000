"""What a ledger counts: each entry asked the same questions, so that every count ends in entries.

The facts of an entry are its fields and what is worked out of its history and clocks; conditions
are those of all cards (``kinds/conditions``). A fact that is missing fulfils none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Final

from xianxue.bureau.kinds.conditions import matches
from xianxue.bureau.kinds.ledgers.count import Count, Rate
from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.ledgers.clocks import Clocks
from xianxue.bureau.ledgers.days import Days
from xianxue.bureau.records.entry import Entry
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record

_ENTERED: Final = "entered."
_KEPT: Final = "kept."
_JUDGED: Final = "judged."
RECORDED: Final = "recorded"
_REOPENED_ON: Final = "reopened_on"

Facts = Mapping[str, int | str]


def facts_of(clocks: Clocks, entry: Entry, on: date, attributes: Facts | None = None) -> Facts:
    """Give what can be asked of an entry as it stood at the end of a day.

    ``attributes`` are the place's (``school_type``, ``urban_rural`` …). Fields keep their names;
    ``state``, ``done``, ``open``, ``overdue``, ``reopened``, ``recorded``, ``entered.STATE``,
    ``judged.CLOCK`` (whether it is known by now) and ``kept.CLOCK`` are worked out. What cannot be
    said yet is not there.
    """
    way, runs = clocks.way, clocks.runs(entry)
    again = [one.on for one in entry.taken(*clocks.ledger.reopening)]
    found: dict[str, int | str] = {
        **(attributes or {}),
        **entry.fields,
        "place": entry.place,
        "state": entry.state,
        RECORDED: entry.recorded.isoformat(),
        "done": int(entry.state in way.marked("done")),
        "open": int(entry.state not in clocks.ends),
        "overdue": int(any(run.over(on) for run in runs)),
        "reopened": len(again),
    }
    if again:
        found[_REOPENED_ON] = again[-1].isoformat()
    for state in way.states:
        day = entry.entered(state.state)
        if day is not None:
            found[_ENTERED + state.state] = day.isoformat()
    for run in runs:
        kept = run.kept(on)
        found[_JUDGED + run.clock] = int(kept is not None)
        if kept is not None:
            found[_KEPT + run.clock] = int(kept)
    return found


def counted(count: Count, facts: Facts, period: Period) -> bool:
    """Whether an entry is counted in a period."""
    if not matches(count.where, facts):
        return False
    if count.since:
        since, until = _day(facts, count.since), _day(facts, count.until)
        again = _day(facts, _REOPENED_ON)
        # What was opened again is there again, whatever it had come to before.
        if until is not None and again is not None and again >= until and facts.get("open") == 1:
            until = None
        return since is not None and since <= period.end and (until is None or until > period.end)
    if count.by:
        day = _day(facts, count.by)
        return day is not None and period.start <= day <= period.end
    return True


def amount(count: Count, facts: Facts) -> int | str | None:
    """Give what an entry adds to a count: 1, its amount in smallest steps, or what is told apart.

    None where the amount was not filled in: then the sum is not known either.
    """
    name = count.sum or count.distinct
    return facts.get(name) if name else 1


class Counted(Record, kw_only=True):
    """One count over some entries."""

    count: str
    value: int | None
    """In smallest steps of the unit; None where an amount that belongs to it is missing."""
    entries: tuple[str, ...] = ()
    """The numbers of the entries that are counted."""
    lacking: tuple[str, ...] = ()
    """Those whose amount is missing."""


class Counter(Record):
    """The counts of one ledger on one day."""

    ledger: Ledger
    days: Days
    attributes: Mapping[str, Facts]
    """Place to what it is, for conditions on places."""

    def facts(self, entries: Iterable[Entry], on: date) -> list[tuple[Entry, Facts]]:
        """Give the facts of entries as they stood at the end of a day, those not there left out."""
        clocks = Clocks(self.ledger, self.days)
        found: list[tuple[Entry, Facts]] = []
        for entry in entries:
            then = entry.as_of(on)
            if then is not None:
                attributes = self.attributes.get(entry.place)
                found.append((then, facts_of(clocks, then, on, attributes)))
        return found

    def count(self, name: str, facts: Sequence[tuple[Entry, Facts]], period: Period) -> Counted:
        """Count one count; KeyError for one that the ledger has not."""
        card = self.ledger.count(name)
        if card is None:
            raise KeyError(name)
        here = [(entry, one) for entry, one in facts if counted(card, one, period)]
        amounts = [(entry.number, amount(card, one)) for entry, one in here]
        lacking = tuple(number for number, value in amounts if value is None)
        value: int | None = None
        if card.distinct:
            value = len({told for _, told in amounts if told is not None})
        elif not lacking:
            value = sum(int(told) for _, told in amounts if told is not None)
        numbers = tuple(number for number, _ in amounts)
        return Counted(count=name, value=value, entries=numbers, lacking=lacking)

    def rate(
        self,
        rate: Rate,
        facts: Sequence[tuple[Entry, Facts]],
        period: Period,
        base: int | None = None,
    ) -> tuple[int | None, int | None, Fraction | None]:
        """Give numerator, denominator and their quotient; None where it cannot be said.

        ``base`` is the figure of the roster, for a rate that has one.
        """
        above = self.count(rate.of, facts, period).value
        below = self.count(rate.base, facts, period).value if rate.base else base
        if above is None or not below:
            return above, below, None
        return above, below, Fraction(above, below)


def _day(facts: Facts, name: str) -> date | None:
    said = facts.get(name) if name else None
    return date.fromisoformat(str(said)) if said is not None else None
