"""Totals that somebody typed over ours: no part of the return, and still they say something.

A total is worked out by the workbook and never read. Whoever types another number there has
counted otherwise, in the cells or beside them; that is said, not passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.returns.contents.strict import written
from xianxue.bureau.returns.reading.cell import Stray
from xianxue.bureau.returns.reading.schema import Plan
from xianxue.bureau.returns.sheets.grid import Grid, Raw
from xianxue.bureau.returns.sheets.layout import TOTAL, address, split_address
from xianxue.bureau.returns.sheets.naming import decimals_of, shown_amount
from xianxue.bureau.returns.sheets.totals import adds, has_totals, result
from xianxue.bureau.values.sentence import say


def typed_totals(grid: Grid, plan: Plan, rows: Sequence[Row]) -> list[Stray]:
    """Give a complaint for each total that is not the sum of its cells.

    Where a cell is blank there is no sum to hold a total against.
    """
    if not has_totals(plan.laid):
        return []
    at = _last_total(grid)
    return list(_wrong(grid, plan, rows, at)) if at is not None else []


def _last_total(grid: Grid) -> tuple[int, int] | None:
    """Find the template's own total: the last one in the sheet."""
    found = (
        (row, column)
        for row in range(len(grid) - 1, -1, -1)
        for column, raw in enumerate(grid[row])
        if raw == TOTAL
    )
    return next(found, None)


def _wrong(grid: Grid, plan: Plan, rows: Sequence[Row], total: tuple[int, int]) -> Iterator[Stray]:
    for column in plan.columns:
        field = column.field
        cells = [row.cells[column.name] for row in rows if column.name in row.cells]
        amount = result(cells) if adds(field) and len(cells) > 1 else None
        where = _beside(cells, total, down=plan.laid.down)
        if amount is None or where is None:
            continue
        raw = grid[where[0]][where[1]]
        if _is_other(raw, Fraction(amount, 10 ** decimals_of(field))):
            yield Stray(
                "R-TOTAL",
                address(*where),
                say(
                    "{term}的合计填了“{written}”，各格相加是 {amount}",
                    term=field.term,
                    written=written(raw),
                    amount=shown_amount(amount, decimals_of(field)),
                ),
                say("请核对各格的数；合计由表格自动计算，不用填，可以删去"),
                Severity.MUST_FIX,
                say("合计等于各格之和"),
                f"{plan.laid.name}.{column.name}",
            )


def _beside(cells: Sequence[Cell], total: tuple[int, int], *, down: bool) -> tuple[int, int] | None:
    """Give the cell in which the total of some cells stands: in their column, or in their line."""
    known = next((cell.address for cell in cells if cell.address), "")
    if not known:
        return None
    row, column = split_address(known)
    return (row, total[1]) if down else (total[0], column)


def _is_other(raw: Raw, amount: Fraction) -> bool:
    """Whether a cell holds a number, and another one; what is no number is no total."""
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        return False
    # A spreadsheet adds in binary and keeps fifteen digits: what differs by less is the same.
    nearly = max(Fraction(1, 1000), abs(amount) / 10**13)
    return abs(Fraction(raw) - amount) >= nearly
