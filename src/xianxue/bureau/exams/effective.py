"""有效分 where nobody gave any: the mark that as large a part of the pupils reaches as the line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from xianxue.bureau.exams.columns import TOTAL, TRACK
from xianxue.bureau.exams.counting import Counts, counts_by
from xianxue.bureau.exams.heights import Height
from xianxue.bureau.exams.marked import enters
from xianxue.bureau.exams.ranks import all_counts
from xianxue.bureau.kinds.exams.examination import Examination
from xianxue.bureau.records.engine import Engine, Lines
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.sentence import say

GIVEN: Final = say("有效分由设线单位给出")
DERIVED: Final = say("有效分按相同比例推算：该科达到的比例不低于总分上线比例的最高分")


def with_effective(
    engine: Engine, card: Examination, lines: Lines, heights: Sequence[Height]
) -> list[Height]:
    """Derive what is not given, subject by subject, of those who have a total.

    A line that nobody reaches, or whose track nobody is of, gets none.
    """
    col = engine.words.col
    whole = lines.filter(~col(TOTAL).is_null())
    totals = counts_by(engine, whole, TOTAL, [TRACK])
    columns = {one.subject: enters(one) for one in card.subjects if one.counts}
    marks = {
        subject: counts_by(engine, whole, column, [TRACK]) for subject, column in columns.items()
    }
    return [_filled(height, totals, marks) for height in heights]


def _filled(
    height: Height,
    totals: Mapping[tuple[str, ...], Counts],
    marks: Mapping[str, Mapping[tuple[str, ...], Counts]],
) -> Height:
    mine = _of_track(height, totals)
    base = sum(mine.values())
    over = sum(many for total, many in mine.items() if total >= height.total)
    if not over:
        return height
    derived = {
        subject: reached_by(_of_track(height, found), Fraction(over, base))
        for subject, found in marks.items()
    }
    known = {subject: mark for subject, mark in derived.items() if mark is not None}
    return replace(height, effective={**known, **height.effective})


def _of_track(height: Height, found: Mapping[tuple[str, ...], Counts]) -> Counts:
    return found.get((height.track,), {}) if height.track else all_counts(found)


def reached_by(counts: Counts, share: Fraction) -> int | None:
    """Give the greatest mark that at least such a share reaches; None where nobody has a mark.

    >>> reached_by({9000: 1, 8000: 2, 7000: 1}, Fraction(1, 2))
    8000
    """
    many, above = sum(counts.values()), 0
    for mark in sorted(counts, reverse=True):
        above += counts[mark]
        if above >= share * many:
            return mark
    return None
