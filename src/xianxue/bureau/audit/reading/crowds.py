"""Crowds: sentences with more numbers than any sentence has. They are lists, and nobody's prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from xianxue.bureau.audit.reading.token import Token

CROWD: Final = 64
"""Numbers from which on a sentence is a list written as one line: three times as many as stand in
the longest sentence of sixty official documents."""
_LEAST: Final = 2 * CROWD
"""Characters that so many numbers take at least: shorter sentences need not be counted."""
_SENTENCE = re.compile(r"[^。!?！？\n]+")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[〇零一二两三四五六七八九十百千万亿]{2,}")


def crowds(norm: str) -> list[tuple[int, int]]:
    """Give where crowded sentences begin and end; cells of tables are not there any more."""
    found: list[tuple[int, int]] = []
    for sentence in _SENTENCE.finditer(norm):
        begin, end = sentence.span()
        if end - begin >= _LEAST and _is_crowded(norm, begin, end):
            found.append((begin, end))
    return found


def _is_crowded(norm: str, begin: int, end: int) -> bool:
    numbers = _NUMBER.finditer(norm, begin, end)
    return next(islice(numbers, CROWD, None), None) is not None


def names_in(norm: str, begin: int, end: int) -> Iterator[Token]:
    """Give the numbers of a crowd: names, without a value."""
    for found in _NUMBER.finditer(norm, begin, end):
        yield Token(found.start(), found.end(), "name")
