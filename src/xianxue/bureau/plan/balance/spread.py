"""The spread that moves change, as whole numbers: no binary float and no root.

With P pupils in all, T teachers in all and tᵢ of them at the school of Pᵢ pupils, the weighted
差异系数 of teachers per pupil is CV² = P·Σ(tᵢ²/Pᵢ)/T² − 1. So it is at most L exactly where
Σ tᵢ²/Pᵢ ≤ (1 + L²)·T²/P. The left side is convex and splits by school: the k-th teacher of a school
adds (2k − 1)/Pᵢ to it, each more than the one before. Where things go in lots of q, and a school
has rᵢ beside its tᵢ lots, rᵢ + q·tᵢ stands for tᵢ, and the k-th lot adds
q·(2rᵢ + (2k − 1)·q)/Pᵢ: still each more than the one before. All of it is multiplied by the least
common multiple of the Pᵢ here, so that sums are of whole numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from xianxue.bureau.values.exact import Root


class Scale:
    """The numbers of pupils of some schools, and what a teacher weighs at each of them."""

    def __init__(
        self, pupils: Sequence[int], rests: Sequence[int] | None = None, lot: int = 1
    ) -> None:
        """Take the pupils of each school, 1 or more, in the order in which teachers will come.

        ``rests`` is what each has beside its lots, ``lot`` how much goes at once.
        """
        self.pupils = tuple(pupils)
        self.rests = (0,) * len(self.pupils) if rests is None else tuple(rests)
        self.lot = lot
        self.common = lcm(*pupils)
        self.weights = tuple(self.common // one for one in pupils)

    def sum(self, teachers: Sequence[int]) -> int:
        """Give Σ tᵢ²/Pᵢ, times the common multiple."""
        amounts = (rest + self.lot * t for rest, t in zip(self.rests, teachers, strict=True))
        return sum(w * held * held for w, held in zip(self.weights, amounts, strict=True))

    def last(self, school: int, teachers: int) -> int:
        """Give what the last of so many teachers of a school adds to the sum."""
        grown = 2 * self.rests[school] + self.lot * (2 * teachers - 1)
        return self.weights[school] * self.lot * grown

    def most(self, total: int, limit: Fraction) -> int:
        """Give the greatest sum that is within a limit for so many teachers in all."""
        held = sum(self.rests) + self.lot * total
        allowed = (1 + limit * limit) * held * held * self.common / sum(self.pupils)
        return allowed.numerator // allowed.denominator


def spread(pupils: Sequence[int], teachers: Sequence[int]) -> Root:
    """Give the 差异系数 as an exact root; there is at least one teacher.

    >>> str(spread([600, 420, 300, 180, 120, 80], [9, 3, 2, 0, 1, 0]).to_decimal(6))
    '0.587885'
    """
    everybody = sum(pupils)
    squares = sum(
        (Fraction(t * t, p) for p, t in zip(pupils, teachers, strict=True)), start=Fraction()
    )
    return Root(everybody * squares / sum(teachers) ** 2 - 1)


def exact_spread(weights: Sequence[Fraction], amounts: Sequence[Fraction]) -> Fraction | None:
    """Give the square of the 差异系数 of amounts weighed by pupils; None where all are 0.

    >>> exact_spread([Fraction(1), Fraction(3)], [Fraction(2), Fraction(2)])
    Fraction(1, 3)
    """
    whole = sum(amounts, start=Fraction())
    squares = sum((y * y / p for p, y in zip(weights, amounts, strict=True)), start=Fraction())
    return sum(weights, start=Fraction()) * squares / whole**2 - 1 if whole else None
