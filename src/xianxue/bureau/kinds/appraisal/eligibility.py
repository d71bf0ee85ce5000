"""Who may apply: clauses over what the ledgers know of a person, each dated and cited.

A clause's kind is one of a closed set, so that its verdict, its evidence and the first day on
which it will be met can be worked out for everybody:

============  ==================================================================================
kind          met where
============  ==================================================================================
``service``   they have served so long in schools of some sort (乡村或薄弱学校任教经历)
``title``     they have held an earlier title so long, by their degree; years with certain results
              of the annual appraisal are taken off
``results``   each of the last years' appraisals had one of some results
``freeze``    nothing bars them (师德受限)
``hours``     a number of a cycle has been reached (培训学时)
``fact``      something in the register is as it must be (持有教师资格证)
============  ==================================================================================
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from xianxue.bureau.kinds.card import Card, Cited, DatedRule
from xianxue.bureau.values.sentence import Phrase, Sentence

Positive = Annotated[int, Meta(ge=1)]
ClauseKind = Literal["service", "title", "results", "freeze", "hours", "fact"]
CountBy = Literal["school_year", "months", "days"]
"""Whole 学年, whole months, or days: no national text says which, and they differ."""
MonthDay = Annotated[str, Meta(pattern="^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]


class Rung(Card, frozen=True, kw_only=True):
    """How long an earlier title must have been held, with a degree."""

    degrees: list[str]
    titles: list[str]
    """Any one of them is the earlier title."""
    years: Annotated[int, Meta(ge=0)]
    only: Sentence = Phrase("")
    """What else the rung asks for that the register does not tell (博士); empty: nothing."""


class Exemption(Card, frozen=True, kw_only=True):
    """Who need not meet a clause. All that is named must hold."""

    term: Sentence
    age: Positive | None = None
    """Of this age, or older."""
    taught: Positive | None = None
    """At work for so many years."""
    facts: dict[str, list[str]] = {}
    """Field of the register to the values that exempt."""
    source: Cited


class Requirement(DatedRule, frozen=True, kw_only=True):
    """What a clause asks for, from a day on."""

    at_least: Positive | None = None
    """School years, months, days or hours (``service``, ``hours``); the last so many years
    (``results``)."""
    rungs: list[Rung] = []
    """For ``title``: any one that is met is enough."""
    months: Positive | None = None
    """For ``freeze``: how long it holds, where nobody has lifted it earlier."""


class Clause(Card, frozen=True, kw_only=True):
    """One condition."""

    clause: str
    term: Sentence
    kind: ClauseKind
    soft: bool = False
    """原则上: who does not meet it explains why, and is not refused for it alone."""
    rules: list[Requirement]
    """By date; the first that is in force on the day is asked for."""
    where: dict[str, list[str]] = {}
    """For ``service``: what the school must have been like (``setting``: rural, weak)."""
    count_by: CountBy = "months"
    cumulative: bool = True
    """Whether stretches are added up; else the longest without a break counts."""
    interrupted_by: list[str] = []
    """Kinds of absence that are taken off a service."""
    month_of: Positive = 30
    """Days left over from several stretches that make a month more."""
    year_from: MonthDay = "09-01"
    """A school year counts for who was there from this day …"""
    year_until: MonthDay = "07-01"
    """… until this one, in the next year."""
    stated: str = ""
    """The field of the register in which years are stated that no entry tells of."""
    not_counted: list[str] = []
    """For ``title``: results whose years are no years of service in it."""
    results: list[str] = []
    """For ``results``: those that are good enough."""
    field: str = ""
    """For ``hours`` and ``fact``: the field of the register."""
    values: list[str] = []
    """For ``fact``: what it must say, one of them."""
    exempt: list[Exemption] = []
    note: Sentence = Phrase("")

    def rule(self, on: date) -> Requirement | None:
        """Give what is asked for on a day; None where nothing is yet, or any more."""
        return next(
            (
                one
                for one in self.rules
                if one.valid_from <= on and (one.valid_to is None or on <= one.valid_to)
            ),
            None,
        )


class Eligibility(Card, frozen=True, kw_only=True):
    """What somebody must have behind them to apply for a title, an honour or a post."""

    eligibility: str
    term: Sentence
    """What is applied for: 申报高级教师."""
    clauses: list[Clause]
    note: Sentence = Phrase("")
    source: Cited

    def clause(self, name: str) -> Clause | None:
        """Give the clause with an id, or None."""
        return next((one for one in self.clauses if one.clause == name), None)
