"""What ledgers there are, and how many entries of each are open and overdue."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q

from xianxue.bureau.values.record import Record
from xianxue.desk.ledgers.room import Room
from xianxue.desk.models.ledger import RUNS, EntryClock, LedgerEntry


class Listed(Record, kw_only=True):
    """One ledger, as far as one person may see it."""

    ledger: str
    term: str
    office: str
    entries: int
    open: int
    overdue: int
    """Entries of which a clock has run out."""

    @property
    def as_dict(self) -> dict[str, object]:
        """Give the fields of ``--json``."""
        return {
            "ledger": self.ledger,
            "term": self.term,
            "entries": self.entries,
            "open": self.open,
            "overdue": self.overdue,
        }


def listed(room: Room, on: date) -> list[Listed]:
    """List the ledgers that the person may know of, in the order of the catalogue."""
    # Mostly everybody sees the same places of all ledgers: then one query counts every ledger.
    counts: dict[str, tuple[int, int, int]] = {}
    for places, names in by_reach(room, room.ledgers).items():
        counts |= _counts(within(places) & Q(ledger__in=names), on)
    return [
        Listed(
            ledger=name,
            term=card.term,
            office=card.office,
            entries=counts.get(name, (0, 0, 0))[0],
            open=counts.get(name, (0, 0, 0))[1],
            overdue=counts.get(name, (0, 0, 0))[2],
        )
        for name, card in room.ledgers.items()
    ]


def by_reach(room: Room, names: Iterable[str]) -> dict[frozenset[str] | None, list[str]]:
    """Give ledgers by the places whose entries of them the person may see."""
    found: dict[frozenset[str] | None, list[str]] = {}
    for name in names:
        found.setdefault(room.places(name), []).append(name)
    return found


def within(places: frozenset[str] | None) -> Q:
    """Ask for entries of some places; of all where none are named."""
    return Q() if places is None else Q(place__in=places)


def _counts(where: Q, on: date) -> dict[str, tuple[int, int, int]]:
    """Give entries, open ones and overdue ones by ledger."""
    entries = (
        LedgerEntry.objects.filter(where)
        .values("ledger")
        .annotate(entries=Count("pk"), opened=Count("pk", filter=Q(open=True)))
        .order_by()
    )
    late = (
        EntryClock.objects.filter(where, RUNS, due__lt=on)
        .values("ledger")
        .annotate(late=Count("entry", distinct=True))
        .order_by()
    )
    overdue = {row["ledger"]: row["late"] for row in late}
    return {
        row["ledger"]: (row["entries"], row["opened"], overdue.get(row["ledger"], 0))
        for row in entries
    }
