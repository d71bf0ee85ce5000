"""People moved from part to part so that no shown number changes: what such a move changes is open.

Moved between two parts, a total of both does not tell. Moved in a square (from arts to sciences in
one school, from sciences to arts in another) neither the schools' totals tell nor the tracks'.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Generic, TypeVar

from xianxue.bureau.values.record import Record

Part = TypeVar("Part", bound=Hashable)

FROM, NEAR, ACROSS = 4, 6, 120
"""How many parts a square is sought from, beside and across from: enough to find a cheap one."""


class Swap(Record, Generic[Part]):
    """A move: each of some parts gets one of them, each of others loses one."""

    more: tuple[Part, ...]
    less: tuple[Part, ...]
    width: int
    """By how many the parts may go up and down before one would have fewer than nobody."""


class Swaps(Generic[Part]):
    """The moves of a county."""

    def __init__(
        self,
        sizes: Mapping[Part, int],
        size: Mapping[frozenset[Part], int],
        empty: Collection[Part] = (),
    ) -> None:
        """Take the people of each part and of each group, and parts whose emptiness is hidden."""
        self._empty = empty
        self._sizes = sizes
        self._size = size
        self._of: dict[Part, list[frozenset[Part]]] = defaultdict(list)
        for group in sorted(size, key=lambda one: (len(one), size[one], sorted(map(str, one)))):
            for part in group:
                self._of[part].append(group)

    @cached_property
    def _parts(self) -> Sequence[Part]:
        # That nobody is in a part may be known, so that nobody can be thought to come from there.
        parts = [part for part, many in self._sizes.items() if many or part in self._empty]
        return sorted(parts, key=lambda part: (self._sizes[part], str(part)))

    def changed(self, swap: Swap[Part]) -> dict[frozenset[Part], int]:
        """Give the groups whose numbers a move changes, and by how many a step."""
        found: Counter[frozenset[Part]] = Counter()
        for part in swap.more:
            found.update(self._of[part])
        for part in swap.less:
            found.subtract(self._of[part])
        return {group: by for group, by in found.items() if by}

    def best(
        self,
        group: frozenset[Part],
        hidden: Collection[frozenset[Part]],
        public: Collection[frozenset[Part]],
        enough: int,
    ) -> Swap[Part] | None:
        """Give the move that opens a group and takes the fewest people from sight.

        Where none opens it far enough, it is the one that opens it farthest, of those that hide
        anything more; None where nothing more can be hidden.
        """
        found: list[tuple[bool, int, int, int, Swap[Part]]] = []
        for at, swap in enumerate(self._around(group)):
            changed = self.changed(swap)
            new = [one for one in changed if one not in hidden]
            far = swap.width >= enough
            if group in changed and not any(one in public for one in new) and (far or new):
                cost = sum(self._size[one] for one in new)
                found.append((not far, 0 if far else -swap.width, cost, at, swap))
        return min(found)[-1] if found else None

    def _around(self, group: frozenset[Part]) -> Iterator[Swap[Part]]:
        sizes = self._sizes
        inside = [part for part in reversed(self._parts) if part in group]
        for one in inside[:FROM]:
            for other in self._parts:
                if other not in group:
                    yield Swap((one,), (other,), sizes[one] + sizes[other])
            for beside in self._beside(one):
                for across in islice(self._across(one, beside, group), ACROSS):
                    for last in self._beside(across):
                        if last not in {one, beside}:
                            up, down = (one, last), (beside, across)
                            width = min(map(sizes.__getitem__, up))
                            width += min(map(sizes.__getitem__, down))
                            yield Swap(up, down, width)

    def _beside(self, part: Part) -> Sequence[Part]:
        """Give the parts of the narrowest group that a part shares with any other."""
        for narrow in self._of[part]:
            found = [one for one in self._parts if one in narrow and one != part]
            if found:
                return found[-NEAR:]
        return []

    def _across(self, part: Part, beside: Part, group: frozenset[Part]) -> Iterator[Part]:
        """Go through parts that share a group with a part, not with the one beside it."""
        met = {part, beside}
        for narrow in self._of[part]:
            if beside not in narrow:
                for one in self._parts:
                    if one in narrow and one not in met and (one not in group or len(group) == 1):
                        met.add(one)
                        yield one
