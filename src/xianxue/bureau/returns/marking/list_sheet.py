"""The XML of a sheet that lists things: a title, a line of headers, rows of texts with links."""

from __future__ import annotations

from collections.abc import Sequence

from xianxue.bureau.documents.parts import OFFICE
from xianxue.bureau.documents.splice import escaped, in_cell
from xianxue.bureau.returns.marking.sheet_xml import address_of
from xianxue.bureau.returns.marking.styles import MAIN
from xianxue.bureau.values.record import Record

_SELECTED = 'tabSelected="1" '


class Shape(Record):
    """What a list looks like besides its rows."""

    widths: Sequence[float]
    hidden: int
    """The first of the hidden columns, from 1 …"""
    hiding: int
    """… and how many there are."""
    merged: Sequence[int]
    """The rows whose text goes over all columns."""
    head: int
    """The row of headers; what is above stays in sight."""
    selected: bool


def list_row(at: int, cells: Sequence[tuple[int, str, int]], height: float = 0) -> str:
    """Write a row of texts: each with its column from 1 and the number of its style."""
    tall = f' ht="{height:g}" customHeight="1"' if height else ""
    body = "".join(_cell(address_of(at, column), text, style) for column, text, style in cells)
    return f'<row r="{at}"{tall}>{body}</row>'


def _cell(address: str, text: str, style: int) -> str:
    if not text:
        return f'<c r="{address}" s="{style}"/>'
    body = f"<is>{in_cell(text).decode()}</is>"
    return f'<c r="{address}" s="{style}" t="inlineStr">{body}</c>'


def list_link(at: int, column: int, tab: str, cell: str) -> str:
    """Write a link from a cell (row and column from 1) to another one."""
    place = escaped(f"'{tab.replace(chr(39), chr(39) * 2)}'!{cell}", quoted=True)
    return f'<hyperlink ref="{address_of(at, column)}" location="{place}" display="{cell}"/>'


def list_sheet(rows: Sequence[str], links: Sequence[str], shape: Shape, last: int) -> bytes:
    """Write the sheet; ``last`` is its last row."""
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}.7109375" customWidth="1"/>'
        for at, width in enumerate(shape.widths, 1)
    )
    end = shape.hidden + shape.hiding - 1
    columns += f'<col min="{shape.hidden}" max="{end}" width="9" hidden="1" customWidth="1"/>'
    wide = address_of(1, len(shape.widths)).rstrip("1")
    merged = "".join(f'<mergeCell ref="A{at}:{wide}{at}"/>' for at in shape.merged)
    linked = f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""
    below = f"A{shape.head + 1}"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        '<sheetPr><tabColor rgb="FFC00000"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:{address_of(last, end)}"/>'
        f'<sheetViews><sheetView showGridLines="0" {_SELECTED * shape.selected}workbookViewId="0">'
        f'<pane ySplit="{shape.head}" topLeftCell="{below}" activePane="bottomLeft" '
        'state="frozen"/>'
        f'<selection pane="bottomLeft" activeCell="{below}" sqref="{below}"/>'
        '</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
        f"<cols>{columns}</cols><sheetData>{''.join(rows)}</sheetData>"
        f'<mergeCells count="{len(shape.merged)}">{merged}</mergeCells>{linked}'
        '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    ).encode()
