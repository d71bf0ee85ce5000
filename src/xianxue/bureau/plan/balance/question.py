"""What is asked where teachers, or anything that can be counted, are to be spread more evenly."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from xianxue.bureau.values.record import Record

_HUNDRED = 100


class School(Record, kw_only=True):
    """One school, as it stands."""

    school: str
    pupils: int
    """1 or more."""
    teachers: int
    minimum: int | None = None
    """It keeps at least so many; None: nothing is said."""
    maximum: int | None = None
    fixed: bool = False
    """Nobody leaves and nobody comes."""
    rest: int = 0
    """What it has beside its teachers where they stand for lots of a question's ``lot``."""


class Floor(Record, kw_only=True):
    """A line that each school has to reach by itself, whatever the spread."""

    per_hundred: Fraction
    """Teachers per 100 pupils."""
    share: Fraction = Fraction(1)
    """The share of it that has to be reached."""

    def least(self, pupils: int) -> int:
        """Give the fewest teachers with whom so many pupils reach the line.

        >>> Floor(per_hundred=Fraction("0.9")).least(420), Floor(per_hundred=Fraction(1)).least(300)
        (4, 3)
        """
        needed = self.per_hundred * self.share * pupils / _HUNDRED
        return -(-needed.numerator // needed.denominator)


class Question(Record, kw_only=True):
    """Schools, and the rules that the answer has to keep."""

    schools: tuple[School, ...]
    """One or more, no name twice."""
    limit: Fraction | None = None
    """The spread is to be at most this; None: no limit."""
    floor: Floor | None = None
    most_moves: int | None = None
    hires: int = 0
    """So many teachers may be added at most."""
    hire_costs: Fraction = Fraction(1)
    """What an added teacher costs; a move costs ``move_costs``."""
    move_costs: Fraction = Fraction(1)
    lot: int = 1
    """So much is moved at once; other than 1 for money, of which ``teachers`` counts the lots."""

    def amounts(self, teachers: Sequence[int]) -> list[int]:
        """Give what the schools hold with so many teachers, or lots, each.

        >>> one = School(school="甲", pupils=10, teachers=3, rest=7)
        >>> Question(schools=(one,), lot=100).amounts([3])
        [307]
        """
        return [
            one.rest + self.lot * many for one, many in zip(self.schools, teachers, strict=True)
        ]


class Move(Record):
    """So many teachers go from one school to another."""

    start: str
    end: str
    count: int


class Hire(Record):
    """So many teachers are added at a school."""

    school: str
    count: int
