"""Outlines: how a document says what the figures and findings are; profiles: how it looks."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from xianxue.bureau.kinds.card import Card, Cited
from xianxue.bureau.places.stages import Stage


class Column(Card, frozen=True, kw_only=True):
    """One column of a table: its header and what stands in it."""

    term: str
    value: str
    """A text with claims in braces, as in a paragraph."""


class Table(Card, frozen=True, kw_only=True):
    """A table, one row for each item of ``rows``, with a header row that repeats on each page."""

    term: str
    """The caption."""
    rows: Literal["stages", "schools", "townships", "findings", "spread", "items"]
    columns: list[Column]
    stages: list[Stage] = []
    """For ``stages`` and ``schools``: the only stages shown."""
    items: list[dict[str, str]] = []
    """For ``items``: one mapping a row, whose values the columns name in braces."""
    standard: str = ""
    """For ``findings`` and ``spread``: the standard whose findings are shown."""


class Block(Card, frozen=True, kw_only=True):
    """One piece of a document; exactly one of heading, text, table or each is given."""

    heading: str = ""
    level: Literal[1, 2, 3, 4] = 1
    """一、 （一） 1. （1）; the number itself is computed."""
    text: str = ""
    """A paragraph. ``{pupils/primary}`` is a claim on a figure; the grammar is in the report room."""
    table: Table | None = None
    each: Literal["unmet", "unmet_spread", "undetermined", "unverified"] | None = None
    """The text (``say``) is written once for each such finding."""
    say: str = ""
    standard: str = ""
    """For ``each``: the standard whose findings are gone through; empty for all judged."""
    when: Literal["", "any_unmet", "none_unmet", "any_undetermined", "any_unverified"] = ""
    """Written only if the findings of ``standard`` are so."""


class Outline(Card, frozen=True, kw_only=True):
    """A document that is written once a year or once an assessment."""

    outline: str
    term: str
    title: str
    addressee: str = ""
    """主送机关; empty for none."""
    standards: list[str] = []
    """The standards judged for it."""
    blocks: list[Block]
    signature: str = ""
    source: Cited


class Profile(Card, frozen=True, kw_only=True):
    """The layout of official documents; a county varies it by a card of its own.

    Lengths in millimetres, sizes and line pitch in points.
    """

    profile: str
    term: str
    page_width: Decimal
    page_height: Decimal
    margin_top: Decimal
    margin_left: Decimal
    type_width: Decimal
    type_height: Decimal
    lines_per_page: int
    characters_per_line: int
    line_pitch: Decimal
    body_size: Decimal
    title_size: Decimal
    page_number_size: Decimal
    table_size: Decimal
    body_fonts: list[str]
    """East Asian fonts in order of preference; the first is named in the file, the others are
    its declared fallbacks."""
    title_fonts: list[str]
    heading1_fonts: list[str]
    heading2_fonts: list[str]
    latin_font: str
    page_number_fonts: list[str]
    source: Cited
