"""One sheet's XML as rows and cells with numbers, wherever they stand in the bytes."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from xianxue.bureau.documents.splice import Edits, Node, SpliceError, parse
from xianxue.bureau.returns.sheets.layout import column_of, letters

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})")
# XFD, the format's own bound.
LAST_COLUMN: Final = 16_384
# 2^20, the format's own bound.
LAST_ROW: Final = 1_048_576


@dataclass(slots=True)
class CellNode:
    """One cell: its column from 1, and its element."""

    column: int
    node: Node

    @property
    def style(self) -> int:
        """The number of its style."""
        return _number(self.node.get("s"), 0)

    @property
    def filled(self) -> bool:
        """Whether it holds a value or a formula."""
        return any(child.name in {"v", "f", "is"} for child in self.node.children)


@dataclass(slots=True)
class RowNode:
    """One row: its number from 1, its element and its cells in order."""

    number: int
    node: Node
    cells: list[CellNode] = field(default_factory=list[CellNode])

    def cell(self, column: int) -> CellNode | None:
        """Give the cell in a column, or None."""
        at = self.place(column)
        found = self.cells[at] if at < len(self.cells) else None
        return found if found is not None and found.column == column else None

    def place(self, column: int) -> int:
        """Give the number of cells before a column."""
        return bisect_left(self.cells, column, key=lambda cell: cell.column)


class SheetXml:
    """A sheet's part while it is looked at and changed."""

    def __init__(self, xml: bytes) -> None:
        self.xml = xml
        self.root = parse(xml)
        data = self.root.child("sheetData")
        if self.root.name != "worksheet" or data is None:
            message = "no cells in this sheet"
            raise SpliceError(message)
        self.data = data
        self.edits = Edits(xml)
        self.rows = _rows(data)
        self._by_number = {row.number: row for row in self.rows}
        self.columns = self.root.child("cols")

    def row(self, number: int) -> RowNode | None:
        """Give a row, or None where it is not written."""
        return self._by_number.get(number)

    def last_filled(self) -> int:
        """Give the last column that holds anything or is merged; 0 in an empty sheet."""
        # Styled blanks do not count: a whole sheet may have a style.
        columns = [cell.column for row in self.rows for cell in row.cells if cell.filled]
        merged = self.root.child("mergeCells")
        for node in merged.children if merged is not None else ():
            last = split(node.get("ref").rpartition(":")[2])
            columns.append(last[1] if last else 0)
        return max(columns, default=0)

    def header_row(self, before: int) -> int:
        """Give the row that is headed: the fullest of the first twenty, the first of equals.

        ``before``: the row of the first complaint; headers do not stand below it.
        """
        best, most = 1, 0
        for row in self.rows:
            # Headers stand at the top; below, a row of data may be the fullest.
            if row.number > min(before, 20):
                break
            filled = sum(cell.filled for cell in row.cells)
            if filled > most:
                best, most = row.number, filled
        return best

    def last_style(self, number: int) -> int | None:
        """Give the style of the last filled cell in a row, or None."""
        row = self.row(number)
        filled = [cell.style for cell in row.cells if cell.filled] if row is not None else []
        return filled[-1] if filled else None

    def default_style(self, row: RowNode | None, column: int) -> int:
        """Give the style a cell has that is not written: its row's, or its column's."""
        if row is not None and row.node.get("customFormat") in {"1", "true"}:
            return _number(row.node.get("s"), 0)
        node = self.column_node(column)
        return _number(node.get("style"), 0) if node is not None else 0

    def column_node(self, column: int) -> Node | None:
        """Give the declaration of a column, or None."""
        for node in self.columns.children if self.columns else ():
            if span_of(node)[0] <= column <= span_of(node)[1]:
                return node
        return None

    def tag(self, name: str) -> str:
        """Give an element's name as this part writes it."""
        return f"{self.root.prefix}{name}"


def span_of(node: Node) -> tuple[int, int]:
    """Give the first and last column of a column's declaration."""
    first = _number(node.get("min"), 0)
    return first, _number(node.get("max"), first)


def _rows(data: Node) -> list[RowNode]:
    rows: list[RowNode] = []
    last = 0
    for node in data.all("row"):
        last = _number(node.get("r"), last + 1)
        row = RowNode(last, node)
        column = 0
        for inner in node.all("c"):
            at = split(inner.get("r"))
            column = at[1] if at else column + 1
            row.cells.append(CellNode(column, inner))
        rows.append(row)
    numbers = [row.number for row in rows]
    # Programs repair such a file in different ways: nobody could say which cell is marked.
    if numbers != sorted(set(numbers)) or any(_unordered(row) for row in rows):
        message = "rows or cells out of order"
        raise SpliceError(message)
    return rows


def _unordered(row: RowNode) -> bool:
    columns = [cell.column for cell in row.cells]
    return any(one >= other for one, other in pairwise(columns))


def split(address: str) -> tuple[int, int] | None:
    """Give the row and column of an address, from 1; None where it is none.

    >>> split("C4"), split("line 7"), split("XFE1")
    ((4, 3), None, None)
    """
    found = _ADDRESS.fullmatch(address)
    if found is None:
        return None
    column, row = column_of(found[1].upper().encode()), int(found[2])
    return (row, column) if column <= LAST_COLUMN and row <= LAST_ROW else None


def address_of(row: int, column: int) -> str:
    """Give the address of a row and column counted from 1.

    >>> address_of(4, 3)
    'C4'
    """
    return f"{letters(column - 1)}{row}"


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() else otherwise
