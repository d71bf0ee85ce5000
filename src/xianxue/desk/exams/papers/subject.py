"""An examination that is written about, worked out whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from xianxue.bureau.exams.analysis import Analysis
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.exams.papers.tables import Words
from xianxue.desk.exams.results import results_of
from xianxue.desk.exams.shown import Shown, shown_of
from xianxue.desk.exams.sittings import Standing
from xianxue.desk.exams.unions import Union, as_schools, unions_of
from xianxue.desk.exams.written import terms_of
from xianxue.desk.workspace import Workspace

_LISTS: Final = ("exam_subjects", "exam_tracks", "exam_lines")
Terms = dict[str, Sentence]


class Subject(Record):
    """An examination that is written about, with everything that was worked out."""

    workspace: Workspace
    standing: Standing
    analysis: Analysis
    shown: Shown
    words: Words
    on: date
    unions: Sequence[Union]
    """Schools that are judged as one."""

    @property
    def state(self) -> Sentence:
        """Say which release it tells, or that it is none."""
        if self.standing.release is not None and self.standing.released:
            return say("成绩发布第 {n} 号", n=self.standing.release.number)
        return say("未发布，数据为暂行数")

    @property
    def title(self) -> Sentence:
        """Name the examination."""
        card = self.analysis.card
        return say("{term}“{name}”", term=card.term, name=self.standing.sitting.name)


def subject_of(workspace: Workspace, standing: Standing, on: date) -> Subject:
    """Work an examination out for documents."""
    analysis = results_of(workspace, standing)
    day = standing.sitting.day
    schools = {place.code: place.name_on(day) for place in workspace.register}
    words = Words(*_terms(workspace), schools)
    unions = unions_of(workspace, standing, analysis)
    shown = shown_of(analysis, as_schools(unions))
    return Subject(workspace, standing, analysis, shown, words, on, unions)


def _terms(workspace: Workspace) -> tuple[Terms, Terms, Terms]:
    subjects, tracks, lines = (terms_of(workspace.shelf, [one]) for one in _LISTS)
    return subjects, tracks, lines
