"""Whose a line is, as whole numbers: joined and grouped by, they cost a third of what text costs.

Codes of places are digits and do not start with 0, so that each has one number and each number
one code. A place in a period is ``code × 64 + period``, the period being its place in the list of
those counted together; a school-stage is that ``× 8 + stage``, the stage being its place in
``Stage`` counted from 1, and 0 for a line that belongs to none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from xianxue.bureau.indicators.engine import Expr, Words
from xianxue.bureau.places.stages import Stage

KEY: Final = "key"
PLACE: Final = "place"
AREA: Final = ("county", "township")

MOST_PERIODS: Final = 64
"""No more are counted together; a code of ten digits times this times ``_STAGES`` fits Int64."""
_STAGES: Final = 8
"""More than there are, 0 for none included; a new stage has room."""
NUMBERS: Final = {stage: number for number, stage in enumerate(Stage, start=1)}


def place_number(words: Words, periods: Sequence[str], column: str = PLACE) -> Expr:
    """Give the number of a code and period; that of no code is below ``MOST_PERIODS``."""
    code = words.col(column)
    if column == "township":
        # A school may lie in no township.
        code = words.when(code == "").then(words.lit("0")).otherwise(code)
    number = code.cast(words.Int64) * MOST_PERIODS
    # Of one period alone the index is 0 in every line, and no column is made for it.
    if len(periods) > 1:
        index = words.lit(0)
        for one, period in enumerate(periods):
            index = words.when(words.col("period") == period).then(words.lit(one)).otherwise(index)
        number = number + index
    return number.alias(column)


def key(words: Words, periods: Sequence[str], stages: Sequence[Stage]) -> Expr:
    """Give the number of a school-stage from the codes of a table; ``stages`` may occur in it."""
    number = words.lit(0)
    for stage in stages:
        mine = words.col("stage") == stage.value
        number = words.when(mine).then(words.lit(NUMBERS[stage])).otherwise(number)
    return (place_number(words, periods) * _STAGES + number).alias(KEY)


def apart(words: Words) -> tuple[Expr, Expr]:
    """Give place and stage, as numbers, of a key."""
    return (words.col(KEY) // _STAGES).alias(PLACE), (words.col(KEY) % _STAGES).alias("stage")


def is_stage(words: Words, stages: Iterable[Stage]) -> Expr:
    """Whether a line is of one of some stages."""
    return _numbered(words, tuple(sorted(NUMBERS[stage] for stage in stages)))


# Five stages have 32 choices, and each engine has its own words.
@lru_cache(maxsize=256)
def _numbered(words: Words, numbers: tuple[int, ...]) -> Expr:
    """Ask once for each choice of stages: the list in it is a column that an engine has to make."""
    return words.col("stage").is_in(list(numbers))


def in_township(words: Words) -> Expr:
    """Whether a line lies in a township."""
    return words.col("township") >= MOST_PERIODS


def as_text(words: Words, periods: Sequence[str], columns: Iterable[str]) -> list[Expr]:
    """Write numbers as the codes they stand for, and before them the period."""
    found = [
        _named(words, words.col("county") % MOST_PERIODS, dict(enumerate(periods))).alias("period")
    ]
    for column in columns:
        if column == "stage":
            names = {number: stage.value for stage, number in NUMBERS.items()}
            found.append(_named(words, words.col("stage"), names).alias("stage"))
            continue
        text = (words.col(column) // MOST_PERIODS).cast(words.String)
        if column == "township":
            text = words.when(in_township(words)).then(text).otherwise(words.lit(""))
        found.append(text.alias(column))
    return found


def _named(words: Words, number: Expr, names: dict[int, str]) -> Expr:
    text = words.lit(None, words.String)
    for mine, name in names.items():
        text = words.when(number == mine).then(words.lit(name)).otherwise(text)
    return text
