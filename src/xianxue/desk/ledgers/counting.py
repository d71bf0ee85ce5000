"""Counts and rates of one ledger: asked of the database, and of histories where that cannot tell.

Entries to which something has happened after the day are read with their histories, and so are all
of them for a count that the database cannot be asked. What comes of it is what
``bureau/ledgers/counting`` makes of all histories, a test holds that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any, Final

from django.db.models import Count as CountOf
from django.db.models import Q, QuerySet, Sum
from django.db.models.lookups import In

from xianxue.bureau.kinds.ledgers.count import Count, Rate
from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.ledgers.counting import Counter, Facts, amount, counted
from xianxue.bureau.records.entry import Entry
from xianxue.bureau.values.own_property import own_property
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.desk.ledgers.asking import Asking, UnaskableError, missing
from xianxue.desk.ledgers.entries import entries_in
from xianxue.desk.ledgers.room import Room
from xianxue.desk.ledgers.sums import Sums, Tally, Told, added, tally_of
from xianxue.desk.models.ledger import LedgerEntry, number_of

_Asked = tuple[Count, Q, Any]
"""A count, whether an entry is counted, and what is added up or told apart."""
_FEW: Final = 500
"""Values that the database is asked for by name; of more, all are fetched."""


class _Wanted:
    """What one query is asked for; what several counts ask alike is asked once."""

    def __init__(self) -> None:
        self.columns: dict[str, Any] = {}
        self._known: dict[object, str] = {}

    def name(self, key: Hashable, aggregate: Any) -> str:  # noqa: ANN401 - Django's, untyped
        """Give the column of an aggregate, asked for once by its key."""
        if key not in self._known:
            self._known[key] = f"column_{len(self.columns)}"
            self.columns[self._known[key]] = aggregate
        return self._known[key]


def _columns(wanted: _Wanted, count: Count, question: Q, told: Any) -> tuple[str, str, str]:  # noqa: ANN401 - a column or a key
    """Name the columns of a count: of entries, of what is added up, of what lacks an amount."""
    entries = wanted.name(question, CountOf("pk", filter=question))
    if count.sum:
        lacking = question & Q(missing(told))
        return (
            entries,
            wanted.name(("sum", question, told), Sum(told, filter=question)),
            wanted.name(lacking, CountOf("pk", filter=lacking)),
        )
    if count.distinct:
        several = CountOf(told, filter=question, distinct=True)
        return entries, wanted.name(("distinct", question, told), several), ""
    return entries, "", ""


class Behind(Record, kw_only=True):
    """One entry behind a count."""

    entry: str
    place: str
    on: date
    amount: int | str | None


class Counts(Record, dict=True):
    """The counts of one ledger in one period, as far as one person may see its entries."""

    room: Room
    ledger: Ledger
    period: Period
    on: date
    area: str = ""
    """The place whose entries are counted, and those of the places within it; empty for all."""

    def whole(self) -> list[Tally]:
        """Count every count of the card."""
        return [one for _, one in self._tallies("")]

    def by(self, name: str) -> dict[Told, list[Tally]]:
        """Count each by what a code field, or ``place``, says."""
        found: dict[Told, list[Tally]] = defaultdict(list)
        for told, tally in self._tallies(name):
            found[told].append(tally)
        return dict(sorted(found.items(), key=lambda one: (one[0] is None, str(one[0]))))

    def rate(
        self, rate: Rate, tallies: Sequence[Tally]
    ) -> tuple[int | None, int | None, Fraction | None]:
        """Give numerator, denominator and quotient; see ``bases.py`` for a roster below it."""
        values = {one.count.count: one.value for one in tallies}
        above, below = values.get(rate.of), values.get(rate.base)
        if above is None or not below:
            return above, below, None
        return above, below, Fraction(above, below)

    def behind(self, count: Count) -> list[Behind]:
        """Give the entries behind a count, by number."""
        found: list[Behind] = []
        try:
            question, told = self.asking.counted(count, self.period), self._amount(count)
        except UnaskableError:
            rest = self._every
        else:
            rows = self._scoped(self.asking.rows).filter(question)
            if told is not None:
                rows = rows.annotate(told=told)
            names = ("year", "serial", "place", "recorded", *(["told"] if told is not None else []))
            for year, serial, place, day, *said in rows.values_list(*names):
                number = number_of(year, serial)
                found.append(
                    Behind(entry=number, place=place, on=day, amount=said[0] if said else 1)
                )
            rest = self._rest(count)
        found += (
            Behind(
                entry=entry.number,
                place=entry.place,
                on=entry.recorded,
                amount=amount(count, facts),
            )
            for entry, facts in rest
            if counted(count, facts, self.period)
        )
        return sorted(found, key=lambda one: (one.entry[:4], len(one.entry), one.entry))

    @cached_property
    def asking(self) -> Asking:
        """The questions to the database."""
        return Asking(self.ledger, self.last, self.room.attributes(self.last))

    @property
    def last(self) -> date:
        """The day at whose end is counted: the period's last, or today."""
        return min(self.on, self.period.end)

    def _tallies(self, name: str) -> Iterator[tuple[Told, Tally]]:
        asked: dict[str, _Asked] = {}
        for count in self.ledger.counts:
            try:
                question = self.asking.counted(count, self.period)
                asked[count.count] = count, question, self._amount(count)
            except UnaskableError:
                continue
        sums = self._ask(asked, name)
        for count in self.ledger.counts:
            found: dict[Told, Sums] = sums.get(count.count, {})
            rest = self._rest(count) if count.count in asked else self._every
            read = self._read(count, rest, name)
            if count.distinct and count.count in asked:
                found = self._told_anew(found, asked[count.count], read, name)
            else:
                found = added(found, count, read)
            if not name and not found:
                found = {None: Sums()}
            for told, one in found.items():
                yield told, tally_of(count, one)

    def _ask(self, asked: Mapping[str, _Asked], name: str) -> dict[str, dict[Told, Sums]]:
        """Ask all counts in one query."""
        found: dict[str, dict[Told, Sums]] = defaultdict(dict)
        if not asked:
            return found
        rows, wanted = self._scoped(self.asking.rows), _Wanted()
        columns = {name: _columns(wanted, *one) for name, one in asked.items()}
        lines: list[dict[str, Any]]
        if name:
            grouped = rows.annotate(told_by=self.asking.amount(name)).values("told_by")
            lines = list(grouped.annotate(**wanted.columns).order_by())
        else:
            lines = [rows.aggregate(**wanted.columns)]
        for line in lines:
            for count, own in columns.items():
                entries, total, lacking = (line[each] or 0 if each else 0 for each in own)
                if entries:
                    found[count][line.get("told_by")] = Sums(entries, total, lacking)
        return found

    def _told_anew(
        self,
        found: Mapping[Told, Sums],
        asked: _Asked,
        read: Mapping[Told, list[int | str | None]],
        name: str,
    ) -> dict[Told, Sums]:
        """Add what histories tell apart and no row does."""
        done = dict(found)
        known = {key: {one for one in said if one is not None} for key, said in read.items()}
        seen = self._among(asked, set().union(*known.values()), name) if read else {}
        for key, said in read.items():
            before = done.get(key, Sums())
            anew = known[key] - seen.get(key, set())
            done[key] = Sums(before.entries + len(said), before.total + len(anew))
        return done

    def _among(self, asked: _Asked, values: set[int | str], name: str) -> dict[Told, set[Told]]:
        """Say which of some values rows tell, too, each way of telling entries apart by itself."""
        _, question, told = asked
        rows = self._scoped(self.asking.rows).filter(question).annotate(told=told)
        if len(values) <= _FEW:
            rows = rows.filter(Q(In(told, list(values))))
        names = ["told"]
        if name:
            rows = rows.annotate(told_by=self.asking.amount(name))
            names.append("told_by")
        found: dict[Told, set[Told]] = defaultdict(set)
        for one, *by in rows.values_list(*names).distinct().order_by():
            found[by[0] if by else None].add(one)
        return found

    def _read(
        self, count: Count, entries: Sequence[tuple[Entry, Facts]], name: str
    ) -> dict[Told, list[int | str | None]]:
        found: dict[Told, list[int | str | None]] = defaultdict(list)
        for _, facts in entries:
            if counted(count, facts, self.period):
                found[facts.get(name) if name else None].append(amount(count, facts))
        return found

    def _amount(self, count: Count) -> Any:  # noqa: ANN401 - a column or a key; None for entries
        name = count.sum or count.distinct
        return self.asking.amount(name) if name else None

    def _scoped(self, rows: QuerySet[LedgerEntry]) -> QuerySet[LedgerEntry]:
        places = self._places
        return rows if places is None else rows.filter(place__in=places)

    @cached_property
    def _places(self) -> frozenset[str] | None:
        """The places that are counted; None for all."""
        seen = self.room.places(self.ledger.ledger)
        register = self.room.ground.register
        if not self.area or self.area == register.county.code:
            return seen
        within = {place.code for place in register if register.lies_in(place, self.area, self.last)}
        return frozenset(within if seen is None else seen & within)

    def _rest(self, count: Count) -> Sequence[tuple[Entry, Facts]]:
        """Give what rows do not tell of a count that is asked for."""
        if self.asking.rows_know(count):
            return self._later
        if count.until not in self._again:
            rows = self.asking.again(count.until, self.period.end)
            self._again[count.until] = self._facts_of(rows)
        return [*self._later, *self._again[count.until]]

    @cached_property
    def _later(self) -> Sequence[tuple[Entry, Facts]]:
        return self._facts_of(self.asking.later)

    @own_property
    def _again(self) -> dict[str, Sequence[tuple[Entry, Facts]]]:
        """What was opened again after it had gone, by what says that it had."""
        return {}

    @cached_property
    def _every(self) -> Sequence[tuple[Entry, Facts]]:
        return self._facts_of(LedgerEntry.objects.filter(ledger=self.ledger.ledger))

    def _facts_of(self, rows: QuerySet[LedgerEntry]) -> Sequence[tuple[Entry, Facts]]:
        mine = self._scoped(rows).order_by("year", "serial")
        counter = Counter(self.ledger, self.room.days, self.asking.attributes)
        return counter.facts(entries_in(mine), self.last)
