"""One place's figure beside those of others: rank, and the share of the largest."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from xianxue.bureau.indicators.derived.making import Made, Shared, undetermined
from xianxue.bureau.indicators.derived.setting import Setting
from xianxue.bureau.indicators.figures import UNDETERMINED
from xianxue.bureau.kinds.derived import RankOf
from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.values.exact import Exact, order_of
from xianxue.bureau.values.sentence import joined, say


@dataclass(frozen=True)
class Group:
    """Places that are ranked among each other."""

    figures: tuple[Figure, ...]
    """In the register's order."""
    values: tuple[Fraction, ...]
    """Those of all places that have one, ascending."""
    shared: Shared
    why: str
    """Why nobody in it can be ranked; empty where everybody can."""

    @classmethod
    def of(cls, figures: list[Figure], setting: Setting) -> Group:
        """Gather a group; where one is undetermined, so is everybody: it might stand anywhere."""
        # By what is printed: «—» is nothing to wait for, 未定 is a number somebody still owes.
        unknown = [one for one in figures if one.value is None and one.shown == UNDETERMINED]
        values = sorted(order_of(one.value) for one in figures if one.value is not None)
        why = _not_known(unknown, setting) if unknown else ""
        return cls(tuple(figures), tuple(values), Shared.of(figures), why)


def rank(card: Indicator, figure: Figure, setting: Setting) -> Made:
    """Give the place of a figure among its group: one more than are better; equals share it.

    A place to which the figure does not apply is not ranked.
    """
    ranked = card.rank_of
    if ranked is None:
        return undetermined("", (figure,))
    groups = setting.remember(card.indicator, lambda: _groups(card, ranked, setting))
    group = groups[_group_key(ranked, figure, setting)]
    if group.why:
        return undetermined(group.why, group.figures, shared=group.shared)
    if figure.value is None:
        return undetermined("", (figure,))
    # The values are in order, so that who is better is counted without looking at each: a
    # province ranks tens of thousands of schools.
    mine = order_of(figure.value)
    highest = ranked.first == "highest"
    many = len(group.values)
    better = many - bisect_right(group.values, mine) if highest else bisect_left(group.values, mine)
    place = Fraction(better + 1)
    return Made(place, place, Fraction(many), group.figures, shared=group.shared)


def _groups(card: Indicator, ranked: RankOf, setting: Setting) -> dict[object, Group]:
    found: dict[object, list[Figure]] = {}
    for one in setting.at_level(card, ranked.indicator):
        found.setdefault(_group_key(ranked, one, setting), []).append(one)
    return {key: Group.of(figures, setting) for key, figures in found.items()}


def _group_key(ranked: RankOf, figure: Figure, setting: Setting) -> object:
    """Give what all places of a group have in common."""
    place = setting.register[figure.place]
    attributes = place.attributes(setting.on) if ranked.alike else None
    alike = tuple(getattr(attributes, name, None) for name in ranked.alike)
    within = setting.register.township_of(place, setting.on) if ranked.within == "township" else ""
    # A school is never ranked among townships, nor a stage among others.
    return (place.level, figure.stage, figure.slice, alike, within)


def top_share(card: Indicator, figure: Figure, setting: Setting) -> Made:
    """Give what the largest n within a place have of all; ties at the edge change no sum."""
    parts = members_of(card, figure, setting)
    unknown = [one for one in parts if one.value is None and one.shown == UNDETERMINED]
    if unknown:
        return undetermined(_not_known(unknown, setting), parts, shared=Shared.of(parts))
    amounts = [one.value for one in parts if isinstance(one.value, Fraction)]
    largest = sorted(amounts, reverse=True)[: card.top_of.largest if card.top_of else 0]
    total = sum(amounts, Fraction(0))
    if total <= 0:
        # Of nothing nobody has a share.
        return undetermined("", (figure,))
    top = sum(largest, Fraction(0))
    return Made(top / total * 100, top, total, tuple(parts), shared=Shared.of(parts))


def members_of(card: Indicator, figure: Figure, setting: Setting) -> list[Figure]:
    """Give the figures of the places within one, the largest first."""
    top = card.top_of
    if top is None:
        return []
    area = setting.register[figure.place].code
    found = [
        one
        for one in setting.at_level(card, figure.indicator, top.among)
        if one.stage is figure.stage
        and one.slice == figure.slice
        and setting.register.lies_in(setting.register[one.place], area, setting.on)
    ]
    return sorted(found, key=_largest_first)


def _largest_first(figure: Figure) -> tuple[Fraction, str]:
    value: Exact | None = figure.value
    return (-order_of(value) if value is not None else Fraction(0), figure.place)


def _not_known(unknown: Sequence[Figure], setting: Setting) -> str:
    names = [setting.register[one.place].name_on(setting.on) for one in unknown]
    few = joined("、", names[:_NAMED])
    if len(names) > _NAMED:
        return say("{names}等 {count} 个单位的数还没有定，排不出先后", names=few, count=len(names))
    return say("{names}的数还没有定，排不出先后", names=few)


_NAMED: Final = 3
"""More names than fit beside a number; coverage has them all."""
