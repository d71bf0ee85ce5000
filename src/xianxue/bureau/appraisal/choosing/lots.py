"""Drawing lots by a published seed: anybody can draw them again and finds the same.

The seed is something nobody could have known or chosen beforehand and everybody can look up: the
winning numbers of a lottery of a day announced earlier. The lot of a name is the SHA-256 of the
seed, a line break and the name; the smallest comes first.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256


def lot(seed: str, name: str) -> str:
    """Draw the lot of one name.

    >>> lot("2026-08-01", "甲")[:8]
    '675f0d64'
    """
    return sha256(f"{seed}\n{name}".encode()).hexdigest()


def numbers(seed: str, names: Iterable[str]) -> dict[str, int]:
    """Give each name its number: 1 for the smallest lot.

    A name has one number for everything it is drawn for, so that one list is published, and nobody
    is drawn again until they like what comes out.
    """
    order = sorted(names, key=lambda name: (lot(seed, name), name))
    return {name: number for number, name in enumerate(order, 1)}
