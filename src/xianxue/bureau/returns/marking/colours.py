"""The colours of marks, and how the fill they cover is found again.

A mark's colour is one of a small family; which one it is says what the cell looked like before.
So a row that is inserted, sorted or copied carries the way back with it, and a program that
saves the workbook anew and numbers its styles afresh does no harm.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal

from xianxue.bureau.values.record import Record

Look = Literal["must_fix", "explain", "reason"]

_BASES: Final[dict[Look, int]] = {
    "must_fix": 0xFF9090,
    "explain": 0xFFD060,
    "reason": 0xFDF0E0,
}
_LOW: Final = 0x000F0F
_RGB = re.compile(r'<fgColor\b[^>]*\brgb="([0-9A-Fa-f]{8})"')
_PREFIX = re.compile(r"(</?)\w+:")
_PARTS: Final = 3
_SOLID: Final = 'patternType="solid"'

NO_FILL: Final = '<fill><patternFill patternType="none"/></fill>'


class Before(Record):
    """What a marked cell was."""

    look: Look
    fresh: bool
    """There was no cell at all, only the style of its row or column."""
    fill: str
    """The fill it had, as XML without prefixes."""


class Palette:
    """The colours in use in one workbook."""

    def __init__(self) -> None:
        self._colours: dict[Before, str] = {}

    def colour(self, before: Before) -> str:
        """Give the colour for a look over a fill, as eight hexadecimal digits."""
        known = self._colours.get(before)
        if known is None:
            number = sum(each.look == before.look for each in self._colours)
            # The last colour of a family serves all that would come after it.
            number = min(number, 0xFF)
            value = _BASES[before.look] + (number & 0xF) + ((number >> 4) << 8)
            known = self._colours[before] = f"FF{value:06X}"
        return known

    def lines(self) -> list[tuple[str, str, str]]:
        """Give the table by which a later reader knows the colours again."""
        return [
            (colour, "fresh" if before.fresh else "cell", before.fill)
            for before, colour in self._colours.items()
        ]


def known_colours(lines: Iterable[Sequence[str]]) -> dict[str, Before]:
    """Read that table; what is no line of it is left out."""
    found: dict[str, Before] = {}
    for colour, kind, fill, *_ in (line for line in lines if len(line) >= _PARTS):
        look = _family(colour)
        if look is not None and kind in {"cell", "fresh"} and fill.startswith("<fill"):
            found.setdefault(colour, Before(look, kind == "fresh", fill))
    return found


def before_of(fill: str, known: Mapping[str, Before], *, guess: bool) -> Before | None:
    """Say what a fill covers, if it is one of ours.

    ``guess``: the table is lost; a colour of the families then covers nothing.
    """
    found = _RGB.search(fill)
    if found is None or _SOLID not in fill:
        return None
    colour = found[1].upper()
    before = known.get(colour)
    if before is not None or not guess:
        return before
    look = _family(colour)
    return Before(look, fresh=False, fill=NO_FILL) if look else None


def fill_of(colour: str) -> str:
    """Give the fill of a colour."""
    return (
        f'<fill><patternFill {_SOLID}><fgColor rgb="{colour}"/><bgColor indexed="64"/>'
        "</patternFill></fill>"
    )


def without_prefixes(xml: str) -> str:
    """Give a fill's XML as it is without a namespace prefix."""
    return _PREFIX.sub(r"\1", xml)


def with_prefix(xml: str, prefix: str) -> str:
    """Give a fill's XML with a namespace prefix."""
    return re.sub(r"(</?)(?=\w)", rf"\1{prefix}", xml)


def _family(colour: str) -> Look | None:
    try:
        value = int(colour, 16) & 0xFFFFFF
    except ValueError:
        return None
    return next((look for look, base in _BASES.items() if value & ~_LOW == base), None)
