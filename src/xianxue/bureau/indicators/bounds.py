"""Whether sums and products stay within 64 bits, so that they are exact."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import narwhals.stable.v2 as nw

from xianxue.bureau.indicators.engine import Done
from xianxue.bureau.indicators.formulas import Formula
from xianxue.bureau.indicators.plan import Plan
from xianxue.bureau.indicators.shares import factors

LIMIT: Final = 2**63 - 1
"""The largest whole number of Int64; beyond it engines wrap around in silence."""


def check_bounds(lines: Done, plan: Plan) -> None:
    """Raise OverflowError where a sum over all lines, or a product made of it, might not fit.

    The bound is not sharp: the largest amount of each column, times the number of lines, times
    what formulas multiply it by (weights, and what a share compares with).
    """
    names = [name for name in plan.names.values() if name in lines.columns]
    if not names or len(lines) == 0:
        return
    largest = lines.select(nw.col(*names).abs().max())
    found = {name: int(largest[name][0] or 0) for name in names}
    for formula in plan.formulas.values():
        scale = max(_multipliers(formula, plan))
        for part in formula.parts.values():
            bound = sum(found.get(name, 0) for name in plan.columns(part))
            if bound * scale * len(lines) > LIMIT:
                message = f"指标 {formula.id} 的数太大，合计可能超出 64 位整数，不能保证精确"
                raise OverflowError(message)


def _multipliers(formula: Formula, plan: Plan) -> Iterator[int]:
    """Give the factors that its parts are multiplied by somewhere."""
    yield 1
    if formula.weights is not None:
        yield from (one for each in formula.weights.by_type.values() for one in each.values())
    for other in plan.formulas.values():
        if other.met is not None and other.met.of == formula.id:
            for side in other.met.lines:
                yield from (abs(one) for pair in factors(side, formula) for one in pair)
