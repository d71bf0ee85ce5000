"""Where villages and schools lie, and who goes where: one drawing before, one after."""

from __future__ import annotations

from collections.abc import Iterable
from math import cos, radians, sqrt
from typing import Final

from xianxue.bureau.plan.layout.walks import Walk
from xianxue.bureau.values.record import Record
from xianxue.desk.plan.laying import LaidOut
from xianxue.desk.plan.layout_file import Asked, Point

WIDE: Final = 400
_EDGE: Final = 34
_LOWEST: Final = 160
_HIGHEST: Final = 420
_NAMED: Final = 40
"""So many places at most have their names beside them: more would lie on each other."""
_LETTER: Final = 12.5
_LARGEST_DOT: Final = 9.0
_SMALLEST_DOT: Final = 2.5


class Spot(Record, kw_only=True):
    """A village or a school of the drawing."""

    name: str
    x: float
    y: float
    r: float = 0
    kind: str = ""
    """Of a school: open, built, closed, candidate."""
    named: bool = True

    @property
    def label_x(self) -> float:
        """Where the middle of its name stands: no part of it beyond the drawing's edge."""
        half = len(self.name) * _LETTER / 2
        return min(max(self.x, half), max(WIDE - half, half))


class Path(Record):
    """A village's way to a school."""

    x: float
    y: float
    to_x: float
    to_y: float
    further: bool
    said: str


class Map(Record, kw_only=True):
    """One drawing."""

    high: float
    villages: tuple[Spot, ...]
    schools: tuple[Spot, ...]
    before: tuple[Path, ...]
    after: tuple[Path, ...]
    missing: int
    """Places without coordinates, which are not drawn."""

    def schools_before(self) -> list[Spot]:
        """Give the schools that stand today."""
        return [one for one in self.schools if one.kind in {"open", "closed"}]


def map_of(asked: Asked, found: LaidOut) -> Map | None:
    """Draw an answer; None where fewer than two places have coordinates."""
    points = [one for one in (*asked.villages, *asked.sites) if one is not None]
    if len(points) < 2:  # noqa: PLR2004 - one point has no extent
        return None
    place = _Placing(points, degrees=asked.degrees)
    question = found.question
    named = len(points) <= _NAMED
    most = max((one.pupils[-1] for one in question.villages), default=1) or 1
    villages = {
        one.village: Spot(
            name=one.village,
            x=place.x(point),
            y=place.y(point),
            r=round(max(_SMALLEST_DOT, _LARGEST_DOT * sqrt(one.pupils[-1] / most)), 1),
            named=named,
        )
        for one, point in zip(question.villages, asked.villages, strict=True)
        if point is not None
    }
    opened = set(found.laid.opened[-1]) if found.laid.opened else None
    schools = {
        one.site: Spot(
            name=one.site,
            x=place.x(point),
            y=place.y(point),
            kind=_kind(one.state, None if opened is None else at in opened),
            named=named,
        )
        for at, (one, point) in enumerate(zip(question.sites, asked.sites, strict=True))
        if point is not None
    }
    return Map(
        high=place.high,
        villages=tuple(villages.values()),
        schools=tuple(schools.values()),
        before=tuple(_before(found.walks, villages, schools)),
        after=tuple(_after(found.walks, villages, schools)),
        missing=len(asked.villages) + len(asked.sites) - len(points),
    )


def _kind(state: str, is_open: bool | None) -> str:  # noqa: FBT001 - None: nothing is known
    if state == "candidate":
        return "built" if is_open else "candidate"
    return "closed" if is_open is False else "open"


def _before(
    walks: Iterable[Walk], villages: dict[str, Spot], schools: dict[str, Spot]
) -> Iterable[Path]:
    for one in walks:
        start, end = villages.get(one.village), schools.get(one.now)
        if start is not None and end is not None:
            yield Path(
                start.x, start.y, end.x, end.y, further=False, said=f"{one.village} → {one.now}"
            )


def _after(
    walks: Iterable[Walk], villages: dict[str, Spot], schools: dict[str, Spot]
) -> Iterable[Path]:
    for one in walks:
        start = villages.get(one.village)
        for name, _, _ in one.there:
            end = schools.get(name)
            if start is not None and end is not None:
                further = (one.further or 0) > 0
                yield Path(
                    start.x, start.y, end.x, end.y, further=further, said=f"{one.village} → {name}"
                )


def _path(start: Spot, end: Spot, *, further: bool) -> Path:
    return Path(start.x, start.y, end.x, end.y, further, f"{start.name} → {end.name}")


class _Placing:
    """Leads from coordinates to places of the drawing, one scale for both directions."""

    def __init__(self, points: list[Point], *, degrees: bool) -> None:
        north = [float(point[1]) for point in points]
        # A degree east is shorter than one north by the latitude's cosine.
        self.wide = cos(radians(sum(north) / len(north))) if degrees else 1.0
        east = [float(point[0]) * self.wide for point in points]
        self.left, self.top = min(east), max(north)
        across, down = max(east) - self.left, self.top - min(north)
        inside = WIDE - 2 * _EDGE
        by_width = inside / across if across else inside
        by_height = (_HIGHEST - 2 * _EDGE) / down if down else by_width
        self.scale = min(by_width, by_height)
        self.high = round(max(_LOWEST, down * self.scale + 2 * _EDGE), 1)
        self.shift = (inside - across * self.scale) / 2

    def x(self, point: Point) -> float:
        """Give how far right coordinates lie."""
        east = float(point[0]) * self.wide - self.left
        return round(_EDGE + self.shift + east * self.scale, 1)

    def y(self, point: Point) -> float:
        """Give how far down coordinates lie; north is up."""
        return round(_EDGE + (self.top - float(point[1])) * self.scale, 1)
