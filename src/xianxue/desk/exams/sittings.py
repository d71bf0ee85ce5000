"""The examinations a workspace has: found by name, loaded, given lines, released."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from xianxue.bureau.exams.columns import layout
from xianxue.bureau.exams.reading.scores import PUPILS as PUPIL_COLUMNS
from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.exams.examination import Examination
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import joined, say
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.stores import clock
from xianxue.desk.stores.exams.files import ExamFiles
from xianxue.desk.workspace import ComplaintsError, MisusedError, Workspace

if TYPE_CHECKING:
    from xianxue.desk.actions.context import Ground
    from xianxue.desk.exams.tables import Given
    from xianxue.desk.models.exam import (
        ExamLines,
        ExamMarks,
        ExamReferences,
        ExamRelease,
        Sitting,
    )

_LONGEST: Final = 60
"""Letters of a name: the table that keeps it has room for 64."""


class Standing(Record):
    """How a sitting stands now: what was loaded, set and released last."""

    sitting: Sitting
    marks: ExamMarks
    lines: ExamLines | None
    references: ExamReferences | None
    release: ExamRelease | None

    @property
    def released(self) -> bool:
        """Whether the newest release is of what stands now."""
        return self.release is not None and (
            self.release.marks,
            self.release.lines,
            self.release.references,
        ) == (
            self.marks.number,
            self.lines.number if self.lines is not None else 0,
            self.references.number if self.references is not None else 0,
        )


class New(Record):
    """An examination that is to be loaded: what kind, when, and how it is called."""

    card: Examination
    period: str
    name: str
    day: date


def files_of(workspace: Workspace) -> ExamFiles:
    """Give the files of marks."""
    return ExamFiles(workspace.store / "cabinet")


def card_named(workspace: Workspace, name: str) -> Examination:
    """Give the kind of examination with an id or term; MisusedError where there is none."""
    card = card_of_exam(workspace.shelf, name)
    if card is None:
        known = joined(
            "、",
            (
                say("{exam} {term}", exam=one.exam, term=one.term)
                for one in workspace.shelf.examinations.values()
            ),
        )
        raise MisusedError(say("没有考试种类“{name}”；现有：{known}", name=name, known=known))
    return card


def card_of_exam(shelf: Shelf, name: str) -> Examination | None:
    """Give the kind of examination with an id or a term; None where there is none."""
    if name in shelf.examinations:
        return shelf.examinations[name]
    return next((card for card in shelf.examinations.values() if card.term == name), None)


def held_card(workspace: Workspace, standing: Standing) -> Examination:
    """Give the card of a sitting, narrowed to the subjects that were examined."""
    card = card_named(workspace, standing.sitting.exam)
    held = set(standing.marks.subjects)
    subjects = [one for one in card.subjects if one.subject in held]
    return msgspec.structs.replace(card, subjects=subjects)


def read_new(workspace: Workspace, new: New, files: Sequence[Path]) -> Given:
    """Read the tables of an examination; complaints stand in what is given."""
    from xianxue.desk.exams.tables import read_tables  # noqa: PLC0415 - needs what reads workbooks

    check_name(new.name)
    return read_tables(workspace, new.card, files, new.day)


def check_name(name: str) -> None:
    """Refuse a name that no examination can have, before anything is read."""
    name = name.strip()
    if not name or "/" in name or len(name) > _LONGEST:
        message = say("考试的名称“{name}”不能用：1 到 {n} 个字，不含斜杠", name=name, n=_LONGEST)
        raise MisusedError(message)


def who_does(workspace: Workspace, by: str | Actor) -> tuple[Ground, Actor, datetime]:
    """Give what every deed on an examination takes: the ground, who does it, and when."""
    ground = open_ground(workspace)
    from xianxue.desk.accounts.acting import acting  # noqa: PLC0415 - needs Django

    return ground, acting(ground.gate, by), clock.now()


def load(workspace: Workspace, new: New, given: Given, by: str | Actor) -> tuple[ExamMarks, bool]:
    """Load what was read; ComplaintsError where anything of it has to be mended, or may not be."""
    scores = given.scores
    grave = [one for one in scores.issues if one.severity is not Severity.NOTE]
    if grave:
        raise ComplaintsError(scores.issues)
    who = who_does(workspace, by)
    from xianxue.desk.actions.exams.load import LoadMarks, Table  # noqa: PLC0415 - needs Django
    from xianxue.desk.models.exam import Sitting  # noqa: PLC0415 - as above

    earlier = Sitting.objects.filter(exam=new.card.exam, period=new.period, name=new.name).first()
    if earlier is not None and earlier.day != new.day:
        saw = say("“{name}”已经登记在 {day}", name=new.name, day=earlier.day)
        do = say("改正日期，或另起一个名称")
        issue = Issue(
            code="X-DAY", severity=Severity.MUST_FIX, saw=saw, required=say("同一天"), do=do
        )
        raise ComplaintsError([issue])
    card = msgspec.structs.replace(
        new.card,
        subjects=[one for one in new.card.subjects if one.subject in scores.subjects],
    )
    pupil_types = {name: "Int64" if name in {"row", "line"} else "String" for name in PUPIL_COLUMNS}
    table = Table(
        marks=(scores.frame, layout(card)),
        pupils=(scores.pupils, pupil_types),
        subjects=scores.subjects,
        files=given.files,
    )
    return LoadMarks(*who)(
        files_of(workspace), (new.card.exam, new.period, new.name.strip(), new.day), table
    )


def sittings(workspace: Workspace) -> list[Standing]:
    """Give all examinations, in the order of their days."""
    open_ground(workspace)
    from xianxue.desk.models.exam import Sitting  # noqa: PLC0415 - needs Django

    return [standing_of(one) for one in Sitting.objects.order_by("day", "exam", "name")]


def sitting_named(workspace: Workspace, name: str) -> Standing:
    """Give the examination with a key or a name; MisusedError where there is none, or several."""
    held = sittings(workspace)
    found = [one for one in held if name in {one.sitting.key, one.sitting.name}]
    if len(found) == 1:
        return found[0]
    known = joined("、", (one.sitting.key for one in found or held))
    if found:
        message = say(
            "叫“{name}”的考试有 {n} 次，请写全：{known}", name=name, n=len(found), known=known
        )
    elif held:
        message = say("没有考试“{name}”；现有：{known}", name=name, known=known)
    else:
        message = say("还没有载入过考试；用 xianxue exams load 载入成绩表")
    raise MisusedError(message)


def standing_of(sitting: Sitting) -> Standing:
    """Say how a sitting stands."""
    from xianxue.desk.models.exam import (  # noqa: PLC0415 - needs Django set up first
        ExamLines,
        ExamMarks,
        ExamReferences,
        ExamRelease,
    )

    # A sitting is made with its first marks, in one transaction.
    return Standing(
        sitting,
        ExamMarks.objects.filter(sitting=sitting).latest("number"),
        ExamLines.objects.filter(sitting=sitting).order_by("-number").first(),
        ExamReferences.objects.filter(sitting=sitting).order_by("-number").first(),
        ExamRelease.objects.filter(sitting=sitting).order_by("-number").first(),
    )


def as_released(standing: Standing) -> Standing | None:
    """Give a sitting as its newest release has it, whatever was loaded or set since."""
    from xianxue.desk.models.exam import (  # noqa: PLC0415 - needs Django set up first
        ExamLines,
        ExamMarks,
        ExamReferences,
    )

    release = standing.release
    if release is None:
        return None
    mine = {"sitting": standing.sitting}
    return Standing(
        standing.sitting,
        ExamMarks.objects.get(**mine, number=release.marks),
        ExamLines.objects.filter(**mine, number=release.lines).first(),
        ExamReferences.objects.filter(**mine, number=release.references).first(),
        release,
    )
