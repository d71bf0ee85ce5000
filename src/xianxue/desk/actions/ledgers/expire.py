"""Destroying what closed entries say of persons, once the card's time is over (到期销毁)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import Actor, Subject
from xianxue.desk.actions.context import Ground, known_of
from xianxue.desk.database.transactions import writing
from xianxue.desk.database.vendors import vendor
from xianxue.desk.models import JournalLine, PersonalValue
from xianxue.desk.models.journal import Deed, write_down
from xianxue.desk.models.ledger import EntryLine, EntryOnce, LedgerEntry
from xianxue.desk.models.personal import DIGEST, EXPIRY, GONE
from xianxue.desk.stores.clock import day_of
from xianxue.desk.workspace import ComplaintsError


def due_entries(card: Ledger, at: datetime) -> list[LedgerEntry]:
    """Give the closed entries of a ledger whose time is over and that still name somebody."""
    kept, names = card.retention, names_of(card)
    if kept is None or not names:
        return []
    rows = LedgerEntry.objects.filter(ledger=card.ledger, open=False).order_by("pk")
    return [
        row
        for row in rows.iterator()
        if kept.over(row.changed) <= day_of(at)
        and any(row.fields.get(name) not in {None, GONE} for name in names)
    ]


def names_of(card: Ledger) -> frozenset[str]:
    """Give the fields that say who somebody is.

    Codes and yes or no stay: without name and number they are nobody's, and old counts hold.
    """
    return frozenset(one.field for one in card.fields if one.personal and one.type == "text")


class ExpireEntries(Record):
    """Take names, numbers and addresses out of rows, lines and what lies beside the journal."""

    ground: Ground
    actor: Actor
    at: datetime
    why: str = ""

    def __call__(self) -> dict[str, int]:
        """Destroy what is due; give for each ledger how many values, those without left out."""
        county = self.ground.register.county
        subject = Subject("journal", "", county.code, title=say("{name}日志", name=county.name))
        issue = self.ground.authority.may(self.actor, EXPIRY, subject)
        if isinstance(issue, Issue):
            raise ComplaintsError([issue])
        done: dict[str, int] = {}
        with writing():
            for card in self.ground.shelf.ledgers.values():
                rows = due_entries(card, self.at)
                if not rows:
                    continue
                digests = [digest for row in rows for digest in _take_out(row, names_of(card))]
                PersonalValue.objects.filter(digest__in=digests).delete()
                write_down(
                    Deed(
                        at=self.at,
                        actor=self.actor.name,
                        name=EXPIRY,
                        subject=card.ledger,
                        detail={"digests": digests, "entries": len(rows)} | known_of(self.actor),
                        why=self.why,
                    )
                )
                done[card.ledger] = len(digests)
        vendor().scrub([PersonalValue, LedgerEntry, EntryLine])
        return done


def _take_out(row: LedgerEntry, names: frozenset[str]) -> Sequence[str]:
    """Take out what one entry says of persons; give the digests that the journal has of it."""
    for line in EntryLine.objects.filter(entry=row):
        line.fields = _without(line.fields, names)
        line.save(update_fields=["fields"])
    row.fields = _without(row.fields, names)
    row.save(update_fields=["fields"])
    # A digest without salt of a number that is known to be one can be found by trying.
    for once in EntryOnce.objects.filter(entry=row):
        if names & set(once.rule.split(",")):
            once.delete()
    return list(_digests(row, names))


def _without(fields: dict[str, Any], names: frozenset[str]) -> dict[str, Any]:
    return {
        name: GONE if name in names and said is not None else said for name, said in fields.items()
    }


def _digests(row: LedgerEntry, names: frozenset[str]) -> Iterator[str]:
    for line in JournalLine.objects.filter(subject=row.subject).order_by("number"):
        for name, said in line.detail.get("fields", {}).items():
            if name in names and isinstance(said, dict):
                yield str(said[DIGEST])
