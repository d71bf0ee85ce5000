"""The stock identity: who was there, came and left has to make who is there."""

from __future__ import annotations

from fractions import Fraction

from xianxue.bureau.values.record import Record

_HUNDRED = 100


class Stock(Record, kw_only=True):
    """One stage's pupils in two years and what lies between, in any one unit."""

    before: Fraction
    entered: Fraction
    left: Fraction
    """Who finished the stage."""
    now: Fraction
    moved: Fraction = Fraction(0)
    """Net of those who moved in, out, back to a lower grade, or died."""

    @property
    def expected(self) -> Fraction:
        """What there would have to be."""
        return self.before + self.entered - self.left + self.moved

    @property
    def gap(self) -> Fraction:
        """What there is less what there would have to be."""
        return self.now - self.expected

    @property
    def per_cent(self) -> Fraction | None:
        """The gap in per cent of what there would have to be; None of nobody.

        Primary schools of the country in 2024, ten thousands:

        >>> some = Stock(before=Fraction("10836.0"), entered=Fraction("1616.63"),
        ...     left=Fraction("1857.27"), now=Fraction("10584.37"))
        >>> float(some.expected), float(some.gap), round(float(some.per_cent), 2)
        (10595.36, -10.99, -0.1)
        """
        return _HUNDRED * self.gap / self.expected if self.expected else None

    def odd(self, limit: Fraction) -> bool:
        """Whether the gap is greater than a limit in per cent, so that it needs to be explained."""
        share = self.per_cent
        return self.gap != 0 if share is None else abs(share) > limit


def survived(finished: Fraction, entered: Fraction) -> Fraction | None:
    """Give in per cent which part of those who entered finished; None of nobody.

    >>> round(float(survived(Fraction("1763.5"), Fraction("1766.56"))), 2)
    99.83
    """
    return _HUNDRED * finished / entered if entered else None
