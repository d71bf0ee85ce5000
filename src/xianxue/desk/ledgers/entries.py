"""Entries with their histories, many at a time: two queries, however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Max

from xianxue.bureau.records.entry import Entry
from xianxue.desk.ledgers.room import Room
from xianxue.desk.models.ledger import EntryLine, LedgerEntry, entry_of, parts_of

Row = LedgerEntry
"""An entry as it is kept."""
_CHUNK = 20_000
"""Entries whose lines are in memory at once."""


def rows_of(room: Room, ledger: str) -> Iterator[LedgerEntry]:
    """Go through the rows of a ledger that the person may see, by number."""
    found = LedgerEntry.objects.filter(ledger=ledger).order_by("year", "serial")
    places = room.places(ledger)
    if places is not None:
        found = found.filter(place__in=places)
    return found.iterator(chunk_size=_CHUNK)


def entries_of(room: Room, ledger: str) -> list[Entry]:
    """Give the entries of a ledger that the person may see, by number."""
    return [entry for _, entry in with_rows(list(rows_of(room, ledger)))]


def every_entry(ledger: str, last: int | None = None) -> list[Entry]:
    """Give all entries of a ledger, by number, whoever asks: what is counted is counted whole.

    ``last`` is the key of the last line that is known; None for all that are there.
    """
    rows = list(LedgerEntry.objects.filter(ledger=ledger).order_by("year", "serial"))
    return [entry for _, entry in with_rows(rows, last)]


def last_lines(on: date) -> dict[str, int]:
    """Give for each ledger the key of its last line that tells of a day up to one."""
    found = (
        EntryLine.objects.filter(on__lte=on)
        .values("entry__ledger")
        .annotate(last=Max("pk"))
        .order_by("entry__ledger")
    )
    return {row["entry__ledger"]: row["last"] for row in found}


def with_rows(
    rows: list[LedgerEntry], last: int | None = None
) -> Iterator[tuple[LedgerEntry, Entry]]:
    """Give entries beside their rows; those that are not known up to a line are left out."""
    for start in range(0, len(rows), _CHUNK):
        some = rows[start : start + _CHUNK]
        lines = lines_of((row.pk for row in some), last)
        for row in some:
            if row.pk in lines:
                yield row, entry_of(row, lines[row.pk])


def row_of(ledger: str, number: str) -> LedgerEntry | None:
    """Give the row of an entry, or None."""
    parts = parts_of(number)
    if parts is None:
        return None
    year, serial = parts
    return LedgerEntry.objects.filter(ledger=ledger, year=year, serial=serial).first()


Held = tuple[LedgerEntry, Entry]
"""A row, and the history behind it."""


def held_of(row: LedgerEntry) -> Held:
    """Give a row with its history."""
    return row, entry_of(row)


def rows_with_histories(wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Held]:
    """Give rows and histories of entries by ledger and number, asked for all together."""
    asked = set(wanted)
    numbers = {parts for _, number in asked if (parts := parts_of(number)) is not None}
    found = LedgerEntry.objects.filter(
        ledger__in={ledger for ledger, _ in asked}, serial__in={serial for _, serial in numbers}
    )
    rows = [row for row in found if (row.ledger, row.number) in asked]
    return {(row.ledger, row.number): (row, entry) for row, entry in with_rows(rows)}


def lines_of(keys: Iterable[int], last: int | None = None) -> dict[int, list[EntryLine]]:
    """Give the lines of entries, oldest first, by entry; up to a line where one is given."""
    found: dict[int, list[EntryLine]] = defaultdict(list)
    lines = EntryLine.objects.filter(entry__in=list(keys)).order_by("entry", "order")
    if last is not None:
        lines = lines.filter(pk__lte=last)
    for line in lines:
        found[line.entry_id].append(line)
    return found
