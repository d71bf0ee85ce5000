"""Who the pupils of an examination are: asked with a reason, and written into the journal."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.exams.columns import CLASS, ROW, SCHOOL, TOTAL, TRACK, mark_of, why_of
from xianxue.bureau.exams.counting import rows_of
from xianxue.bureau.values.record import Record
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.exams.results import results_of
from xianxue.desk.exams.sittings import Standing, who_does
from xianxue.desk.exams.who import who_of
from xianxue.desk.workspace import Workspace

_WHO: Final = ("id", "student_number", "name")


class Pupil(Record):
    """One pupil with the marks; all marks in hundredths of a point."""

    id: str
    student_number: str
    name: str
    school: str
    in_class: str
    track: str
    total: int | None
    marks: dict[str, tuple[int | None, int]]
    """Subject to mark, and why there is none."""


def pupils_of(
    workspace: Workspace, standing: Standing, school: str, by: str | Actor, why: str
) -> list[Pupil]:
    """Give the pupils of a school, or of the county where none is named, in the table's order.

    ComplaintsError where the actor may not, or nobody says what for.
    """
    who_asks = who_does(workspace, by)
    from xianxue.desk.actions.exams.see_pupils import SeePupils  # noqa: PLC0415 - needs Django

    SeePupils(*who_asks, why)(standing.sitting, school)
    analysis = results_of(workspace, standing)
    who = {row[ROW]: [str(row[name]) for name in _WHO] for row in who_of(workspace, standing)}
    subjects = [one.subject for one in analysis.card.subjects]
    return [
        Pupil(
            *who[row[ROW]],
            school=row[SCHOOL],
            in_class=row[CLASS],
            track=row[TRACK],
            total=row[TOTAL],
            marks={one: (row[mark_of(one)], row[why_of(one)]) for one in subjects},
        )
        for row in sorted(rows_of(analysis.pupils), key=lambda one: one[ROW])
        if not school or row[SCHOOL] == school
    ]
