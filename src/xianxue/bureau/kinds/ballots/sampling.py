"""Tables of how many are asked about how they recognise the schools' work (社会认可度)."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from msgspec import Meta

from xianxue.bureau.kinds.card import Card, Cited
from xianxue.bureau.values.sentence import Phrase, Sentence

Positive = Annotated[int, Meta(ge=1)]


class SizeStep(Card, frozen=True, kw_only=True):
    """Counties of a size, and how many are asked there."""

    below: Positive | None = None
    """Residents; the county has fewer. None for the last step."""
    answers: Positive


class Asked(Card, frozen=True, kw_only=True):
    """A group of people, and its part of the sample."""

    group: str
    term: Sentence
    share: Decimal
    """Per cent of all answers."""
    at_least: bool = False
    """Whether it may be more; else it is exactly so."""


class SampleTable(Card, frozen=True, kw_only=True):
    """How large the sample of a survey has to be, by a rule of the inspectorate."""

    sample: str
    term: Sentence
    steps: list[SizeStep] = []
    """From the smallest counties to the largest; empty where it goes by thousandths."""
    per_thousand: Decimal | None = None
    """How many of a thousand residents …"""
    least: int = 0
    """… but at least so many."""
    small: Annotated[int, Meta(ge=0)] = 0
    """Counties with fewer residents take ``least`` whatever the thousandths say."""
    groups: list[Asked]
    confirm: Sentence = Phrase("")
    """What has to be confirmed with the inspectorate before a sample is drawn; empty: nothing."""
    source: Cited
