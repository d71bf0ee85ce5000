"""What rules ask of schools that are planned (规划指标): places, ground, classes, staff, distance.

One card holds what one city or the country asks. Cards of a city say for which areas they hold;
where several might hold, or where a rule leaves something open, somebody chooses.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from xianxue.bureau.kinds.card import Card, Cited, DatedRule, DatedValue
from xianxue.bureau.values.sentence import Phrase, Sentence

Positive = Annotated[int, Meta(ge=1)]
Norm = Literal[
    "places_per_thousand",
    "residents_per_school",
    "classes_per_school",
    "radius",
    "ground",
    "building",
    "class_size",
    "pupils_per_staff",
    "attrition",
    "building_price",
    "low_grade_minutes",
    "walking_pace",
    "road_factor",
    "small_group",
    "rotation_years_here",
    "rotation_years_left",
]
"""Places for each 1,000 residents (千人指标); residents for whom there is one school, and its
classes; metres of the service radius; ㎡ of ground and of building a pupil; pupils a class; pupils
for each member of the staff (编制标准); per cent of the staff who leave in a year before retiring;
yuan for each ㎡ built; minutes that the way of the lower grades may take; metres a minute; by how
much a road is longer than the line a bird flies; fewer pupils than this are not told by number;
full years at one school before a teacher is moved (交流轮岗); nobody is moved who retires within so
many years."""

Step = Literal[
    "plan_filed", "argument", "hearing", "notice", "county_decision", "province_approval"
]
"""What has to be documented before a school is closed."""


class ClosingRule(DatedRule, frozen=True, kw_only=True):
    """What the closing of a school takes."""

    requires: list[Step]


class NormValue(DatedValue, frozen=True, kw_only=True):
    """One value of a norm; it may hold only for schools of so many classes."""

    norm: Norm
    least: Positive | None = None
    """Classes from which it holds; None: from the first …"""
    most: Positive | None = None
    """… to so many, which are included. What lies between two values is filled in by nobody."""


class Retiring(DatedRule, frozen=True, kw_only=True):
    """When people of a sex retire, and how the age rises with the month of birth."""

    sex: Literal["male", "female"]
    age: Positive
    """Years."""
    rises_from: date | None = None
    """Who was born in this month or later retires later than that: by a month …"""
    each_months: Positive = 1
    """… for each so many months of birth that have begun …"""
    most_months: Annotated[int, Meta(ge=0)] = 0
    """… by so many months at most."""


Counting = Literal["together", "each"]
"""Parts of a person are added up first, or made whole school by school."""


class PlanningNorms(Card, frozen=True, kw_only=True):
    """What one set of rules asks for."""

    planning: str
    term: Sentence
    for_areas: list[str] = []
    """How the codes of the counties begin for which it is meant; none: the whole country."""
    values: list[NormValue]
    retiring: list[Retiring] = []
    closing: list[ClosingRule] = []
    staff_counted: Counting | None = None
    """How the staff of several schools is counted; None: this card does not say."""
    note: Sentence = Phrase("")
    source: Cited
