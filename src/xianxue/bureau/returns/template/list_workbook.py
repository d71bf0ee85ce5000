"""A list written as a workbook: whole, its codes as text, its numbers as numbers.

Nothing in it is a formula: a text that begins like one stays the text that it is.
"""

# XlsxWriter comes without stubs.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction
from io import BytesIO
from typing import Any, Final

from xlsxwriter import Workbook

_WIDEST: Final = 48
"""Characters of the widest column: a longer text is read by wrapping it, not by scrolling."""
_DIGITS: Final = 15
"""Digits that a number cell keeps; what has more stays text, every digit of it."""
_NAME: Final = 31
"""Characters of a sheet's name."""


def write_lists(lists: Sequence[tuple[str, Sequence[str], Sequence[Sequence[object]]]]) -> bytes:
    """Write lists (title, heads, rows), each on a sheet of its own with its count below."""
    out = BytesIO()
    # No formulas, no addresses: whatever somebody typed into a list is a text.
    book: Any = Workbook(
        out,
        {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True},
    )
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    number = book.add_format({"valign": "top"})
    for title, heads, rows in lists:
        sheet: Any = book.add_worksheet(_sheet_name(title))
        sheet.write_row(0, 0, heads, head)
        sheet.freeze_panes(1, 0)
        for at, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                _write(sheet, (at, column), value, (text, number))
        if heads:
            sheet.autofilter(0, 0, max(len(rows), 1), len(heads) - 1)
        for column, said in enumerate(heads):
            longest = max([_width(said), *(_width(row[column]) for row in rows)])
            sheet.set_column(column, column, min(longest + 2, _WIDEST))
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&P/&N")
    book.close()
    return out.getvalue()


def _write(sheet: Any, at: tuple[int, int], value: object, formats: tuple[Any, Any]) -> None:  # noqa: ANN401 - XlsxWriter's
    text, number = formats
    if value is None or value == "":
        return
    if isinstance(value, bool) or not isinstance(value, (int, float, Fraction)):
        sheet.write_string(*at, _words(value), text)
    elif len(str(abs(int(value)))) > _DIGITS:
        sheet.write_string(*at, str(value), text)
    else:
        sheet.write_number(*at, int(value) if value == int(value) else float(value), number)


def _words(value: object) -> str:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else str(value)


def _width(value: object) -> int:
    # A Chinese character is as wide as two Latin ones.
    return sum(1 if char.isascii() else 2 for char in _words(value)) if value is not None else 0


def _sheet_name(title: str) -> str:
    kept = "".join(char for char in title if char not in "[]:*?/\\'").strip()
    return kept[:_NAME] or "Sheet1"
