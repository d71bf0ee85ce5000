"""Shares of places that meet a line, and spreads between schools: indicators about indicators."""

from __future__ import annotations

from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.values.sentence import say
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
    check_where(here.at("where"), share.where, look.place_columns, say("学校"), indicator.lines)
    target = _ratio(look, here.at("indicator"), share.indicator)
    if target is None:
        return
    required = say("按全校算的比，才能数达到的学校")
    # A school of two stages could meet the line in one of them: it would be neither in nor out.
    if target.stages:
        saw = say("“{indicator}”分学段", indicator=target.indicator)
        here.at("indicator").complain("C-STAGE", saw, required)
    elif "school" not in target.levels:
        saw = say("“{indicator}”没有层级 school", indicator=target.indicator)
        here.at("indicator").complain("C-LEVEL", saw, required)
    if indicator.stages:
        saw = say("kind 是 share，却写了 stages")
        at.at("stages").complain("C-STAGE", saw, say("按全校数，不分学段"))


def check_spread(look: Look, at: Spot, indicator: Indicator) -> None:
    """Check what a spread is of."""
    if not indicator.spread_of:
        return
    here = at.at("spread_of")
    target = _ratio(look, here, indicator.spread_of)
    if target is None or not alike(at, indicator, target):
        return
    # A spread is made of each school-stage's own ratio; the ratio has to exist there.
    if "school_stage" not in target.levels:
        saw = say("“{indicator}”没有层级 school_stage", indicator=target.indicator)
        here.complain("C-LEVEL", saw, say("按学校、学段算的比，才有校际差异"))
    if target.population != indicator.population:
        saw = say(
            "“{indicator}”的统计范围是“{population}”，这里是“{other_population}”",
            indicator=target.indicator,
            population=target.population,
            other_population=indicator.population,
        )
        here.complain("C-POPULATION", saw, say("两个指标的统计范围相同"))


def _ratio(look: Look, at: Spot, name: str) -> Indicator | None:
    if name in look.shelf.choices:
        at.complain(
            "C-KIND-OF",
            say("“{name}”是可选算法，不是指标", name=name),
            say("写一个 kind 是 ratio 的指标"),
        )
        return None
    if not look.refer(at, "indicator", name):
        return None
    target = look.shelf.indicators[name]
    if target.kind != "ratio":
        saw = say("“{name}”的 kind 是 {kind}", name=name, kind=target.kind)
        at.complain("C-KIND-OF", saw, say("写一个 kind 是 ratio 的指标"))
        return None
    return target


def alike(at: Spot, indicator: Indicator, target: Indicator) -> bool:
    """Whether an indicator has only stages of the one it is about, or neither has any."""
    # A figure finds its parts by place and stage; with stages on one side only it finds none.
    if bool(indicator.stages) != bool(target.stages):
        saw = say("这里不分学段，“{indicator}”分学段", indicator=target.indicator)
        if indicator.stages:
            saw = say("这里分学段，“{indicator}”不分学段", indicator=target.indicator)
        at.at("stages").complain("C-STAGE", saw, say("两个指标都分学段，或都不分"))
        return False
    outside = [stage.value for stage in indicator.stages if stage not in target.stages]
    if outside:
        saw = say(
            "“{indicator}”没有学段 {outside}", indicator=target.indicator, outside=listed(outside)
        )
        required = say("学段在 {what} 之内", what=listed([stage.value for stage in target.stages]))
        at.at("stages").complain("C-STAGE", saw, required)
    return not outside
