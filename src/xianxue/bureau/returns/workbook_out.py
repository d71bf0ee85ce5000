"""The workbook out: a template made from a form for one place, or a filled return.

The same inputs give the same bytes: the only date in the file is the period's first day.
"""

# XlsxWriter comes without stubs; what goes in and out of it is plain.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from xianxue.bureau.kinds.asked import asked
from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.kinds.form import Field, Form
from xianxue.bureau.places.place import Place
from xianxue.bureau.records.returned import Cell, Return, Row
from xianxue.bureau.returns.hidden_out import write_codes, write_schema
from xianxue.bureau.returns.known import known_of
from xianxue.bureau.returns.layout import (
    ANSWER,
    EXAMPLE,
    FIRST,
    FIRST_ITEM,
    HEADER,
    HELP,
    ITEM,
    NO,
    RULES_TAB,
    WORDS,
    YES,
    Laid,
    address,
    lay_out_asked,
    stands_in,
)
from xianxue.bureau.returns.looks import STYLES, breadth, column_width, row_height
from xianxue.bureau.returns.rules_out import write_rules
from xianxue.bureau.returns.validations import runs_of, validation_of
from xianxue.bureau.returns.wording import decimals_of, shown_amount
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.periods import Period

_LAST_ROW: Final = 1_048_575
_A4: Final = 9
_MOST_DIGITS: Final = 10**15
"""A spreadsheet keeps 15 digits of a number; a longer one is written as text."""
_RECORD_WIDTHS: Final = (26, 46, 20, 30)
_DATA_HEIGHT: Final = 20
_EMPTY: Final = Row("", {})


class _Book:
    """A workbook being written, with its styles made when first used."""

    def __init__(self, workbook: Workbook, codes: Mapping[str, CodeList]) -> None:
        self.workbook = workbook
        self.codes = codes
        self._formats: dict[str, Format] = {}
        self._terms: dict[str, dict[str, str]] = {}

    def style(self, name: str) -> Format:
        found = self._formats.get(name)
        if found is None:
            found = self._formats[name] = self.workbook.add_format(STYLES[name])
        return found

    def term(self, codes: str, code: str) -> str:
        """Give a code's Chinese term; a code the list does not know stays as it is."""
        terms = self._terms.get(codes)
        if terms is None:
            terms = self._terms[codes] = {e.code: e.term for e in self.codes[codes].entries}
        return terms.get(code, code)


def write_workbook(
    form: Form,
    place: Place,
    period: Period,
    codes: Mapping[str, CodeList],
    values: Return | None = None,
) -> bytes:
    """Write the workbook a place gets for a period; with ``values``, its cells are filled.

    Without values, what the register knows of the place is filled in beforehand.
    """
    target = BytesIO()
    workbook = Workbook(target, {"in_memory": True})
    _set_properties(workbook, form, place, period)
    book = _Book(workbook, codes)
    on = period.reference_day
    sheets = [lay_out_asked(sheet, codes) for sheet in asked(form, place, on, codes)]
    known = known_of(place, on) if values is None else {}
    rules = workbook.add_worksheet(RULES_TAB)
    for laid in sheets:
        sheet = workbook.add_worksheet(laid.tab)
        rows = values.tables.get(laid.name, ()) if values else _known_rows(laid, known)
        write = _write_record if laid.layout == "record" else _write_table
        write(_Page(book, sheet), laid, rows)
        _print_well(sheet, f"{form.term}　{place.name}　{laid.tab}")
    write_rules(rules, book.style, form, place, period, sheets)
    _print_well(rules, f"{form.term}　{place.name}", pages=1)
    write_schema(workbook, form, place, period, sheets)
    write_codes(workbook, sheets, codes, place.stages(on))
    rules.activate()
    workbook.close()
    return target.getvalue()


def _set_properties(workbook: Workbook, form: Form, place: Place, period: Period) -> None:
    created = datetime(period.start.year, period.start.month, period.start.day)  # noqa: DTZ001 - a plain day
    workbook.set_properties(
        {
            "title": f"{form.term}（{period.term}）",
            "subject": f"{place.name} {place.code}",
            "author": "",
            "created": created,
        }
    )


def _known_rows(laid: Laid, known: Mapping[str, int | str]) -> Sequence[Row]:
    if laid.layout != "record":
        return ()
    names = {field.field for field in laid.fields}
    return [Row("", {name: Cell(value) for name, value in known.items() if name in names})]


class _Page:
    """One visible sheet being written."""

    def __init__(self, book: _Book, sheet: Worksheet) -> None:
        self.book = book
        self.sheet = sheet

    def text(self, row: int, column: int, text: str, style: str) -> None:
        """Write a text: never as a formula, whatever it begins with."""
        self.sheet.write_string(row, column, text, self.book.style(style))

    def blank(self, row: int, column: int, style: str) -> None:
        self.sheet.write_blank(row, column, None, self.book.style(style))

    def value(self, row: int, column: int, field: Field, cell: Cell | None) -> None:
        """Write a value as its field is shown; one that is missing as its word or as a blank."""
        style = _style_of(field)
        value = cell.value if cell is not None else Missing.NOT_ANSWERED
        if isinstance(value, Missing):
            if value.value in WORDS:
                self.text(row, column, value.value, style)
            else:
                self.blank(row, column, style)
        elif isinstance(value, str):
            if field.type == "date":
                day = datetime.fromisoformat(value)
                self.sheet.write_datetime(row, column, day, self.book.style(style))
            else:
                term = self.book.term(field.codes, value) if field.type == "code" else value
                self.text(row, column, term, style)
        elif field.type == "yes_no":
            self.text(row, column, YES if value else NO, style)
        elif -_MOST_DIGITS < value < _MOST_DIGITS:
            decimals = decimals_of(field)
            number = value / 10**decimals if decimals else value
            self.sheet.write_number(row, column, number, self.book.style(style))
        else:
            self.text(row, column, shown_amount(value, decimals_of(field)), style)

    def validate(self, field: Field, where: tuple[int, int, int, int]) -> None:
        """Let only what the field takes into a range: first row and column, last row and column."""
        rule = validation_of(field, address(where[0], where[1]))
        if rule is not None:
            self.sheet.data_validation(*where, rule)


def _write_record(page: _Page, laid: Laid, rows: Sequence[Row]) -> None:
    sheet = page.sheet
    for column, (head, width) in enumerate(zip(laid.heads, _RECORD_WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        page.text(HEADER, column, head, "head")
    sheet.set_row(HEADER, 24)
    cells = (rows[0] if rows else _EMPTY).cells
    for at, field in enumerate(laid.fields, FIRST_ITEM):
        text, example = laid.helps[at - FIRST_ITEM], laid.examples[at - FIRST_ITEM]
        page.text(at, ITEM, field.term, "item_required" if field.required else "item")
        page.text(at, 1, text, "help")
        page.text(at, 2, example, "example")
        page.value(at, ANSWER, field, cells.get(field.field))
        sheet.set_row(
            at, row_height(zip((field.term, text, example), _RECORD_WIDTHS, strict=False))
        )
    for field, start, end in runs_of(laid.fields):
        page.validate(field, (FIRST_ITEM + start, ANSWER, FIRST_ITEM + end, ANSWER))
    sheet.freeze_panes(FIRST_ITEM, ITEM + 1)
    sheet.repeat_rows(HEADER)


def _write_table(page: _Page, laid: Laid, rows: Sequence[Row]) -> None:
    first = laid.first_column
    _write_heads(page, laid)
    if laid.layout == "grid":
        _write_grid_rows(page, laid, {row.code: row for row in rows})
        last = FIRST + len(laid.rows) - 1
    else:
        for at, row in enumerate(rows, FIRST):
            for column, field in enumerate(laid.fields):
                page.value(at, column, field, row.cells.get(field.field))
        last = _LAST_ROW
    for field, start, end in runs_of(laid.fields):
        page.validate(field, (FIRST, first + start, last, first + end))
    page.sheet.freeze_panes(FIRST, max(first, 1))
    page.sheet.repeat_rows(HEADER, EXAMPLE)


def _write_grid_rows(page: _Page, laid: Laid, rows: Mapping[str, Row]) -> None:
    for at, (code, label) in enumerate(laid.rows, FIRST):
        page.text(at, 0, label, "item")
        page.sheet.set_row(at, _DATA_HEIGHT)
        cells = rows.get(code, _EMPTY).cells
        for column, field in enumerate(laid.fields, laid.first_column):
            if stands_in(field, code):
                page.value(at, column, field, cells.get(field.field))
            else:
                page.blank(at, column, "not_asked")


def _write_heads(page: _Page, laid: Laid) -> None:
    sheet, first = page.sheet, laid.first_column
    widths: list[float] = []
    for column, (head, text) in enumerate(zip(laid.heads, laid.helps, strict=True)):
        field = laid.fields[column - first] if column >= first else None
        width = column_width(head, text)
        if field is None:
            width = max(width, *(breadth(label) + 3 for _, label in laid.rows))
        # A list has no rows yet: the column's own style is what they get.
        own = page.book.style(_style_of(field)) if field and laid.layout == "list" else None
        sheet.set_column(column, column, width, own)
        widths.append(width)
        page.text(HEADER, column, head, "head_required" if field and field.required else "head")
        page.text(HELP, column, text, "help_top")
        page.text(EXAMPLE, column, laid.examples[column], "example")
    for row, texts in ((HEADER, laid.heads), (HELP, laid.helps), (EXAMPLE, laid.examples)):
        sheet.set_row(row, row_height(zip(texts, widths, strict=True)))


def _style_of(field: Field) -> str:
    if field.type in {"code", "yes_no"}:
        return "choice"
    if field.type == "measure":
        return "decimals" if decimals_of(field) == 2 else "general"  # noqa: PLR2004 - 0.01
    return {"year": "integer"}.get(field.type, field.type)


def _print_well(sheet: Worksheet, title: str, *, pages: int = 0) -> None:
    """Set up A4 landscape, one page wide; as many pages high as are needed, or this many."""
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.6)
    sheet.fit_to_pages(1, pages)
    # In headers an ampersand begins a command.
    sheet.set_header(f"&L{title.replace('&', '&&')}", {"margin": 0.3})
    sheet.set_footer("&C第 &P 页，共 &N 页", {"margin": 0.25})
    sheet.hide_gridlines(2)
