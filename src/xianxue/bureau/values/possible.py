"""Whether a printed percentage is possible at all for so many answers (GRIM)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Final, Literal

_WHOLE: Final = 100

Possible = Literal["rounded", "cut", "no"]
"""Some count gives it when rounded half up; only when further digits are cut off; or none does."""


def possible(percentage: Decimal, answers: int) -> Possible:
    """Say whether some count of answers gives a percentage, with as many decimals as it has.

    ValueError of nobody's answers.

    >>> possible(Decimal("94.74"), 38), possible(Decimal("94.73"), 38), possible(Decimal("95"), 38)
    ('rounded', 'cut', 'rounded')
    """
    if answers < 1:
        message = "nobody answered"
        raise ValueError(message)
    places = max(0, -int(percentage.as_tuple().exponent))
    said, step = Fraction(percentage), Fraction(1, 10**places)
    if _some(said - step / 2, said + step / 2, answers):
        return "rounded"
    return "cut" if _some(said, said + step, answers) else "no"


def _some(first: Fraction, end: Fraction, answers: int) -> bool:
    """Whether a whole number of answers gives a percentage from ``first`` on and below ``end``."""
    least = max(0, ceil(first * answers / _WHOLE))
    most = min(answers, ceil(end * answers / _WHOLE) - 1)
    return least <= most
