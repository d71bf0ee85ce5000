"""One sheet's rows added up to school-stages or schools, for all cards at once.

What a formula needs of a sheet is a column; beside it stand, only where the table has marks that
can touch it:

===== ==========================================================================
``m?`` how many rows hide something that may belong to it
``m!`` how many of its rows do not apply
``m+`` how many of its rows hold a number, or are there to be counted; only in parts of which
      something may not apply
===== ==========================================================================
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce

import narwhals.stable.v2 as nw

from xianxue.bureau.indicators.columns import UNFILED, hidden_mark, void_mark
from xianxue.bureau.indicators.engine import Lines
from xianxue.bureau.indicators.filters import is_marked, perhaps, sure
from xianxue.bureau.indicators.measures import Measure, Terms


def given_mark(name: str) -> str:
    """Name the column that says how many numbers were given."""
    return f"{name}+"


@dataclass(frozen=True)
class Wanted:
    """What is wanted of one sheet."""

    columns: dict[str, Terms] = field(default_factory=dict[str, Terms])
    """Column to the terms that it is the sum of."""
    looked_at: dict[str, str] = field(default_factory=dict[str, str])
    """Fields of a record that are handed on as they are, with their new names."""
    given: frozenset[str] = frozenset()
    """The columns beside which it is counted how much is given."""


def added_up(table: Lines, wanted: Wanted, by: str, key: nw.Expr, *, single: bool) -> Lines:
    """Add up a table's rows by a key; where each key has a single row, nothing is grouped."""
    there = table.collect_schema().names()
    rows: dict[str, nw.Expr] = {}
    for asked, named in wanted.looked_at.items():
        for mark, name in ((asked, named), (hidden_mark(asked), hidden_mark(named))):
            if mark in there:
                rows[name] = nw.col(mark)
    for name, terms in wanted.columns.items():
        rows |= _columns(name, terms, there, gives=name in wanted.given)
    lines = table.select(key.alias(by), *(one.alias(name) for name, one in rows.items()))
    return lines if single else lines.group_by(by).agg(nw.col(*rows).sum())


def _columns(name: str, terms: Terms, there: Sequence[str], *, gives: bool) -> dict[str, nw.Expr]:
    """Give a column and its marks, row by row."""
    alone = len(terms) == 1
    amounts = [_times(amount_of(measure, there), times) for measure, times in terms]
    found = {name: amounts[0] if alone else _added(one.fill_null(0) for one in amounts)}
    marks = {
        hidden_mark(name): [_hidden(measure, there) for measure, _ in terms],
        void_mark(name): [_void(measure, there) for measure, _ in terms],
        given_mark(name): [_given(measure, there) for measure, _ in terms] if gives else [],
    }
    for mark, each in marks.items():
        counted = [one.cast(nw.Int64) for one in each if one is not None]
        if counted:
            found[mark] = counted[0] if alone else _added(one.fill_null(0) for one in counted)
    return found


def amount_of(measure: Measure, there: Sequence[str]) -> nw.Expr:
    """Give what a row adds to a measure; null where it adds nothing."""
    passes = sure(measure.tests)
    if measure.field:
        amount = nw.col(measure.field)
        return amount if passes is None else nw.when(passes).then(amount)
    filed = ~is_marked(UNFILED) if UNFILED in there else ~nw.col("place").is_null()
    return _and(passes, filed).cast(nw.Int64)


def _hidden(measure: Measure, there: Sequence[str]) -> nw.Expr | None:
    """Say whether a row hides something that may belong to a measure; None where none does."""
    passes = sure(measure.tests)
    blank = hidden_mark(measure.field) if measure.field else UNFILED
    hides = is_marked(blank) if blank in there else None
    may_pass = perhaps(measure.tests, there)
    if passes is not None and may_pass is not None:
        unsure = ~passes.fill_null(value=False)
        return may_pass & (unsure if hides is None else unsure | hides)
    return None if hides is None else _and(passes, hides)


def _void(measure: Measure, there: Sequence[str]) -> nw.Expr | None:
    mark = void_mark(measure.field)
    if not measure.field or mark not in there:
        return None
    return _and(sure(measure.tests), is_marked(mark))


def _given(measure: Measure, there: Sequence[str]) -> nw.Expr:
    if not measure.field:
        return amount_of(measure, there)
    return _and(sure(measure.tests), ~nw.col(measure.field).is_null())


def _and(passes: nw.Expr | None, other: nw.Expr) -> nw.Expr:
    return other if passes is None else passes & other


def _times(column: nw.Expr, multiple: int) -> nw.Expr:
    return column if multiple == 1 else column * multiple


def _added(expressions: Iterable[nw.Expr]) -> nw.Expr:
    return reduce(lambda one, other: one + other, expressions)
