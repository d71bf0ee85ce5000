"""Parts of formulas as expressions over the columns of measures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import reduce

import narwhals.stable.v2 as nw

from xianxue.bureau.indicators.columns import hidden_mark, void_mark
from xianxue.bureau.indicators.measures import Measure, Part
from xianxue.bureau.indicators.sums import given_mark

Names = Mapping[Measure, str]


def amount(part: Part, names: Names) -> nw.Expr:
    """Give what a part comes to, in steps of ``1 ÷ part.scale``; a sheet without a row adds 0."""
    return _added(
        _times(nw.col(names[measure]).fill_null(0), multiple) for measure, multiple in part.terms
    )


def hidden(part: Part, names: Names, columns: Collection[str]) -> nw.Expr | None:
    """Count what is hidden in a part; None where nothing can be."""
    marks = [hidden_mark(names[measure]) for measure, _ in part.terms]
    return added_marks(mark for mark in dict.fromkeys(marks) if mark in columns)


def void(part: Part, names: Names, columns: Collection[str]) -> nw.Expr | None:
    """Whether a part does not apply: some of it is said not to, and none of it is given.

    None where nothing is said not to apply.
    """
    mine = [names[measure] for measure, _ in part.terms]
    said = added_marks(mark for mark in map(void_mark, mine) if mark in columns)
    given = added_marks(mark for mark in map(given_mark, mine) if mark in columns)
    return None if said is None or given is None else (said > 0) & (given == 0)


def added_marks(names: Iterable[str]) -> nw.Expr | None:
    """Add up columns of marks; None where there are none."""
    found = [nw.col(name).fill_null(0) for name in names]
    return _added(found) if found else None


def _times(column: nw.Expr, multiple: int) -> nw.Expr:
    return column if multiple == 1 else column * multiple


def _added(expressions: Iterable[nw.Expr]) -> nw.Expr:
    return reduce(lambda one, other: one + other, expressions)
