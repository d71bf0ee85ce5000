"""The parts of derived indicators: periods, groups, components, breaks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from xianxue.bureau.kinds.derived import Break, IndexPart
from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.values.period_rules import to_date
from xianxue.bureau.values.periods import KIND_TERMS, Period
from xianxue.catalogue.meaning.cited import finite
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import instead

_AVERAGED: Final = 2
"""Over one period the average growth is the growth itself."""
_WRONG_WAY: Final = {"highest": "lower_is_better", "lowest": "higher_is_better"}
_ANY_DAY: Final = date(2025, 12, 31)
"""A day by which to see whether a year begins with a period of some kind: all years are alike."""


def check_compared(at: Spot, indicator: Indicator) -> None:
    """Check which other period a figure is held against."""
    compared = indicator.compared
    if compared is None:
        return
    kind = indicator.period.kind
    if kind == "examination":
        at.at("to").complain("C-PERIOD", "考试没有上一次、上年同期可推", "按学年、学期等时期算")
    if (compared.to == "base") != bool(compared.base):
        saw = f"to 是 {compared.to}，" + ("却写了 base" if compared.base else "没有写 base")
        at.complain("C-PART", saw, "to 是 base 时写明 base，否则不写")
        return
    if compared.base:
        _check_base(at.at("base"), compared.base, indicator)
    if compared.periods < 1 or (compared.to != "before" and compared.periods != 1):
        saw = f"to 是 {compared.to}，periods 是 {compared.periods}"
        at.at("periods").complain("C-RANGE", saw, "to 是 before 时写 1 或更大的数，否则不写")
        return
    averaged = indicator.kind == "average_growth" and not compared.base
    if averaged and compared.periods < _AVERAGED:
        saw = f"年均增长率跨 {compared.periods} 个时期"
        at.at("periods").complain("C-RANGE", saw, f"至少 {_AVERAGED} 个；一个时期的用 growth")


def _check_base(at: Spot, code: str, indicator: Indicator) -> None:
    try:
        base = Period.parse(code)
    except ValueError as error:
        at.complain("C-PERIOD", str(error))
        return
    if base.kind != indicator.period.kind:
        term = KIND_TERMS[indicator.period.kind]
        at.complain("C-PERIOD", f"基期是{base.term}，指标按{term}算", f"一个{term}")


def check_rank(look: Look, at: Spot, indicator: Indicator) -> None:
    """Check which way places are ranked, and among whom."""
    rank = indicator.rank_of
    if rank is None:
        return
    target = look.shelf.indicators.get(rank.indicator)
    if target is not None and target.direction == _WRONG_WAY[rank.first]:
        saw = f"“{target.indicator}”的方向是 {target.direction}，却把 {rank.first} 排在第一"
        at.at("first").complain("C-DIRECTION", saw, "排位和指标的方向一致")
    for index, name in enumerate(rank.alike):
        if name not in look.attribute_columns:
            do = instead(name, look.attribute_columns)
            at.at("alike", index).complain("C-COLUMN", f"学校没有“{name}”这一项", "学校的属性", do)
    above = [level for level in indicator.levels if level not in {"school_stage", "school"}]
    if "county" in indicator.levels:
        at.at("within").complain(
            "C-LEVEL", "全县只有一个，排不出位次", "school_stage、school、township"
        )
    elif above and (rank.alike or rank.within == "township"):
        required = "alike 和 within: township 只用于学校"
        at.complain("C-LEVEL", "按乡镇排位，却要求同类或同一乡镇", required)


def check_index(at: Spot, indicator: Indicator) -> None:
    """Check that weights add up to 1, and that no component's lines meet."""
    index = indicator.index_of
    if index is None:
        return
    named = [part.indicator for part in index.parts]
    for number, part in enumerate(index.parts):
        here = at.at("parts", number)
        finite(here.at("weight"), part.weight)
        if part.weight.is_finite() and part.weight <= 0:
            here.at("weight").complain("C-RANGE", f"权重是 {part.weight}", "大于 0")
        if part.indicator in named[:number]:
            saw = f"“{part.indicator}”写了两次"
            here.at("indicator").complain("C-TWICE", saw, "每个指标只写一次")
        _check_lines(here, part, indicator)
    weights = [part.weight for part in index.parts]
    if not weights:
        at.at("parts").complain("C-EMPTY", "一个指标也没有", "至少一个")
    elif all(one.is_finite() for one in weights) and sum(weights) != 1:
        saw = f"各项权重相加是 {sum(weights, Decimal(0))}"
        at.at("parts").complain("C-WEIGHT", saw, "相加正好是 1")


def _check_lines(at: Spot, part: IndexPart, indicator: Indicator) -> None:
    known = indicator.lines
    for side, name in (("zero", part.zero), ("full", part.full)):
        if name and name not in known:
            at.at(side).complain(
                "C-LINE", f"没有线“{name}”", "lines 里有的线", instead(name, known)
            )
            return
    zeros = {(one.stage, one.value) for one in known[part.zero]} if part.zero else {(None, 0)}
    for value in known[part.full]:
        # Between lines that meet there is nothing to be measured: all would be worth 0 or 100.
        if any(stage in {None, value.stage} and value.value == zero for stage, zero in zeros):
            saw = f"满分线和零分线都是 {value.value}"
            at.at("full").complain("C-LINE", saw, "两条线的值不同")
            return


def check_top(at: Spot, here: Spot, indicator: Indicator) -> None:
    """Check how many are the largest, and of what they are a part."""
    top = indicator.top_of
    if top is None:
        return
    if top.largest < 1:
        here.at("largest").complain("C-RANGE", f"最大的 {top.largest} 个", "1 或更大的数")
    areas = {"school": {"township", "county"}, "township": {"county"}}[top.among]
    outside = [level for level in indicator.levels if level not in areas]
    if outside:
        saw = f"在 {top.among} 中比较，却有层级 {'、'.join(outside)}"
        at.at("levels").complain("C-LEVEL", saw, "、".join(sorted(areas)))


def check_cumulated(at: Spot, indicator: Indicator) -> None:
    """Check that a year begins with such a period as is added up."""
    cumulated = indicator.cumulative_of
    if cumulated is None:
        return
    try:
        to_date(Period.on(indicator.period.kind, _ANY_DAY), cumulated.over)
    except ValueError:
        one, year = KIND_TERMS[indicator.period.kind], KIND_TERMS[cumulated.over]
        saw = f"按{one}算，{year}不从一个{one}的头一天开始"
        at.at("over").complain("C-PERIOD", saw, f"从{year}头一天开始的时期，才能从年初累计")


def check_breaks(look: Look, at: Spot, breaks: list[Break]) -> None:
    """Check that each break says what has changed, and by which source."""
    days = [one.on for one in breaks]
    for index, one in enumerate(breaks):
        here = at.at(index)
        look.refer(here.at("source"), "document", one.source)
        if not one.note.strip():
            here.at("note").complain("C-EMPTY", "没有写变了什么", "一句话，说不能比的时候要印出来")
        if one.on in days[:index]:
            here.at("on").complain("C-TWICE", f"{one.on} 写了两次", "一天只写一次")
