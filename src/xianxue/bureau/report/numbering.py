"""Numbers of headings: 一、 then （一） then 1. then （1） (source: GB/T 9704-2012, relayed)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

_DIGITS: Final = "零一二三四五六七八九"
_TEN: Final = 10
_LIMIT: Final = 100
_IN_CHINESE: Final = 2
"""The first two levels are numbered in Chinese, those below them in digits."""


def chinese(number: int) -> str:
    """Write a number from 1 to 99 in Chinese.

    >>> [chinese(n) for n in (1, 10, 12, 20, 35)]
    ['一', '十', '十二', '二十', '三十五']
    """
    if not 0 < number < _LIMIT:
        message = f"headings are numbered from 1 to {_LIMIT - 1}, got {number}"
        raise ValueError(message)
    tens, ones = divmod(number, _TEN)
    text = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return text + (_DIGITS[ones] if ones else "")


@dataclass
class Numbering:
    """Counts headings as they come; a heading starts the levels below it anew.

    >>> numbering = Numbering()
    >>> [numbering.next(level) for level in (1, 2, 2, 3, 4, 1, 2)]
    ['一、', '（一）', '（二）', '1.', '（1）', '二、', '（一）']
    """

    counts: dict[int, int] = field(default_factory=dict[int, int])

    @property
    def level(self) -> int:
        """The level of the last heading; 0 before the first."""
        return max(self.counts, default=0)

    def next(self, level: int) -> str:
        """Number the next heading of a level."""
        self.counts = {k: v for k, v in self.counts.items() if k <= level}
        number = self.counts[level] = self.counts.get(level, 0) + 1
        forms = ("{}、", "（{}）", "{}.", "（{}）")
        return forms[level - 1].format(chinese(number) if level <= _IN_CHINESE else number)
