"""Ledgers: entries as they stand, every line of their history, their clocks, their evidence.

The history is the record: what an entry says now, and its clocks, are worked out of it and kept
beside it so that a million entries can be asked what is due today.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar, Final

from django.db import models

from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.records.entry import Entry, Happened


class LedgerEntry(models.Model):
    """One entry as it stands."""

    ledger = models.CharField(max_length=64)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    """With the year, its number within the ledger."""
    place = models.CharField(max_length=16)
    state = models.CharField(max_length=32)
    open = models.BooleanField(default=True)
    done = models.BooleanField(default=False)
    recorded = models.DateField()
    changed = models.DateField()
    """The day of its last line."""
    reopened = models.PositiveSmallIntegerField(default=0)
    lines = models.PositiveIntegerField(default=1)
    """How many lines its history has: what somebody read is out of date where it has more."""
    fields = models.JSONField(default=dict)
    entered = models.JSONField(default=dict)
    """State to the ISO day it last came there."""
    restricted = models.BooleanField(default=False)

    class Meta:
        """Numbers are the ledger's own; lists are asked for by ledger, place and state."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["ledger", "year", "serial"], name="one_entry_of_a_number"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["ledger", "state", "place"], name="entries_by_state"),
            models.Index(fields=["place", "ledger"], name="entries_by_place"),
        ]

    def __str__(self) -> str:
        """Give ledger and number."""
        return f"{self.ledger}/{self.number}"

    @property
    def number(self) -> str:
        """The number as people write it: ``2025-0012``."""
        return number_of(self.year, self.serial)

    @property
    def subject(self) -> str:
        """The way the journal names it."""
        return f"{self.ledger}/{self.number}/{self.place}"


class EntryLine(models.Model):
    """One line of an entry's history; it is never changed or removed."""

    entry = models.ForeignKey(LedgerEntry, models.PROTECT, related_name="history")
    entry_id: int
    order = models.PositiveIntegerField()
    """From 1, the registration."""
    step = models.CharField(max_length=32)
    on = models.DateField()
    origin = models.CharField(max_length=32, blank=True)
    to = models.CharField(max_length=32)
    actor = models.TextField()
    second = models.TextField(blank=True)
    why = models.TextField(blank=True)
    fields = models.JSONField(default=dict)
    evidence = models.JSONField(default=list)
    """Digests of the files that came with it, in their order …"""
    names = models.JSONField(default=dict)
    """… and what each was called here: the same bytes have other names elsewhere."""
    at = models.DateTimeField()

    class Meta:
        """Lines are counted within their entry."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "order"], name="one_line_of_an_entry")
        ]

    def __str__(self) -> str:
        """Give what happened."""
        return f"{self.entry}/{self.order} {self.step}"

    @property
    def happened(self) -> Happened:
        """Give it as rooms are handed it."""
        return Happened(
            step=self.step,
            on=self.on,
            origin=self.origin,
            to=self.to,
            actor=self.actor,
            second=self.second,
            why=self.why,
            evidence={digest: self.names.get(digest, "") for digest in self.evidence},
            fields=self.fields,
        )


RUNS: Final = models.Q(open__in=[True])
"""The clocks that run, asked so that SQLite sees that ``open`` begins the index by day."""


class EntryClock(models.Model):
    """The last run of one clock of an entry, worked out when the entry or a calendar changed."""

    entry = models.ForeignKey(LedgerEntry, models.CASCADE, related_name="clocks")
    entry_id: int
    ledger = models.CharField(max_length=64)
    place = models.CharField(max_length=16)
    clock = models.CharField(max_length=32)
    started = models.DateField()
    due = models.DateField(null=True)
    supposed = models.BooleanField(default=False)
    open = models.BooleanField(default=True)
    paused = models.BooleanField(default=False)
    met = models.DateField(null=True)

    class Meta:
        """What is due is asked for by day, over all ledgers."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "clock"], name="one_run_of_a_clock")
        ]
        indexes: ClassVar = [
            models.Index(fields=["open", "due", "ledger", "place"], name="clocks_by_day"),
            models.Index(fields=["ledger", "clock"], name="clocks_by_ledger"),
        ]

    def __str__(self) -> str:
        """Give what it is a clock of."""
        return f"{self.entry} {self.clock}"


class Evidence(models.Model):
    """A file that was handed in as proof, kept once by the digest of its bytes.

    What it is called, and who handed it in, is said by each line that it came with.
    """

    digest = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=8)
    size = models.PositiveBigIntegerField()
    at = models.DateTimeField(db_index=True)
    """When it was handed in last: what no entry has taken up is swept some time after."""

    def __str__(self) -> str:
        """Give its digest."""
        return self.digest


class EntryOnce(models.Model):
    """What no two entries of a ledger may have alike; and the sender's key of an entry."""

    ledger = models.CharField(max_length=64)
    rule = models.CharField(max_length=128)
    """The fields, as the card names them; ``key`` for the key that a telephone made."""
    value = models.CharField(max_length=64)
    """A digest: persons' numbers are not kept twice."""
    entry = models.ForeignKey(LedgerEntry, models.CASCADE, related_name="once")

    class Meta:
        """The database itself refuses the second."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ledger", "rule", "value"], name="one_entry_alike")
        ]

    def __str__(self) -> str:
        """Give what it keeps apart."""
        return f"{self.ledger} {self.rule}"


def number_of(year: int, serial: int) -> str:
    """Write an entry's number.

    >>> number_of(2025, 12), number_of(2025, 12345)
    ('2025-0012', '2025-12345')
    """
    return f"{year}-{serial:04d}"


def parts_of(number: str) -> tuple[int, int] | None:
    """Read an entry's number; None where it is none.

    >>> parts_of("2025-0012"), parts_of("abc")
    ((2025, 12), None)
    """
    year, _, serial = number.partition("-")
    ends = year.isdecimal() and serial.isdecimal()
    return (int(year), int(serial)) if ends and len(year + serial) < _LONGEST else None


_LONGEST = 15


def entry_of(row: LedgerEntry, lines: list[EntryLine] | None = None) -> Entry:
    """Give an entry as rooms are handed it."""
    found = lines
    if found is None:
        found = list(EntryLine.objects.filter(entry=row).order_by("order"))
    return Entry(
        ledger=row.ledger,
        number=row.number,
        place=row.place,
        history=tuple(line.happened for line in found),
    )


def day_text(day: date | None) -> str:
    """Write a day for JSON; empty for none."""
    return day.isoformat() if day is not None else ""


def changes_of(ledger: Ledger, entry: Entry) -> dict[str, Any]:
    """Give what of an entry's row follows from its card and history."""
    way, states = ledger.lifecycle, {one.to for one in entry.history}
    return {
        "state": entry.state,
        "open": entry.state not in way.marked("end"),
        "done": entry.state in way.marked("done"),
        "recorded": entry.recorded,
        "changed": entry.history[-1].on,
        "reopened": sum(1 for _ in entry.taken(*ledger.reopening)),
        "lines": len(entry.history),
        "fields": entry.fields,
        "entered": {state: day_text(entry.entered(state)) for state in sorted(states)},
        "restricted": bool(ledger.restricted),
    }


def line_of(row: LedgerEntry, order: int, line: Happened, at: datetime) -> EntryLine:
    """Give a line of an entry's history as it is kept."""
    return EntryLine(
        entry=row,
        order=order,
        step=line.step,
        on=line.on,
        origin=line.origin,
        to=line.to,
        actor=line.actor,
        second=line.second,
        why=line.why,
        fields=dict(line.fields),
        evidence=list(line.evidence),
        names=dict(line.evidence),
        at=at,
    )
