"""A workbook that cannot be changed in place: its values in a new one, every text as a text."""

# XlsxWriter comes without stubs; what goes in and out of it is plain.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Final

import python_calamine
from xlsxwriter import Workbook

from xianxue.bureau.returns.cells import Raw
from xianxue.bureau.returns.guard import LARGEST_FILE

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCODINGS: Final = ("utf-8-sig", "gb18030")
_MOST_CELLS: Final = 1_000_000
_FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")
_TAB: Final = "数据"
_DAY: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - a plain day, so that the same gives the same


def copied(data: bytes, file: str) -> bytes:
    """Copy an .xls or .csv; ValueError where it is neither, or too big."""
    if len(data) > LARGEST_FILE:
        raise ValueError(file)
    if data.startswith(_OLE):
        return _write(_sheets(data))
    if file.lower().endswith((".csv", ".txt")):
        return _write([(_TAB, False, _lines(data))])
    raise ValueError(file)


def bare_workbook() -> bytes:
    """Give a workbook with nothing in it but a sheet that says so."""
    said = [["这个文件打不开或不能照原样标注，请看“校验结果”，按其中的说明改原来的文件。"]]
    return _write([("原文件未改动", False, said)])


def _sheets(data: bytes) -> list[tuple[str, bool, Sequence[Sequence[Raw]]]]:
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
        found: list[tuple[str, bool, Sequence[Sequence[Raw]]]] = []
        for meta in book.sheets_metadata:
            hidden = meta.visible is not python_calamine.SheetVisibleEnum.Visible
            cells = book.get_sheet_by_name(meta.name).to_python(skip_empty_area=False)
            found.append((meta.name, hidden, cells))
    except BaseException as error:
        # A fault in the reader's Rust is no Exception.
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        raise ValueError(str(error)) from None
    return found


def _lines(data: bytes) -> list[list[str]]:
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        first = text.partition("\n")[0]
        separator = max(",\t;", key=first.count)
        return list(csv.reader(StringIO(text, newline=""), delimiter=separator))
    message = "neither UTF-8 nor GB 18030"
    raise ValueError(message)


def _write(sheets: Sequence[tuple[str, bool, Sequence[Sequence[Raw]]]]) -> bytes:
    if sum(len(row) for _, _, rows in sheets for row in rows) > _MOST_CELLS:
        message = "too many cells"
        raise ValueError(message)
    target = BytesIO()
    book = Workbook(target, {"in_memory": True})
    book.set_properties({"created": _DAY, "author": ""})
    text = book.add_format({"num_format": "@"})
    # A text that looks like a formula stays a text even when somebody edits the cell.
    quoted = book.add_format({"num_format": "@", "quote_prefix": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, hidden, rows in sheets:
        sheet = book.add_worksheet(name)
        if hidden:
            sheet.hide()
        for number, row in enumerate(rows):
            for column, raw in enumerate(row):
                if isinstance(raw, datetime):
                    sheet.write_datetime(number, column, raw, day)
                elif isinstance(raw, bool | int | float):
                    sheet.write(number, column, raw)
                elif raw != "":
                    words = raw.isoformat() if isinstance(raw, date) else str(raw)
                    look = quoted if words.startswith(_FORMULA_SIGNS) else text
                    sheet.write_string(number, column, words, look)
    if all(hidden for _, hidden, _ in sheets):
        book.add_worksheet(_TAB).activate()
    book.close()
    return target.getvalue()
