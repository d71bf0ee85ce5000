"""The smallest set of rules that cannot hold together.

First rules are dropped one by one for as long as the rest still conflicts: of what is left, none
can be spared. Whether there is a smaller set somewhere else is then asked by hitting sets (Ignatiev
and others 2015): each set of rules that may hold together leaves out some; any conflict has to have
one of these; so the smallest choice that meets all that were left out so far is tried next.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Final, Generic, TypeVar

from xianxue.bureau.values.record import Record

Rule = TypeVar("Rule", bound=Hashable)
Holds = Callable[[frozenset[Rule]], bool]

_TRIES: Final = 400
"""Times that rules are tried in search of a smaller set: seconds. No rule: only patience."""


class Conflict(Record, Generic[Rule]):
    """Rules that cannot hold together."""

    rules: tuple[Rule, ...]
    """In the order in which they were given; without any one of them the rest can hold."""
    smallest: bool
    """Whether it is proved that no smaller set conflicts."""


def smallest_conflict(
    rules: Sequence[Rule], holds: Holds[Rule], tries: int = _TRIES
) -> Conflict[Rule]:
    """Give the smallest set of rules that conflict; all of them together do.

    ``holds`` says whether some rules can hold together; fewer rules never make that harder.

    >>> demand = {"a": 6, "b": 4, "c": 3, "d": 9}
    >>> found = smallest_conflict("abcd", lambda some: sum(demand[one] for one in some) <= 12)
    >>> found.rules, found.smallest
    (('b', 'd'), True)
    """
    search = _Search(rules, holds, tries)
    spared = search.without(list(rules))
    found, proved = search.smaller(spared)
    return Conflict(tuple(rule for rule in rules if rule in found), proved)


class _Search(Generic[Rule]):
    """Asks whether rules hold together, no oftener than patience allows."""

    def __init__(self, rules: Sequence[Rule], holds: Holds[Rule], tries: int) -> None:
        self.rules = list(rules)
        self.holds = holds
        self.left = tries

    def without(self, rules: list[Rule]) -> list[Rule]:
        """Drop rules for as long as the rest conflicts: halves first, then single ones."""
        size = max(1, len(rules) // 2)
        while True:
            at = 0
            while at < len(rules):
                rest = rules[:at] + rules[at + size :]
                if self.holds(frozenset(rest)):
                    at += size
                else:
                    rules = rest
            if size == 1:
                return rules
            size //= 2

    def smaller(self, found: list[Rule]) -> tuple[list[Rule], bool]:
        """Look for a smaller conflict; say whether it is proved that there is none beyond it."""
        left_out: list[frozenset[Rule]] = []
        while self.left > 0:
            tried = _hitting(left_out, len(found) - 1)
            if tried is None:
                return found, True
            self.left -= 1
            if not self.holds(tried):
                # The fewest that could conflict at all, and they do.
                return [rule for rule in self.rules if rule in tried], True
            left_out.append(self._left_out(tried))
        return found, False

    def _left_out(self, held: frozenset[Rule]) -> frozenset[Rule]:
        """Take in every further rule that still holds with these; give those left out."""
        out: set[Rule] = set()
        for rule in self.rules:
            if rule in held:
                continue
            self.left -= 1
            more = held | {rule}
            if self.holds(more):
                held = more
            else:
                out.add(rule)
        return frozenset(out)


def _hitting(sets: Sequence[frozenset[Rule]], most: int) -> frozenset[Rule] | None:
    """Give the smallest choice that meets each set, of so many at most; None where none does."""
    for size in range(most + 1):
        chosen = _within(sets, frozenset(), size)
        if chosen is not None:
            return chosen
    return None


def _within(
    sets: Iterable[frozenset[Rule]], chosen: frozenset[Rule], size: int
) -> frozenset[Rule] | None:
    missed = next((one for one in sets if not one & chosen), None)
    if missed is None:
        return chosen
    if size == 0:
        return None
    # In a fixed order: the same question has the same answer on every machine.
    for rule in sorted(missed, key=str):
        further = _within(sets, chosen | {rule}, size - 1)
        if further is not None:
            return further
    return None
