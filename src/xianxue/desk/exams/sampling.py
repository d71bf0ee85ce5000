"""Samplings of fitness and arts: sample sheets scored by norms, schools ranked with intervals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import msgspec

from xianxue.bureau.exams.analysis import Analysis, analyse
from xianxue.bureau.exams.columns import CLASS, ROW, SCHOOL, STEPS, layout
from xianxue.bureau.exams.levels import Level, level_of, levels_on
from xianxue.bureau.exams.reading.sampled import Pupil, Scorer
from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.exams.examination import Examination
from xianxue.bureau.kinds.exams.sampling import Norms, Scoring
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.exams.shown import Shown, shown_of
from xianxue.desk.exams.tables import Given, read_tables
from xianxue.desk.stores.engines import POLARS
from xianxue.desk.stores.table_files import frame_of
from xianxue.desk.workspace import MisusedError, Workspace


class How(Record):
    """How a sampling is scored."""

    norms: Norms
    scoring: Scoring
    exam: Examination


class One(Record, kw_only=True):
    """A sampled pupil with the grade; who it is, only as a number of the table."""

    id: str
    school: str
    in_class: str
    pupil: Pupil
    level: Level | None
    """None where there is no score."""


class Sample(Record, kw_only=True):
    """A sample as it was read and scored; nothing but complaints where any has to be mended."""

    how: How
    given: Given
    issues: Sequence[Issue]
    pupils: Sequence[One] = ()
    analysis: Analysis | None = None

    @property
    def shown(self) -> Shown | None:
        """Which schools are shown."""
        return shown_of(self.analysis) if self.analysis is not None else None

    @property
    def levels(self) -> Mapping[str, int]:
        """How many pupils have each level, by its code."""
        return Counter(one.level.mark for one in self.pupils if one.level is not None)


def how_named(workspace: Workspace, name: str) -> How:
    """Give the norms with an id, or a scoring that asks for none; MisusedError without."""
    shelf = workspace.shelf
    norms = shelf.norms.get(name)
    if norms is None and name in shelf.scorings and needs_none(shelf.scorings[name]):
        scoring = shelf.scorings[name]
        norms = Norms(norms=name, term=scoring.term, scoring=name, source=scoring.source)
    if norms is None:
        known = [*shelf.norms, *(one for one, card in shelf.scorings.items() if needs_none(card))]
        message = say("没有评分表“{name}”；现有：{known}", name=name, known=joined("、", known))
        if name in shelf.scorings:
            do = say("“{name}”要有评分表：在县里的规则目录写一张 norms 卡片", name=name)
            message = say("{do}；现有：{known}", do=do, known=joined("、", known))
        raise MisusedError(message)
    scoring = shelf.scorings[norms.scoring]
    return How(norms, scoring, shelf.examinations[scoring.exam])


def needs_none(scoring: Scoring) -> bool:
    """Whether all that is measured is judged in points already."""
    return all(one.full for one in scoring.items)


def read_sample(workspace: Workspace, how: How, files: Sequence[Path], day: date) -> Sample:
    """Read and score sample sheets in one pass; every complaint, or every pupil."""
    scorer = Scorer(how.scoring, how.norms, how.exam, workspace.shelf.codes)
    given = read_tables(workspace, how.exam, files, day, scorer.tab)
    issues = [*scorer.issues.found, *given.scores.issues]
    # Whoever loads what was given asks its complaints alone.
    given.scores.issues[:] = issues
    if any(one.severity is not Severity.NOTE for one in issues):
        return Sample(how=how, given=given, issues=issues)
    held = set(given.scores.subjects)
    subjects = [one for one in how.exam.subjects if one.subject in held]
    card = msgspec.structs.replace(how.exam, subjects=subjects)
    frame = frame_of(given.scores.frame, layout(card)).lazy()
    analysis = analyse(POLARS, card, workspace.shelf.schemes, frame, on=day)
    pupils = list(_pupils(given, scorer.pupils, levels_on(card, day), card))
    return Sample(how=how, given=given, issues=issues, pupils=pupils, analysis=analysis)


def _pupils(
    given: Given, scored: Sequence[Pupil], levels: Sequence[Level], card: Examination
) -> Sequence[One]:
    frame, who = given.scores.frame, given.scores.pupils
    by_place = {(one.tab.file, one.tab.tab, one.row + 1): one for one in scored}
    (full,) = [one.full for one in card.subjects if one.counts]
    found: list[One] = []
    for row in range(len(frame[ROW])):
        place = (str(who["file"][row]), str(who["sheet"][row]), int(str(who["line"][row])))
        pupil = by_place[place]
        score = pupil.score
        found.append(
            One(
                id=str(who["id"][row] or who["student_number"][row] or ""),
                school=str(frame[SCHOOL][row]),
                in_class=str(frame[CLASS][row]),
                pupil=pupil,
                level=None if score is None else level_of(levels, full, int(score * STEPS)),
            )
        )
    return found
