"""What a ledger counts: entries, amounts, things told apart; and rates of two counts."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from xianxue.bureau.kinds.card import Card, Cited, DatedValue, Where
from xianxue.bureau.kinds.ledgers.clock import Light
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.sentence import Phrase, Sentence


class Count(Card, frozen=True, kw_only=True):
    """One count. Entries are counted unless ``sum`` or ``distinct`` says otherwise.

    A *flow* counts what happened in a period (``by``); a *stock* what is there on its last day
    (``since``, ``until``).
    """

    count: str
    """The id, unique within the ledger; elsewhere it is written ``ledger.count``."""
    term: Sentence
    unit: str = "item"
    measure: Sentence = Phrase("")
    """What stands behind the number instead of the unit's own word: 处, 件, 人次."""
    sum: str = ""
    """The integer or measure field whose amounts are added."""
    distinct: str = ""
    """The field (or ``place``) whose different values are counted: persons rather than times."""
    where: Where = {}
    """Fields, ``state``, and what is worked out of an entry: ``done``, ``open``, ``overdue``,
    ``reopened`` (how often), ``judged.CLOCK`` (whether the clock was met or is over),
    ``kept.CLOCK`` (yes where it was met in time)."""
    by: str = ""
    """A flow: the date field, ``recorded``, or ``entered.STATE`` (the day it last came there)."""
    since: str = ""
    """A stock: the date field, or ``recorded``, from which an entry is there …"""
    until: str = ""
    """… and the date field, or ``entered.STATE``, from which it is there no more; empty: always."""
    slices: list[str] = []
    """The code fields by which it is told apart."""


class Rate(Card, frozen=True, kw_only=True):
    """Two counts of the ledger as a share, or a count over an indicator's figure (the roster)."""

    rate: str
    term: Sentence
    of: str
    """The count above the line."""
    base: str = ""
    """The count below it …"""
    base_indicator: str = ""
    """… or the indicator whose figure is below it: teachers by the returns, pupils of a stage."""
    base_stage: Stage | None = None
    """The stage of that figure, where the indicator is told by stages."""
    target: list[DatedValue] = []
    """What it has to reach, as a percentage, by date."""


class Weight(Card, frozen=True, kw_only=True):
    """One reason for concern."""

    when: Where
    points: Annotated[int, Meta(ge=1)]
    why: Sentence


class Level(Card, frozen=True, kw_only=True):
    """From how many points on a level of risk is reached."""

    at_least: Annotated[int, Meta(ge=1)]
    term: Sentence
    light: Light


class Risk(Card, frozen=True, kw_only=True):
    """A list of entries by weighted reasons, the reasons shown."""

    risk: str
    term: Sentence
    weights: list[Weight]
    levels: list[Level]
    source: Cited
