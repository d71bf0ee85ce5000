"""Loading the marks of an examination (载入成绩): whole, or nothing of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from xianxue.bureau.values.record import Record
from xianxue.desk.actions.exams.doing import LOAD, Doing
from xianxue.desk.database.transactions import writing
from xianxue.desk.models.exam import ExamMarks, Sitting
from xianxue.desk.stores.exams.files import MARKS, PUPILS, ExamFiles

Columns = tuple[Mapping[str, Sequence[object]], Mapping[str, str]]


class Table(Record):
    """Marks that were read and are in order, and who the pupils are."""

    marks: Columns
    pupils: Columns
    subjects: Sequence[str]
    files: Sequence[tuple[str, str]]
    """Name and SHA-256 of what was read."""


class LoadMarks(Doing):
    """Load marks under the next number; what is loaded already is not loaded again."""

    def __call__(
        self, files: ExamFiles, sitting: tuple[str, str, str, date], table: Table
    ) -> tuple[ExamMarks, bool]:
        """Write the files, then what refers to them; give the load, and whether it is new.

        ComplaintsError where the actor may not; then nothing has changed.
        """
        exam, period, name, day = sitting
        self.refuse(LOAD, Sitting(exam=exam, period=period, name=name, day=day))
        marks = files.write(MARKS, *table.marks)
        pupils = files.write(PUPILS, *table.pupils)
        with writing():
            held, _ = Sitting.objects.get_or_create(
                exam=exam, period=period, name=name, defaults={"day": day}
            )
            newest = (
                ExamMarks.objects.filter(sitting=held)
                .select_for_update()
                .order_by("-number")
                .first()
            )
            if newest is not None and (newest.marks, newest.pupils) == (marks, pupils):
                return newest, False
            row = ExamMarks.objects.create(
                sitting=held,
                number=newest.number + 1 if newest is not None else 1,
                marks=marks,
                pupils=pupils,
                rows=len(next(iter(table.marks[0].values()))),
                subjects=list(table.subjects),
                files=[list(one) for one in table.files],
                at=self.at,
                by=self.actor.name,
            )
            detail: dict[str, object] = {
                "number": row.number,
                "marks": marks,
                "pupils": pupils,
                "rows": row.rows,
                "files": row.files,
            }
            self.note(LOAD, held.key, detail)
        return row, True
