"""What was judged before by the very same figure and facts, so that it need not be judged again.

A verdict follows from the card, the day, the figure and what is known of the place. One school's
correction changes those of one school and of the county; a county judges thousands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xianxue.bureau.assessment.counted import Case
from xianxue.bureau.assessment.judge import FigureOf
from xianxue.bureau.assessment.question import Question
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.facts import PlaceFacts
from xianxue.bureau.records.finding import Assessment, Finding
from xianxue.bureau.values.record import Record


class Before(Record):
    """An assessment, and the facts it was made with."""

    assessment: Assessment
    facts: Sequence[PlaceFacts]


_Key = tuple[str, str, Stage | None]
"""Criterion, place and stage."""


class Known(Record):
    """The findings that may be taken over, by criterion, place and stage."""

    findings: Mapping[_Key, Finding]
    kept: set[int]
    """The identities of findings that were taken over."""

    @classmethod
    def of(cls, before: Before | None, facts: Sequence[PlaceFacts]) -> Known:
        """Gather the findings on places of which the very same is known."""
        if before is None:
            return cls({}, set())
        now = {one.place: one for one in facts}
        same = {one.place for one in before.facts if now.get(one.place) is one}
        told = (*before.assessment.findings, *before.assessment.spread)
        found = {(one.criterion, one.place, one.stage): one for one in told if one.place in same}
        return cls(found, set())

    def judged(self, question: Question, case: Case, figure_of: FigureOf) -> Finding | None:
        """Give the finding on a case that rests on the figure there is now; None for none."""
        place = case.member.facts.place
        found = self.findings.get((question.criterion.criterion, place, case.stage))
        if found is None or found.rule == "combination":
            return None
        # The very same object: figures that were made again are others, whatever they say.
        if figure_of(question.indicator.indicator, place, case.stage) is not found.figure:
            return None
        self.kept.add(id(found))
        return found

    def joined(self, criterion: str, findings: Mapping[str, Finding]) -> Finding | None:
        """Give the joint finding on a case all of whose findings were taken over."""
        if not findings or any(id(one) not in self.kept for one in findings.values()):
            return None
        some = next(iter(findings.values()))
        return self.findings.get((criterion, some.place, some.stage))
