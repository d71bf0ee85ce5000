"""What a period will end with, carried on from what is known; exactly, and with its method said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Final

from xianxue.bureau.records.figure import Figure
from xianxue.bureau.records.target import Forecast, Series
from xianxue.bureau.values.periods import Period

_FOR_A_TREND: Final = 2
"""Two figures make one change; fewer make none."""


def forecast(known: Series, period: Period, on: date) -> Forecast:
    """Foresee what an indicator will have come to at the end of a period.

    Earlier figures that are undetermined end the series, because a change over a gap is no yearly
    change. A root (差异系数) is not carried on: its trend would be no fraction.
    """
    figure = known.figure
    if figure is not None and isinstance(figure.value, Fraction):
        if not known.gathers or on >= period.end:
            return Forecast(figure.value, "counted", (figure,))
        # Both ends are days of the period: on its last day all of it has passed.
        passed = Fraction((on - period.start).days + 1, (period.end - period.start).days + 1)
        # Asked before the period has begun, no pace is known.
        if passed > 0:
            return Forecast(figure.value / passed, "pace", (figure,))
    series = _unbroken(known.earlier)
    if not series:
        return Forecast(None, "none")
    values = [value for _, value in series]
    rests_on = tuple(one for one, _ in series)
    if len(series) < _FOR_A_TREND:
        return Forecast(values[-1], "unchanged", rests_on)
    # The mean of all changes is that of the ends: those in between cancel out.
    yearly = (values[-1] - values[0]) / (len(values) - 1)
    return Forecast(values[-1] + yearly, "trend", rests_on)


def _unbroken(earlier: Sequence[Figure]) -> list[tuple[Figure, Fraction]]:
    """Give the newest figures that follow each other without a gap, oldest first."""
    found: list[tuple[Figure, Fraction]] = []
    for figure in reversed(earlier):
        if not isinstance(figure.value, Fraction):
            break
        found.append((figure, figure.value))
    return found[::-1]
