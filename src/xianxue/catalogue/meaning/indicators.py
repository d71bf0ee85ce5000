"""Indicators: the parts of each kind, the levels it can be figured at, choices."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.kinds.indicator import Choice, Indicator
from xianxue.bureau.values.periods import KIND_TERMS
from xianxue.bureau.values.units import UNITS
from xianxue.catalogue.meaning.cited import check_cited
from xianxue.catalogue.meaning.compared import check_share, check_spread
from xianxue.catalogue.meaning.derived import check_derived
from xianxue.catalogue.meaning.lines import check_lines
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.meaning.measured import check_unit
from xianxue.catalogue.meaning.sliced import check_sliced
from xianxue.catalogue.meaning.terms import PLACES, Read, dimensions, read_terms
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import listed

_PARTS: Final = {
    "count": ("of",),
    "sum": ("of",),
    "ratio": ("numerator", "denominator"),
    "share": ("share_of",),
    "spread": ("spread_of",),
    "change": ("compared",),
    "growth": ("compared",),
    "average_growth": ("compared",),
    "rank": ("rank_of",),
    "index": ("index_of",),
    "top_share": ("top_of",),
    "cumulative": ("cumulative_of",),
}
"""What each kind is made of; no kind has a part of another."""
_ALL_PARTS: Final = tuple(dict.fromkeys(part for parts in _PARTS.values() for part in parts))
_MOST_DECIMALS: Final = 8


def check_indicators(look: Look) -> None:
    """Check every indicator and every choice among them."""
    indicator: Indicator
    for at, indicator in look.each("indicator"):
        check_cited(look, at.at("source"), indicator.source)
        _check_parts(at, indicator)
        terms = _check_terms(look, at, indicator)
        check_unit(look, at, indicator, terms)
        check_lines(look, at, indicator)
        _check_period(look, at, indicator, terms)
        _check_levels(at, indicator, terms)
        _check_stages(at, indicator, terms)
        _check_split(look, at, indicator, terms)
        _check_population(look, at, indicator)
        check_sliced(look, at, indicator, terms)
        check_share(look, at, indicator)
        check_spread(look, at, indicator)
        check_derived(look, at, indicator)
        if not 0 <= indicator.show.decimals <= _MOST_DECIMALS:
            saw = f"小数位数是 {indicator.show.decimals}"
            at.at("show", "decimals").complain("C-RANGE", saw, f"0 至 {_MOST_DECIMALS}")
    choice: Choice
    for at, choice in look.each("choice"):
        check_cited(look, at.at("source"), choice.source)
        _check_options(look, at.at("options"), choice)


def _check_parts(at: Spot, indicator: Indicator) -> None:
    wanted = _PARTS[indicator.kind]
    for part in _ALL_PARTS:
        given = bool(getattr(indicator, part))
        if given and part not in wanted:
            saw = f"kind 是 {indicator.kind}，却写了 {part}"
            at.at(part).complain("C-PART", saw, f"{indicator.kind} 只由 {listed(wanted)} 组成")
        if not given and part in wanted:
            saw = f"kind 是 {indicator.kind}，没有写 {part}"
            at.complain("C-PART", saw, f"写明 {listed(wanted)}")
    if indicator.split and indicator.kind != "ratio":
        saw = f"kind 是 {indicator.kind}，却写了 split"
        at.at("split").complain("C-PART", saw, "只有 ratio 的分子按学段折算")
    if indicator.population and indicator.derived:
        saw = f"kind 是 {indicator.kind}，却写了 population"
        at.at("population").complain("C-PART", saw, "统计范围随所用的指标")
    if indicator.lines and indicator.kind == "spread":
        at.at("lines").complain("C-PART", "kind 是 spread，却写了 lines", "差异系数不用线")


def _check_terms(look: Look, at: Spot, indicator: Indicator) -> dict[str, list[Read]]:
    """Check the sums of an indicator; give what they name, by part."""
    found: dict[str, list[Read]] = {}
    for part in ("of", "numerator", "denominator"):
        total = getattr(indicator, part)
        if total is not None:
            found[part] = read_terms(look, at.at(part, "sum"), total.sum, indicator.lines)
    for read in found.get("of", ()):
        if indicator.kind == "count" and not read.term.count:
            saw = f"kind 是 count，却加了 {read.term.field}"
            at.at("of").complain("C-PART", saw, "count 数行或学校（count: …）；加数用 sum")
        if indicator.kind == "sum" and read.term.count:
            saw = f"kind 是 sum，却数了 {read.term.count}"
            at.at("of").complain("C-PART", saw, "sum 加栏里的数；数行或学校用 count")
    return found


def _check_period(look: Look, at: Spot, indicator: Indicator, terms: dict[str, list[Read]]) -> None:
    """Check that an indicator is figured for such periods as its numbers are filed for."""
    kind = indicator.period.kind
    for read in (read for part in terms.values() for read in part):
        table = read.table
        if table is not None and table.period != kind:
            form = look.shelf.forms.get(table.form)
            filed = f"《{form.term if form is not None else table.term}》"
            saw = f"按{KIND_TERMS[kind]}算，{filed}却按{KIND_TERMS[table.period]}报"
            at.at("period").complain("C-PERIOD", saw, "和所用的报表同一种时期")
            return


def _check_levels(at: Spot, indicator: Indicator, terms: dict[str, list[Read]]) -> None:
    here = at.at("levels")
    levels = indicator.levels
    if not levels:
        here.complain(
            "C-EMPTY", "一个层级也没有", "school_stage、school、township、county 之一或几个"
        )
    if len(set(levels)) < len(levels):
        here.complain("C-LEVEL", "同一层级写了两次", "每个层级只写一次")
    if "school_stage" in levels and not indicator.stages:
        here.complain("C-LEVEL", "有层级 school_stage，却没有写学段", "写明 stages，或改用 school")
    low = [level for level in levels if level in {"school_stage", "school"}]
    if low and indicator.kind in {"share", "spread"}:
        saw = f"{indicator.kind} 是学校之间的比较，却有层级 {listed(low)}"
        here.complain("C-LEVEL", saw, "township 或 county")
    all_terms = [read for part in terms.values() for read in part]
    if low and any(read.term.count == PLACES for read in all_terms):
        here.complain("C-LEVEL", f"数的是学校，却有层级 {listed(low)}", "township 或 county")
    below = [level for level in levels if level != "county"]
    if below and any(read.table and read.table.by_county for read in all_terms):
        saw = f"用到县级填报的数，却有层级 {listed(below)}"
        here.complain("C-LEVEL", saw, "只有 county")


def _check_stages(at: Spot, indicator: Indicator, terms: dict[str, list[Read]]) -> None:
    if len(set(indicator.stages)) < len(indicator.stages):
        at.at("stages").complain("C-STAGE", "同一学段写了两次", "每个学段只写一次")
    if not indicator.stages:
        return
    for part, reads in terms.items():
        divided = bool(indicator.split) and part == "numerator"
        whole = dict.fromkeys(
            read.table.table if read.table is not None else PLACES
            for read in reads
            if not divided and (read.table is None or not read.table.staged)
        )
        if whole:
            saw = f"指标分学段，{listed(whole)} 的数不分学段"
            do = "用分学段的表，或给分子写 split"
            at.at(part).complain("C-STAGE", saw, "分学段的指标只用分学段的数", do)


def _check_split(look: Look, at: Spot, indicator: Indicator, terms: dict[str, list[Read]]) -> None:
    """Check that what is divided belongs to the school as one, and is divided by pupils."""
    if not indicator.split:
        return
    look.refer(at.at("split"), "split", indicator.split)
    if not indicator.stages:
        at.at("split").complain("C-STAGE", "写了 split，却没有写学段", "写明 stages")
    staged = [
        read.table.table
        for read in terms.get("numerator", ())
        if read.table is not None and read.table.staged
    ]
    if staged:
        saw = f"写了 split，{listed(dict.fromkeys(staged))} 的数却已分学段"
        at.at("split").complain("C-SPLIT", saw, "只折算全校共用、不分学段的数", "删去 split")
    below = terms.get("denominator", ())
    if any(read.term.count for read in below) or dimensions(below) - {UNITS["person"].dimension}:
        saw = "写了 split，分母却不是人数"
        at.at("denominator").complain("C-SPLIT", saw, "按学生数折算，分母是人数")


def _check_population(look: Look, at: Spot, indicator: Indicator) -> None:
    if not indicator.population:
        return
    here = at.at("population")
    if not indicator.stages:
        here.complain("C-STAGE", "写了 population，却没有写学段", "写明 stages")
    if look.refer(here, "population", indicator.population):
        stages = look.shelf.populations[indicator.population].stages
        outside = [stage.value for stage in indicator.stages if stage not in stages]
        if outside:
            saw = f"统计范围“{indicator.population}”不含 {listed(outside)}"
            required = f"学段在 {listed([stage.value for stage in stages])} 之内"
            at.at("stages").complain("C-STAGE", saw, required)


def _check_options(look: Look, at: Spot, choice: Choice) -> None:
    if not choice.options:
        at.complain("C-EMPTY", "一个算法也没有", "至少一个指标")
    known: list[Indicator] = []
    for index, name in enumerate(choice.options):
        here = at.at(index)
        if name in choice.options[:index]:
            here.complain("C-TWICE", f"“{name}”写了两次", "每个算法只写一次")
        elif name in look.shelf.choices:
            here.complain("C-OPTIONS", f"“{name}”也是可选算法", "只写指标，不写可选算法")
        elif look.refer(here, "indicator", name):
            known.append(look.shelf.indicators[name])
            first = known[0]
            if known[-1].unit != first.unit:
                saw = f"“{name}”的单位是 {known[-1].unit}，“{first.indicator}”的是 {first.unit}"
                here.complain("C-OPTIONS", saw, "各种算法单位相同，才可以换用")
            elif set(known[-1].stages) != set(first.stages):
                saw = f"“{name}”与“{first.indicator}”的学段不同"
                here.complain("C-OPTIONS", saw, "各种算法学段相同，才可以换用")
