"""Shares of places that meet a line, and spreads between schools: indicators about indicators."""

from __future__ import annotations

from xianxue.bureau.kinds.indicator import Indicator
from xianxue.catalogue.meaning.conditions import check_bound, check_where
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import listed


def check_share(look: Look, at: Spot, indicator: Indicator) -> None:
    """Check which places a share is of, and which line they meet."""
    share = indicator.share_of
    if share is None:
        return
    here = at.at("share_of")
    check_bound(here.at("meets"), share.meets, indicator.lines)
    check_where(here.at("where"), share.where, look.place_columns, "学校", indicator.lines)
    target = _ratio(look, here.at("indicator"), share.indicator)
    if target is None:
        return
    required = "按全校算的比，才能数达到的学校"
    if target.stages:
        saw = f"“{target.indicator}”分学段"
        here.at("indicator").complain("C-STAGE", saw, required)
    elif "school" not in target.levels:
        saw = f"“{target.indicator}”没有层级 school"
        here.at("indicator").complain("C-LEVEL", saw, required)
    if indicator.stages:
        saw = "kind 是 share，却写了 stages"
        at.at("stages").complain("C-STAGE", saw, "按全校数，不分学段")


def check_spread(look: Look, at: Spot, indicator: Indicator) -> None:
    """Check what a spread is of."""
    if not indicator.spread_of:
        return
    here = at.at("spread_of")
    target = _ratio(look, here, indicator.spread_of)
    if target is None or not alike(at, indicator, target):
        return
    if "school_stage" not in target.levels:
        saw = f"“{target.indicator}”没有层级 school_stage"
        here.complain("C-LEVEL", saw, "按学校、学段算的比，才有校际差异")
    if target.population != indicator.population:
        saw = (
            f"“{target.indicator}”的统计范围是“{target.population}”，这里是“{indicator.population}”"
        )
        here.complain("C-POPULATION", saw, "两个指标的统计范围相同")


def _ratio(look: Look, at: Spot, name: str) -> Indicator | None:
    if name in look.shelf.choices:
        at.complain("C-KIND-OF", f"“{name}”是可选算法，不是指标", "写一个 kind 是 ratio 的指标")
        return None
    if not look.refer(at, "indicator", name):
        return None
    target = look.shelf.indicators[name]
    if target.kind != "ratio":
        saw = f"“{name}”的 kind 是 {target.kind}"
        at.complain("C-KIND-OF", saw, "写一个 kind 是 ratio 的指标")
        return None
    return target


def alike(at: Spot, indicator: Indicator, target: Indicator) -> bool:
    """Whether an indicator has only stages of the one it is about, or neither has any."""
    if bool(indicator.stages) != bool(target.stages):
        saw = f"这里{_are(indicator)}学段，“{target.indicator}”{_are(target)}学段"
        at.at("stages").complain("C-STAGE", saw, "两个指标都分学段，或都不分")
        return False
    outside = [stage.value for stage in indicator.stages if stage not in target.stages]
    if outside:
        saw = f"“{target.indicator}”没有学段 {listed(outside)}"
        required = f"学段在 {listed([stage.value for stage in target.stages])} 之内"
        at.at("stages").complain("C-STAGE", saw, required)
    return not outside


def _are(indicator: Indicator) -> str:
    return "分" if indicator.stages else "不分"
