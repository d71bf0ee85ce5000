"""A sheet as it is read here: texts, and how many lines each cell reaches down."""

from __future__ import annotations

from collections.abc import Mapping

from xianxue.bureau.values.record import Record


class SheetCells(Record, kw_only=True):
    """One sheet, as texts."""

    name: str
    rows: list[list[str]]
    """As they are written: of a merged range the first cell alone has the text."""
    reach: Mapping[tuple[int, int], tuple[int, int]]
    """The first cell of each merged range to how many lines and columns it covers."""

    def at(self, row: int, column: int) -> str:
        """Give a cell's text; empty outside of what is written."""
        line = self.rows[row] if row < len(self.rows) else []
        return line[column] if column < len(line) else ""

    def down(self, row: int, column: int) -> int:
        """Say how many lines a cell covers."""
        return self.reach.get((row, column), (1, 1))[0]

    def across(self, row: int, column: int) -> int:
        """Say how many columns a cell covers."""
        return self.reach.get((row, column), (1, 1))[1]

    @property
    def spread(self) -> list[list[str]]:
        """The rows with what a merged range holds written into all of its cells."""
        full = [list(row) for row in self.rows]
        for (top, left), (lines, columns) in self.reach.items():
            for row in full[top : top + lines]:
                for column in range(left, min(left + columns, len(row))):
                    row[column] = self.rows[top][left]
        return full

    def address(self, row: int, column: int) -> str:
        """Name a cell as the sheet does: B7."""
        letters = ""
        column += 1
        while column:
            column, rest = divmod(column - 1, len(_LETTERS))
            letters = _LETTERS[rest] + letters
        return f"{letters}{row + 1}"


_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
