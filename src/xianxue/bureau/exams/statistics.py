"""Statistics of a group: fractions of whole numbers, or a sentence that says why there is none.

Nothing is rounded here, and nothing is divided by nobody. Each statistic names its base: among
whom it is.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

from xianxue.bureau.exams.columns import STEPS, in_points
from xianxue.bureau.exams.counting import Counts
from xianxue.bureau.exams.tallies import Tally, named
from xianxue.bureau.kinds.exams.examination import Divisor
from xianxue.bureau.values.exact import Radical, Root
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import half_up
from xianxue.bureau.values.sentence import Sentence, say

NOBODY: Final = say("没有人有成绩，算不出")
ONE: Final = say("只有一人，按样本算的标准差算不出")
ALIKE: Final = say("所有人同分，标准分算不出")
ALL_ZERO: Final = say("所有人都是零分，超均率算不出")
DIVISORS: Final = {
    "population": say("标准差除以人数"),
    "sample": say("标准差除以人数减一"),
}
"""What is printed beside a standard deviation."""
_MODELLED: Final = 12
"""Decimals of a Z that a model is fitted to."""
_TEN: Final = Fraction(10)
_FIFTY: Final = Fraction(50)


class Share(Record):
    """So many of so many."""

    part: int
    base: int
    among: Sentence
    """Who the base is."""

    @property
    def value(self) -> Fraction | Sentence:
        """The share; a sentence where the base is nobody."""
        return Fraction(self.part, self.base) if self.base else NOBODY


class Moments(Record):
    """How many marks there are, their sum and the sum of their squares, in hundredths."""

    n: int
    sum: int
    squares: int

    @classmethod
    def of(cls, tally: Tally, what: str) -> Moments:
        """Take those of a subject, of ``SUBJECT:scaled``, or of the total."""
        return cls(
            tally[named(what, "n")], tally[named(what, "sum")], tally[named(what, "squares")]
        )

    @classmethod
    def among(cls, counts: Counts) -> Moments:
        """Add up marks that are given with how many have each."""
        rows = counts.items()
        squares = sum(mark * mark * many for mark, many in rows)
        return cls(sum(counts.values()), sum(mark * many for mark, many in rows), squares)

    @property
    def mean(self) -> Fraction | Sentence:
        """The mean in points, among those who have a mark."""
        return in_points(self.sum) / self.n if self.n else NOBODY

    def variance(self, divisor: Divisor) -> Fraction | Sentence:
        """Give the variance in points, by what the card divides."""
        if not self.n:
            return NOBODY
        by = self.n if divisor == "population" else self.n - 1
        if not by:
            return ONE
        # n·Σx² − (Σx)² is a whole number: nothing is lost where marks hardly differ.
        return Fraction(self.n * self.squares - self.sum**2, self.n * by * STEPS**2)

    def deviation(self, divisor: Divisor) -> Root | Sentence:
        """Give the standard deviation in points, by what the card divides."""
        variance = self.variance(divisor)
        return variance if isinstance(variance, Sentence) else Root(variance)

    def score_rate(self, full: Fraction) -> Fraction | Sentence:
        """得分率: the mean as a share of the full mark."""
        mean = self.mean
        return mean if isinstance(mean, Sentence) else mean / full

    def above(self, base: Moments) -> Fraction | Sentence:
        """超均率: by which share of it the mean is above the base's."""
        mean, theirs = self.mean, base.mean
        if isinstance(mean, Sentence) or isinstance(theirs, Sentence):
            return NOBODY
        return (mean - theirs) / theirs if theirs else ALL_ZERO

    def standard(self, base: Moments, divisor: Divisor) -> Standard | Sentence:
        """Hold the mean against the base's, in the base's standard deviations."""
        mean = self.mean
        return mean if isinstance(mean, Sentence) else standard(mean, base, divisor)


class OverRoot(Record):
    """A fraction over a root: exact, and put in order exactly, until it is shown."""

    off: Fraction
    under: Fraction
    """What stands under the root; greater than 0."""

    @property
    def order(self) -> Fraction:
        """A number in whose order these are: the square with its sign."""
        return self.off * abs(self.off) / self.under

    def rounded(self, places: int) -> Decimal:
        """Round half up, away from zero at the half."""
        size = half_up(Root(abs(self.order)), places)
        return size if self.off >= 0 else size.copy_negate()


class Standard(OverRoot):
    """标准分: points above a base's mean, over the root of the base's variance."""

    def z(self, places: int) -> Decimal:
        """Give Z, rounded half up."""
        return self.rounded(places)

    def t(self, places: int) -> Decimal:
        """Give T, rounded half up: (校均 − 联考均) ÷ 联考标准差 × 10 + 50."""
        if self.off >= 0:
            return half_up(Radical(self.order, 2, _TEN, _FIFTY), places)
        # 50 − 10·√q is the negative of 10·√q − 50, and halves are rounded away from 0 in both.
        return half_up(Radical(-self.order, 2, _TEN, -_FIFTY), places).copy_negate()


def standard(points: Fraction, base: Moments, divisor: Divisor) -> Standard | Sentence:
    """Hold a mark or a mean in points against a base; a sentence where all of it are alike."""
    mean, variance = base.mean, base.variance(divisor)
    if isinstance(mean, Sentence):
        return mean
    if isinstance(variance, Sentence):
        return variance
    return Standard(points - mean, variance) if variance else ALIKE


def t_by_mark(counts: Counts, divisor: Divisor) -> dict[int, int] | Sentence:
    """Give the pupils' T by mark, in hundredths, for all who have one; the base is they."""
    base = Moments.among(counts)
    found: dict[int, int] = {}
    for mark in counts:
        one = standard(in_points(mark), base, divisor)
        if isinstance(one, Sentence):
            return one
        found[mark] = int(one.t(2) * STEPS)
    return found or NOBODY


def z_by_mark(counts: Counts, divisor: Divisor) -> dict[int, float] | Sentence:
    """Give Z by mark for a model that needs floats; a sentence where nobody is told apart."""
    base = Moments.among(counts)
    found: dict[int, float] = {}
    for mark in counts:
        one = standard(in_points(mark), base, divisor)
        if isinstance(one, Sentence):
            return one
        found[mark] = float(one.z(_MODELLED))
    return found or NOBODY
