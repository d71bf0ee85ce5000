"""A book of figures: all that is figured, topic by topic, with the year before beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.kinds.term import Term
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.claim import Claim
from xianxue.bureau.report.context import Context
from xianxue.bureau.report.grammar import Slot
from xianxue.bureau.report.pictures.bars import Group, drawn
from xianxue.bureau.report.tables.subject_rows import of_indicator
from xianxue.bureau.report.text import Picture, Runs, TextTable
from xianxue.bureau.values.record import Record

_HEADER: Final = ("序号", "指标", "单位", "上年", "本年", "增减")
_WORDS: Final = ("term", "unit", "before", "value", "moved")
_SIZE: Final = (150, 42)
"""Of a picture, in millimetres."""
_WITHOUT: Final = "本年和上年都没有数的指标"
_FEWEST: Final = 2
"""Bars side by side are compared; one alone is read in the table."""
_MOST: Final = 8
"""Groups of bars that can be told apart across a page."""
_OTHERS: Final = "综合"


Cells = tuple[Runs, ...]


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
    without: list[Cells] = []
    collected = {str(one.term) for one in context.shelf.tables.values() if one.form}
    # What schools report comes first, then what the county keeps and judges itself.
    for topic in sorted(topics, key=lambda one: one not in collected):
        rows = [
            tuple(row.words[word](Slot(word)) for word in _WORDS)
            for card in topics[topic]
            for row in of_indicator(context, card)
        ]
        known = [row for row in rows if _says(row)]
        without += [row for row in rows if not _says(row)]
        if known:
            yield _section(context, topic, known, tuple(_picture(context, topics[topic])))
    if without:
        yield _section(context, _WITHOUT, without, ())


def _section(
    context: Context, topic: str, rows: Sequence[Cells], pictures: tuple[Picture, ...]
) -> Section:
    context.tables += 1
    numbered = tuple(((str(number),), *row) for number, row in enumerate(rows, start=1))
    return Section(topic, TextTable(f"表{context.tables}  {topic}", _HEADER, numbered), pictures)


def _says(row: Cells) -> bool:
    """Whether there is a number of this year or of the last."""
    return any(isinstance(run, Claim) for cell in row for run in cell)


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


def _picture(context: Context, cards: list[Indicator]) -> Iterator[Picture]:
    """Draw the first indicator of a topic that has several stages, this year beside the last."""
    earlier = context.occasion.earlier(1)
    for card in cards:
        groups = [
            _group(context, card, stage, earlier is not None) for stage in card.stages[:_MOST]
        ]
        known = [one for one in groups if one[1][-1] is not None]
        if len(known) >= _FEWEST:
            yield from drawn(context, str(card.term), known, ["上年", "本年"], _SIZE)
            return


def _group(context: Context, card: Indicator, stage: Stage, there: bool) -> Group:  # noqa: FBT001 - whether there is a year before
    earlier = context.occasion.earlier(1) if there else None
    now = context.lookup(card.indicator, context.county, stage, "")
    then = earlier(card.indicator, context.county, stage, "") if earlier is not None else None
    return str(stage.term), tuple(
        one if one is not None and one.value is not None else None for one in (then, now)
    )
