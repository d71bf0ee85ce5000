"""Reading what is written downwards: a line a field, a column a row.

As with grids and lists: a sheet that nobody has rearranged is recognised at once; in any other,
each field is found by its term and each column of answers by its header.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from xianxue.bureau.records.returned import Cell, Row
from xianxue.bureau.returns.cells import Grid, written
from xianxue.bureau.returns.cells_in import Stray, beyond, read_cell, shown_only, unasked
from xianxue.bureau.returns.layout import (
    ANSWER,
    FIRST_ITEM,
    HEADER,
    HEADER_WITHIN,
    ITEM,
    RECORD_HEADS,
    address,
    is_shown_only,
    letters,
    plain,
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
    lines = _as_written(grid, plan) or _by_labels(grid, plan)
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
        or not shown_only(grid[HEADER][len(heads) :])
        or any(
            grid[FIRST_ITEM + at][ITEM] != column.field.term for at, column in enumerate(columns)
        )
        or not shown_only(row[ITEM] for row in grid[end:])
    ):
        return None
    answers = range(ANSWER, ANSWER + len(plan.laid.answers))
    return _Lines(list(range(FIRST_ITEM, end)), list(answers))


def _by_labels(grid: Grid, plan: Plan) -> _Lines:
    head, item, answers = _heads(grid, plan)
    labels = {
        plain(written(row[item])): number
        for number, row in reversed(list(enumerate(grid)))
        if number > head and len(row) > item and row[item] != ""
    }
    lines = _Lines([labels.pop(plain(column.field.term), -1) for column in plan.columns], answers)
    here = [at for at in answers if at >= 0]
    for number in sorted(labels.values()):
        name = written(grid[number][item])
        filled = [at for at in here if grid[number][at] != ""]
        if filled and not is_shown_only(name):
            lines.strays.append(
                Stray(
                    "R-ROW-EXTRA",
                    address(number, filled[0]),
                    f"多出一项“{name}”，填了“{written(grid[number][filled[0]])}”",
                    "这一项不在表中，没有采用；如是改了项目名称，请改回",
                )
            )
    known = {*range(item, max(here, default=item) + 1)}
    known |= {at for at, raw in enumerate(grid[head]) if is_shown_only(written(raw))}
    for number, row in enumerate(grid):
        extra = [at for at, raw in enumerate(row) if raw != "" and at not in known]
        if number > head and extra:
            lines.strays.append(beyond(number, extra[0], row[extra[0]]))
    return lines


def _heads(grid: Grid, plan: Plan) -> tuple[int, int, list[int]]:
    """Find the line of headers, the column of items and the column of each answer."""
    item = plain(RECORD_HEADS[ITEM])
    answers = [plain(label) for _, label in plan.laid.answers]
    for number, row in enumerate(grid[:HEADER_WITHIN]):
        texts = [plain(raw) if isinstance(raw, str) else "" for raw in row]
        if item in texts and any(answer in texts for answer in answers):
            found = [texts.index(answer) if answer in texts else -1 for answer in answers]
            return number, texts.index(item), found
    width = len(grid[0]) if grid else 0
    places = range(ANSWER, ANSWER + len(answers))
    return HEADER, ITEM, [at if at < width else -1 for at in places]
