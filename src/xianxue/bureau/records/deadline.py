"""Until when a place may file: the window of its form, and the exception granted to it.

A window has two last days, both included: the due day (截止日), after which a return is late, and
the lock day (锁定日), after which nothing is taken. An extension moves both for one place.
"""

from __future__ import annotations

from datetime import date

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say


class Deadline(Record):
    """The last days of one place; without a window there are none.

    >>> late = Deadline(date(2025, 9, 30), date(2025, 10, 10))
    >>> late.late_on(date(2025, 9, 30)), late.late_on(date(2025, 10, 1))
    (False, True)
    >>> late.locked_on(date(2025, 10, 10)), late.locked_on(date(2025, 10, 11))
    (False, True)
    """

    due: date | None = None
    lock: date | None = None
    until: date | None = None
    """The last day of the extension; None where none was granted."""

    def late_on(self, day: date) -> bool:
        """Whether a return handed in on a day is late."""
        # The later of both: an extension that ends before the due day takes nothing away.
        return self.due is not None and day > max(self.due, self.until or self.due)

    def locked_on(self, day: date) -> bool:
        """Whether nothing is taken on a day any more."""
        return self.lock is not None and day > max(self.lock, self.until or self.lock)

    @property
    def term(self) -> str:
        """Both days in one Chinese phrase; empty without a window.

        >>> Deadline(date(2025, 9, 30), date(2025, 10, 10), date(2025, 10, 15)).term
        '2025年9月30日截止，2025年10月10日锁定，准予延期至2025年10月15日'
        """
        if self.due is None or self.lock is None:
            return ""
        due, lock = chinese_day(self.due), chinese_day(self.lock)
        said = say("{due}截止，{lock}锁定", due=due, lock=lock)
        return said + say("，准予延期至{day}", day=chinese_day(self.until)) if self.until else said


def chinese_day(day: date) -> Sentence:
    """Write a day as official texts do.

    >>> chinese_day(date(2025, 9, 1))
    '2025年9月1日'
    """
    return say("{year}年{month}月{day}日", year=day.year, month=day.month, day=day.day)
