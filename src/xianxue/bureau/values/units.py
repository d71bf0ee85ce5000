"""Units: a closed table, so that a unit is something that refuses, not a string that hopes.

An amount is kept as a whole number of the unit's smallest step; ``decimals`` says how many
decimals the step has (0.01 ㎡ is two). Sums and comparisons of whole numbers are exact on
every engine.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say


class Unit(Record):
    """One unit of the table."""

    code: str
    """The name used in cards."""
    term: str
    """The Chinese word printed after a number."""
    dimension: str
    """Units are added and compared only within one dimension."""
    decimals: int = 0
    """Decimals of the smallest step an amount is kept in."""
    per: int = 1
    """What a ratio is multiplied by when shown in this unit (100 for per cent)."""

    @property
    def noun(self) -> str:
        """The word without the measure word before it.

        >>> UNITS["class"].noun, UNITS["person"].noun
        ('班', '人')
        """
        return _NOUNS.get(self.code, self.term)

    @property
    def step(self) -> int:
        """How many smallest steps make one whole unit.

        >>> UNITS["square_metre"].step
        100
        """
        return 10**self.decimals

    @property
    def adds(self) -> bool:
        """Whether amounts of several rows or places have a total: people have, grades have not.

        >>> UNITS["person"].adds, UNITS["level"].adds, UNITS["percent"].adds
        (True, False, False)
        """
        # A quotient never adds: two schools' averages together are no average.
        return "/" not in self.dimension and self.dimension not in _NEVER_ADDED

    def in_whole_units(self, amount: int) -> Fraction:
        """Turn an amount in smallest steps into whole units, exactly.

        >>> UNITS["square_metre"].in_whole_units(450)
        Fraction(9, 2)
        """
        return Fraction(amount, self.step)


_NOUNS = {"class": say("班"), "percentage_point": say("百分点")}
"""Where the term begins with a measure word."""

_NEVER_ADDED = frozenset(
    {"year", "score", "level", "number", "share", "spread", "share points", "rank"}
)
"""Dimensions whose sum means nothing. A bare number is among them: nobody says what it counts."""

_TABLE = (
    Unit("person", say("人"), "people"),
    Unit("school", say("所"), "schools"),
    Unit("class", say("个班"), "classes"),
    Unit("volume", say("册"), "books"),
    Unit("room", say("间"), "rooms"),
    Unit("square_metre", say("平方米"), "area", decimals=2),
    Unit("yuan", say("元"), "money", decimals=2),
    Unit("hour", say("学时"), "time"),
    Unit("year", say("年"), "year"),
    Unit("point", say("分"), "score", decimals=2),
    Unit("answer", say("份"), "answers"),
    Unit("level", say("级"), "level"),
    Unit("item", say("项"), "items"),
    Unit("one", "", "number"),
    # 校际差异率 is filed with four decimals.
    Unit("rate", "", "number", decimals=4),
    Unit("percent", "%", "share", per=100),
    # What a share has changed by; a share itself it is never added to.
    Unit("percentage_point", say("个百分点"), "share points"),
    Unit("place", say("位"), "rank"),
    Unit("people_per_hundred", say("人"), "people/people", per=100),
    Unit("rooms_per_hundred", say("间"), "rooms/people", per=100),
    Unit("square_metre_per_person", say("平方米"), "area/people"),
    Unit("yuan_per_person", say("元"), "money/people"),
    Unit("point_per_person", say("分"), "score/people"),
    Unit("point_per_school", say("分"), "score/schools"),
    Unit("volumes_per_person", say("册"), "books/people"),
    Unit("people_per_person", say("人"), "people/people"),
    Unit("people_per_class", say("人"), "people/classes"),
    Unit("people_per_school", say("人"), "people/schools"),
    # As the national standard on balance counts rooms for music and art: by twelve classes.
    Unit("rooms_per_12_classes", say("间"), "rooms/classes", per=12),
    Unit("coefficient", "", "spread"),
)

LARGEST: Final = 10**13
"""No amount may be larger, in smallest steps (100 thousand million yuan): the sums of a whole
country then stay within 64 bits, and a slip of the decimal point is caught."""
LARGEST_COUNT: Final = 10**9 - 1
"""Nor any number of people or things: one of ten digits and more is a number of another kind, a
school's code, a mobile telephone, somebody's identity number. No county counts that many."""


class TooLargeError(ValueError, OverflowError):
    """An amount that cannot be counted exactly; the message is Chinese and says whose it is."""


UNITS: dict[str, Unit] = {unit.code: unit for unit in _TABLE}
"""Every unit a card may name."""


def ratio_dimension(numerator: Unit, denominator: Unit) -> str:
    """Say what kind of thing a quotient is: a share when both sides count the same thing.

    >>> ratio_dimension(UNITS["square_metre"], UNITS["person"])
    'area/people'
    >>> ratio_dimension(UNITS["person"], UNITS["person"])
    'share'
    """
    if numerator.dimension == denominator.dimension:
        return "share"
    return f"{numerator.dimension}/{denominator.dimension}"
