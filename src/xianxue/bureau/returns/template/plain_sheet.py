"""A worksheet of plain cells: texts, numbers, formulas and blanks, written without detours.

XlsxWriter asks of each cell what it could be besides, and of each attribute whether it has to be
escaped. Our sheets hold plain cells, hundreds of them in each school's workbook. Whatever else a
sheet holds is left to XlsxWriter, and the bytes are those that it would have written.
"""

# XlsxWriter comes without stubs; what goes in and out of it is plain.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# Nor are its private names typed.
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from functools import lru_cache
from io import StringIO
from typing import Any, Final, Literal

from xlsxwriter.format import Format
from xlsxwriter.worksheet import (
    CellBlankTuple,
    CellDatetimeTuple,
    CellNumberTuple,
    CellStringTuple,
    RowInfo,
)

from xianxue.bureau.returns.sheets.layout import letters
from xianxue.bureau.returns.template.same_formulas import SameFormulas

_ROWS_OF_A_SPAN: Final = 16
"""A row says in which columns it and its neighbours have cells; so many rows say it together."""
_PLAIN: Final = frozenset({CellBlankTuple, CellDatetimeTuple, CellNumberTuple, CellStringTuple})
_LONG: Final = 16_000
"""Longer texts are measured, for a cell takes 32,767 units of UTF-16."""


class PlainSheet(SameFormulas):
    """A worksheet that writes plain cells itself, and leaves all others to XlsxWriter."""

    # The private names of XlsxWriter are its cells, its rows and the one place where it writes
    # them; the tests hold our bytes against its own.

    # Known once there are cells, and no sheet is written before.
    dim_rowmin: Any
    dim_rowmax: Any
    dim_colmin: Any
    dim_colmax: Any
    str_table: Any
    fh: Any

    def write_string(  # pyright: ignore[reportIncompatibleVariableOverride]  # theirs is wrapped
        self, row: int, col: int, string: str, cell_format: Format | None = None
    ) -> int:
        """Write a text."""
        if len(string) > _LONG:
            return self._write_string(row, col, string, cell_format)
        table = self.table
        # A cell in a row that has some, between columns that have some, is within all bounds.
        if (row in table and self.dim_colmin <= col <= self.dim_colmax) or (
            not self._check_dimensions(row, col)
        ):
            at = self.str_table._get_shared_string_index(string)  # noqa: SLF001 - see above
            table[row][col] = CellStringTuple(at, cell_format)
        return 0

    def set_row(
        self,
        row: int,
        height: float | None = None,
        cell_format: Format | None = None,
        options: dict[str, Any] | None = None,
    ) -> Literal[0, -1]:
        """Set a row's height, or more."""
        pixels = int(height * 4.0 / 3.0 + 0.5) if height is not None else 0
        if not pixels or cell_format is not None or options:
            return super().set_row(row, height, cell_format, options)
        if self._check_dimensions(row, self.dim_colmin or 0):
            return -1
        self.row_info[row] = RowInfo(pixels)
        self.row_sizes[row] = [pixels, False]
        return 0

    def _escape_attributes(self, attribute: Any) -> Any:  # noqa: ANN401 - a text or a number
        # XlsxWriter tries a number as a text, and waits for the error.
        return super()._escape_attributes(attribute) if type(attribute) is str else attribute

    def _write_rows(self) -> None:
        if self.comments or self.default_row_height != self.original_row_height:
            super()._write_rows()
            return
        spans = self._spans()
        # Without a look of its own a cell has its column's: ours have none where cells have none.
        looks: dict[int, str] = {} if self.col_info else {id(None): ""}
        out: list[str] = []
        for row in range(self.dim_rowmin, self.dim_rowmax + 1):
            cells = self.table.get(row)
            info = self.row_info.get(row)
            if not cells and info is None:
                continue
            span = spans.get(row // _ROWS_OF_A_SPAN)
            if info is not None and (
                info.row_format or info.hidden or info.level or info.collapsed
            ):
                looks.pop(id(None), None)
                self._let_out(out)
                self._write_row(row, span, info, empty_row=not cells)
            else:
                height = None if info is None else info.height
                tag = _row_tag(row, span, height, self.original_row_height)
                out.append(tag if cells else f"{tag[:-1]}/>")
            if cells:
                self._write_cells(row, cells, looks, out)
                out.append("</row>")
        self._let_out(out)

    def _write_cells(
        self, row: int, cells: dict[int, Any], looks: dict[int, str], out: list[str]
    ) -> None:
        """Write a row's cells; ``looks`` is how the looks met so far are numbered."""
        for column in sorted(cells):
            cell = cells[column]
            style, kind = cell.format, type(cell)
            look = looks.get(id(style))
            if look is None and style is not None:
                # In the order in which they are met: that is how XlsxWriter numbers them.
                look = looks[id(style)] = f' s="{style._get_xf_index()}"'  # noqa: SLF001 - as above
            if look is None or kind not in _PLAIN:
                self._let_out(out)
                self._write_cell(row, column, cell)
                continue
            head = f'<c r="{letters(column)}{row + 1}"{look}'
            if kind is CellStringTuple:
                out.append(f'{head} t="s"><v>{cell.string}</v></c>')
            elif kind is CellBlankTuple:
                out.append(f"{head}/>")
            else:
                out.append(f"{head}><v>{cell.number:.16G}</v></c>")

    def _write_data_validation(self, options: dict[str, Any]) -> None:
        cells = options["cells"]
        said = {key: value for key, value in options.items() if key != "cells"}
        if len(cells) > 1 or "multi_range" in said or any(map(_is_list, said.values())):
            super()._write_data_validation(options)
        else:
            before, after = _rule(tuple(said.items()))
            self.fh.write(f"{before}{_range(*cells[0])}{after}")

    def _let_out(self, written: list[str]) -> None:
        self.fh.write("".join(written))
        written.clear()

    def _spans(self) -> dict[int, str]:
        """Give the span of each block of rows: its first and last column, counted from 1."""
        found: dict[int, tuple[int, int]] = {}
        for row, cells in self.table.items():
            if cells:
                block = row // _ROWS_OF_A_SPAN
                first, last = min(cells), max(cells)
                before = found.get(block, (first, last))
                found[block] = min(before[0], first), max(before[1], last)
        return {block: f"{first + 1}:{last + 1}" for block, (first, last) in found.items()}


def _is_list(value: object) -> bool:
    return isinstance(value, list)


@lru_cache(maxsize=4096)
def _rule(said: tuple[tuple[str, Any], ...]) -> tuple[str, str]:
    """Write a rule for cells: what stands before the cells' range, and behind it."""
    sheet: Any = SameFormulas()
    target = StringIO()
    sheet._set_filehandle(target)  # noqa: SLF001 - as above
    sheet._write_data_validation({**dict(said), "cells": [[0, 0, 0, 0]]})  # noqa: SLF001 - as above
    # Quotation marks inside of attributes are escaped, so this stands there once.
    before, mark, after = target.getvalue().partition(' sqref="A1')
    return before + mark[:-2], after


def _range(first_row: int, first: int, last_row: int, last: int) -> str:
    begin, end = f"{letters(first)}{first_row + 1}", f"{letters(last)}{last_row + 1}"
    return begin if begin == end else f"{begin}:{end}"


@lru_cache(maxsize=4096)
def _row_tag(row: int, span: str | None, height: float | None, usual: int) -> str:
    spans = f' spans="{span}"' if span else ""
    tall = ""
    if height is not None and height != usual:
        # Of pixels, points.
        tall = f' ht="{height * 0.75:.16g}" customHeight="1"'
    return f'<row r="{row + 1}"{spans}{tall}>'
