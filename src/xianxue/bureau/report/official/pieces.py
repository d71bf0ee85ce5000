"""Pieces of WordprocessingML that official documents need: borders, tabs, order of properties."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal

from xianxue.bureau.report import styles
from xianxue.bureau.report.ooxml import Element, name, w

_ORDER: Final = (
    "pStyle",
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "pBdr",
    "tabs",
    "spacing",
    "ind",
    "jc",
    "sectPr",
)
"""Word refuses a paragraph whose properties stand in another order."""
_RANK: Final = {name(tag): rank for rank, tag in enumerate(_ORDER)}
_EIGHTHS: Final = 8
_POINTS_PER_MILLIMETRE: Final = Decimal(72) / Decimal("25.4")

Side = Literal["top", "bottom", "insideH"]


def give(paragraph: Element, *properties: Element) -> Element:
    """Give a paragraph properties of its own; each kind is written once, in Word's order."""
    own = paragraph[0]
    for one in properties:
        for old in own.findall(str(one.tag)):
            own.remove(old)
        own.append(one)
    own[:] = sorted(own, key=lambda element: _RANK[str(element.tag)])
    return paragraph


def line(
    side: Side, weight: Decimal, color: str, gap: Decimal = Decimal(0), kind: str = "single"
) -> Element:
    """Draw a line above or below a paragraph: its weight in points, its gap in millimetres."""
    return w(
        side,
        val=kind,
        sz=int((weight * _EIGHTHS).quantize(Decimal(1), ROUND_HALF_UP)),
        space=int((gap * _POINTS_PER_MILLIMETRE).quantize(Decimal(1), ROUND_HALF_UP)),
        color=color,
    )


def millimetres(weight: Decimal) -> Decimal:
    """Turn the weight of a line from millimetres into points."""
    return weight * _POINTS_PER_MILLIMETRE


def typeface(run: Element, east_asian: str, latin: str) -> Element:
    """Set a run in another typeface than its paragraph's."""
    fonts = styles.fonts(east_asian, latin)
    fonts.set(name("hint"), "eastAsia")
    run[0][:] = [fonts]
    return run
