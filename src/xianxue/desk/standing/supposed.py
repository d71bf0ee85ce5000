"""The river as it would be if some returns were accepted: nothing is written anywhere.

Only the rows of those returns are laid out anew; the rest of the tables are those that stand.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from xianxue.bureau.indicators.columns import column_types
from xianxue.bureau.indicators.engine import Tables
from xianxue.bureau.indicators.tables import sheet_columns
from xianxue.bureau.kinds.asked import is_due
from xianxue.bureau.kinds.form import Form, Sheet
from xianxue.bureau.places.place import Place
from xianxue.bureau.records.cells import Row, Value
from xianxue.bureau.records.rebased import Rebased
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.basis.rebase import rebase
from xianxue.bureau.values.record import Record, replace
from xianxue.desk.indicators.river import River
from xianxue.desk.returns.holdings import Holdings
from xianxue.desk.stores.engines import POLARS
from xianxue.desk.stores.table_files import Columns, held_table, in_memory, with_rows_of


class Base(Record, dict=True):
    """What stands, held ready: the tables in memory and the returns by form and place."""

    holdings: Holdings | None
    """Where they are read from; None where both are given."""
    laid: Mapping[str, Any] | None = None
    known: Mapping[tuple[str, str], Return] | None = None

    @cached_property
    def tables(self) -> Mapping[str, Any]:
        """The tables of all sheets and of places."""
        if self.laid is not None:
            return self.laid
        found = self.holdings.tables().by_sheet if self.holdings is not None else {}
        # What was gone on with from earlier tables is in memory already.
        return {
            name: in_memory(table) if isinstance(table, Path) else table
            for name, table in found.items()
        }

    @cached_property
    def returns(self) -> Mapping[tuple[str, str], Return]:
        """The accepted returns by form and place."""
        if self.known is not None:
            return self.known
        found = self.holdings.returns if self.holdings is not None else ()
        return {(one.form, one.place): one for one in found}


class SupposedHoldings(Holdings, dict=True):
    """What would be held: the accepted returns, some of them replaced by others."""

    base: Base | None = None
    supposed: tuple[Return, ...] = ()

    @cached_property
    def returns(self) -> list[Return]:
        """All returns, the supposed ones in the place of those that stand."""
        stands = self.base.returns if self.base is not None else {}
        instead = {(one.form, one.place): one for one in self.supposed}
        return list({**stands, **instead}.values())

    @cached_property
    def rebased(self) -> Rebased:
        """The returns as they are counted."""
        shelf = self.workspace.shelf
        return rebase(self.returns, self.basis, shelf.forms, shelf.codes)

    def tables(self) -> Tables:
        """Lay out the rows of what is supposed, over the tables that stand."""
        return Tables(self._tables, POLARS)

    @cached_property
    def _tables(self) -> Mapping[str, Any]:
        found = dict(self.base.tables) if self.base is not None else {}
        changed: set[str] = set()
        for one in self.supposed:
            form = self.workspace.shelf.forms[one.form]
            stands = self.base.returns.get((one.form, one.place)) if self.base else None
            for sheet in form.sheets:
                if same_sheet(stands, one, sheet.sheet):
                    continue
                changed.add(sheet.sheet)
                columns = self._columns(form, sheet, (one,), one.place)
                found[sheet.sheet] = with_rows_of([one.place], found[sheet.sheet], columns)
        for form, sheet in conditional_sheets(self, changed):
            found[sheet.sheet] = held_table(*self._columns(form, sheet, self.returns))
        return found

    def _due(self, form: Form, place: str) -> list[Place]:
        """Give one place, if it has to file a form: the others need not be asked."""
        if form.filed_by == "county":
            return [one for one in self.expected(form) if one.code == place]
        on, codes = self.period.reference_day, self.workspace.shelf.codes
        school = self.register.places.get(place)
        there = school is not None and school.level == "school" and school.open_on(on)
        return [school] if school and there and is_due(form, school, on, codes) else []

    def _columns(self, form: Form, sheet: Sheet, returns: Any, place: str = "") -> Columns:  # noqa: ANN401 - one return or all
        expected = self.expected(form) if not place else self._due(form, place)
        shelf = self.workspace.shelf
        columns = sheet_columns(
            form, sheet, returns, expected, self.register, self.period, shelf.codes
        )
        return columns, column_types(shelf.table(sheet.sheet), columns)


def same_sheet(stands: Return | None, supposed: Return, sheet: str) -> bool:
    """Whether two returns say the same on a sheet, whatever it was written in."""
    if stands is None:
        return False
    return _said(stands, sheet) == _said(supposed, sheet)


def _said(filed: Return, sheet: str) -> object:
    rows = filed.tables.get(sheet)
    if rows is None:
        return None
    return [(row.code, {name: cell.value for name, cell in row.cells.items()}) for row in rows]


def conditional_sheets(holdings: Holdings, changed: Collection[str]) -> list[tuple[Form, Sheet]]:
    """Give the sheets of which it hangs on other places' answers what is asked in them.

    Only those whose own rows have changed, or the answers that they hang on.
    """
    found: list[tuple[Form, Sheet]] = []
    for form in holdings.workspace.shelf.forms.values():
        for sheet in form.sheets:
            hangs = [name for field in sheet.fields for name in field.applies_with]
            on = {name.partition(".")[0] for name in hangs if "." in name}
            if hangs and not (on | {sheet.sheet}).isdisjoint(changed):
                found.append((form, sheet))
    return found


@dataclass(frozen=True)
class SupposedRiver(River):
    """One period as it would be; every part of a river, over supposed returns."""

    base: Base | None = None
    supposed: tuple[Return, ...] = ()

    @cached_property
    def holdings(self) -> Holdings:
        """What would be held."""
        return SupposedHoldings(
            self.counted_by, self.period, self.kept, self.as_of, self.base, self.supposed
        )

    def affected(self, changed: Collection[str]) -> list[tuple[Form, Sheet]]:
        """Give the sheets that are asked otherwise because some have changed."""
        return conditional_sheets(self.holdings, changed)


def supposing(river: River, base: Base, *returns: Return) -> SupposedRiver:
    """Suppose returns over a river of what is accepted now; other periods are its own."""
    return SupposedRiver(
        river.workspace,
        river.period,
        kept=tuple(river.holdings.kept),
        earlier=river.earlier,
        targets=river.targets,
        entries=river.entries,
        rules=river.rules,
        others=river.others,
        engine=river.engine,
        base=base,
        supposed=returns,
    )


def edited(stands: Return, cells: Mapping[tuple[str, str, str], Value]) -> Return:
    """Give a return with other values in some cells: (sheet, row, field) to value.

    What is not among its cells is passed over: a form that does not ask for it does not count it.
    """
    tables = {
        sheet: tuple(
            Row(
                row.code,
                {
                    name: replace(cell, value=cells.get((sheet, row.code, name), cell.value))
                    for name, cell in row.cells.items()
                },
            )
            for row in rows
        )
        for sheet, rows in stands.tables.items()
    }
    return replace(stands, tables=tables, revision=0)
