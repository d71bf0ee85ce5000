"""Parts of formulas as expressions over the columns they are the sum of."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import reduce

from xianxue.bureau.indicators.columns import hidden_mark, void_mark
from xianxue.bureau.indicators.engine import Expr, Words
from xianxue.bureau.indicators.measures import Part
from xianxue.bureau.indicators.plan import Plan
from xianxue.bureau.indicators.sums import given_mark


def amount(part: Part, plan: Plan) -> Expr:
    """Give what a part comes to, in steps of ``1 ÷ part.scale``.

    A sheet without a row adds 0: the bases hold 0 there.
    """
    return _added(map(plan.words.col, plan.columns(part)))


def hidden(part: Part, plan: Plan, columns: Collection[str]) -> Expr | None:
    """Count what is hidden in a part; None where nothing can be."""
    marks = map(hidden_mark, plan.columns(part))
    return added_marks(plan.words, (mark for mark in marks if mark in columns))


def void(part: Part, plan: Plan, columns: Collection[str]) -> Expr | None:
    """Count what is said not to apply in a part; None where nothing is."""
    marks = map(void_mark, plan.columns(part))
    return added_marks(plan.words, (mark for mark in marks if mark in columns))


def given(part: Part, plan: Plan, columns: Collection[str]) -> Expr | None:
    """Count what is given in a part; None where that is not counted."""
    marks = map(given_mark, plan.columns(part))
    return added_marks(plan.words, (mark for mark in marks if mark in columns))


def added_marks(words: Words, names: Iterable[str]) -> Expr | None:
    """Add up columns of marks; None where there are none."""
    found = [words.col(name) for name in names]
    return _added(found) if found else None


def _added(expressions: Iterable[Expr]) -> Expr:
    return reduce(lambda one, other: one + other, expressions)
