"""A rubric: a tree of items with points, grades, and what an appraisal by it goes through."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

import msgspec

from xianxue.bureau.kinds.appraisal.curve import NonNegative
from xianxue.bureau.kinds.appraisal.grading import (
    ComparisonGroup,
    Consequence,
    Grading,
    Veto,
    Window,
)
from xianxue.bureau.kinds.appraisal.source_of_points import EvidenceNeed, MarkLevel, PointSource
from xianxue.bureau.kinds.appraisal.together import TogetherRule
from xianxue.bureau.kinds.card import Card, Cited, Where
from xianxue.bureau.values.periods import PeriodKind
from xianxue.bureau.values.sentence import Phrase, Sentence

Judges = Literal["school", "county", "office", "teacher", "cadre", "union"]
"""Who is judged. A union is an alliance, a chain or a group, judged as one."""
NotApplicable = Literal["renormalise", "full", "zero", "issue"]
"""What an item comes to that does not apply: its weight goes to the rest of its branch, it has
full points, none, or somebody has to say."""


class RubricItem(Card, frozen=True, kw_only=True):
    """One item (一级, 二级, 三级指标). A branch has items of its own, a leaf has a source."""

    item: str
    term: Sentence
    number: str = ""
    """As the document numbers it; empty: by its place in the tree."""
    under: str = ""
    """The item it belongs to, where items stand in a plain list as in a workbook."""
    points: Decimal | None = None
    """Full points. A branch may leave them out: they are those of its items."""
    items: list[RubricItem] = []
    gives: PointSource | None = msgspec.field(default=None, name="from")
    not_applicable: NotApplicable | None = None
    """None: as the card says for all."""
    where: Where = {}
    """Whom it is asked of; with others it does not apply."""
    evidence: list[EvidenceNeed] = []
    """Documents that the school hands in for it, whatever its source is."""
    note: Sentence = Phrase("")
    source: Cited | None = None


class Rounding(Card, frozen=True, kw_only=True):
    """The one rounding, at the end."""

    decimals: NonNegative = 2
    how: Literal["half_up", "down"] = "half_up"


class Conflicts(Card, frozen=True, kw_only=True):
    """Who may not judge whom (回避)."""

    own: bool = True
    """The own school."""
    former_years: NonNegative = 0
    """A school one has served in, for so many years after."""
    kin: bool = True
    """Where close kin are, as they have declared."""
    source: Cited | None = None


class Rubric(Card, frozen=True, kw_only=True):
    """One rubric, as it is in force from a day on."""

    rubric: str
    term: Sentence
    of: str = ""
    """What it is one version of; empty: of itself."""
    valid_from: date | None = msgspec.field(default=None, name="from")
    valid_to: date | None = msgspec.field(default=None, name="to")
    judges: Judges
    where: Where = {}
    """Which of them are judged."""
    only_named: bool = False
    """Whether only those are judged who are named when an appraisal begins: no register tells
    which schools are meant."""
    period: PeriodKind = "school_year"
    points: Decimal
    """Full points."""
    most: Decimal | None = None
    """The total with additions, at the most; None: no more than the full points."""
    least: Decimal = Decimal(0)
    items: list[RubricItem]
    levels: list[MarkLevel] = []
    """The levels of all items that have none of their own."""
    not_applicable: NotApplicable = "issue"
    vetoes: list[Veto] = []
    rounding: Rounding = Rounding()
    grading: Grading | None = None
    groups: list[ComparisonGroup] = []
    """Whom is compared with whom; empty: all with all, or by …"""
    group_by: str = ""
    """… an attribute: the unit that a teacher belongs to."""
    together: TogetherRule | None = None
    """How members of a union are put together."""
    conflicts: Conflicts = Conflicts()
    publicity: list[Window] = []
    appeal: list[Window] = []
    answer: list[Window] = []
    consequences: list[Consequence] = []
    note: Sentence = Phrase("")
    source: Cited

    @property
    def series(self) -> str:
        """What all its versions have in common."""
        return self.of or self.rubric
