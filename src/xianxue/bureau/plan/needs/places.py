"""Places, classes and areas: how many so many residents or pupils ask for.

Ratios, class sizes and areas are rules: they come from cards, with their documents. Nothing is
filled in between two lines of a table: what a rule leaves open is None, and somebody decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from xianxue.bureau.values.record import Record

_THOUSAND: Final = 1000


def _up(value: Fraction) -> int:
    return -(-value.numerator // value.denominator)


def places(residents: int, per_thousand: Fraction) -> int:
    """Give the places for so many residents (千人指标).

    >>> places(63000, Fraction(45)), places(63000, Fraction(100))
    (2835, 6300)
    """
    return _up(per_thousand * residents / _THOUSAND)


def classes(pupils: int, size: int) -> int:
    """Give the classes for so many pupils of one grade, none larger than ``size``.

    >>> classes(2835, 30), classes(6300, 45), classes(3150, 50), classes(1890, 50)
    (95, 140, 63, 38)
    """
    return -(-pupils // size)


def classes_by_grade(grades: Sequence[int], size: int) -> int:
    """Give the classes of a school, grade by grade: pupils of two grades share none.

    >>> classes_by_grade([92, 88, 95, 90, 46, 91], 45)
    15
    """
    return sum(classes(pupils, size) for pupils in grades)


class Schools(Record):
    """So many schools for so many residents, where the rule says no more than the number for each.

    63,000 residents at one for each 10,000 are 6.3: whether that is 6 or 7 is not written.
    """

    exact: Fraction
    down: int
    up: int

    @property
    def decided(self) -> bool:
        """Whether both ways of rounding agree."""
        return self.down == self.up


def schools(residents: int, residents_each: int) -> Schools:
    """Give how many schools so many residents ask for, rounded both ways.

    >>> found = schools(63000, 10000)
    >>> found.down, found.up, found.decided
    (6, 7, False)
    """
    exact = Fraction(residents, residents_each)
    return Schools(exact, exact.numerator // exact.denominator, _up(exact))


class Band(Record, kw_only=True):
    """An area per pupil for schools of so many classes."""

    area: Fraction
    """㎡ for each pupil."""
    least: int | None = None
    """Classes from which it holds; None: from the first."""
    most: int | None = None


def area(bands: Sequence[Band], number: int, size: int) -> Fraction | None:
    """Give the ground for a school of so many classes; None where no band of the rule says.

    >>> rule = [Band(area=Fraction(18), most=24), Band(area=Fraction(17), least=30)]
    >>> [str(area(rule, number, 45)) for number in (24, 27, 30)]
    ['19440', 'None', '22950']
    """
    for band in bands:
        above = band.least is None or number >= band.least
        if above and (band.most is None or number <= band.most):
            return band.area * number * size
    return None
