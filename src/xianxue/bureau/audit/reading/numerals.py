"""Numerals to whole numbers: exact, never through a binary float.

Every value of the auditor is a whole number of 10⁻¹² (``ONE`` is one): sums and comparisons of
whole numbers are exact and quick. A printed number with more decimals than that is not read.
"""

from __future__ import annotations

from typing import Final, NamedTuple

DECIMALS: Final = 12
ONE: Final = 10**DECIMALS
"""How many steps make one."""
_TWO: Final = 2
_TEN: Final = 10
LONGEST: Final = 18
"""Digits before the point that a number of a report may have; a longer run is an identifier."""

_DIGITS: Final = {
    c: v
    for v, cs in enumerate(
        ("零〇○", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for c in cs
}
_YEAR_DIGITS: Final = 4
_CENTURIES: Final = frozenset({"一九", "二〇", "二零", "二○"})
_SMALL: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_GREAT: Final = {"万": 10**4, "亿": 10**8}
MAGNITUDES: Final = {
    "百": 10**2, "千": 10**3, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7,
    "亿": 10**8, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12,
}  # fmt: skip
"""What may stand between digits and unit, and how many ones it makes."""


class Reading(NamedTuple):
    """What a numeral may stand for, in steps of 10⁻¹²."""

    value: int
    low: int
    high: int
    step: int
    """One unit of its last printed digit."""
    about: bool = False


def arabic(digits: str, magnitude: int = 1) -> Reading | None:
    """Read digits with a decimal point; thousands separators and white space are passed over.

    >>> arabic("57.74", 10**4) == Reading(577400 * ONE, 577350 * ONE, 577450 * ONE, 100 * ONE)
    True
    >>> arabic("6,302").value // ONE
    6302
    """
    whole, _, after = digits.replace(",", "").partition(".")
    after = after.strip()
    if len(whole) > LONGEST or len(after) >= DECIMALS:
        return None
    step = ONE * magnitude // 10 ** len(after)
    value = int(whole + after) * step
    # A whole number without 万 or 亿 was counted: it stands for itself.
    half = step // 2 if after or magnitude > 1 else 0
    return Reading(value, value - half, value + half, step)


def han(numeral: str) -> Reading | None:
    """Read a Chinese numeral; None for what is none (两两, 万一).

    >>> [han(one).value // ONE for one in ("三十", "一百零五", "两千三百", "十二", "一万二")]
    [30, 105, 2300, 12, 12000]
    >>> han("二十八万").low // ONE
    275000
    >>> [(han(one).low // ONE, han(one).high // ONE) for one in ("几", "数十", "十几", "七八")]
    [(2, 9), (20, 99), (11, 19), (7, 8)]
    """
    if "几" in numeral or "数" in numeral:
        return _some(numeral)
    if len(numeral) == _TWO and all(one in _DIGITS for one in numeral):
        first, second = _DIGITS[numeral[0]], _DIGITS[numeral[1]]
        # 两三 and 七八 are ranges; 二〇 and 一一 are digits read one by one, and no quantities.
        if second == first + 1 and first:
            return Reading(first * ONE, first * ONE, second * ONE, ONE, about=True)
        return None
    value = _exact(numeral)
    if value is None:
        return None
    # 二十八万 is as rounded as 28万: good to half of the great unit it ends in.
    step = _GREAT.get(numeral[-1], 1) * ONE
    half = step // 2 if step > ONE else 0
    return Reading(value * ONE, value * ONE - half, value * ONE + half, step)


def count_of(said: str) -> int:
    """Read a small count that an expression has found: digits or a Chinese numeral.

    >>> count_of("12"), count_of("两"), count_of("十")
    (12, 2, 10)
    """
    if said.isascii():
        return int(said)
    reading = han(said)
    return reading.value // ONE if reading else 0


def han_year(digits: str) -> int:
    """Read a year told digit by digit; 0 for what is none.

    >>> han_year("二〇二四"), han_year("一九八○"), han_year("三千五百")
    (2024, 1980, 0)
    """
    if (
        len(digits) != _YEAR_DIGITS
        or digits[:2] not in _CENTURIES
        or any(one not in _DIGITS for one in digits)
    ):
        return 0
    return int("".join(str(_DIGITS[one]) for one in digits))


def _exact(numeral: str) -> int | None:
    total = part = digit = 0
    last = 1
    fresh = False
    for one in numeral:
        if one in _DIGITS:
            if fresh:
                return None
            digit, fresh = _DIGITS[one], one not in "零〇○"
        elif one in _SMALL:
            last = _SMALL[one]
            part += (digit if fresh else 1) * last
            digit, fresh = 0, False
        elif one in _GREAT:
            if not (part or fresh or total):
                return None
            last = _GREAT[one]
            total = (
                (total + part + digit) * last
                if total and last > total
                else total + (part + digit) * last
            )
            part = digit = 0
            fresh = False
        else:
            return None
    # 一万二 is 12,000: a last digit right after 万, 千 or 百 counts the next smaller one.
    if fresh and last > _TEN and len(numeral) > 1 and numeral[-2] in "万千百亿":
        digit *= last // 10
    return total + part + digit


def _some(numeral: str) -> Reading | None:
    """Read 几, 数十, 十几, 几百, 三十几."""
    head, mark, tail = numeral.partition("几" if "几" in numeral else "数")
    del mark
    scale = _exact("一" + tail) if tail else 1
    base = _exact(head) if head else 0
    if scale is None or base is None:
        return None
    if base:
        return Reading(
            (base + 5 * scale) * ONE,
            (base + scale) * ONE,
            (base + 9 * scale) * ONE,
            scale * ONE,
            about=True,
        )
    return Reading(
        5 * scale * ONE, 2 * scale * ONE, (10 * scale - 1) * ONE, scale * ONE, about=True
    )
