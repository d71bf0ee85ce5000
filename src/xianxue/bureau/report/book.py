"""A book of figures: all that is figured, topic by topic, with the year before beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.kinds.term import Term
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.report.context import Context
from xianxue.bureau.report.grammar import Slot
from xianxue.bureau.report.pictures.bars import Group, drawn
from xianxue.bureau.report.subject_rows import of_indicator
from xianxue.bureau.report.text import Picture, TextTable
from xianxue.bureau.values.period_rules import years_before
from xianxue.bureau.values.record import Record

_HEADER: Final = ("序号", "指标", "单位", "上年", "本年", "增减")
_WORDS: Final = ("term", "unit", "before", "value", "moved")
_HEIGHT: Final = 42
_FEWEST: Final = 2
"""Bars side by side are compared; one alone is read in the table."""
_MOST: Final = 8
"""Groups of bars that can be told apart across a page."""
_OTHERS: Final = "综合"


class Section(Record):
    """One topic: what is figured of it, and a picture of what has several stages."""

    heading: str
    table: TextTable
    pictures: tuple[Picture, ...]


def sections(context: Context) -> Iterator[Section]:
    """Go through the topics in the order of their first indicators; none is empty."""
    topics: dict[str, list[Indicator]] = {}
    for card in context.shelf.indicators.values():
        topics.setdefault(topic_of(card, context.shelf), []).append(card)
    for topic, cards in topics.items():
        rows = [row for card in cards for row in of_indicator(context, card)]
        if not rows:
            continue
        context.tables += 1
        caption = f"表{context.tables}  {topic}"
        cells = tuple(
            ((str(number),), *(row.words[word](Slot(word)) for word in _WORDS))
            for number, row in enumerate(rows, start=1)
        )
        yield Section(
            topic,
            TextTable(caption, _HEADER, cells, _note(context)),
            tuple(_picture(context, cards)),
        )


def topic_of(card: Indicator, shelf: Shelf) -> str:
    """Say what an indicator is counted from: the term of its first table, by its parts' if made."""
    seen: set[str] = set()
    while card.derived and card.rests_on and card.indicator not in seen:
        seen.add(card.indicator)
        card = shelf.indicators.get(card.rests_on[0], card)
    counted = card.numerator or card.of
    first = counted.sum[0] if counted is not None and counted.sum else None
    column = first.field or first.count if isinstance(first, Term) else first or ""
    table = shelf.tables.get(column.partition(".")[0])
    return str(table.term) if table is not None else _OTHERS


def _note(context: Context) -> str:
    before = years_before(context.period, 1).term
    return (
        f"注：本年为{context.period.term}，上年为{before}；“无数据”表示上年没有可用的数，不是零。"
    )


def _picture(context: Context, cards: list[Indicator]) -> Iterator[Picture]:
    """Draw the first indicator of a topic that has several stages, this year beside the last."""
    earlier = context.occasion.earlier(1)
    for card in cards:
        groups = [
            _group(context, card, stage, earlier is not None) for stage in card.stages[:_MOST]
        ]
        known = [one for one in groups if one[1][-1] is not None]
        if len(known) >= _FEWEST:
            years = [years_before(context.period, 1).term, context.period.term]
            yield from drawn(context, str(card.term), known, years, _HEIGHT)
            return


def _group(context: Context, card: Indicator, stage: Stage, there: bool) -> Group:  # noqa: FBT001 - whether there is a year before
    earlier = context.occasion.earlier(1) if there else None
    now = context.lookup(card.indicator, context.county, stage, "")
    then = earlier(card.indicator, context.county, stage, "") if earlier is not None else None
    return str(stage.term), tuple(
        one if one is not None and one.value is not None else None for one in (then, now)
    )
