"""Texts in the order in which people count: 第9 before 第10, 第二 before 第九."""

from __future__ import annotations

import re
from typing import Final

_ONES: Final = "一二三四五六七八九"
_NUMERAL: Final = re.compile(rf"[0-9]+|[{_ONES}]?十[{_ONES}]?|[{_ONES}]")
_MOST_DIGITS: Final = 40


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Give what a text is sorted by: its numbers as numbers, of either kind of numerals.

    >>> sorted(["第10小学", "第二小学", "第九小学", "第1小学"], key=natural)
    ['第1小学', '第二小学', '第九小学', '第10小学']
    """
    found: list[tuple[int, int, str]] = []
    at = 0
    for number in _NUMERAL.finditer(text):
        if number.start() > at:
            found.append((1, 0, text[at : number.start()]))
        found.append((0, _value_of(number[0]), ""))
        at = number.end()
    if at < len(text):
        found.append((1, 0, text[at:]))
    return tuple(found)


def _value_of(numeral: str) -> int:
    if numeral.isascii():
        return int(numeral[:_MOST_DIGITS])
    tens, ten, ones = numeral.partition("十")
    if not ten:
        return _ONES.index(numeral) + 1
    return 10 * (_ONES.index(tens) + 1 if tens else 1) + (_ONES.index(ones) + 1 if ones else 0)
