"""Places and their dated attributes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from xianxue.bureau.places.stages import Stage

Level = Literal["county", "township", "school"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributes:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A county, township or school."""

    code: str
    name: str
    level: Level
    parent: str = ""
    """The code of the place it belongs to; empty for the county."""
    opened: date | None = None
    closed: date | None = None
    """The last day of its life; None while it lives."""
    history: tuple[Attributes, ...] = field(default=())
    """A school's attributes, oldest first, never overlapping."""

    def open_on(self, on: date) -> bool:
        """Whether the place exists on a day."""
        return (self.opened is None or self.opened <= on) and (
            self.closed is None or on <= self.closed
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
