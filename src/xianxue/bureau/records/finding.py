"""A finding: is it enough, by which rule, what is lacking."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import Literal

from xianxue.bureau.law.citation import Citation
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say


class Verdict(StrEnum):
    """The three answers."""

    MET = "met"
    NOT_MET = "not_met"
    UNDETERMINED = "undetermined"

    @property
    def term(self) -> Sentence:
        """The word for it.

        >>> Verdict.NOT_MET.term
        '未达标'
        """
        return {
            "met": say("达标"),
            "not_met": say("未达标"),
            "undetermined": say("无法判定"),
        }[self.value]


class Shortfall(Record):
    """What is missing to pass, or what is too much, in whole things people act on."""

    quantity: int
    """The smallest whole number that passes."""
    unit: str
    noun: str
    """体育艺术教师, 网络多媒体教室 …"""
    surplus: bool = False
    """True where the rule is an upper limit and this many are too many."""


class Improvement(Record):
    """One step on the cheapest way to pass a joint verdict."""

    criterion: str
    term: str
    line: Fraction
    """What it has to reach: its own line, or the share of it that is asked of the others."""
    lacking: Shortfall
    left_below: bool = False
    """Whether it stays below its own line."""


class Finding(Record, kw_only=True):
    """The verdict on one criterion for one place and stage."""

    standard: str
    criterion: str
    term: str
    """The criterion's Chinese name."""
    place: str
    stage: Stage | None
    figure: Figure | None
    """What was judged; None for a joint verdict."""
    shown: str
    """The value as printed beside its threshold: never rounded against the verdict."""
    threshold: Fraction | None
    rule: Literal["at_least", "at_most", "less_than", "combination"]
    """``at_least``, ``at_most``, ``less_than``, or ``combination``."""
    verdict: Verdict
    lacking: Shortfall | None = None
    citation: Citation | None = None
    missing: tuple[str, ...] = ()
    """Codes of the places whose numbers are missing, where it cannot be judged."""
    rests_on: tuple[str, ...] = ()
    """For a joint verdict: the criteria that failed or could not be judged."""
    way: tuple[Improvement, ...] = ()
    """For a joint verdict that failed: the cheapest way to pass; empty where it is not known."""


class Assessment(Record, kw_only=True):
    """A whole standard judged for one period on one day."""

    standard: str
    term: str
    period: str
    on: str
    """The day whose rules were applied, in ISO form."""
    verdict: Verdict
    findings: tuple[Finding, ...]
    spread: tuple[Finding, ...]
    not_counted: tuple[tuple[str, Stage | None, str], ...] = ()
    """Places left out, with stage and the reason in Chinese."""
    doubts: tuple[Citation, ...] = ()
    """The unverified values and definitions that the verdict leans on, each once."""
    local: tuple[Citation, ...] = ()
    """The values of the county's own changes that it was judged by, each once."""
