"""Writing downwards: a line an item, a column an answer, last year's answers to the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from xianxue.bureau.kinds.form import Field
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.returns.sheets import totals
from xianxue.bureau.returns.sheets.appearance import breadth, row_height
from xianxue.bureau.returns.sheets.layout import (
    ANSWER,
    FIRST_ITEM,
    HEADER,
    HELD_MARK,
    ITEM,
    LAST_MARK,
    TOTAL,
    Laid,
    stands_in,
)
from xianxue.bureau.returns.template.page import Kind, Page
from xianxue.bureau.returns.template.prefill import HeldItem, Shown
from xianxue.bureau.returns.template.validations import HELD_WHY, LAST_WHY, runs_of

# Item, explanation, example, answer: together they fill an A4 page.
_RECORD_WIDTHS: Final = (26, 44, 16, 26)
# Narrower answers, for there are up to four of them side by side.
_GRID_WIDTHS: Final = (22, 42, 11, 11)
_LAST_WIDTH: Final = 20
_HEAD_HEIGHT: Final = 24

_Rows = Mapping[str, Mapping[str, Cell]]


def write_down(page: Page, laid: Laid, shown: Shown) -> None:
    """Write a record, or a grid of few rows."""
    widths = _RECORD_WIDTHS if laid.layout == "record" else _GRID_WIDTHS
    answers = len(laid.answers)
    added = totals.has_totals(laid)
    # Behind the answers and their total: what is asked stands together.
    last_at = ANSWER + answers + added
    _write_items(page, laid, shown.held, widths)
    for at, head in enumerate(laid.heads):
        width = widths[min(at, ANSWER)]
        page.column(at, max(width, breadth(head) + 2))
        page.text(HEADER, at, head, "head")
    page.sheet.set_row(HEADER, _HEAD_HEIGHT)
    _write_block(page, laid, _by_code(shown.rows), ANSWER, "")
    end = FIRST_ITEM + len(laid.fields) - 1
    for field, start, stop in runs_of(laid.fields):
        where = (FIRST_ITEM + start, ANSWER, FIRST_ITEM + stop, ANSWER + answers - 1)
        page.validate(field, where)
    if added:
        _write_totals(page, laid, _by_code(shown.rows), last_at - 1)
    if shown.year:
        _write_last(page, laid, shown, last_at, widths)
        # Last year's block has its own total.
        columns = answers if laid.layout == "record" else answers + added
        page.lock(LAST_WHY, (FIRST_ITEM, last_at, end, last_at + columns - 1))
    if shown.held:
        where = (end + 1, ANSWER, end + len(shown.held), ANSWER + answers - 1)
        page.lock(HELD_WHY, where)
    page.sheet.freeze_panes(FIRST_ITEM, ITEM + 1)
    page.sheet.repeat_rows(HEADER)


def _write_items(page: Page, laid: Laid, held: Sequence[HeldItem], widths: Sequence[float]) -> None:
    for at, field in enumerate(laid.fields, FIRST_ITEM):
        text, example = laid.helps[at - FIRST_ITEM], laid.examples[at - FIRST_ITEM]
        page.text(at, ITEM, field.term, "item_required" if field.required else "item")
        page.text(at, 1, text, "help")
        page.text(at, 2, example, "example")
        texts = (field.term, text, example)
        page.sheet.set_row(at, row_height(zip(texts, widths, strict=False)))
    for at, item in enumerate(held, FIRST_ITEM + len(laid.fields)):
        label = HELD_MARK + item.field.term
        page.text(at, ITEM, label, "last_item")
        page.text(at, 1, item.source, "last_help")
        page.blank(at, 2, "last_help")
        for column, (code, _) in enumerate(laid.answers, ANSWER):
            page.value(at, column, item.field, item.cells.get(code), "last_")
        page.sheet.set_row(at, row_height(zip((label, item.source), widths, strict=False)))


def _write_block(page: Page, laid: Laid, rows: _Rows, first: int, kind: Kind) -> None:
    for column, (code, _) in enumerate(laid.answers, first):
        cells = rows.get(code, {})
        for at, field in enumerate(laid.fields, FIRST_ITEM):
            if laid.layout == "record" or stands_in(field, code):
                page.value(at, column, field, cells.get(field.field), kind)
            else:
                page.blank(at, column, "not_asked")


def _write_totals(page: Page, laid: Laid, rows: _Rows, column: int) -> None:
    page.text(HEADER, column, TOTAL, "total_head")
    page.column(column, _GRID_WIDTHS[ANSWER])
    for at, field in enumerate(laid.fields, FIRST_ITEM):
        if not totals.adds(field):
            page.blank(at, column, "not_asked")
            continue
        parts = totals.parts_of(laid, field)
        formula = totals.formula((at, ANSWER), (at, column - 1), len(parts))
        page.total(at, column, field, formula, _total(rows, parts, field))
    end = FIRST_ITEM + len(laid.fields) - 1
    page.lock(totals.WHY, (FIRST_ITEM, column, end, column))


def _write_last(page: Page, laid: Laid, shown: Shown, first: int, widths: Sequence[float]) -> None:
    rows = _by_code(shown.last)
    record = laid.layout == "record"
    heads = [shown.year] if record else [label for _, label in laid.rows]
    _write_block(page, laid, rows, first, "last_")
    if not record and totals.has_totals(laid):
        heads.append(TOTAL)
        for at, field in enumerate(laid.fields, FIRST_ITEM):
            parts = totals.parts_of(laid, field)
            amount = _total(rows, parts, field) if totals.adds(field) else None
            cell = None if amount is None else Cell(amount)
            page.value(at, first + len(laid.rows), field, cell, "last_")
    for column, head in enumerate(heads, first):
        text = LAST_MARK + head
        width = _LAST_WIDTH if record else widths[ANSWER]
        page.column(column, max(width, breadth(text) + 2))
        page.text(HEADER, column, text, "last_head")


def _total(rows: _Rows, parts: Sequence[str], field: Field) -> int | None:
    return totals.result([rows.get(code, {}).get(field.field) for code in parts])


def _by_code(rows: Sequence[Row]) -> _Rows:
    return {row.code: row.cells for row in rows}
