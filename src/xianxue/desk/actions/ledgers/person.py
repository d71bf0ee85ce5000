"""Giving a person all that ledgers hold about them: who asked for it, why, from which entries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.db.models import Q
from django.db.models.lookups import Exact

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.ledgers.ledger import SUBJECT, Ledger
from xianxue.bureau.ledgers.filling import Filling
from xianxue.bureau.records.entry import Entry
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.complaint import complain
from xianxue.bureau.workflow.subject import Actor, Subject
from xianxue.desk.actions.context import Ground, known_of
from xianxue.desk.actions.ledgers.take_out import UNMASK
from xianxue.desk.database.transactions import writing
from xianxue.desk.ledgers.entries import with_rows
from xianxue.desk.ledgers.json_keys import JsonText
from xianxue.desk.models.journal import Deed, write_down
from xianxue.desk.models.ledger import EntryLine, LedgerEntry
from xianxue.desk.stores.clock import day_of
from xianxue.desk.workspace import ComplaintsError

PERSON: Final = f"{SUBJECT}.person"


class ExportPerson(Record):
    """Gather what is held about one person, by name or number as it was written down."""

    ground: Ground
    actor: Actor
    at: datetime
    why: str

    def __call__(self, said: str) -> list[dict[str, object]]:
        """Give the entries with their histories; ComplaintsError for who may not, or says no why.

        The journal tells which entries were given out, and not whom they name.
        """
        self._refuse()
        found: list[dict[str, object]] = []
        subjects: list[str] = []
        for card in self.ground.shelf.ledgers.values():
            if card.restricted and self.actor.role not in card.restricted:
                continue
            for row, entry in with_rows(_naming(card, said.strip())):
                subjects.append(row.subject)
                found.append(self._told(card, entry))
        with writing():
            write_down(
                Deed(
                    at=self.at,
                    actor=self.actor.name,
                    name=PERSON,
                    subject="person",
                    detail={"entries": subjects, "unmasked": True} | known_of(self.actor),
                    why=self.why,
                )
            )
        return found

    def _refuse(self) -> None:
        county = self.ground.register.county.code
        subject = Subject(SUBJECT, "", county, title=say("台账里的个人信息"))
        may = self.ground.authority.may(self.actor, UNMASK, subject)
        if isinstance(may, Issue):
            raise ComplaintsError([may])
        if not self.why.strip():
            saw, required = say("没有写查看的理由"), say("写明为哪件事要看")
            raise ComplaintsError([complain("F-REASON", subject, saw, required)])

    def _told(self, card: Ledger, entry: Entry) -> dict[str, object]:
        terms = {step.step: step.term for step in card.steps}
        filling = Filling(card, self.ground.shelf.codes, self.ground.register, day_of(self.at))
        return {
            "ledger": card.ledger,
            "entry": entry.number,
            "term": card.term,
            "place": self.ground.name(entry.place),
            "state": card.lifecycle.state_term(entry.state),
            "history": [
                {
                    "step": terms.get(one.step, say("登记")),
                    "on": one.on.isoformat(),
                    "actor": one.actor,
                    "why": one.why,
                    "evidence": list(one.evidence),
                    "fields": {
                        field.term: filling.shown(field, value)
                        for field in card.fields
                        if (value := one.fields.get(field.field)) is not None
                    },
                }
                for one in entry.history
            ],
        }


def _naming(card: Ledger, said: str) -> list[LedgerEntry]:
    """Give the entries of which any line, the present one or not, names a person."""
    asked = list(_questions(card, said))
    if not asked or not said:
        return []
    names = asked[0]
    for one in asked[1:]:
        names |= one
    mine = EntryLine.objects.filter(entry__ledger=card.ledger).filter(names)
    keys = set(mine.values_list("entry", flat=True))
    return list(LedgerEntry.objects.filter(pk__in=keys).order_by("year", "serial"))


def _questions(card: Ledger, said: str) -> Iterator[Q]:
    for field in card.fields:
        if field.personal and field.type == "text":
            yield Q(Exact(JsonText("fields", field.field), said))
