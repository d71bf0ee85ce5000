"""Seeing which pupil a row of marks is of (查看考生): a deed with a reason, and a journal line."""

from __future__ import annotations

from xianxue.bureau.workflow.subject import Subject
from xianxue.desk.actions.exams.doing import EXAMS, PUPILS, Doing, title_of
from xianxue.desk.actions.telling import require_reason
from xianxue.desk.database.transactions import writing
from xianxue.desk.models.exam import Sitting


class SeePupils(Doing):
    """Say who sees the pupils of a school, or of the county, and what for."""

    def __call__(self, sitting: Sitting, place: str = "") -> None:
        """Write the line; ComplaintsError where that may not be, or nobody says what for."""
        self.refuse(PUPILS, sitting, place)
        code = place or self.ground.register.county.code
        subject = Subject(EXAMS, sitting.exam, code, sitting.period, title_of(sitting, self.ground))
        require_reason(subject, self.why.strip())
        with writing():
            self.note(PUPILS, sitting.key, {"of_place": code})
