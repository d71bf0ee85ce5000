"""Derived figures explained: in words, with their numbers, down to the figures they are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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
from xianxue.bureau.values.sentence import joined, say
from xianxue.bureau.values.units import UNITS

_DIGITS: Final = 4
"""Digits of a part that does not end: two more than most figures are printed with."""
_FEW: Final = 5
"""Summands that are still written out one by one."""
_ALIKE: Final = {
    "school_type": say("办学类型"),
    "sponsor": say("举办者"),
    "urban_rural": say("城乡分类"),
    "boarding": say("是否寄宿"),
}
_AMONG: Final = {"school": say("学校"), "township": say("乡镇")}


def in_words(card: Indicator, shelf: Shelf, slice_of: Slice | None = None) -> str:
    """Say what a derived indicator is, by the names of those it is made of."""
    names = [shelf.indicators[name].term for name in card.rests_on]
    said: str = _WORDS[card.kind](card, names)
    if slice_of is None:
        return said
    return said + say("；只计{dimension}为{value}的", dimension=slice_of.of, value=slice_of.term)


def _change_words(_: Indicator, names: Sequence[str]) -> str:
    return say("{name}：本期数−对比期数", name=names[0])


def _growth_words(_: Indicator, names: Sequence[str]) -> str:
    return say("{name}：（本期数−对比期数）÷对比期数×100%", name=names[0])


def _average_words(_: Indicator, names: Sequence[str]) -> str:
    return say("{name}：［（本期数÷基期数）的n次方根−1］×100%，n为两期相隔的期数", name=names[0])


def _rank_words(card: Indicator, names: Sequence[str]) -> str:
    rank = card.rank_of
    if rank is None:
        return ""
    same = [_ALIKE[name] for name in rank.alike]
    where = say("同一乡镇内") if rank.within == "township" else say("全县")
    among = say("{where}各单位", where=where)
    if same:
        among = say("{where}、{same}相同的单位", where=where, same=joined("和", same))
    order = say("从高到低") if rank.first == "highest" else say("从低到高")
    return say(
        "{among}按{name}{order}排位，数相同的位次相同，后面的位次空出",
        among=among,
        name=names[0],
        order=order,
    )


def _index_words(card: Indicator, names: Sequence[str]) -> str:
    index = card.index_of
    if index is None:
        return ""
    parts = joined(
        "＋",
        (
            say("{name}得分×{weight}", name=name, weight=plain(Fraction(part.weight)))
            for name, part in zip(names, index.parts, strict=True)
        ),
    )
    said = say("{parts}；得分＝（值−零分线）÷（满分线−零分线）×100", parts=parts)
    return said + say("，限在0至100之间") if index.limited else said


def _top_words(card: Indicator, names: Sequence[str]) -> str:
    top = card.top_of
    if top is None:
        return ""
    where = _AMONG[top.among]
    return say(
        "最大的 {n} 个{where}的{name}之和÷各{where}{name}之和×100%",
        n=top.largest,
        where=where,
        name=names[0],
    )


def _cumulative_words(card: Indicator, names: Sequence[str]) -> str:
    over = card.cumulative_of
    if over is None:
        return ""
    return say(
        "从{year}开始到本期，各{period}的{name}之和",
        year=KIND_TERMS[over.over],
        period=KIND_TERMS[card.period.kind],
        name=names[0],
    )


_WORDS: Final[dict[Kind, Callable[[Indicator, Sequence[str]], str]]] = {
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
    result = say("＝{value}{unit}", value=figure.shown, unit=UNITS[figure.unit].term)
    if card.compared is not None:
        return _compared_numbers(card, figure, made, setting) + result
    if card.rank_of is not None and made.denominator is not None:
        best = say("高") if card.rank_of.first == "highest" else say("低")
        # Equals share a place, so one less than the place is how many are better.
        better = plain(made.value - 1) if isinstance(made.value, Fraction) else ""
        return say(
            "{mine}，{n} 个单位中有 {better} 个比它{best}，居第 {place} 位",
            mine=next(_said(one) for one in made.parts if one.place == figure.place),
            n=plain(made.denominator),
            better=better,
            best=best,
            place=figure.shown,
        )
    if card.index_of is not None:
        scores = scored(card, list(made.parts), setting) or []
        weighed = (f"{_short(one.points)}×{plain(Fraction(one.part.weight))}" for one in scores)
        return joined("＋", weighed) + result
    if card.top_of is not None:
        largest = [_value(one) for one in made.parts[: card.top_of.largest]]
        return say("{sum}÷{whole}×100%", sum=_sum(largest), whole=_short(made.denominator)) + result
    return _sum([_value(one) for one in made.parts]) + result


def _compared_numbers(card: Indicator, figure: Figure, made: Made, setting: Setting) -> str:
    """Say the comparison as a sentence and as a sum: 比…增加172人，增长3.82%：（a−b）÷b×100%."""
    now, then = (_value(one) for one in made.parts[:2])
    earlier = Period.parse(made.parts[1].period)
    unit = UNITS[made.parts[0].unit].term
    if card.kind == "average_growth":
        many = len(span(earlier, setting.period)) - 1
        return say("（{now}÷{then}）的 {n} 次方根−1", now=now, then=then, n=many)
    amount = made.numerator or Fraction(0)
    # Shares are told in percentage points, never as a per cent of per cents.
    share_moved = unit == UNITS["percent"].term
    up, down = (say("提高"), say("下降")) if share_moved else (say("增加"), say("减少"))
    moved = up if amount > 0 else down
    said = UNITS["percentage_point"].term if share_moved else unit
    by = say("持平")
    if amount:
        by = say("{moved}{amount}{unit}", moved=moved, amount=_short(abs(amount)), unit=said)
    told = say("比{period}{by}", period=earlier.term, by=by)
    if card.kind == "change":
        return say("{told}：{now}−{then}", told=told, now=now, then=then)
    # The word says which way: «下降-3%» would be a rise.
    grown = say("增长") if amount > 0 else say("下降")
    if amount:
        told += say("，{grown}{share}%", grown=grown, share=figure.shown.removeprefix("-"))
    return say("{told}：（{now}−{then}）÷{then}×100%", told=told, now=now, then=then)


def because(made: Made, setting: Setting) -> Iterator[Because]:
    """Go through the figures that one is made of, each to be followed by its own key."""
    for part in made.parts:
        card = setting.shelf.indicators[part.indicator]
        period = Period.parse(part.period).term
        told = FigureRef(
            place=part.place,
            key=part.key,
            term=say("{period}{term}", period=period, term=part.named(card.term)),
            value=_said(part) if part.value is not None else part.shown,
        )
        amount = part.value if isinstance(part.value, Fraction) else None
        yield Because(part.place, "figure", amount, (told,), part.why)


def told_breaks(card: Indicator, shelf: Shelf) -> list[str]:
    """Say on which days an indicator has come to mean something else."""
    return [
        say(
            "自{day}起口径有变：{note}（{source}）",
            day=Period.parse(one.on.isoformat()).term,
            note=one.note,
            source=shelf.cite(one.citation),
        )
        for one in breaks_of(card, shelf)
    ]


def _said(figure: Figure) -> str:
    return say("{value}{unit}", value=figure.shown, unit=UNITS[figure.unit].term)


def _value(figure: Figure) -> str:
    return figure.shown if figure.value is None else _short(figure.value)


def _short(value: Exact | None) -> str:
    return "" if value is None else plain(value, _DIGITS)


def _sum(parts: list[str]) -> str:
    if len(parts) > _FEW:
        return say("（{sum}＋…共 {n} 个）", sum=joined("＋", parts[:_FEW]), n=len(parts))
    return say("（{sum}）", sum=joined("＋", parts)) if len(parts) > 1 else "".join(parts)
