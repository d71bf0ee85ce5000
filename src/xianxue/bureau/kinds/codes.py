"""Lists of codes, and how shared facilities are divided among stages."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from xianxue.bureau.kinds.card import Card, Cited, DatedRule
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.sentence import Sentence


class Code(Card, frozen=True, kw_only=True):
    """One code of a list."""

    code: str
    term: Sentence
    """The official Chinese term, shown in drop-downs and reports."""
    stage: Stage | None = None
    """For grades and the like: the stage a row with this code belongs to."""
    stages: list[Stage] = []
    """For 办学类型: the stages a school of this type has."""
    next: str = ""
    """For grades: the code that a class of this one has in the following school year.

    Empty where the class has left by then; the code itself where it stays what it is."""
    also: list[str] = []
    """Other words for it in lists that people keep: 初中 for 初级中学. Read, never written."""
    places: list[str] = []
    """For groups of schools (教联体, 片区): the codes of the schools that belong."""
    note: str = ""

    def is_of(self, stages: Sequence[Stage]) -> bool:
        """Whether it is of one of these stages, as a grade is, or a type of school."""
        return any(stage in stages for stage in (self.stage, *self.stages))


class CodeList(Card, frozen=True, kw_only=True):
    """A list of codes (办学类型, 年级 …)."""

    codes: str
    """The id."""
    term: Sentence
    entries: list[Code]
    source: Cited

    def entry(self, code: str) -> Code | None:
        """Give the entry with a code, or None."""
        return next((entry for entry in self.entries if entry.code == code), None)

    def by_term(self, term: str) -> Code | None:
        """Give the entry with an official term, or None."""
        return next((entry for entry in self.entries if entry.term == term), None)

    def offered(self, stages: Sequence[Stage]) -> list[Code]:
        """Give the entries a place of these stages may choose from, those of its stages first.

        Those of other stages are left out: a primary school cannot choose a grade of secondary
        school by mistake. Without stages all are given, as they stand.
        """
        entries = [
            entry
            for entry in self.entries
            if entry.stage is None or not stages or entry.stage in stages
        ]
        # Stable: within both halves the list's own order stays.
        return sorted(entries, key=lambda entry: not entry.is_of(stages))


class SplitValue(DatedRule, frozen=True, kw_only=True):
    """The weights of one school type's stages, with the days they hold."""

    school_type: str
    weights: dict[Stage, Decimal]


class Split(Card, frozen=True, kw_only=True):
    """How what a school's stages share is divided: by pupils times weight.

    A stage's part of a total ``T`` is ``T · n_s·w_s / Σ n_k·w_k``.
    """

    split: str
    """The id."""
    term: Sentence
    values: list[SplitValue]
