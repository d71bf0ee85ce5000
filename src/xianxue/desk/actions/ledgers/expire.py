"""Destroying what closed entries say of persons, once the card's time is over (到期销毁)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.values.record import Record
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.context import Ground
from xianxue.desk.actions.expiring import asked_to_expire
from xianxue.desk.actions.ledgers.alike import chunks
from xianxue.desk.actions.ledgers.files import FOLDER, held
from xianxue.desk.actions.telling import tell_of
from xianxue.desk.database.transactions import writing
from xianxue.desk.database.vendors import vendor
from xianxue.desk.models import JournalLine, PersonalValue
from xianxue.desk.models.ledger import EntryLine, EntryOnce, Evidence, LedgerEntry
from xianxue.desk.models.personal import DIGEST, EXPIRY, GONE
from xianxue.desk.stores.clock import day_of
from xianxue.desk.stores.scans import ScanFiles


def due_entries(card: Ledger, at: datetime) -> list[LedgerEntry]:
    """Give the closed entries of a ledger whose time is over and that still name somebody."""
    kept, names = card.retention, names_of(card)
    if kept is None:
        return []
    rows = LedgerEntry.objects.filter(ledger=card.ledger, open=False).order_by("pk")
    over = [row for row in rows.iterator() if kept.over(row.changed) <= day_of(at)]
    with_files = _with_files(over)
    return [
        row
        for row in over
        if row.pk in with_files or any(row.fields.get(name) not in {None, GONE} for name in names)
    ]


def _with_files(rows: Sequence[LedgerEntry]) -> set[int]:
    """Give the keys of the entries that hold files still."""
    found: set[int] = set()
    for some in chunks(rows):
        lines = EntryLine.objects.filter(entry__in=some).exclude(evidence=[])
        found.update(line.entry_id for line in lines if _files_of(line))
    return found


def _files_of(line: EntryLine) -> list[str]:
    return [digest for digest in line.evidence if line.names.get(digest) != GONE]


def names_of(card: Ledger) -> frozenset[str]:
    """Give the fields that say who somebody is.

    Codes and yes or no stay: without name and number they are nobody's, and old counts hold.
    """
    return frozenset(one.field for one in card.fields if one.personal and one.type == "text")


class ExpireEntries(Record):
    """Take names, numbers and addresses out of rows, lines and what lies beside the journal.

    The files that came with an entry go too, where no other entry holds them: a photograph or a
    certificate says more of a person than any field.
    """

    ground: Ground
    cabinet: Path
    actor: Actor
    at: datetime
    why: str = ""

    def __call__(self) -> dict[str, int]:
        """Destroy what is due; give for each ledger how many values, those without left out."""
        asked_to_expire(self.ground, self.actor)
        done: dict[str, int] = {}
        gone: set[str] = set()
        with writing():
            for card in self.ground.shelf.ledgers.values():
                rows = due_entries(card, self.at)
                if not rows:
                    continue
                names = names_of(card)
                let_go = {digest for row in rows for digest in _let_go(row)}
                digests = [digest for row in rows for digest in _take_out(row, names)]
                PersonalValue.objects.filter(digest__in=digests).delete()
                files = let_go - held(let_go)
                Evidence.objects.filter(digest__in=files).delete()
                gone |= files
                tell_of(
                    self,
                    EXPIRY,
                    card.ledger,
                    {
                        "digests": digests,
                        "entries": len(rows),
                        "files": sorted(files),
                    },
                    self.why,
                )
                done[card.ledger] = len(digests)
        vendor().scrub([PersonalValue, LedgerEntry, EntryLine])
        ScanFiles(self.cabinet, FOLDER).destroy(gone)
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


def _let_go(row: LedgerEntry) -> Sequence[str]:
    """Take the names of files out of the lines of an entry; give the files' digests."""
    found: list[str] = []
    for line in EntryLine.objects.filter(entry=row).exclude(evidence=[]):
        found += _files_of(line)
        line.names = dict.fromkeys(line.evidence, GONE)
        line.save(update_fields=["names"])
    return found


def _without(fields: dict[str, Any], names: frozenset[str]) -> dict[str, Any]:
    return {
        name: GONE if name in names and said is not None else said for name, said in fields.items()
    }


def _digests(row: LedgerEntry, names: frozenset[str]) -> Iterator[str]:
    for line in JournalLine.objects.filter(subject=row.subject).order_by("number"):
        for name, said in line.detail.get("fields", {}).items():
            if name in names and isinstance(said, dict):
                yield str(said[DIGEST])
        for said in line.detail.get("names", {}).values():
            if isinstance(said, dict):
                yield str(said[DIGEST])
