"""Lines of one examination: how high each was set, for whom, and what reaches it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from typing import Final

from xianxue.bureau.exams.columns import TOTAL, TRACK, mark_of
from xianxue.bureau.records.engine import Expr, Words
from xianxue.bureau.values.record import Record

_NOTHING: Final[Mapping[str, int]] = {}


class Height(Record, kw_only=True):
    """How high a line lies for one track; all marks in hundredths of a point."""

    line: str
    total: int
    track: str = ""
    """Empty for everybody."""
    second: str = ""
    """The subject with a height of its own, where the line has one."""
    second_mark: int = 0
    effective: Mapping[str, int] = _NOTHING
    """有效分: the mark of a subject that goes with the line."""
    document: str = ""
    """Who set it."""


def lines_of(heights: Iterable[Height]) -> dict[str, list[Height]]:
    """Put heights together by their lines, in the order in which these come first."""
    found: dict[str, list[Height]] = {}
    for height in heights:
        found.setdefault(height.line, []).append(height)
    return found


def any_of(words: Words, heights: Sequence[Height], what: Callable[[Height], Expr]) -> Expr:
    """Say of whom something is true that is asked track by track."""
    col = words.col

    def mine(height: Height) -> Expr:
        asked = what(height)
        return asked & (col(TRACK) == height.track) if height.track else asked

    first, *others = map(mine, heights)
    return reduce(lambda one, other: one | other, others, first)


def in_base(words: Words) -> Callable[[Height], Expr]:
    """Whoever has a total is held against the line of the track."""
    return lambda _: ~words.col(TOTAL).is_null()


def reached(words: Words) -> Callable[[Height], Expr]:
    """Whoever has the total, and the mark of the second subject where one is asked for.

    Without a mark in that subject the line is not reached, and the pupil stays in the base.
    """
    col = words.col

    def over(height: Height) -> Expr:
        total = col(TOTAL) >= height.total
        if not height.second:
            return total
        return total & (col(mark_of(height.second)) >= height.second_mark)

    return over


def near_above(words: Words, near: int) -> Callable[[Height], Expr]:
    """临界生 on the line or at most so many hundredths above it, by the total alone."""
    total = words.col(TOTAL)
    return lambda height: (total >= height.total) & (total <= height.total + near)


def near_below(words: Words, near: int) -> Callable[[Height], Expr]:
    """临界生 under the line, by at most so many hundredths of the total."""
    total = words.col(TOTAL)
    return lambda height: (total < height.total) & (total >= height.total - near)
