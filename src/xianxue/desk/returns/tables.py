"""Sources of tables as a workspace has them: accepted returns first, where most figures end."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any

from xianxue.bureau.indicators.columns import column_types
from xianxue.bureau.indicators.tables import lay_out, unfiled_rows
from xianxue.bureau.kinds.expected import Expected, expected_in, expected_rows
from xianxue.bureau.records.rebased import Spot
from xianxue.bureau.records.source import Sources, TableSource
from xianxue.bureau.records.trace import CellRef
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import joined
from xianxue.desk.returns.holdings import Holdings
from xianxue.desk.stores.table_files import held_table


def sources_of(holdings: Holdings, *later: TableSource) -> Sources:
    """Join everything that offers tables for a period; a new source is added here.

    ``later`` are those that need figures of the others. Declared tables that none of them offers
    stand as unfiled, so that no indicator is without its table.
    """
    given: tuple[TableSource, ...] = (ReturnSource(holdings), *later)
    offered = Sources(given).tables()
    others = [name for name in holdings.workspace.shelf.declared if name not in offered]
    return Sources((*given, UnfiledSource(holdings, others)) if others else given)


class ReturnSource(Record, dict=True):
    """The sheets of all forms of one period, and the register as the table of places."""

    holdings: Holdings

    def tables(self) -> Mapping[str, Any]:
        """Open the tables; they are written first if these revisions were never counted."""
        return self.holdings.tables().by_sheet

    def expected(self) -> Expected:
        """Give the rows that forms ask of the places that are counted by."""
        return self._expected

    def traces(self, place: str, table: str, field: str, row: str) -> tuple[CellRef, ...]:
        """Give the cells in which somebody wrote a number; none where nobody did.

        A school that others were merged into has theirs, each under the school as it was.
        """
        shelf = self.holdings.workspace.shelf
        found = shelf.asked_field(f"{table}.{field}")
        if found is None:
            return ()
        form, sheet, asked = found
        entry = shelf.codes[sheet.rows].entry(row) if sheet.rows else None
        return tuple(
            CellRef(
                place=part.place,
                form=form.form,
                revision=part.revision,
                file=part.file,
                sheet=sheet.term,
                cell=part.cell.address,
                field=f"{table}.{field}",
                term=joined("·", (entry.term, asked.term)) if entry else asked.term,
                value=part.cell.written,
            )
            for part in self.holdings.rebased.cells(Spot(form.form, place, table, row, field))
            # A cell without an address was worked out, not written: nobody could be shown it.
            if part.cell.address
        )

    @cached_property
    def _expected(self) -> Expected:
        held, shelf = self.holdings, self.holdings.workspace.shelf
        sheets = {table.table for table in shelf.tables.values() if table.form}
        every = expected_rows(shelf, held.register, held.period.reference_day)
        return expected_in(sheets, every)


class UnfiledSource(Record, dict=True):
    """Tables that are declared and that nobody has given anything in.

    A county may declare an examination and its indicators before there is a result: they are
    undetermined then and say who is missing, like those of a form that nobody has filed.
    """

    holdings: Holdings
    names: Collection[str]

    def tables(self) -> Mapping[str, Any]:
        """Lay out what is expected, every row of it unfiled."""
        shelf, register = self.holdings.workspace.shelf, self.holdings.register
        found: dict[str, Any] = {}
        for name in self.names:
            table = shelf.tables[name]
            rows = unfiled_rows(table, self._expected, register)
            fields = [field.field for field in table.fields]
            columns = lay_out(fields, rows, register, self.holdings.period)
            found[name] = held_table(columns, column_types(table, columns))
        return found

    def expected(self) -> Expected:
        """Give the rows that the declarations expect."""
        return self._expected

    def traces(self, place: str, table: str, field: str, row: str) -> tuple[CellRef, ...]:
        """Give nothing: nobody wrote anything."""
        del place, table, field, row
        return ()

    @cached_property
    def _expected(self) -> Expected:
        held = self.holdings
        every = expected_rows(held.workspace.shelf, held.register, held.period.reference_day)
        return expected_in(self.names, every)
