"""The parts of derived indicators: periods, groups, components, breaks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from xianxue.bureau.kinds.derived import Break, IndexPart
from xianxue.bureau.kinds.exams.tables import subjects_table
from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.values.period_rules import to_date
from xianxue.bureau.values.periods import KIND_TERMS, Period
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.cited import finite
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import instead, listed

_AVERAGED: Final = 2
"""Over one period the average growth is the growth itself."""
_WRONG_WAY: Final = {"highest": "lower_is_better", "lowest": "higher_is_better"}
"""An order to the direction of an indicator whose worst place would come first by it."""
_ANY_DAY: Final = date(2025, 12, 31)
"""A day by which to see whether a year begins with a period of some kind: all years are alike."""


def check_compared(at: Spot, indicator: Indicator) -> None:
    """Check which other period a figure is held against."""
    compared = indicator.compared
    if compared is None:
        return
    kind = indicator.period.kind
    if kind == "examination":
        at.at("to").complain(
            "C-PERIOD", say("考试没有上一次、上年同期可推"), say("按学年、学期等时期算")
        )
    if (compared.to == "base") != bool(compared.base):
        saw = say("to 是 {to}，", to=compared.to) + (
            say("却写了 base") if compared.base else say("没有写 base")
        )
        at.complain("C-PART", saw, say("to 是 base 时写明 base，否则不写"))
        return
    if compared.base:
        _check_base(at.at("base"), compared.base, indicator)
    # Ignored with anything but ``before``: its author would believe that it counts.
    if compared.periods < 1 or (compared.to != "before" and compared.periods != 1):
        saw = say("to 是 {to}，periods 是 {periods}", to=compared.to, periods=compared.periods)
        at.at("periods").complain("C-RANGE", saw, say("to 是 before 时写 1 或更大的数，否则不写"))
        return
    averaged = indicator.kind == "average_growth" and not compared.base
    if averaged and compared.periods < _AVERAGED:
        saw = say("年均增长率跨 {periods} 个时期", periods=compared.periods)
        at.at("periods").complain(
            "C-RANGE", saw, say("至少 {averaged} 个；一个时期的用 growth", averaged=_AVERAGED)
        )


def _check_base(at: Spot, code: str, indicator: Indicator) -> None:
    try:
        base = Period.parse(code)
    except ValueError as error:
        at.complain("C-PERIOD", str(error))
        return
    if base.kind != indicator.period.kind:
        term = KIND_TERMS[indicator.period.kind]
        at.complain(
            "C-PERIOD",
            say("基期是{term}，指标按{other_term}算", term=base.term, other_term=term),
            say("一个{term}", term=term),
        )


def check_rank(look: Look, at: Spot, indicator: Indicator) -> None:
    """Check which way places are ranked, and among whom."""
    rank = indicator.rank_of
    if rank is None:
        return
    target = look.shelf.indicators.get(rank.indicator)
    if target is not None and target.direction == _WRONG_WAY[rank.first]:
        saw = say(
            "“{indicator}”的方向是 {direction}，却把 {first} 排在第一",
            indicator=target.indicator,
            direction=target.direction,
            first=rank.first,
        )
        at.at("first").complain("C-DIRECTION", saw, say("排位和指标的方向一致"))
    if target is not None and _counts_examinations(look, target):
        saw = say("“{indicator}”由考试数出", indicator=target.indicator)
        required = say(
            "考试不按一个数给学校排队；要排的，在考试卡片里写 ranks: interval，位次带区间"
        )
        at.at("indicator").complain("C-EXAM", saw, required)
    for index, name in enumerate(rank.alike):
        if name not in look.attribute_columns:
            do = instead(name, look.attribute_columns)
            at.at("alike", index).complain(
                "C-COLUMN", say("学校没有“{name}”这一项", name=name), say("学校的属性"), do
            )
    above = [level for level in indicator.levels if level not in {"school_stage", "school"}]
    if "county" in indicator.levels:
        at.at("within").complain(
            "C-LEVEL", say("全县只有一个，排不出位次"), "school_stage、school、township"
        )
    elif above and (rank.alike or rank.within == "township"):
        required = say("alike 和 within: township 只用于学校")
        at.complain("C-LEVEL", say("按乡镇排位，却要求同类或同一乡镇"), required)


def _counts_examinations(look: Look, indicator: Indicator) -> bool:
    """Whether a figure is counted from an examination, or is made of one that is."""
    parts = (indicator.of, indicator.numerator, indicator.denominator)
    fields = [
        one if isinstance(one, str) else one.field
        for part in parts
        if part is not None
        for one in part.sum
    ]
    held = {table for exam in look.shelf.examinations for table in (exam, subjects_table(exam))}
    if any(field.partition(".")[0] in held for field in fields):
        return True
    below = (look.shelf.indicators.get(name) for name in indicator.rests_on)
    return any(_counts_examinations(look, one) for one in below if one is not None)


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
            here.at("weight").complain(
                "C-RANGE", say("权重是 {weight}", weight=part.weight), say("大于 0")
            )
        if part.indicator in named[:number]:
            saw = say("“{indicator}”写了两次", indicator=part.indicator)
            here.at("indicator").complain("C-TWICE", saw, say("每个指标只写一次"))
        _check_lines(here, part, indicator)
    weights = [part.weight for part in index.parts]
    if not weights:
        at.at("parts").complain("C-EMPTY", say("一个指标也没有"), say("至少一个"))
    # Exactly: weights are decimals, and an index whose weights make 0.99 has no full marks.
    elif all(one.is_finite() for one in weights) and sum(weights) != 1:
        saw = say("各项权重相加是 {weights}", weights=sum(weights, Decimal(0)))
        at.at("parts").complain("C-WEIGHT", saw, say("相加正好是 1"))


def _check_lines(at: Spot, part: IndexPart, indicator: Indicator) -> None:
    known = indicator.lines
    for side, name in (("zero", part.zero), ("full", part.full)):
        if name and name not in known:
            at.at(side).complain(
                "C-LINE",
                say("没有线“{name}”", name=name),
                say("lines 里有的线"),
                instead(name, known),
            )
            return
    zeros = {(one.stage, one.value) for one in known[part.zero]} if part.zero else {(None, 0)}
    for value in known[part.full]:
        # Between lines that meet there is nothing to be measured: all would be worth 0 or 100.
        if any(stage in {None, value.stage} and value.value == zero for stage, zero in zeros):
            saw = say("满分线和零分线都是 {value}", value=value.value)
            at.at("full").complain("C-LINE", saw, say("两条线的值不同"))
            return


def check_top(at: Spot, here: Spot, indicator: Indicator) -> None:
    """Check how many are the largest, and of what they are a part."""
    top = indicator.top_of
    if top is None:
        return
    if top.largest < 1:
        here.at("largest").complain(
            "C-RANGE", say("最大的 {largest} 个", largest=top.largest), say("1 或更大的数")
        )
    areas = {"school": {"township", "county"}, "township": {"county"}}[top.among]
    outside = [level for level in indicator.levels if level not in areas]
    if outside:
        saw = say("在 {among} 中比较，却有层级 {outside}", among=top.among, outside=listed(outside))
        at.at("levels").complain("C-LEVEL", saw, listed(sorted(areas)))


def check_cumulated(at: Spot, indicator: Indicator) -> None:
    """Check that a year begins with such a period as is added up."""
    cumulated = indicator.cumulative_of
    if cumulated is None:
        return
    try:
        to_date(Period.on(indicator.period.kind, _ANY_DAY), cumulated.over)
    except ValueError:
        one, year = KIND_TERMS[indicator.period.kind], KIND_TERMS[cumulated.over]
        saw = say("按{one}算，{year}不从一个{one}的头一天开始", one=one, year=year)
        at.at("over").complain(
            "C-PERIOD", saw, say("从{year}头一天开始的时期，才能从年初累计", year=year)
        )


def check_breaks(look: Look, at: Spot, breaks: list[Break]) -> None:
    """Check that each break says what has changed, and by which source."""
    days = [one.on for one in breaks]
    for index, one in enumerate(breaks):
        here = at.at(index)
        look.refer(here.at("source"), "document", one.source)
        if not one.note.strip():
            here.at("note").complain(
                "C-EMPTY", say("没有写变了什么"), say("一句话，说不能比的时候要印出来")
            )
        if one.on in days[:index]:
            here.at("on").complain("C-TWICE", say("{on} 写了两次", on=one.on), say("一天只写一次"))
