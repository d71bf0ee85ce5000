"""One sheet's rows added up to school-stages or schools, for all cards at once.

What a formula needs of a sheet is a column; beside it stand, only where the table has marks that
can touch it:

===== ==========================================================================
``m?`` how many rows hide something that may belong to it
``m!`` how many of its rows do not apply
``m+`` how many of its rows hold a number, or are there to be counted; only in sums of which
      something may not apply
===== ==========================================================================
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import reduce

from xianxue.bureau.indicators.columns import UNFILED, hidden_mark, void_mark
from xianxue.bureau.indicators.engine import Expr, Lines, Words
from xianxue.bureau.indicators.filters import is_marked, perhaps, sure
from xianxue.bureau.indicators.measures import Measure, Terms
from xianxue.bureau.values.record import Record, field


def given_mark(name: str) -> str:
    """Name the column that says how many numbers were given."""
    return f"{name}+"


class Wanted(Record):
    """What is wanted of one sheet."""

    by: str
    """The name of what its rows are added up by."""
    there: Collection[str] = ()
    """The columns it has."""
    single: bool = False
    """Whether each key has a single row, so that nothing is grouped."""
    columns: dict[str, Terms] = field(default_factory=dict[str, Terms])
    """Column to the terms that it is the sum of."""
    looked_at: dict[str, str] = field(default_factory=dict[str, str])
    """Fields of a record that are handed on as they are, with their new names."""
    given: frozenset[str] = frozenset()
    """The columns beside which it is counted how much is given."""


def added_up(words: Words, table: Lines, wanted: Wanted, key: Expr) -> Lines:
    """Add up a table's rows by a key; where each key has a single row, nothing is grouped."""
    there = wanted.there
    rows: dict[str, Expr] = {}
    for asked, named in wanted.looked_at.items():
        if asked in there:
            rows[named] = words.col(asked)
        # Nobody is passed over by writing that what decides does not apply: it is not known.
        marks = [mark for mark in (hidden_mark(asked), void_mark(asked)) if mark in there]
        if marks:
            either = reduce(lambda one, other: one | other, (is_marked(words, m) for m in marks))
            rows[hidden_mark(named)] = either.cast(words.Int64)
    for name, terms in wanted.columns.items():
        rows |= _columns(words, name, terms, there, gives=name in wanted.given)
    lines = table.select(key.alias(wanted.by), *(one.alias(name) for name, one in rows.items()))
    if wanted.single:
        return lines
    return lines.group_by(wanted.by).agg(whole_sums(words, rows))


def whole_sums(words: Words, names: Iterable[str]) -> Expr:
    """Add up columns of whole numbers.

    Some engines add Int64 up in a wider type; that the sums fit has been checked (``bounds.py``).
    """
    return words.col(*names).sum().cast(words.Int64)


def _columns(
    words: Words, name: str, terms: Terms, there: Collection[str], *, gives: bool
) -> dict[str, Expr]:
    """Give a column and its marks, row by row."""
    alone = len(terms) == 1
    amounts = [_times(amount_of(words, measure, there), times) for measure, times in terms]
    # Nulls are made 0 where they would swallow the others' numbers; one alone stays null, and
    # becomes 0 with all others where the sheets are joined (``bases._numbers``).
    found = {name: amounts[0] if alone else _added(one.fill_null(0) for one in amounts)}
    marks = {
        hidden_mark(name): [_hidden(words, measure, there) for measure, _ in terms],
        void_mark(name): [void_of(words, measure, there) for measure, _ in terms],
        given_mark(name): [_given(words, measure, there) for measure, _ in terms] if gives else [],
    }
    for mark, each in marks.items():
        # Cast at once: Spark adds no yes and no.
        counted = [one.cast(words.Int64) for one in each if one is not None]
        if counted:
            found[mark] = counted[0] if alone else _added(one.fill_null(0) for one in counted)
    return found


def amount_of(words: Words, measure: Measure, there: Collection[str]) -> Expr:
    """Give what a row adds to a measure; null where it adds nothing."""
    passes = sure(words, measure.tests)
    if measure.field:
        amount = words.col(measure.field)
        return amount if passes is None else words.when(passes).then(amount)
    filed = ~is_marked(words, UNFILED) if UNFILED in there else ~words.col("place").is_null()
    return _and(passes, filed).cast(words.Int64)


def _hidden(words: Words, measure: Measure, there: Collection[str]) -> Expr | None:
    """Say whether a row hides something that may belong to a measure; None where none does."""
    passes = sure(words, measure.tests)
    blank = hidden_mark(measure.field) if measure.field else UNFILED
    hides = is_marked(words, blank) if blank in there else None
    unsure_ones = any(hidden_mark(test.column) in there for test in measure.tests)
    may_pass = perhaps(words, measure.tests, there) if unsure_ones else None
    if passes is not None and may_pass is not None:
        unsure = ~passes.fill_null(value=False)
        not_there = void_of(words, measure, there)
        # What does not apply, whatever else is unknown, hides nothing.
        unsure = unsure if not_there is None else unsure & ~not_there
        return may_pass & (unsure if hides is None else unsure | hides)
    return None if hides is None else _and(passes, hides)


def void_of(words: Words, measure: Measure, there: Collection[str]) -> Expr | None:
    """Say whether a row does not apply: its number, or an answer that decides whether it counts."""
    tested = [test.column for test in measure.tests]
    marks = [mark for mark in map(void_mark, [measure.field, *tested]) if mark in there]
    if not marks:
        return None
    found = reduce(lambda one, other: one | other, (is_marked(words, mark) for mark in marks))
    # Of the marks only those of 不适用: what is hidden may be anything, and is told as hidden.
    fits = perhaps(words, measure.tests, marks)
    fits = sure(words, measure.tests) if fits is None else fits
    return found if fits is None else found & fits.fill_null(value=False)


def _given(words: Words, measure: Measure, there: Collection[str]) -> Expr:
    if not measure.field:
        return amount_of(words, measure, there)
    return _and(sure(words, measure.tests), ~words.col(measure.field).is_null())


def _and(passes: Expr | None, other: Expr) -> Expr:
    return other if passes is None else passes & other


def _times(column: Expr, multiple: int) -> Expr:
    return column if multiple == 1 else column * multiple


def _added(expressions: Iterable[Expr]) -> Expr:
    return reduce(lambda one, other: one + other, expressions)
