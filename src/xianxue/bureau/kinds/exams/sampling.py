"""Samplings of fitness and arts: which items weigh how much, and what a result is worth by norms.

A scoring says what is measured and how it is put together; norms say how many points a result is
worth for pupils of a grade or an age and a sex. What comes of both is a mark of an examination's
kind, and is counted, released and shown as every other one.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Meta

from xianxue.bureau.kinds.card import Card, Cited
from xianxue.bureau.values.sentence import Sentence

Sex = Literal["male", "female"]
Group = Annotated[int, Meta(ge=1, le=30)]
"""A grade (1 to 12, 七年级 is 7) or an age in years, as the scoring says."""
Points = Annotated[int, Meta(ge=0, le=100)]


class Item(Card, frozen=True, kw_only=True):
    """One thing that is measured."""

    item: str
    """The code in the list ``exam_subjects``."""
    least: Decimal
    """A result below it is a slip of the pen …"""
    most: Decimal
    """… as is one above."""
    full: Decimal | None = None
    """The full mark of what is judged in points already; no norms are asked for then."""
    timed: bool = False
    """Whether it is a time: minutes may be written, ``4'05``."""
    body: bool = False
    """Whether it is worked out of 身高 (cm) and 体重 (kg) where these stand in the table."""


class Weighed(Card, frozen=True, kw_only=True):
    """What the items weigh for some grades or ages: per cent, all of them 100."""

    of: list[Group]
    sex: Sex | None = None
    """Only for one of both; None for both."""
    weights: dict[str, Points]


class Scoring(Card, frozen=True, kw_only=True):
    """How a sampling is scored."""

    scoring: str
    term: Sentence
    exam: str
    """The kind of examination that the marks are of; its one subject that counts is the score."""
    by: Literal["grade", "age"] = "grade"
    items: list[Item]
    weights: list[Weighed]
    source: Cited

    def item(self, code: str) -> Item | None:
        """Give the item with a code, or None."""
        return next((one for one in self.items if one.item == code), None)

    def weighed(self, of: int, sex: str) -> dict[str, int]:
        """Give the weights for a grade or an age and a sex; none where nothing is said of it."""
        for one in self.weights:
            if of in one.of and one.sex in {None, sex}:
                return dict(one.weights)
        return {}


class Worth(Card, frozen=True, kw_only=True):
    """What results within bounds are worth."""

    points: Points
    at_least: Decimal | None = None
    at_most: Decimal | None = None


class NormTable(Card, frozen=True, kw_only=True):
    """The norm of one item: the first line that a result fits is its worth; none is 0."""

    item: str
    of: list[Group]
    sex: Sex | None = None
    extra: bool = False
    """Whether it is 附加分: points on top of the score, not weighed."""
    worth: list[Worth]


class Norms(Card, frozen=True, kw_only=True):
    """Norms by grade or age and sex."""

    norms: str
    term: Sentence
    scoring: str
    tables: list[NormTable] = []
    source: Cited

    def table(self, item: str, of: int, sex: str, *, extra: bool = False) -> NormTable | None:
        """Give the table for an item, a grade or an age and a sex; None where there is none."""
        mine = (one for one in self.tables if (one.item, one.extra) == (item, extra))
        return next((one for one in mine if of in one.of and one.sex in {None, sex}), None)
