"""Clocks: from when, for how long and until which step a matter of a ledger may take."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, get_args

import msgspec
from msgspec import Meta

from xianxue.bureau.kinds.card import Card, DatedRule, Where
from xianxue.bureau.law.citation import Citation, Seen
from xianxue.bureau.values.sentence import Phrase, Sentence

Number = Annotated[int, Meta(ge=0)]
Light = Literal["blue", "yellow", "orange", "red"]
"""蓝 time is left, 黄 and 橙 it runs out, 红 it is over."""
LIGHTS: tuple[Light, ...] = get_args(Light)

RECORD = "record"
"""What the first line of every history is called: the entry was registered (登记)."""


class Length(Card, frozen=True, kw_only=True):
    """A length of time; exactly one of its parts is said."""

    days: Number | None = None
    """Calendar days; the day on which it starts is not counted."""
    working_days: Number | None = None
    school_days: Number | None = None
    months: Number | None = None
    """Whole months: the same day so many months later, or the last of a month without it."""
    field: str = ""
    """A date field of the entry that says the last day itself."""


class DatedLength(Length, frozen=True, kw_only=True):
    """A length with the days on which its rule holds, and what it holds for."""

    # A card has one base with fields: what ``DatedRule`` has is said once more.
    valid_from: date = msgspec.field(name="from")
    valid_to: date | None = msgspec.field(name="to", default=None)
    when: Where = {}
    """Which entries it is for; the first length that fits is taken."""
    source: str
    seen: Seen
    article: str = ""
    note: str = ""

    @property
    def citation(self) -> Citation:
        """The citation as later records carry it."""
        return Citation(self.source, self.seen, self.article, self.note)


class Extension(Card, frozen=True, kw_only=True):
    """How a clock may be prolonged, once: the step by which somebody grants it, with a reason."""

    step: str
    length: Length


class LedgerLamp(Card, frozen=True, kw_only=True):
    """When a lamp is lit, and what follows from it."""

    light: Light
    days: Number | None = None
    """With no more calendar days left than these; ``red`` has none, it is lit once time is over."""
    percent: Annotated[int, Meta(ge=1, le=100)] | None = None
    """Or with no more than this part of the whole time left."""
    consequence: Sentence = Phrase("")
    """What follows, in one phrase: 发催办提醒函."""
    slip: str = ""
    """The notice card of the slip that is written: 督办单, 提醒函, 通报."""


class LedgerClock(Card, frozen=True, kw_only=True):
    """One clock of a ledger."""

    clock: str
    term: Sentence
    starts: list[str] = []
    """The steps on whose day it starts; taken again, it starts anew. ``record``: registration."""
    starts_on: str = ""
    """Or the date field whose day it starts on."""
    stops: list[str] = []
    """The steps that meet it."""
    pauses: list[str] = []
    """The steps after which it stands still, for others have to act …"""
    resumes: list[str] = []
    """… and those after which it goes on."""
    lengths: list[DatedLength]
    extension: Extension | None = None
    rest_day: Literal["keep", "next_working_day"] = "keep"
    """Where the last day is a rest day: it stays, or the next working day is the last."""
    lamps: list[LedgerLamp] = []
    """Its own lamps; the ledger's where it has none."""


class Frequency(Card, frozen=True, kw_only=True):
    """How often something has to be done in each period: drills, visits, meetings."""

    frequency: str
    term: Sentence
    per: Literal["month", "quarter", "half_year", "term", "school_year", "calendar_year"]
    by: str
    """The date field that says in which period an entry lies."""
    where: Where = {}
    """Which entries count."""
    at_least: list[Times]
    """How often, by date; the first that fits the place is taken. A place that none fits owes
    nothing."""
    not_in_holidays: bool = False
    """Whether a period in which no school day lies asks for nothing."""


class Times(DatedRule, frozen=True, kw_only=True):
    """How often, from when on, for which places, by which rule."""

    times: Annotated[int, Meta(ge=1)]
    when: Where = {}
    """Attributes of the place (``school_type``, ``sponsor``, ``urban_rural``, ``boarding``)."""
