"""Writing tables: three lines, then the data, and last year's block to the right or below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from xianxue.bureau.kinds.form import Field
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.returns.sheets import totals
from xianxue.bureau.returns.sheets.appearance import BELOW, breadth, column_width, row_height
from xianxue.bureau.returns.sheets.layout import (
    EXAMPLE,
    FIRST,
    HEADER,
    HELD_MARK,
    HELP,
    LAST_MARK,
    TOTAL,
    Laid,
    stands_in,
)
from xianxue.bureau.returns.template.page import Kind, Page, style_of
from xianxue.bureau.returns.template.prefill import Shown
from xianxue.bureau.returns.template.printing import WIDEST_ON_A4
from xianxue.bureau.returns.template.validations import HELD_WHY, LAST_WHY, runs_of
from xianxue.bureau.values.record import Record

# The last row a spreadsheet has, from 0: rules reach down to it, for nobody knows how long a list
# gets.
_LAST_ROW: Final = 1_048_575
# Points: high enough to write in by hand.
_DATA_HEIGHT: Final = 20
# Last year's values are for comparison; their headers may break into lines.
_LAST_WIDEST: Final = 14
_BLANK_LINES: Final = 12
"""Ruled lines below a list's rows, so that a printed one can be filled in by hand."""

_Rows = Mapping[str, Mapping[str, Cell]]


class _Column(Record):
    """One column: its three texts, their styles and its width."""

    texts: tuple[str, str, str]
    styles: tuple[str, str, str]
    width: float


def write_across(page: Page, laid: Laid, shown: Shown) -> None:
    """Write a grid or a list."""
    columns = _asked_columns(laid)
    first_held = len(columns)
    columns += [_shown(HELD_MARK + item.field.term, item.source, 0) for item in shown.held]
    first_last = len(columns)
    last = _last_columns(laid, shown.year, columns) if shown.year else []
    # A list's lines have to stand beside those of last year; a grid's block may go below where it
    # is too wide.
    right = laid.layout == "list" or sum(c.width for c in columns + last) <= WIDEST_ON_A4
    if right:
        columns += last
    _write_heads(page, laid, columns)
    if laid.layout == "list":
        _write_lines(page, laid, shown, first_last)
        end = _LAST_ROW
    else:
        end = FIRST + len(laid.rows) - 1
        _write_grid(page, laid, shown, first_held)
        if shown.year and right:
            _write_last_right(page, laid, shown, first_last)
        elif shown.year:
            _write_last_below(page, laid, shown)
    first = laid.first_column
    for field, start, stop in runs_of(laid.fields):
        page.validate(field, (FIRST, first + start, end, first + stop))
    page.sheet.freeze_panes(FIRST, max(first, 1))
    # A printed list has its headers on every page.
    page.sheet.repeat_rows(HEADER, EXAMPLE)


# ── columns ─────────────────────────────────────────────────────────────────


def _asked_columns(laid: Laid) -> list[_Column]:
    columns: list[_Column] = []
    for at, texts in enumerate(zip(laid.heads, laid.helps, laid.examples, strict=True)):
        field = laid.fields[at - laid.first_column] if at >= laid.first_column else None
        width = column_width(texts[0], texts[1])
        if field is None:
            # Three letters of air, so that a label in bold does not touch the border.
            width = max(width, *(breadth(label) + 3 for _, label in laid.rows))
        head = "head_required" if field is not None and field.required else "head"
        columns.append(_Column(texts, (head, "help_top", "example"), width))
    return columns


def _shown(head: str, text: str, widest: float) -> _Column:
    width = column_width(head, text)
    styles = ("last_head", "last_help_top", "last_help")
    return _Column((head, text, ""), styles, min(width, widest) if widest else width)


def _last_columns(laid: Laid, year: str, columns: Sequence[_Column]) -> list[_Column]:
    own = columns[laid.first_column :]
    return [
        _shown(LAST_MARK + field.term, f"{year}的数，供对照", min(column.width, _LAST_WIDEST))
        for field, column in zip(laid.fields, own, strict=False)
    ]


def _write_heads(page: Page, laid: Laid, columns: Sequence[_Column]) -> None:
    first, last = laid.first_column, laid.first_column + len(laid.fields)
    for at, column in enumerate(columns):
        # A list has no rows yet: the column's own style is what they get.
        own = laid.layout == "list" and first <= at < last
        style = page.book.style(BELOW + style_of(laid.fields[at - first])) if own else None
        page.column(at, column.width, style)
        for row in (HEADER, HELP, EXAMPLE):
            page.text(row, at, column.texts[row], column.styles[row])
    for row in (HEADER, HELP, EXAMPLE):
        texts = ((column.texts[row], column.width) for column in columns)
        page.sheet.set_row(row, row_height(texts))


# ── lists ───────────────────────────────────────────────────────────────────


def _write_lines(page: Page, laid: Laid, shown: Shown, first_last: int) -> None:
    for at, row in enumerate(shown.rows, FIRST):
        for column, field in enumerate(laid.fields):
            page.value(at, column, field, row.cells.get(field.field))
    for at, row in enumerate(shown.last, FIRST):
        for column, field in enumerate(laid.fields, first_last):
            page.value(at, column, field, row.cells.get(field.field), "last_")
    end = FIRST + len(shown.rows)
    for at in range(end, end + _BLANK_LINES):
        page.sheet.set_row(at, _DATA_HEIGHT)
        for column, field in enumerate(laid.fields):
            page.blank(at, column, style_of(field))
    # Without it, clerks type the new classes over those that have moved up.
    if shown.hint:
        page.text(end, first_last, f"← {shown.hint}的新班从这一行起填", "last_title")
    if shown.year:
        where = (FIRST, first_last, _LAST_ROW, first_last + len(laid.fields) - 1)
        page.lock(LAST_WHY, where)


# ── grids ───────────────────────────────────────────────────────────────────


def _write_grid(page: Page, laid: Laid, shown: Shown, first_held: int) -> None:
    rows = _by_code(shown.rows)
    _write_block(page, laid, rows, (FIRST, laid.first_column), "")
    for at, (code, label) in enumerate(laid.rows, FIRST):
        page.text(at, 0, label, "item")
        page.sheet.set_row(at, _DATA_HEIGHT)
        for column, item in enumerate(shown.held, first_held):
            page.value(at, column, item.field, item.cells.get(code), "last_")
    end = FIRST + len(laid.rows)
    if shown.held:
        page.lock(HELD_WHY, (FIRST, first_held, end - 1, first_held + len(shown.held) - 1))
    if not totals.has_totals(laid):
        return
    page.text(end, 0, TOTAL, "total_head")
    page.sheet.set_row(end, _DATA_HEIGHT)
    for column, field in enumerate(laid.fields, laid.first_column):
        if not totals.adds(field):
            page.blank(end, column, "not_asked")
            continue
        parts = totals.parts_of(laid, field)
        formula = totals.formula((FIRST, column), (end - 1, column), len(parts))
        page.total(end, column, field, formula, _total(rows, parts, field))
    last = laid.first_column + len(laid.fields) - 1
    page.lock(totals.WHY, (end, laid.first_column, end, last))


def _write_last_right(page: Page, laid: Laid, shown: Shown, column: int) -> None:
    rows = _by_code(shown.last)
    _write_block(page, laid, rows, (FIRST, column), "last_")
    end = FIRST + len(laid.rows) - 1
    if totals.has_totals(laid):
        end += 1
        _write_last_totals(page, laid, rows, (end, column))
    page.lock(LAST_WHY, (FIRST, column, end, column + len(laid.fields) - 1))


def _write_last_below(page: Page, laid: Laid, shown: Shown) -> None:
    rows = _by_code(shown.last)
    added = totals.has_totals(laid)
    title = FIRST + len(laid.rows) + added
    page.text(title, 0, f"{LAST_MARK}{shown.year}的数，供对照，不用填", "last_title")
    page.sheet.set_row(title, _DATA_HEIGHT)
    labels = [label for _, label in laid.rows] + [TOTAL] * added
    for at, label in enumerate(labels, title + 1):
        page.text(at, 0, LAST_MARK + label, "last_item")
        page.sheet.set_row(at, _DATA_HEIGHT)
    end = title + len(labels)
    _write_block(page, laid, rows, (title + 1, laid.first_column), "last_")
    if added:
        _write_last_totals(page, laid, rows, (end, laid.first_column))
    page.lock(LAST_WHY, (title, 0, end, laid.first_column + len(laid.fields) - 1))


def _write_block(page: Page, laid: Laid, rows: _Rows, corner: tuple[int, int], kind: Kind) -> None:
    for at, (code, _) in enumerate(laid.rows, corner[0]):
        cells = rows.get(code, {})
        for column, field in enumerate(laid.fields, corner[1]):
            if stands_in(field, code):
                page.value(at, column, field, cells.get(field.field), kind)
            else:
                page.blank(at, column, "not_asked")


def _write_last_totals(page: Page, laid: Laid, rows: _Rows, corner: tuple[int, int]) -> None:
    for column, field in enumerate(laid.fields, corner[1]):
        parts = totals.parts_of(laid, field)
        amount = _total(rows, parts, field) if totals.adds(field) else None
        page.value(corner[0], column, field, None if amount is None else Cell(amount), "last_")


def _total(rows: _Rows, parts: Sequence[str], field: Field) -> int | None:
    return totals.result([rows.get(code, {}).get(field.field) for code in parts])


def _by_code(rows: Sequence[Row]) -> _Rows:
    return {row.code: row.cells for row in rows}
