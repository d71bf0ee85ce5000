"""Where a forecast is drawn: what was counted, and behind it the band of what is supposed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from xianxue.bureau.plan.forecast.shape import Foreseen
from xianxue.bureau.values.record import Record
from xianxue.desk.plan.told import whole
from xianxue.web.kit.scales import Scale, Tick, scale_around

WIDE: Final = 560
HIGH: Final = 216
LEFT: Final = 46
_RIGHT: Final = 22
_TOP: Final = 16
LOW: Final = 182
"""Where the axis of years runs; below it stand their names."""


class Shown(Record):
    """A point of the chart with its number."""

    x: float
    y: float
    text: str
    name: str


class Bands(Record, kw_only=True):
    """The drawing."""

    ticks: tuple[Tick, ...]
    years: tuple[Tick, ...]
    counted: str
    """The path through what was counted."""
    middle: str
    """The path from the last count through the middles."""
    band: str
    """The outline of low and high; empty where there is no band."""
    marks: tuple[Shown, ...]
    """The last count, and what is foreseen at the end."""
    now: float
    """Where the last count stands: left of it is counted, right of it supposed."""


def bands(past: Mapping[int, int], foreseen: Mapping[int, Foreseen]) -> Bands | None:
    """Draw an area's pupils by year; None where nothing was counted or nothing is foreseen."""
    known = {year: one for year, one in foreseen.items() if one.middle is not None}
    if not past or not known:
        return None
    last = max(past)
    values = [float(many) for many in past.values()]
    for one in known.values():
        values += [each for each in (one.low, one.middle, one.high) if each is not None]
    up, ticks = scale_around(values, LOW, _TOP)
    across = Scale(min(past), max(known), LEFT + 14, WIDE - _RIGHT)
    counted = [(across.at(year), up.at(many)) for year, many in sorted(past.items())]
    start = (across.at(last), up.at(past[last]))
    middle = [start] + [
        (across.at(year), up.at(one.middle or 0)) for year, one in sorted(known.items())
    ]
    ends = sorted(
        (year, one.low, one.high)
        for year, one in known.items()
        if one.low is not None and one.high is not None
    )
    low = [(across.at(year), up.at(least)) for year, least, _ in ends]
    high = [(across.at(year), up.at(most)) for year, _, most in ends]
    far = known[max(known)]
    return Bands(
        ticks=ticks,
        years=tuple(
            Tick(across.at(year), f"{year % 100:02}—{(year + 1) % 100:02}")
            for year in range(min(past), max(known) + 1)
            if (max(known) - year) % _every(min(past), max(known)) == 0
        ),
        counted=_path(counted),
        middle=_path(middle),
        band=f"{_path([start, *high, *reversed(low)])}Z" if ends else "",
        marks=(
            Shown(*start, str(past[last]), "now"),
            Shown(*middle[-1], str(whole(far.middle)), "then"),
        ),
        now=start[0],
    )


def _every(first: int, last: int) -> int:
    """Give how many years apart names stand, so that none touches the next."""
    return 1 + (last - first) // 10


def _path(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in points)
