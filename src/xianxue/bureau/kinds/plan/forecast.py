"""How pupils are foreseen (学位预测): from which births, by which ratios, with which bands."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Meta

from xianxue.bureau.kinds.card import Card, Cited
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.sentence import Phrase, Sentence

Positive = Annotated[int, Meta(ge=1)]
PerCent = Annotated[int, Meta(ge=0, le=100)]


class BornThen(Card, frozen=True, kw_only=True):
    """A part of those who enter: months of births of a calendar year so many years ago."""

    years_ago: Positive
    months: Annotated[int, Meta(ge=1, le=12)]


class GradeStep(Card, frozen=True, kw_only=True):
    """How a grade is reached, and where its pupils are counted."""

    grade: str
    term: Sentence
    stage: Stage
    born: list[BornThen] = []
    """Of those who enter by age, with the deadline of entry in the months."""
    after: str = ""
    """The grade before it; empty for those who enter by age."""
    comes_from: Literal["", "township", "county"] = ""
    """For a grade that pupils change school for: whose births, or pupils a grade below, it is
    reached from. A township without births of its own takes the county's."""
    counted: str
    """``sheet.field`` of the form that counts it …"""
    row: str = ""
    """… and the row of a sheet with rows."""


class ForecastRules(Card, frozen=True, kw_only=True):
    """The method and its numbers; there is one such card in force."""

    forecast: str
    term: Sentence
    method: Sentence
    """What the method is called."""
    steps: list[GradeStep]
    window: Positive
    """So many of the latest years make the mean ratio."""
    shrink: Annotated[int, Meta(ge=0)]
    """Persons: a place with as many leans half on the area around it."""
    past_years: Positive
    """At most so many past years are drawn from."""
    least_years: Positive
    """Fewer make no band."""
    simulations: Positive
    low: PerCent
    high: PerCent
    """Per cent of the simulations below the ends of the band."""
    trend_years: Positive
    """The straight line it is held against goes through so many years."""
    years_ahead: Positive
    lookback_simulations: Annotated[int, Meta(ge=0)]
    """For how often what came lay within the band."""
    jump: PerCent
    """A year of births so far off the mean of its neighbours is asked about."""
    stock_gap: Decimal
    """Per cent of a stage's stock that may stay unexplained between two years."""
    note: Sentence = Phrase("")
    source: Cited
