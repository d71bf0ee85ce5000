"""How marks are spread: percentiles, five numbers, bands of a distribution."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate
from typing import Final

from xianxue.bureau.exams.columns import STEPS, in_points
from xianxue.bureau.exams.counting import Counts
from xianxue.bureau.exams.statistics import NOBODY
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say

METHOD: Final = say("百分位数按线性插值，与电子表格的 PERCENTILE.INC 相同")
_WHOLE: Final = 100
_QUARTERS: Final = (25, 50, 75)


def percentile(counts: Counts, percent: int) -> Fraction | Sentence:
    """Give a percentile in points, exactly as a spreadsheet's PERCENTILE.INC would.

    It lies at place ``(n − 1)·p ÷ 100``, counted from 0 at the lowest mark; between two pupils it
    is as far between their marks.

    >>> percentile({100: 1, 200: 1, 300: 1, 400: 1}, 25)
    Fraction(7, 4)
    """
    many = sum(counts.values())
    if not many:
        return NOBODY
    at = Fraction((many - 1) * percent, _WHOLE)
    low = at.numerator // at.denominator
    order = sorted(counts)
    upto = list(accumulate(counts[mark] for mark in order))

    def nth(place: int) -> int:
        return next(mark for mark, last in zip(order, upto, strict=True) if place < last)

    mine = nth(low)
    beside = nth(min(low + 1, many - 1))
    return (mine + (at - low) * (beside - mine)) / STEPS


class FiveNumbers(Record, kw_only=True):
    """What a box plot is drawn of, in points."""

    n: int
    least: Fraction
    lower: Fraction
    middle: Fraction
    upper: Fraction
    most: Fraction


def five_numbers(counts: Counts) -> FiveNumbers | Sentence:
    """Give the least and the greatest mark, the quartiles and the median."""
    quarters = [percentile(counts, one) for one in _QUARTERS]
    known = [one for one in quarters if not isinstance(one, Sentence)]
    if len(known) < len(quarters):
        return NOBODY
    return FiveNumbers(
        n=sum(counts.values()),
        least=in_points(min(counts)),
        lower=known[0],
        middle=known[1],
        upper=known[2],
        most=in_points(max(counts)),
    )


class Band(Record, kw_only=True):
    """分数段: marks from ``low`` to under ``high``, in points."""

    low: int
    high: int | None
    """None for the top bucket, which has everything from ``low`` on."""
    pupils: int
    above: int
    """Those in this band and in all better ones."""


def bands(counts: Counts, width: int, top: int) -> Sequence[Band]:
    """Give all bands, the best first; from ``top`` points on there is one for all.

    Bands begin at whole multiples of the width, counted from 0 (below it, for negative marks), and
    those in which nobody is are there too, down to the one with the lowest mark.
    """
    if not counts:
        return []
    step = width * STEPS
    bottom = min(top // width, min(counts) // step)
    # The bucket begins at a multiple of the width: one that began within a band would cut it.
    first = max(-(-top // width), bottom + 1) if top * STEPS > min(counts) else bottom
    held: dict[int, int] = {}
    for mark, many in counts.items():
        at = min(mark // step, first)
        held[at] = held.get(at, 0) + many
    found: list[Band] = []
    above = 0
    for at in range(first, bottom - 1, -1):
        pupils = held.get(at, 0)
        above += pupils
        high = None if at == first else (at + 1) * width
        found.append(Band(low=at * width, high=high, pupils=pupils, above=above))
    return found


def one_point(counts: Counts, top: int) -> Sequence[Band]:
    """一分一段: bands of one point, from a top bucket down."""
    return bands(counts, 1, top)
