"""Standards: what is enough, by which rule, on which day."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from xianxue.bureau.kinds.card import Card, Cited, DatedRule, DatedValue, Needed, Where
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.sentence import Sentence


class Exclusion(DatedRule, frozen=True, kw_only=True):
    """School-stages that do not count, with the days the exclusion holds."""

    school_types: list[str]
    pupils_below: int | None = None
    """Only those with fewer pupils; None for all of these types."""
    term: Sentence


class Population(Card, frozen=True, kw_only=True):
    """Which school-stages a standard looks at."""

    population: str
    term: Sentence
    stages: list[Stage]
    pupils: str
    """The ``sheet.field`` whose sum over a school's rows is its number of pupils."""
    exclude: list[Exclusion]
    source: Cited


Per = Literal["school_stage", "school", "county_stage", "county"]


class Lacking(Card, frozen=True, kw_only=True):
    """How a shortfall is said in things people act on."""

    noun: Sentence
    """体育艺术教师, 网络多媒体教室 …"""
    unit: str
    """The unit of the numerator: whole ones of it are counted."""
    adds_to: Literal["numerator", "denominator"] = "numerator"
    """Which side of the ratio one more of them adds to.

    ``denominator`` is for an upper limit that is kept by having more, not fewer: 每名教师的幼儿数
    at most 15 lacks teachers. Then ``unit`` is the denominator's.
    """
    problem: str = ""
    """The headline of what is wrong, 部分班级超过规定班额; empty for «noun不足»."""
    fails: str = ""
    """The word before the number of those that fail, 超标; empty for 缺."""
    measure: str = ""
    """What is to be done to that many, 安排补训的专任教师, with the number behind it or at ``{n}``:
    推动{n}学校实现信息化; empty for 增加 and the noun."""
    open: str = ""
    """For the county as a whole, what is still to be done: 尚有{n}学校未实现信息化; empty for 尚缺
    and the noun."""


Theme = Literal["staff", "conditions", "sizes", "rates"]
"""What a criterion is about: teachers, rooms and money, how large schools are, or a rate."""


class Criterion(Card, frozen=True, kw_only=True):
    """One line that is held against a figure."""

    criterion: str
    term: Sentence
    indicator: str
    """An indicator or a choice."""
    per: Per
    rule: Literal["at_least", "at_most", "less_than"]
    lacking: Lacking | None = None
    theme: Theme = "rates"
    """Under which heading of 存在问题 and 下一步 it stands; limits on 差异系数 have their own."""
    values: list[DatedValue]
    where: Where = {}
    """Only places with these attributes are judged; empty for all."""


class Combination(DatedRule, frozen=True, kw_only=True):
    """How a school-stage passes: so many criteria met, the rest not far below."""

    criterion: str
    """The id under which the joint verdict is reported."""
    term: Sentence
    need: int
    of: list[str]
    others_reach: Decimal
    """The share of its threshold that every other criterion must reach."""


class Standard(Card, frozen=True, kw_only=True):
    """A standard that a county is held against."""

    standard: str
    term: Sentence
    criteria: list[Criterion]
    combine: list[Combination] = []
    """Where it stands, school-stages are judged by it and not by each criterion alone."""
    spread: list[Criterion] = []
    """Limits on 差异系数, judged one by one, never averaged."""
    population: str = ""
    period: Needed = Needed()
    """The kind of period whose figures are judged."""
    source: Cited
    note: str = ""
