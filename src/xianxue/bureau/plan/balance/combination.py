"""The cheapest ways to pass a combination: so many of several lines in full, the rest near them.

Six of seven resources have to reach their lines, the last 85 % of its own. What is lacking is
counted in whole things, so each way is a choice of which lines to leave near; as the resources hang
on nothing but themselves, the cheapest leaves those by which most is saved.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

from xianxue.bureau.values.record import Record


class Resource(Record, kw_only=True):
    """One resource of a school."""

    resource: str
    have: int
    line: Fraction
    """What has to be there to reach the line, in the same things."""
    cost: Fraction
    """Of one thing more."""

    def lacking(self, share: Fraction = Fraction(1)) -> int:
        """Give how many things are lacking to a share of the line."""
        needed = self.line * share
        return max(0, -(-needed.numerator // needed.denominator) - self.have)


class Choice(Record, kw_only=True):
    """One way to pass."""

    add: tuple[tuple[str, int], ...]
    """Resources with how many things to add."""
    near: tuple[str, ...]
    """Resources left below their lines."""
    cost: Fraction


def ways(resources: Sequence[Resource], needed: int, near: Fraction) -> list[Choice]:
    """Give every way to pass that differs, the cheapest first.

    >>> seven = [
    ...     Resource(resource=name, have=have, line=Fraction(10), cost=Fraction(cost))
    ...     for name, have, cost in (("a", 7, 1), ("b", 8, 5), *((one, 10, 1) for one in "cdefg"))
    ... ]
    >>> [(one.add, one.near, str(one.cost)) for one in ways(seven, 6, Fraction("0.85"))]
    [((('a', 3), ('b', 1)), ('b',), '8'), ((('a', 2), ('b', 2)), ('a',), '12')]
    """
    below = [one for one in resources if one.lacking()]
    spared = min(len(below), len(resources) - needed)
    found: list[Choice] = []
    for left in combinations(below, spared):
        names = {one.resource for one in left}
        counts = [
            (one, one.lacking(near if one.resource in names else Fraction(1))) for one in below
        ]
        found.append(
            Choice(
                add=tuple((one.resource, many) for one, many in counts if many),
                near=tuple(one.resource for one in left),
                cost=sum((one.cost * many for one, many in counts), start=Fraction()),
            )
        )
    # Two lines that lack a whole thing each may be left near without anything being spared.
    differing = {one.add: one for one in reversed(found)}
    return sorted(differing.values(), key=lambda one: one.cost)


def passes(resources: Sequence[Resource], needed: int, near: Fraction) -> bool:
    """Whether a school passes as it is.

    >>> one = Resource(resource="a", have=9, line=Fraction(10), cost=Fraction(1))
    >>> passes([one], 0, Fraction("0.85")), passes([one], 1, Fraction("0.85"))
    (True, False)
    """
    reached = sum(not one.lacking() for one in resources)
    return reached >= needed and not any(one.lacking(near) for one in resources)
