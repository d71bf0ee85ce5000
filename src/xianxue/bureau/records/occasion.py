"""What a document is written about beside the county, and what it is told beside the figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.records.happenings import Happening
from xianxue.bureau.values.record import Record, field

Earlier = Callable[[str, str, Stage | None, str], Figure | None]
"""Gives a figure of an earlier period: indicator, place, stage, ``dimension=code`` or empty."""


def nothing_earlier(_years: int) -> Earlier | None:
    """Know of no earlier period."""
    return None


class Concern(Record, kw_only=True):
    """One place, or one entry of a ledger, that a document is about."""

    place: str
    ledger: str = ""
    """Empty for a place."""
    entry: Happening | None = None
    words: Mapping[str, str] = field(default_factory=dict[str, str])
    """What is known of it beside its fields: ``due``, ``why``, ``state`` …"""


class Owed(Record, kw_only=True):
    """Something that a place has not handed in, or not done yet."""

    place: str
    what: str
    due: date | None
    days_over: int
    """0 where the last day has not passed, or is not set."""
    state: str
    form: str = ""
    """The form that is to be handed in; empty for a matter of a ledger."""


class Bars(Record, kw_only=True):
    """A picture of bars side by side: a group for each thing, a bar for each period."""

    groups: tuple[tuple[Decimal | None, ...], ...]
    """The bars of each group, the earliest first; None where there is no number."""
    labels: tuple[tuple[str, ...], ...]
    """What is written above each of them."""
    high: int
    """In millimetres."""
    wide: int


class Occasion(Record, kw_only=True):
    """What a document is about, and what it may speak of beside the figures of its period."""

    subject: Concern | None = None
    """None for a document about the county."""
    owed: Callable[[], Sequence[Owed]] | None = None
    """Gives what is owed, the soonest first; of the subject's place, where there is one. None where
    nobody knows it."""
    earlier: Callable[[int], Earlier | None] = nothing_earlier
    """Gives the figures of so many years before; None where nothing is held of them."""
    draw: Callable[[Bars], tuple[bytes, tuple[int, int]]] | None = None
    """Draws a picture as PNG, with its points across and down."""


COUNTY_ALONE = Occasion()
"""A document about the county, that is told nothing beside its figures."""
