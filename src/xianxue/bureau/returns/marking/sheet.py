"""Marking one sheet: colours on cells, and a last column of reasons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from xianxue.bureau.documents.splice import Node, in_cell, with_attributes
from xianxue.bureau.returns.marking.colours import Look
from xianxue.bureau.returns.marking.sheet_xml import (
    LAST_COLUMN,
    CellNode,
    RowNode,
    SheetXml,
    address_of,
    span_of,
    split,
)
from xianxue.bureau.returns.marking.styles import Styles
from xianxue.bureau.returns.sheets.own_marks import Voice
from xianxue.bureau.values.record import Record

# Sixty letters; the fraction is what programs add for a cell's padding, and by it the column is
# known again.
WIDTH: Final = 60.7109375
"""Of the column of reasons, in a place where no column was declared."""
# One more, so that taking it off can tell whether there was a declaration before.
WIDTH_CUT: Final = 61.7109375
"""The same, cut out of a wider declaration."""
_AFTER_COMMENTS: Final = frozenset(
    {
        "legacyDrawingHF",
        "drawingHF",
        "picture",
        "oleObjects",
        "controls",
        "webPublishItems",
        "tableParts",
        "AlternateContent",
        "extLst",
    }
)
"""What stands behind the reference to comments in a sheet."""


class _Mark(Record):
    """What goes into one cell."""

    look: Look
    body: bytes = b""
    """Its content as XML; empty where it keeps its own."""
    like: int | None = None
    """The style a cell that is not there yet looks like; None for that of its row or column."""


def mark_sheet(
    sheet: SheetXml,
    cells: Mapping[str, Look],
    reasons: Mapping[int, str],
    styles: Styles,
    voice: Voice,
) -> None:
    """Colour cells by their addresses, and write a reason at the end of rows.

    All that goes into one row is put there in one pass: the new cells in their order.
    """
    wanted: dict[int, dict[int, _Mark]] = {}
    for address, look in cells.items():
        at = split(address)
        if at is not None:
            wanted.setdefault(at[0], {})[at[1]] = _Mark(look)
    if reasons:
        column = _reason_column(sheet)
        head = sheet.header_row(min(reasons))
        # The headed row always: a column without a header would not be known as ours.
        for number in {head, *reasons}:
            text = reasons.get(number, "")
            like = None
            if number == head:
                text = f"{voice.reason}：{text}" if text else voice.reason
                like = sheet.last_style(head)
            body = _inline(text, sheet.root.prefix)
            wanted.setdefault(number, {})[column] = _Mark("reason", body, like)
        _widen(sheet, column)
        _reach(sheet, column)
    for number in sorted(wanted):
        _mark_row(sheet, number, wanted[number], styles)


def _inline(text: str, prefix: str) -> bytes:
    return f"<{prefix}is>".encode() + in_cell(text, prefix) + f"</{prefix}is>".encode()


def _mark_row(sheet: SheetXml, number: int, marks: Mapping[int, _Mark], styles: Styles) -> None:
    row = sheet.row(number)
    new: dict[int, bytes] = {}
    for column in sorted(marks):
        mark = marks[column]
        cell = row.cell(column) if row is not None else None
        if cell is not None:
            _recolour(sheet, cell, styles.marked(cell.style, mark.look, fresh=False), mark.body)
            continue
        # A new cell keeps the look of its row or column; the header of reasons looks like the
        # header beside it.
        base = sheet.default_style(row, column) if mark.like is None else mark.like
        style = styles.marked(base, mark.look, fresh=True)
        kind = b' t="inlineStr"' if mark.body else b""
        start = f'<{sheet.tag("c")} r="{address_of(number, column)}" s="{style}"'.encode() + kind
        end = f"</{sheet.tag('c')}>".encode()
        new[column] = start + (b">" + mark.body + end if mark.body else b"/>")
    if row is None:
        text = b"".join(new.values())
        opening = f'<{sheet.tag("row")} r="{number}">'.encode()
        _insert_row(sheet, number, opening + text + f"</{sheet.tag('row')}>".encode())
    else:
        _insert_cells(sheet, row, new)


def _recolour(sheet: SheetXml, cell: CellNode, style: int, body: bytes) -> None:
    if not body:
        sheet.edits.attributes(cell.node, {"s": str(style)})
        return
    tag = sheet.xml[cell.node.start : cell.node.inner]
    tag = with_attributes(tag, {"s": str(style), "t": "inlineStr"})
    if cell.node.closes_itself:
        tag = tag[:-2].rstrip() + b">"
    text = tag + body + f"</{sheet.tag('c')}>".encode()
    sheet.edits.replace(cell.node.start, cell.node.end, text)


def _insert_cells(sheet: SheetXml, row: RowNode, new: Mapping[int, bytes]) -> None:
    if not new:
        return
    opening = sheet.xml[row.node.start : row.node.inner]
    # What a row says of its first and last cell is a hint, and no longer true.
    opening = with_attributes(opening, {"spans": None})
    if row.node.closes_itself:
        text = opening[:-2].rstrip() + b">" + b"".join(new.values())
        text += f"</{sheet.tag('row')}>".encode()
        sheet.edits.replace(row.node.start, row.node.end, text)
        return
    sheet.edits.replace(row.node.start, row.node.inner, opening)
    for column, text in new.items():
        at = row.place(column)
        after = row.cells[at].node if at < len(row.cells) else None
        if after is None:
            last = row.cells[-1].node.end if row.cells else row.node.inner
            sheet.edits.insert(last, text)
        elif after.get("r"):
            sheet.edits.insert(after.start, text)
        # Else the cells say nothing of where they stand, and a new one would shift them.


def _insert_row(sheet: SheetXml, number: int, text: bytes) -> None:
    after = next((row for row in sheet.rows if row.number > number), None)
    if after is None:
        if sheet.data.closes_itself:
            sheet.edits.append(sheet.data, text)
        else:
            last = sheet.rows[-1].node.end if sheet.rows else sheet.data.inner
            sheet.edits.insert(last, text)
    elif after.node.get("r"):
        sheet.edits.insert(after.node.start, text)


def _reason_column(sheet: SheetXml) -> int:
    # Behind everything that is filled: nothing of the clerk's is covered.
    column = min(sheet.last_filled() + 1, LAST_COLUMN)
    # A hidden column would hide the reasons.
    while column < LAST_COLUMN:
        node = sheet.column_node(column)
        if node is None or span_of(node) != (column, column) or not _hidden(node):
            break
        column += 1
    return column


def _hidden(node: Node) -> bool:
    return node.get("hidden") in {"1", "true"}


def _widen(sheet: SheetXml, column: int) -> None:
    """Give the column of reasons its width, cutting it out of a declaration it lies in."""
    node = sheet.column_node(column)
    first, last = span_of(node) if node is not None else (0, 0)
    if node is not None and first == last:
        return
    width = WIDTH_CUT if node is not None else WIDTH
    own = f'<{sheet.tag("col")} min="{column}" max="{column}" width="{width}" customWidth="1"/>'
    if node is not None:
        tag = sheet.xml[node.start : node.inner]
        own_tag = with_attributes(tag, {"width": str(width), "customWidth": "1", "hidden": None})
        pieces = ((first, column - 1, tag), (column, column, own_tag), (column + 1, last, tag))
        text = b"".join(
            with_attributes(piece, {"min": str(low), "max": str(high)})
            for low, high, piece in pieces
            if low <= high
        )
        sheet.edits.replace(node.start, node.end, text)
    elif sheet.columns is not None:
        after = next((one for one in sheet.columns.children if span_of(one)[0] > column), None)
        place = after.start if after is not None else sheet.columns.close
        sheet.edits.insert(place, own.encode())
    else:
        name = sheet.tag("cols")
        sheet.edits.insert(sheet.data.start, f"<{name}>{own}</{name}>".encode())


def _reach(sheet: SheetXml, column: int) -> None:
    """Let the declared extent of the sheet reach a column."""
    node = sheet.root.child("dimension")
    if node is None:
        return
    first, _, last = node.get("ref").partition(":")
    low, high = split(first), split(last or first)
    # Some programs do not show what lies beyond the declared extent.
    if low and high and high[1] < column:
        reference = f"{first}:{address_of(high[0], column)}"
        sheet.edits.attributes(node, {"ref": reference})


def point_to_comments(sheet: SheetXml, relation: str, namespace: str) -> None:
    """Let a sheet point to the drawing of its comments."""
    after = next((node for node in sheet.root.children if node.name in _AFTER_COMMENTS), None)
    at = after.start if after is not None else sheet.root.close
    name = sheet.tag("legacyDrawing")
    sheet.edits.insert(at, f'<{name} xmlns:r="{namespace}" r:id="{relation}"/>'.encode())
