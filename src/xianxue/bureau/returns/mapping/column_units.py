"""The unit that a column's numbers come in, and what they come to in the field's own.

A unit is taken only where the header, or a line above the table, says it. What was multiplied is
told; a number that does not come out even keeps its unit behind it, and is complained of.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

from xianxue.bureau.kinds.form import Field
from xianxue.bureau.records.cells import Cell
from xianxue.bureau.returns.contents.strict import number_of, written
from xianxue.bureau.returns.contents.texts import bare
from xianxue.bureau.returns.contents.units import factor_of, is_own_unit
from xianxue.bureau.returns.mapping.table import Head, Table
from xianxue.bureau.returns.mapping.unit_statements import Measured, measured
from xianxue.bureau.returns.sheets.grid import Grid, Raw
from xianxue.bureau.returns.sheets.naming import decimals_of
from xianxue.bureau.values.sentence import joined, say

_NUMBERS: Final = frozenset({"integer", "measure"})
_ROUNDED: Final = "亩"
"""The one unit that does not come out even in the field's; the result is rounded half up."""


def unit_of(table: Table, grid: Grid, head: Head, asked: Field) -> str:
    """Give the unit a header names, or else the one stated beside the table, where it fits."""
    return measured(table, grid, head, asked).unit


def unit_doubt(found: Measured, asked: Field) -> str:
    """Say what somebody has to look at in a column's unit; empty where it is plain."""
    if found.rivals:
        listed = joined("、", found.rivals)
        return say("表上写的单位有{listed}，看不出这一列是哪一个", listed=listed)
    if found.by == "order" and conversion(found.unit, asked) is not None:
        return say("单位是按先后次序对上的{unit}", unit=found.unit)
    if found.by == "note" and conversion(found.unit, asked) is not None:
        return say("单位{unit}只写在表下", unit=found.unit)
    return ""


def conversion(unit: str, asked: Field) -> Fraction | None:
    """Give what a column's numbers are multiplied by; None where they stay as they are."""
    if asked.type not in _NUMBERS or not unit or is_own_unit(unit, asked):
        return None
    return factor_of(unit, asked)


def told(unit: str, asked: Field) -> str:
    """Say what one of a unit comes to in the field's own; empty where nothing is converted.

    >>> told("亩", Field(field="x", term="x", type="measure", unit="square_metre"))
    '1 亩＝2000/3 平方米（四舍五入到 0.01）'
    """
    factor = conversion(unit, asked)
    if factor is None:
        return ""
    rounded = say("（四舍五入到 {step}）", step=_step(asked)) if factor.denominator != 1 else ""
    return say(
        "1 {unit}＝{factor} {term}{rounded}",
        unit=unit,
        factor=factor,
        term=asked.measured_in.term,
        rounded=rounded,
    )


def _step(asked: Field) -> str:
    return str(Decimal(1).scaleb(-decimals_of(asked)))


def converted(raw: Raw, unit: str, asked: Field, at: str) -> Cell | None:
    """Turn a plain number into the field's own unit; None where it is no plain number.

    >>> funds = Field(field="x", term="x", type="measure", unit="yuan")
    >>> converted(12.5, "万元", funds, "C4").value
    12500000
    >>> area = Field(field="x", term="x", type="measure", unit="square_metre")
    >>> converted(15.0, "亩", area, "C4").value, converted("约15", "亩", area, "C4")
    (1000000, None)
    """
    number = number_of(written(raw))
    factor = conversion(unit, asked)
    if number is None or factor is None:
        return None
    steps = _exact(number) * factor * 10 ** decimals_of(asked)
    # Two thirds of a thousand square metres never come out even.
    if bare(unit).endswith(_ROUNDED):
        steps = Fraction(_half_up(steps))
    if steps.denominator != 1:
        return None
    return Cell(int(steps), at, written(raw))


def _exact(number: Decimal) -> Fraction:
    return Fraction(number)


def _half_up(steps: Fraction) -> int:
    sign = -1 if steps < 0 else 1
    return sign * ((2 * abs(steps.numerator) + steps.denominator) // (2 * steps.denominator))
