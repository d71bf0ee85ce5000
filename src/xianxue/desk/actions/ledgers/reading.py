"""Reading what is personal or restricted: each reading is a line of the journal.

As with returns, the journal's own line is the permission to see what is personal for some minutes.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from xianxue.bureau.kinds.ledgers.ledger import SUBJECT
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import Subject
from xianxue.desk.actions.context import granted
from xianxue.desk.actions.ledgers.doing import Doing
from xianxue.desk.actions.telling import require_reason, tell_of
from xianxue.desk.database.transactions import writing
from xianxue.desk.models.journal import JournalLine
from xianxue.desk.models.ledger import LedgerEntry

VIEWED: Final = f"{SUBJECT}.view"
UNMASKED: Final = f"{SUBJECT}.unmask"
_UNTIL: Final = "uncovered_until"


class UnmaskEntry(Doing):
    """Uncover the personal data of one entry for whoever asks, and for nobody else."""

    def __call__(self, row: LedgerEntry, why: str) -> datetime:
        """Write the line and say until when; ComplaintsError where nobody says what for."""
        title = say("{ledger}{number}号", ledger=self.ledger.term, number=row.number)
        subject = Subject(SUBJECT, row.ledger, row.place, title=title)
        granted(self.ground.authority.may(self.actor, UNMASKED, subject))
        said = why.strip()
        require_reason(subject, said)
        until = self.at + self.ground.uncovered_for
        with writing():
            tell_of(self, UNMASKED, row.subject, {_UNTIL: until.isoformat()}, said)
        return until


def uncovered_until(name: str, row: LedgerEntry, at: datetime) -> datetime | None:
    """Say until when somebody sees an entry uncovered; None where it is covered."""
    lines = JournalLine.objects.filter(deed=UNMASKED, subject=row.subject, actor=name)
    line = lines.order_by("-number").first()
    if line is None:
        return None
    until = datetime.fromisoformat(line.detail[_UNTIL])
    # A clock set back must not lengthen what was given for some minutes.
    return until if line.at <= at < until else None


class ReadRestricted(Doing):
    """Write down that somebody reads a restricted ledger, or one entry of it."""

    def __call__(self, row: LedgerEntry | None = None) -> None:
        """Write the line; what is read again within a quarter of an hour is one reading."""
        if not self.ledger.restricted:
            return
        subject = self.ledger.ledger if row is None else row.subject
        since = self.at - self.ground.uncovered_for
        read = JournalLine.objects.filter(
            deed=VIEWED, subject=subject, actor=self.actor.name, at__gte=since, at__lte=self.at
        )
        if read.exists():
            return
        with writing():
            tell_of(self, VIEWED, subject, {})
