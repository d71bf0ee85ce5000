"""Unusual values (经验校验): what to ask about, beside last year and beside other schools."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

from xianxue.bureau.kinds.card import Card, Cited
from xianxue.bureau.values.sentence import Sentence


class YearOnYear(Card, frozen=True, kw_only=True):
    """A change against the year before."""

    at_most_percent: Decimal
    """More than so much per cent of last year's value is asked about …"""
    at_least_amount: Decimal
    """… unless the difference is smaller than this, in whole units."""


class Peers(Card, frozen=True, kw_only=True):
    """A distance from other schools of the same kind, by the modified z-score.

    The score is 0.6745 · |x − median| ÷ MAD over the others; MAD is the median of their
    distances from the median.
    """

    modified_z: Decimal
    """A greater score is asked about …"""
    at_least_percent: Decimal
    """… unless it is no further from the median than this, in per cent of it: where the others
    hardly differ, every difference has a great score."""
    group_by: list[Literal["school_type", "size"]]
    at_least: int
    """Other schools in the group; among fewer nothing can be said."""
    size: str = ""
    """``sheet.field`` whose total is a school's size."""
    sizes: list[int] = []
    """Where one size ends and the next begins: [200, 600] makes three."""
    per: str = ""
    """``sheet.field`` whose total the value is divided by; empty for the value as it is."""


class Unusual(Card, frozen=True, kw_only=True):
    """One rule: its fields, and one of three ways of being unusual."""

    unusual: str
    """The id, unique within the form; it becomes the code of the issue."""
    term: Sentence
    """What is looked for, in one Chinese phrase."""
    fields: list[str]
    """``sheet.field`` each, all of one dimension."""
    by: Literal["row", "return"] = "row"
    """Each cell by itself, or the total over the rows of a sheet."""
    change: YearOnYear | None = None
    zero_after: Decimal | None = None
    """A zero is asked about where last year had at least so much, in whole units."""
    peers: Peers | None = None
    do: Sentence
    valid_from: date = msgspec.field(name="from")
    valid_to: date | None = msgspec.field(name="to", default=None)
    source: Cited
