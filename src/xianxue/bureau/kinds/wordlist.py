"""Wordlists: what the auditor knows of the language of reports. A county adds lists of its own."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from xianxue.bureau.kinds.card import Card, Cited

WordRole = Literal[
    "name",
    "up",
    "down",
    "level",
    "excess",
    "gap",
    "before_about",
    "before_under",
    "before_over",
    "after_about",
    "after_under",
    "after_over",
    "part",
    "total",
    "outside",
    "whole_scope",
    "crosscut",
    "restrictor",
    "excluding",
]
"""What a word does in a sentence."""


class UnitWords(Card, frozen=True, kw_only=True):
    """Words for one unit."""

    words: list[str]
    dimension: str
    """Only numbers of one dimension are added or compared."""
    scale: Decimal = Decimal(1)
    """How many of the dimension's basic unit one of these is: 万元 needs none, 公顷 is 10000."""
    whole: bool = False
    """Whether what is counted cannot be halved: 人, 所."""


class Composition(Card, frozen=True, kw_only=True):
    """A whole and the parts that make it up, where they are all named."""

    whole: list[str]
    """Words for the whole; any of them."""
    parts: list[list[str]]
    """For each part, words for it."""


class Wordlist(Card, frozen=True, kw_only=True):
    """Some of the words; all lists together make the lexicon."""

    wordlist: str
    """The id."""
    term: str
    words: dict[WordRole, list[str]] = {}
    units: list[UnitWords] = []
    compositions: list[Composition] = []
    opposites: list[list[str]] = []
    """Words of which a thing can be one only: 公办, 民办."""
    same: list[list[str]] = []
    """Words that mean the same quantity: 在校生, 在校学生."""
    traditional: list[str] = []
    """Pairs of characters, «萬万»: traditional and simplified."""
    source: Cited
