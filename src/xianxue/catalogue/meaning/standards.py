"""Standards and populations: what is held against what, on which level, in which stages."""

from __future__ import annotations

from datetime import date

from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.kinds.standard import Combination, Criterion, Lacking, Population, Standard
from xianxue.bureau.values.sentence import say
from xianxue.bureau.values.units import UNITS
from xianxue.catalogue.meaning.cited import check_cited, check_dated, check_values, finite
from xianxue.catalogue.meaning.conditions import check_where
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.meaning.names import good_name, unique
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import instead, listed

# A rule to the direction that speaks against it: the better a place does, the sooner it would fail.
_WRONG_WAY = {
    "at_least": "lower_is_better",
    "at_most": "higher_is_better",
    "less_than": "higher_is_better",
}


def check_standards(look: Look) -> None:
    """Check every population and every standard."""
    population: Population
    for at, population in look.each("population"):
        check_cited(look, at.at("source"), population.source)
        _check_population(look, at, population)
    standard: Standard
    for at, standard in look.each("standard"):
        check_cited(look, at.at("source"), standard.source)
        if standard.population:
            look.refer(at.at("population"), "population", standard.population)
        if not standard.criteria and not standard.spread:
            at.complain("C-EMPTY", say("一条标准也没有"), say("criteria 或 spread 里至少一条"))
        _check_standard(look, at, standard)


def _check_population(look: Look, at: Spot, population: Population) -> None:
    if not population.stages:
        at.at("stages").complain("C-EMPTY", say("一个学段也没有"), say("至少一个学段"))
    asked = look.field(at.at("pupils"), population.pupils)
    if asked is not None:
        table, field = asked
        unit = UNITS.get(field.unit)
        if unit is not None and unit.dimension != UNITS["person"].dimension:
            saw = say("“{term}”的单位是 {unit}，不是人数", term=field.term, unit=field.unit)
            at.at("pupils").complain("C-DIMENSION", saw, say("一栏人数"))
        elif not table.staged:
            saw = say("表“{table}”不分学段", table=table.table)
            at.at("pupils").complain("C-STAGE", saw, say("分学段的表里的人数"))
    types = look.shelf.codes.get("school_types")
    for index, exclusion in enumerate(population.exclude):
        here = at.at("exclude", index)
        check_dated(look, here, exclusion)
        if not exclusion.school_types:
            here.at("school_types").complain(
                "C-EMPTY", say("一个办学类型也没有"), say("至少一个代码")
            )
        look.known_codes(here.at("school_types"), exclusion.school_types, types)
        if exclusion.pupils_below is not None and exclusion.pupils_below < 1:
            saw = say(
                "少于 {pupils_below} 人的不计，等于全都计入", pupils_below=exclusion.pupils_below
            )
            here.at("pupils_below").complain("C-RANGE", saw, say("大于 0 的人数"))


def _check_standard(look: Look, at: Spot, standard: Standard) -> None:
    names: list[tuple[Spot, str]] = []
    for part, criteria in (("criteria", standard.criteria), ("spread", standard.spread)):
        for index, criterion in enumerate(criteria):
            here = at.at(part, index)
            names.append((here.at("criterion"), criterion.criterion))
            good_name(here.at("criterion"), criterion.criterion)
            _check_criterion(look, here, standard, criterion, spread=part == "spread")
    for index, combination in enumerate(standard.combine):
        here = at.at("combine", index)
        earlier = standard.combine[:index]
        # The same joint verdict by two rules, one after the other in time, is one id and no
        # duplicate.
        if all(one.criterion != combination.criterion for one in earlier):
            names.append((here.at("criterion"), combination.criterion))
        good_name(here.at("criterion"), combination.criterion)
        check_dated(look, here, combination)
        _check_combination(here, standard, combination)
        for number, one in enumerate(earlier):
            if one.criterion == combination.criterion and _both_hold(one, combination):
                line = at.origin.line("combine", number)
                saw = say(
                    "与第 {line} 行的“{criterion}”同时有效", line=line, criterion=one.criterion
                )
                here.complain("C-OVERLAP", saw, say("同一天只有一种合并办法"))
    unique(names, "C-TWICE", say("标准条目的编号"), say("同一标准里编号不重复"))


def _check_criterion(
    look: Look, at: Spot, standard: Standard, criterion: Criterion, *, spread: bool
) -> None:
    check_where(at.at("where"), criterion.where, look.place_columns, say("学校"))
    indicators = look.indicators(at.at("indicator"), criterion.indicator)
    if not indicators:
        return
    for indicator in indicators:
        _check_fit(at, criterion, indicator)
        if spread and indicator.kind != "spread":
            saw = say(
                "“{indicator}”的 kind 是 {kind}", indicator=indicator.indicator, kind=indicator.kind
            )
            at.at("indicator").complain("C-KIND-OF", saw, say("spread 里只写差异系数"))
    if spread and criterion.theme != "rates":
        # Limits on spread have a heading of their own; a theme here would never be read.
        saw = say("差异系数的限值写了 theme（{theme}）", theme=criterion.theme)
        at.at("theme").complain("C-PART", saw, say("不写 theme，报告里归入“校际差异偏大”"))
    stages = list(indicators[0].stages) if criterion.per.endswith("_stage") else []
    population = look.shelf.populations.get(standard.population)
    if population is not None and criterion.per.endswith("_stage"):
        stages = [stage for stage in stages if stage in population.stages]
    check_values(look, at.at("values"), criterion.values, stages)
    if criterion.lacking is not None:
        _check_lacking(look, at.at("lacking"), criterion.lacking, indicators)


def _check_fit(at: Spot, criterion: Criterion, indicator: Indicator) -> None:
    """Whether an indicator is figured for what the criterion is held against."""
    level = {"county_stage": "county"}.get(criterion.per, criterion.per)
    if level not in indicator.levels:
        saw = say(
            "按 {per} 判定，指标“{indicator}”没有层级 {level}",
            per=criterion.per,
            indicator=indicator.indicator,
            level=level,
        )
        at.at("per").complain(
            "C-LEVEL", saw, say("指标有的层级：{levels}", levels=listed(indicator.levels))
        )
    elif criterion.per.endswith("_stage") and not indicator.stages:
        saw = say(
            "按 {per} 判定，指标“{indicator}”不分学段",
            per=criterion.per,
            indicator=indicator.indicator,
        )
        at.at("per").complain("C-LEVEL", saw, say("分学段的指标，或按 school、county 判定"))
    elif not criterion.per.endswith("_stage") and indicator.stages:
        saw = say(
            "按 {per} 判定，指标“{indicator}”分学段",
            per=criterion.per,
            indicator=indicator.indicator,
        )
        at.at("per").complain(
            "C-LEVEL", saw, say("不分学段的指标，或按 school_stage、county_stage 判定")
        )
    if indicator.direction == _WRONG_WAY[criterion.rule]:
        saw = say(
            "规则是 {rule}，指标“{indicator}”的方向是 {direction}",
            rule=criterion.rule,
            indicator=indicator.indicator,
            direction=indicator.direction,
        )
        at.at("rule").complain("C-DIRECTION", saw, say("规则和指标的方向一致"))


def _check_lacking(look: Look, at: Spot, lacking: Lacking, indicators: list[Indicator]) -> None:
    unit = look.unit(at.at("unit"), lacking.unit)
    if unit is not None and ("/" in unit.dimension or unit.dimension in {"share", "spread"}):
        saw = say("所缺的单位 {code} 是算出来的比", code=unit.code)
        at.at("unit").complain("C-UNIT", saw, say("所缺的东西可以一个一个数"))
    for indicator in indicators:
        if indicator.kind == "spread":
            saw = say("“{indicator}”是差异系数，算不出缺多少", indicator=indicator.indicator)
            at.complain("C-PART", saw, say("不写 lacking"))
        elif indicator.derived:
            saw = say("“{indicator}”由别的指标算成，算不出缺多少", indicator=indicator.indicator)
            at.complain("C-PART", saw, say("不写 lacking"))
        elif lacking.adds_to == "denominator" and indicator.kind != "ratio":
            saw = say(
                "“{indicator}”的 kind 是 {kind}，没有分母",
                indicator=indicator.indicator,
                kind=indicator.kind,
            )
            at.at("adds_to").complain("C-PART", saw, say("不写 adds_to"))


def _check_combination(at: Spot, standard: Standard, combination: Combination) -> None:
    known = {one.criterion: one for one in standard.criteria}
    for index, name in enumerate(combination.of):
        here = at.at("of", index)
        if name not in known:
            required = say("本标准 criteria 里的编号")
            here.complain(
                "C-CRITERION",
                say("没有标准条目“{name}”", name=name),
                required,
                instead(name, known),
            )
        # Findings are joined place by place and stage by stage; of another reach there is nothing
        # to join.
        elif known[name].per != "school_stage":
            saw = say("“{name}”按 {per} 判定", name=name, per=known[name].per)
            here.complain("C-LEVEL", saw, say("合并判定的条目都按 school_stage 判定"))
    if len(set(combination.of)) < len(combination.of):
        at.at("of").complain("C-TWICE", say("同一条目写了两次"), say("每个条目只写一次"))
    if not 1 <= combination.need <= len(combination.of):
        saw = say("共 {of} 条，要求达到 {need} 条", of=len(combination.of), need=combination.need)
        at.at("need").complain("C-COMBINE", saw, say("1 至 {of}", of=len(combination.of)))
    finite(at.at("others_reach"), combination.others_reach)
    if combination.others_reach.is_finite() and not 0 <= combination.others_reach <= 1:
        saw = say("其余条目要达到的比例是 {others_reach}", others_reach=combination.others_reach)
        at.at("others_reach").complain("C-RANGE", saw, say("0 至 1，例如 0.85"))


def _both_hold(one: Combination, other: Combination) -> bool:
    return one.valid_from <= (other.valid_to or date.max) and other.valid_from <= (
        one.valid_to or date.max
    )
