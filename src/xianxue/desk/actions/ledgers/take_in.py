"""Taking in many entries at once from a workbook: all of it, or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from django.db.models import Max

from xianxue.bureau.ledgers.lines import Line
from xianxue.bureau.records.entry import Entry, Happened
from xianxue.bureau.values.record import Record, field
from xianxue.desk.actions.ledgers.alike import BATCH
from xianxue.desk.actions.ledgers.doing import columns_of
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
            added = self._register(plan.new)
        return Taken(added=added, changed=told.changed, unchanged=told.unchanged)

    def _register(self, new: Sequence[tuple[Line, Happened]]) -> list[str]:
        """Register what is new, in the order of the workbook."""
        serials = self._serials(happened.on for _, happened in new)
        lines: list[tuple[LedgerEntry, EntryLine]] = []
        once: list[EntryOnce] = []
        clocks: list[EntryClock] = []
        for line, happened in new:
            year = happened.on.year
            serials[year] += 1
            ledger = self.ledger.ledger
            row = LedgerEntry(ledger=ledger, year=year, serial=serials[year], place=line.place)
            entry = Entry(ledger=ledger, number=row.number, place=row.place, history=(happened,))
            self.stand(row, entry)
            _ROWS.add(row)
            lines.append((row, self.line_of(row, 1, happened)))
            once += [
                EntryOnce(ledger=ledger, rule=rule, value=value, entry=row)
                for rule, value in self.alikes(line)
            ]
            clocks += [
                EntryClock(
                    entry=row,
                    ledger=ledger,
                    place=row.place,
                    clock=run.clock,
                    **columns_of(run),
                )
                for run in self.clocks.runs(entry)
            ]
        EntryLine.objects.bulk_create([line for _, line in lines], batch_size=BATCH)
        EntryOnce.objects.bulk_create(once, batch_size=BATCH)
        EntryClock.objects.bulk_create(clocks, batch_size=BATCH)
        for row, kept in lines:
            self.tell(row, kept)
        return [row.number for row, _ in lines]

    def _serials(self, days: Iterable[date]) -> Counter[int]:
        years = {day.year for day in days}
        mine = LedgerEntry.objects.filter(ledger=self.ledger.ledger, year__in=years)
        return Counter(
            {row["year"]: row["last"] for row in mine.values("year").annotate(last=Max("serial"))}
        )
