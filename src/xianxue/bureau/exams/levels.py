"""Levels of marks (优秀, 良好, 及格, 低分) as they hold on the day of an examination."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil

from xianxue.bureau.exams.columns import STEPS
from xianxue.bureau.kinds.card import DatedValue
from xianxue.bureau.kinds.exams.examination import Examination
from xianxue.bureau.law.dated import in_force
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence

_WHOLE = 100


class Level(Record):
    """One level: from how many per cent of the full mark on, or below how many."""

    mark: str
    term: Sentence
    percent: Fraction
    below: bool = False

    def least(self, full: Decimal) -> int:
        """Give the least hundredths that reach it, or are no longer below it.

        Marks are whole hundredths: 60 % of 75.5 are 4530 of them, and of a third the next one.

        >>> Level("passed", Sentence("及格", {}), Fraction(60)).least(Decimal("75.5"))
        4530
        """
        return ceil(self.percent * Fraction(full) * STEPS / _WHOLE)


def levels_on(card: Examination, day: date) -> list[Level]:
    """Give the levels of a card that are in force on a day, in its order."""
    found: list[Level] = []
    for mark in card.marks:
        below = bool(mark.below)
        value = _value(mark.below if below else mark.at_least, card, day)
        if value is not None:
            found.append(Level(mark.mark, mark.term, Fraction(value.value), below))
    return found


def level_of(levels: Sequence[Level], full: Decimal, mark: int) -> Level | None:
    """Give the level that a mark in hundredths has: the highest it reaches, else one it is below.

    >>> passed, low = Level("p", Sentence("及格", {}), Fraction(60)), None
    >>> level_of([passed], Decimal(100), 5999) is low
    True
    """
    reached = [one for one in levels if not one.below and mark >= one.least(full)]
    if reached:
        return max(reached, key=lambda one: one.percent)
    under = [one for one in levels if one.below and mark < one.least(full)]
    return min(under, key=lambda one: one.percent, default=None)


def _value(values: list[DatedValue], card: Examination, day: date) -> DatedValue | None:
    # What is asked of places by ``when`` cannot be asked of a mark.
    mine = (
        one
        for one in in_force(values, day)
        if card.stage is None or one.stage in {None, card.stage}
    )
    return next((one for one in mine if not one.when), None)
