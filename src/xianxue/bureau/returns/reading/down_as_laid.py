"""Reading what is written downwards: a line a field, a column a row.

As with grids and lists: a sheet that nobody has rearranged is recognised at once; in any other,
each field is found by its term and each column of answers by its header.
"""

from __future__ import annotations

from xianxue.bureau.records.cells import Row
from xianxue.bureau.returns.reading import down_rearranged
from xianxue.bureau.returns.reading.cell import Stray, line_of, read_line, shown_only, unasked
from xianxue.bureau.returns.reading.schema import Line, Plan
from xianxue.bureau.returns.sheets.grid import Grid
from xianxue.bureau.returns.sheets.layout import (
    ANSWER,
    FIRST_ITEM,
    HEADER,
    ITEM,
    letters,
)
from xianxue.bureau.returns.sheets.two_languages import says


def read_down(grid: Grid, plan: Plan) -> tuple[tuple[Row, ...], list[Stray]]:
    """Read a sheet's rows, and say what was found where nothing is asked."""
    if not _is_as_written(grid, plan):
        return down_rearranged.read_down(grid, plan)
    items = grid[FIRST_ITEM : FIRST_ITEM + len(plan.columns)]
    rows: list[Row] = []
    strays: list[Stray] = []
    for at, (code, label) in enumerate(plan.laid.answers, ANSWER):
        raws = [item[at] for item in items]
        line = plan.lines.get(at) or _line(plan, at, code)
        rows.append(Row(code, read_line(raws, line)))
        for number, _, column, where, _ in line.unasked:
            if raws[number] != "":
                strays.append(unasked(label, column, raws[number], where))
    return tuple(rows), strays


def _line(plan: Plan, at: int, code: str) -> Line:
    letter = letters(at)
    spots = (
        (number, column, f"{letter}{FIRST_ITEM + number + 1}")
        for number, column in enumerate(plan.columns)
    )
    return line_of(plan, at, code, spots)


def _is_as_written(grid: Grid, plan: Plan) -> bool:
    """Whether a sheet stands as it was handed out."""
    heads, columns = plan.laid.heads, plan.columns
    end = FIRST_ITEM + len(columns)
    return not (
        len(grid) < end
        or tuple(grid[HEADER][: len(heads)]) != heads
        or not shown_only(grid[HEADER][len(heads) :], plan.laid, head=True)
        or any(
            row[ITEM] != column.field.term or not says(row[1], text) or row[2] != example
            for row, column, text, example in zip(
                grid[FIRST_ITEM:end], columns, plan.laid.helps, plan.laid.examples, strict=True
            )
        )
        or not shown_only((row[ITEM] for row in grid[end:]), plan.laid, head=False)
    )
