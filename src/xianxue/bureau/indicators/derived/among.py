"""One place's figure beside those of others: rank, and the share of the largest."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from xianxue.bureau.indicators.derived.making import Made, undetermined
from xianxue.bureau.indicators.derived.setting import Setting
from xianxue.bureau.indicators.figures import UNDETERMINED
from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.places.place import Place
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.values.exact import Exact, order_of

_PER_CENT: Final = 100


def rank(card: Indicator, figure: Figure, setting: Setting) -> Made:
    """Give the place of a figure among its group: one more than are better; equals share it.

    A place to which the figure does not apply is not ranked. Where one of the group is
    undetermined, so is everybody's rank: it might stand anywhere.
    """
    group = group_of(card, figure, setting)
    unknown = [one for one in group if one.value is None and one.shown == UNDETERMINED]
    if unknown:
        return undetermined(_not_known(unknown, setting), group, together=True)
    if figure.value is None or card.rank_of is None:
        return undetermined("", (figure,))
    ranked = [one for one in group if one.value is not None]
    values = [order_of(one.value) for one in ranked if one.value is not None]
    mine = order_of(figure.value)
    highest = card.rank_of.first == "highest"
    better = sum(value > mine if highest else value < mine for value in values)
    others = [one for one in ranked if one.place != figure.place]
    place = Fraction(better + 1)
    return Made(place, place, Fraction(len(values)), (figure, *others), together=True)


def group_of(card: Indicator, figure: Figure, setting: Setting) -> list[Figure]:
    """Give the figures that one is ranked among, itself included, in the register's order."""
    ranked = card.rank_of
    if ranked is None:
        return []
    level = setting.register[figure.place].level
    mine = _alike(ranked.alike, setting, figure.place)
    township = _township(setting, figure.place)
    return [
        one
        for one in setting.at_level(card, figure.indicator)
        if one.stage is figure.stage
        and setting.register[one.place].level == level
        and _alike(ranked.alike, setting, one.place) == mine
        and (ranked.within == "county" or _township(setting, one.place) == township)
    ]


def top_share(card: Indicator, figure: Figure, setting: Setting) -> Made:
    """Give what the largest n within a place have of all; ties at the edge change no sum."""
    parts = members_of(card, figure, setting)
    unknown = [one for one in parts if one.value is None and one.shown == UNDETERMINED]
    if unknown:
        return undetermined(_not_known(unknown, setting), parts, together=True)
    amounts = [one.value for one in parts if isinstance(one.value, Fraction)]
    largest = sorted(amounts, reverse=True)[: card.top_of.largest if card.top_of else 0]
    total = sum(amounts, Fraction(0))
    if total <= 0:
        # Of nothing nobody has a share.
        return undetermined("", (figure,))
    top = sum(largest, Fraction(0))
    return Made(top / total * _PER_CENT, top, total, tuple(parts), together=True)


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
        and setting.register.lies_in(setting.register[one.place], area, setting.on)
    ]
    return sorted(found, key=_largest_first)


def _largest_first(figure: Figure) -> tuple[Fraction, str]:
    value: Exact | None = figure.value
    return (-order_of(value) if value is not None else Fraction(0), figure.place)


def _alike(names: Sequence[str], setting: Setting, code: str) -> tuple[object, ...]:
    attributes = setting.register[code].attributes(setting.on)
    return tuple(getattr(attributes, name, None) for name in names)


def _township(setting: Setting, code: str) -> str:
    return setting.register.township_of(_place(setting, code), setting.on)


def _place(setting: Setting, code: str) -> Place:
    return setting.register[code]


def _not_known(unknown: Sequence[Figure], setting: Setting) -> str:
    names = [setting.register[one.place].name_on(setting.on) for one in unknown]
    few = "、".join(names[:_NAMED])
    more = f"等{len(names)}个单位" if len(names) > _NAMED else ""
    return f"{few}{more}的数还没有定，排不出先后"


_NAMED: Final = 3
"""More names than fit beside a number; coverage has them all."""
