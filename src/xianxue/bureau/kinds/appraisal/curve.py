"""Curves: what a number comes to in points.

A curve never has a gap: steps say lower bounds only (or upper bounds only), the first that fits
is taken, and the last has none. A curve in which more of the good may give fewer points says so
(``falls``), or the door refuses it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Meta

from xianxue.bureau.kinds.card import Card, DatedValue
from xianxue.bureau.values.sentence import Phrase, Sentence

CurveKind = Literal["steps", "line", "target", "best", "rank", "mean"]
"""
steps
    by classes: 90 and more 20 points, 80 and more 15, else 0
line
    in proportion between points that are given, level outside of them
target
    the share of a target that was reached, up to the full points
best
    the share of the best one's number (本单位分 ÷ 第一名分)
rank
    名次赋分: the first has all points, each place further down loses as much again
mean
    so many points at the mean, more or fewer for each unit above or below it
"""
Better = Literal["higher", "lower"]
RankTies = Literal["standard", "mean"]
"""Of two who share the second place: both are second (1, 2, 2, 4), or both are 2.5."""


class CurveStep(Card, frozen=True, kw_only=True):
    """One class. All steps of a curve say lower bounds, from the best, or all say upper bounds."""

    at_least: Decimal | None = None
    more_than: Decimal | None = None
    at_most: Decimal | None = None
    less_than: Decimal | None = None
    points: Decimal

    @property
    def bounds(self) -> dict[str, Decimal]:
        """The bounds that are written, by their names."""
        names = ("at_least", "more_than", "at_most", "less_than")
        return {name: value for name in names if (value := getattr(self, name)) is not None}


class CurvePoint(Card, frozen=True, kw_only=True):
    """A point of a line."""

    at: Decimal
    points: Decimal


class Curve(Card, frozen=True, kw_only=True):
    """How points follow from a number."""

    curve: CurveKind
    steps: list[CurveStep] = []
    line: list[CurvePoint] = []
    """By rising numbers."""
    below: Decimal | None = None
    """Points below the line's first number, where they are not its own: a jump that is meant."""
    above: Decimal | None = None
    """Points above its last number, likewise."""
    better: Better = "higher"
    """Whether more is better (``target``, ``best``, ``rank``, ``mean``)."""
    target: list[DatedValue] = []
    """The target by date; empty: each place's own."""
    out_of: Decimal | None = None
    """Instead of a target, what the number is out of: a mark of 100."""
    each: Decimal | None = None
    """Points lost with each place (``rank``), or given for each unit (``mean``)."""
    percent: Decimal | None = None
    """Instead, per cent of the full points."""
    ties: RankTies | None = None
    """How a place that is shared counts; a rank has to say it."""
    base: Decimal | None = None
    """Points at the mean."""
    least: Decimal = Decimal(0)
    """What is given at the least (``target``, ``best``, ``rank``, ``mean``)."""
    among: Literal["group", "all"] = "group"
    """Among whom somebody is the best, or has a place: the comparison group, or all."""
    falls: bool = False
    """More of the good may give fewer points, and is meant to."""
    note: Sentence = Phrase("")

    @property
    def compares(self) -> bool:
        """Whether points follow from others' numbers, too."""
        return self.curve in {"best", "rank", "mean"}


Positive = Annotated[int, Meta(ge=1)]
NonNegative = Annotated[int, Meta(ge=0)]
