"""Totals: formulas beside the cells they add up, with the results they have.

A total is there when all its parts are: a part that is blank or withheld hides it, one that does
not apply takes nothing away. So a blank total says that something is still to be filled in.
"""

from __future__ import annotations

from collections.abc import Sequence

from xianxue.bureau.kinds.form import Field
from xianxue.bureau.records.cells import Cell
from xianxue.bureau.returns.sheets.layout import TOTAL, Laid, address, stands_in
from xianxue.bureau.values.missing import Missing, total

WHY: str = "合计由表格自动计算，不用填；各格都填了数以后才显示。"
"""What a clerk is told who types into a total."""


def has_totals(laid: Laid) -> bool:
    """Whether a grid gets a row, or downwards a column, of totals."""
    return (
        laid.layout == "grid"
        and len(laid.rows) > 1
        and any(adds(field) for field in laid.fields)
        # A form that asks for the total itself must not get a second one.
        and TOTAL not in {label for _, label in laid.rows}
    )


def adds(field: Field) -> bool:
    """Whether a field's amounts have a total: people have, grades and rates have not."""
    return field.type in {"integer", "measure"} and field.measured_in.adds


def parts_of(laid: Laid, field: Field) -> list[str]:
    """Give the codes of the rows a field is asked in."""
    return [code for code, _ in laid.rows if stands_in(field, code)]


def formula(first: tuple[int, int], last: tuple[int, int], parts: int) -> str:
    """Write the formula over a block of which this many cells are asked.

    >>> formula((3, 1), (8, 1), 6)
    '=IF(AND(COUNT(B4:B9)>0,COUNT(B4:B9)+COUNTIF(B4:B9,"不适用")>=6),SUM(B4:B9),"")'
    """
    block = f"{address(*first)}:{address(*last)}"
    known = f'COUNT({block})+COUNTIF({block},"{Missing.NOT_APPLICABLE.value}")>={parts}'
    # Without the first condition a block of nothing but 不适用 would come to a zero that nobody
    # counted.
    return f'=IF(AND(COUNT({block})>0,{known}),SUM({block}),"")'


def result(cells: Sequence[Cell | None]) -> int | None:
    """Add up what the formula adds up; None where it shows nothing."""
    amounts = [
        cell.value if cell is not None and not isinstance(cell.value, str) else Missing.NOT_ANSWERED
        for cell in cells
    ]
    amount = total(amounts)
    return None if isinstance(amount, Missing) else amount
