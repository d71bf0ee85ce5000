"""Conditions as expressions, where an answer may be hidden.

A row passes for *sure* where every answer is there and fits. It passes *perhaps* where no answer
that is there speaks against it. Between the two a number is hidden.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import reduce
from math import ceil, floor

import narwhals.stable.v2 as nw

from xianxue.bureau.indicators.columns import hidden_mark
from xianxue.bureau.indicators.measures import BoundSide, Case, OneOf, Test


def sure(tests: Sequence[Test]) -> nw.Expr | None:
    """Whether all tests are passed for sure; None where there is nothing to pass.

    Null counts as no: what is missing fulfils no condition.
    """
    return reduce(lambda one, other: one & other, map(_passes, tests)) if tests else None


def perhaps(tests: Sequence[Test], columns: Collection[str]) -> nw.Expr | None:
    """Whether all tests may be passed; None where that is the same as for sure.

    ``columns`` are those the table has: without a column of marks nothing is hidden.
    """
    if not any(hidden_mark(test.column) in columns for test in tests):
        return None
    return reduce(lambda one, other: one & other, (_may_pass(test, columns) for test in tests))


def is_marked(mark: str) -> nw.Expr:
    """Whether a mark is set on a row."""
    return (nw.col(mark) == 1).fill_null(value=False)


def case_holds(case: Case) -> nw.Expr | None:
    """Whether a limit is the one for a row; None where it is for every row."""
    parts = [_one_of(one) for one in case.when]
    if case.stage:
        parts.append(nw.col("stage") == case.stage)
    return reduce(lambda one, other: one & other, parts) if parts else None


def _may_pass(test: Test, columns: Collection[str]) -> nw.Expr:
    mark = hidden_mark(test.column)
    passes = _passes(test).fill_null(value=False)
    return passes | is_marked(mark) if mark in columns else passes


def _passes(test: Test) -> nw.Expr:
    if isinstance(test, OneOf):
        return _one_of(test)
    found: nw.Expr | None = None
    for case in reversed(test.cases):
        kept = _keeps(test.column, test.side, case, test.step)
        holds = case_holds(case)
        if holds is None:
            found = kept
        else:
            otherwise = nw.lit(value=False) if found is None else found
            found = nw.when(holds).then(kept).otherwise(otherwise)
    return nw.lit(value=False) if found is None else found


def _one_of(test: OneOf) -> nw.Expr:
    column = nw.col(test.column)
    if len(test.values) == 1:
        return column == test.values[0]
    return column.is_in(list(test.values))


def _keeps(column: str, side: BoundSide, case: Case, step: int) -> nw.Expr:
    """Compare whole steps: more than a limit is at least the next step."""
    exact = case.limit * step
    if side == "at_least":
        return nw.col(column) >= ceil(exact)
    if side == "more_than":
        return nw.col(column) >= floor(exact) + 1
    if side == "at_most":
        return nw.col(column) <= floor(exact)
    return nw.col(column) <= ceil(exact) - 1
