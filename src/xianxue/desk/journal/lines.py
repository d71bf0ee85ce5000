"""Asking the journal for lines: by subject, place, period, actor and time, each by an index."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from xianxue.bureau.values.record import Record
from xianxue.desk.models import JournalLine
from xianxue.desk.models.together import of_place, of_return
from xianxue.desk.stores.clock import BEIJING


class Asked(Record, kw_only=True):
    """What lines are wanted; what is empty is not asked for, the rest must all hold."""

    subject: str = ""
    """As the journal writes it, ``school_annual/2025-2026/2199000001``."""
    kind: str = ""
    """``returns``, ``forms``, ``releases``, ``places``, ``mappings`` or another room's word."""
    place: str = ""
    period: str = ""
    actor: str = ""
    since: date | None = None
    until: date | None = None
    """Days in Beijing, both included."""

    def found(self) -> QuerySet[JournalLine]:
        """Give the lines in the order they were written."""
        exact = {name: getattr(self, name) for name in _EXACT if getattr(self, name)}
        lines = JournalLine.objects.filter(**exact)
        # What was done to many at once is found by each of them.
        if self.subject:
            lines = lines.filter(of_return(self.subject))
        if self.place:
            lines = lines.filter(of_place(self.place))
        if self.since is not None:
            lines = lines.filter(at__gte=_begin(self.since))
        if self.until is not None:
            # Up to the next midnight in Beijing: the last day counts in full.
            lines = lines.filter(at__lt=_begin(self.until + timedelta(days=1)))
        return lines.order_by("number")

    def lines(self) -> Iterator[JournalLine]:
        """Give the lines one after another, however many there are."""
        return self.found().iterator()


_EXACT = ("kind", "period", "actor")


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), BEIJING)
