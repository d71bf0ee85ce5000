"""Giving a person all that ledgers hold about them: who asked for it, why, from which entries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from xianxue.bureau.kinds.ledgers.ledger import SUBJECT
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.complaint import complain
from xianxue.bureau.workflow.subject import Actor, Subject
from xianxue.desk.actions.context import Ground, granted
from xianxue.desk.actions.ledgers.take_out import UNMASK
from xianxue.desk.actions.telling import tell_of
from xianxue.desk.database.transactions import writing
from xianxue.desk.workspace import ComplaintsError

PERSON: Final = f"{SUBJECT}.person"


class ExportPerson(Record):
    """Somebody gives out what is held about one person."""

    ground: Ground
    actor: Actor
    at: datetime
    why: str

    def refuse(self) -> None:
        """Refuse, before anything is read, who may not, or does not say what for."""
        county = self.ground.register.county.code
        subject = Subject(SUBJECT, "", county, title=say("台账里的个人信息"))
        granted(self.ground.authority.may(self.actor, UNMASK, subject))
        if not self.why.strip():
            saw, required = say("没有写查看的理由"), say("写明为哪件事要看")
            raise ComplaintsError([complain("F-REASON", subject, saw, required)])

    def __call__(self, subjects: Sequence[str]) -> None:
        """Write down which entries were given out, and not whom they name."""
        with writing():
            tell_of(self, PERSON, "person", {"entries": list(subjects), "unmasked": True}, self.why)
