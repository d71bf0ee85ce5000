"""The rows that complaints are of, as they stand in the files, to be shown beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from string import ascii_uppercase
from typing import Final

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.returns.files.refusal import RefusedError
from xianxue.bureau.values.record import Record
from xianxue.desk.exams.tables import tabs_of
from xianxue.desk.returns.intake import file_names
from xianxue.desk.stores.given_workbooks import read_file

_CELL: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_WIDEST: Final = 12
"""Cells beside a complaint: what fits on a page."""


class Row(Record):
    """A row of a table that something is wrong with."""

    cells: tuple[str, ...]
    wrong: int
    """Which of its cells, counted from 0."""


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
    found = _CELL.fullmatch(cell)
    if found is None or not 1 <= int(found[2]) <= len(rows):
        return None
    column = _column(found[1])
    row = rows[int(found[2]) - 1]
    first = max(0, column - _WIDEST + 1)
    return Row(tuple(row[first : first + _WIDEST]), column - first)


def _column(letters: str) -> int:
    """Give the number of a column, counted from 0.

    >>> _column("A"), _column("Z"), _column("AB")
    (0, 25, 27)
    """
    number = 0
    for letter in letters:
        number = number * len(ascii_uppercase) + ascii_uppercase.index(letter) + 1
    return number - 1
