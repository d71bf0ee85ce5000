"""One sheet's rows added up to school-stages or schools, for all cards at once.

Each measure is a column; beside it stand, only where the table has marks that can touch it:

===== ==========================================================================
``m?`` how many rows hide something that may belong to it
``m!`` how many of its rows do not apply
``m+`` how many of its rows hold a number, or are there to be counted; only in parts of which
      something may not apply
===== ==========================================================================
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import narwhals.stable.v2 as nw

from xianxue.bureau.indicators.columns import UNFILED, hidden_mark, void_mark
from xianxue.bureau.indicators.engine import Lines
from xianxue.bureau.indicators.filters import is_marked, perhaps, sure
from xianxue.bureau.indicators.measures import Measure
from xianxue.bureau.indicators.shapes import Shape


def given_mark(name: str) -> str:
    """Name the column that says how many numbers were given."""
    return f"{name}+"


@dataclass(frozen=True)
class Wanted:
    """What is wanted of one sheet."""

    measures: list[tuple[str, Measure]] = field(default_factory=list[tuple[str, Measure]])
    """Named columns."""
    looked_at: dict[str, str] = field(default_factory=dict[str, str])
    """Fields of a record that are handed on as they are, with their new names."""
    given: frozenset[str] = frozenset()
    """The measures beside which it is counted how much is given."""


def added_up(table: Lines, shape: Shape, wanted: Wanted, keys: Sequence[str]) -> Lines:
    """Add up a table's rows by keys."""
    columns = table.collect_schema().names()
    sums = [
        nw.col(mark).alias(name)
        for asked, named in wanted.looked_at.items()
        for mark, name in ((asked, named), (hidden_mark(asked), hidden_mark(named)))
        if mark in columns
    ]
    for name, measure in wanted.measures:
        gives = name in wanted.given
        sums.extend(_columns(name, measure, columns, grouped=not shape.single, gives=gives))
    if shape.single:
        return table.select(*keys, *sums)
    return table.group_by(*keys).agg(*sums)


def _columns(
    name: str, measure: Measure, columns: Sequence[str], *, grouped: bool, gives: bool
) -> list[nw.Expr]:
    def total(expression: nw.Expr) -> nw.Expr:
        return expression.sum() if grouped else expression

    passes = sure(measure.tests)
    if measure.field:
        amount = _where(passes, nw.col(measure.field))
        blank = hidden_mark(measure.field)
    else:
        there = ~is_marked(UNFILED) if UNFILED in columns else ~nw.col("place").is_null()
        amount = _and(passes, there).cast(nw.Int64)
        blank = UNFILED
    found = [total(amount).alias(name)]

    hides = is_marked(blank) if blank in columns else None
    may_pass = perhaps(measure.tests, columns)
    if passes is not None and may_pass is not None:
        unsure = ~passes.fill_null(value=False)
        hides = may_pass & (unsure if hides is None else unsure | hides)
    elif hides is not None:
        hides = _and(passes, hides)
    if hides is not None:
        found.append(total(hides.cast(nw.Int64)).alias(hidden_mark(name)))

    void = void_mark(measure.field)
    if measure.field and void in columns:
        marked = _where(passes, is_marked(void).cast(nw.Int64))
        found.append(total(marked).alias(void_mark(name)))
    if gives:
        given = _where(passes, (~nw.col(measure.field).is_null()).cast(nw.Int64))
        found.append(total(given if measure.field else amount).alias(given_mark(name)))
    return found


def _where(passes: nw.Expr | None, amount: nw.Expr) -> nw.Expr:
    return amount if passes is None else nw.when(passes).then(amount)


def _and(passes: nw.Expr | None, other: nw.Expr) -> nw.Expr:
    return other if passes is None else passes & other
