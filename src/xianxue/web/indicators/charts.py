"""Where the marks of charts stand: a trend over periods, the schools on a line. Drawn as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import sqrt
from typing import Final

from xianxue.bureau.values.exact import Exact, Root, order_of
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import plain
from xianxue.desk.indicators.overview import Member, Point
from xianxue.web.kit.scales import Scale, Tick, scale_around

WIDE: Final = 560
HIGH: Final = 176
_LEFT: Final = 46
_RIGHT: Final = 14
_TOP: Final = 34
_LOW: Final = 142
"""Where the axis runs; below it stand its words."""


class Mark(Record, kw_only=True):
    """A point of a chart."""

    x: float
    y: float
    r: float = 3.5
    name: str
    shown: str
    key: str = ""
    release: str = ""
    bad: bool = False
    side: str = "middle"
    """Where its label is fixed: start, middle or end."""


class Chart(Record, kw_only=True):
    """A drawing of marks between axes."""

    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    path: str = ""
    limit: Tick | None = None
    mean: Tick | None = None
    labels: tuple[Mark, ...] = ()


def number(value: Exact) -> float:
    """Give a number to draw: charts need no more digits than a screen has."""
    return sqrt(value.square) if isinstance(value, Root) else float(order_of(value))


def trend(points: Sequence[Point], limit: Fraction | None, releases: Sequence[str]) -> Chart | None:
    """Draw a figure over its periods; None where fewer than two of them have a number."""
    known = [
        (one, number(one.figure.value), release)
        for one, release in zip(points, releases, strict=True)
        if one.figure is not None and one.figure.value is not None
    ]
    if len(known) < 2:  # noqa: PLR2004 - a line has two ends
        return None
    values = [value for _, value, _ in known]
    line = [float(limit)] if limit is not None else []
    scale, ticks = scale_around([*values, *line], _LOW, _TOP)
    across = Scale(0, max(1, len(points) - 1), _LEFT + 16, WIDE - _RIGHT - 26)
    places = {one.period.code: index for index, one in enumerate(points)}
    marks = tuple(
        Mark(
            x=across.at(places[one.period.code]),
            y=scale.at(value),
            name=_short(one.period.code),
            shown=one.figure.shown if one.figure is not None else "",
            key=one.figure.key if one.figure is not None else "",
            release=release,
        )
        for one, value, release in known
    )
    path = "M" + "L".join(f"{mark.x} {mark.y}" for mark in marks)
    at = Tick(scale.at(float(limit)), plain(limit)) if limit is not None else None
    return Chart(marks=marks, ticks=ticks, path=path, limit=at)


def _short(code: str) -> str:
    """Write a school year as it stands below an axis: 25—26."""
    first, _, last = code.partition("-")
    return f"{first[2:]}—{last[2:]}" if last.isdigit() else code


def spread_out(
    members: Sequence[Member], mean: Exact | None, limit: Fraction | None, bad: frozenset[str]
) -> Chart | None:
    """Draw schools on a line, each a dot as large as what it is divided by; None below three."""
    known = [(one, number(one.figure.value)) for one in members if one.figure.value is not None]
    if len(known) < 3:  # noqa: PLR2004 - two are no distribution
        return None
    sizes = {one.place: float(one.figure.denominator or 1) for one, _ in known}
    largest = max(sizes.values()) or 1
    marks_at = [value for _, value in known]
    line = [float(limit)] if limit is not None else []
    middle = [number(mean)] if mean is not None else []
    scale, ticks = scale_around([*marks_at, *line, *middle], _LEFT - 26, WIDE - _RIGHT)
    placed: list[Mark] = []
    for one, value in sorted(known, key=lambda pair: -sizes[pair[0].place]):
        r = round(2.5 + 5 * sqrt(max(0.0, sizes[one.place] / largest)), 1)
        x = min(max(scale.at(value), r), WIDE - r)
        placed.append(
            Mark(
                x=x,
                y=_free(placed, x, r),
                r=r,
                name=one.name,
                shown=one.figure.shown,
                key=one.figure.key,
                bad=one.figure.key in bad,
            )
        )
    at = Tick(scale.at(float(limit)), plain(limit)) if limit is not None else None
    mid = Tick(scale.at(middle[0]), "") if middle else None
    worst = [mark for mark in placed if mark.key == known[0][0].figure.key]
    return Chart(marks=tuple(placed), ticks=ticks, limit=at, mean=mid, labels=tuple(worst))


def _free(placed: Sequence[Mark], x: float, r: float) -> float:
    """Give the lowest height at which a dot touches none that is drawn already."""
    y = _LOW - r - 1
    for _ in range(len(placed) + 1):
        hit = next(
            (one for one in placed if (one.x - x) ** 2 + (one.y - y) ** 2 < (one.r + r + 0.5) ** 2),
            None,
        )
        if hit is None:
            return round(y, 1)
        y = hit.y - sqrt(max(0.0, (hit.r + r + 0.6) ** 2 - (hit.x - x) ** 2))
    return round(y, 1)
