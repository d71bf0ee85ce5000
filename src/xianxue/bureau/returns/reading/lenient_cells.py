"""The cells that the plain reading has left: looked at once more, with a word on each."""

from __future__ import annotations

from collections.abc import Sequence

from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.returns.contents.lenient import read_anyway
from xianxue.bureau.returns.reading.cell import Stray
from xianxue.bureau.returns.reading.schema import Plan
from xianxue.bureau.returns.sheets.naming import bounds_of, named
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.sentence import say

_UNREAD = Missing.NOT_ANSWERED


def mend(rows: Sequence[Row], plan: Plan, strays: list[Stray]) -> None:
    """Read what can be read after all; each cell keeps its text and address."""
    left = [
        (row, name)
        for row in rows
        for name, cell in row.cells.items()
        if cell.value is _UNREAD and cell.written
    ]
    if not left:
        return
    columns = {column.name: column for column in plan.columns}
    labels = dict(plan.laid.rows)
    for row, name in left:
        cell, column = row.cells[name], columns[name]
        found = read_anyway(cell.written, column.field, column.lookup)
        if found is None:
            continue
        row.cells[name] = Cell(found.value, cell.address, cell.written)
        doubt = found.doubt
        if doubt is not None:
            what = named(labels.get(row.code, ""), column.field)
            stray = Stray(
                doubt.code,
                cell.address,
                say(
                    "{what}填了“{written}”，{problem}",
                    what=what,
                    written=cell.written,
                    problem=doubt.problem,
                ),
                doubt.do,
                severity=doubt.severity,
                required=bounds_of(column.field),
                field=f"{plan.laid.name}.{name}",
            )
            strays.append(stray)
