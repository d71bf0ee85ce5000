"""A one-point table that holds: how many reach a score, percentiles, the same rank elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import accumulate

from xianxue.bureau.exams.one_point.scores import Span
from xianxue.bureau.values.record import Record

_WHOLE = 100


class Step(Record):
    """One row: the scores, and how many have them."""

    span: Span
    count: int


class Between(Record):
    """A number that a row of several scores leaves open: at least, and at most."""

    low: int
    high: int

    @property
    def known(self) -> bool:
        """Whether nothing is left open."""
        return self.low == self.high


class OnePoint(Record, dict=True):
    """The rows of one table, the best score first."""

    steps: Sequence[Step]

    @cached_property
    def cumulative(self) -> Sequence[int]:
        """How many have the score of a row or a better one."""
        return list(accumulate(step.count for step in self.steps))

    @property
    def candidates(self) -> int:
        """How many there are."""
        return self.cumulative[-1] if self.steps else 0

    def reached(self, score: Decimal) -> Between:
        """Say how many have at least a score: between what and what, where it lies inside a row."""
        low = high = 0
        for step in self.steps:
            if step.span.low is not None and step.span.low >= score:
                low += step.count
                high += step.count
            elif step.span.high is None or step.span.high >= score:
                high += step.count
        return Between(low, high)

    def share(self, reached: int) -> Fraction | None:
        """Give a share of all candidates; None of nobody."""
        return Fraction(reached, self.candidates) if self.candidates else None

    def percentile(self, percent: int) -> Span | None:
        """Give the lowest score at or below which so many per cent of all are (nearest rank).

        None of nobody; a row of several scores where it lies in one.
        """
        # From below: as many places from the top as are left over, and the next is the one.
        wanted = -(-self.candidates * percent // _WHOLE)
        return self.at_rank(self.candidates - wanted + 1) if self.candidates else None

    def at_rank(self, rank: int) -> Span | None:
        """Give the score of whoever has a rank; None where nobody has it.

        Of equal ones each has a rank of their own here, as office tables count (位次).
        """
        for step, last in zip(self.steps, self.cumulative, strict=True):
            if rank <= last and rank > last - step.count:
                return step.span
        return None

    def same_rank(self, score: Decimal, other: OnePoint) -> tuple[Span | None, Span | None] | None:
        """Give 等位分 in another table: the scores of the best and of the last rank of a score.

        Where nobody has it, both are that of the last who is better. None where it lies inside a
        row of several scores, or nobody reaches it.
        """
        upto = self.reached(score)
        own = sum(step.count for step in self.steps if step.span == Span(score, score))
        if not upto.known or not upto.low:
            return None
        return other.at_rank(upto.low - own + 1 if own else upto.low), other.at_rank(upto.low)
