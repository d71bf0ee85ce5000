"""What a workspace holds: accepted returns, and the tables that figures are counted from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

from xianxue.bureau.indicators.columns import PLACES, column_types
from xianxue.bureau.indicators.tables import places_columns, sheet_columns
from xianxue.bureau.kinds.form import Form
from xianxue.bureau.places.place import Place
from xianxue.bureau.records.figure import CellRef
from xianxue.bureau.records.returned import Return
from xianxue.bureau.values.periods import Period
from xianxue.desk.database import open_database
from xianxue.desk.stores import roster
from xianxue.desk.stores.cabinet import Cabinet, Kept, Tables
from xianxue.desk.workspace import Workspace


@dataclass(frozen=True)
class Holdings:
    """The accepted revisions of one period."""

    workspace: Workspace
    period: Period
    frozen: tuple[Kept, ...] | None = None
    """The revisions of a release; None for what is accepted now."""

    @cached_property
    def cabinet(self) -> Cabinet:
        """The Parquet files."""
        return Cabinet(self.workspace.store / "cabinet")

    @cached_property
    def kept(self) -> list[Kept]:
        """The accepted revision of each form and place, as the database refers to them."""
        if self.frozen is not None:
            return list(self.frozen)
        open_database(self.workspace.store)
        from xianxue.desk.models import Filing  # noqa: PLC0415 - needs Django set up first

        accepted = Filing.objects.filter(period=self.period.code, accepted__isnull=False)
        rows = accepted.order_by("form", "place").values_list(
            "form", "place", "accepted__number", "accepted__batch", "period"
        )
        return [Kept(*row) for row in rows]

    @cached_property
    def returns(self) -> list[Return]:
        """The returns themselves, cell by cell."""
        return self.cabinet.read_returns(self.kept)

    def expected(self, form: Form) -> list[Place]:
        """Give the places that have to file a form in this period."""
        register = self.workspace.register
        if form.filed_by == "county":
            return [register.county]
        return register.schools(self.period.reference_day)

    @cached_property
    def digest(self) -> str:
        """What the tables are derived from: forms, revisions, the register and the period."""
        said = hashlib.sha256(self.period.code.encode())
        said.update((self.workspace.root / roster.NAME).read_bytes())
        for form in self.workspace.shelf.forms.values():
            said.update(f"{form.form} {form.version} {form!r}".encode())
        for each in self.kept:
            said.update(f"{each.form} {each.place} {each.revision} {each.batch}\n".encode())
        return said.hexdigest()[:32]

    def tables(self) -> Tables:
        """Open the tables, writing them first if these revisions were never counted."""
        if not self.cabinet.has_tables(self.digest):
            self._write_tables()
        return self.cabinet.scan_tables(self.digest)

    def _write_tables(self) -> None:
        shelf, register = self.workspace.shelf, self.workspace.register
        columns = places_columns(register, self.period)
        tables = {PLACES: (columns, column_types(None, columns))}
        for form in shelf.forms.values():
            expected = self.expected(form)
            for sheet in form.sheets:
                columns = sheet_columns(
                    form, sheet, self.returns, expected, register, self.period, shelf.codes
                )
                tables[sheet.sheet] = (columns, column_types(sheet, columns))
        self.cabinet.write_tables(self.digest, tables)

    @cached_property
    def _filed(self) -> dict[tuple[str, str], Return]:
        return {(filed.form, filed.place): filed for filed in self.returns}

    def cell(self, place: str, sheet: str, field: str, row: str) -> CellRef | None:
        """Give the cell in which somebody wrote a number; None where nobody did."""
        shelf = self.workspace.shelf
        found = shelf.field(f"{sheet}.{field}")
        if found is None:
            return None
        form, its_sheet, asked_field = found
        filed = self._filed.get((form.form, place))
        rows = filed.tables.get(sheet, ()) if filed is not None else ()
        cell = next((each.cells.get(field) for each in rows if each.code == row), None)
        if filed is None or cell is None or not cell.address:
            return None
        entry = shelf.codes[its_sheet.rows].entry(row) if its_sheet.rows else None
        return CellRef(
            place=place,
            form=form.form,
            revision=filed.revision,
            file=filed.file,
            sheet=its_sheet.term,
            cell=cell.address,
            field=f"{sheet}.{field}",
            term=f"{entry.term}·{asked_field.term}" if entry else asked_field.term,
            value=cell.written,
        )
