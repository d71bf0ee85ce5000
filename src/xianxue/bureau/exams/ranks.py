"""Ranks with ties: 1, 2, 2, 4 on exact totals; who has no total has no rank."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate
from typing import Final

from xianxue.bureau.exams.columns import (
    CLASS,
    RANK,
    RANK_CLASS,
    RANK_SCHOOL,
    RANK_TRACK,
    ROW,
    SCHOOL,
    TOTAL,
    TRACK,
)
from xianxue.bureau.exams.counting import Counts, counts_by, looked_up
from xianxue.bureau.records.engine import Engine, Lines

_WITHIN: Final = {RANK_SCHOOL: (SCHOOL, TRACK), RANK_CLASS: (SCHOOL, CLASS, TRACK)}


def places(counts: Counts) -> dict[int, int]:
    """Give the place of each mark: one more than there are pupils with a better one.

    >>> places({500: 1, 400: 2, 300: 1})
    {500: 1, 400: 2, 300: 4}
    """
    order = sorted(counts, reverse=True)
    above = accumulate((counts[mark] for mark in order), initial=0)
    return {mark: before + 1 for mark, before in zip(order, above, strict=False)}


def least_of_first(counts: Counts, first: int, *, all_in: bool = True) -> int | None:
    """Give the least mark that is among so many of the best.

    Of equals at the last place all are in, or none of them; None where nobody is in. Of fewer
    pupils than are asked for, all are.

    >>> counts = {500: 1, 400: 2, 300: 1}
    >>> least_of_first(counts, 2), least_of_first(counts, 2, all_in=False)
    (400, 500)
    """
    within: int | None = None
    for mark, place in places(counts).items():
        last = place + counts[mark] - 1
        if (place if all_in else last) > first:
            break
        within = mark
    return within


def all_counts(by_track: Mapping[tuple[str, ...], Counts]) -> dict[int, int]:
    """Add up the counts of all groups."""
    found: dict[int, int] = {}
    for counts in by_track.values():
        for mark, many in counts.items():
            found[mark] = found.get(mark, 0) + many
    return found


def with_ranks(engine: Engine, lines: Lines) -> Lines:
    """Add ranks among all, and within the track: among all, in the school and in the class.

    The lines are kept already. Totals of two tracks are sums of different subjects, so that the
    smaller groups are ranked track by track alone; without tracks the first two are the same.
    """
    words = engine.words
    by_track = counts_by(engine, lines, TOTAL, [TRACK])
    of_track = words.lit(None, dtype=words.Int32)
    for (track,), counts in by_track.items():
        mine = looked_up(engine, TOTAL, places(counts))
        of_track = words.when(words.col(TRACK) == track).then(mine).otherwise(of_track)
    county = looked_up(engine, TOTAL, places(all_counts(by_track)))
    lines = engine.beside(lines, [county.alias(RANK), of_track.alias(RANK_TRACK)])
    place = words.col(TOTAL).rank("min", descending=True)
    for name, keys in _WITHIN.items():
        # One after another: what the groups of both take would not be needed at the same time.
        lines = engine.beside(lines, [place.over(*keys).cast(words.Int32).alias(name)])
    return lines


def in_order(lines: Lines, rank: str = RANK) -> Lines:
    """List pupils by rank; equals by their row, and who has no total at the end."""
    return lines.sort(rank, ROW, nulls_last=True)
