"""How far it is from one point to another where nobody has measured the road."""

from __future__ import annotations

from fractions import Fraction
from math import asin, cos, isqrt, radians, sin, sqrt
from typing import Final, Literal

Measure = Literal["straight", "manhattan", "great_circle"]

_EARTH: Final = 6_371_009
"""Mean radius in metres."""
_METRES: Final = 1000


def metres(
    measure: Measure,
    start: tuple[Fraction, Fraction],
    end: tuple[Fraction, Fraction],
    factor: Fraction = Fraction(1),
) -> int:
    """Give whole metres between two points in km, or of longitude and latitude in degrees.

    ``factor`` makes a road of what a bird flies.

    >>> here, there = (Fraction(0), Fraction(0)), (Fraction(3), Fraction(4))
    >>> metres("straight", here, there), metres("manhattan", here, there, Fraction("1.5"))
    (5000, 10500)
    >>> metres("great_circle", (Fraction(118), Fraction(25)), (Fraction(118), Fraction(26)))
    111195
    """
    if measure == "great_circle":
        return _half_up(Fraction(_around(start, end)) * factor)
    across, along = abs(start[0] - end[0]), abs(start[1] - end[1])
    if measure == "manhattan":
        return _half_up((across + along) * _METRES * factor)
    square = (across * across + along * along) * (_METRES * factor) ** 2
    # ⌊2·√q⌋ decides half up without a decimal.
    return (isqrt(4 * square.numerator // square.denominator) + 1) // 2


def _around(start: tuple[Fraction, Fraction], end: tuple[Fraction, Fraction]) -> float:
    (west, south), (east, north) = (
        (radians(longitude), radians(latitude)) for longitude, latitude in (start, end)
    )
    half = sin((north - south) / 2) ** 2
    half += cos(south) * cos(north) * sin((east - west) / 2) ** 2
    return 2 * _EARTH * asin(min(1.0, sqrt(half)))


def _half_up(value: Fraction) -> int:
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)
