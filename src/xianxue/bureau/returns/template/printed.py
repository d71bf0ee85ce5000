"""A return on paper: what was reported, to be signed and sealed, and nothing to fill in.

Every page names the revision and the digest of its values, so that a signed sheet can be held
against what is kept. What says something of a person is left blank to be written by hand.
"""

# XlsxWriter comes without stubs; what goes in and out of it is plain.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Final

from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.kinds.form import Field, Form
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.sheets import totals
from xianxue.bureau.returns.sheets.appearance import breadth, column_width, row_height
from xianxue.bureau.returns.sheets.layout import TOTAL, Laid, is_down, lay_out, stands_in
from xianxue.bureau.returns.template.page import Book, Kind, Page
from xianxue.bureau.returns.template.printing import Heading, print_well
from xianxue.bureau.returns.template.same_parts import SameBook
from xianxue.bureau.values.periods import Period

_HIDDEN: Final = "＊＊＊"
"""In place of a personal value."""
_KIND: Final[Kind] = "print_"
# Column widths that fill a page of A4 landscape.
_FULL: Final = 120
_WIDEN: Final = 2.5
"""Times a column is made wider than it needs, at the most, to fill the page."""
_ITEM_WIDTH: Final = 44
_UNIT_WIDTH: Final = 12
_ROW: Final = 21
_NUMBER: Final = "序号"

_Rows = Mapping[str, Mapping[str, Cell]]


def write_printed(
    form: Form, returned: Return, period: Period, codes: Mapping[str, CodeList], heading: Heading
) -> bytes:
    """Write a return to be printed: every value that was reported, whatever is asked by now."""
    target = BytesIO()
    workbook = SameBook(target)
    day = datetime(period.start.year, period.start.month, period.start.day)  # noqa: DTZ001 - a plain day
    workbook.set_properties({"title": f"{form.term}（{period.term}）", "created": day})
    book = Book(workbook, codes)
    for laid, rows in _sheets(form, returned, codes):
        sheet = workbook.add_worksheet(laid.tab)
        page = Page(book, sheet)
        if laid.down:
            _down(page, laid, rows)
        else:
            _across(page, laid, rows)
        print_well(sheet, heading, laid.tab, page.width)
        # No password: who unlocks it does so knowingly, and nobody alters a number by chance.
        sheet.protect()
        # With all tabs chosen, one command prints all of them, and pages count on from tab to tab.
        sheet.select()
    workbook.close()
    return target.getvalue()


def _sheets(
    form: Form, returned: Return, codes: Mapping[str, CodeList]
) -> list[tuple[Laid, tuple[Row, ...]]]:
    found: list[tuple[Laid, tuple[Row, ...]]] = []
    for sheet in form.sheets:
        rows = returned.tables.get(sheet.sheet)
        if rows is None:
            continue
        said = {name for row in rows for name in row.cells}
        # A list nobody has a line for is printed with its heads: that it is empty is said, too.
        fields = [field for field in sheet.fields if field.field in said or not rows]
        labels = [row.code for row in rows]
        laid = lay_out(sheet, fields, labels, codes, down=is_down(sheet, codes))
        found.append((laid, rows))
    return found


def _down(page: Page, laid: Laid, rows: Sequence[Row]) -> None:
    """Write an item a line: what it is, its unit, and the answers."""
    added = totals.has_totals(laid)
    answers = [label for _, label in laid.rows] if laid.layout == "grid" else ["填报数"]
    heads = ["项目", "单位", *answers, *([TOTAL] if added else [])]
    rest = (_FULL - _ITEM_WIDTH - _UNIT_WIDTH) / (len(heads) - 2)
    widths = [_ITEM_WIDTH, _UNIT_WIDTH, *[rest] * (len(heads) - 2)]
    _heads(page, heads, widths)
    by_code = {row.code: row.cells for row in rows}
    taken = [by_code.get(code, {}) for code, _ in laid.rows] if laid.layout == "grid" else []
    taken = taken or [row.cells for row in rows[:1]]
    for at, field in enumerate(laid.fields, 1):
        page.text(at, 0, field.term, "print_item")
        page.text(at, 1, _unit(field), "print_unit")
        tallest: list[tuple[str, float]] = [(field.term, widths[0])]
        for column, cells in enumerate(taken, 2):
            code = laid.rows[column - 2][0] if laid.layout == "grid" else ""
            if laid.layout == "grid" and not stands_in(field, code):
                page.blank(at, column, "print_not_asked")
            else:
                _value(page, (at, column), field, cells.get(field.field))
                tallest.append((_written(cells, field), widths[column]))
        if added:
            _total(page, (at, len(heads) - 1), laid, field, by_code)
        page.sheet.set_row(at, max(row_height(tallest), _ROW))
    page.sheet.repeat_rows(0)


def _across(page: Page, laid: Laid, rows: Sequence[Row]) -> None:
    """Write a grid or list with its labels or numbers before each line."""
    labels = dict(laid.rows)
    first = laid.heads[0] if laid.layout == "grid" else _NUMBER
    heads = [first, *(field.term for field in laid.fields)]
    widths = [max([8.0, *(breadth(label) + 3.0 for label in labels.values())])]
    widths += [float(column_width(head, "")) for head in heads[1:]]
    wider = min(max(_FULL / sum(widths), 1.0), _WIDEN)
    _heads(page, heads, [width * wider for width in widths])
    units = ["", *map(_unit, laid.fields)]
    for column, unit in enumerate(units):
        page.text(1, column, unit, "print_unit")
    page.sheet.set_row(1, _ROW)
    # A list's lines have numbers, as on paper; they are not part of what was reported.
    named = [(row, labels.get(row.code, row.code)) for row in rows]
    for at, (row, label) in enumerate(named, 2):
        page.text(at, 0, label, "print_unit" if laid.layout == "list" else "print_item")
        page.sheet.set_row(at, _ROW)
        for column, field in enumerate(laid.fields, 1):
            if laid.layout == "grid" and not stands_in(field, row.code):
                page.blank(at, column, "print_not_asked")
            else:
                _value(page, (at, column), field, row.cells.get(field.field))
    if totals.has_totals(laid):
        by_code = {row.code: row.cells for row in rows}
        page.text(len(rows) + 2, 0, TOTAL, "print_head")
        page.sheet.set_row(len(rows) + 2, _ROW)
        for column, field in enumerate(laid.fields, 1):
            _total(page, (len(rows) + 2, column), laid, field, by_code)
    page.sheet.repeat_rows(0, 1)


def _heads(page: Page, heads: Sequence[str], widths: Sequence[float]) -> None:
    for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
        page.column(column, width)
        page.text(0, column, head, "print_head")
    page.sheet.set_row(0, max(row_height(zip(heads, widths, strict=True)), _ROW))


def _value(page: Page, at: tuple[int, int], field: Field, cell: Cell | None) -> None:
    if field.personal and cell is not None and cell.written:
        page.text(*at, _HIDDEN, _KIND + "choice")
    else:
        page.value(*at, field, cell, _KIND)


def _written(cells: Mapping[str, Cell], field: Field) -> str:
    cell = cells.get(field.field)
    return cell.written if cell is not None and field.type == "text" else ""


def _total(page: Page, at: tuple[int, int], laid: Laid, field: Field, rows: _Rows) -> None:
    """Write a sum as a number: on paper nothing is worked out any more."""
    if not totals.adds(field):
        page.blank(*at, "print_not_asked")
        return
    parts = [rows.get(code, {}).get(field.field) for code in totals.parts_of(laid, field)]
    amount = totals.result(parts)
    page.value(*at, field, None if amount is None else Cell(amount), _KIND)


def _unit(field: Field) -> str:
    return field.measured_in.noun if field.type in {"integer", "measure"} else ""
