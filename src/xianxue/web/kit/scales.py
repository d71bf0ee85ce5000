"""Where numbers stand on the axes of charts that are drawn as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor, log10
from typing import Final

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import plain

_STEPS: Final = 4


class Tick(Record):
    """A place on an axis, with its number."""

    at: float
    text: str


class Scale(Record):
    """Leads from numbers to places on a line."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Give the place of a number."""
        span = self.high - self.low or 1
        return round(self.start + (value - self.low) / span * (self.end - self.start), 1)


def scale_around(
    values: Sequence[float], start: float, end: float
) -> tuple[Scale, tuple[Tick, ...]]:
    """Choose round numbers around some values, and where they stand."""
    low, high = min(values), max(values)
    if low == high:
        low, high = low - (abs(low) or 1) * 0.1, high + (abs(high) or 1) * 0.1
    raw = (high - low) / _STEPS
    size = 10 ** floor(log10(raw))
    step = next(size * one for one in (1, 2, 2.5, 5, 10) if size * one >= raw)
    first, last = floor(low / step), ceil(high / step)
    scale = Scale(first * step, last * step, start, end)
    decimals = max(0, -floor(log10(step)) + (1 if step / size == 2.5 else 0))  # noqa: PLR2004 - a quarter
    ticks = tuple(
        Tick(scale.at(each * step), plain(Fraction(f"{each * step:.{decimals}f}"), decimals))
        for each in range(first, last + 1)
    )
    return scale, ticks
