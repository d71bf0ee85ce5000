"""Grades: lines from which a grade is reached, quotas that it never exceeds, and vetoes."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

from xianxue.bureau.kinds.appraisal.curve import NonNegative
from xianxue.bureau.kinds.appraisal.source_of_points import PointSource
from xianxue.bureau.kinds.card import Card, Cited, DatedRule, DatedValue, Where
from xianxue.bureau.values.sentence import Phrase, Sentence


class GradeLine(Card, frozen=True, kw_only=True):
    """A grade, and the total from which it is reached.

    Lower bounds only, so that no total lies between two grades, or in both.
    """

    grade: str
    term: Sentence
    at_least: Decimal | None = None
    """None in the last grade; and where only quotas tell grades apart."""
    at_most: Decimal | None = None
    """Refused at the door, which says what gap or overlap it would make."""
    items: dict[str, Decimal] = {}
    """Items that have to reach so many per cent of their points, too."""


class GradeQuota(Card, frozen=True, kw_only=True):
    """How many may have a grade, of those who are compared. It is never exceeded."""

    grade: str
    share: list[DatedValue]
    """Per cent, by date; ``when`` looks at the group: ``unit_standing`` is ``honoured`` where the
    unit may have more, ``censured`` where it has fewer."""
    rounding: Literal["down", "half_up"] = "down"
    """What becomes of a fraction: «不超过» allows none that is rounded up."""
    of: Literal["group", "all"] = "group"
    with_better: bool = False
    """Whether better grades count in (优秀和良好合计不超过 70%)."""


class Grading(Card, frozen=True, kw_only=True):
    """How totals come to grades: by lines, by quotas, or by both."""

    grades: list[GradeLine]
    """The best first."""
    quotas: list[GradeQuota] = []
    ties: list[str] = []
    """Items by which those are told apart who share the last place of a quota, the most telling
    first; who are still alike have no part of it, and the place stays empty."""
    decides: Literal["exact", "rounded"] = "exact"
    """Which total is held against the lines: as it is, or as it is rounded and published."""
    note: Sentence = Phrase("")
    source: Cited

    @property
    def order(self) -> dict[str, int]:
        """Grades to their places, the best 0."""
        return {one.grade: at for at, one in enumerate(self.grades)}

    def grade(self, name: str) -> GradeLine | None:
        """Give a grade by its id, or None."""
        return next((one for one in self.grades if one.grade == name), None)


class Veto(Card, frozen=True, kw_only=True):
    """一票否决: what caps the grade, whatever the total; the total stays as it is."""

    veto: str
    term: Sentence
    caps: str
    """The best grade that is still possible."""
    gives: PointSource | None = msgspec.field(default=None, name="from")
    """A ledger's count, a criterion or a document that says so; None: somebody records it."""
    more_than: NonNegative = 0
    """Of a count: from one more than so many on."""
    needs_document: bool = True
    source: Cited | None = None


class ComparisonGroup(Card, frozen=True, kw_only=True):
    """Those who are compared with each other: 城区初中, 农村小学. The first that fits is taken."""

    group: str
    term: Sentence
    where: Where = {}


class Window(DatedRule, frozen=True, kw_only=True):
    """So many days, by date and document: for publicity, an appeal, an answer."""

    days: NonNegative
    by: Literal["working", "calendar"]


ConsequenceKind = Literal["reward", "mend", "freeze", "circular", "proposal"]
"""Money; an order to mend; no honours for a time; a 通报; anything else that is proposed."""


class Consequence(Card, frozen=True, kw_only=True):
    """What follows from a grade. It is proposed; somebody decides it."""

    consequence: str
    term: Sentence
    kind: ConsequenceKind
    grades: list[str] = []
    """Of which grades; none: of whatever grade, where results that repeat lead on."""
    amount: Decimal | None = None
    """Yuan."""
    line: Sentence = Phrase("")
    """The budget line it is paid from."""
    within: list[Window] = []
    """The deadline of an order to mend; of a circular the time to answer before it is issued."""
    ledger: str = ""
    """The ledger that an order to mend is recorded in."""
    says: dict[str, str] = {}
    """What its entry says in fields that the ledger's own ``orders`` leaves, or says otherwise."""
    escalation: str = ""
    """The card by which results of several years lead on."""
    months: NonNegative = 0
    """For how long honours are frozen."""
    note: Sentence = Phrase("")
    source: Cited | None = None
