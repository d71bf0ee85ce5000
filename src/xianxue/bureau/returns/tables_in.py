"""From a sheet's cells to rows: found by header and label, wherever they stand.

A workbook that nobody has rearranged is recognised at once; in any other, each column is found
by its term and each row by its label. What is found nowhere is reported, never lost silently.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from xianxue.bureau.records.returned import Cell, Row
from xianxue.bureau.returns.cells import Grid, written
from xianxue.bureau.returns.cells_in import Stray, beyond, is_blank, read_cell, shown_only, unasked
from xianxue.bureau.returns.down_in import read_down
from xianxue.bureau.returns.layout import (
    EXAMPLE,
    EXAMPLE_MARK,
    FIRST,
    HEADER,
    HEADER_WITHIN,
    HELP,
    address,
    is_shown_only,
    letters,
    plain,
    stands_in,
)
from xianxue.bureau.returns.schema_in import Column, Plan


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
    if plan.laid.down:
        return read_down(grid, plan)
    found = _as_written(grid, plan) or _by_terms(grid, plan)
    if plan.laid.layout == "grid":
        return _read_grid(grid, plan, found), found.strays
    return _read_list(grid, found), found.strays


# ── grids and lists ─────────────────────────────────────────────────────────


def _as_written(grid: Grid, plan: Plan) -> Found | None:
    """Give the places of a sheet that stands as it was handed out; None if it does not."""
    laid, first, width = plan.laid, plan.laid.first_column, len(plan.laid.heads)
    if (
        len(grid) < FIRST
        or tuple(grid[HEADER][:width]) != laid.heads
        or tuple(grid[HELP][:width]) != laid.helps
        or tuple(grid[EXAMPLE][:width]) != laid.examples
        or not shown_only(grid[HEADER][width:])
    ):
        return None
    columns = [(at, column.letter, column) for at, column in enumerate(plan.columns, first)]
    if laid.layout == "list":
        return Found(columns, [(row, "") for row in range(FIRST, len(grid))])
    end = FIRST + len(laid.rows)
    if (
        len(grid) < end
        or any(grid[FIRST + at][0] != label for at, (_, label) in enumerate(laid.rows))
        or not shown_only(row[0] for row in grid[end:])
    ):
        return None
    return Found(columns, [(FIRST + at, code) for at, (code, _) in enumerate(laid.rows)])


def _by_terms(grid: Grid, plan: Plan) -> Found:
    """Find columns by their terms and rows by their labels."""
    laid = plan.laid
    head = header_row(grid, plan)
    if head < 0:
        return Found([], [])
    texts = [plain(written(raw)) for raw in grid[head]]
    columns: list[tuple[int, str, Column]] = []
    taken: set[int] = set()
    found = Found(columns, [])
    for column in plan.columns:
        term = plain(column.field.term)
        if term not in texts:
            continue
        at = texts.index(term)
        columns.append((at, letters(at), column))
        taken.add(at)
    label_at = -1
    if laid.layout == "grid":
        label_at = _label_column(texts, plan, taken)
        taken.add(label_at)
    start = _first_data_row(grid, plan, head)
    _stray_columns(grid, head, start, taken, found)
    if label_at >= 0:
        _label_rows(grid, plan, start, label_at, found)
    else:
        found.rows.extend((row, "") for row in range(start, len(grid)))
    return found


def header_row(grid: Grid, plan: Plan) -> int:
    """Find the line that holds most of the terms, at least half of them; -1 if there is none."""
    wanted = {plain(column.field.term) for column in plan.columns}
    best, most = -1, 0
    for number, row in enumerate(grid[:HEADER_WITHIN]):
        hits = len(wanted & {plain(raw) for raw in row if isinstance(raw, str)})
        if hits > most:
            best, most = number, hits
    return best if most * 2 >= len(wanted) else -1


def _label_column(texts: Sequence[str], plan: Plan, taken: set[int]) -> int:
    head = plain(plan.laid.heads[0])
    if head in texts:
        return texts.index(head)
    return next((at for at in range(len(texts)) if at not in taken), 0)


def _first_data_row(grid: Grid, plan: Plan, head: int) -> int:
    """Step over what stands between the headers and the data, as far as it is ours."""
    ours = {plain(text) for text in (*plan.laid.helps, *plan.laid.examples) if text}
    row = head + 1
    while row < len(grid) and row <= head + EXAMPLE:
        texts = [raw for raw in grid[row] if isinstance(raw, str) and raw]
        if not any(plain(text) in ours or text.startswith(EXAMPLE_MARK) for text in texts):
            break
        row += 1
    return row


def _stray_columns(grid: Grid, head: int, start: int, taken: set[int], found: Found) -> None:
    for at in range(len(grid[head])):
        if at in taken:
            continue
        filled = next((row for row in range(start, len(grid)) if grid[row][at] != ""), -1)
        name = written(grid[head][at])
        if filled < 0 or is_shown_only(name):
            continue
        if not name:
            found.strays.append(beyond(filled, at, grid[filled][at]))
            continue
        found.strays.append(
            Stray(
                "R-COLUMN-EXTRA",
                address(head, at),
                f"多出一列“{name}”",
                "这一列不在表中，没有采用；如是改了表头，请改回",
            )
        )


def _label_rows(grid: Grid, plan: Plan, start: int, label_at: int, found: Found) -> None:
    codes = {plain(label): code for code, label in plan.laid.rows}
    seen: dict[str, int] = {}
    for number in range(start, len(grid)):
        label = written(grid[number][label_at])
        code = codes.get(plain(label)) or next(
            (code for code, _ in plan.laid.rows if code == label), None
        )
        if code is not None and code not in seen:
            seen[code] = number
            found.rows.append((number, code))
            continue
        filled = [at for at, raw in enumerate(grid[number]) if raw != "" and at != label_at]
        if not filled or (code is None and is_shown_only(label)):
            continue
        what = (
            f"“{label}”出现了两次" if code else f"多出一行“{label}”" if label else "没有行名的一行"
        )
        found.strays.append(
            Stray(
                "R-ROW-TWICE" if code else "R-ROW-EXTRA",
                address(number, filled[0]),
                f"{what}，填了“{written(grid[number][filled[0]])}”",
                "这一行没有采用；请把数填到表中原有的行里",
            )
        )


# ── cells ───────────────────────────────────────────────────────────────────


def _read_grid(grid: Grid, plan: Plan, found: Found) -> tuple[Row, ...]:
    rows: list[Row] = []
    labels = dict(plan.laid.rows)
    for number, code in found.rows:
        raws = grid[number]
        line = str(number + 1)
        cells: dict[str, Cell] = {}
        for at, letter, column in found.columns:
            raw = raws[at]
            if column.everywhere or stands_in(column.field, code):
                cells[column.name] = read_cell(raw, column, letter + line)
            elif raw != "":
                found.strays.append(unasked(labels[code], column, raw, letter + line))
        rows.append(Row(code, cells))
    order = {code: at for at, (code, _) in enumerate(plan.laid.rows)}
    rows.sort(key=lambda row: order[row.code])
    return tuple(rows)


def _read_list(grid: Grid, found: Found) -> tuple[Row, ...]:
    rows: list[Row] = []
    for number, _ in found.rows:
        raws = grid[number]
        if all(is_blank(raws[at]) for at, _, _ in found.columns):
            continue
        line = str(number + 1)
        cells = {
            column.name: read_cell(raws[at], column, letter + line)
            for at, letter, column in found.columns
        }
        rows.append(Row(str(len(rows) + 1), cells))
    return tuple(rows)
