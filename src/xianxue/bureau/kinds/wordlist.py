"""Wordlists: what the auditor knows of the language of reports. A county adds lists of its own."""

from __future__ import annotations

from decimal import Decimal

from xianxue.bureau.kinds.card import Card, Cited
from xianxue.bureau.values.sentence import Phrase, Sentence

WordRole = str
"""What a word does in a sentence; the auditor asks by these names (``up``, ``adverb``)."""


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


class Cue(Card, frozen=True, kw_only=True):
    """Something in a sentence that makes it more, or less, certain that a relation is meant."""

    cue: str
    """Its name in the auditor: a relation begins with its own (``growth``), others are added."""
    odds: Decimal
    """By how much it multiplies the odds that the author meant it."""
    reason: Sentence = Phrase("")
    """Why, in Chinese, as a reader is told; empty where it is not worth telling."""


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
    axes: list[list[str]] = []
    """Each the values of one axis, all of them; the words of a value are joined by «|»."""
    same: list[list[str]] = []
    """Words that mean the same quantity: 在校生, 在校学生."""
    cues: list[Cue] = []
    traditional: list[str] = []
    """Pairs of characters, «萬万»: traditional and simplified."""
    source: Cited
