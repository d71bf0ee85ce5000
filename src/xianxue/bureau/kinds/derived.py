"""Parts of indicators that are made of other figures, and breaks in what an indicator means."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from xianxue.bureau.kinds.card import Card
from xianxue.bureau.law.citation import Citation, Seen
from xianxue.bureau.values.sentence import Sentence


class Compared(Card, frozen=True, kw_only=True):
    """A figure and the one of another period that it is held against."""

    indicator: str
    to: Literal["before", "same_last_year", "base"] = "before"
    """上一时期, 上年同期, or a period named in ``base``."""
    periods: int = 1
    """For ``before``: how many periods back."""
    base: str = ""
    """For ``base``: the code of the period, 2020-2021."""


class RankOf(Card, frozen=True, kw_only=True):
    """A figure's place among those of its group; equals share the better place (1、2、2、4)."""

    indicator: str
    first: Literal["highest", "lowest"]
    within: Literal["county", "township"] = "county"
    """Schools may be ranked among those of their own township only."""
    alike: list[str] = []
    """Attributes (``school_type`` …) in which all places of a group are the same."""


class IndexPart(Card, frozen=True, kw_only=True):
    """One component: its value becomes points from 0 to 100, and counts by its weight."""

    indicator: str
    weight: Decimal
    zero: str = ""
    """The line whose value is worth 0 points; empty for the value 0."""
    full: str
    """The line whose value is worth 100 points: below ``zero`` where less is better."""


class IndexOf(Card, frozen=True, kw_only=True):
    """Components, and whether values beyond their lines are worth more than 100 or less than 0."""

    parts: list[IndexPart]
    limited: bool = True
    """Points stay within 0 and 100."""


class TopOf(Card, frozen=True, kw_only=True):
    """What the largest of several places have of all that these places have."""

    indicator: str
    largest: int
    among: Literal["school", "township"]


class Cumulated(Card, frozen=True, kw_only=True):
    """A figure added up from the start of the year to its own period."""

    indicator: str
    over: Literal["school_year", "calendar_year"] = "calendar_year"


class Break(Card, frozen=True, kw_only=True):
    """A day from which an indicator means something else; nothing is compared across it."""

    on: date
    """The first day of the new meaning: periods whose reference day is this or later have it."""
    note: Sentence
    """What has changed, in one Chinese phrase: it is printed where a comparison is refused."""
    source: str
    seen: Seen
    article: str = ""

    @property
    def citation(self) -> Citation:
        """The citation as later records carry it."""
        return Citation(self.source, self.seen, self.article, self.note)
