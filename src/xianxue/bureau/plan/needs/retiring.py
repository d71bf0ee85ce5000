"""The day on which somebody retires, by the month of birth."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from xianxue.bureau.kinds.plan.norms import Retiring

_MONTHS: Final = 12


def retires(born: date, sex: str, rules: Sequence[Retiring]) -> date | None:
    """Give the first day of the month in which somebody retires; None where no rule says.

    >>> from xianxue.bureau.law.citation import Seen
    >>> men = Retiring(sex="male", age=60, rises_from=date(1965, 1, 1), each_months=4,
    ...     most_months=36, valid_from=date(2025, 1, 1), source="x", seen=Seen.RELAYED)
    >>> [str(retires(day, "male", [men])) for day in (
    ...     date(1964, 12, 5), date(1965, 1, 31), date(1965, 5, 1), date(1980, 6, 1))]
    ['2024-12-01', '2025-02-01', '2025-07-01', '2043-06-01']
    """
    for rule in rules:
        if rule.sex == sex:
            return _months_on(born, rule.age * _MONTHS + _later(born, rule))
    return None


def _later(born: date, rule: Retiring) -> int:
    if rule.rises_from is None:
        return 0
    since = _number(born) - _number(rule.rises_from)
    return 0 if since < 0 else min(since // rule.each_months + 1, rule.most_months)


def _number(day: date) -> int:
    return day.year * _MONTHS + day.month - 1


def _months_on(day: date, months: int) -> date:
    number = _number(day) + months
    return date(number // _MONTHS, number % _MONTHS + 1, 1)


def retiring_years(days: Sequence[date], years: Sequence[int]) -> dict[int, int]:
    """Give how many retire in each school year, which begins on 1 September.

    Who was due before the first year and is still there goes in the first.

    >>> retiring_years([date(2025, 8, 1), date(2025, 9, 1), date(2027, 8, 1)], [2025, 2026])
    {2025: 2, 2026: 1}
    """
    found = dict.fromkeys(years, 0)
    for day in days:
        year = max(day.year - (day.month < _SEPTEMBER), years[0])
        if year in found:
            found[year] += 1
    return found


_SEPTEMBER: Final = 9
