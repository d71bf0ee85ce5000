"""From a sheet's cells to rows: found by header and label, wherever they stand.

A workbook that nobody has rearranged is recognised at once; in any other, each column is found
by its term and each row by its label. What is found nowhere is reported, never lost silently.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from xianxue.bureau.records.cells import Row
from xianxue.bureau.returns.contents.texts import is_note, is_total
from xianxue.bureau.returns.reading.across_rearranged import read_across
from xianxue.bureau.returns.reading.cell import (
    Stray,
    is_blank,
    line_of,
    read_line,
    shown_only,
    unasked,
)
from xianxue.bureau.returns.reading.down_as_laid import read_down
from xianxue.bureau.returns.reading.lenient_cells import mend
from xianxue.bureau.returns.reading.schema import Column, Line, Plan
from xianxue.bureau.returns.reading.typed_totals import typed_totals
from xianxue.bureau.returns.sheets.grid import Grid
from xianxue.bureau.returns.sheets.layout import EXAMPLE, FIRST, HEADER, HELP
from xianxue.bureau.returns.sheets.two_languages import says
from xianxue.bureau.values.missing import Missing


@dataclass
class Found:
    """Where a sheet's columns and rows stand."""

    columns: list[tuple[int, str, Column]]
    """Number, letters, and how to read it."""
    rows: list[tuple[int, str]]
    """Number and code; in a list the code is empty until the row turns out to hold something."""
    strays: list[Stray] = field(default_factory=list[Stray])


def read_table(grid: Grid, plan: Plan) -> tuple[tuple[Row, ...], list[Stray]]:
    """Read a sheet's rows, and say what was found where nothing is asked."""
    rows, strays = _read_table(grid, plan)
    mend(rows, plan, strays)
    return rows, [*strays, *typed_totals(grid, plan, rows)]


def _read_table(grid: Grid, plan: Plan) -> tuple[tuple[Row, ...], list[Stray]]:
    if plan.laid.down:
        return read_down(grid, plan)
    # Most sheets stand as they were handed out: these are read without looking for anything.
    found = _as_written(grid, plan)
    if found is None:
        return read_across(grid, plan)
    if plan.laid.layout == "grid":
        return _read_grid(grid, plan, found), found.strays
    rows = _read_list(grid, plan, found)
    # What stands below a list looks like one more line of it: then a closer look is needed.
    return read_across(grid, plan) if _has_notes(rows, plan) else (rows, found.strays)


# ── grids and lists ─────────────────────────────────────────────────────────


def _as_written(grid: Grid, plan: Plan) -> Found | None:
    """Give the places of a sheet that stands as it was handed out; None if it does not."""
    laid, first, width = plan.laid, plan.laid.first_column, len(plan.laid.heads)
    if (
        len(grid) < FIRST
        or tuple(grid[HEADER][:width]) != laid.heads
        or not all(map(says, grid[HELP][:width], laid.helps))
        or tuple(grid[EXAMPLE][:width]) != laid.examples
        # Behind the headers may stand last year's block, and nothing else.
        or not shown_only(grid[HEADER][width:], laid, head=True)
    ):
        return None
    columns = [(at, column.letter, column) for at, column in enumerate(plan.columns, first)]
    if laid.layout == "list":
        return Found(columns, [(row, "") for row in range(FIRST, len(grid))])
    end = FIRST + len(laid.rows)
    if (
        len(grid) < end
        or any(grid[FIRST + at][0] != label for at, (_, label) in enumerate(laid.rows))
        or not shown_only((row[0] for row in grid[end:]), laid, head=False)
    ):
        return None
    return Found(columns, [(FIRST + at, code) for at, (code, _) in enumerate(laid.rows)])


# ── cells ───────────────────────────────────────────────────────────────────


def _read_grid(grid: Grid, plan: Plan, found: Found) -> tuple[Row, ...]:
    rows: list[Row] = []
    labels = dict(plan.laid.rows)
    for number, code in found.rows:
        raws = grid[number]
        line = plan.lines.get(number) or _line(plan, number, code, found)
        rows.append(Row(code, read_line(raws, line)))
        for at, _, column, where, _ in line.unasked:
            if raws[at] != "":
                found.strays.append(unasked(labels[code], column, raws[at], where))
    return tuple(rows)


def _line(plan: Plan, number: int, code: str, found: Found) -> Line:
    where = str(number + 1)
    spots = ((at, column, letter + where) for at, letter, column in found.columns)
    return line_of(plan, number, code, spots)


def _has_notes(rows: Sequence[Row], plan: Plan) -> bool:
    """Whether some line of a list looks like a sum or a note below it, or like its headers."""
    head = plan.laid.heads[0]
    for row in rows:
        cells = iter(row.cells.values())
        first, second = next(cells), next(cells, None)
        known = first.value is not Missing.NOT_ANSWERED
        if known and ((second and second.written) or any(cell.written for cell in cells)):
            continue
        text = first.written or next(cell.written for cell in row.cells.values() if cell.written)
        if text == head or is_total(text) or is_note(text):
            return True
    return False


def _read_list(grid: Grid, plan: Plan, found: Found) -> tuple[Row, ...]:
    rows: list[Row] = []
    lines = plan.lines
    first = plan.laid.first_column
    for number, code in found.rows:
        raws = grid[number]
        # Asked of the first cell by itself: in most lines it holds something, and that decides.
        if is_blank(raws[first]) and all(is_blank(raws[at]) for at, _, _ in found.columns):
            continue
        line = lines.get(number) or _line(plan, number, code, found)
        rows.append(Row(str(len(rows) + 1), read_line(raws, line)))
    return tuple(rows)
