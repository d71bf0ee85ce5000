"""Indicators: a closed set of kinds, so that units, traces and explanations can be derived."""

from __future__ import annotations

from typing import Literal

from xianxue.bureau.kinds.card import Bound, Card, Cited, DatedValue, Needed, Where
from xianxue.bureau.kinds.form import Term
from xianxue.bureau.places.stages import Stage

Level = Literal["school_stage", "school", "township", "county"]
"""``school_stage``: each stage of each school by itself. ``school``: the school as one.

An indicator with ``stages`` is figured separately for each of them at every level; one without
is figured once for each place.
"""


class Sum(Card, frozen=True, kw_only=True):
    """Terms added up; a bare text is a ``sheet.field``."""

    sum: list[str | Term]


class Show(Card, frozen=True, kw_only=True):
    """How a value is written: decimals, rounded half up."""

    decimals: int
    rounding: Literal["half_up"] = "half_up"
    form: Literal["plain", "one_to_n"] = "plain"
    """``one_to_n`` writes 1:13.52 (师幼比)."""


class ShareOf(Card, frozen=True, kw_only=True):
    """A share of places: those whose own figure meets a line."""

    indicator: str
    """A ratio figured for each school."""
    meets: Bound
    """With the name of a line in ``lines``."""
    where: Where = {}
    """Which places are looked at; columns are the place's attributes and fields of record sheets
    (``sheet.field``)."""


class Indicator(Card, frozen=True, kw_only=True):
    """One indicator.

    ====== =====================================================================
    kind   parts
    ====== =====================================================================
    count  ``of``: how many rows or places
    sum    ``of``: how much
    ratio  ``numerator`` ÷ ``denominator``
    share  ``share_of``: places meeting a line ÷ places
    spread ``spread_of``: 差异系数 of a ratio between school-stages, weighted by its denominator
    ====== =====================================================================
    """

    indicator: str
    term: str
    kind: Literal["count", "sum", "ratio", "share", "spread"]
    of: Sum | None = None
    numerator: Sum | None = None
    denominator: Sum | None = None
    share_of: ShareOf | None = None
    spread_of: str = ""
    lines: dict[str, list[DatedValue]] = {}
    """Dated, cited numbers that ``where`` conditions and ``meets`` name."""
    unit: str
    show: Show
    direction: Literal["higher_is_better", "lower_is_better", "neutral"] = "neutral"
    levels: list[Level]
    stages: list[Stage] = []
    period: Needed = Needed()
    """Which kind of period it is figured for."""
    population: str = ""
    """The id of a population card: only school-stages that count there are figured."""
    split: str = ""
    """The id of a split card: the numerator is shared by a school's stages and divided so."""
    synonyms: list[str] = []
    note: str = ""
    source: Cited


class Choice(Card, frozen=True, kw_only=True):
    """One name for several published formulas; a county chooses in its settings."""

    choice: str
    term: str
    options: list[str]
    """Ids of indicators; the first is the default."""
    source: Cited
