"""Schemes of 等级赋分: shares of pupils by grade, and the scores each grade is spread over."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Meta

from xianxue.bureau.kinds.card import Card, Cited
from xianxue.bureau.values.sentence import Phrase, Sentence

Boundary = Literal["nearest", "not_above", "not_below"]
"""Where a cut lies, for all pupils with one mark have one grade: as near to the share as marks
allow, never above it, or never below it."""


class ScaleGrade(Card, frozen=True, kw_only=True):
    """One grade, the best first."""

    grade: str
    share: Decimal
    """Per cent of those who sat the subject."""
    high: Annotated[int, Meta(ge=0)]
    low: Annotated[int, Meta(ge=0)]
    """The scores its highest and its lowest mark become; alike where a grade is one score."""


class Scheme(Card, frozen=True, kw_only=True):
    """One scheme of a province, by date."""

    scheme: str
    term: Sentence
    grades: list[ScaleGrade]
    boundary: Boundary = "nearest"
    counted: Literal["cumulated", "by_grade"] = "cumulated"
    """Whether a cut is held against the shares of all grades so far, or of its own alone."""
    tie: Literal["fewer", "more"] = "more"
    """Of two cuts that are equally near: the one with fewer pupils above it, or with more."""
    one_mark: Literal["high", "low", "middle"] = "high"
    """What the one mark of a grade becomes, in which there is nothing to be spread."""
    base: Sentence
    """Whose marks the shares are of: the province's; a county's own scale is an estimate."""
    note: Sentence = Phrase("")
    source: Cited
