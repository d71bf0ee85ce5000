"""Counts and rates of ledgers as sources of points, by place, with the entries behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Final

from xianxue.bureau.kinds.appraisal.source_of_points import PointSource
from xianxue.bureau.kinds.ledgers.count import Count, Rate
from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.ledgers.counting import Counted, Counter, Facts
from xianxue.bureau.ledgers.days import Days
from xianxue.bureau.records.appraised import Known, Reading
from xianxue.bureau.records.entry import Entry
from xianxue.bureau.records.trace import EntryRef
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.own_property import own_property
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.bureau.values.units import UNITS
from xianxue.desk.appraisal.county import County
from xianxue.desk.appraisal.judged import Who
from xianxue.desk.appraisal.sources.figures import lacking
from xianxue.desk.ledgers.bases import bases_of, share
from xianxue.desk.ledgers.source import LedgerSource, entries_now

_HUNDRED: Final = 100
_NONE: Final[Sequence[tuple[Entry, Facts]]] = ()


class Ledgers(Record, dict=True, kw_only=True):
    """The ledgers of a county as one appraisal counts them; each is read once."""

    county: County

    def known(self, gives: PointSource, people: Sequence[Who]) -> dict[str, Known]:
        """Give each place its count or rate: where nothing was registered, nothing happened."""
        name, _, wanted = gives.count.partition(".")
        ledger = self.county.workspace.shelf.ledgers[name]
        count = ledger.count(wanted)
        rate = next((one for one in ledger.rates if one.rate == wanted), None)
        found: dict[str, Known] = {}
        for who in people:
            if not self._kept_of(ledger, who):
                why = say("《{term}》不记这个单位", term=ledger.term)
                found[who.place] = lacking(Missing.NOT_ASKED, why)
            elif count is not None:
                found[who.place] = self._count(ledger, count, who)
            elif rate is not None:
                found[who.place] = self._rate(ledger, rate, who)
        return found

    def _kept_of(self, ledger: Ledger, who: Who) -> bool:
        county = self.county.workspace.register.county.code
        if not who.places:
            return False
        return ledger.kept_by != "county" or who.place == county

    def _count(self, ledger: Ledger, count: Count, who: Who) -> Known:
        got = self._counter(ledger).count(count.count, self._facts(ledger, who), self.county.period)
        if got.value is None:
            why = say(
                "《{term}》有 {n} 条没有写“{count}”的数",
                term=ledger.term,
                n=len(got.lacking),
                count=count.term,
            )
            return lacking(Missing.NOT_ANSWERED, why)
        value = UNITS[count.unit].in_whole_units(got.value) if count.sum else Fraction(got.value)
        traces = self._traces(ledger, (got,), who)
        entries = say("《{term}》第 {n} 号", term=ledger.term, n="、".join(got.entries))
        reading = Reading(
            value=value,
            note=count.term,
            # What a count rests on is the ledger itself: a veto asks for it.
            document=entries if got.entries else "",
            traces=traces,
        )
        return Known(readings=(reading,))

    def _rate(self, ledger: Ledger, rate: Rate, who: Who) -> Known:
        counter, facts = self._counter(ledger), self._facts(ledger, who)
        of = counter.count(rate.of, facts, self.county.period)
        if rate.base:
            base = counter.count(rate.base, facts, self.county.period)
            if base.value == 0:
                count = ledger.count(rate.base)
                why = say("没有{term}", term=count.term if count is not None else rate.base)
                return lacking(Missing.NOT_APPLICABLE, why)
            _, _, value = counter.rate(rate, facts, self.county.period)
            behind = (of, base)
        else:
            bases = bases_of(
                ledger,
                self.county.workspace.shelf,
                self.county.period,
                who.place,
                self.county.figures,
            )
            roster = bases[rate.rate]
            if roster.why:
                return lacking(Missing.NOT_ANSWERED, roster.why)
            value, behind = share(rate, ledger, of.value, roster), (of,)
        if value is None:
            why = say("《{term}》的“{rate}”算不出", term=ledger.term, rate=rate.term)
            return lacking(Missing.NOT_ANSWERED, why)
        traces = self._traces(ledger, behind, who)
        return Known(readings=(Reading(value=value * _HUNDRED, note=rate.term, traces=traces),))

    def _traces(self, ledger: Ledger, behind: Sequence[Counted], who: Who) -> tuple[EntryRef, ...]:
        """Give the entries behind counts, each once, for the one whose traces are wanted."""
        if self.county.traced != who.place:
            return ()
        by_number = {
            entry.number: (counted.count, entry.place)
            for counted in behind
            for entry, _ in self._facts(ledger, who)
            if entry.number in set(counted.entries)
        }
        return tuple(
            trace
            for number, (count, place) in by_number.items()
            for trace in self._source.traces(place, ledger.ledger, count, number)
        )

    def _facts(self, ledger: Ledger, who: Who) -> Sequence[tuple[Entry, Facts]]:
        by_place = self._by_place(ledger.ledger)
        if len(who.places) == 1:
            return by_place.get(who.places[0], _NONE)
        return [one for place in who.places for one in by_place.get(place, _NONE)]

    def _by_place(self, ledger: str) -> Mapping[str, Sequence[tuple[Entry, Facts]]]:
        if ledger not in self._sorted:
            found: dict[str, list[tuple[Entry, Facts]]] = {}
            for entry, facts in self._source.facts(ledger):
                found.setdefault(entry.place, []).append((entry, facts))
            self._sorted[ledger] = found
        return self._sorted[ledger]

    @own_property
    def _sorted(self) -> dict[str, Mapping[str, Sequence[tuple[Entry, Facts]]]]:
        return {}

    def _counter(self, ledger: Ledger) -> Counter:
        return Counter(ledger, self._days, {})

    @cached_property
    def _days(self) -> Days:
        return Days.of(self.county.workspace.shelf)

    @cached_property
    def _source(self) -> LedgerSource:
        workspace, period = self.county.workspace, self.county.period
        known = entries_now(workspace, period, self.county.asked.on)
        return LedgerSource(workspace, workspace.register, period, lambda: known)
