"""Writing cells: one workbook with its styles, one sheet with its values and rules."""

# XlsxWriter comes without stubs; what goes in and out of it is plain.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, Literal

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.kinds.form import Field
from xianxue.bureau.records.cells import Cell
from xianxue.bureau.returns.sheets.layout import NO, WORDS, YES, address
from xianxue.bureau.returns.sheets.naming import decimals_of, shown_amount
from xianxue.bureau.returns.template.same_parts import SameBook
from xianxue.bureau.returns.template.validations import locked, validation_of
from xianxue.bureau.values.missing import Missing

_MOST_DIGITS: Final = 10**15
"""A spreadsheet keeps 15 digits of a number; a longer one is written as text."""
_PLACES: Final = {0: "integer", 2: "decimals"}
"""Decimals of a number to the style that shows them; any other is shown as it is."""

Kind = Literal["", "last_", "total_", "print_"]
"""What a value is: this year's answer, one that is only shown, a total, one on paper."""

Where = tuple[int, int, int, int]
"""A block of cells: first row and column, last row and column."""


class Book:
    """A workbook being written, with its styles made when first used."""

    def __init__(self, workbook: SameBook, codes: Mapping[str, CodeList]) -> None:
        self.workbook = workbook
        self.codes = codes
        self._formats: dict[str, Format] = {}
        self._terms: dict[str, dict[str, str]] = {}

    def style(self, name: str) -> Format:
        """Give a cell style by its name."""
        found = self._formats.get(name)
        if found is None:
            found = self._formats[name] = self.workbook.style(name)
        return found

    def term(self, codes: str, code: str) -> str:
        """Give a code's Chinese term; a code the list does not know stays as it is."""
        terms = self._terms.get(codes)
        if terms is None:
            terms = self._terms[codes] = {e.code: e.term for e in self.codes[codes].entries}
        return terms.get(code, code)


class Page:
    """One visible sheet being written."""

    def __init__(self, book: Book, sheet: Worksheet) -> None:
        self.book = book
        self.sheet = sheet
        self._widths: dict[int, float] = {}

    @property
    def width(self) -> float:
        """Of all columns together."""
        return sum(self._widths.values())

    def column(self, at: int, width: float, style: Format | None = None) -> None:
        """Set a column's width, and how its blank cells look."""
        self._widths[at] = width
        self.sheet.set_column(at, at, width, style)

    def text(self, row: int, column: int, text: str, style: str) -> None:
        """Write a text: never as a formula, whatever it begins with."""
        # Not `write`: it would make formulas, links and numbers of what people wrote.
        self.sheet.write_string(row, column, text, self.book.style(style))

    def blank(self, row: int, column: int, style: str) -> None:
        """Write a cell that holds nothing but its look."""
        self.sheet.write_blank(row, column, None, self.book.style(style))

    def value(
        self, row: int, column: int, field: Field, cell: Cell | None, kind: Kind = ""
    ) -> None:
        """Write a value as its field is shown; one that is missing as its word or as a blank."""
        style = kind + style_of(field)
        value = cell.value if cell is not None else Missing.NOT_ANSWERED
        if isinstance(value, Missing):
            if value.value in WORDS:
                self.text(row, column, value.value, style)
            elif cell is not None and cell.written and kind in {"", "print_"}:
                # What could not be read stays as it was written, for its clerk to mend.
                self.text(row, column, cell.written, style)
            else:
                self.blank(row, column, style)
        elif isinstance(value, str):
            self._words(row, column, field, value, style)
        elif field.type == "yes_no":
            self.text(row, column, YES if value else NO, style)
        else:
            self._number(row, column, value, decimals_of(field), style)

    def total(self, row: int, column: int, field: Field, formula: str, amount: int | None) -> None:
        """Write a total as a formula with its result; None for one that is not known yet."""
        style = self.book.style("total_" + style_of(field))
        decimals = decimals_of(field)
        # The result stands in the file as well: readers see it without computing, and so does who
        # opens it on a phone.
        shown: Any = ""
        if amount is not None:
            shown = amount / 10**decimals if decimals else amount
        self.sheet.write_formula(row, column, formula, style, shown)

    def validate(self, field: Field, where: Where) -> None:
        """Let only what the field takes into a block."""
        rule = validation_of(field, address(where[0], where[1]))
        if rule is not None:
            self.sheet.data_validation(*where, rule)

    def lock(self, why: str, where: Where) -> None:
        """Let nothing into a block; ``why`` is what a clerk is told who types there."""
        self.sheet.data_validation(*where, locked(why))

    def _words(self, row: int, column: int, field: Field, value: str, style: str) -> None:
        if field.type == "date":
            day = datetime.fromisoformat(value)
            self.sheet.write_datetime(row, column, day, self.book.style(style))
        else:
            # As one chooses it from the drop-down.
            term = self.book.term(field.codes, value) if field.type == "code" else value
            self.text(row, column, term, style)

    def _number(self, row: int, column: int, value: int, decimals: int, style: str) -> None:
        if -_MOST_DIGITS < value < _MOST_DIGITS:
            number = value / 10**decimals if decimals else value
            self.sheet.write_number(row, column, number, self.book.style(style))
        else:
            self.text(row, column, shown_amount(value, decimals), style)


def style_of(field: Field) -> str:
    """Name the style in which a field's values are shown."""
    if field.type in {"code", "yes_no"}:
        return "choice"
    if field.type == "measure":
        return _PLACES.get(decimals_of(field), "general")
    return {"year": "integer"}.get(field.type, field.type)
