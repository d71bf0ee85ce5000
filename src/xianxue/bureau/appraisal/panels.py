"""Assessors: marks dropped, panels brought to one measure, and how far assessors agree.

Nothing here changes a mark in silence: what was dropped, moved or looks odd is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from xianxue.bureau.kinds.appraisal.source_of_points import Panel
from xianxue.bureau.values.exact import Root
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say

_DIGITS: Final = 12
"""Decimals of a spread that is no fraction (the root of 2): far beyond any that is printed."""


class Trimmed(Record, kw_only=True):
    """Marks that count, and what was dropped."""

    kept: tuple[Fraction, ...]
    highest: tuple[Fraction, ...]
    lowest: tuple[Fraction, ...]

    @property
    def mean(self) -> Fraction | None:
        """The mean of what is kept; None where nothing is."""
        return mean(self.kept)


def mean(numbers: Sequence[Fraction]) -> Fraction | None:
    """Give the mean; None of nothing."""
    return sum(numbers, Fraction(0)) / len(numbers) if numbers else None


def trimmed(marks: Sequence[Fraction], panel: Panel) -> Trimmed:
    """Drop the highest and the lowest as the card says; of those that are equal only so many.

    >>> marks = [Fraction(text) for text in "95 91.5 90 89 88.5 86 70".split()]
    >>> trimmed(marks, Panel(drop_highest=1, drop_lowest=1)).mean
    Fraction(89, 1)
    """
    ordered = sorted(marks)
    low, high = panel.drop_lowest, panel.drop_highest
    if len(ordered) <= max(panel.drop_above, low + high):
        # Too few to drop any: an empty panel would have no mean.
        return Trimmed(kept=tuple(ordered), highest=(), lowest=())
    end = len(ordered) - high
    return Trimmed(
        kept=tuple(ordered[low:end]), highest=tuple(ordered[end:]), lowest=tuple(ordered[:low])
    )


def outlying(marks: Mapping[str, Fraction], panel: Panel) -> tuple[str, ...]:
    """Name the seats whose mark is far from the middle one: to be looked at, never changed.

    >>> outlying({"1": Fraction(8), "2": Fraction(9), "3": Fraction(2)}, Panel(outlying=5))
    ('3',)
    """
    if panel.outlying is None or not marks:
        return ()
    ordered = sorted(marks.values())
    half = len(ordered) // 2
    middle = ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
    limit = Fraction(panel.outlying)
    return tuple(seat for seat, mark in marks.items() if abs(mark - middle) >= limit)


class Measure(Record, kw_only=True):
    """Mean and population variance of some marks."""

    mean: Fraction
    variance: Fraction


def measure(marks: Sequence[Fraction]) -> Measure:
    """Give mean and variance (divided by n, for all marks are there, and no sample)."""
    middle = mean(marks) or Fraction(0)
    squares = sum(((one - middle) ** 2 for one in marks), Fraction(0))
    return Measure(mean=middle, variance=squares / len(marks) if marks else Fraction(0))


class Standardised(Record, kw_only=True):
    """Marks of several panels on one measure."""

    marks: Mapping[str, tuple[Fraction, ...]]
    """By panel, in the order given."""
    of: Mapping[str, Measure]
    whole: Measure
    because: Sentence


def standardised(panels: Mapping[str, Sequence[Fraction]]) -> Standardised:
    """Give every panel the mean and the spread of all: M + S·(x − m)÷s.

    A panel in which all marks are alike (s = 0) is only moved. S÷s is a root; where it is no
    fraction it is taken to twelve decimals.

    >>> low, high = [Fraction(70), Fraction(78)], [Fraction(80), Fraction(88)]
    >>> two = standardised({"A": low, "B": high})
    >>> two.marks["A"] == two.marks["B"]
    True
    """
    whole = measure([one for marks in panels.values() for one in marks])
    of = {name: measure(marks) for name, marks in panels.items()}
    moved: dict[str, tuple[Fraction, ...]] = {}
    for name, marks in panels.items():
        own = of[name]
        times = _root(whole.variance / own.variance) if own.variance else Fraction(1)
        moved[name] = tuple(whole.mean + times * (one - own.mean) for one in marks)
    because = say("各组换算：总平均＋（原分−本组平均）×总标准差÷本组标准差")
    return Standardised(marks=moved, of=of, whole=whole, because=because)


def z_scores(marks: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """Give how many spreads each mark is above the mean; 0 for all where they are alike.

    >>> [str(one) for one in z_scores([Fraction(n) for n in (71, 75, 79)])][1]
    '0'
    """
    own = measure(marks)
    if not own.variance:
        return tuple(Fraction(0) for _ in marks)
    return tuple((one - own.mean) / _root(own.variance) for one in marks)


def _root(square: Fraction) -> Fraction:
    return Fraction(Root(square).to_decimal(_DIGITS))


class Agreement(Record, kw_only=True):
    """Intraclass correlations of assessors who all judged all (Shrout and Fleiss).

    ``of_one`` speaks of one assessor's mark, ``of_all`` of the mean of all; ``one_way`` for
    assessors drawn anew for each, ``absolute`` for the same ones whose severity counts,
    ``in_order`` for the same ones whose severity does not. None where nothing varies.
    """

    one_way: Fraction | None
    absolute: Fraction | None
    in_order: Fraction | None
    one_way_of_all: Fraction | None
    absolute_of_all: Fraction | None
    in_order_of_all: Fraction | None


_AT_LEAST_TWO: Final = 2


def agreement(table: Sequence[Sequence[Fraction]]) -> Agreement | None:
    """Give the correlations of a table, one line for each who was judged, a column an assessor.

    None where there are fewer than two of either. ValueError where a mark is missing.
    """
    n, k = len(table), len(table[0]) if table else 0
    if any(len(line) != k for line in table):
        message = "every assessor has to have judged everybody"
        raise ValueError(message)
    if n < _AT_LEAST_TWO or k < _AT_LEAST_TWO:
        return None
    lines, columns, rest, within = _squares(table, n, k)
    return Agreement(
        one_way=_share(lines - within, lines + (k - 1) * within),
        absolute=_share(lines - rest, lines + (k - 1) * rest + Fraction(k, n) * (columns - rest)),
        in_order=_share(lines - rest, lines + (k - 1) * rest),
        one_way_of_all=_share(lines - within, lines),
        absolute_of_all=_share(lines - rest, lines + (columns - rest) / n),
        in_order_of_all=_share(lines - rest, lines),
    )


def _squares(
    table: Sequence[Sequence[Fraction]], n: int, k: int
) -> tuple[Fraction, Fraction, Fraction, Fraction]:
    """Give the mean squares between lines, between columns, of the rest, and within lines."""
    every = [one for line in table for one in line]
    middle = sum(every, Fraction(0)) / (n * k)
    total = sum(((one - middle) ** 2 for one in every), Fraction(0))
    of_lines = [sum(line, Fraction(0)) / k for line in table]
    of_columns = [sum(column, Fraction(0)) / n for column in zip(*table, strict=True)]
    lines = k * sum(((one - middle) ** 2 for one in of_lines), Fraction(0))
    columns = n * sum(((one - middle) ** 2 for one in of_columns), Fraction(0))
    rest = total - lines - columns
    return (
        lines / (n - 1),
        columns / (k - 1),
        rest / ((n - 1) * (k - 1)),
        (total - lines) / (n * (k - 1)),
    )


def _share(above: Fraction, below: Fraction) -> Fraction | None:
    return above / below if below else None


def kappa(table: Sequence[Sequence[int]], *, weighted: bool = False) -> Fraction | None:
    """Give Cohen's κ of two assessors, of how often each pair of levels was given.

    A row is a level of the first, a column one of the second. Weighted, levels that are further
    apart disagree more, by the square of the distance. None where both gave one and the same
    level throughout.

    >>> kappa([[20, 5], [10, 15]])
    Fraction(2, 5)
    """
    size = len(table)
    total = sum(map(sum, table))
    if not total:
        return None
    rows = [sum(line) for line in table]
    columns = [sum(column) for column in zip(*table, strict=True)]

    def apart(i: int, j: int) -> int:
        return (i - j) ** 2 if weighted else int(i != j)

    pairs = [(i, j) for i in range(size) for j in range(size)]
    seen = Fraction(sum(apart(i, j) * table[i][j] for i, j in pairs), total)
    by_chance = Fraction(sum(apart(i, j) * rows[i] * columns[j] for i, j in pairs), total**2)
    return 1 - seen / by_chance if by_chance else None
