"""What a plan promises: supposed goals, and tasks with who, by when and with what money."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from xianxue.bureau.records.figure import Figure
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, field


class Goal(Record):
    """What a figure is, and what it is to be."""

    base: Figure
    """As it was counted."""
    wanted: Figure
    """As it would be: of standing «supposed»."""
    now: Figure | None = None
    """Of a review: as it was counted later; None where it was not."""


class Task(Record, kw_only=True):
    """One thing that somebody has to have done by a day."""

    key: str
    """``standard.criterion`` it comes from: the same one year after year."""
    theme: str
    said: str
    """What is to be done."""
    who: str
    """Who answers for it, as documents write it."""
    office: str
    """The code of the bureau's office that leads; empty where the outline names none."""
    due: date
    money: str
    """In ten thousands of yuan; empty while nobody has said."""


class Planned(Record, kw_only=True):
    """What a plan adds to what is counted."""

    name: str = ""
    """The supposed set that its goals come from; empty for none."""
    since: Period | None = None
    """Of a review: the period over which the goals were supposed."""
    goals: tuple[Goal, ...] = ()
    money: Mapping[str, str] = field(default_factory=dict[str, str])
    """A task's key (``standard.criterion``) to ten thousands of yuan."""


NOTHING_PLANNED = Planned()
