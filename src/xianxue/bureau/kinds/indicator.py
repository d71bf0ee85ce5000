"""Indicators: a closed set of kinds, so that units, traces and explanations can be derived."""

from __future__ import annotations

from typing import Final, Literal

from xianxue.bureau.kinds.card import Bound, Card, Cited, DatedValue, Needed, Where
from xianxue.bureau.kinds.derived import (
    Break,
    Compared,
    Cumulated,
    IndexOf,
    RankOf,
    TopOf,
)
from xianxue.bureau.kinds.term import Term
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.sentence import Phrase, Sentence

Level = Literal["school_stage", "school", "township", "county"]
"""``school_stage``: each stage of each school by itself. ``school``: the school as one.

An indicator with ``stages`` is figured separately for each of them at every level; one without
is figured once for each place.
"""


Kind = Literal[
    "count",
    "sum",
    "ratio",
    "share",
    "spread",
    "change",
    "growth",
    "average_growth",
    "rank",
    "index",
    "top_share",
    "cumulative",
]
"""A closed set: units can be checked, traces and explanations derived, engines compared."""

COMPARING: Final[frozenset[Kind]] = frozenset({"change", "growth", "average_growth"})
DERIVED: Final[frozenset[Kind]] = frozenset(
    {"change", "growth", "average_growth", "rank", "index", "top_share", "cumulative"}
)
"""Kinds that are made of finished figures, with exact numbers and without the engine."""


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

    ============== =============================================================
    kind           parts
    ============== =============================================================
    count          ``of``: how many rows or places
    sum            ``of``: how much
    ratio          ``numerator`` ÷ ``denominator``
    share          ``share_of``: places meeting a line ÷ places
    spread         ``spread_of``: 差异系数 of a ratio between school-stages, weighted
                   by its denominator
    change         ``compared``: 增减量, in the same unit (shares: in percentage points)
    growth         ``compared``: 增长率, in per cent of the other period
    average_growth ``compared``: 年均增长率, geometric, over the periods between
    rank           ``rank_of``: the place among a group
    index          ``index_of``: 综合指数, components weighted
    top_share      ``top_of``: what the largest n have of the whole
    cumulative     ``cumulative_of``: added up from the start of the year to now
    ============== =============================================================

    Those from ``change`` on are made of finished figures, those above of rows and places.
    """

    indicator: str
    term: Sentence
    kind: Kind
    of: Sum | None = None
    numerator: Sum | None = None
    denominator: Sum | None = None
    share_of: ShareOf | None = None
    spread_of: str = ""
    compared: Compared | None = None
    rank_of: RankOf | None = None
    index_of: IndexOf | None = None
    top_of: TopOf | None = None
    cumulative_of: Cumulated | None = None
    breaks: list[Break] = []
    """The days from which it means something else."""
    lines: dict[str, list[DatedValue]] = {}
    """Dated, cited numbers that ``where`` conditions, ``meets`` and components of an index name."""
    unit: str
    show: Show
    direction: Literal["higher_is_better", "lower_is_better", "neutral"] = "neutral"
    levels: list[Level]
    stages: list[Stage] = []
    period: Needed = Needed()
    """Which kind of period it is figured for."""
    slices: list[str] = []
    """The dimensions it is figured by beside its stages, each value of each by itself: a slice
    column of its tables, an attribute of schools, or a list of groups (``slices.py``)."""
    whole: bool = True
    """Whether the whole is a figure too; false where it means nothing (人次 over subjects)."""
    population: str = ""
    """The id of a population card: only school-stages that count there are figured."""
    split: str = ""
    """The id of a split card: the numerator is shared by a school's stages and divided so."""
    synonyms: list[str] = []
    note: Sentence = Phrase("")
    source: Cited

    @property
    def derived(self) -> bool:
        """Whether it is made of finished figures."""
        return self.kind in DERIVED

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The indicators it is made of, in the order of the card; none for counts, sums, ratios."""
        if self.index_of is not None:
            return tuple(part.indicator for part in self.index_of.parts)
        parts = (
            self.share_of,
            self.compared,
            self.rank_of,
            self.top_of,
            self.cumulative_of,
        )
        named = [part.indicator for part in parts if part is not None]
        return tuple([self.spread_of] if self.spread_of else named)


class Choice(Card, frozen=True, kw_only=True):
    """One name for several published formulas; a county chooses in its settings."""

    choice: str
    term: Sentence
    options: list[str]
    """Ids of indicators; the first is the default."""
    source: Cited
