"""Conditions as expressions, where an answer may be hidden.

A row passes for *sure* where every answer is there and fits. It passes *perhaps* where no answer
that is there speaks against it. Between the two a number is hidden.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction
from functools import reduce
from math import ceil, floor

from xianxue.bureau.indicators.columns import hidden_mark, void_mark
from xianxue.bureau.indicators.engine import Expr, Words
from xianxue.bureau.indicators.measures import BoundSide, Case, OneOf, Test


def sure(words: Words, tests: Sequence[Test]) -> Expr | None:
    """Whether all tests are passed for sure; None where there is nothing to pass.

    Null counts as no: what is missing fulfils no condition.
    """
    if not tests:
        return None
    return reduce(lambda one, other: one & other, (_passes(words, test) for test in tests))


def perhaps(words: Words, tests: Sequence[Test], columns: Collection[str]) -> Expr | None:
    """Whether all tests may be passed; None where that is the same as for sure.

    ``columns`` are those the table has: without a column of marks nothing is hidden. An answer
    that is said not to apply speaks against nothing either.
    """
    if not any(mark in columns for test in tests for mark in _marks(test)):
        return None
    found = (_may_pass(words, test, columns) for test in tests)
    return reduce(lambda one, other: one & other, found)


def is_marked(words: Words, mark: str) -> Expr:
    """Whether a mark is set on a row."""
    return (words.col(mark) == 1).fill_null(value=False)


def case_holds(words: Words, case: Case) -> Expr | None:
    """Whether a limit is the one for a row; None where it is for every row."""
    parts = [_one_of(words, one) for one in case.when]
    if case.stage:
        parts.append(words.col("stage") == case.stage)
    return reduce(lambda one, other: one & other, parts) if parts else None


def _may_pass(words: Words, test: Test, columns: Collection[str]) -> Expr:
    passes = _passes(words, test).fill_null(value=False)
    marks = (is_marked(words, mark) for mark in _marks(test) if mark in columns)
    return reduce(lambda one, other: one | other, marks, passes)


def _marks(test: Test) -> tuple[str, str]:
    return hidden_mark(test.column), void_mark(test.column)


def _passes(words: Words, test: Test) -> Expr:
    if isinstance(test, OneOf):
        return _one_of(words, test)
    found: Expr | None = None
    # From the last case to the first, each laid over those behind it: so the first that holds
    # decides.
    for case in reversed(test.cases):
        kept = _keeps(words.col(test.column), test.side, case.limit * test.step)
        holds = case_holds(words, case)
        if holds is None:
            found = kept
        else:
            otherwise = words.lit(value=False) if found is None else found
            found = words.when(holds).then(kept).otherwise(otherwise)
    return words.lit(value=False) if found is None else found


def _one_of(words: Words, test: OneOf) -> Expr:
    column = words.col(test.column)
    if len(test.values) == 1:
        return column == test.values[0]
    return column.is_in(list(test.values))


def _keeps(column: Expr, side: BoundSide, exact: Fraction) -> Expr:
    """Compare whole steps: more than a limit is at least the next step."""
    if side == "at_least":
        return column >= ceil(exact)
    if side == "more_than":
        return column >= floor(exact) + 1
    if side == "at_most":
        return column <= floor(exact)
    return column <= ceil(exact) - 1
