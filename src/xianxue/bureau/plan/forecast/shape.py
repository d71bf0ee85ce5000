"""What a forecast is asked and what it answers: areas, steps from grade to grade, the past."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

from xianxue.bureau.values.record import Record, field

By = Mapping[int, int]
"""A year to whole persons; a year that is not there is not known, and never nothing."""


class Climb(Record, kw_only=True):
    """How a grade is reached: from births some years ago, or from the grade before."""

    grade: str
    """A code of the list of grades (``G1``)."""
    stage: str
    after: str = ""
    """The grade from which it is reached a year later; empty for one that is entered by birth."""
    births: tuple[tuple[int, Fraction], ...] = ()
    """How many years ago a calendar year of births lies, and which part of it enters."""
    enters: bool = False
    """Whether pupils change school for it: then it may be reached from another area's pupils."""


class Area(Record, kw_only=True):
    """A place whose pupils are counted; those in which no other lies have pupils of their own."""

    code: str
    level: str
    """``school``, ``township`` or ``county``."""
    within: str = ""
    """The area in which it lies; empty for the whole."""
    sources: Mapping[str, str] = field(default_factory=dict[str, str])
    """Grade to the area from whose births, or pupils a grade below, its entrants come; what is not
    named comes from the area itself."""


class Past(Record, kw_only=True):
    """What was counted: births by calendar year, pupils by the school year's first year."""

    births: Mapping[str, By]
    """Area to births."""
    pupils: Mapping[str, Mapping[str, By]]
    """Area without others in it, then grade, to pupils."""
    odd: frozenset[int] = frozenset()
    """Years marked as out of line (a break in the series): no ratio rests on them."""


class Arrival(Record, kw_only=True):
    """Pupils that a dated project brings or takes away, beyond what the past tells."""

    area: str
    year: int
    """The school year's first year in which they are first there."""
    pupils: Mapping[str, Fraction]
    """Grade to pupils; negative for those who leave. They go on from grade to grade as others."""
    why: str


class Rules(Record, kw_only=True):
    """How it is foreseen; every number of it stands on a card."""

    steps: tuple[Climb, ...]
    window: int
    """So many of the latest usable years make the mean ratio."""
    shrink: int
    """In pupils: a place with as many rests half on its own ratio, half on that above it."""
    years: int
    """At most so many past years are drawn from."""
    least: int
    """Fewer past years than this make no band."""
    simulations: int
    band: tuple[int, int]
    """Per cent of the simulations below the low and below the high end."""
    trend: int
    """The linear trend it is held against goes through so many latest years."""


class Foreseen(Record, kw_only=True):
    """What is foreseen for one area, stage and year; supposed, never counted."""

    area: str
    stage: str
    year: int
    """The school year's first year."""
    middle: float | None
    """Persons; None where something it rests on is not known."""
    low: float | None = None
    high: float | None = None
    """The band's ends; None where there are too few past years for a band."""
    grades: Mapping[str, float] = field(default_factory=dict[str, float])
    """The middle by grade."""
    carried: bool = False
    """Whether it rests on births that nobody has counted yet, carried on at the last count."""


Rival = Literal["method", "unchanged", "trend"]


class Error(Record, kw_only=True):
    """How far a forecast was from what came, so many years ahead."""

    ahead: int
    cases: int
    """How many pairs of a start and a target were compared."""
    method: Fraction | None
    """The mean absolute error of cohort survival, per cent of what came …"""
    unchanged: Fraction | None
    """… of «as many as in the last year» …"""
    trend: Fraction | None
    """… and of a straight line through the latest years; None where it could not be drawn."""
    within: Fraction | None = None
    """Per cent of the cases that lay within the band."""

    @property
    def beats(self) -> bool | None:
        """Whether the method was nearer than «unchanged»; None where nothing was compared."""
        if self.method is None or self.unchanged is None:
            return None
        return self.method < self.unchanged


class Lookback(Record, kw_only=True):
    """What the method would have said earlier, of one area and stage."""

    area: str
    stage: str
    errors: tuple[Error, ...]
    misses: tuple[Miss, ...] = ()
    """Every single comparison, for whoever wants to see."""
    odd: tuple[int, ...] = ()
    """Marked years: left out of the errors."""


class Miss(Record, kw_only=True):
    """One comparison: said in one year of another, and what came."""

    start: int
    year: int
    said: float
    came: int
    odd: bool = False
    """Whether the year is marked, so that it does not count."""

    @property
    def per_cent(self) -> float:
        """How far off, in per cent of what came; above nothing where too many were foreseen."""
        return 100 * (self.said - self.came) / self.came
