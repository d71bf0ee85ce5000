"""Periods: school years, terms, calendar years, days.

A school year runs from 1 September to 31 August; what is counted at a moment (pupils, staff,
area) is counted on 1 September, what is counted over time (leavers, transfers) over the
school year before (source: facts on statistical returns, relayed).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

PeriodKind = Literal["school_year", "calendar_year", "term", "day"]

_FIRST_MONTH: Final = 9
_SPRING_MONTH: Final = 2
_YEAR: Final = "([1-9][0-9]{3})"
_PATTERNS: tuple[tuple[PeriodKind, re.Pattern[str]], ...] = (
    ("term", re.compile(f"{_YEAR}-{_YEAR}-([12])")),
    ("day", re.compile(f"{_YEAR}-([0-9]{{2}})-([0-9]{{2}})")),
    ("school_year", re.compile(f"{_YEAR}-{_YEAR}")),
    ("calendar_year", re.compile(_YEAR)),
)


@dataclass(frozen=True, slots=True, order=True)
class Period:
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

        >>> Period.parse("2025-2026-2").start
        datetime.date(2026, 2, 1)
        >>> Period.parse("2025").term
        '2025年'
        """
        for kind, pattern in _PATTERNS:
            found = pattern.fullmatch(code)
            if found:
                return cls._of(kind, code, *(int(part) for part in found.groups()))
        message = (
            f"时期“{code}”看不懂：学年写作 2025-2026，学期写作 2025-2026-1，"
            "公历年写作 2025，某日写作 2025-09-01"
        )
        raise ValueError(message)

    @classmethod
    def _of(cls, kind: PeriodKind, code: str, first: int, *rest: int) -> Period:
        if kind == "calendar_year":
            return cls(date(first, 1, 1), date(first, 12, 31), kind, code)
        if kind == "day":
            try:
                day = date(first, rest[0], rest[1])
            except ValueError as error:
                message = f"日历上没有“{code}”这一天"
                raise ValueError(message) from error
            return cls(day, day, kind, code)
        if rest[0] != first + 1:
            message = f"学年“{code}”的两个年份应当相连，例如 {first}-{first + 1}"
            raise ValueError(message)
        autumn = date(first, _FIRST_MONTH, 1)
        spring = date(first + 1, _SPRING_MONTH, 1)
        summer = date(first + 1, _FIRST_MONTH, 1) - timedelta(days=1)
        if kind == "school_year":
            return cls(autumn, summer, kind, code)
        if rest[1] == 1:
            return cls(autumn, spring - timedelta(days=1), kind, code)
        return cls(spring, summer, kind, code)

    @property
    def reference_day(self) -> date:
        """The day on which what is counted at a moment is counted: the first of the period."""
        return self.start

    @property
    def term(self) -> str:
        """The Chinese name of the period.

        >>> Period.parse("2025-2026").term
        '2025—2026学年'
        """
        if self.kind == "day":
            return f"{self.start.year}年{self.start.month}月{self.start.day}日"
        if self.kind == "calendar_year":
            return f"{self.code}年"
        year = f"{self.start.year if self.kind == 'school_year' else self.code[:4]}—"
        year += f"{self.code[5:9]}学年"
        if self.kind == "term":
            return year + ("第一学期" if self.code.endswith("1") else "第二学期")
        return year

    def before(self) -> Period:
        """Give the school or calendar year before this one.

        >>> Period.parse("2025-2026").before().code
        '2024-2025'
        """
        if self.kind == "calendar_year":
            return Period.parse(str(self.start.year - 1))
        if self.kind == "school_year":
            return Period.parse(f"{self.start.year - 1}-{self.start.year}")
        message = "只有学年和公历年有“上一年”"
        raise ValueError(message)
