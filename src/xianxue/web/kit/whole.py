"""Whole numbers as addresses and forms say them: whatever was typed, nothing breaks."""

from __future__ import annotations

from typing import Final

_DIGITS: Final = 9
"""What any of our numbers has at most; a database holds no more than some twenty."""


def whole(text: str) -> int | None:
    """Give the number that a text says; None where it says none of ours.

    >>> whole("12"), whole("-1"), whole(""), whole("9" * 5000)
    (12, None, None, None)
    """
    return int(text) if text.isdecimal() and len(text) <= _DIGITS else None
