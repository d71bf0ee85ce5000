"""Accepted returns as a source of tables: the first source, and where most figures end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from xianxue.bureau.kinds.expected import Expected, expected_in, expected_rows
from xianxue.bureau.records.rebased import Spot
from xianxue.bureau.records.trace import CellRef
from xianxue.desk.returns.holdings import Holdings


@dataclass(frozen=True)
class ReturnSource:
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
                term=f"{entry.term}·{asked.term}" if entry else asked.term,
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
