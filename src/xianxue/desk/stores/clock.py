"""The clock: the only place where the time is asked for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

BEIJING: Final = timezone(timedelta(hours=8), "北京时间")
"""Deadlines and days are those of the country, on whatever machine the program runs."""


def now() -> datetime:
    """Give the present moment in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def day_of(at: datetime) -> date:
    """Give the Beijing day of a moment.

    >>> day_of(datetime(2025, 9, 30, 16, 0, tzinfo=UTC))
    datetime.date(2025, 10, 1)
    """
    return at.astimezone(BEIJING).date()


def minute_of(at: datetime) -> str:
    """Write a moment as people here read it.

    >>> minute_of(datetime(2025, 9, 20, 8, 30, tzinfo=UTC))
    '2025-09-20 16:30'
    """
    return at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")
