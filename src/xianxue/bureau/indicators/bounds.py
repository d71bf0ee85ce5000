"""What must hold of the lines before anything is made of them, asked as one line of sums.

The lines stay where the engine has them: a county's or a country's, one line comes back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from xianxue.bureau.indicators.columns import PLACES
from xianxue.bureau.indicators.engine import Lines
from xianxue.bureau.indicators.formulas import Formula
from xianxue.bureau.indicators.keys import MOST_PERIODS
from xianxue.bureau.indicators.measures import Side
from xianxue.bureau.indicators.plan import Plan
from xianxue.bureau.indicators.shares import factors
from xianxue.bureau.values.sentence import say
from xianxue.bureau.values.units import TooLargeError

LIMIT: Final = 2**63 - 1
"""The largest whole number of Int64; beyond it engines wrap around in silence."""


def check_lines(lines: Lines, plan: Plan) -> None:
    """Raise ValueError for a place that is in no register, TooLargeError for sums that may not fit.

    A place without a county is one that ``places`` does not have: the join found nothing.
    """
    col, there = plan.words.col, set(lines.collect_schema().names())
    names = [name for name in plan.names.values() if name in there]
    unknown = plan.words.when(col("county").is_null()).then(col("place"))
    asked = [plan.words.len().alias("lines"), unknown.min().alias("unknown")]
    # Largest and smallest apart: the smallest whole number has no absolute value in 64 bits.
    asked += [col(name).max().alias(f"{name} max") for name in names]
    asked += [col(name).min().alias(f"{name} min") for name in names]
    found = lines.select(*asked).collect().rows(named=True)[0]
    if found["unknown"] is not None:
        # Back from the number that lines are joined by (``keys.py``) to the code people know.
        code = found["unknown"] // MOST_PERIODS
        message = f"学校 {code} 有数，却不在名册（{PLACES}）里"
        raise ValueError(message)
    largest = {name: _largest(found[f"{name} max"], found[f"{name} min"]) for name in names}
    _check_bounds(largest, found["lines"], plan)


def _largest(highest: int | None, lowest: int | None) -> int:
    return max(abs(highest or 0), abs(lowest or 0))


def _check_bounds(largest: Mapping[str, int], lines: int, plan: Plan) -> None:
    """Raise TooLargeError where a sum over all lines, or a product made of it, might not fit.

    The bound is not sharp: the largest amount of each column, times the number of lines, times
    what formulas multiply it by (weights, and what a share compares with).
    """
    compared = _compared(plan)
    for formula in plan.formulas.values():
        scale = max(_multipliers(formula, compared.get(formula.id, ())))
        for part in formula.parts.values():
            # Too strict is harmless: no honest county comes near it, and a sharp bound would cost
            # the sum itself, which may already have wrapped around.
            bound = sum(largest.get(name, 0) for name in plan.columns(part))
            if bound * scale * lines > LIMIT:
                message = say(
                    "指标 {name} 的数太大，合计可能超出 64 位整数，不能保证精确", name=formula.id
                )
                raise TooLargeError(message)


def _compared(plan: Plan) -> dict[str, list[Side]]:
    """Give the lines that each formula is held against, by its id."""
    found: dict[str, list[Side]] = {}
    for other in plan.formulas.values():
        if other.met is not None:
            found.setdefault(other.met.of, []).extend(other.met.lines)
    return found


def _multipliers(formula: Formula, sides: Iterable[Side]) -> Iterator[int]:
    """Give the factors that its parts are multiplied by somewhere."""
    yield 1
    if formula.weights is not None:
        yield from (one for each in formula.weights.by_type.values() for one in each.values())
    for side in sides:
        yield from (abs(one) for pair in factors(side, formula) for one in pair)
