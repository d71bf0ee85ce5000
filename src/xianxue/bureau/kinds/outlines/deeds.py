"""How documents tell what was done: lists of entries chosen by a rule, points, styles."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from xianxue.bureau.kinds.card import Card, Where
from xianxue.bureau.values.sentence import Sentence


class Order(Card, frozen=True, kw_only=True):
    """One reason why an entry is named before another; what lacks the field comes last."""

    by: str
    """A field of the ledger: an amount (the larger first) or a date (the later first) …"""
    ranks: list[str] = []
    """… or a code, with its values from the one named first; a value not listed comes behind."""


class Deed(Card, frozen=True, kw_only=True):
    """A list of what was done, each an entry of a ledger: «A、B、C等8项».

    Entries that are said in the same words are named once, with how many they are. What is not
    named is counted behind 等; of a list that is whole no number is said.
    """

    deed: str
    """Its name in braces."""
    term: str
    """What the list is of, for the note that explains the choice."""
    of: str
    """``ledger.count``: the entries are those that the count counts in the period."""
    where: Where = {}
    """What else is asked of them, as in counts."""
    order: list[Order]
    """Which come first, the weightiest reason first; of equals the one registered first."""
    first: Annotated[int, Meta(ge=1)] = 5
    """So many are named."""
    said: str
    """How an entry is said: a template of the ledger's fields, with ``place`` for whose it is. An
    entry that lacks a field outside square brackets is counted and not named."""
    measure: str = "项"
    """The word behind numbers of entries."""
    again: str = ""
    """The word behind the number of entries that are said in the same words; empty: the same."""
    some: str = "主要有"
    """What stands in front of a list of which not all is named …"""
    all: str = "有"
    """… and in front of one that is whole."""


class Point(Card, frozen=True, kw_only=True):
    """One point of a section.

    Each sentence of it is written only if all that it names outside square brackets has something
    to say; of a point without such a sentence nothing is written.
    """

    lead: str
    """What it is about, in a few characters."""
    text: str


class Style(Card, frozen=True, kw_only=True):
    """One way to set points."""

    style: str
    term: Sentence
    leads: Literal["class", "ordinal", "none"]
    """``class``: a paragraph a point, which begins with what it is about; ``ordinal``: a paragraph
    a section, 一是…二是…; ``none``: a paragraph a section, of sentences alone."""
    headlines: bool = False
    """Whether headings say what was achieved instead of naming the field of work."""
