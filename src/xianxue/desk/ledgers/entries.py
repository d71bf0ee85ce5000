"""Entries with their histories, many at a time: two queries, however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

import msgspec
from django.db.models import Max, QuerySet

from xianxue.bureau.records.entry import Entry, Files, Happened
from xianxue.desk.ledgers.json_keys import JsonWritten
from xianxue.desk.ledgers.room import Room
from xianxue.desk.models.ledger import EntryLine, LedgerEntry, entry_of, number_of, parts_of

Row = LedgerEntry
"""An entry as it is kept."""
_CHUNK = 20_000
"""Entries whose lines are in memory at once."""


def rows_of(room: Room, ledger: str) -> Iterator[LedgerEntry]:
    """Go through the rows of a ledger that the person may see, by number."""
    return _seen(room, ledger).iterator(chunk_size=_CHUNK)


def _seen(room: Room, ledger: str) -> QuerySet[LedgerEntry]:
    found = LedgerEntry.objects.filter(ledger=ledger).order_by("year", "serial")
    places = room.places(ledger)
    return found if places is None else found.filter(place__in=places)


def entries_of(room: Room, ledger: str) -> list[Entry]:
    """Give the entries of a ledger that the person may see, by number."""
    return list(entries_in(_seen(room, ledger)))


def every_entry(ledger: str, last: int | None = None) -> list[Entry]:
    """Give all entries of a ledger, by number, whoever asks: what is counted is counted whole.

    ``last`` is the key of the last line that is known; None for all that are there.
    """
    rows = LedgerEntry.objects.filter(ledger=ledger).order_by("year", "serial")
    return list(entries_in(rows, last))


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
        histories = _histories([row.pk for row in some], last)
        for row in some:
            if row.pk in histories:
                yield row, _entry(row.ledger, row.number, row.place, histories[row.pk])


def entries_in(rows: QuerySet[LedgerEntry], last: int | None = None) -> Iterator[Entry]:
    """Give entries alone, without their rows; those not known up to a line are left out."""
    named = list(rows.values_list("pk", "ledger", "year", "serial", "place"))
    for start in range(0, len(named), _CHUNK):
        some = named[start : start + _CHUNK]
        histories = _histories([key for key, *_ in some], last)
        for key, ledger, year, serial, place in some:
            if key in histories:
                yield _entry(ledger, number_of(year, serial), place, histories[key])


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


_LINE: Final = ("entry", "step", "on", "origin", "to", "actor", "second", "why")
_WRITTEN: Final = ("fields", "evidence", "names")
_NO_FILES: Final[Files] = {}
_read: Final = msgspec.json.decode


def _histories(keys: Iterable[int], last: int | None) -> dict[int, list[Happened]]:
    """Give the histories of entries, without a row of the database for each of their lines."""
    found: dict[int, list[Happened]] = defaultdict(list)
    written = {f"{name}_written": JsonWritten(name) for name in _WRITTEN}
    lines = _lines(keys, last).annotate(**written).values_list(*_LINE, *written)
    for key, step, on, origin, to, actor, second, why, fields, evidence, names in lines:
        found[key].append(
            Happened(
                step=step,
                on=on,
                origin=origin,
                to=to,
                actor=actor,
                second=second,
                why=why,
                evidence=_NO_FILES if evidence == "[]" else _files(_read(evidence), _read(names)),
                fields=_read(fields),
            )
        )
    return found


def _files(digests: Iterable[str], names: Mapping[str, str]) -> Files:
    return {digest: names.get(digest, "") for digest in digests}


def _entry(ledger: str, number: str, place: str, history: Iterable[Happened]) -> Entry:
    return Entry(ledger=ledger, number=number, place=place, history=tuple(history))


def lines_of(keys: Iterable[int], last: int | None = None) -> dict[int, list[EntryLine]]:
    """Give the lines of entries, oldest first, by entry; up to a line where one is given."""
    found: dict[int, list[EntryLine]] = defaultdict(list)
    for line in _lines(keys, last):
        found[line.entry_id].append(line)
    return found


def _lines(keys: Iterable[int], last: int | None) -> QuerySet[EntryLine]:
    lines = EntryLine.objects.filter(entry__in=list(keys)).order_by("entry", "order")
    return lines if last is None else lines.filter(pk__lte=last)
