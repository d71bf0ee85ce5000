"""The largest value of a sum of unknowns that are not negative, exactly.

Bland's rule keeps it from going in circles; fractions keep it from being nearly right.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

Line = list[Fraction]


def largest(
    rows: Sequence[Sequence[int]], totals: Sequence[int], aim: Sequence[int]
) -> Fraction | None:
    """Give the largest ``aim · x`` of all x ≥ 0 with ``rows · x = totals``; None without bound.

    Some such x is taken to exist, as the true numbers do, and no total is negative.

    >>> largest([[1, 1]], [7], [1, 0])
    Fraction(7, 1)
    >>> largest([[1, 1], [1, -1]], [7, 1], [1, 0])
    Fraction(4, 1)
    """
    table = [
        [*map(Fraction, row), Fraction(total)] for row, total in zip(rows, totals, strict=True)
    ]
    # A row is held up by a prop (-1) until an unknown stands in for it.
    basis = [-1] * len(table)
    columns = range(len(aim))
    _climb(table, basis, columns, lambda at: _propped(table, basis, at))
    for row, stands in enumerate(basis):
        at = next((one for one in columns if table[row][one]), None)
        if stands < 0 and at is not None:
            _pivot(table, basis, row, at)
    kept = [row for row, stands in enumerate(basis) if stands >= 0]
    table, basis = [table[row] for row in kept], [basis[row] for row in kept]
    if not _climb(table, basis, columns, lambda at: _gain(table, basis, aim, at)):
        return None
    return sum((aim[at] * row[-1] for at, row in zip(basis, table, strict=True)), Fraction(0))


def _propped(table: Sequence[Line], basis: Sequence[int], at: int) -> Fraction:
    held = (row[at] for row, stands in zip(table, basis, strict=True) if stands < 0)
    return Fraction(0) if at in basis else sum(held, Fraction(0))


def _gain(table: Sequence[Line], basis: Sequence[int], aim: Sequence[int], at: int) -> Fraction:
    lost = (aim[stands] * row[at] for row, stands in zip(table, basis, strict=True))
    return aim[at] - sum(lost, Fraction(0))


def _climb(
    table: list[Line], basis: list[int], columns: range, gain: Callable[[int], Fraction]
) -> bool:
    """Take unknowns in as long as that gains anything; False where it gains without end."""
    while (at := next((one for one in columns if gain(one) > 0), None)) is not None:
        bounds = [
            (row[-1] / row[at], basis[number], number)
            for number, row in enumerate(table)
            if row[at] > 0
        ]
        if not bounds:
            return False
        _pivot(table, basis, min(bounds)[2], at)
    return True


def _pivot(table: list[Line], basis: list[int], row: int, at: int) -> None:
    by = table[row][at]
    table[row] = [value / by for value in table[row]]
    basis[row] = at
    for number, line in enumerate(table):
        if number != row and line[at]:
            times = line[at]
            table[number] = [
                value - times * other for value, other in zip(line, table[row], strict=True)
            ]
