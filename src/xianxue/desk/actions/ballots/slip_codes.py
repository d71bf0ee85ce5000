"""Codes of ballot slips: drawn by chance, printed once, known afterwards by their digests alone."""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

BITS: Final = 128
_LETTERS: Final = "0123456789abcdefghjkmnpqrstvwxyz"
"""No i, l, o and u: read off paper they are 1, 1, 0 and v."""
_READ_AS: Final = str.maketrans("ilou", "110v")
_EACH: Final = 5
_LENGTH: Final = -(-BITS // _EACH)
_SALT: Final = b"xianxue slip\0"


def drawn() -> str:
    """Draw a code that nobody can guess.

    >>> code = drawn()
    >>> len(code), set(code) <= set(_LETTERS)
    (26, True)
    """
    number = secrets.randbits(BITS)
    digits = [_LETTERS[number >> (_EACH * at) & (len(_LETTERS) - 1)] for at in range(_LENGTH)]
    return "".join(reversed(digits))


def read(typed: str) -> str:
    """Read a code as somebody types it; empty where it is none.

    >>> read("0123 4567-89AB CDEF GHJK MNPQ RS")
    '0123456789abcdefghjkmnpqrs'
    >>> read("o" * 26) == "0" * 26
    True
    >>> read("0123"), read("!" * 26)
    ('', '')
    """
    kept = "".join(typed.replace("-", "").split()).lower().translate(_READ_AS)
    fits = len(kept) == _LENGTH and all(letter in _LETTERS for letter in kept)
    return kept if fits else ""


def digest_of(code: str) -> str:
    """Give what is kept of a code: 128 bits cannot be tried out, so each needs no salt."""
    return hashlib.sha256(_SALT + code.encode("ascii")).hexdigest()


def grouped(code: str) -> str:
    """Write a code so that it can be typed off paper.

    >>> grouped("0123456789abcdefghjkmnpqrs")
    '0123 4567 89ab cdef ghjk mnpq rs'
    """
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))
