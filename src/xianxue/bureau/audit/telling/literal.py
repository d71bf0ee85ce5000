"""A number as it is printed: its digits, its decimals, its 万 or 亿."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

_DIGITS: Final = re.compile("[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?")
_SCALES: Final[dict[str, int]] = {"万": 4, "萬": 4, "亿": 8, "億": 8}
_SCALE: Final = re.compile("[万萬亿億]+")


def decimals_of(text: str) -> int:
    """Count the decimals of the first number of a text.

    >>> decimals_of("57.74万元"), decimals_of("二百人")
    (2, 0)
    """
    found = _DIGITS.search(text)
    return len(found[0].replace("．", ".").partition(".")[2]) if found else 0


def scale_of(text: str) -> tuple[int, str]:
    """Find the 万 or 亿 behind its digits, and how many zeros it stands for.

    >>> scale_of("57.74万元"), scale_of("96所")
    ((4, '万'), (0, ''))
    """
    digits = _DIGITS.search(text)
    scale = _SCALE.match(text, digits.end()) if digits else None
    return (sum(_SCALES[one] for one in scale[0]), scale[0]) if scale else (0, "")


def literal_of(text: str) -> Decimal | None:
    """Read the first number of a short text as printed, with its 万 or 亿; None without digits.

    >>> literal_of("57.74万元"), literal_of("达标")
    (Decimal('577400.00'), None)
    """
    found = _DIGITS.search(text)
    if found is None:
        return None
    digits = re.sub("[,，]", "", found[0].replace("．", "."))
    return Decimal(digits) * 10 ** scale_of(text)[0]
