"""Exact tests between intervals of whole numbers: no division, no float, no tolerance."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

from xianxue.bureau.audit.mention import Mention
from xianxue.bureau.audit.numerals import ONE

Fit = Literal["exact", "rounding", ""]
"""Holds as printed; holds within rounding; fails."""
HUNDRED: Final = 100


def fits_sum(total: Mention, parts: Iterable[Mention]) -> Fit:
    """Whether parts make a total."""
    value = low = high = 0
    for part in parts:
        value += part.value
        low += part.low
        high += part.high
    return fits(total, value, low, high)


def fits(stated: Mention, value: int, low: int, high: int) -> Fit:
    """Whether a stated number is a computed one."""
    if value == stated.value:
        return "exact"
    return "rounding" if low <= stated.high and high >= stated.low else ""


def fits_rate(rate: Mention, part: tuple[int, int], whole: tuple[int, int]) -> bool:
    """Whether ``part ÷ whole`` in per cent can be the rate; both are (low, high), whole above 0."""
    if whole[0] <= 0 or part[0] < 0:
        return False
    # part/whole·100 lies between part_low·100/whole_high and part_high·100/whole_low.
    return (
        part[0] * HUNDRED * ONE <= rate.high * whole[1]
        and part[1] * HUNDRED * ONE >= rate.low * whole[0]
    )


def rate_bounds(part: tuple[int, int], whole: tuple[int, int]) -> tuple[int, int]:
    """Give the bounds of ``part ÷ whole`` in per cent, rounded outward."""
    low = part[0] * HUNDRED * ONE // whole[1]
    high = -(-part[1] * HUNDRED * ONE // whole[0])
    return low, high


def bounds(mention: Mention) -> tuple[int, int]:
    """Give a mention's bounds."""
    return mention.low, mention.high


def hidden_bases(part: tuple[int, int], rate: Mention) -> tuple[int, int] | None:
    """Give the least and the greatest whole number whose share a part can be; None without one.

    4,482 of b is 36.65 % for whole b from 12,228 to 12,230: found by division, not by trying.
    """
    if rate.low <= 0:
        return None
    step = HUNDRED * ONE
    low = -(-part[0] * step // (rate.high * ONE))
    high = part[1] * step // (rate.low * ONE)
    return (low, high) if low <= high else None
