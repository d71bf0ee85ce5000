"""Registering an entry (登记)."""

from __future__ import annotations

from datetime import date

from django.db.models import Max

from xianxue.bureau.kinds.ledgers.clock import RECORD
from xianxue.bureau.ledgers.filling import Given
from xianxue.bureau.ledgers.moving import Wanted
from xianxue.bureau.records.entry import Entry, Files
from xianxue.bureau.workflow.subject import Attempt
from xianxue.desk.actions.ledgers.doing import Doing, digest_of, given_of
from xianxue.desk.database.transactions import writing
from xianxue.desk.models.ledger import EntryOnce, LedgerEntry, number_of
from xianxue.desk.workspace import ComplaintsError

_KEY = "key"


class RecordEntry(Doing):
    """Register one entry under the next number of its ledger and year."""

    def __call__(
        self,
        place: str,
        given: Given,
        on: date,
        evidence: Files | None = None,
        key: str = "",
    ) -> LedgerEntry:
        """Register; ComplaintsError where it cannot be, and nothing is written.

        ``key`` is the sender's own: the same one again gives the entry that is there already, so
        that a telephone on a bad line may send as often as it must.
        """
        try:
            return self._record(place, given, on, evidence or {}, key)
        except ComplaintsError as error:
            self.tell_refused(f"{self.ledger.ledger}//{place}", RECORD, error.issues)
            raise

    def _record(self, place: str, given: Given, on: date, evidence: Files, key: str) -> LedgerEntry:
        actor = self.ground.actor(self.actor, place)
        wanted = Wanted(
            attempt=Attempt(RECORD, actor),
            on=on,
            given=given_of(given),
            evidence=evidence,
        )
        sent = digest_of([actor.name, key]) if key else ""
        with writing():
            if sent:
                once = EntryOnce.objects.filter(
                    ledger=self.ledger.ledger, rule=_KEY, value=sent
                ).first()
                if once is not None:
                    return once.entry
            line = self.moving.record(place, wanted)
            if isinstance(line, list):
                raise ComplaintsError(line)
            row = LedgerEntry(
                ledger=self.ledger.ledger,
                year=on.year,
                serial=self._next(on.year),
                place=place,
            )
            number = number_of(row.year, row.serial)
            entry = Entry(ledger=row.ledger, number=number, place=place, history=(line,))
            self.keep(row, entry, line)
            if sent:
                EntryOnce.objects.create(ledger=row.ledger, rule=_KEY, value=sent, entry=row)
        return row

    def _next(self, year: int) -> int:
        """Give the next number; no two registrations run at once."""
        mine = LedgerEntry.objects.filter(ledger=self.ledger.ledger, year=year)
        last: int | None = mine.aggregate(last=Max("serial"))["last"]
        return (last or 0) + 1
