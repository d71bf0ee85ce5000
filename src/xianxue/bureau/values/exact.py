"""Exact quantities and exact comparison: no binary float takes part in a verdict."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import isqrt

from xianxue.bureau.values.record import Record


class Root(Record):
    """The square root of an exact number: what a coefficient of variation is.

    A root is seldom a fraction, but its square is, and two non-negative numbers compare as
    their squares do. So the verdict stays exact although the root cannot be written down.

    >>> Root(Fraction(2)) <= Fraction(3, 2)
    True
    >>> Root(Fraction(9, 4)) <= Fraction(3, 2)
    True
    >>> Root(Fraction(226, 100)) <= Fraction(3, 2)
    False
    """

    square: Fraction
    """The exact square, never negative."""

    def __post_init__(self) -> None:
        """Refuse a negative square: it would have no root."""
        if self.square < 0:
            message = f"a root needs a square that is not negative, got {self.square}"
            raise ValueError(message)

    def __le__(self, other: Fraction) -> bool:
        """Compare with an exact limit, without rounding."""
        # The limit's sign is asked first, for it is lost in the square.
        return other >= 0 and self.square <= other * other

    def __ge__(self, other: Fraction) -> bool:
        """Compare with an exact limit, without rounding."""
        return other <= 0 or self.square >= other * other

    def to_decimal(self, places: int) -> Decimal:
        """Give the root rounded half up to ``places`` decimals, computed with whole numbers.

        >>> Root(Fraction(2)).to_decimal(4)
        Decimal('1.4142')
        """
        # floor(2·10^p·√q) decides half up: round(x) = (floor(2x) + 1) // 2 for x ≥ 0.
        scaled = 4 * 10 ** (2 * places) * self.square
        twice = isqrt(scaled.numerator // scaled.denominator)
        # Built from text: arithmetic on Decimal would round to the context's 28 digits.
        return Decimal(f"{(twice + 1) // 2}E-{places}")


class Radical(Record):
    """``times·ⁿ√radicand + plus``: what an average yearly growth is.

    The n-th root of a quotient is seldom a fraction; like ``Root`` it is compared by what stands
    under it, so that a verdict needs no decimal.

    >>> doubled = Radical(Fraction(2), 2, times=Fraction(100), plus=Fraction(-100))
    >>> doubled >= Fraction(41), doubled >= Fraction(42)
    (True, False)
    """

    radicand: Fraction
    """Never negative."""
    degree: int
    times: Fraction = Fraction(1)
    """Greater than 0, so that a greater radicand is always a greater number."""
    plus: Fraction = Fraction(0)

    def __post_init__(self) -> None:
        """Refuse what has no root, or would turn the order round."""
        if self.radicand < 0 or self.degree < 1 or self.times <= 0:
            message = f"no root of degree {self.degree} of {self.radicand}, {self.times} times"
            raise ValueError(message)

    def __le__(self, other: Fraction) -> bool:
        """Compare with an exact limit, without rounding."""
        limit = self._limit(other)
        return limit >= 0 and self.radicand <= limit**self.degree

    def __ge__(self, other: Fraction) -> bool:
        """Compare with an exact limit, without rounding."""
        limit = self._limit(other)
        return limit <= 0 or self.radicand >= limit**self.degree

    def _limit(self, other: Fraction) -> Fraction:
        """Give what the bare root would have to reach."""
        return (other - self.plus) / self.times

    def to_decimal(self, places: int) -> Decimal:
        """Give the number rounded half up (away from zero at the half), with whole numbers only.

        >>> Radical(Fraction(121, 100), 2, Fraction(100), Fraction(-100)).to_decimal(2)
        Decimal('10.00')
        >>> Radical(Fraction(81, 100), 2, Fraction(100), Fraction(-100)).to_decimal(0)
        Decimal('-10')
        """
        step = 2 * 10**places
        # The half is rounded away from zero, so that the size is found first and the sign put back.
        negative = not self >= Fraction(0)

        def reaches(many: int) -> bool:
            return self <= Fraction(-many, step) if negative else self >= Fraction(many, step)

        # floor(2·10^p·|x|) decides half up, as in Root; it is found by halving, since the sum of
        # a root and a number has no whole-number formula.
        above = 1
        while reaches(above):
            above *= 2
        below = above // 2 if above > 1 else 0
        while above - below > 1:
            middle = (above + below) // 2
            below, above = (middle, above) if reaches(middle) else (below, middle)
        whole = (below + 1) // 2
        return Decimal(f"{-whole if negative else whole}E-{places}")

    def digits_apart(self, limit: Fraction) -> int:
        """Give a number of decimals at which rounding surely tells it from another limit.

        With the bare limit t, root and t differ by ``|radicand − tⁿ|`` over n powers that are no
        greater than the greater of both.
        """
        bare = self._limit(limit)
        most = max(self.radicand, abs(bare), Fraction(1))
        powers = self.degree * int(most + 1) ** self.degree
        gap = self.radicand.denominator * bare.denominator**self.degree * powers
        return len(str(int(gap / min(self.times, Fraction(1))) + 1)) + 1


Exact = Fraction | Root | Radical
"""A value that can be compared with a threshold without rounding."""


def order_of(value: Exact) -> Fraction:
    """Give a number by which values of one indicator are put in order, exactly.

    A root stands where its square does, a radical where what is under it does: all values of one
    indicator have the same shape, and then the order is the same.

    >>> order_of(Root(Fraction(2))) < order_of(Root(Fraction(3)))
    True
    """
    if isinstance(value, Root):
        return value.square
    return value.radicand if isinstance(value, Radical) else value


def fraction(text: str | int | Decimal) -> Fraction:
    """Read an exact number from a card's decimal text.

    >>> fraction("4.2")
    Fraction(21, 5)
    """
    return Fraction(text)


def exact_sum(amounts: Iterable[Fraction]) -> Fraction:
    """Add up exactly, neighbours first.

    Each addition finds a common denominator. Added one after another, every amount would meet
    the sum of all before it, whose denominator grows with each; so most meet small ones.

    >>> exact_sum([Fraction(1, 2), Fraction(1, 3), Fraction(1, 6)])
    Fraction(1, 1)
    >>> exact_sum([])
    Fraction(0, 1)
    """
    sums = list(amounts)
    while len(sums) > 1:
        odd = sums[-1:] if len(sums) % 2 else []
        sums = [one + other for one, other in zip(sums[::2], sums[1::2], strict=False)] + odd
    return sums[0] if sums else Fraction(0)


def at_least(value: Exact, limit: Fraction) -> bool:
    """Whether a value reaches a lower limit; 42 in 1,000 is 4.2 in 100.

    >>> at_least(Fraction(42, 1000) * 100, Fraction("4.2"))
    True
    """
    return value >= limit


def at_most(value: Exact, limit: Fraction) -> bool:
    """Whether a value stays within an upper limit."""
    return value <= limit


def less_than(value: Exact, limit: Fraction) -> bool:
    """Whether a value stays strictly below an upper limit; the limit itself is too much.

    >>> less_than(Fraction(15, 100), Fraction("0.15"))
    False
    """
    # Not «<»: roots and radicals are compared with a limit by ≤ and ≥ alone.
    return not value >= limit
