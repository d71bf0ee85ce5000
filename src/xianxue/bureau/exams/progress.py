"""Progress: the same pupils' earlier examination, found by pairs of rows that are handed in.

Both examinations are put on one scale by the pupils who are in both: where a group's mean lay
among them then, and where it lies now, in standard deviations. Totals of two tracks are no one
scale: whoever has tracks hands in the lines of one of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from xianxue.bureau.exams.columns import ROW, TOTAL
from xianxue.bureau.exams.counting import counts_of, looked_up, rows_of
from xianxue.bureau.exams.shares import WITH_TOTAL
from xianxue.bureau.exams.statistics import Moments, Share, Standard, t_by_mark
from xianxue.bureau.exams.tallies import Tally
from xianxue.bureau.kinds.exams.examination import Divisor
from xianxue.bureau.records.engine import Engine, Lines
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import half_up
from xianxue.bureau.values.sentence import Sentence

EARLIER_ROW: Final = "earlier_row"
"""The column of pairs that holds the row of the earlier examination, beside ``row``."""
EARLIER: Final = "earlier"
T_NOW: Final = "t"
T_EARLIER: Final = "t_earlier"
_DIGITS: Final = 30
"""Decimals of each root before their difference is rounded to the few that are shown."""


class Change(Record):
    """How far a group moved among the pupils who are in both."""

    pupils: int
    before: Standard
    now: Standard

    def rounded(self, places: int) -> Decimal:
        """Give the change of Z, rounded half up."""
        moved = Fraction(self.now.z(_DIGITS)) - Fraction(self.before.z(_DIGITS))
        return half_up(moved, places)


class Progress(Record, kw_only=True):
    """Two examinations laid side by side."""

    lines: Lines
    """Pupils who are in both, with ``total`` and ``earlier``, and T of each in hundredths."""
    matched: Share
    """How many were found again, of those who have a total now."""
    divisor: Divisor
    now: Moments
    earlier: Moments


class DoubledError(ValueError):
    """Two pairs have the same row: a pupil would be counted twice."""


def progress(
    engine: Engine, now: Lines, earlier: Lines, pairs: Lines, divisor: Divisor
) -> Progress:
    """Lay the earlier totals beside the present ones; DoubledError where pairs are not pairs."""
    words = engine.words
    before = earlier.select(words.col(ROW).alias(EARLIER_ROW), words.col(TOTAL).alias(EARLIER))
    both = now.join(pairs, on=ROW, how="inner").join(before, on=EARLIER_ROW, how="inner")
    both = both.filter(~words.col(TOTAL).is_null() & ~words.col(EARLIER).is_null())
    both = engine.kept(both)
    _demand_pairs(engine, both)
    counts = {column: counts_of(engine, both, column) for column in (TOTAL, EARLIER)}
    for column, name in ((TOTAL, T_NOW), (EARLIER, T_EARLIER)):
        found = t_by_mark(counts[column], divisor)
        # Where all are alike, or nobody is there, nobody has a T.
        known = {} if isinstance(found, Sentence) else found
        both = both.with_columns(looked_up(engine, column, known).alias(name))
    moments = {column: Moments.among(one) for column, one in counts.items()}
    base = sum(counts_of(engine, now, TOTAL).values())
    return Progress(
        lines=both,
        matched=Share(moments[TOTAL].n, base, WITH_TOTAL),
        divisor=divisor,
        now=moments[TOTAL],
        earlier=moments[EARLIER],
    )


def _demand_pairs(engine: Engine, both: Lines) -> None:
    col = engine.words.col
    many, rows, others = "many", "rows", "others"
    (found,) = rows_of(
        both.select(
            engine.words.len().alias(many),
            col(ROW).n_unique().alias(rows),
            col(EARLIER_ROW).n_unique().alias(others),
        )
    )
    if not found[many] == found[rows] == found[others]:
        message = "a row is in more than one pair"
        raise DoubledError(message)


def changes(
    engine: Engine, made: Progress, keys: Sequence[str]
) -> list[tuple[Tally, Change | Sentence]]:
    """Say how far each group moved; a sentence where one of the examinations tells nobody apart."""
    words = engine.words
    columns = {TOTAL: "now", EARLIER: "before"}
    sums = [
        words.col(column).cast(words.Int64).sum().alias(name) for column, name in columns.items()
    ]
    lines = made.lines.group_by(*keys).agg(words.len().alias("n"), *sums)
    found: list[tuple[Tally, Change | Sentence]] = []
    for row in rows_of(lines):
        mine = Tally(
            {key: row[key] for key in keys},
            {name: int(row[name]) for name in ("n", *columns.values())},
        )
        found.append((mine, _change(made, mine)))
    return sorted(found, key=lambda one: tuple(one[0].keys.values()))


def _change(made: Progress, mine: Tally) -> Change | Sentence:
    many = mine["n"]
    before = Moments(many, mine["before"], 0).standard(made.earlier, made.divisor)
    now = Moments(many, mine["now"], 0).standard(made.now, made.divisor)
    if isinstance(before, Sentence):
        return before
    return now if isinstance(now, Sentence) else Change(many, before, now)


def moved(engine: Engine, made: Progress) -> Lines:
    """Give each pupil's change of T, in hundredths; null where there is no T."""
    col = engine.words.col
    return made.lines.select(ROW, (col(T_NOW) - col(T_EARLIER)).alias("moved"))
