"""Derived figures explained: in words, with their numbers, down to the figures they are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Final

from xianxue.bureau.indicators.derived.index import scored
from xianxue.bureau.indicators.derived.making import Made
from xianxue.bureau.indicators.derived.setting import Setting, breaks_of
from xianxue.bureau.kinds.indicator import Indicator, Kind
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.kinds.slices import Slice
from xianxue.bureau.records.figure import Because, Figure
from xianxue.bureau.records.trace import FigureRef
from xianxue.bureau.values.exact import Exact
from xianxue.bureau.values.period_rules import span
from xianxue.bureau.values.periods import KIND_TERMS, Period
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.units import UNITS

_DIGITS: Final = 4
"""Digits of a part that does not end: two more than most figures are printed with."""
_FEW: Final = 5
"""Summands that are still written out one by one."""
_ALIKE: Final = {
    "school_type": "办学类型",
    "sponsor": "举办者",
    "urban_rural": "城乡分类",
    "boarding": "是否寄宿",
}
_AMONG: Final = {"school": "学校", "township": "乡镇"}


def in_words(card: Indicator, shelf: Shelf, slice_of: Slice | None = None) -> str:
    """Say what a derived indicator is, by the names of those it is made of."""
    names = [shelf.indicators[name].term for name in card.rests_on]
    said = _WORDS[card.kind](card, names)
    return said if slice_of is None else f"{said}；只计{slice_of.of}为{slice_of.term}的"


def _change_words(_: Indicator, names: list[str]) -> str:
    return f"{names[0]}：本期数−对比期数"


def _growth_words(_: Indicator, names: list[str]) -> str:
    return f"{names[0]}：（本期数−对比期数）÷对比期数×100%"


def _average_words(_: Indicator, names: list[str]) -> str:
    return f"{names[0]}：［（本期数÷基期数）的n次方根−1］×100%，n为两期相隔的期数"


def _rank_words(card: Indicator, names: list[str]) -> str:
    rank = card.rank_of
    if rank is None:
        return ""
    same = [_ALIKE[name] for name in rank.alike]
    among = ("同一乡镇内" if rank.within == "township" else "全县") + (
        f"、{'和'.join(same)}相同的单位" if same else "各单位"
    )
    order = "从高到低" if rank.first == "highest" else "从低到高"
    return f"{among}按{names[0]}{order}排位，数相同的位次相同，后面的位次空出"


def _index_words(card: Indicator, names: list[str]) -> str:
    index = card.index_of
    if index is None:
        return ""
    parts = "＋".join(
        f"{name}得分×{plain(Fraction(part.weight))}"
        for name, part in zip(names, index.parts, strict=True)
    )
    limited = "，限在0至100之间" if index.limited else ""
    return f"{parts}；得分＝（值−零分线）÷（满分线−零分线）×100{limited}"


def _top_words(card: Indicator, names: list[str]) -> str:
    top = card.top_of
    if top is None:
        return ""
    where = _AMONG[top.among]
    return f"最大的{top.largest}个{where}的{names[0]}之和÷各{where}{names[0]}之和×100%"


def _cumulative_words(card: Indicator, names: list[str]) -> str:
    over = card.cumulative_of
    if over is None:
        return ""
    return f"从{KIND_TERMS[over.over]}开始到本期，各{KIND_TERMS[card.period.kind]}的{names[0]}之和"


_WORDS: Final[dict[Kind, Callable[[Indicator, list[str]], str]]] = {
    "change": _change_words,
    "growth": _growth_words,
    "average_growth": _average_words,
    "rank": _rank_words,
    "index": _index_words,
    "top_share": _top_words,
    "cumulative": _cumulative_words,
}


def in_numbers(card: Indicator, figure: Figure, made: Made, setting: Setting) -> str:
    """Say how a derived figure comes out of its numbers; empty where it has no value."""
    if made.value is None:
        return ""
    result = f"＝{figure.shown}{UNITS[figure.unit].term}"
    if card.compared is not None:
        return _compared_numbers(card, figure, made, setting) + result
    if card.rank_of is not None and made.denominator is not None:
        best = "高" if card.rank_of.first == "highest" else "低"
        better = plain(made.value - 1) if isinstance(made.value, Fraction) else ""
        mine = next(_said(one) for one in made.parts if one.place == figure.place)
        return (
            f"{mine}，{plain(made.denominator)}个单位中有{better}个比它{best}，居第{figure.shown}位"
        )
    if card.index_of is not None:
        scores = scored(card, list(made.parts), setting) or []
        weighed = (f"{_short(one.points)}×{plain(Fraction(one.part.weight))}" for one in scores)
        return "＋".join(weighed) + result
    if card.top_of is not None:
        largest = [_value(one) for one in made.parts[: card.top_of.largest]]
        return f"{_sum(largest)}÷{_short(made.denominator)}×100%{result}"
    return _sum([_value(one) for one in made.parts]) + result


def _compared_numbers(card: Indicator, figure: Figure, made: Made, setting: Setting) -> str:
    """Say the comparison as a sentence and as a sum: 比…增加172人，增长3.82%：（a−b）÷b×100%."""
    now, then = (_value(one) for one in made.parts[:2])
    earlier = Period.parse(made.parts[1].period)
    unit = UNITS[made.parts[0].unit].term
    if card.kind == "average_growth":
        many = len(span(earlier, setting.period)) - 1
        return f"（{now}÷{then}）的{many}次方根−1"
    amount = made.numerator or Fraction(0)
    # Shares are told in percentage points, never as a per cent of per cents.
    share_moved = unit == UNITS["percent"].term
    up, down = ("提高", "下降") if share_moved else ("增加", "减少")
    moved = up if amount > 0 else down
    said = UNITS["percentage_point"].term if share_moved else unit
    by = f"{moved}{_short(abs(amount))}{said}" if amount else "持平"
    told = f"比{earlier.term}{by}"
    if card.kind == "change":
        return f"{told}：{now}−{then}"
    grown = "增长" if amount > 0 else "下降"
    share = figure.shown.removeprefix("-")
    if amount:
        told += f"，{grown}{share}%"
    return f"{told}：（{now}−{then}）÷{then}×100%"


def because(made: Made, setting: Setting) -> Iterator[Because]:
    """Go through the figures that one is made of, each to be followed by its own key."""
    for part in made.parts:
        card = setting.shelf.indicators[part.indicator]
        period = Period.parse(part.period).term
        told = FigureRef(
            place=part.place,
            key=part.key,
            term=f"{period}{part.named(card.term)}",
            value=part.shown + (UNITS[part.unit].term if part.value is not None else ""),
        )
        amount = part.value if isinstance(part.value, Fraction) else None
        yield Because(part.place, "figure", amount, (told,), part.why)


def told_breaks(card: Indicator, shelf: Shelf) -> list[str]:
    """Say on which days an indicator has come to mean something else."""
    return [
        f"自{one.on.year}年{one.on.month}月{one.on.day}日起口径有变：{one.note}"
        f"（{shelf.cite(one.citation)}）"
        for one in breaks_of(card, shelf)
    ]


def _said(figure: Figure) -> str:
    return f"{figure.shown}{UNITS[figure.unit].term}"


def _value(figure: Figure) -> str:
    return figure.shown if figure.value is None else _short(figure.value)


def _short(value: Exact | None) -> str:
    return "" if value is None else plain(value, _DIGITS)


def _sum(parts: list[str]) -> str:
    if len(parts) > _FEW:
        return f"（{'＋'.join(parts[:_FEW])}＋…共{len(parts)}个）"
    return f"（{'＋'.join(parts)}）" if len(parts) > 1 else "".join(parts)
