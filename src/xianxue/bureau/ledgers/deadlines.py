"""Deadlines: the last day of a length of time, and every day until then explained.

The day on which it starts is never counted (民法典第二百零一条). A clock that stands still counts
no day of the pause, neither the one on which it stops nor those until it goes on.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from xianxue.bureau.kinds.ledgers.clock import Length
from xianxue.bureau.ledgers.days import DayKind, Days
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say

_DAY: Final = timedelta(days=1)
_MONTHS: Final = 12
_FURTHEST: Final = 3660
"""Ten years of days: a length that needs more was written wrongly (school days after the last
term that is known)."""


class Pause(Record):
    """A stretch in which a clock stands still: from the day after ``first`` to ``last``."""

    first: date
    """The day on which it was stopped; that day still counts."""
    last: date | None
    """The day on which it went on, which does not count yet; None while it stands."""


class CountedDay(Record):
    """One day on the way to a deadline."""

    day: date
    counts: bool
    why: Sentence


class Deadline(Record):
    """The last day, and how sure it is."""

    due: date
    supposed: bool = False
    """Whether it rests on a year of which there is no calendar (暂按推算)."""


_BEYOND: Final = say("算不出最后一天：在公元 9999 年以后")


class NoEndError(ValueError):
    """A length that never comes to an end; the message is Chinese."""


class Counting(Record):
    """How days are counted for one deadline."""

    days: Days
    pauses: Sequence[Pause] = ()
    to_working: bool = False
    """Whether a last day that is a rest day moves to the next working day."""

    def deadline(self, start: date, length: Length) -> Deadline:
        """Give the last day of a length that starts on a day; NoEndError where there is none."""
        due = self._moved(self._last_day(start, length))
        rests = length.working_days is not None or length.school_days is not None or self.to_working
        return Deadline(due, rests and self.days.supposed(start, due))

    def explained(self, start: date, length: Length) -> Iterator[CountedDay]:
        """Go through every day from the one after the start to the last, saying what counts."""
        due = self._last_day(start, length)
        judge = self._judge(length)
        yield CountedDay(start, counts=False, why=say("起算当日不计"))
        day = start
        while day < due:
            day += _DAY
            if self._stands(day):
                yield CountedDay(day, counts=False, why=say("暂停"))
            else:
                kind = judge(day)
                yield CountedDay(day, kind.working, _why(kind))
        moved = self._moved(due)
        while day < moved:
            day += _DAY
            yield CountedDay(day, counts=False, why=say("末日是休息日，顺延"))

    def _last_day(self, start: date, length: Length) -> date:
        try:
            return self._counted(start, length)
        except OverflowError:
            raise NoEndError(_BEYOND) from None

    def _moved(self, due: date) -> date:
        try:
            return self.days.next_working(due) if self.to_working else due
        except OverflowError:
            raise NoEndError(_BEYOND) from None

    def _counted(self, start: date, length: Length) -> date:
        if length.months is not None:
            return self._after_pauses(start, later_month(start, length.months))
        if length.days is not None and not self.pauses:
            return start + length.days * _DAY
        if length.working_days is not None and not self.pauses:
            return self.days.later_working(start, length.working_days)
        return self._walk(start, length)

    def _walk(self, start: date, length: Length) -> date:
        left = next(
            many
            for many in (length.days, length.working_days, length.school_days, 0)
            if many is not None
        )
        judge, day = self._judge(length), start
        while left:
            day += _DAY
            left -= not self._stands(day) and judge(day).working
            if (day - start).days > _FURTHEST:
                raise NoEndError(say("算不出最后一天：后面的学期还没有登记校历"))
        return day

    def _after_pauses(self, start: date, end: date) -> date:
        """Put off a day found by the calendar by as many days as the clock stood still."""
        if not self.pauses:
            return end
        day = start
        while day < end:
            day += _DAY
            if self._stands(day):
                end += _DAY
            if (day - start).days > _FURTHEST:
                raise NoEndError(say("算不出最后一天：时钟一直停着"))
        return end

    def _judge(self, length: Length) -> Callable[[date], DayKind]:
        if length.working_days is not None:
            return self.days.kind
        return self.days.school_kind if length.school_days is not None else _every

    def _stands(self, day: date) -> bool:
        return any(
            pause.first < day and (pause.last is None or day <= pause.last) for pause in self.pauses
        )


def later_month(day: date, months: int) -> date:
    """Give the same day some months later, or the last of the month where it has none such.

    >>> later_month(date(2025, 1, 31), 1), later_month(date(2024, 8, 31), 6)
    (datetime.date(2025, 2, 28), datetime.date(2025, 2, 28))

    OverflowError where the calendar ends before.
    """
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    if year > date.max.year:
        raise OverflowError(_BEYOND)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _every(day: date) -> DayKind:
    del day
    return DayKind(working=True, why=say("自然日"))


def _why(kind: DayKind) -> Sentence:
    return say("{why}（暂按推算）", why=kind.why) if kind.supposed else kind.why
