"""Numbers written in Chinese characters, plain (一百二十) and formal (壹佰贰拾)."""

from __future__ import annotations

import re
from typing import Final

_DIGITS: Final = {char: number for number, chars in enumerate(
    ("零〇○", "一壹", "二贰两貳", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
) for char in chars}  # fmt: skip
_TENS: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_GROUPS: Final = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_RUN = re.compile(f"[{''.join(_DIGITS)}十]+")
_LONGEST: Final = 40


def chinese_number(text: str) -> int | None:
    """Read a whole number written in Chinese characters; None where it is none.

    >>> [chinese_number(text) for text in ("一百二十", "十二", "两千零五", "一九九八", "三万二千")]
    [120, 12, 2005, 1998, 32000]
    >>> chinese_number("百余"), chinese_number(""), chinese_number("壹佰贰拾叁")
    (None, None, 123)
    """
    if not text or len(text) > _LONGEST:
        return None
    if all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total = group = 0
    digit = -1
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _TENS:
            group += _TENS[char] * (1 if digit < 0 else digit)
            digit = -1
        elif char in _GROUPS:
            total = (total + group + max(digit, 0)) * _GROUPS[char]
            group, digit = 0, -1
        else:
            return None
    return total + group + max(digit, 0)


def with_arabic(text: str) -> str:
    """Write the Chinese numerals of a text in Arabic ones.

    >>> with_arabic("十一年级"), with_arabic("九年一贯制学校")
    ('11年级', '9年1贯制学校')
    """
    return _RUN.sub(lambda run: str(chinese_number(run[0])), text)
