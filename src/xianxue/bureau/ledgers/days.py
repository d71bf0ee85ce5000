"""Which days are worked, and why: holidays, worked weekends, rest days, school terms.

Chinese working days are no Mondays to Fridays: each year the State Council moves some (调休). So
they are read from a card for each year, and a year without a card is only supposed («暂按推算»).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from xianxue.bureau.kinds.ledgers.calendar import Calendar, SchoolCalendar
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say

_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5
"""As ``date.weekday`` counts."""
_SPAN: Final = 366
_FIXED: Final = {(1, 1): say("元旦"), (5, 1): say("劳动节"), (10, 1): say("国庆节")}
"""Holidays that fall on the same day each year: all that is known of a year without a card."""


class DayKind(Record):
    """What a day is."""

    working: bool
    why: Sentence
    supposed: bool = False
    """Whether there is no calendar of its year, so that it may yet turn out otherwise."""


class Days(Record, dict=True):
    """The calendars of one county."""

    calendars: Sequence[Calendar]
    schools: Sequence[SchoolCalendar] = ()

    @classmethod
    def of(cls, shelf: Shelf) -> Days:
        """Give the calendars in force for a workspace."""
        return cls(list(shelf.calendars.values()), list(shelf.school_calendars.values()))

    def kind(self, day: date) -> DayKind:
        """Say whether a day is worked, and why."""
        found = self._kinds.get(day)
        return found if found is not None else self._usual(day)

    def working(self, day: date) -> bool:
        """Whether a day is worked."""
        return self.kind(day).working

    def supposed(self, first: date, last: date) -> bool:
        """Whether a stretch of days touches a year of which there is no calendar."""
        return any(year not in self._years for year in range(first.year, last.year + 1))

    def school_kind(self, day: date) -> DayKind:
        """Say whether schools teach on a day, and why."""
        kind = self.kind(day)
        if not kind.working:
            return kind
        named = self._term_of(day)
        if named is None:
            # Outside all terms that are known it is a holiday only where a later term is known.
            return DayKind(working=False, why=say("不在学期内"), supposed=self._beyond(day))
        return kind

    def later_working(self, day: date, many: int) -> date:
        """Give the ``many``-th working day after a day; the day itself for 0."""
        if many == 0:
            return day
        days = self._worked_from(day, many)
        return days[bisect_right(days, day) + many - 1]

    def next_working(self, day: date) -> date:
        """Give a day itself where it is worked, else the next day that is."""
        while not self.working(day):
            day += _DAY
        return day

    @cached_property
    def _years(self) -> frozenset[int]:
        return frozenset(card.year for card in self.calendars)

    @cached_property
    def _kinds(self) -> dict[date, DayKind]:
        """The days that cards speak of."""
        found: dict[date, DayKind] = {}
        for card in self.calendars:
            for holiday in card.holidays:
                off = DayKind(working=False, why=holiday.term)
                for number in range((holiday.last - holiday.first).days + 1):
                    found[holiday.first + number * _DAY] = off
            for day in card.worked:
                found[day] = DayKind(working=True, why=say("调休上班"))
        return found

    def _usual(self, day: date) -> DayKind:
        supposed = day.year not in self._years
        fixed = _FIXED.get((day.month, day.day)) if supposed else None
        if fixed is not None:
            return DayKind(working=False, why=fixed, supposed=True)
        if day.weekday() >= _SATURDAY:
            return DayKind(working=False, why=say("周末"), supposed=supposed)
        return DayKind(working=True, why=say("工作日"), supposed=supposed)

    @cached_property
    def _worked(self) -> dict[int, list[date]]:
        return {}

    def _worked_of(self, year: int) -> list[date]:
        """Give the working days of a year, in order."""
        found = self._worked.get(year)
        if found is None:
            first = date(year, 1, 1)
            each = (first + number * _DAY for number in range(_SPAN))
            found = [day for day in each if day.year == year and self.working(day)]
            self._worked[year] = found
        return found

    def _worked_from(self, day: date, many: int) -> list[date]:
        """Give working days of as many years as it takes to find ``many`` after a day."""
        days, year = self._worked_of(day.year), day.year
        while len(days) - bisect_right(days, day) < many:
            year += 1
            days = days + self._worked_of(year)
        return days

    @cached_property
    def _terms(self) -> list[tuple[date, date]]:
        return sorted((term.first, term.last) for card in self.schools for term in card.terms)

    def _term_of(self, day: date) -> tuple[date, date] | None:
        at = bisect_right(self._terms, (day, date.max)) - 1
        found = self._terms[at] if at >= 0 else None
        return found if found is not None and found[0] <= day <= found[1] else None

    def _beyond(self, day: date) -> bool:
        return not self._terms or day > self._terms[-1][1] or day < self._terms[0][0]

    def teaches(self, first: date, last: date) -> bool:
        """Whether any school day lies in a stretch; yes where no term is known of it."""
        if not self._terms or self._beyond(last):
            return True
        return any(begin <= last and first <= end for begin, end in self._terms)
