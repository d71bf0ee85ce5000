"""Pictures of results, drawn of exact numbers and shown to the nearest point of the picture.

What stands in a picture are digits alone, in the letters that the drawing library brings with it:
a machine without Chinese letters draws the same. Names stand in the document, by their numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from math import cos, pi, sin
from typing import TYPE_CHECKING, Final

from xianxue.bureau.records.occasion import Bars
from xianxue.bureau.report.text import Picture
from xianxue.bureau.values.record import Record

if TYPE_CHECKING:
    from PIL import ImageDraw

_WIDE: Final = 1500
_MARGIN: Final = 90
_INK: Final = (40, 40, 40)
_GRID: Final = (215, 215, 215)
_GREY: Final = (140, 140, 140)
_BLUE: Final = (52, 101, 164)
_PALE: Final = (178, 203, 232)
_RED: Final = (190, 50, 40)
_LETTERS: Final = 30
_MILLIMETRES: Final = 150
_TICKS: Final = 6
_HEAD: Final = 50
"""Points above the highest bar: for the number on it."""
_FOOT: Final = 60
_FILLED: Final = 0.84
"""Of the room of a group, what its bars take."""
_WIDEST: Final = 170
"""Points of the widest bar: two alone must not become walls."""


class Strip(Record):
    """One row of a picture of boxes or intervals, in any unit: five numbers, or three."""

    low: float
    lower: float
    middle: float
    upper: float
    high: float


class Bar(Record):
    """One bar: from where to where, and how many."""

    low: float
    high: float
    many: int


def narrowest(bars: Sequence[Bar]) -> float:
    """Give the width, in points, of which a picture of bars writes the heights."""
    return min(bar.high - bar.low for bar in bars)


def distribution(bars: Sequence[Bar], lines: Sequence[float], caption: str, said: str) -> Picture:
    """Draw how many have which total; lines stand upright at their heights."""
    page = _Page(700)
    least, most = min(bar.low for bar in bars), max(bar.high for bar in bars)
    # A wider bar is lower: its area is its pupils, so that bars of two widths can be compared.
    unit = narrowest(bars)
    dense = [bar.many * unit / (bar.high - bar.low) for bar in bars]
    across = _Scale(least, most, _MARGIN, _WIDE - _MARGIN)
    up = _Scale(0, max(*dense, 1), page.high - _MARGIN, _MARGIN)
    page.grid_across(across)
    for bar, height in zip(bars, dense, strict=True):
        box = (across(bar.low) + 1, up(height), across(bar.high) - 1, up(0))
        page.draw.rectangle(box, fill=_PALE, outline=_BLUE)
    for at in _ticks(0, max(*dense, 1)):
        page.text(f"{at:g}", _MARGIN - 12, up(at), "rm")
    for number, line in enumerate(lines, start=1):
        page.draw.line((across(line), _MARGIN - 20, across(line), up(0)), fill=_RED, width=4)
        page.text(str(number), across(line), _MARGIN - 24, "mb", _RED)
    return page.picture(caption, said)


def boxes(
    strips: Sequence[Strip], middle: float | None, caption: str, said: str, *, box: bool = True
) -> Picture:
    """Draw a row a group, numbered from the top: a box with its whiskers, or an interval."""
    page = _Page(2 * _MARGIN + 52 * max(len(strips), 1))
    least = min(strip.low for strip in strips)
    most = max(strip.high for strip in strips)
    pad = (most - least) / 20 or 1
    across = _Scale(least - pad, most + pad, _MARGIN, _WIDE - _MARGIN)
    page.grid_across(across)
    if middle is not None:
        at = across(middle)
        page.draw.line((at, _MARGIN, at, page.high - _MARGIN), fill=_RED, width=3)
    for number, strip in enumerate(strips, start=1):
        y = _MARGIN + 52 * number - 26
        page.text(str(number), _MARGIN - 14, y, "rm")
        page.draw.line((across(strip.low), y, across(strip.high), y), fill=_BLUE, width=3)
        for end in (strip.low, strip.high):
            page.draw.line((across(end), y - 9, across(end), y + 9), fill=_BLUE, width=3)
        if box:
            edges = (across(strip.lower), y - 15, across(strip.upper), y + 15)
            page.draw.rectangle(edges, fill=_PALE, outline=_BLUE, width=3)
            at = across(strip.middle)
            page.draw.line((at, y - 15, at, y + 15), fill=_INK, width=4)
        else:
            at = across(strip.middle)
            page.draw.ellipse((at - 9, y - 9, at + 9, y + 9), fill=_BLUE)
    return page.picture(caption, said)


def radar(mine: Sequence[float], theirs: Sequence[float], caption: str, said: str) -> Picture:
    """Draw shares from 0 to 1 on axes numbered clockwise from the top, over the base."""
    page = _Page(620, wide=800)
    centre = (page.wide / 2, page.high / 2)
    reach = page.high / 2 - _MARGIN

    def point(axis: int, share: float) -> tuple[float, float]:
        angle = 2 * pi * axis / len(mine) - pi / 2
        return centre[0] + cos(angle) * reach * share, centre[1] + sin(angle) * reach * share

    for ring in (0.25, 0.5, 0.75, 1.0):
        page.draw.polygon([point(axis, ring) for axis in range(len(mine))], outline=_GRID)
        page.text(f"{ring:.0%}", centre[0] + 8, centre[1] - reach * ring, "lm", _GREY)
    for axis in range(len(mine)):
        page.draw.line((*centre, *point(axis, 1)), fill=_GRID, width=2)
        page.text(str(axis + 1), *point(axis, 1.1), "mm")
    for shares, colour in ((theirs, _RED), (mine, _BLUE)):
        corners = [point(axis, share) for axis, share in enumerate(shares)]
        page.draw.line([*corners, corners[0]], fill=colour, width=5)
    return page.picture(caption, said)


def side_by_side(bars: Bars) -> tuple[bytes, tuple[int, int]]:
    """Draw groups of bars, numbered from the left, the last of each group in the deepest blue.

    Gives the PNG and its points across and down. What has no number has no bar: its place stays
    free.
    """
    dots = _WIDE // _MILLIMETRES
    page = _Page(bars.high * dots, bars.wide * dots)
    margin = _MARGIN // 3
    heights = [[None if one is None else float(one) for one in of] for of in bars.groups]
    most = max((one for of in heights for one in of if one is not None), default=1) or 1
    up = _Scale(0, max(most, 0), page.high - _FOOT, _HEAD)
    room = (page.wide - 2 * margin) / len(heights)
    for number, (of, labels) in enumerate(zip(heights, bars.labels, strict=True), start=1):
        left = margin + (number - 1) * room
        wide = min(room * _FILLED / len(of), _WIDEST)
        start = left + (room - wide * len(of)) / 2
        for at, (one, label) in enumerate(zip(of, labels, strict=True)):
            if one is None:
                continue
            fill = _BLUE if at == len(of) - 1 else _PALE
            box = (start + at * wide + 2, up(max(one, 0)), start + (at + 1) * wide - 2, up(0))
            page.draw.rectangle(box, fill=fill, outline=_BLUE)
            page.text(label, start + (at + 0.5) * wide, up(max(one, 0)) - 6, "mb")
        page.text(str(number), left + room / 2, page.high - _FOOT + 10, "mt")
    page.draw.line((margin, up(0), page.wide - margin, up(0)), fill=_INK, width=3)
    held = BytesIO()
    page.image.save(held, "PNG")
    return held.getvalue(), (page.wide, page.high)


class _Scale:
    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        self.low, self.high = low, high if high > low else low + 1
        self.start, self.end = start, end

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


class _Page:
    def __init__(self, high: int, wide: int = _WIDE) -> None:
        from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415 - loads slowly

        self.high, self.wide = high, wide
        self.image = Image.new("RGB", (wide, high), (255, 255, 255))
        self.draw: ImageDraw.ImageDraw = ImageDraw.Draw(self.image)
        self.font = ImageFont.load_default(_LETTERS)

    def text(
        self, text: str, x: float, y: float, anchor: str, fill: tuple[int, int, int] = _INK
    ) -> None:
        self.draw.text((x, y), text, fill=fill, font=self.font, anchor=anchor)

    def grid_across(self, across: _Scale) -> None:
        bottom = self.high - _MARGIN
        for at in _ticks(across.low, across.high):
            self.draw.line((across(at), _MARGIN, across(at), bottom), fill=_GRID, width=2)
            self.text(f"{at:g}", across(at), bottom + 10, "mt")
        self.draw.line((across.start, bottom, across.end, bottom), fill=_INK, width=3)

    def picture(self, caption: str, said: str) -> Picture:
        held = BytesIO()
        self.image.save(held, "PNG")
        return Picture((caption,), held.getvalue(), _MILLIMETRES, (self.wide, self.high), said)


def _ticks(low: float, high: float) -> list[float]:
    """Give round numbers between two, some six of them."""
    rough = (high - low) / _TICKS
    size = 10.0 ** (len(str(int(rough))) - 1) if rough >= 1 else 0.01
    while rough < 1 and size * 10 <= rough:
        size *= 10
    step = next(size * one for one in (1, 2, 5, 10, 20) if size * one >= rough)
    first = int(low // step) + (low % step > 0)
    return [round(step * at, 6) for at in range(first, int(high // step) + 1)]
