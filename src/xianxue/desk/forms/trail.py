"""What has become of a new form so far: who did what, when and why."""

from __future__ import annotations

from datetime import datetime

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence
from xianxue.desk.journal.card_lines import TERMS
from xianxue.desk.models import FormDraft, JournalLine


class Step(Record):
    """One deed on it."""

    at: datetime
    by: str
    term: Sentence
    why: str
    line: int
    """Its number in the journal."""


def trail(row: FormDraft) -> list[Step]:
    """Give the deeds on a draft, oldest first."""
    lines = JournalLine.objects.filter(kind="forms", deed__in=TERMS, detail__draft=row.pk)
    return [
        Step(line.at, line.actor, TERMS[line.deed], line.why, line.number)
        for line in lines.order_by("number")
    ]
