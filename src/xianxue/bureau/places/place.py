"""Places and their dated attributes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from xianxue.bureau.places.dated import Dated, Link, until, value_on
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.record import Record, field, replace

Level = Literal["county", "township", "school"]


class Attributes(Record, kw_only=True):
    """What a school is, from one day to the next change.

    Coded values are codes of the lists in ``catalogue/codes``.
    """

    valid_from: date
    valid_to: date | None = None
    school_type: str
    """办学类型, three digits: 211 小学, 312 九年一贯制学校 …"""
    sponsor: str = ""
    """举办者: 831 县级教育部门, 999 民办 …"""
    urban_rural: str = ""
    """城乡分类: 111 主城区 … 220 村庄."""
    stages: tuple[Stage, ...] = ()
    """The stages of this type, from the code list, with those of attached classes."""
    boarding: bool = False
    """寄宿制学校."""


class Place(Record, kw_only=True):
    """A county, township or school."""

    code: str
    name: str
    """The newest name."""
    level: Level
    parent: str = ""
    """The code of the place it belongs to, or last belonged to; empty for the county."""
    opened: date | None = None
    closed: date | None = None
    """The last day of its life; None while it lives."""
    history: tuple[Attributes, ...] = field(default=())
    """A school's attributes, oldest first, never overlapping."""
    names: tuple[Dated, ...] = ()
    """All names, oldest first; empty for a place that never changed its name."""
    parents: tuple[Dated, ...] = ()
    """All places it belonged to, oldest first; empty if it never moved."""
    gaps: tuple[tuple[date, date], ...] = ()
    """First and last days of the stretches when it did not exist, where it was restored."""
    successors: tuple[Link, ...] = ()
    """What it became; with itself among them where it was split and lives on."""
    predecessors: tuple[Link, ...] = ()
    """What became part of it."""

    def open_on(self, on: date) -> bool:
        """Whether the place exists on a day."""
        if any(first <= on <= last for first, last in self.gaps):
            return False
        return (self.opened is None or self.opened <= on) and (
            self.closed is None or on <= self.closed
        )

    def name_on(self, on: date) -> str:
        """Give the name it had on a day."""
        return value_on(self.names, on) or self.name

    def parent_on(self, on: date) -> str:
        """Give the code of the place it belonged to on a day."""
        named = value_on(self.parents, on)
        return self.parent if named is None else named

    def on(self, day: date) -> Place:
        """Give the place as it was known on a day: nothing that came later shows.

        What is closed on the day has its last day; what still lives has none, also if it was
        closed afterwards.
        """
        closed = self.closed if self.closed is not None and self.closed < day else None
        gaps = tuple(gap for gap in self.gaps if gap[0] <= day)
        # A place that was restored later was closed on this day, as far as anybody could know then.
        if gaps and day <= gaps[-1][1]:
            closed, gaps = gaps[-1][0] - timedelta(days=1), gaps[:-1]
        return replace(
            self,
            name=self.name_on(day),
            parent=self.parent_on(day),
            closed=closed,
            history=tuple(each for each in self.history if each.valid_from <= day),
            names=until(self.names, day),
            parents=until(self.parents, day),
            gaps=gaps,
            successors=tuple(link for link in self.successors if link.day <= day),
            predecessors=tuple(link for link in self.predecessors if link.day <= day),
        )

    def attributes(self, on: date) -> Attributes | None:
        """Give the attributes in force on a day; None for a place that has none."""
        for attributes in reversed(self.history):
            ended = attributes.valid_to is not None and attributes.valid_to < on
            if attributes.valid_from <= on and not ended:
                return attributes
        return None

    def stages(self, on: date) -> tuple[Stage, ...]:
        """Give the stages a school has on a day; none for an area."""
        attributes = self.attributes(on)
        return attributes.stages if attributes else ()
