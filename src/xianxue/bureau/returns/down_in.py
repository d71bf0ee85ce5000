"""Reading what is written downwards: a line a field, a column a row.

As with grids and lists: a sheet that nobody has rearranged is recognised at once; in any other,
each field is found by its term and each column of answers by its header.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from xianxue.bureau.records.returned import Cell, Row
from xianxue.bureau.returns import messy_down
from xianxue.bureau.returns.cells import Grid
from xianxue.bureau.returns.cells_in import Stray, read_cell, shown_only, unasked
from xianxue.bureau.returns.layout import (
    ANSWER,
    FIRST_ITEM,
    HEADER,
    ITEM,
    letters,
    stands_in,
)
from xianxue.bureau.returns.schema_in import Plan


@dataclass
class _Lines:
    """Where the lines and columns of a sheet that is written downwards stand; -1 for nowhere."""

    rows: list[int]
    """Of each field."""
    answers: list[int]
    """The column of each row code."""
    strays: list[Stray] = field(default_factory=list[Stray])


def read_down(grid: Grid, plan: Plan) -> tuple[tuple[Row, ...], list[Stray]]:
    """Read a sheet's rows, and say what was found where nothing is asked."""
    lines = _as_written(grid, plan)
    if lines is None:
        return messy_down.read_down(grid, plan)
    rows: list[Row] = []
    for (code, label), at in zip(plan.laid.answers, lines.answers, strict=True):
        if at < 0:
            continue
        cells: dict[str, Cell] = {}
        letter = letters(at)
        for column, number in zip(plan.columns, lines.rows, strict=True):
            raw = grid[number][at] if number >= 0 else None
            if raw is None:
                continue
            where = f"{letter}{number + 1}"
            if column.everywhere or stands_in(column.field, code):
                cells[column.name] = read_cell(raw, column, where)
            elif raw != "":
                lines.strays.append(unasked(label, column, raw, where))
        rows.append(Row(code, cells))
    return tuple(rows), lines.strays


def _as_written(grid: Grid, plan: Plan) -> _Lines | None:
    """Give the places of a sheet that stands as it was handed out; None if it does not."""
    heads, columns = plan.laid.heads, plan.columns
    end = FIRST_ITEM + len(columns)
    if (
        len(grid) < end
        or tuple(grid[HEADER][: len(heads)]) != heads
        or not shown_only(grid[HEADER][len(heads) :], plan.laid, head=True)
        or any(
            row[ITEM] != column.field.term or row[1] != text or row[2] != example
            for row, column, text, example in zip(
                grid[FIRST_ITEM:end], columns, plan.laid.helps, plan.laid.examples, strict=True
            )
        )
        or not shown_only((row[ITEM] for row in grid[end:]), plan.laid, head=False)
    ):
        return None
    answers = range(ANSWER, ANSWER + len(plan.laid.answers))
    return _Lines(list(range(FIRST_ITEM, end)), list(answers))
