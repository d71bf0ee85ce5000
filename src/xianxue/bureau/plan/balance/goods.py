"""What is asked where all resources are balanced together, and whether an answer is enough."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property

from xianxue.bureau.plan.balance.spread import exact_spread
from xianxue.bureau.values.record import Record


class Held(Record, kw_only=True):
    """What one school-stage has of one resource."""

    school: str
    """The school-stage."""
    store: str
    """Whose things they are: where stages share them, both have the same store."""
    have: Fraction
    line: Fraction
    """What it takes to reach the line."""
    weight: Fraction
    """Its pupils: what it weighs in the spread …"""
    per: Fraction
    """… and by how many what it has is divided."""
    each: Fraction = Fraction(1)
    """How much one lot more adds to what it has."""

    @property
    def things(self) -> int:
        """How many whole lots it has."""
        return int(self.have // self.each)

    def lacking(self, share: Fraction) -> int:
        """Give the lots to a share of the line; below zero what it could give away.

        >>> one = Held(school="甲", store="甲", have=Fraction(7), line=Fraction(10),
        ...            weight=Fraction(1), per=Fraction(1))
        >>> one.lacking(Fraction(1)), one.lacking(Fraction("0.5"))
        (3, -2)
        """
        lacks = (self.line * share - self.have) / self.each
        return -(-lacks.numerator // lacks.denominator)

    def amount(self, more: Mapping[str, int]) -> Fraction:
        """Give what it has with so many lots more."""
        return self.have + self.each * more.get(self.store, 0)


class Good(Record, kw_only=True):
    """One resource of one stage."""

    good: str
    held: tuple[Held, ...]
    limit: Fraction | None = None
    """Of its spread."""
    add: Fraction = Fraction(1)
    """What one lot more costs."""
    move: Fraction | None = None
    """What it costs that a lot goes to another school; None: it stays where it is."""

    @property
    def moves(self) -> bool:
        """Whether its things can go elsewhere."""
        return self.move is not None

    @property
    def alike(self) -> bool:
        """Whether a lot is as much everywhere, and what is divided by is what is weighed with."""
        ways = {(one.each, one.weight / one.per) for one in self.held}
        return len(ways) == 1

    def cost(self, more: Mapping[str, int]) -> Fraction:
        """Give what changes of its stores cost."""
        changes = [more.get(one, 0) for one in sorted({one.store for one in self.held})]
        out = -sum(min(0, one) for one in changes)
        added = sum(changes)
        return (self.move or Fraction()) * out + self.add * added


class Asked(Record, kw_only=True, dict=True):
    """Resources, and how a school-stage passes: so many lines in full, the others near them."""

    goods: tuple[Good, ...]
    need: int
    near: Fraction

    @cached_property
    def _used(self) -> Counter[str]:
        return Counter(one.store for good in self.goods for one in good.held)

    def shares(self, good: Good) -> bool:
        """Whether another resource hangs on the same things."""
        return any(self._used[one.store] > 1 for one in good.held)

    def cost(self, more: Mapping[str, int]) -> Fraction:
        """Give what changes cost; what stages share is paid for once."""
        seen: set[str] = set()
        whole = Fraction()
        for good in self.goods:
            own = {one.store: more.get(one.store, 0) for one in good.held if one.store not in seen}
            seen |= own.keys()
            whole += good.cost(own)
        return whole


def broken(asked: Asked, more: Mapping[str, int]) -> list[str]:
    """Name the resources over their limits, or from nowhere, and the school-stages that fail."""
    return [*_goods_broken(asked, more), *_schools_broken(asked, more)]


def _goods_broken(asked: Asked, more: Mapping[str, int]) -> Iterator[str]:
    for good in asked.goods:
        amounts = [one.amount(more) for one in good.held]
        changes = [more.get(one.store, 0) for one in good.held]
        stays = not good.moves and min(changes) < 0
        if stays or sum(changes) < 0 or min(amounts) < 0:
            yield good.good
        elif good.limit is not None:
            weighed = [n * one.weight / one.per for n, one in zip(amounts, good.held, strict=True)]
            square = exact_spread([one.weight for one in good.held], weighed)
            if square is None or square > good.limit**2:
                yield good.good


def _schools_broken(asked: Asked, more: Mapping[str, int]) -> Iterator[str]:
    reached: Counter[str] = Counter()
    near: dict[str, bool] = {}
    for one in (one for good in asked.goods for one in good.held):
        amount = one.amount(more)
        reached[one.school] += amount >= one.line
        near[one.school] = near.get(one.school, True) and amount >= asked.near * one.line
    yield from (one for one in near if reached[one] < asked.need or not near[one])
