"""Where the points of a leaf come from: a closed set of sources.

========  ======================================================================================
kind      points
========  ======================================================================================
figure    an indicator's figure, through a curve
finding   all where a standard's criteria are met, else none; or their share (``proportion``)
count     what a ledger counts: so many points each, or through a curve
marks     what assessors give: points, levels with descriptors, or ranks
poll      a ballot's or survey's result, through a curve
document  all where the documents are there, else none; or their share (``proportion``)
adjust    加减分: each addition and deduction by its document, within cap and floor
given     a number that an office reports, as points or through a curve
rubric    the result of another rubric, by its share of full points, a curve or its grade
========  ======================================================================================
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from xianxue.bureau.kinds.appraisal.curve import Curve, NonNegative, Positive
from xianxue.bureau.kinds.card import Card
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.sentence import Phrase, Sentence

PointKind = Literal[
    "figure", "finding", "count", "marks", "poll", "document", "adjust", "given", "rubric"
]
Combine = Literal["only", "mean", "sum", "latest", "lowest"]
"""How several readings come to one; ``only``: there is one."""


class MarkLevel(Card, frozen=True, kw_only=True):
    """One level that assessors choose from, or one grade of another rubric."""

    level: str
    term: Sentence
    percent: Decimal | None = None
    """Of the item's full points …"""
    points: Decimal | None = None
    """… or in points; one of the two."""
    descriptor: Sentence = Phrase("")
    """What is to be seen for it."""


class Panel(Card, frozen=True, kw_only=True):
    """How the marks of several assessors come to one."""

    at_least: Positive = 1
    """So many marks are needed; with fewer the item is not judged yet."""
    drop_highest: NonNegative = 0
    drop_lowest: NonNegative = 0
    drop_above: NonNegative = 0
    """Marks are dropped only where there are more than so many (超过 5 人去一高一低)."""
    standardise: bool = False
    """Panels are brought to one mean and one spread before anything else is done."""
    outlying: Decimal | None = None
    """A mark so many points from the middle one is flagged for a second look, and kept."""


class EvidenceNeed(Card, frozen=True, kw_only=True):
    """One document (佐证) that is asked for."""

    document: str
    term: Sentence
    note: Sentence = Phrase("")


class Adjustment(Card, frozen=True, kw_only=True):
    """One reason for additions or deductions, with what each time gives."""

    adjustment: str
    term: Sentence
    points: Decimal
    """Below 0 for a deduction."""
    most: Positive | None = None
    """So many times at the most."""


class PointSource(Card, frozen=True, kw_only=True):
    """The source of a leaf's points. Which keys go with which kind is checked at the door."""

    kind: PointKind
    curve: Curve | None = None
    combine: Combine = "only"
    indicator: str = ""
    """Of a figure."""
    stage: Stage | None = None
    slice: str = ""
    """What of the indicator alone is meant: ``subject=math``."""
    standard: str = ""
    """Of a finding …"""
    criteria: list[str] = []
    """… and which of its criteria; empty: what the standard comes to for the place."""
    proportion: bool = False
    """The share that is met, or there, instead of all or nothing."""
    count: str = ""
    """A count or a rate (in per cent) of a ledger: ``ledger.count``."""
    each: Decimal | None = None
    """Points for each that is counted; below 0 they are taken from the full points."""
    cap: Decimal | None = None
    """So many points are given, or taken, at the most."""
    floor: Decimal | None = None
    """Of deductions: so many at the most, written below 0."""
    gives: Literal["points", "level", "rank"] = "points"
    """What an assessor gives."""
    step: Decimal | None = None
    """Marks are multiples of it."""
    levels: list[MarkLevel] = []
    """Levels, or the grades of another rubric; empty: those of the card."""
    panel: Panel = Panel()
    ballot: str = ""
    question: str = ""
    measure: Literal["favourable", "mean"] = "favourable"
    """Of a ballot: per cent that answered favourably, or the mean of the answers' points."""
    documents: list[EvidenceNeed] = []
    adjustments: list[Adjustment] = []
    needs_document: bool = True
    """Whether an addition, a deduction or a number given counts only with its document."""
    office: str = ""
    """Who reports a number."""
    unit: str = ""
    rubric: str = ""
