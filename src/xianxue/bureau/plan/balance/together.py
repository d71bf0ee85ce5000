"""All resources at once: so many of several lines at each school, and every spread, at least cost.

What each resource takes hangs on the lines that a school may leave near, and those are chosen
together: a program of whole numbers. A spread is no linear rule. With y for what a school-stage
has, weighed by its pupils p, it is at most L exactly where N(y) = √Σ y²/p ≤ √((1 + L²)/Σp)·Σy.
N is convex: it lies above its tangent at any point y*, which is Σ (y*/p)·y ÷ N(y*). So tangents
are linear rules that every answer keeps, and a program with some of them has a bound that holds
for all answers. In turn the program is solved, tangents are drawn where it oversteps, and each
resource by itself is asked in whole numbers for the fewest changes with the lines that were
chosen. What is best of these is held against every rule in exact arithmetic; it is called optimal
only where the bound leaves no room.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import ceil, lcm
from typing import Final

from xianxue.bureau.plan.balance.fewest import fewest
from xianxue.bureau.plan.balance.goods import Asked, Good, broken
from xianxue.bureau.plan.balance.question import Question, School
from xianxue.bureau.plan.balance.tangents import Lines, Model
from xianxue.bureau.plan.solvers.highs import solve
from xianxue.bureau.plan.solvers.program import Answer, Patience, Status
from xianxue.bureau.values.record import Record, replace

_ROUNDS: Final = 8
"""So often tangents are drawn to whole numbers …"""
_FIRST: Final = 40
"""… and before that to the answer without them, which takes no time."""
_NEAR: Final = 1e-6
"""What the solver's own arithmetic may be off by."""


class Together(Record, kw_only=True):
    """What came of it. It is supposed: nothing has moved."""

    status: Status
    more: Mapping[str, int]
    """Of each store, how many lots more it has, or fewer; empty where nothing was found."""
    cost: Fraction | None = None
    bound: Fraction = Fraction()
    """Nothing that keeps the rules costs less."""

    @property
    def gap(self) -> Fraction | None:
        """The share of the cost that is not proved to be needed."""
        if self.cost is None:
            return None
        return (self.cost - self.bound) / self.cost if self.cost else Fraction()


def together(asked: Asked, patience: Patience | None = None) -> Together:
    """Look for the cheapest changes by which each school passes and each spread is in its limit."""
    patience = patience or Patience()
    each = replace(patience, seconds=patience.seconds / _ROUNDS)
    model = Model(asked)
    _tighten(model, each)
    best: dict[str, int] | None = None
    cost = bound = Fraction()
    for _ in range(_ROUNDS):
        answer = solve(model.program, each)
        if answer.status == "infeasible":
            return Together(status="infeasible", more={})
        bound = max(bound, _bound(model, answer))
        if not answer.values:
            break
        drawn = model.draw(answer.values)
        found = _repaired(asked, model, answer)
        if found is not None and (best is None or asked.cost(found) < cost):
            best, cost = found, asked.cost(found)
        if found is not None:
            drawn = model.tangent_at(found) or drawn
        if (best is not None and cost <= bound) or not drawn:
            break
    if best is None:
        return Together(status="open", more={}, bound=bound)
    status: Status = "optimal" if cost <= bound else "gap"
    return Together(status=status, more=best, cost=cost, bound=min(cost, bound))


def _tighten(model: Model, patience: Patience) -> None:
    """Draw tangents to the answer without whole numbers until it oversteps nothing."""
    whole, model.program.whole = model.program.whole, [False] * len(model.program.whole)
    for _ in range(_FIRST):
        answer = solve(model.program, patience)
        if not answer.values or not model.draw(answer.values):
            break
    model.program.whole = whole


def _bound(model: Model, answer: Answer) -> Fraction:
    """Give what nothing costs less than: costs are whole numbers in the program's unit."""
    if answer.bound <= 0:
        return Fraction()
    return Fraction(ceil(answer.bound - _NEAR * max(1.0, answer.bound)), model.unit)


def _repaired(asked: Asked, model: Model, answer: Answer) -> dict[str, int] | None:
    """Give whole numbers that keep every rule, with the lines that were chosen; None: not found."""
    lines = model.lines(answer)
    found = model.more(answer)
    for good in asked.goods:
        if good.alike and not asked.shares(good):
            own = _alone(good, lines)
            if own is None:
                return None
            found.update(own)
    found = {store: many for store, many in found.items() if many}
    return None if broken(asked, found) else found


def _alone(good: Good, lines: Lines) -> dict[str, int] | None:
    """Ask one resource by itself for its fewest changes: exact, and without the solver."""
    scale = lcm(*(one.weight.denominator for one in good.held))
    each = good.held[0].each
    base = Fraction(1, lcm(each.denominator, *(one.have.denominator for one in good.held)))
    schools = tuple(
        School(
            school=one.store,
            pupils=int(one.weight * scale),
            teachers=one.things,
            rest=int((one.have - each * one.things) / base),
            minimum=max(0, one.things + lines(good, one)),
        )
        for one in good.held
    )
    lacking = sum(max(0, one.minimum or 0) for one in schools)
    question = Question(
        schools=schools,
        limit=good.limit,
        most_moves=None if good.moves else 0,
        hires=lacking + sum(one.teachers for one in schools),
        hire_costs=good.add,
        move_costs=good.add if good.move is None else good.move,
        lot=int(each / base),
    )
    change = fewest(question)
    if change is None:
        return None
    return {
        one.store: there - one.things for one, there in zip(good.held, change.teachers, strict=True)
    }
