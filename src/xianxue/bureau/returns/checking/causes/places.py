"""How columns and rows are called to a clerk: by Excel's letters or numbers and by their terms."""

from __future__ import annotations

from collections.abc import Sequence

from xianxue.bureau.kinds.form import Field
from xianxue.bureau.records.cells import Row
from xianxue.bureau.returns.checking.complaints import row_name
from xianxue.bureau.returns.checking.plan import SheetPlan
from xianxue.bureau.returns.sheets.layout import letters, split_address
from xianxue.bureau.values.sentence import say


def of_field(sheet: SheetPlan, rows: Sequence[Row], field: Field) -> str:
    """Name a field where the workbook has it: a column, or a row where it is written downwards."""
    cells = [row.cells[field.field].address for row in rows if field.field in row.cells]
    places = {split_address(cell) for cell in cells if cell}
    columns = {column for _, column in places}
    lines = {row for row, _ in places}
    return _named(columns, lines, field.term, down=sheet.down)


def of_row(sheet: SheetPlan, row: Row) -> str:
    """Name a row where the workbook has it: a column where the sheet is written downwards."""
    places = {split_address(cell.address) for cell in row.cells.values() if cell.address}
    columns = {column for _, column in places}
    lines = {line for line, _ in places}
    return _named(columns, lines, row_name(sheet, row), down=not sheet.down)


def _named(columns: set[int], lines: set[int], term: str, *, down: bool) -> str:
    # Where the clerk has rearranged the sheet, no letter is the right one.
    if not down and len(columns) == 1:
        return say("{column}列“{term}”", column=letters(columns.pop()), term=term)
    if down and len(lines) == 1:
        return say("第 {line} 行“{term}”", line=lines.pop() + 1, term=term)
    return say("“{term}”", term=term)
