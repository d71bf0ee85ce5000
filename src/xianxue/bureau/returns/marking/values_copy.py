"""A file that cannot be changed in place: its values in a new workbook, every text as a text."""

# XlsxWriter comes without stubs; what goes in and out of it is plain.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Final

from xlsxwriter import Workbook

from xianxue.bureau.returns.files.opening import Book, is_text_name
from xianxue.bureau.returns.sheets.grid import Raw
from xianxue.bureau.returns.sheets.layout import BESIDE_TAB, CODES_TAB, SCHEMA_TAB

_FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")
_TAB: Final = "数据"
_DAY: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - a plain day, so that the same gives the same


def copied(book: Book, file: str, tab: str = "") -> bytes:
    """Copy an .xls or the text of one sheet; ValueError or RefusedError where it cannot be.

    ``tab`` names the sheet of a text, which has no name of its own.
    """
    if not book.text:
        # Ours are hidden by name: an old program may have shown them, and a clerk not wondered.
        hidden = book.hidden | {SCHEMA_TAB, CODES_TAB, BESIDE_TAB}
        return _write([(name, name in hidden, book.cells(name)) for name in book.tabs])
    # Any file may be read as a text; only one that is meant as a table is worth copying.
    if not (tab or is_text_name(file)):
        message = f"{file} is no text of a sheet"
        raise ValueError(message)
    return _write([(tab or _TAB, False, book.cells(""))])


def bare_workbook() -> bytes:
    """Give a workbook with nothing in it but a sheet that says so."""
    said = [["这个文件打不开或不能照原样标注，请看“校验结果”，按其中的说明改原来的文件。"]]
    return _write([("原文件未改动", False, said)])


def _write(sheets: Sequence[tuple[str, bool, Sequence[Sequence[Raw]]]]) -> bytes:
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
    visible = [sheet for sheet in book.worksheets() if not sheet.hidden]
    (visible[0] if visible else book.add_worksheet(_TAB)).activate()
    book.close()
    return target.getvalue()
