"""Indicators made of other figures: which may be made of which, and in what unit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from xianxue.bureau.kinds.indicator import Indicator, Kind
from xianxue.bureau.values.periods import KIND_TERMS
from xianxue.bureau.values.sentence import say
from xianxue.bureau.values.units import UNITS, Unit
from xianxue.catalogue.meaning.compared import alike
from xianxue.catalogue.meaning.derived_parts import (
    check_breaks,
    check_compared,
    check_cumulated,
    check_index,
    check_rank,
    check_top,
)
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import listed, one_of

_NO_FRACTION: Final[frozenset[Kind]] = frozenset({"spread", "average_growth"})
"""Roots: they can be put in order and held against a line, but not added or subtracted."""
_NO_GROWTH: Final = frozenset({"share", "share points", "rank", "spread"})
"""A share grows by percentage points; «grown by 2 %» of 50 % is read as 52 % by everybody."""
_SUMS: Final[frozenset[Kind]] = frozenset({"count", "sum"})
_PARTS: Final[dict[Kind, str]] = {
    "change": "compared",
    "growth": "compared",
    "average_growth": "compared",
    "rank": "rank_of",
    "index": "index_of",
    "top_share": "top_of",
    "cumulative": "cumulative_of",
}
"""A kind to the part of the card that names what it is made of."""


def check_derived(look: Look, at: Spot, indicator: Indicator) -> None:
    """Check an indicator that is made of others, and the breaks of any."""
    check_breaks(look, at.at("breaks"), indicator.breaks)
    if not indicator.derived or _in_a_circle(look, at, indicator):
        return
    here = at.at(_PARTS[indicator.kind])
    for index, name in enumerate(indicator.rests_on):
        spot = here.at("parts", index) if indicator.index_of is not None else here
        target = _target(look, spot.at("indicator"), name)
        if target is not None:
            _check_target(at, spot.at("indicator"), indicator, target)
    check_compared(here, indicator)
    check_rank(look, here, indicator)
    check_index(here, indicator)
    check_top(at, here, indicator)
    check_cumulated(here, indicator)


def _target(look: Look, at: Spot, name: str) -> Indicator | None:
    """Give the indicator named; a choice is none, for its formula may change between two years."""
    # A county may choose another formula next year; growth would then compare two formulas.
    if name in look.shelf.choices:
        at.complain(
            "C-KIND-OF",
            say("“{name}”是可选算法，不是指标", name=name),
            say("写一个指标，不写可选算法"),
        )
        return None
    return look.shelf.indicators[name] if look.refer(at, "indicator", name) else None


def _check_target(at: Spot, here: Spot, indicator: Indicator, target: Indicator) -> None:
    if not _may_be_made_of(here, indicator, target):
        return
    if indicator.period.kind != target.period.kind:
        one, other = (KIND_TERMS[each.period.kind] for each in (indicator, target))
        saw = say(
            "这里按{one}算，“{indicator}”按{other}算",
            one=one,
            indicator=target.indicator,
            other=other,
        )
        at.at("period").complain("C-PERIOD", saw, say("两个指标的时期种类相同"))
    if alike(at, indicator, target):
        _check_levels(at, indicator, target)
    _check_unit(at, indicator, target)


def _may_be_made_of(here: Spot, indicator: Indicator, target: Indicator) -> bool:
    kind, saw = (
        indicator.kind,
        say("“{indicator}”的 kind 是 {kind}", indicator=target.indicator, kind=target.kind),
    )
    if target.kind in _NO_FRACTION and kind != "rank":
        here.complain("C-KIND-OF", saw, say("算出来是分数的指标；差异系数和年均增长率只能排位"))
        return False
    # Averages and rates of several places or months have no sum to be a share of.
    if kind in {"top_share", "cumulative"} and target.kind not in _SUMS:
        here.complain("C-KIND-OF", saw, say("kind 是 count 或 sum 的指标，才能相加"))
        return False
    unit = UNITS.get(target.unit)
    if unit is not None and kind in {"growth", "average_growth"} and unit.dimension in _NO_GROWTH:
        saw = say(
            "“{indicator}”的单位是 {unit}，没有增长率", indicator=target.indicator, unit=target.unit
        )
        here.complain(
            "C-KIND-OF", saw, say("数量或平均数；率的变化用 kind: change，单位 percentage_point")
        )
        return False
    if kind == "cumulative" and unit is not None and not unit.adds:
        saw = say(
            "“{indicator}”的单位是 {unit}，不能相加", indicator=target.indicator, unit=target.unit
        )
        here.complain("C-KIND-OF", saw, say("各时期可以相加的数"))
        return False
    return True


def _check_levels(at: Spot, indicator: Indicator, target: Indicator) -> None:
    """Check that what is made has a level only where what it is made of has one."""
    if indicator.top_of is not None:
        needed, own = indicator.top_of.among, "top_of"
        if needed not in {"school" if one == "school_stage" else one for one in target.levels}:
            saw = say("“{indicator}”没有层级 {needed}", indicator=target.indicator, needed=needed)
            at.at(own, "indicator").complain(
                "C-LEVEL", saw, say("层级里有 {needed} 的指标", needed=needed)
            )
    outside = [level for level in indicator.levels if level not in target.levels]
    if outside:
        saw = say(
            "“{indicator}”没有层级 {outside}", indicator=target.indicator, outside=listed(outside)
        )
        at.at("levels").complain(
            "C-LEVEL", saw, say("在 {levels} 之内", levels=listed(target.levels))
        )


def _check_unit(at: Spot, indicator: Indicator, target: Indicator) -> None:
    unit, base = UNITS.get(indicator.unit), UNITS.get(target.unit)
    if unit is None or base is None:
        return
    fits = _FITS[indicator.kind]
    if not fits(unit, base):
        fitting = [code for code, other in UNITS.items() if fits(other, base)]
        saw = say("单位 {code} 和算出来的量不合", code=unit.code)
        at.at("unit").complain("C-UNIT", saw, one_of(fitting))


def _is_share(unit: Unit, base: Unit) -> bool:
    del base
    return unit.dimension == "share"


def _is_change(unit: Unit, base: Unit) -> bool:
    # The difference of two shares is no share: 2 % more than 50 % is not 52 %.
    return unit.code == ("percentage_point" if base.dimension == "share" else base.code)


_FITS: Final[dict[Kind, Callable[[Unit, Unit], bool]]] = {
    "change": _is_change,
    "growth": _is_share,
    "average_growth": _is_share,
    "top_share": _is_share,
    "rank": lambda unit, _: unit.dimension == "rank",
    "index": lambda unit, _: unit.code == "point",
    "cumulative": lambda unit, base: unit.code == base.code,
}


def _in_a_circle(look: Look, at: Spot, indicator: Indicator) -> bool:
    """Whether an indicator is made, over others, of itself; complain of it once a card."""
    seen: set[str] = set()
    todo = list(indicator.rests_on)
    while todo:
        name = todo.pop()
        if name == indicator.indicator:
            saw = say("“{name}”绕了一圈又用到自己", name=name)
            at.at(_PARTS[indicator.kind]).complain("C-CIRCLE", saw, say("用不到自己的指标"))
            return True
        below = look.shelf.indicators.get(name)
        if below is not None and name not in seen:
            seen.add(name)
            todo += below.rests_on
    return False
