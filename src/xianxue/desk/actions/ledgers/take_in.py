"""Taking in many entries at once from a workbook: all of it, or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from django.db.models import Max

from xianxue.bureau.ledgers.apart import kept_apart
from xianxue.bureau.ledgers.lines import Line
from xianxue.bureau.records.entry import Entry, Happened
from xianxue.bureau.values.record import Record, field
from xianxue.desk.actions.ledgers.alike import BATCH
from xianxue.desk.actions.ledgers.doing import columns_of, digest_of
from xianxue.desk.actions.ledgers.planning import Planning
from xianxue.desk.database.transactions import writing
from xianxue.desk.models.journal import many_lines
from xianxue.desk.models.ledger import EntryClock, EntryLine, EntryOnce, LedgerEntry
from xianxue.desk.models.rows import Rows
from xianxue.desk.workspace import ComplaintsError

_ROWS: Final = Rows(LedgerEntry)


class Taken(Record, kw_only=True):
    """What a workbook comes to."""

    added: list[str] = field(default_factory=list[str])
    """The numbers that new entries were given; before they are written, one text for each."""
    changed: list[str] = field(default_factory=list[str])
    unchanged: list[str] = field(default_factory=list[str])
    """The numbers of the entries that say so already."""


class TakeIn(Planning):
    """Register the lines that are new, and put right those that are there already."""

    def __call__(self, lines: Sequence[Line], *, write: bool = True) -> Taken:
        """Take lines in; ComplaintsError with everything that is amiss, and nothing is written.

        A line without a number that says what an entry's registration says is that entry: the
        same file again adds nothing. Without ``write`` it is only told what would come of it.
        """
        with writing(), many_lines():
            plan = self.plan(lines)
            if plan.issues:
                raise ComplaintsError(plan.issues)
            told = Taken(
                added=["" for _ in plan.new],
                changed=[row.number for row, _, _ in plan.corrected],
                unchanged=plan.unchanged,
            )
            if not write:
                return told
            for row, entry, line in plan.corrected:
                self.keep(row, entry, line)
            added = self.register_all([(line.place, (happened,)) for line, happened in plan.new])
        return Taken(added=added, changed=told.changed, unchanged=told.unchanged)

    def register_all(self, new: Sequence[tuple[str, tuple[Happened, ...]]]) -> list[str]:
        """Keep new entries, each of a place and with its history; give their numbers in order."""
        serials = self._serials(history[0].on for _, history in new)
        lines: list[tuple[LedgerEntry, EntryLine]] = []
        once: list[EntryOnce] = []
        clocks: list[EntryClock] = []
        for place, history in new:
            year, ledger = history[0].on.year, self.ledger.ledger
            serials[year] += 1
            row = LedgerEntry(ledger=ledger, year=year, serial=serials[year], place=place)
            entry = Entry(ledger=ledger, number=row.number, place=place, history=history)
            self.stand(row, entry)
            _ROWS.add(row)
            lines += [(row, self.line_of(row, at, one)) for at, one in enumerate(history, 1)]
            once += [
                EntryOnce(ledger=ledger, rule=rule, value=digest_of(said), entry=row)
                for rule, said in kept_apart(self.ledger, entry).items()
            ]
            clocks += [
                EntryClock(
                    entry=row, ledger=ledger, place=place, clock=run.clock, **columns_of(run)
                )
                for run in self.clocks.runs(entry)
            ]
        EntryLine.objects.bulk_create([line for _, line in lines], batch_size=BATCH)
        EntryOnce.objects.bulk_create(once, batch_size=BATCH)
        EntryClock.objects.bulk_create(clocks, batch_size=BATCH)
        for row, kept in lines:
            self.tell(row, kept)
        return [row.number for row, line in lines if line.order == 1]

    def _serials(self, days: Iterable[date]) -> Counter[int]:
        years = {day.year for day in days}
        mine = LedgerEntry.objects.filter(ledger=self.ledger.ledger, year__in=years)
        return Counter(
            {row["year"]: row["last"] for row in mine.values("year").annotate(last=Max("serial"))}
        )
