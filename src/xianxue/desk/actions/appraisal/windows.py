"""Until when something may be done: so many days after another thing, by the card and calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from xianxue.bureau.kinds.appraisal.grading import Window
from xianxue.bureau.ledgers.days import Days


def last_day(windows: Sequence[Window], begun: date, days: Days) -> date | None:
    """Give the last day of a window that begins on a day; None where the card has none.

    The day it begins on is not counted: of 10 working days from a Friday, the Monday is the first.
    """
    held = [
        one
        for one in windows
        if one.valid_from <= begun and (one.valid_to is None or begun <= one.valid_to)
    ]
    if not held:
        return None
    window = held[-1]
    if window.by == "working":
        return days.later_working(begun, window.days)
    return begun + timedelta(days=window.days)
