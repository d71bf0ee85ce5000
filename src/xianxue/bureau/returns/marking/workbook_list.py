"""The workbook's list of sheets: the summary put first and taken out, all that counts sheets moved.

Names with a range of their own sheet count sheets from 0, and so does the tab that is open.
"""

from __future__ import annotations

from typing import Final

from xianxue.bureau.documents.parts import OFFICE
from xianxue.bureau.documents.splice import Edits, Node, SpliceError, escaped, parse
from xianxue.bureau.returns.marking.package import WORKBOOK, WorkbookParts

_SHEET_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_OPENED: Final = ("activeTab", "firstSheet")


def put_first(parts: WorkbookParts, name: str, content: bytes) -> None:
    """Put a sheet first and open it; the tab that was open is no longer selected."""
    part = parts.free_name("xl/worksheets/sheet", ".xml")
    parts.add(part, content, _SHEET_TYPE)
    relation = parts.relate(WORKBOOK, "worksheet", part)
    xml = parts.contents[WORKBOOK]
    root = parse(xml)
    sheets = root.child("sheets")
    if sheets is None or not sheets.children:
        message = "no sheets"
        raise SpliceError(message)
    # Never used twice, not even after a sheet was taken out: programs know sheets by it.
    ids = [int(node.get("sheetId") or 0) for node in sheets.children]
    edits = Edits(xml)
    edits.insert(
        sheets.children[0].start,
        f'<{root.prefix}sheet xmlns:r="{OFFICE}" name="{escaped(name, quoted=True)}" '
        f'sheetId="{max(ids) + 1}" r:id="{relation}"/>'.encode(),
    )
    # Every number of a sheet behind the new one is one too small now.
    _shift(root, edits, 1)
    for view in _views(root):
        # Named even where it is the first: so the order of attributes stays as it was.
        values = {name: "0" for name in _OPENED if view.get(name)}
        edits.attributes(view, values)
    parts.contents[WORKBOOK] = edits.result()


def open_tab(parts: WorkbookParts) -> tuple[int, str]:
    """Give the number of the tab that is open, from 0, and of the first one shown below."""
    views = _views(parse(parts.contents[WORKBOOK]))
    text, first = (views[0].get(name) if views else "" for name in _OPENED)
    return int(text) if text.isascii() and text.isdigit() else 0, first


def take_out(parts: WorkbookParts, number: int, opened: int, first: str) -> None:
    """Take a sheet out by its number from 0, and open another one (by its number afterwards)."""
    tab = parts.tabs()[number]
    xml = parts.contents[WORKBOOK]
    root = parse(xml)
    sheets = root.child("sheets")
    if sheets is None:
        return
    edits = Edits(xml)
    edits.remove(sheets.children[number])
    _shift(root, edits, -1, number)
    for view in _views(root):
        values: dict[str, str | None] = {}
        if opened or view.get("activeTab"):
            values["activeTab"] = str(opened)
        if view.get("firstSheet"):
            values["firstSheet"] = first or "0"
        edits.attributes(view, values)
    parts.contents[WORKBOOK] = edits.result()
    parts.unrelate(WORKBOOK, tab.part)
    for relation in parts.relations(tab.part):
        # Parts that only this sheet has; pictures may be shared with others.
        if relation.kind in {"comments", "vmlDrawing", "printerSettings"}:
            parts.drop(relation.target)
    parts.drop(tab.part)


def _views(root: Node) -> list[Node]:
    views = root.child("bookViews")
    return views.children if views is not None else []


def _shift(root: Node, edits: Edits, by: int, after: int = -1) -> None:
    names = root.child("definedNames")
    for node in names.children if names is not None else ():
        number = node.get("localSheetId")
        if not number.isdigit():
            continue
        if int(number) == after:
            edits.remove(node)  # a name of the sheet that goes
        elif int(number) > after:
            edits.attributes(node, {"localSheetId": str(int(number) + by)})
