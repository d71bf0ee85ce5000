"""What an example county would otherwise lack: an entry for each count that nothing came to.

The hand-made histories are tried with what the count asks for (a kind, a state on the way, an
amount that is not nothing), until one of them is counted; by the cards' rules, as all entries.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final

from xianxue.bureau.kinds.card import Bound, Condition
from xianxue.bureau.kinds.conditions import matches
from xianxue.bureau.kinds.ledgers.count import Count
from xianxue.bureau.kinds.ledgers.ledger import Ledger, LedgerStep
from xianxue.bureau.ledgers.apart import kept_apart
from xianxue.bureau.ledgers.clocks import Clocks
from xianxue.bureau.ledgers.counting import Counter, Facts, amount, counted
from xianxue.bureau.places.place import Place
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, replace
from xianxue.desk.ledgers.example.entries import Said, Turn, Walk, Walker

LONG_OVER: Final = timedelta(days=75)
"""What has been overdue for longer is left out: such a bureau would be no example."""
_WEEK: Final = 7
_SCHOOLS: Final = frozenset({"school", "other", "kindergarten"})
"""What examples call their schools."""


def long_over(clocks: Clocks, walk: Walk, today: date) -> bool:
    """Whether an entry has been overdue for so long that no example shows it."""
    return any(run.over(today - LONG_OVER) for run in clocks.runs(walk.entry))


def begins(walk: Walk) -> date:
    """Give the day on which an entry was registered."""
    return walk.entry.recorded


class Completing(Record, dict=True):
    """Walks what one ledger's counts still lack."""

    ledger: Ledger
    counter: Counter
    walker: Walker
    turns: Sequence[Turn]
    schools: Sequence[Place]
    today: date
    asked: Sequence[tuple[Count, Said]] = ()
    """Counts that are no card's own, such as those that reports tell, with what their entries say
    beside what is asked of them."""

    def walks(self, example: Sequence[Said], done: Sequence[Walk]) -> Iterator[Walk]:
        """Walk an entry for each count that is nothing, in this period and in the one before."""
        known: list[tuple[Facts, Period]] = []
        for walk in sorted((one for one in done if one.people), key=begins):
            # As they are kept: of two that speak of one thing the second is not.
            facts, alike = self._facts(walk), self._alike(walk)
            if facts and not self._taken & alike:
                known += facts
                self._taken.update(alike)
        many = self.turns[-1].of
        own: list[tuple[Count, Said]] = [(count, {}) for count in self.ledger.counts]
        for count, words in [*own, *self.asked]:
            if any(_comes_to(count, *one) for one in known):
                continue
            found = self._for(count, example, many, words)
            if found is not None:
                many += 1
                known += self._facts(found)
                self._taken.update(self._alike(found))
                yield found

    def _for(self, count: Count, example: Sequence[Said], number: int, words: Said) -> Walk | None:
        for one in example:
            told = _with_words(self._told(count, one), words)
            for length in range(len(told["history"]), 0, -1):
                part = {**told, "history": told["history"][:length]}
                for turn in reversed(self.turns):
                    walk = self._walk(part, self._turn(count, one, turn, number))
                    if walk is not None and self._shows(count, walk):
                        return walk
        return None

    def _turn(self, count: Count, one: Said, turn: Turn, number: int) -> Turn:
        """Give a turn in which what is asked of a stage is of a school that has it."""
        asked = [stage for name in ("stage", "school_stage") if (stage := count.where.get(name))]
        own = [school for school in self.schools if asked and asked[0] in school.history[-1].stages]
        places = {**turn.places}
        if own and one["place"] in _SCHOOLS:
            places[one["place"]] = own[number % len(own)]
        return replace(turn, number=number, places=places)

    def _shows(self, count: Count, walk: Walk) -> bool:
        return any(_comes_to(count, *one) for one in self._facts(walk)) and not (
            self._taken & self._alike(walk)
        )

    def _alike(self, walk: Walk) -> set[tuple[str, ...]]:
        apart = kept_apart(self.ledger, walk.entry)
        return {(rule, *said) for rule, said in apart.items()}

    @cached_property
    def _taken(self) -> set[tuple[str, ...]]:
        """What entries say that no other may say again."""
        return set()

    def _walk(self, one: Said, turn: Turn) -> Walk | None:
        """Walk an entry whose own last line lies on the turn's day; None where it cannot be."""
        last = date.fromisoformat(str(one["history"][-1]["day"]))
        shift = timedelta(weeks=(min(turn.last, self.today) - last).days // _WEEK)
        found = self.walker.walk(one, turn, shift, {})
        return None if found is None or found.refused or not found.people else found

    def _facts(self, walk: Walk) -> list[tuple[Facts, Period]]:
        """Give what is counted of an entry, for each period; nothing where it is not kept."""
        if not walk.people or long_over(self._clocks, walk, self.today):
            return []
        return [
            (facts, period)
            for period in self._periods
            for _, facts in self.counter.facts([walk.entry], min(period.end, self.today))
        ]

    @cached_property
    def _clocks(self) -> Clocks:
        return Clocks(self.ledger, self.counter.days)

    @cached_property
    def _periods(self) -> tuple[Period, ...]:
        now = Period.on(self.ledger.period, self.today)
        return (now, now.before())

    def _told(self, count: Count, one: Said) -> dict[str, Any]:
        """Give an entry that says what a count asks for, where its fields are filled in."""
        history = [dict(line) for line in one["history"]]
        for line in history:
            line["set"] = dict(line.get("set", {}))
        for name, wanted in self._wanted(count).items():
            lines = [line for line in history if name in line["set"]]
            if lines and _says(count, name, lines[-1]["set"][name]):
                continue
            lines = lines or [line for line in history if self._fills(line["step"], name)][:1]
            for line in lines:
                line["set"][name] = line["day"] if wanted is date else wanted
        if count.sum:
            for line in history:
                if line["set"].get(count.sum) == 0:
                    line["set"][count.sum] = 1
        return {**one, "history": history}

    def _wanted(self, count: Count) -> Mapping[str, object]:
        """Give what fields have to say: of a date that it is there."""
        lacking = {name: date for name in (count.by, count.since) if self._empty(name)}
        if count.sum and self._empty(count.sum):
            lacking |= {count.sum: 1}
        asked = {
            name: _value_of(condition)
            for name, condition in count.where.items()
            if self.ledger.field(name) is not None
        }
        return {**lacking, **asked}

    def _empty(self, name: str) -> bool:
        """Whether a field need not be filled in when an entry is registered."""
        field = self.ledger.field(name)
        return field is not None and (field.history or not field.required)

    def _fills(self, step: str, name: str) -> bool:
        field = self.ledger.field(name)
        steps = [one for one in self.ledger.steps if one.step == step]
        if not steps:
            return field is not None and not field.history
        return any(isinstance(one, LedgerStep) and name in {*one.asks, *one.may} for one in steps)


def _with_words(one: Said, words: Said) -> Said:
    """Let an entry say what it says in words of its own."""
    history = [
        {**line, "set": {name: words.get(name, value) for name, value in line["set"].items()}}
        for line in one["history"]
    ]
    return {**one, "history": history}


def _comes_to(count: Count, facts: Facts, period: Period) -> bool:
    return counted(count, facts, period) and bool(amount(count, facts))


def _says(count: Count, name: str, value: object) -> bool:
    """Whether a value will do: it fulfils what is asked of it, or is there at all."""
    if name not in count.where:
        return value != 0
    said = int(value) if isinstance(value, bool | int) else str(value)
    return matches({name: count.where[name]}, {name: said})


def _value_of(condition: Condition) -> object:
    """Give the least that fulfils a condition."""
    if isinstance(condition, Bound):
        if condition.at_least is not None:
            return max(int(condition.at_least), 1)
        return int(condition.more_than) + 1 if condition.more_than is not None else 0
    return condition[0] if isinstance(condition, list) else condition
