"""The sheets of forms as tables: one kind of table, and the first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from xianxue.bureau.kinds.asked import row_entries
from xianxue.bureau.kinds.codes import Code, CodeList
from xianxue.bureau.kinds.form import Form, Sheet
from xianxue.bureau.kinds.table import Table
from xianxue.bureau.places.stages import Stage

ROW: Final = "row"
"""The column of a grid's rows, as a slice."""


def tables_of(form: Form, codes: Mapping[str, CodeList]) -> list[Table]:
    """Give the sheets of a form as tables, in their order.

    A code list that is not there (its card could not be read) may have any stage: so one broken
    card does not make all that refers to it look wrong.
    """
    return [table_of(form, sheet, codes) for sheet in form.sheets]


def table_of(form: Form, sheet: Sheet, codes: Mapping[str, CodeList]) -> Table:
    """Give one sheet as a table."""
    entries: list[Code] = []
    if sheet.layout == "grid" and sheet.rows in codes:
        entries = row_entries(sheet, codes)
    stages = [entry.stage for entry in entries]
    coded = [field.field for field in sheet.fields if field.type == "code"]
    return Table(
        table=sheet.sheet,
        term=sheet.term,
        layout=sheet.layout,
        fields=tuple(sheet.fields),
        given_by=form.filed_by,
        period=form.period,
        stages=_stages(sheet, codes),
        # A grid with one row a stage has one row of each: that of children by age has many.
        single=len(set(stages)) == len(stages) if entries else sheet.layout == "record",
        rows=sheet.rows,
        row_codes=tuple(sheet.row_codes),
        stage_by=sheet.stage_by,
        slices=(*([ROW] if sheet.layout == "grid" else []), *coded),
        form=form.form,
    )


def _stages(sheet: Sheet, codes: Mapping[str, CodeList]) -> tuple[Stage, ...]:
    found: set[Stage | None]
    told_by = sheet.field(sheet.stage_by) if sheet.stage_by else None
    if sheet.layout == "grid":
        found = _of(row_entries(sheet, codes)) if sheet.rows in codes else set(Stage)
    elif told_by is not None:
        found = _of(codes[told_by.codes].entries) if told_by.codes in codes else set(Stage)
    else:
        found = {sheet.stage}
    # In the order of stages: that of a code list may be another one.
    return tuple(stage for stage in Stage if stage in found)


def _of(entries: Iterable[Code]) -> set[Stage | None]:
    return {entry.stage for entry in entries}
