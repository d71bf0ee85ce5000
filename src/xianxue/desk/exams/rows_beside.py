"""The rows that complaints are of, as they stand in the files, to be shown beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.returns.files.refusal import RefusedError
from xianxue.bureau.returns.sheets.layout import letters, split_address
from xianxue.bureau.values.record import Record
from xianxue.desk.exams.tables import tabs_of
from xianxue.desk.returns.intake import file_names
from xianxue.desk.stores.given.given_workbooks import read_file

_CELL: Final = re.compile(r"[A-Z]{1,3}\d{1,7}")
_NOWHERE: Final = (-1, -1)
_WIDEST: Final = 12
"""Cells beside a complaint: what fits on a page."""


class Row(Record):
    """A row of a table that something is wrong with."""

    cells: tuple[str, ...]
    wrong: int
    """Which of its cells, counted from 0."""
    columns: tuple[str, ...] = ()
    """The letters of the columns that its cells stand in."""


def rows_beside(files: Sequence[Path], issues: Sequence[Issue]) -> list[Row | None]:
    """Give the row that each complaint is of; None for one that is of no row."""
    held: dict[tuple[str, str], Sequence[Sequence[str]]] = {}
    for path, name in zip(files, file_names(files), strict=True):
        try:
            tabs = tabs_of(read_file(path), name, [])
        except RefusedError:
            continue
        held |= {(tab.file, tab.tab): tab.rows for tab in tabs}
    return [_row_of(held.get((one.file, one.sheet), ()), one.cell) for one in issues]


def _row_of(rows: Sequence[Sequence[str]], cell: str) -> Row | None:
    at, column = split_address(cell) if _CELL.fullmatch(cell) else _NOWHERE
    if not 0 <= at < len(rows):
        return None
    first = max(0, column - _WIDEST + 1)
    cells = tuple(rows[at][first : first + _WIDEST])
    columns = tuple(letters(first + number) for number in range(len(cells)))
    return Row(cells, column - first, columns)
