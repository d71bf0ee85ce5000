"""Old workbooks (.xls): looked at record by record before anything parses them.

The same is refused as of new ones: passwords, macros, links to other workbooks, sheets that span
too large a rectangle. Formulas that came to an error and merged data cells are found, too, and
complained of cell by cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from xianxue.bureau.records.cells import Row
from xianxue.bureau.returns.files.bounds import LARGEST_FILE, MOST_CELLS
from xianxue.bureau.returns.files.damage import At, Damage, merged_damage
from xianxue.bureau.returns.files.guard import ENCRYPTED
from xianxue.bureau.returns.files.ole import OleError, streams_of
from xianxue.bureau.returns.files.refusal import (
    RefusedError,
    broken,
    linked,
    macro,
    not_a_workbook,
    old_format,
    password,
)
from xianxue.bureau.returns.sheets.layout import split_address
from xianxue.bureau.values.sentence import say

BOF: Final = 0x0809
EOF: Final = 0x000A
_PASSWORD: Final = 0x002F
BOUND_SHEET: Final = 0x0085
_PROJECT: Final = 0x00D3
_BOOK_LINK: Final = 0x01AE
_CELLS: Final = frozenset({0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00D6, 0x00BD})
_FORMULAS: Final = frozenset({0x0006, 0x0206, 0x0406})
_MANY: Final = 0x00BD
_ROW: Final = 0x0208
_ROW_LENGTH: Final = 16
_ROW_HIDDEN: Final = 0x20
_COLUMNS: Final = 0x007D
_COLUMNS_LENGTH: Final = 10
_WIDEST: Final = 256
"""Columns of an old sheet."""
_BOOL_OR_ERROR: Final = 0x0205
_OWN_LINKS: Final = (b"\x01\x04", b"\x01\x3a")
"""References to the workbook itself, and to functions of add-ins."""
_ERRORS: Final = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_WHOLE: Final = say("完整的工作簿")
_OPEN: Final = say("不加密码的工作簿")


@dataclass
class SheetLook:
    """What the records of one sheet say that its values do not."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict[tuple[int, int], str])
    """Row and column of a cell that came to an error, and the error."""
    empty: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])
    """Formulas that came to an empty text."""
    rows: int = 0
    columns: int = 0
    hidden_rows: set[int] = field(default_factory=set[int])
    hidden_columns: set[int] = field(default_factory=set[int])


def look(data: bytes) -> list[SheetLook]:
    """Look at an old workbook's sheets, in order, or raise the refusal that says what is wrong."""
    if len(data) > LARGEST_FILE:
        required = say("不超过 {n} MB", n=LARGEST_FILE // 2**20)
        do = say("请删除数据以外的行、列、图片和格式，保存后再交")
        raise RefusedError("R-TOO-BIG", say("文件有 {n} MB", n=len(data) // 2**20), required, do)
    try:
        # Read within bounds before the library follows any chain of sectors.
        streams = streams_of(data)
    except OleError:
        raise (
            password(_OPEN) if ENCRYPTED in data else broken(say("旧版工作簿的结构不完整"), _WHOLE)
        ) from None
    if "EncryptedPackage" in streams:
        raise password(_OPEN)
    # «Book» is what Excel 5 and 95 called it.
    content = streams.get("Workbook") or streams.get("Book")
    if content is None:
        what = say("Word 文档") if "WordDocument" in streams else say("别的旧格式文件")
        raise not_a_workbook(say("这是旧版的{what}，不是工作簿", what=what))
    starts = _look_at_book(content)
    return [_look_at_sheet(content, start) for start in starts]


def records(content: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Go through the records from a place on: kind and body."""
    while at + 4 <= len(content):
        kind = content[at] | content[at + 1] << 8
        length = content[at + 2] | content[at + 3] << 8
        yield kind, content[at + 4 : at + 4 + length]
        at += 4 + length


def _look_at_book(content: bytes) -> list[int]:
    """Go through the records of the whole; give where each worksheet begins."""
    if content[:2] != BOF.to_bytes(2, "little"):
        raise old_format(say("这是 Excel 5.0 以前的工作簿"))
    starts: list[int] = []
    for kind, body in records(content, 0):
        if kind == EOF:
            break
        # The records behind it are scrambled: nothing else can be trusted.
        if kind == _PASSWORD:
            raise password(_OPEN)
        if kind == _PROJECT:
            raise macro()
        if kind == _BOOK_LINK and body[2:4] not in _OWN_LINKS:
            raise linked()
        if kind == BOUND_SHEET and len(body) > 6:  # noqa: PLR2004 - offset, two flags, a name
            if body[5] == 1:
                raise macro(say("文件里带有宏表"))
            starts.append(int.from_bytes(body[:4], "little"))
    return starts


def _look_at_sheet(content: bytes, start: int) -> SheetLook:
    found = SheetLook()
    depth = 0
    for kind, body in records(content, start):
        if kind == BOF:
            depth += 1
        elif kind == EOF:
            depth -= 1
            # Charts inside a sheet have a beginning and an end of their own.
            if depth <= 0:
                break
        elif depth == 1 and (kind in _CELLS or kind in _FORMULAS) and len(body) > 5:  # noqa: PLR2004 - body
            _take_cell(found, kind, body)
        elif depth == 1:
            _take_hidden(found, kind, body)
    if found.rows * found.columns > MOST_CELLS:
        saw = say(
            "内容一直排到第 {rows} 行、第 {columns} 列", rows=found.rows, columns=found.columns
        )
        do = say("请删除数据以外的空行、空列（选中后整行整列删除），保存后再交")
        raise RefusedError("R-TOO-BIG", saw, say("内容集中在表格的前面"), do)
    return found


def _take_hidden(found: SheetLook, kind: int, body: bytes) -> None:
    """Note a row or columns that are not shown."""
    if kind == _ROW and len(body) >= _ROW_LENGTH and body[12] & _ROW_HIDDEN:
        found.hidden_rows.add(body[0] | body[1] << 8)
    elif kind == _COLUMNS and len(body) >= _COLUMNS_LENGTH and body[8] & 1:
        first, last = body[0] | body[1] << 8, body[2] | body[3] << 8
        found.hidden_columns |= set(range(first, min(last + 1, _WIDEST)))


def _take_cell(found: SheetLook, kind: int, body: bytes) -> None:
    row, column = body[0] | body[1] << 8, body[2] | body[3] << 8
    last = (body[-2] | body[-1] << 8) if kind == _MANY else column
    found.rows, found.columns = max(found.rows, row + 1), max(found.columns, last + 1)
    if kind == _BOOL_OR_ERROR and len(body) > 7 and body[7] == 1:  # noqa: PLR2004 - the flag's place
        found.errors[row, column] = _ERRORS.get(body[6], "#N/A")
    # Where the result is no number, the last two of its eight bytes say so.
    elif kind in _FORMULAS and body[12:14] == b"\xff\xff":
        if body[6] == 2:  # noqa: PLR2004 - the format's sign for an error
            found.errors[row, column] = _ERRORS.get(body[8], "#N/A")
        elif body[6] == 3:  # noqa: PLR2004 - the format's sign for an empty text
            found.empty.add((row, column))


def find_damage(
    looks: Mapping[str, SheetLook],
    merged: Mapping[str, Sequence[tuple[At, At]]],
    tabs: Mapping[str, str],
    tables: Mapping[str, Sequence[Row]],
) -> dict[str, Damage]:
    """Find cells that were read and came to an error, or are merged with others.

    ``tabs`` gives each of our sheets its tab, ``tables`` the cells that were read there.
    """
    found: dict[str, Damage] = {}
    for name, tab in tabs.items():
        read = {
            split_address(cell.address): cell.address
            for row in tables.get(name, ())
            for cell in row.cells.values()
            if cell.address
        }
        errors = looks[tab].errors if tab in looks else {}
        damage: Damage = {read[at]: (errors[at], "error") for at in read.keys() & errors.keys()}
        found[name] = damage | dict(merged_damage(merged.get(tab, ()), read))
    return found
