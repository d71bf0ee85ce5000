"""What has happened to a place before, and what that leads to by a card (升级处置)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property

from xianxue.bureau.appraisal.escalation import Event, escalate
from xianxue.bureau.appraisal.history import events_of
from xianxue.bureau.kinds.appraisal.escalation import Escalation
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.records.entry import Entry
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.desk.actions.appraisal.following import StepReached
from xianxue.desk.ledgers.entries import entries_in
from xianxue.desk.models.appraisal import Appraisal, AppraisalRelease
from xianxue.desk.models.ledger import LedgerEntry
from xianxue.desk.stores.clock import day_of


class Histories(Record, dict=True, kw_only=True):
    """The histories of all whom one appraisal judges; each ledger is read once."""

    shelf: Shelf
    row: Appraisal
    on: date
    """What happened later is not known."""

    def steps(self, name: str, place: str) -> tuple[StepReached, ...]:
        """Give what the last thing that happened to a place leads to; nothing where to nothing."""
        card = self.shelf.escalations[name]
        events = self._events(card, place)
        found = escalate(card, events)
        last = max((one.day for one in found.history), default=None)
        return tuple(
            StepReached(
                step=one.step,
                term=one.term,
                day=one.day,
                until=one.until,
                because=one.because,
                entries=tuple(event.entry for event in one.events if event.entry),
            )
            for one in found.consequences
            if one.day == last
        )

    def _events(self, card: Escalation, place: str) -> list[Event]:
        """Give what has happened to a place: as ledgers tell it, and as was published of it."""
        found: list[Event] = []
        for rule in card.history:
            entries = self._entries(rule.ledger).get(place, [])
            found += events_of(rule, entries, self.on)
        if not any(rule.event == "yearly" for rule in card.rules):
            return found
        known = {one.result for one in card.results}
        published = [one for one in self._published.get(place, []) if one.result in known]
        years = {one.year for one in published}
        # A year of which the results were published is told by these.
        kept = [one for one in found if one.event != "yearly" or one.year not in years]
        return [*kept, *published]

    def _entries(self, ledger: str) -> Mapping[str, Sequence[Entry]]:
        if ledger not in self._by_ledger:
            found: dict[str, list[Entry]] = {}
            rows = LedgerEntry.objects.filter(ledger=ledger).order_by("year", "serial")
            for one in entries_in(rows):
                found.setdefault(one.place, []).append(one)
            self._by_ledger[ledger] = found
        return self._by_ledger[ledger]

    @cached_property
    def _by_ledger(self) -> dict[str, Mapping[str, Sequence[Entry]]]:
        return {}

    @cached_property
    def _published(self) -> Mapping[str, list[Event]]:
        """The grades of each place by the last results of every period of the same rubric."""
        rows = AppraisalRelease.objects.filter(appraisal__rubric=self.row.rubric).select_related(
            "appraisal"
        )
        last = {one.appraisal.pk: one for one in rows.order_by("number")}
        found: dict[str, list[Event]] = {}
        for one in last.values():
            period = Period.parse(one.appraisal.period)
            if period.end > Period.parse(self.row.period).end:
                continue
            for place in one.results["places"]:
                found.setdefault(place["place"], []).append(
                    Event(
                        event="yearly",
                        year=period.end.year,
                        day=day_of(one.at),
                        result=place["grade"] or "",
                    )
                )
        return found
