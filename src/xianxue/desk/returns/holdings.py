"""What a workspace holds: accepted returns, and the tables that figures are counted from."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import cached_property

from xianxue.bureau.indicators.columns import PLACES, column_types
from xianxue.bureau.indicators.engine import Tables
from xianxue.bureau.indicators.tables import places_columns, sheet_columns
from xianxue.bureau.kinds.asked import is_due
from xianxue.bureau.kinds.form import Form
from xianxue.bureau.places.basis import Basis, basis
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.rebased import Rebased
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.basis.rebase import rebase
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.desk.returns.accepted import revisions
from xianxue.desk.stores.cabinet import Cabinet, Kept
from xianxue.desk.stores.engines import POLARS
from xianxue.desk.stores.table_files import Columns
from xianxue.desk.workspace import Workspace


class Holdings(Record, dict=True):
    """The accepted revisions of one period."""

    workspace: Workspace
    period: Period
    frozen: tuple[Kept, ...] | None = None
    """The revisions of a release; None for what is accepted now."""
    as_of: date | None = None
    """The later day by whose places is counted (合并口径); None for places as they were."""

    @cached_property
    def cabinet(self) -> Cabinet:
        """The Parquet files."""
        return Cabinet(self.workspace.store / "cabinet")

    @cached_property
    def kept(self) -> list[Kept]:
        """The accepted revision of each form and place, as the database refers to them."""
        if self.frozen is not None:
            return list(self.frozen)
        return [Kept(*row) for row in revisions(self.workspace, self.period)]

    @cached_property
    def returns(self) -> list[Return]:
        """The returns as they were filed, cell by cell."""
        return self.cabinet.read_returns(self.kept)

    @cached_property
    def basis(self) -> Basis:
        """The places that are counted by, and who counts under whom."""
        return basis(self.workspace.register, self.period.reference_day, self.as_of)

    @property
    def register(self) -> Register:
        """The register as it stood on the reference day, or as the basis sees it."""
        return self.basis.register

    @cached_property
    def rebased(self) -> Rebased:
        """The returns as they are counted, each cell with its way back."""
        shelf = self.workspace.shelf
        return rebase(self.returns, self.basis, shelf.forms, shelf.codes)

    def expected(self, form: Form) -> list[Place]:
        """Give the places that have to file a form in this period."""
        if form.filed_by == "county":
            return [self.register.county]
        on, codes = self.period.reference_day, self.workspace.shelf.codes
        return [place for place in self.register.schools(on) if is_due(form, place, on, codes)]

    @cached_property
    def digest(self) -> str:
        """What the tables are derived from: forms, revisions, the register and the period."""
        said = hashlib.sha256(self.period.code.encode())
        # What happens to places later changes neither the register of the day nor its tables.
        said.update(repr((self.register, self.basis.units)).encode())
        # Forms with all they say: another unit or another check of a field makes other tables.
        for form in self.workspace.shelf.forms.values():
            said.update(f"{form.form} {form.version} {form!r}".encode())
        for each in self.kept:
            said.update(f"{each.form} {each.place} {each.revision} {each.batch}\n".encode())
        # Half of it names a folder well enough: it is no seal, the seal lies inside.
        return said.hexdigest()[:32]

    def tables(self) -> Tables:
        """Open the tables, writing them first if these revisions were never counted."""
        files = self.cabinet.tables
        if not files.has(self.digest):
            files.write(self.digest, self.columns())
        return Tables(files.files(self.digest), POLARS)

    def columns(self) -> dict[str, Columns]:
        """Derive all tables from the returns and the register."""
        shelf, register, returns = self.workspace.shelf, self.register, self.rebased.returns
        columns = places_columns(register, self.period)
        tables: dict[str, Columns] = {PLACES: (columns, column_types(None, columns))}
        for form in shelf.forms.values():
            expected = self.expected(form)
            for sheet in form.sheets:
                columns = sheet_columns(
                    form, sheet, returns, expected, register, self.period, shelf.codes
                )
                tables[sheet.sheet] = (columns, column_types(shelf.table(sheet.sheet), columns))
        return tables
