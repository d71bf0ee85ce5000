"""Ledgers as sources of tables: a line an entry, a column a count, figures ending in entries."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from typing import Any

from xianxue.bureau.indicators.columns import column_types
from xianxue.bureau.indicators.tables import TableRow, lay_out
from xianxue.bureau.kinds.expected import Expected, ExpectedRow
from xianxue.bureau.kinds.ledgers.count import Count
from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.kinds.ledgers.tables import told_apart_by
from xianxue.bureau.ledgers.counting import Counter, Facts, amount, counted
from xianxue.bureau.ledgers.days import Days
from xianxue.bureau.ledgers.titles import called
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.entry import Entry
from xianxue.bureau.records.happenings import Happening
from xianxue.bureau.records.source import OnDemand
from xianxue.bureau.records.trace import EntryRef
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import say
from xianxue.bureau.values.units import UNITS
from xianxue.desk.database import open_database
from xianxue.desk.ledgers.attributes import attributes_of
from xianxue.desk.stores.releases import NO_ENTRIES, EntriesThen
from xianxue.desk.stores.table_files import held_table
from xianxue.desk.workspace import Workspace


class LedgerSource(Record, dict=True):
    """The ledgers of one county, for one period."""

    workspace: Workspace
    register: Register
    """The places that are counted by."""
    period: Period
    known: Callable[[], EntriesThen]
    """Gives what of the ledgers is counted: nothing later is known."""

    def tables(self) -> Mapping[str, Any]:
        """Offer each ledger as a table; it is made when somebody counts it."""
        return OnDemand({name: partial(self._table, name) for name in self.workspace.shelf.ledgers})

    def expected(self) -> Expected:
        """Give a row for each place that a ledger is kept of.

        What nobody registered has not happened: where there is no entry the count is 0.
        """
        day = self.period.reference_day
        schools, county = [*self.register.schools(day)], [self.register.county]
        kept = {"school": schools, "county": county, "any": [*schools, *county]}
        found: dict[tuple[str, str], tuple[ExpectedRow, ...]] = {}
        for name, ledger in self.workspace.shelf.ledgers.items():
            fields = [field.field for field in self.workspace.shelf.tables[name].fields]
            # One object for all: places of one kind share their rows.
            rows = (ExpectedRow(None, frozenset(fields)),)
            found |= {(place.code, name): rows for place in kept[ledger.kept_by]}
        return found

    def traces(self, place: str, table: str, field: str, row: str) -> tuple[EntryRef, ...]:
        """Give the entry that a line is; nothing where the line was not counted."""
        ledger = self.workspace.shelf.ledgers.get(table)
        if ledger is None:
            return ()
        count = ledger.count(field)
        return tuple(
            self._trace(ledger, entry, facts, field)
            for entry, facts in self._counted(table)
            if entry.number == row and entry.place == place
            if count is None or counted(count, facts, self.period)
        )

    def facts(self, name: str) -> Sequence[tuple[Entry, Facts]]:
        """Give the entries of a ledger that are known, each with what can be asked of it."""
        return self._counted(name)

    def happenings(self, name: str) -> tuple[Happening, ...]:
        """Give what ``ledger.count`` counts in the period; KeyError where there is no such."""
        table, _, field = name.partition(".")
        count = self.workspace.shelf.ledgers[table].count(field)
        if count is None:
            raise KeyError(name)
        return tuple(
            Happening(entry, facts, amount(count, facts))
            for entry, facts in self._counted(table)
            if counted(count, facts, self.period)
        )

    def _table(self, name: str) -> object:
        shelf = self.workspace.shelf
        ledger, table = shelf.ledgers[name], shelf.tables[name]
        counts = [count for count in ledger.counts if ledger_column(count)]
        coded = [field.field for field in told_apart_by(ledger)]
        rows: list[TableRow] = []
        for entry, facts in self._counted(name):
            if entry.place in self.register:
                values: dict[str, int | str | Missing] = {
                    count.count: self._amount(count, facts) for count in counts
                }
                values |= {one: facts.get(one, Missing.NOT_ASKED) for one in coded}
                place = self.register[entry.place]
                rows.append(TableRow(place, None, entry.number, values))
        fields = [field.field for field in table.fields]
        columns = lay_out(fields, rows, self.register, self.period)
        return held_table(columns, column_types(table, columns))

    def _amount(self, count: Count, facts: Facts) -> int | Missing:
        if not counted(count, facts, self.period):
            return 0
        found = amount(count, facts)
        # An amount that nobody wrote down is hidden, not nothing.
        return Missing.NOT_ANSWERED if found is None else int(found)

    def _counted(self, name: str) -> Sequence[tuple[Entry, Facts]]:
        found = self._facts.get(name)
        if found is None:
            found = self._facts[name] = self._ask(name)
        return found

    @cached_property
    def _facts(self) -> dict[str, Sequence[tuple[Entry, Facts]]]:
        return {}

    def _ask(self, name: str) -> Sequence[tuple[Entry, Facts]]:
        open_database(self.workspace.store)
        from xianxue.desk.ledgers.entries import every_entry  # noqa: PLC0415 - needs Django first

        shelf = self.workspace.shelf
        days = Days.of(shelf)
        # Whether an entry is counted may depend on what its school is: as for returns, that is what
        # it was on the reference day. A release keeps the register no further.
        day = self.period.reference_day
        schools = self.register.schools(day)
        attributes = {place.code: attributes_of(place, day) for place in schools}
        counter = Counter(shelf.ledgers[name], days, attributes)
        known = self.known()
        last = known.lines.get(name)
        # A ledger that held nothing at a release has none of what was written down since.
        if last is None:
            return ()
        return counter.facts(every_entry(name, last), date.fromisoformat(known.on))

    def _trace(self, ledger: Ledger, entry: Entry, facts: Facts, field: str) -> EntryRef:
        count = ledger.count(field)
        asked = ledger.field(field)
        term = count.term if count is not None else asked.term if asked is not None else field
        value = amount(count, facts) if count is not None else facts.get(field)
        title = called(ledger, self.workspace.shelf.codes, facts.get(ledger.titled))
        named = ledger.field(ledger.titled)
        told = "" if named is not None and named.personal else title
        if count is not None and count.sum and isinstance(value, int):
            unit = UNITS[count.unit]
            shown = plain(unit.in_whole_units(value))
            told = say("{title}（{amount}{unit}）", title=told, amount=shown, unit=unit.term)
        return EntryRef(
            place=entry.place,
            ledger=ledger.ledger,
            title=ledger.term,
            number=entry.number,
            on=entry.recorded.isoformat(),
            term=term,
            value=say("：{told}", told=told) if told else "",
            restricted=ledger.ledger if ledger.restricted else "",
        )


def entries_now(workspace: Workspace, period: Period, today: date) -> EntriesThen:
    """Give what ledgers hold that figures of a period count on a day."""
    open_database(workspace.store)
    from xianxue.desk.ledgers.entries import last_lines  # noqa: PLC0415 - needs Django first

    on = min(today, period.end)
    lines = last_lines(on)
    return EntriesThen(on=on.isoformat(), lines=lines) if lines else NO_ENTRIES


def ledger_column(count: Count) -> bool:
    """Whether a count is a column of the ledger's table: what is told apart does not add up."""
    return not count.distinct
