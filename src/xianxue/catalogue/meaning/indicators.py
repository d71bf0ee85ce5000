"""Indicators: the parts of each kind, the levels it can be figured at, choices."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.kinds.indicator import Choice, Indicator
from xianxue.bureau.values.periods import KIND_TERMS
from xianxue.bureau.values.sentence import say
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
"""No figure is published with more; a greater number is a slip of the key."""


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
            saw = say("小数位数是 {decimals}", decimals=indicator.show.decimals)
            at.at("show", "decimals").complain(
                "C-RANGE", saw, say("0 至 {most_decimals}", most_decimals=_MOST_DECIMALS)
            )
    choice: Choice
    for at, choice in look.each("choice"):
        check_cited(look, at.at("source"), choice.source)
        _check_options(look, at.at("options"), choice)


def _check_parts(at: Spot, indicator: Indicator) -> None:
    wanted = _PARTS[indicator.kind]
    # A part of another kind would be read by nobody, and its author believe that it counts.
    for part in _ALL_PARTS:
        given = bool(getattr(indicator, part))
        if given and part not in wanted:
            saw = say("kind 是 {kind}，却写了 {part}", kind=indicator.kind, part=part)
            at.at(part).complain(
                "C-PART",
                saw,
                say("{kind} 只由 {wanted} 组成", kind=indicator.kind, wanted=listed(wanted)),
            )
        if not given and part in wanted:
            saw = say("kind 是 {kind}，没有写 {part}", kind=indicator.kind, part=part)
            at.complain("C-PART", saw, say("写明 {wanted}", wanted=listed(wanted)))
    if indicator.split and indicator.kind != "ratio":
        saw = say("kind 是 {kind}，却写了 split", kind=indicator.kind)
        at.at("split").complain("C-PART", saw, say("只有 ratio 的分子按学段折算"))
    if indicator.population and indicator.derived:
        saw = say("kind 是 {kind}，却写了 population", kind=indicator.kind)
        at.at("population").complain("C-PART", saw, say("统计范围随所用的指标"))
    if indicator.lines and indicator.kind == "spread":
        at.at("lines").complain(
            "C-PART", say("kind 是 spread，却写了 lines"), say("差异系数不用线")
        )


def _check_terms(look: Look, at: Spot, indicator: Indicator) -> dict[str, list[Read]]:
    """Check the sums of an indicator; give what they name, by part."""
    found: dict[str, list[Read]] = {}
    for part in ("of", "numerator", "denominator"):
        total = getattr(indicator, part)
        if total is not None:
            found[part] = read_terms(look, at.at(part, "sum"), total.sum, indicator.lines)
    for read in found.get("of", ()):
        if indicator.kind == "count" and not read.term.count:
            saw = say("kind 是 count，却加了 {field}", field=read.term.field)
            at.at("of").complain("C-PART", saw, say("count 数行或学校（count: …）；加数用 sum"))
        if indicator.kind == "sum" and read.term.count:
            saw = say("kind 是 sum，却数了 {count}", count=read.term.count)
            at.at("of").complain("C-PART", saw, say("sum 加栏里的数；数行或学校用 count"))
    return found


def _check_period(look: Look, at: Spot, indicator: Indicator, terms: dict[str, list[Read]]) -> None:
    """Check that an indicator is figured for such periods as its numbers are filed for.

    Entries of ledgers are dated one by one, so that they are counted for whichever period is named.
    """
    kind = indicator.period.kind
    for read in (read for part in terms.values() for read in part):
        table = read.table
        dated = table is not None and table.table in look.shelf.ledgers
        if table is not None and table.period != kind and not dated:
            form = look.shelf.forms.get(table.form)
            filed = say("《{term}》", term=form.term if form is not None else table.term)
            saw = say(
                "按{kind_terms}算，{filed}却按{other_kind_terms}报",
                kind_terms=KIND_TERMS[kind],
                filed=filed,
                other_kind_terms=KIND_TERMS[table.period],
            )
            at.at("period").complain("C-PERIOD", saw, say("和所用的报表同一种时期"))
            return


def _check_levels(at: Spot, indicator: Indicator, terms: dict[str, list[Read]]) -> None:
    here = at.at("levels")
    levels = indicator.levels
    if not levels:
        here.complain(
            "C-EMPTY",
            say("一个层级也没有"),
            say("school_stage、school、township、county 之一或几个"),
        )
    if len(set(levels)) < len(levels):
        here.complain("C-LEVEL", say("同一层级写了两次"), say("每个层级只写一次"))
    if "school_stage" in levels and not indicator.stages:
        here.complain(
            "C-LEVEL", say("有层级 school_stage，却没有写学段"), say("写明 stages，或改用 school")
        )
    low = [level for level in levels if level in {"school_stage", "school"}]
    if low and indicator.kind in {"share", "spread"}:
        saw = say("{kind} 是学校之间的比较，却有层级 {low}", kind=indicator.kind, low=listed(low))
        here.complain("C-LEVEL", saw, say("township 或 county"))
    all_terms = [read for part in terms.values() for read in part]
    # Of a single school the number of schools is always 1.
    if low and any(read.term.count == PLACES for read in all_terms):
        here.complain(
            "C-LEVEL", say("数的是学校，却有层级 {low}", low=listed(low)), say("township 或 county")
        )
    # Nobody says how much of the county's own number belongs to which township or school.
    below = [level for level in levels if level != "county"]
    if below and any(read.table and read.table.by_county for read in all_terms):
        saw = say("用到县级填报的数，却有层级 {below}", below=listed(below))
        here.complain("C-LEVEL", saw, say("只有 county"))


def _check_stages(at: Spot, indicator: Indicator, terms: dict[str, list[Read]]) -> None:
    if len(set(indicator.stages)) < len(indicator.stages):
        at.at("stages").complain("C-STAGE", say("同一学段写了两次"), say("每个学段只写一次"))
    if not indicator.stages:
        return
    for part, reads in terms.items():
        # The one number that may be of the school as a whole: it is divided among the stages.
        divided = bool(indicator.split) and part == "numerator"
        whole = dict.fromkeys(
            read.table.table if read.table is not None else PLACES
            for read in reads
            if not divided and (read.table is None or not read.table.staged)
        )
        if whole:
            saw = say("指标分学段，{whole} 的数不分学段", whole=listed(whole))
            do = say("用分学段的表，或给分子写 split")
            at.at(part).complain("C-STAGE", saw, say("分学段的指标只用分学段的数"), do)


def _check_split(look: Look, at: Spot, indicator: Indicator, terms: dict[str, list[Read]]) -> None:
    """Check that what is divided belongs to the school as one, and is divided by pupils."""
    if not indicator.split:
        return
    look.refer(at.at("split"), "split", indicator.split)
    if not indicator.stages:
        at.at("split").complain("C-STAGE", say("写了 split，却没有写学段"), say("写明 stages"))
    staged = [
        read.table.table
        for read in terms.get("numerator", ())
        if read.table is not None and read.table.staged
    ]
    if staged:
        saw = say("写了 split，{staged} 的数却已分学段", staged=listed(dict.fromkeys(staged)))
        at.at("split").complain(
            "C-SPLIT", saw, say("只折算全校共用、不分学段的数"), say("删去 split")
        )
    below = terms.get("denominator", ())
    # Weights are for pupils (1 : 1.1 : 1.32); nothing says how classes or rooms would share.
    if any(read.term.count for read in below) or dimensions(below) - {UNITS["person"].dimension}:
        saw = say("写了 split，分母却不是人数")
        at.at("denominator").complain("C-SPLIT", saw, say("按学生数折算，分母是人数"))


def _check_population(look: Look, at: Spot, indicator: Indicator) -> None:
    if not indicator.population:
        return
    here = at.at("population")
    if not indicator.stages:
        here.complain("C-STAGE", say("写了 population，却没有写学段"), say("写明 stages"))
    if look.refer(here, "population", indicator.population):
        stages = look.shelf.populations[indicator.population].stages
        outside = [stage.value for stage in indicator.stages if stage not in stages]
        if outside:
            saw = say(
                "统计范围“{population}”不含 {outside}",
                population=indicator.population,
                outside=listed(outside),
            )
            required = say("学段在 {what} 之内", what=listed([stage.value for stage in stages]))
            at.at("stages").complain("C-STAGE", saw, required)


def _check_options(look: Look, at: Spot, choice: Choice) -> None:
    if not choice.options:
        at.complain("C-EMPTY", say("一个算法也没有"), say("至少一个指标"))
    known: list[Indicator] = []
    for index, name in enumerate(choice.options):
        here = at.at(index)
        if name in choice.options[:index]:
            here.complain("C-TWICE", say("“{name}”写了两次", name=name), say("每个算法只写一次"))
        elif name in look.shelf.choices:
            here.complain(
                "C-OPTIONS", say("“{name}”也是可选算法", name=name), say("只写指标，不写可选算法")
            )
        elif look.refer(here, "indicator", name):
            known.append(look.shelf.indicators[name])
            first = known[0]
            # A standard holds its one threshold against whichever option is chosen.
            if known[-1].unit != first.unit:
                saw = say(
                    "“{name}”的单位是 {unit}，“{indicator}”的是 {other_unit}",
                    name=name,
                    unit=known[-1].unit,
                    indicator=first.indicator,
                    other_unit=first.unit,
                )
                here.complain("C-OPTIONS", saw, say("各种算法单位相同，才可以换用"))
            elif set(known[-1].stages) != set(first.stages):
                saw = say("“{name}”与“{indicator}”的学段不同", name=name, indicator=first.indicator)
                here.complain("C-OPTIONS", saw, say("各种算法学段相同，才可以换用"))
