"""How long somebody has served: by days, by whole months, by school years.

A stretch is half-open: its first day counts, the day of leaving does not. From 1 September 2022 to
10 July 2023 are 312 days, ten months and nine days, and one school year. What interrupts is taken
out first; what is left are runs, none touching another.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

Span = tuple[date, date]
"""The first day, and the day on which it was over."""

_MONTHS: Final = 12


def runs(spans: Iterable[Span], without: Iterable[Span] = ()) -> list[Span]:
    """Put spans together that touch or overlap, and take out what interrupts them.

    >>> one = (date(2022, 9, 1), date(2023, 2, 1))
    >>> two = (date(2023, 2, 1), date(2023, 7, 10))
    >>> runs([two, one]) == [(date(2022, 9, 1), date(2023, 7, 10))]
    True
    """
    found: list[Span] = []
    for begin, end in sorted(spans):
        if end <= begin:
            continue
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((begin, end))
    for gap in without:
        found = [part for run in found for part in _outside(run, gap)]
    return found


def _outside(run: Span, gap: Span) -> Iterable[Span]:
    parts = ((run[0], min(run[1], gap[0])), (max(run[0], gap[1]), run[1]))
    if gap[1] <= gap[0] or gap[1] <= run[0] or run[1] <= gap[0]:
        return (run,)
    return tuple((begin, end) for begin, end in parts if begin < end)


def days(served: Iterable[Span]) -> int:
    """Count the days.

    >>> days([(date(2022, 9, 1), date(2023, 7, 10))])
    312
    """
    return sum((end - begin).days for begin, end in served)


def months(served: Iterable[Span], month_of: int) -> int:
    """Count whole months; days left over of all runs together make months of so many days.

    >>> months([(date(2022, 9, 1), date(2023, 7, 10))], 30)
    10
    """
    whole, left = 0, 0
    for begin, end in served:
        many = _whole_months(begin, end)
        whole += many
        # What is left of one run is no month, even where its month has 31 days.
        left += min((end - months_on(begin, many)).days, month_of - 1)
    return whole + left // month_of


def _whole_months(begin: date, end: date) -> int:
    many = (end.year - begin.year) * _MONTHS + end.month - begin.month
    return many if months_on(begin, many) <= end else many - 1


def months_on(day: date, many: int) -> date:
    """Give the same day so many months later; the month's last where it has no such day.

    >>> months_on(date(2024, 1, 31), 1), months_on(date(2024, 2, 29), 12)
    (datetime.date(2024, 2, 29), datetime.date(2025, 2, 28))
    """
    year, month = divmod(day.year * _MONTHS + day.month - 1 + many, _MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def school_years(served: Iterable[Span], year_from: str, year_until: str) -> list[int]:
    """Give the school years, by the year each begins in, that somebody was there for throughout.

    >>> school_years([(date(2022, 9, 1), date(2023, 7, 10))], "09-01", "07-01")
    [2022]
    """
    return [
        year
        for begin, end in served
        for year in range(begin.year, end.year + 1)
        if begin <= _day(year, year_from) and _day(year + 1, year_until) <= end
    ]


def _day(year: int, month_day: str) -> date:
    month, day = map(int, month_day.split("-"))
    return date(year, month, min(day, monthrange(year, month)[1]))


def longest(served: Sequence[Span]) -> list[Span]:
    """Give the longest run alone; none where there is none."""
    return [max(served, key=lambda run: run[1] - run[0])] if served else []


def year_span(year: int) -> Span:
    """Give a calendar year as a span."""
    return date(year, 1, 1), date(year + 1, 1, 1)


def until(served: Iterable[Span], on: date) -> list[Span]:
    """Give what of it lies before a day: what has been served when the day begins."""
    return [(begin, min(end, on)) for begin, end in served if begin < on]
