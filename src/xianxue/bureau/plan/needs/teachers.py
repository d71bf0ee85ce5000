"""Teachers: how many pupils ask for, who goes, and how many have to be found each year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from math import ceil

from xianxue.bureau.values.record import Record


class TeacherYear(Record, kw_only=True):
    """One year: whole persons."""

    needed: int
    retire: int
    leave: int
    """Who goes before retiring, by the rate of attrition, rounded half up."""
    stay: int
    recruit: int
    """How many have to be found; never negative."""
    over: int
    """By how many those who stay are more than needed."""


def needed(pupils: int, ratio: Fraction) -> int:
    """Give how many teachers a number of pupils asks for, by pupils per teacher.

    >>> [needed(1000, Fraction(19)), needed(600, Fraction("13.5")), needed(600, Fraction("12.5"))]
    [53, 45, 48]
    >>> needed(76, Fraction(19))
    4
    """
    return ceil(Fraction(pupils) / ratio)


def needed_together(groups: Sequence[tuple[int, Fraction]]) -> int:
    """Give how many several groups ask for together: added up first, and then made whole.

    Which of the two ways a county reckons by is on its card; the other is the sum of ``needed``.

    >>> needed_together([(1000, Fraction(19)), (600, Fraction("13.5"))])
    98
    """
    return ceil(sum((Fraction(pupils) / ratio for pupils, ratio in groups), Fraction(0)))


def recruiting(
    there: int, needs: Sequence[int], retirements: Sequence[int], attrition: Fraction
) -> list[TeacherYear]:
    """Give year by year who goes and how many have to be found.

    ``attrition`` is a share of those there at the year's beginning. Where more stay than are
    needed nobody is sent away: they are there in the next year.

    >>> [one.recruit for one in recruiting(420, [424, 416, 400], [12, 15, 18], Fraction("0.015"))]
    [22, 13, 8]
    """
    found: list[TeacherYear] = []
    for need, retire in zip(needs, retirements, strict=True):
        leave = _half_up(attrition * there)
        stay = max(0, there - retire - leave)
        recruit = max(0, need - stay)
        there = stay + recruit
        found.append(
            TeacherYear(
                needed=need,
                retire=retire,
                leave=leave,
                stay=stay,
                recruit=recruit,
                over=max(0, stay - need),
            )
        )
    return found


def retirements(
    born: Sequence[date], ages: Sequence[int], years: Sequence[int]
) -> Mapping[int, int]:
    """Give how many reach their age of retirement in each school year, which begins on 1 September.

    ``ages`` has each one's age in the order of ``born``. Who has reached it before the first year
    and is still there goes in the first.

    >>> retirements([date(1966, 3, 1), date(1970, 8, 31)], [60, 55], [2025, 2026])
    {2025: 2, 2026: 0}
    """
    found = dict.fromkeys(years, 0)
    for day, age in zip(born, ages, strict=True):
        year = day.year + age - (day.month < _SEPTEMBER)
        year = max(year, years[0])
        if year in found:
            found[year] += 1
    return found


_SEPTEMBER = 9


def _half_up(value: Fraction) -> int:
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)
