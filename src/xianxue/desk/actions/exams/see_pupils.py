"""Seeing which pupil a row of marks is of (查看考生): a deed with a reason, and a journal line."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.complaint import complain
from xianxue.bureau.workflow.subject import Subject
from xianxue.desk.actions.exams.doing import EXAMS, PUPILS, Doing, title_of
from xianxue.desk.database.transactions import writing
from xianxue.desk.models.exam import Sitting
from xianxue.desk.workspace import ComplaintsError

_LONGEST: Final = 500
"""Characters of a reason: it is read in a journal, a line each."""


class SeePupils(Doing):
    """Say who sees the pupils of a school, or of the county, and what for."""

    def __call__(self, sitting: Sitting, place: str = "") -> None:
        """Write the line; ComplaintsError where that may not be, or nobody says what for."""
        self.refuse(PUPILS, sitting, place)
        code = place or self.ground.register.county.code
        said = self.why.strip()
        subject = Subject(EXAMS, sitting.exam, code, sitting.period, title_of(sitting, self.ground))
        if not said:
            saw, required = say("没有写查看的理由"), say("写明为哪件事要看")
            raise ComplaintsError([complain("F-REASON", subject, saw, required)])
        if len(said) > _LONGEST:
            saw = say("理由写了 {n} 个字", n=len(said))
            required = say("不超过 {n} 个字", n=_LONGEST)
            raise ComplaintsError([complain("F-REASON", subject, saw, required)])
        with writing():
            self.note(PUPILS, sitting.key, {"of_place": code})
