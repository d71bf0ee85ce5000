"""What is worked out for single pupils: who is near a line, and how far from it; their T."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xianxue.bureau.exams.columns import CLASS, ROW, SCHOOL, STEPS, TOTAL, TRACK
from xianxue.bureau.exams.counting import counts_by, looked_up
from xianxue.bureau.exams.heights import Height
from xianxue.bureau.exams.statistics import t_by_mark
from xianxue.bureau.kinds.exams.examination import Examination
from xianxue.bureau.records.engine import Engine, Lines
from xianxue.bureau.values.sentence import Sentence

OFF: Final = "off"


def near_line(engine: Engine, card: Examination, lines: Lines, heights: Sequence[Height]) -> Lines:
    """临界生 of one line: those whose total is at most the card's band above or under it.

    ``off`` is how far in hundredths: 0 is on the line, which is reached. The nearest come first,
    equals by their row. Second subjects are not asked.
    """
    words = engine.words
    off = words.lit(None, dtype=words.Int64)
    for height in heights:
        mine = words.col(TOTAL) - height.total
        there = words.col(TRACK) == height.track
        off = words.when(there).then(mine).otherwise(off) if height.track else mine
    near = card.near * STEPS
    found = lines.with_columns(off.alias(OFF))
    found = found.filter((words.col(OFF) >= -near) & (words.col(OFF) <= near))
    found = found.select(ROW, SCHOOL, CLASS, TRACK, TOTAL, OFF, words.col(OFF).abs().alias("far"))
    return found.sort("far", ROW).select(ROW, SCHOOL, CLASS, TRACK, TOTAL, OFF)


def t_of(column: str) -> str:
    """Name the column of T."""
    return f"t.{column}"


def with_t(
    engine: Engine, card: Examination, lines: Lines, column: str, *, by_track: bool
) -> Lines:
    """Add pupils' T of a column as ``t.COLUMN``, in hundredths; null where all are alike.

    The base is whoever has a mark, in the pupil's own track where that is asked: totals of two
    tracks are sums of different subjects.
    """
    words = engine.words
    made = words.lit(None, dtype=words.Int32)
    for key, counts in counts_by(engine, lines, column, [TRACK] if by_track else []).items():
        found = t_by_mark(counts, card.divisor)
        if isinstance(found, Sentence):
            continue
        mine = looked_up(engine, column, found)
        made = words.when(words.col(TRACK) == key[0]).then(mine).otherwise(made) if key else mine
    return lines.with_columns(made.alias(t_of(column)))
