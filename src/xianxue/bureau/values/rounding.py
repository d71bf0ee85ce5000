"""Rounding, only to show, always half up, never against the verdict."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from xianxue.bureau.values.exact import Exact, Radical, Root


def half_up(value: Exact, places: int) -> Decimal:
    """Round half up (away from zero at the half) to ``places`` decimals, exactly.

    >>> half_up(Fraction(1, 8), 2)
    Decimal('0.13')
    >>> half_up(Fraction(-1, 8), 2)
    Decimal('-0.13')
    >>> half_up(Fraction(5, 2), 0)
    Decimal('3')
    """
    if isinstance(value, Root | Radical):
        return value.to_decimal(places)
    # Built from text: arithmetic on Decimal would round to the context's 28 digits.
    return Decimal(f"{_steps(value, places)}E-{places}")


def _steps(value: Fraction, places: int) -> int:
    """Round half up to a whole number of the last decimal's steps."""
    up, down = value.numerator * 10**places, value.denominator
    return (2 * up + down) // (2 * down) if up >= 0 else -((down - 2 * up) // (2 * down))


def shown(value: Exact, places: int) -> str:
    """Write a value with ``places`` decimals, without an exponent.

    >>> shown(Fraction(4672, 4804) * 100, 2)
    '97.25'
    """
    if isinstance(value, Root | Radical):
        return f"{half_up(value, places):f}"
    # Each figure is written once: whole numbers are three times as quick as Decimal.
    steps = _steps(value, places)
    digits = f"{abs(steps):0{places + 1}d}"
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"-{text}" if steps < 0 else text


def shown_beside(
    value: Exact, limit: Fraction, places: int, holds: Callable[[Exact, Fraction], bool]
) -> str:
    """Write a value so that the rounded figure agrees with the exact verdict.

    Where rounding would seem to turn the verdict, one more digit is shown, and another, until
    it no longer does.

    >>> from xianxue.bureau.values.exact import at_least
    >>> shown_beside(Fraction(4196, 1000), Fraction("4.2"), 2, at_least)
    '4.196'
    >>> shown_beside(Fraction(4, 1), Fraction("4.2"), 2, at_least)
    '4.00'
    """
    verdict = holds(value, limit)
    rounded = half_up(value, places)
    # Bounded: where value and limit are the same and no decimal meets them (a third), no number of
    # digits would ever agree with the verdict.
    for digits in range(places + 1, places + _digits_apart(value, limit) + 1):
        if holds(Fraction(rounded), limit) == verdict:
            break
        rounded = half_up(value, digits)
    return f"{rounded:f}"


def _digits_apart(value: Exact, limit: Fraction) -> int:
    """Give a number of decimals at which rounding surely tells a value from a limit.

    Two fractions a/b and c/d that differ do so by at least 1/(b·d); a root and a limit by as much
    as their squares, divided by their sum.
    """
    if isinstance(value, Radical):
        return value.digits_apart(limit)
    exact = value.square if isinstance(value, Root) else value
    gap = exact.denominator * limit.denominator**2
    return len(str(gap * (abs(exact.numerator) + abs(limit.numerator) + 1))) + 1


def plain(value: Exact, places: int = 12) -> str:
    """Write a value as a decimal string for programs: exact if it ends within ``places``.

    Twelve are more than any card may show.

    >>> plain(Fraction(21, 5))
    '4.2'
    >>> plain(Fraction(1, 3), 4)
    '0.3333'
    >>> plain(Fraction(4672))
    '4672'
    """
    text = f"{half_up(value, places):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
