"""Shares of places: whose own figure keeps to a line."""

from __future__ import annotations

from collections.abc import Collection
from functools import reduce

from xianxue.bureau.indicators.amounts import amount, hidden, void
from xianxue.bureau.indicators.engine import Expr
from xianxue.bureau.indicators.filters import case_holds, perhaps, sure
from xianxue.bureau.indicators.formulas import Formula
from xianxue.bureau.indicators.measures import Case, Side
from xianxue.bureau.indicators.plan import Plan
from xianxue.bureau.values.units import UNITS


def share_rows(formula: Formula, plan: Plan, columns: Collection[str]) -> dict[str, Expr]:
    """Say of each place whether it meets the line, is looked at, or hides the answer.

    A place whose ratio has nothing to divide by (a kindergarten without children) is not looked
    at; nor is one that is not asked for it.
    """
    met = formula.met
    base = plan.formulas[met.of] if met is not None else formula
    if met is None or base.numerator is None or base.denominator is None:
        return {}
    words = plan.words
    numerator, denominator = (amount(one, plan) for one in base.parts.values())
    hides = [hidden(one, plan, columns) for one in base.parts.values()]
    # A 0 before them: of a table without any mark there is nothing to add, and that is an error.
    blank = words.sum_horizontal(words.lit(0), *(one for one in hides if one is not None)) > 0
    said = [void(one, plan, columns) for one in base.parts.values()]
    marks = [one for one in said if one is not None]
    applies = words.sum_horizontal(words.lit(0), *marks) == 0
    there = ~blank & applies & (denominator > 0)

    among = sure(words, met.tests)
    may_be = perhaps(words, met.tests, columns)
    known = words.lit(value=True) if among is None else among.fill_null(value=False)
    looked_at = known & there
    keeps = [_keeps(plan, side, base, (numerator, denominator)) for side in met.lines]
    meets = reduce(lambda one, other: one & other, keeps, looked_at)
    doubtful = known & blank
    if may_be is not None:
        # Whether it is looked at is not known, and it matters only where it has, or hides, a ratio.
        doubtful = doubtful | (may_be & ~known & (blank | there))
    found = {
        formula.column("numerator"): meets.cast(words.Int64),
        formula.column("denominator"): looked_at.cast(words.Int64),
        formula.column("hidden"): doubtful.cast(words.Int64),
    }
    if marks:
        # Named even where nobody knows whether it would be looked at: it is not, whatever comes.
        concerned = known if may_be is None else known | may_be
        found[formula.column("partly")] = (concerned & ~applies).cast(words.Int64)
    return found


def factors(side: Side, base: Formula) -> list[tuple[int, int]]:
    """Give, for each case of a line, what both parts are multiplied by to be compared.

    ``per · (n ÷ n_scale) ÷ (d ÷ d_scale)`` is at least ``a ÷ b`` where ``n·per·d_scale·b`` is at
    least ``d·n_scale·a``, d being more than 0.
    """
    per = UNITS[base.card.unit].per
    scales = [one.scale for one in base.parts.values()]
    return [
        (per * scales[1] * case.limit.denominator, scales[0] * case.limit.numerator)
        for case in side.cases
    ]


def _keeps(plan: Plan, side: Side, base: Formula, parts: tuple[Expr, Expr]) -> Expr:
    words = plan.words
    numerator, denominator = parts
    found = words.lit(value=False)
    cases = list(zip(side.cases, factors(side, base), strict=True))
    for case, (up, down) in reversed(cases):
        kept = _compared(side, numerator * up, denominator * down)
        # Without the case's stage: a share looks at places as one (``formulas._share``).
        holds = case_holds(words, Case("", case.when, case.limit))
        found = kept if holds is None else words.when(holds).then(kept).otherwise(found)
    return found


def _compared(side: Side, left: Expr, right: Expr) -> Expr:
    if side.side == "at_least":
        return left >= right
    if side.side == "more_than":
        return left > right
    return left <= right if side.side == "at_most" else left < right
