"""How far assessors agree, which marks lie far off, and how panels are brought to one measure.

Nothing here changes a mark: it is what somebody looks at before a result is published. While marks
may still be given there is nothing to be told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from xianxue.bureau.appraisal.panels import (
    Agreement,
    Standardised,
    agreement,
    kappa,
    standardised,
)
from xianxue.bureau.appraisal.readings import mark_of
from xianxue.bureau.kinds.appraisal.source_of_points import PointSource
from xianxue.bureau.kinds.appraisal.tree import ItemNode
from xianxue.bureau.records.appraised import Known, Reading
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence
from xianxue.desk.appraisal.duties import marked_items

if TYPE_CHECKING:
    from xianxue.desk.appraisal.scored import Result

_TWO: Final = 2
"""κ is of two assessors."""


class Agreed(Record, kw_only=True):
    """How far those agree who marked one item of the same places."""

    item: str
    number: str
    term: Sentence
    seats: tuple[str, ...]
    places: int
    found: Agreement
    kappa: Fraction | None
    """Weighted, where two assessors chose among levels; None elsewhere."""


class Outlier(Record, kw_only=True):
    """Something about marks to look at a second time."""

    place: str
    name: str
    item: str
    term: Sentence | str
    flag: Sentence | str


class Measured(Record, kw_only=True):
    """The panels of one item before and after they are brought to one measure."""

    item: str
    term: Sentence
    panels: Standardised


def agreed(result: Result) -> tuple[Agreed, ...]:
    """Give the agreement of each item, once for every set of assessors who had the same places."""
    return tuple(one for node in marked_items(result.asked.rubric) for one in _item(result, node))


def outliers(result: Result) -> tuple[Outlier, ...]:
    """Give every flag of an item that assessors mark, in the order of the places."""
    marked = {one.item.item for one in marked_items(result.asked.rubric)}
    return tuple(
        Outlier(place=score.place, name=score.name, item=one.item, term=one.term, flag=flag)
        for score in result.scores
        for one in score.items
        if one.item in marked
        for flag in one.flags
    )


def measured(result: Result) -> tuple[Measured, ...]:
    """Give the panels of each item that the card wants on one measure."""
    found: list[Measured] = []
    for node in marked_items(result.asked.rubric):
        gives = node.item.gives
        if gives is None or not gives.panel.standardise:
            continue
        panels: dict[str, list[Fraction]] = {}
        for known in _known(result, node).values():
            for one, mark in _marks(result, node, gives, known):
                panels.setdefault(one.panel, []).append(mark)
        if panels:
            term = node.item.term
            found.append(Measured(item=node.item.item, term=term, panels=standardised(panels)))
    return tuple(found)


def _item(result: Result, node: ItemNode) -> Iterator[Agreed]:
    gives = node.item.gives
    if gives is None:
        return
    tables: dict[tuple[str, ...], list[dict[str, tuple[Reading, Fraction]]]] = {}
    for known in _known(result, node).values():
        line = {one.by: (one, mark) for one, mark in _marks(result, node, gives, known)}
        tables.setdefault(tuple(sorted(line)), []).append(line)
    for seats, lines in tables.items():
        found = agreement([[line[seat][1] for seat in seats] for line in lines])
        if found is None:
            continue
        yield Agreed(
            item=node.item.item,
            number=node.number,
            term=node.item.term,
            seats=seats,
            places=len(lines),
            found=found,
            kappa=_kappa(result, gives, seats, [{s: line[s][0] for s in seats} for line in lines]),
        )


def _kappa(
    result: Result,
    gives: PointSource,
    seats: Sequence[str],
    lines: Sequence[Mapping[str, Reading]],
) -> Fraction | None:
    if gives.gives != "level" or len(seats) != _TWO:
        return None
    levels = [one.level for one in gives.levels or result.asked.rubric.levels]
    table = [[0] * len(levels) for _ in levels]
    for line in lines:
        first, second = (levels.index(line[seat].level) for seat in seats)
        table[first][second] += 1
    return kappa(table, weighted=True)


def _known(result: Result, node: ItemNode) -> dict[str, Known]:
    name = node.item.item
    return {one.place: one.known[name] for one in result.judged if name in one.known}


def _marks(
    result: Result, node: ItemNode, gives: PointSource, known: Known
) -> Iterator[tuple[Reading, Fraction]]:
    levels = gives.levels or result.asked.rubric.levels
    for one in known.readings:
        mark = mark_of(one, gives, levels, node.points)
        if mark is not None:
            yield one, mark
