"""The tree that a rubric's items stand in, however they were written down.

Items are nested, or stand in a plain list and say what they are ``under``, as in a workbook. An
item that belongs to nothing that is there, or to itself in the end, is in no tree; the door says
so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from xianxue.bureau.kinds.appraisal.rubric import Rubric, RubricItem
from xianxue.bureau.values.record import Record


class ItemNode(Record, dict=True):
    """One item in its place."""

    item: RubricItem
    number: str
    """As the document has it, or by its place: 1.2.3."""
    depth: int
    below: tuple[ItemNode, ...]

    @property
    def points(self) -> Fraction:
        """Its full points: what it says, else what its items come to."""
        if self.item.points is not None:
            return Fraction(self.item.points)
        return sum((one.points for one in self.below), Fraction(0))

    @property
    def adjusts(self) -> bool:
        """Whether it is an addition or deduction, beside the full points."""
        gives = self.item.gives
        if gives is not None:
            return gives.kind == "adjust"
        return bool(self.below) and all(one.adjusts for one in self.below)

    def walk(self) -> Iterator[ItemNode]:
        """Go through it and all below it, each branch before its own."""
        yield self
        for one in self.below:
            yield from one.walk()


def every_item(items: Sequence[RubricItem], under: str = "") -> Iterator[tuple[RubricItem, str]]:
    """Go through all items as they are written, each with what it stands under."""
    for one in items:
        yield one, one.under or under
        yield from every_item(one.items, one.item)


def tree_of(rubric: Rubric) -> tuple[ItemNode, ...]:
    """Give the first rank of a rubric's items, with all below them."""
    children: dict[str, list[RubricItem]] = {}
    for item, under in every_item(rubric.items):
        children.setdefault(under, []).append(item)
    return _below("", "", children, 0)


def _below(
    under: str, number: str, children: dict[str, list[RubricItem]], depth: int
) -> tuple[ItemNode, ...]:
    # Taken out as they are placed: an item stands in one place, and a circle ends.
    found: list[ItemNode] = []
    for at, item in enumerate(children.pop(under, []), start=1):
        own = item.number or f"{number}{'.' if number else ''}{at}"
        found.append(ItemNode(item, own, depth, _below(item.item, own, children, depth + 1)))
    return tuple(found)


def nodes_of(rubric: Rubric) -> tuple[ItemNode, ...]:
    """Give all items in their order, each branch before its own."""
    return tuple(node for root in tree_of(rubric) for node in root.walk())


def leaves_of(rubric: Rubric) -> tuple[ItemNode, ...]:
    """Give the items that points come from."""
    return tuple(node for node in nodes_of(rubric) if not node.below)
