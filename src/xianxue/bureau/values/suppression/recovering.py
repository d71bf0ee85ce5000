"""What somebody can work out who sees the groups that are shown, and can add and subtract.

People fall into parts that no shown group divides further (a track of a class). Of each shown
group its number is known; what the parts hold that are not shown, only that it is not negative.
Between the smallest and the largest number that is possible lies what remains hidden.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping
from fractions import Fraction
from typing import Generic, TypeVar

from xianxue.bureau.values.suppression.simplex import largest

Part = TypeVar("Part", bound=Hashable)

NEAR = 24
FAR = 96
"""How many bundles of parts around a group are weighed: first few, then many. What lies farther
off is taken as known, so that a group is called safe too seldom rather than too often."""


class KnownParts(Generic[Part]):
    """What is known of the parts of a county when some groups are shown."""

    def __init__(self, sizes: Mapping[Part, int], shown: Collection[frozenset[Part]]) -> None:
        """Take the true numbers, and the groups that are shown."""
        # Of a group of nobody each part is known: nobody.
        known = {part for group in shown if not _total(sizes, group) for part in group}
        known |= {part for group in shown if len(group) == 1 for part in group}
        self.sizes = sizes
        self.known = known
        self.rows = {group: group - known for group in shown if group - known}
        through: dict[Part, set[frozenset[Part]]] = defaultdict(set)
        for row in set(self.rows.values()):
            for part in row:
                through[part].add(row)
        # Parts that lie in the same shown groups are told apart by no sum: they are one bundle.
        bundles: dict[frozenset[frozenset[Part]], set[Part]] = defaultdict(set)
        for part in sizes:
            if part not in known:
                bundles[frozenset(through[part])].add(part)
        self._bundles = {rows: frozenset(parts) for rows, parts in bundles.items()}
        self._of = {part: rows for rows, parts in bundles.items() for part in parts}
        self._in: dict[frozenset[Part], list[frozenset[frozenset[Part]]]] = defaultdict(list)
        for rows in bundles:
            for row in rows:
                self._in[row].append(rows)

    def hides(self, group: frozenset[Part], enough: int) -> bool:
        """Whether the number of a group stays open by at least so many."""
        unknown = group - self.known
        if not unknown:
            return False
        bundles = {self._of[part] for part in unknown}
        if frozenset() in bundles:
            return True
        # Within a bundle people may be moved unseen from inside the group to outside it.
        split = (one for one in bundles if not self._bundles[one] <= unknown)
        if sum(_total(self.sizes, self._bundles[one]) for one in split) >= enough:
            return True
        return any(self._width(unknown, around) >= enough for around in (NEAR, FAR))

    def _width(self, unknown: frozenset[Part], around: int) -> Fraction:
        near = list(self._around(unknown, around))
        places: list[tuple[frozenset[frozenset[Part]], int]] = []
        for one in near:
            parts = self._bundles[one]
            places += [(one, 1)] if parts & unknown else []
            places += [(one, 0)] if parts - unknown else []
        lines = list({row for one in near for row in one})
        rows = [[int(line in one) for one, _ in places] for line in lines]
        totals = [
            sum(_total(self.sizes, self._bundles[one]) for one in near if line in one)
            for line in lines
        ]
        most = largest(rows, totals, [inside for _, inside in places])
        least = largest(rows, totals, [-inside for _, inside in places])
        # Every bundle lies in some shown group, so that both ends exist.
        return (most or Fraction(0)) + (least or Fraction(0))

    def _around(self, unknown: frozenset[Part], most: int) -> Iterator[frozenset[frozenset[Part]]]:
        """Go through the bundles of a group, then those that share a shown group with them."""
        queue = sorted({self._of[part] for part in unknown}, key=self._size)
        met = set(queue)
        # A group may itself be of many bundles: all of them are weighed, whatever the bound.
        for at, one in enumerate(queue):
            if at >= max(most, len(unknown)):
                return
            yield one
            beside = {other for row in one for other in self._in[row]} - met
            met |= beside
            queue += sorted(beside, key=self._size)

    def _size(self, bundle: frozenset[frozenset[Part]]) -> tuple[int, str]:
        # By name where sizes are alike, so that the same county is always weighed alike.
        parts = self._bundles[bundle]
        return -_total(self.sizes, parts), min(map(str, parts))


def _total(sizes: Mapping[Part, int], parts: Collection[Part]) -> int:
    return sum(sizes[part] for part in parts)
