"""Cells and rows: what stands in one sheet of a return, and where somebody wrote it."""

from __future__ import annotations

from typing import Literal

from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.record import Record

Value = int | str | Missing
"""Numbers are whole, in the field's smallest step; yes is 1 and no is 0; dates are ISO text."""


Fault = Literal["", "no_result", "error", "merged"]
"""A formula without a result; a formula that came to an error; a cell merged with others."""


class Cell(Record):
    """One value and the place in the workbook where somebody wrote it."""

    value: Value
    address: str = ""
    """In Excel letters, ``C4``; empty where there is no cell."""
    written: str = ""
    """The text as the clerk wrote it, before it was read as a number."""
    fault: Fault = ""
    """What keeps the cell from being read although something is there; then it has no value."""


class Row(Record):
    """One row: its code in a grid (``G1``), its line in a list (``1``), empty in a record."""

    code: str
    cells: dict[str, Cell]
    """Field name to cell; a field that is not asked here is absent."""
