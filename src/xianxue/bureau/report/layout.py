"""A profile's lengths in the units that Word counts in.

One point is 20 twips. Every length is computed from the profile; none stands here by itself.
"""

from __future__ import annotations

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Final
from unicodedata import east_asian_width

from xianxue.bureau.kinds.outline import Profile
from xianxue.bureau.values.record import Record

_POINT: Final = 20
_MILLIMETRE: Final = Decimal(1440) / Decimal("25.4")
# Marks of doubtful width (quotes, dashes) count as wide: our runs set them in the Chinese font.
_HALF_WIDTH: Final = frozenset({"H", "N", "Na"})


def twips(millimetres: Decimal) -> int:
    """Turn millimetres into twips, rounded to the nearest.

    >>> twips(Decimal(210))
    11906
    """
    return int((millimetres * _MILLIMETRE).quantize(Decimal(1), ROUND_HALF_UP))


def points(size: Decimal) -> int:
    """Turn points into twips.

    >>> points(Decimal("28.95"))
    579
    """
    return int((size * _POINT).quantize(Decimal(1), ROUND_HALF_UP))


def half_points(size: Decimal) -> int:
    """Turn a size of type into half points, as Word has it.

    >>> half_points(Decimal("10.5"))
    21
    """
    return int(size * 2)


def width_in_characters(text: str) -> Decimal:
    """Measure a text in Chinese characters; digits and Latin letters are half as wide.

    >>> width_in_characters("2025年12月31日")
    Decimal('7')
    """
    halves = sum(1 if east_asian_width(char) in _HALF_WIDTH else 2 for char in text)
    return Decimal(halves) / 2


class Layout(Record):
    """A page, in twips."""

    profile: Profile

    @property
    def text_width(self) -> int:
        """The width of the 版心."""
        return self.page_width - self.left - self.right

    @property
    def page_width(self) -> int:
        """The width of the paper."""
        return twips(self.profile.page_width)

    @property
    def page_height(self) -> int:
        """The height of the paper."""
        return twips(self.profile.page_height)

    @property
    def top(self) -> int:
        """天头."""
        return twips(self.profile.margin_top)

    @property
    def left(self) -> int:
        """订口."""
        return twips(self.profile.margin_left)

    @property
    def right(self) -> int:
        """What remains to the right of the 版心."""
        profile = self.profile
        return twips(profile.page_width - profile.margin_left - profile.type_width)

    @property
    def bottom(self) -> int:
        """What remains below the 版心."""
        profile = self.profile
        return twips(profile.page_height - profile.margin_top - profile.type_height)

    @property
    def text_height(self) -> int:
        """The height of the 版心."""
        return self.page_height - self.top - self.bottom

    @property
    def pitch(self) -> int:
        """From line to line."""
        return points(self.profile.line_pitch)

    @property
    def indent(self) -> int:
        """Two characters: how far a paragraph's first line is moved in."""
        return 2 * points(self.profile.body_size)

    @property
    def compression(self) -> int:
        """By how much the space between characters is changed so that a line holds its number.

        28 characters of 16 points are 158.04 mm, wider than 156 mm: without this only 27 fit.
        """
        room = Decimal(self.text_width) / self.profile.characters_per_line
        # Down and never up: a twip too many in each gap, and the last character goes to the next
        # line.
        change = (room - points(self.profile.body_size)).to_integral_value(ROUND_FLOOR)
        return min(int(change), 0)

    @property
    def character(self) -> int:
        """How wide a body character is with the space after it."""
        return points(self.profile.body_size) + self.compression

    @property
    def footer(self) -> int:
        """From the edge of the paper to the bottom of the page number.

        The dashes stand in the middle of a line as high as the type.
        """
        size = points(self.profile.page_number_size)
        return self.bottom - twips(self.profile.page_number_gap) - size // 2
