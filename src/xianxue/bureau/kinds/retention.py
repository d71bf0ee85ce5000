"""How long personal values are kept."""

from __future__ import annotations

from calendar import isleap
from datetime import date, timedelta

from xianxue.bureau.kinds.card import Card, Cited


class Retention(Card, frozen=True, kw_only=True):
    """A time after which the personal values of a form are destroyed; by a dated, cited rule."""

    years: int = 0
    days: int = 0
    """Both are counted: whole years first, then days."""
    source: Cited

    def over(self, written: date) -> date:
        """Give the first day on which a value written down on a day is no longer kept.

        >>> from xianxue.bureau.law.citation import Seen
        >>> source = Cited(document="own", seen=Seen.OWN)
        >>> Retention(years=3, source=source).over(date(2025, 9, 20))
        datetime.date(2028, 9, 20)
        >>> Retention(years=1, days=30, source=source).over(date(2024, 2, 29))
        datetime.date(2025, 3, 31)
        """
        year = written.year + self.years
        # 29 February has no day a year later: the whole year is over on 1 March, not before.
        leap = (written.month, written.day) == (2, 29)
        same = date(year, 3, 1) if leap and not isleap(year) else written.replace(year=year)
        return same + timedelta(days=self.days)
