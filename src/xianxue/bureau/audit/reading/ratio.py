"""Ratios: «16.97:1», «3:2», «15:35:50»; elsewhere a colon makes a time or a score."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.numerals import ONE, Reading, arabic
from xianxue.bureau.audit.reading.quantities import halve
from xianxue.bureau.audit.reading.token import Token

_DIGITS: Final = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,6})?")
_WHOLE: Final = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,6})?(?::[0-9]{1,9}(?:\.[0-9]{1,6})?){1,5}")
_NAMED: Final = re.compile(
    r"比(?!分|赛|武|照|如|学|拼)|结构|构成|[0-9]:[0-9.]{1,5}[\u4e00-\u9fff]{0,4}[为到至成]$"
)
"""Words before a ratio, or another ratio that became it; 比分 is a score."""
_SHARED: Final = re.compile("的?(?:比例|分担|配套|分摊|承担|负担|比)")
"""Behind a ratio by which two pay: 按3:1分担."""
_NAME: Final = 14
_PAIR: Final = 2
_TRIPLE: Final = 3
_PARTS: Final = (10 * ONE, 100 * ONE)
"""Two sides that make one of these are rounded shares: 普职比6:4."""
_FEW: Final = 5 * ONE
_TWENTIETH: Final = 20
_ABOUT: Final = 4


def ratio(norm: str, start: int, lexicon: Lexicon) -> Token:
    """Read what begins with a number and a colon: a ratio, or a name without a value."""
    found = _WHOLE.match(norm, start)
    end = found.end() if found else start + 1
    sides = [arabic(one) for one in norm[start:end].split(":")]
    before = norm[max(0, start - _NAME) : start]
    named = None not in sides and all(one is not None and one.value for one in sides)
    shared = before.endswith(("按", "按照")) and _SHARED.match(norm, end)
    if not named or not (_NAMED.search(before) or shared) or not _PAIR <= len(sides) <= _TRIPLE:
        return Token(start, end, "name")
    if len(sides) == _TRIPLE:
        return Token(start, end, "ratio", dim="part")
    left, right = (one for one in sides if one is not None)
    about = bool(lexicon.last_word(before))
    return _two(Token(start, end, "ratio", dim="ratio", about=about), left, right)


def _two(token: Token, left: Reading, right: Reading) -> Token:
    if ONE not in (left.value, right.value):
        return _reduced(token, left, right)
    # The side that is 1 is exact by convention; the other one is rounded.
    many = right if left.value == ONE else left
    token.value, token.low, token.high, token.step = many[:4]
    token.sign = -1 if left.value == ONE else 1
    halve(token)
    if many.step == ONE and many.value < _FEW:
        # 2:1 is not said of 2.4:1 but where it is said to be about so.
        near = many.value // _TWENTIETH * (_ABOUT if token.about else 1)
        token.low, token.high = many.value - near, many.value + near
    return token


def _reduced(token: Token, left: Reading, right: Reading) -> Token:
    """Give left ÷ right; its bounds are those of the left side's share of both."""
    both = left.value + right.value
    step = max(left.step, right.step)
    by_hundred = _PARTS[1] in (left.value, right.value)  # 105:100
    near = step // 2 if both in _PARTS or by_hundred or step < ONE or token.about else both // 200
    near = min(near, left.value // 2, right.value // 2)  # 2000:3 is not said of 2000:-7
    token.value = left.value * ONE // right.value
    token.low = (left.value - near) * ONE // (right.value + near)
    token.high = -(-(left.value + near) * ONE // (right.value - near))
    token.step = step
    return token


def parts(norm: str, token: Token) -> Iterator[Token]:
    """Give the parts of «15:35:50», each by itself."""
    for found in _DIGITS.finditer(norm, token.start, token.end):
        read = arabic(found[0])
        if read is not None:
            part = Token(found.start(), found.end(), "ratio", *read[:4], dim="part")
            halve(part)
            yield part
