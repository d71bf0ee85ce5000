"""Good answers to large programs: what the program without whole numbers is sure of is kept.

Without whole numbers a large layout is solved in seconds, and what that costs is a bound that holds
for whole numbers too. Most of its decisions come out as 0 or 1 there. These are kept, the few that
are not are decided by the solver, and the bound says how far the answer can be from the best. Only
where that is too far is the whole program given to the solver, with what patience is left.
"""

from __future__ import annotations

from collections.abc import Collection
from math import inf
from typing import Final

from xianxue.bureau.plan.solvers.highs import solve
from xianxue.bureau.plan.solvers.program import Answer, Patience, Program
from xianxue.bureau.values.record import replace

_SURE: Final = 0.01
"""So near to 0 or 1 a decision counts as made."""
_SHARE: Final = 0.4
"""Of the patience, so much is spent on the few that are not made."""


def solve_near(program: Program, decisions: Collection[int], patience: Patience) -> Answer:
    """Answer within ``patience.gap`` of the bound; ``decisions`` are the columns of 0 or 1."""
    relaxed = _relaxed(program, patience)
    if relaxed.status != "optimal":
        return solve(program, patience)
    kept = _with_made(program, decisions, relaxed)
    found = solve(
        kept,
        replace(patience, gap=patience.gap / 2, seconds=patience.seconds * _SHARE),
    )
    cost = _cost(program, found)
    if cost - relaxed.bound <= patience.gap * abs(cost):
        return Answer("gap", found.values, relaxed.bound)
    whole = solve(program, replace(patience, seconds=patience.seconds * (1 - _SHARE)))
    bound = max(relaxed.bound, whole.bound)
    if _cost(program, whole) <= cost:
        return Answer(whole.status, whole.values, bound)
    return Answer("gap", found.values, bound)


def _relaxed(program: Program, patience: Patience) -> Answer:
    whole, program.whole = program.whole, [False] * len(program.whole)
    try:
        return solve(program, patience)
    finally:
        program.whole = whole


def _with_made(program: Program, decisions: Collection[int], relaxed: Answer) -> Program:
    kept = program.copy()
    for column in decisions:
        value = relaxed.values[column]
        if value < _SURE or value > 1 - _SURE:
            kept.lower[column] = kept.upper[column] = round(value)
    return kept


def _cost(program: Program, answer: Answer) -> float:
    if not answer.values:
        return inf
    return sum(cost * value for cost, value in zip(program.costs, answer.values, strict=True))
