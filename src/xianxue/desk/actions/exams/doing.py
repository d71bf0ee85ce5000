"""What every deed on an examination stands on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.workflow.permission import Allowed
from xianxue.bureau.workflow.subject import Actor, Done, Subject
from xianxue.desk.actions.context import Ground, granted
from xianxue.desk.actions.telling import tell_of
from xianxue.desk.models.exam import Sitting

EXAMS: Final = "exams"
LOAD: Final = f"{EXAMS}.load"
LINES: Final = f"{EXAMS}.lines"
REFER: Final = f"{EXAMS}.refer"
RELEASE: Final = f"{EXAMS}.release"
VIEW: Final = f"{EXAMS}.view"
PUPILS: Final = f"{EXAMS}.pupils"


class Doing(Record):
    """Who does something to an examination, when and why."""

    ground: Ground
    actor: Actor
    at: datetime
    why: str = ""

    def refuse(
        self,
        deed: str,
        sitting: Sitting,
        place: str = "",
        *,
        done: Sequence[Done] = (),
        override: str | None = None,
    ) -> Allowed:
        """Ask the policy; ComplaintsError where it refuses. ``place``: the county where empty."""
        code = place or self.ground.register.county.code
        subject = Subject(EXAMS, sitting.exam, code, sitting.period, title_of(sitting, self.ground))
        return granted(
            self.ground.authority.may(self.actor, deed, subject, done=done, override=override)
        )

    def note(self, deed: str, subject: str, detail: dict[str, object]) -> None:
        """Write the journal's line; within the transaction of the deed."""
        tell_of(self, deed, subject, detail, self.why)


def title_of(sitting: Sitting, ground: Ground) -> Sentence:
    """Name an examination as people do."""
    card = ground.shelf.examinations.get(sitting.exam)
    term = card.term if card is not None else sitting.exam
    return say("{term}“{name}”", term=term, name=sitting.name)
