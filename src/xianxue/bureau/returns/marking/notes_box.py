"""The box in which a comment is shown: VML, the only way every spreadsheet program knows."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import Final

from xianxue.bureau.returns.marking.sheet_xml import LAST_COLUMN, SheetXml
from xianxue.bureau.returns.sheets.appearance import breadth

_WIDTH: Final = 340
"""Pixels, as are all lengths here."""
_LINE: Final = 17
_LETTER: Final = 6.2
"""Of a narrow letter at 9 points; a wide one takes two."""
_COLUMN: Final = 64
_ROW: Final = 20
_GAP: Final = 15
_DIGIT: Final = 7
_PADDING: Final = 5


def empty_drawing(number: int) -> bytes:
    """Give a drawing without boxes, with its number among the workbook's."""
    return (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel">'
        f'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{number}"/></o:shapelayout>'
        '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
        'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
        '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
    ).encode()


def box(sheet: SheetXml, at: tuple[int, int], text: str, number: int) -> bytes:
    """Give the hidden box beside a cell (row and column from 1), wide and high enough."""
    row, column = at
    # Nobody measures text here: by the letter's width, and one line more than that comes to.
    per_line = int((_WIDTH - 2 * _PADDING) / _LETTER)
    lines = 1 + sum(max(1, ceil(breadth(line) / per_line)) for line in text.split("\n"))
    # One row up and one column to the right, as spreadsheet programs place it themselves.
    left, top = min(column, LAST_COLUMN - 1), max(row - 2, 0)
    right, right_rest = _walk(_GAP + _WIDTH, left, lambda one: _column_width(sheet, one + 1))
    bottom, bottom_rest = _walk(
        _PADDING + lines * _LINE, top, lambda one: _row_height(sheet, one + 1)
    )
    anchor = f"{left}, {_GAP}, {top}, {_PADDING}, {right}, {right_rest}, {bottom}, {bottom_rest}"
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" '
        "style='position:absolute;visibility:hidden' "
        'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
        '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        "<v:textbox style='mso-direction-alt:auto'><div style='text-align:left'></div></v:textbox>"
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
    ).encode()


def _walk(length: int, first: int, size: Callable[[int], int]) -> tuple[int, int]:
    """Give the column or row in which a length from the start of another ends, and the rest."""
    at = first
    while length > 0 and at < LAST_COLUMN - 1:
        here = size(at)
        if length < here:
            break
        length -= here
        at += 1
    return at, max(length, 0)


def _column_width(sheet: SheetXml, column: int) -> int:
    node = sheet.column_node(column)
    if node is None:
        return _COLUMN
    if node.get("hidden") in {"1", "true"}:
        return 0
    return int(_float(node.get("width"), _COLUMN / _DIGIT) * _DIGIT + _PADDING)


def _row_height(sheet: SheetXml, number: int) -> int:
    row = sheet.row(number)
    return int(_float(row.node.get("ht"), _ROW * 0.75) / 0.75) if row is not None else _ROW


def _float(text: str, otherwise: float) -> float:
    try:
        return float(text)
    except ValueError:
        return otherwise
