"""Whose a line is, as whole numbers: joined and grouped by, they cost a third of what text costs.

Codes of places are digits and do not start with 0, so that each has one number and each number
one code. A place in a period is ``code × 64 + period``, the period being its place in the list of
those counted together; a school-stage is that ``× 8 + stage``, the stage being its place in
``Stage`` counted from 1, and 0 for a line that belongs to none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import narwhals.stable.v2 as nw

from xianxue.bureau.places.stages import Stage

KEY: Final = "key"
PLACE: Final = "place"
AREA: Final = ("county", "township")

MOST_PERIODS: Final = 64
"""No more are counted together."""
_STAGES: Final = 8
"""More than there are."""
NUMBERS: Final = {stage: number for number, stage in enumerate(Stage, start=1)}


def place_number(periods: Sequence[str], column: str = PLACE) -> nw.Expr:
    """Give the number of a code and period; that of no code is below ``MOST_PERIODS``."""
    code = nw.col(column)
    if column == "township":
        # A school may lie in no township.
        code = nw.when(code == "").then(nw.lit("0")).otherwise(code)
    number = code.cast(nw.Int64) * MOST_PERIODS
    if len(periods) > 1:
        index = nw.lit(0)
        for one, period in enumerate(periods):
            index = nw.when(nw.col("period") == period).then(nw.lit(one)).otherwise(index)
        number = number + index
    return number.alias(column)


def key(periods: Sequence[str], stages: Sequence[Stage]) -> nw.Expr:
    """Give the number of a school-stage from the codes of a table; ``stages`` may occur in it."""
    number = nw.lit(0)
    for stage in stages:
        mine = nw.col("stage") == stage.value
        number = nw.when(mine).then(nw.lit(NUMBERS[stage])).otherwise(number)
    return (place_number(periods) * _STAGES + number).alias(KEY)


def apart() -> tuple[nw.Expr, nw.Expr]:
    """Give place and stage, as numbers, of a key."""
    return (nw.col(KEY) // _STAGES).alias(PLACE), (nw.col(KEY) % _STAGES).alias("stage")


def is_stage(stages: Iterable[Stage]) -> nw.Expr:
    """Whether a line is of one of some stages."""
    return nw.col("stage").is_in([NUMBERS[stage] for stage in stages])


def in_township() -> nw.Expr:
    """Whether a line lies in a township."""
    return nw.col("township") >= MOST_PERIODS


def as_text(periods: Sequence[str], columns: Iterable[str]) -> list[nw.Expr]:
    """Write numbers as the codes they stand for, and before them the period."""
    found = [_named(nw.col("county") % MOST_PERIODS, dict(enumerate(periods))).alias("period")]
    for column in columns:
        if column == "stage":
            names = {number: stage.value for stage, number in NUMBERS.items()}
            found.append(_named(nw.col("stage"), names).alias("stage"))
            continue
        text = (nw.col(column) // MOST_PERIODS).cast(nw.String)
        if column == "township":
            text = nw.when(in_township()).then(text).otherwise(nw.lit(""))
        found.append(text.alias(column))
    return found


def _named(number: nw.Expr, names: dict[int, str]) -> nw.Expr:
    text = nw.lit(None, nw.String)
    for mine, name in names.items():
        text = nw.when(number == mine).then(nw.lit(name)).otherwise(text)
    return text
