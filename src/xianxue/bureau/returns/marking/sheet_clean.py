"""Taking marks off one sheet: every cell as it was, the column of reasons gone."""

from __future__ import annotations

from xianxue.bureau.documents.splice import Node, with_attributes
from xianxue.bureau.returns.marking.colours import Before
from xianxue.bureau.returns.marking.sheet import WIDTH, WIDTH_CUT
from xianxue.bureau.returns.marking.sheet_xml import CellNode, SheetXml, address_of, span_of, split
from xianxue.bureau.returns.marking.styles import Styles

_NEAR = 0.02
"""A program that saves a width anew may round it."""


def unmark_sheet(sheet: SheetXml, styles: Styles) -> None:
    """Give every marked cell its own style again, and clear the reasons."""
    columns: set[int] = set()
    for row in sheet.rows:
        left = len(row.cells)
        for cell in row.cells:
            mark = styles.before(cell.style)
            if mark is None:
                continue
            # By the cells' own colour, not by the header: rows may have been sorted, columns moved.
            if mark[0].look == "reason":
                columns.add(cell.column)
            left -= _restore(sheet, cell, *mark)
        # A row with a height or a style of its own was there before us.
        if row.cells and not left and set(row.node.attributes) <= {"r"}:
            # The whole row was ours: its cells were taken out one by one, so now the tags go.
            sheet.edits.replace(row.node.start, row.node.inner, b"")
            sheet.edits.replace(row.node.close, row.node.end, b"")
    for column in columns:
        _narrow(sheet, column)
    if columns:
        _shrink(sheet, max(columns))


def _restore(sheet: SheetXml, cell: CellNode, before: Before, style: int) -> bool:
    """Restore one cell; whether it was taken out."""
    empty = before.look == "reason" or not cell.filled
    # It was not there before; one that a clerk has filled since stays, without its colour.
    if before.fresh and empty:
        sheet.edits.remove(cell.node)
        return True
    # A cell that said nothing of its style was given the attribute last, after all others.
    silent = style == 0 and next(reversed(cell.node.attributes)) == "s"
    values: dict[str, str | None] = {"s": None if silent else str(style)}
    if before.look != "reason":
        sheet.edits.attributes(cell.node, values)
        return False
    tag = sheet.xml[cell.node.start : cell.node.inner]
    tag = with_attributes(tag, {**values, "t": None})
    tag = tag if cell.node.closes_itself else tag[:-1].rstrip() + b"/>"
    sheet.edits.replace(cell.node.start, cell.node.end, tag)
    return False


def _narrow(sheet: SheetXml, column: int) -> None:
    """Take back the width of the column of reasons."""
    node = sheet.column_node(column)
    if node is None or sheet.columns is None or span_of(node) != (column, column):
        return
    try:
        width = float(node.get("width"))
    except ValueError:
        return
    # Only our own width: a clerk may have widened the column since, and meant it.
    if abs(width - WIDTH) < _NEAR:
        if len(sheet.columns.children) == 1:
            sheet.edits.remove(sheet.columns)
        else:
            sheet.edits.remove(node)
    elif abs(width - WIDTH_CUT) < _NEAR:
        _join(sheet, sheet.columns, node, column)


def _join(sheet: SheetXml, columns: Node, node: Node, column: int) -> None:
    before = next((one for one in columns.children if span_of(one)[1] == column - 1), None)
    after = next((one for one in columns.children if span_of(one)[0] == column + 1), None)
    # The declaration that was cut in three becomes one again.
    if before is not None and after is not None and _alike(before, after):
        sheet.edits.attributes(before, {"max": str(span_of(after)[1])})
        sheet.edits.remove(node)
        sheet.edits.remove(after)
    elif after is not None:
        sheet.edits.attributes(after, {"min": str(column)})
        sheet.edits.remove(node)
    elif before is not None:
        sheet.edits.attributes(before, {"max": str(column)})
        sheet.edits.remove(node)


def _alike(one: Node, other: Node) -> bool:
    ends = {"min", "max"}
    return {key: text for key, text in one.attributes.items() if key not in ends} == {
        key: text for key, text in other.attributes.items() if key not in ends
    }


def _shrink(sheet: SheetXml, column: int) -> None:
    """Take back the extent that reached the column of reasons."""
    node = sheet.root.child("dimension")
    if node is None:
        return
    first, _, last = node.get("ref").partition(":")
    high = split(last)
    # Somebody wrote further right since: the extent is no longer ours.
    if high is None or high[1] != column:
        return
    furthest = max(
        (cell.column for row in sheet.rows for cell in row.cells if cell.column < column),
        default=1,
    )
    end = address_of(high[0], furthest)
    sheet.edits.attributes(node, {"ref": first if end == first else f"{first}:{end}"})
