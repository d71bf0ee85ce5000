"""A return: what one school or county reported for one period, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from xianxue.bureau.records.brought import Brought
from xianxue.bureau.values.missing import Missing

Value = int | str | Missing
"""Numbers are whole, in the field's smallest step; yes is 1 and no is 0; dates are ISO text."""


Fault = Literal["", "no_result", "error", "merged"]
"""A formula without a result; a formula that came to an error; a cell merged with others."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value and the place in the workbook where somebody wrote it."""

    value: Value
    address: str = ""
    """In Excel letters, ``C4``; empty where there is no cell."""
    written: str = ""
    """The text as the clerk wrote it, before it was read as a number."""
    fault: Fault = ""
    """What keeps the cell from being read although something is there; then it has no value."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its code in a grid (``G1``), its line in a list (``1``), empty in a record."""

    code: str
    cells: dict[str, Cell]
    """Field name to cell; a field that is not asked here is absent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """One workbook as it was understood."""

    form: str
    version: str
    period: str
    place: str
    tables: dict[str, tuple[Row, ...]]
    """Sheet name to rows; a sheet that is not asked is absent."""
    file: str = ""
    """The name of the workbook, without its folder."""
    digest: str = field(default="")
    """SHA-256 of the workbook's bytes, in hexadecimal."""
    revision: int = 0
    """1 for the first accepted, 2 for its correction …; 0 while it is not accepted."""
    brought: Brought | None = field(default=None, compare=False, repr=False)
    """What the workbook brought along; no part of what was reported."""
    tabs: dict[str, str] = field(default_factory=dict[str, str], compare=False)
    """Sheet name to the tab it stood on, as the clerk has it named; empty where nobody looked."""
