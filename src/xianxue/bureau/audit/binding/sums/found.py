"""A list of parts as it is being read: its numbers in groups of what may be added."""

from __future__ import annotations

from collections.abc import Sequence

from xianxue.bureau.audit.binding.sums.items import Item


class Found:
    """One list: its groups, and how its parts are told from one another."""

    def __init__(self, items: Sequence[Item], wholes: Sequence[Item]) -> None:
        self.first = items[0]
        self.apart: bool | None = None
        """Whether semicolons part it; not known before its second part."""
        heads = list(dict.fromkeys(_head(one) for one in wholes if one.key == self.first.key))
        told = [one.told for one in items[: len(heads)]]
        several = sum(any(head in one for one in told) for head in heads if head) > 1
        self._heads = heads if several else []
        """Where several wholes are told, by which words their parts are known: 招生, 毕业."""
        self.groups: dict[object, tuple[Item, list[Item]]] = {}
        self._whole = False
        """Whether the first part is complete: what is new after it is told of something else."""
        self.take(self.first, again=False)

    @property
    def all(self) -> list[Item]:
        """Give every number of the list."""
        return [one for _, some in self.groups.values() for one in some]

    def head(self, one: Item) -> str:
        """Give which of several wholes a number names."""
        return next((head for head in self._heads if head and head in one.told), "")

    def is_of(self, part: Item, whole: Item) -> bool:
        """Whether a part is told of a whole, where several are told."""
        return not self._heads or self.head(part) == _head(whole)

    def fits(self, one: Item) -> object:
        """Give what another must share: «毕业» is added to «毕业», «小学» to «初中招生»."""
        pure = one is not self.first and not one.name
        return one.key, self.head(one) or (one.measure if pure else "")

    def again(self, one: Item) -> bool:
        """Whether a number begins the next part."""
        return self.fits(one) == self.fits(self.first)

    def take(self, one: Item, *, again: bool) -> bool:
        """Put a number to its group; refuse what the first part did not tell."""
        self._whole = self._whole or again
        if self._whole and self.fits(one) not in self.groups:
            return False
        self.groups.setdefault(self.fits(one), (one, []))[1].append(one)
        return True

    def group(self, one: Item) -> list[Item]:
        """Give the numbers that are added to one."""
        return self.groups[self.fits(one)][1]

    def named(self, some: list[Item]) -> list[Item]:
        """Give the numbers that have the names of a group: its own, or the first of each part."""
        heads = self.group(self.first)
        bare = len({one.told for one in some}) == 1
        return heads if bare and len(heads) == len(some) else some

    def shape(self, some: Sequence[Item], wholes: Sequence[Item]) -> list[str]:
        """Say, as cues, how the parts are told: each with the same numbers, by semicolons."""
        sizes = {len(other) for _, other in self.groups.values()}
        cues = ["broken"] if len(sizes) > 1 and not self.apart else []
        keys = {one.q.dim for one in wholes}
        if len(sizes) == 1 and len(self.groups) > 1 and all(one.q.dim in keys for one in self.all):
            cues.append("in_step")
        return [*cues, "itemised"] if self.apart and len(some) > 1 else cues


def _head(one: Item) -> str:
    return one.measure or one.told[:2]
