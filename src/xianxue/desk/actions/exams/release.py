"""Releasing the results of an examination (发布成绩): by another than who loaded and set alone."""

from __future__ import annotations

from collections.abc import Mapping

from xianxue.bureau.workflow.subject import Done, people
from xianxue.desk.actions.exams.doing import LINES, LOAD, RELEASE, Doing
from xianxue.desk.actions.telling import set_aside
from xianxue.desk.database.transactions import writing
from xianxue.desk.models.exam import ExamLines, ExamMarks, ExamReferences, ExamRelease, Sitting


class ReleaseSitting(Doing):
    """Give what stands now the next number; earlier releases stay as they are."""

    override: str | None = None
    """Why it is released although somebody else should release it (例外办理)."""

    def __call__(
        self,
        sitting: Sitting,
        marks: ExamMarks,
        lines: ExamLines | None,
        references: ExamReferences | None,
        figures: Mapping[str, object],
    ) -> tuple[ExamRelease, bool]:
        """Release; give the release, and whether it is a new one.

        ComplaintsError where the actor may not, or not alone.
        """
        done = [Done(LOAD, people(marks.by))]
        if lines is not None:
            done.append(Done(LINES, people(lines.by)))
        allowed = self.refuse(RELEASE, sitting, done=done, override=self.override)
        stand = {
            "marks": marks.number,
            "lines": lines.number if lines is not None else 0,
            "references": references.number if references is not None else 0,
        }
        with writing():
            held = ExamRelease.objects.filter(sitting=sitting).select_for_update()
            newest = held.order_by("-number").first()
            same = newest is not None and all(
                getattr(newest, name) == number for name, number in stand.items()
            )
            if newest is not None and same:
                return newest, False
            row = ExamRelease.objects.create(
                sitting=sitting,
                number=newest.number + 1 if newest is not None else 1,
                figures=dict(figures),
                at=self.at,
                by=self.actor.name,
                why=self.why,
                **stand,
            )
            detail: dict[str, object] = {"number": row.number, **stand}
            self.note(RELEASE, str(row), detail | set_aside(allowed))
        return row, True
