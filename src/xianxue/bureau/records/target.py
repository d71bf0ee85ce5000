"""A target and what has become of it (年度目标与完成对照)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final, Literal

from xianxue.bureau.kinds.slices import Slice
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.figure import Figure, key_of
from xianxue.bureau.values.exact import Exact, at_least
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import shown_beside
from xianxue.bureau.values.sentence import Sentence, say

_WHOLE: Final = Fraction(100)
"""Per cent: a target that is reached exactly."""

Goal = Literal["at_least", "at_most"]
"""Whether a target is to be reached or not to be exceeded."""


class Origin(StrEnum):
    """Who set a target."""

    HANDED_DOWN = "handed_down"
    OWN = "own"

    @property
    def term(self) -> Sentence:
        """The word for it."""
        return {"handed_down": say("上级下达"), "own": say("本级自定")}[self.value]


class Lamp(StrEnum):
    """How things stand, at a glance."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    GREY = "grey"

    @property
    def term(self) -> Sentence:
        """The word for it."""
        return {
            "green": say("绿灯"),
            "yellow": say("黄灯"),
            "red": say("红灯"),
            "grey": say("未亮灯"),
        }[self.value]


class Target(Record, kw_only=True):
    """What an indicator is to come to for a place in a period.

    Indicator, place, stage, period and slice name it: there is one target in force of each name.
    """

    indicator: str
    place: str
    stage: Stage | None
    period: str
    """Any period's code: a target for a calendar year may speak of an indicator that is counted
    once in a school year."""
    amount: Fraction
    """In the indicator's unit: 98 for 98 per cent."""
    goal: Goal
    origin: Origin
    source: str
    """The document that sets it, as it is cited."""
    revision: int = 1
    """How often it has been set, this time included."""
    slice: Slice | None = None
    """What of it alone is meant beside the stage; None for the whole."""

    @property
    def key(self) -> str:
        """What it is about, in one line.

        >>> Target(indicator="pupils", place="632500", stage=Stage.PRIMARY, period="2025",
        ...     amount=Fraction(1), goal="at_least", origin=Origin.OWN, source="").key
        'pupils/632500/primary/2025'
        """
        return key_of(self.indicator, self.place, self.stage, self.period, self.slice)


class Series(Record):
    """What is known of an indicator: its figure for a period, and those before it."""

    figure: Figure | None = None
    """The figure of the period itself; None where there is none yet."""
    earlier: tuple[Figure, ...] = ()
    """Those of the periods before, oldest first and one period apart."""
    gathers: bool = False
    """Whether it adds up over a period (cumulative to date): then the figure of a period that
    still runs is only a part."""


Method = Literal["counted", "pace", "trend", "unchanged", "none"]
"""How the end of a period is foreseen.

========= ===================================================================================
counted   it is not: the period's own figure is there, and nothing will be added to it
pace      what has come together so far, divided by the share of the period that has passed
trend     the last figure and as many mean yearly changes as years remain
unchanged the last figure, because there is only one
none      nothing is known that could be carried on
========= ===================================================================================
"""


class Forecast(Record):
    """What a period is expected to end with, and how that was worked out."""

    value: Fraction | None
    method: Method
    rests_on: tuple[Figure, ...] = ()
    """The figures carried on, oldest first."""

    @property
    def known(self) -> bool:
        """Whether anything can be said."""
        return self.value is not None


class Attainment(Record, kw_only=True):
    """How far a target has been reached on a day."""

    target: Target
    figure: Figure | None
    """The figure the target is held against; None where there is none yet."""
    completion: Fraction | None
    """完成率, in per cent. None while nothing is counted, and where the target is a limit: how
    far a limit has been undercut is no rate of completion."""
    forecast: Forecast
    lamp: Lamp
    reached: bool | None
    """Exactly; None while nothing is counted."""
    exceeded: bool
    """超额完成: counted, and more than the target exactly; never said of a limit."""
    on: date

    @property
    def value(self) -> Exact | None:
        """What the indicator has come to, in its unit."""
        return None if self.figure is None else self.figure.value

    def rate(self, decimals: int) -> str:
        """Write 完成率 without its sign; empty where there is none.

        It is never rounded up to a target that was not reached, nor down to one that was.
        """
        if self.completion is None:
            return ""
        return shown_beside(self.completion, _WHOLE, decimals, at_least)
