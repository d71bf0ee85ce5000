"""竞聘: which marks count how much, how panels are made alike, who comes before whom.

What a county's notice says is taken as it says it: a coefficient that is rounded to two decimals
may choose another person than an exact one, and then both results are shown.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Meta

from xianxue.bureau.kinds.card import Card, Cited
from xianxue.bureau.values.sentence import Phrase, Sentence

NonNegative = Annotated[int, Meta(ge=0)]


class Correction(Card, frozen=True, kw_only=True):
    """How marks of several panels are made alike: each is multiplied by its panel's coefficient."""

    of: Literal["all", "panels"]
    """The mean of all candidates, or the simple mean of the panels' means (二次平均), divided by
    the panel's own mean."""
    highest: NonNegative = 0
    """So many of the highest marks of a panel are left out of its mean …"""
    lowest: NonNegative = 0
    """… and of the lowest."""
    coefficient_decimals: NonNegative | None = None
    """The coefficient is rounded to so many first; None: it is exact."""
    decimals: NonNegative | None = None
    """So many of the corrected mark."""


class ContestPart(Card, frozen=True, kw_only=True):
    """One part of a contest: 笔试, 面试, 民主测评, 业绩."""

    part: str
    term: Sentence
    weight: Decimal
    """Per cent of the total."""
    full: Decimal = Decimal(100)
    """The highest mark."""
    minimum: Decimal | None = None
    """Who has less is out, whatever the total. It is asked of the mark as it was given."""
    correction: Correction | None = None


class Contest(Card, frozen=True, kw_only=True):
    """One way of filling posts by marks."""

    contest: str
    term: Sentence
    parts: list[ContestPart]
    decimals: NonNegative | None = None
    """So many of the total, half up; people are ranked by what is published. None: exactly."""
    ties: list[str] = []
    """The parts that decide between equal totals, one after the other; who is still equal is
    decided by somebody, and the place stays empty until then."""
    rounds: Annotated[int, Meta(ge=1)] = 1
    """How often those left out may apply for posts that are left."""
    note: Sentence = Phrase("")
    source: Cited

    def part(self, name: str) -> ContestPart | None:
        """Give the part with an id, or None."""
        return next((one for one in self.parts if one.part == name), None)
