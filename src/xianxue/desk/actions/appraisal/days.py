"""The days of an appraisal: publicity, appeals, replies and orders, counted by the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from xianxue.bureau.kinds.appraisal.grading import Window
from xianxue.bureau.kinds.appraisal.rubric import Rubric
from xianxue.bureau.kinds.ledgers.clock import Length
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.law.dated import in_force
from xianxue.bureau.ledgers.days import Days
from xianxue.bureau.ledgers.deadlines import Counting
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say


class LastDay(Record, kw_only=True):
    """The last day of a window, and how it was counted."""

    started: date
    """This day itself is not counted."""
    day: date
    window: Window
    supposed: bool
    """Whether it rests on a year of which there is no calendar (暂按推算)."""

    @property
    def told(self) -> Sentence:
        """Say how it was counted."""
        what = {
            "start": self.started.isoformat(),
            "n": self.window.days,
            "day": self.day.isoformat(),
        }
        if self.window.by == "working":
            said = say("从 {start} 的次日起 {n} 个工作日，到 {day} 为止", **what)
        else:
            said = say("从 {start} 的次日起 {n} 个自然日，到 {day} 为止", **what)
        return say("{said}（暂按推算）", said=said) if self.supposed else said


class Running(Record, kw_only=True):
    """The days that run since results were published."""

    publicity: LastDay | None
    appeal: LastDay | None
    """None: the card gives no time of its own; an appeal is taken until all is final."""

    @property
    def final_from(self) -> date | None:
        """The first day on which results may be final; None where the card asks for no days."""
        days = [one.day for one in (self.publicity, self.appeal) if one is not None]
        return max(days) + timedelta(days=1) if days else None

    def still(self, on: date) -> dict[str, LastDay]:
        """Give what has not run out on a day, by the name of the card's rule."""
        every = {"publicity": self.publicity, "appeal": self.appeal}
        return {name: one for name, one in every.items() if one is not None and on <= one.day}


def running(shelf: Shelf, rubric: Rubric, published: date) -> Running:
    """Give the days that run since a day on which results were published."""
    return Running(
        publicity=last_day(shelf, rubric.publicity, published),
        appeal=last_day(shelf, rubric.appeal, published),
    )


def last_day(shelf: Shelf, windows: Sequence[Window], start: date) -> LastDay | None:
    """Give the last day of a window that begins on a day; None where the card gives none."""
    held = in_force(windows, start)
    if not held:
        return None
    window = held[0]
    working = window.by == "working"
    length = Length(working_days=window.days) if working else Length(days=window.days)
    found = Counting(Days.of(shelf)).deadline(start, length)
    return LastDay(started=start, day=found.due, window=window, supposed=found.supposed)
