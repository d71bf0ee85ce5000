"""Places in the order of an indicator: who stands where, and whose rank would be another."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property

from xianxue.bureau.indicators.differences import FigureChange
from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.kinds.slices import Slice
from xianxue.bureau.places.place import Level
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.values.exact import order_of
from xianxue.bureau.values.record import Record
from xianxue.desk.standing.counted import Counted

Group = tuple[str, Level, Stage | None, Slice | None]
"""Indicator, level of the places, stage and slice: only within one is anybody ranked."""


class Ranked(Record):
    """One place among those it is compared with."""

    place: str
    name: str
    figure: Figure
    rank: int | None
    """1 for the best; those with one value share it. None where there is no value."""
    of: int
    """How many have a value."""


class RankChange(Record):
    """A place that would stand elsewhere; None where it has no rank."""

    indicator: str
    place: str
    stage: Stage | None
    slice: Slice | None
    before: int | None
    after: int | None
    of: tuple[int, int]
    """How many have a value, before and after."""


def ranked(
    counted: Counted,
    indicator: str,
    stage: Stage | None = None,
    level: Level = "school",
    slice_of: Slice | None = None,
) -> list[Ranked]:
    """Give all places of a level in the order of an indicator, the best first.

    What is best is said by the card; where it says nothing, the highest comes first. Those without
    a value come last, in the order of the register. KeyError for an unknown indicator.
    """
    card = counted.shelf.indicator(indicator)
    if card is None:
        raise KeyError(indicator)
    group: Group = (card.indicator, level, stage, slice_of)
    mine = _of_group(counted, counted.by_indicator.get(card.indicator, ()), group)
    found_order = order(counted, group, card)
    ranks, many = found_order.ranks, len(found_order.values)
    register, day = counted.register, counted.period.reference_day
    found = [
        Ranked(one.place, register[one.place].name_on(day), one, ranks[one.place], many)
        for one in mine
    ]
    return sorted(found, key=lambda one: (one.rank is None, one.rank or 0))


def changed_ranks(
    counted: Counted, figures: Iterable[FigureChange], again: Mapping[str, Sequence[Figure]]
) -> list[RankChange]:
    """List the ranks that moved with some figures, in the order of the indicators.

    ``again`` are the figures as they would be, by indicator.
    """
    groups: dict[Group, list[FigureChange]] = {}
    for one in figures:
        some = one.after or one.before
        if some is not None:
            level = counted.register[some.place].level
            groups.setdefault((some.indicator, level, some.stage, some.slice), []).append(one)
    found: list[RankChange] = []
    for group, moved in groups.items():
        card = counted.shelf.indicators.get(group[0])
        # The county stands among nobody, and ranks are not ranked.
        if card is None or group[1] == "county" or card.kind == "rank":
            continue
        before = order(counted, group, card)
        if len(moved) == 1 and (values := _values(moved[0])) is not None:
            passed = before.passed(moved[0], *values)
        else:
            after = Order.of(_of_group(counted, again[group[0]], group), card)
            passed = before.unlike(after)
        found += [_change(group, one) for one in passed]
    return found


def order(counted: Counted, group: Group, card: Indicator) -> Order:
    """Give the order of a group as it stands, made once."""

    def made() -> Order:
        mine = counted.by_indicator.get(card.indicator, ())
        return Order.of(_of_group(counted, mine, group), card)

    return counted.once(("order", *group), made)


_Moved = tuple[str, int | None, int | None, int, int]
"""A place, its rank before and after, and how many had a value before and after."""


class Order(Record, dict=True):
    """The places of a group by their values."""

    values: tuple[Fraction, ...]
    """Ascending."""
    places: tuple[str, ...]
    """Beside the values."""
    others: tuple[str, ...]
    """Those without a value."""
    lowest: bool
    """Whether the lowest value is the best."""

    @classmethod
    def of(cls, figures: Iterable[Figure], card: Indicator) -> Order:
        """Put figures of one group in order."""
        known: list[tuple[Fraction, str]] = []
        others: list[str] = []
        for one in figures:
            value = _value(one)
            if value is None:
                others.append(one.place)
            else:
                known.append((value, one.place))
        known.sort()
        values, places = tuple(one[0] for one in known), tuple(one[1] for one in known)
        return cls(values, places, tuple(others), card.direction == "lower_is_better")

    @cached_property
    def ranks(self) -> dict[str, int | None]:
        """Place to rank: one more than are better; None for those without a value."""
        found: dict[str, int | None] = dict.fromkeys(self.others)
        many = len(self.values)
        walk = range(many) if self.lowest else range(many - 1, -1, -1)
        rank, last = 0, None
        for number, at in enumerate(walk, 1):
            if self.values[at] != last:
                rank, last = number, self.values[at]
            found[self.places[at]] = rank
        return found

    def passed(self, moved: FigureChange, old: Fraction, new: Fraction) -> Iterator[_Moved]:
        """Give the ranks that change when one place's value goes from one to another."""
        low, high = min(old, new), max(old, new)
        values, many = self.values, len(self.values)
        some = moved.after or moved.before
        place = some.place if some is not None else ""
        # All between the two ends, both included: nobody else can have been met or passed.
        between = range(bisect_left(values, low), bisect_right(values, high))
        others = [at for at in between if self.places[at] != place]
        for at in others:
            mine = values[at]
            shift = self._better(new, mine) - self._better(old, mine)
            if shift:
                rank = self.ranks[self.places[at]]
                yield self.places[at], rank, (rank or 0) + shift, many, many
        was = self.ranks[place]
        now = (was or 0) + sum(
            self._better(values[at], new) - self._better(values[at], old) for at in others
        )
        if now != was:
            yield place, was, now, many, many

    def _better(self, one: Fraction, other: Fraction) -> int:
        return int(one < other if self.lowest else one > other)

    def unlike(self, after: Order) -> Iterator[_Moved]:
        """Give the ranks that are not the same in another order."""
        many, more = len(self.values), len(after.values)
        for place in dict.fromkeys((*self.ranks, *after.ranks)):
            was, now = self.ranks.get(place), after.ranks.get(place)
            if was != now:
                yield place, was, now, many, more


def _change(group: Group, moved: _Moved) -> RankChange:
    place, before, after, many, more = moved
    indicator, _, stage, slice_of = group
    return RankChange(indicator, place, stage, slice_of, before, after, (many, more))


def _values(moved: FigureChange) -> tuple[Fraction, Fraction] | None:
    """Give the value before and after; None where there is or was none."""
    old, new = _value(moved.before), _value(moved.after)
    return None if old is None or new is None else (old, new)


def _value(figure: Figure | None) -> Fraction | None:
    return None if figure is None or figure.value is None else order_of(figure.value)


def _of_group(counted: Counted, figures: Iterable[Figure], group: Group) -> list[Figure]:
    _, level, stage, slice_of = group
    register = counted.register
    return [
        one
        for one in figures
        if one.stage is stage and one.slice == slice_of and register[one.place].level == level
    ]
