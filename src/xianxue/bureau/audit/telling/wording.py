"""How numbers and bounds are written in a message."""

from __future__ import annotations

from decimal import Context, Decimal
from typing import Final

from xianxue.bureau.audit.reading.numerals import DECIMALS, ONE
from xianxue.bureau.audit.reading.quantity import Quantity

_WIDE: Final = Context(prec=80)
"""Wide enough for every number that is read, so that nothing is rounded on the way."""
_GREAT: Final = (("万亿", 10**12), ("亿", 10**8), ("万", 10**4))


def decimal(value: int) -> Decimal:
    """Write steps of 10⁻¹² as a decimal number, exactly.

    >>> decimal(1_500_000_000_000)
    Decimal('1.5')
    >>> decimal(20 * 10**12)
    Decimal('20')
    """
    if not value % ONE:
        return Decimal(value // ONE)
    return Decimal(value).scaleb(-DECIMALS, _WIDE).normalize(_WIDE)


def shown(value: int, like: Quantity, text: str) -> str:
    """Write a computed value as a number of the text is written: with its 万 and its decimals."""
    name, size = next(((name, size) for name, size in _GREAT if name in text), ("", 1))
    scale = size * ONE
    decimals = max(0, len(str(scale // max(like.step, 1))) - 1)
    return f"{rounded(value, scale, decimals)}{name}{like.unit}"


def rounded(numerator: int, denominator: int, decimals: int) -> str:
    """Write a quotient with so many decimals, half up, by whole numbers alone.

    >>> rounded(2, 3, 2), rounded(-1, 8, 2), rounded(5, 1, 0)
    ('0.67', '-0.13', '5')
    """
    sign = "-" if (numerator < 0) != (denominator < 0) and numerator else ""
    numerator, denominator = abs(numerator), abs(denominator)
    scaled = (2 * numerator * 10**decimals + denominator) // (2 * denominator)
    whole, rest = divmod(scaled, 10**decimals)
    return f"{sign}{whole}.{rest:0{decimals}d}" if decimals else f"{sign}{whole}"


def places(quantity: Quantity) -> int:
    """Count the decimals a rate or the like is printed with."""
    return max(0, len(str(ONE // max(quantity.step, 1))) - 1)
