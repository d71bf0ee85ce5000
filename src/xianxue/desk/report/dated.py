"""Which day a document bears where nobody says one."""

from __future__ import annotations

from datetime import date

from xianxue.bureau.kinds.outline import Outline
from xianxue.desk.indicators.river import River
from xianxue.desk.stores import clock


def day_of(river: River, outline: Outline) -> date:
    """Give the day that a document bears where none is asked for."""
    if outline.dated == "today":
        return clock.day_of(clock.now())
    if outline.dated == "year":
        return river.last_day
    # What ledgers tell is told up to a day, and the document must not be older than it.
    known = river.counted_entries.on
    return date.fromisoformat(known) if known else river.period.end
