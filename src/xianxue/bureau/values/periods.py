"""Periods: school years, terms, calendar years, halves, quarters, months, days, examinations.

A school year runs from 1 September to 31 August; what is counted at a moment (pupils, staff,
area) is counted on 1 September, what is counted over time (leavers, transfers) over the
school year before (source: facts on statistical returns, relayed).

How one period is found from another is said in ``period_rules.py``, and nowhere by taking a
code apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say

PeriodKind = Literal[
    "school_year",
    "calendar_year",
    "term",
    "half_year",
    "quarter",
    "month",
    "day",
    "examination",
]
"""All but an examination follow each other without end: there is one before and one after."""

KIND_TERMS: Final[Mapping[PeriodKind, str]] = {
    "school_year": say("学年"),
    "calendar_year": say("公历年"),
    "term": say("学期"),
    "half_year": say("半年"),
    "quarter": say("季度"),
    "month": say("月份"),
    "day": say("某日"),
    "examination": say("考试"),
}

KIND_EXAMPLES: Final[Mapping[PeriodKind, str]] = {
    "school_year": "2025-2026",
    "calendar_year": "2025",
    "term": "2025-2026-1",
    "half_year": "2025-H1",
    "quarter": "2025-Q3",
    "month": "2025-09",
    "day": "2025-09-01",
    "examination": "2026-06-13-3d-zhongkao",
}
"""How a period of each kind is written: what people are told who wrote another."""

# Terms meet at the end of January, as the monthly statistics of pupils do; where a county's own
# calendar has other days, they are said by its calendar card and change no period.
_AUTUMN: Final = 9
_SPRING: Final = 2
_MONTHS: Final = 12
_MONTHS_OF: Final[Mapping[PeriodKind, int]] = {
    "calendar_year": 12,
    "half_year": 6,
    "quarter": 3,
    "month": 1,
}
"""Kinds that divide the calendar year evenly, by their length."""
_ORDINALS: Final = (say("一"), say("二"), say("三"), say("四"))
_YEAR: Final = "([1-9][0-9]{3})"
_DAY: Final = f"{_YEAR}-([0-9]{{2}})-([0-9]{{2}})"
# No two patterns match the same text: they differ in the number of digits between hyphens, or
# in a letter. Nor has one period two codes: «1d» is not written, a month always has two digits.
# Codes name files and figures, and two names would be two figures.
_PATTERNS: tuple[tuple[PeriodKind, re.Pattern[str]], ...] = (
    ("term", re.compile(f"{_YEAR}-{_YEAR}-([12])")),
    ("day", re.compile(_DAY)),
    ("school_year", re.compile(f"{_YEAR}-{_YEAR}")),
    ("calendar_year", re.compile(_YEAR)),
    ("half_year", re.compile(f"{_YEAR}-H([12])")),
    ("quarter", re.compile(f"{_YEAR}-Q([1-4])")),
    ("month", re.compile(f"{_YEAR}-(0[1-9]|1[0-2])")),
    # An examination's code carries its days, so that it can be read without its card.
    ("examination", re.compile(f"{_DAY}(?:-([2-9]|[1-9][0-9])d)?-([a-z][a-z0-9_]*)")),
)


class Period(Record, order=True):
    """A stretch of time that a return or a figure speaks of.

    >>> Period.parse("2025-2026").reference_day
    datetime.date(2025, 9, 1)
    """

    start: date
    end: date
    """The last day, included."""
    kind: PeriodKind
    code: str
    """The way it is written in commands, files and folders."""

    @classmethod
    def parse(cls, code: str) -> Period:
        """Read a period's code; raise ValueError with the forms that are understood.

        ============= ================================================ =====================
        kind          code                                             example
        ============= ================================================ =====================
        school_year   both calendar years                              2025-2026
        term          the school year, 1 autumn or 2 spring            2025-2026-1
        calendar_year the year                                         2025
        half_year     the year, H1 or H2                               2025-H1
        quarter       the year, Q1 to Q4                               2025-Q3
        month         year and month, of two digits                    2025-09
        day           as ISO 8601 has it                               2025-09-01
        examination   first day, how many days if several, name        2026-06-13-3d-zhongkao
        ============= ================================================ =====================

        >>> Period.parse("2025-2026-2").start
        datetime.date(2026, 2, 1)
        >>> Period.parse("2025").term
        '2025年'
        >>> Period.parse("2026-06-13-3d-zhongkao").end
        datetime.date(2026, 6, 15)
        """
        return _parsed(code)

    @classmethod
    def on(cls, kind: PeriodKind, day: date) -> Period:
        """Give the period of a kind in which a day lies.

        Raises ValueError for an examination: a day does not say which one is sat on it.

        >>> Period.on("school_year", date(2026, 8, 31)).code
        '2025-2026'
        >>> Period.on("quarter", date(2025, 9, 1)).code
        '2025-Q3'
        >>> Period.on("term", date(2026, 1, 31)).code
        '2025-2026-1'
        """
        if kind == "examination":
            message = say("日期不能说明是哪一次考试")
            raise ValueError(message)
        return cls.parse(_code_on(kind, day))

    @property
    def recurs(self) -> bool:
        """Whether periods of its kind follow each other; an examination is held when it is held."""
        return self.kind != "examination"

    @property
    def reference_day(self) -> date:
        """The day on which what is counted at a moment is counted: the first of the period."""
        return self.start

    @property
    def term(self) -> Sentence:
        """The name of the period.

        >>> Period.parse("2025-2026").term, Period.parse("2025-H1").term
        ('2025—2026学年', '2025年上半年')
        >>> Period.parse("2026-06-13-3d-zhongkao").term
        '2026年6月13日至15日的考试'
        """
        year, month = self.start.year, self.start.month
        if self.kind in {"school_year", "term"}:
            return self._school_term(Period.on("school_year", self.start).start.year, month)
        if self.kind == "examination":
            return say("{days}的考试", days=_chinese_days(self.start, self.end))
        if self.kind in {"half_year", "quarter"}:
            return self._part_of_year(year, month)
        if self.kind == "day":
            return _chinese_day(self.start)
        if self.kind == "month":
            return say("{year}年{month}月", year=year, month=month)
        return say("{year}年", year=year)

    def _part_of_year(self, year: int, month: int) -> Sentence:
        if self.kind == "half_year":
            # A half-year begins in January or July.
            half = say("{year}年上半年", year=year), say("{year}年下半年", year=year)
            return half[month > 1]
        # Quarters begin in months 1, 4, 7 and 10.
        ordinal = _ORDINALS[(month - 1) // 3]
        return say("{year}年第{ordinal}季度", year=year, ordinal=ordinal)

    def _school_term(self, autumn: int, month: int) -> Sentence:
        if self.kind == "school_year":
            return say("{autumn}—{spring}学年", autumn=autumn, spring=autumn + 1)
        if month == _AUTUMN:
            return say("{autumn}—{spring}学年第一学期", autumn=autumn, spring=autumn + 1)
        return say("{autumn}—{spring}学年第二学期", autumn=autumn, spring=autumn + 1)

    def before(self) -> Period:
        """Give the period of the same kind that ends the day before; ValueError for an examination.

        >>> Period.parse("2025-2026").before().code, Period.parse("2025-2026-1").before().code
        ('2024-2025', '2024-2025-2')
        """
        return Period.on(self.kind, self.start - timedelta(days=1))

    def after(self) -> Period:
        """Give the period of the same kind that starts the day after; ValueError likewise.

        >>> Period.parse("2025-Q4").after().code
        '2026-Q1'
        """
        return Period.on(self.kind, self.end + timedelta(days=1))

    def same_last_year(self) -> Period:
        """Give 上年同期: the same term, quarter, month … of the year before; ValueError likewise.

        >>> Period.parse("2025-2026-2").same_last_year().code
        '2024-2025-2'
        >>> Period.parse("2024-02-29").same_last_year().code
        '2023-02-28'
        """
        first = self.start
        # 29 February has no counterpart; the last day of that month stands for it.
        leap = (first.month, first.day) == (_SPRING, _LEAP_DAY)
        day = first.day - 1 if leap else first.day
        return Period.on(self.kind, date(first.year - 1, first.month, day))


_LEAP_DAY: Final = 29


# Bounded, for people's files name periods too; a county speaks of some dozens.
@lru_cache(maxsize=1024)
def _parsed(code: str) -> Period:
    """Read a code; few are read, and each thousands of times: every figure says its period."""
    for kind, pattern in _PATTERNS:
        found = pattern.fullmatch(code)
        if found:
            start, end = _days(kind, code, found.groups())
            return Period(start, end, kind, code)
    ways = joined(
        "，",
        (
            say("{kind}写作 {example}", kind=KIND_TERMS[kind], example=one)
            for kind, one in KIND_EXAMPLES.items()
        ),
    )
    message = say("时期“{code}”看不懂：{ways}（首日、天数、代号）", code=code, ways=ways)
    raise ValueError(message)


def _days(kind: PeriodKind, code: str, parts: tuple[str | None, ...]) -> tuple[date, date]:
    """Give the first and the last day of a period from the parts of its code."""
    first, *rest = parts
    year = int(first or 0)
    if kind in {"day", "examination"}:
        day = _day(code, year, rest)
        return day, day + timedelta(days=_length(rest) - 1)
    if kind in {"school_year", "term"}:
        return _school_days(code, year, rest)
    months = _MONTHS_OF[kind]
    index = int(rest[0] or 0) - 1 if rest else 0
    return _months(year, 1 + index * months, months)


def _length(rest: list[str | None]) -> int:
    # Behind month and day an examination says how many days it takes; a day says nothing more.
    return int(rest[2] or 1) if rest[2:] else 1


def _day(code: str, year: int, rest: list[str | None]) -> date:
    try:
        return date(year, int(rest[0] or 0), int(rest[1] or 0))
    except ValueError as error:
        message = say("日历上没有“{code}”这一天", code=code)
        raise ValueError(message) from error


def _school_days(code: str, year: int, rest: list[str | None]) -> tuple[date, date]:
    # A slip in one of the two; which year was meant cannot be told.
    if int(rest[0] or 0) != year + 1:
        message = say(
            "学年“{code}”的两个年份应当相连，例如 {year}-{next}",
            code=code,
            year=year,
            next=year + 1,
        )
        raise ValueError(message)
    # First month and length, the spring's counted on from January of the year before.
    autumn = _AUTUMN, _MONTHS + _SPRING - _AUTUMN
    spring = _MONTHS + _SPRING, _AUTUMN - _SPRING
    whole = _AUTUMN, _MONTHS
    return _months(year, *{"1": autumn, "2": spring}.get((rest[1:] or [""])[0] or "", whole))


def _months(year: int, first: int, many: int) -> tuple[date, date]:
    """Give the days of so many months from one on; month 14 is February of the next year."""
    return _first_day(year, first), _first_day(year, first + many) - timedelta(days=1)


def _first_day(year: int, month: int) -> date:
    years, index = divmod(month - 1, _MONTHS)
    return date(year + years, index + 1, 1)


def _code_on(kind: PeriodKind, day: date) -> str:
    index = day.month - 1
    # Before September the school year that runs began in the calendar year before.
    first = day.year if day.month >= _AUTUMN else day.year - 1
    half = 2 if _SPRING <= day.month < _AUTUMN else 1
    return {
        "school_year": f"{first}-{first + 1}",
        "term": f"{first}-{first + 1}-{half}",
        "calendar_year": f"{day.year}",
        "half_year": f"{day.year}-H{index // 6 + 1}",
        "quarter": f"{day.year}-Q{index // 3 + 1}",
        "month": f"{day.year}-{day.month:02}",
        "day": day.isoformat(),
    }[kind]


def _chinese_day(day: date) -> Sentence:
    return say("{year}年{month}月{day}日", year=day.year, month=day.month, day=day.day)


def _chinese_days(first: date, last: date) -> Sentence:
    start = _chinese_day(first)
    if first == last:
        return start
    if first.year != last.year:
        return say("{start}至{end}", start=start, end=_chinese_day(last))
    if first.month == last.month:
        return say("{start}至{day}日", start=start, day=last.day)
    return say("{start}至{month}月{day}日", start=start, month=last.month, day=last.day)
