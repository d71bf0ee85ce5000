"""Taking a ledger out as a workbook: who took how many entries of it, covered or not."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.kinds.ledgers.ledger import SUBJECT
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.complaint import complain
from xianxue.bureau.workflow.subject import Subject
from xianxue.desk.actions.context import granted
from xianxue.desk.actions.ledgers.doing import Doing
from xianxue.desk.actions.telling import tell_of
from xianxue.desk.database.transactions import writing
from xianxue.desk.workspace import ComplaintsError

UNMASK: Final = f"{SUBJECT}.unmask"


class TakeOut(Doing):
    """Write down that entries were taken out."""

    def refuse(self, why: str, *, unmasked: bool) -> None:
        """Refuse, before anything is written, who may not see it, or does not say what for."""
        county = self.ground.register.county.code
        subject = Subject(SUBJECT, self.ledger.ledger, county, title=self.ledger.term)
        deed = UNMASK if unmasked else f"{SUBJECT}.view"
        granted(self.ground.authority.may(self.actor, deed, subject))
        if unmasked and not why.strip():
            saw, required = say("没有写查看的理由"), say("写明为哪件事要看")
            raise ComplaintsError([complain("F-REASON", subject, saw, required)])

    def __call__(self, entries: int, of: int, told: str, why: str, *, unmasked: bool) -> None:
        """Write the line."""
        detail: dict[str, object] = {"entries": entries, "of": of, "filter": told}
        if unmasked:
            detail["unmasked"] = True
        with writing():
            tell_of(self, f"{SUBJECT}.export", self.ledger.ledger, detail, why)
