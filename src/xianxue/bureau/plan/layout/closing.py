"""What has to be said of schools that a layout closes, and of the little ones who walk for it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

from xianxue.bureau.plan.layout.walks import Walk
from xianxue.bureau.values.record import Record

Corner = tuple[Fraction, Fraction]


class LongWay(Record, kw_only=True):
    """A village whose pupils of the lower grades walk longer than they may."""

    village: str
    pupils: int | None
    """How many at most; None where they are so few that no number is told."""
    minutes: int
    """Of the longest way, made whole upward."""


class Boarders(Record, kw_only=True):
    """Pupils of the upper grades who would have to board at a school, and the beds there are."""

    school: str
    pupils: int
    beds: int | None
    """None where nobody has said."""

    @property
    def lacking(self) -> int | None:
        """How many beds lack; None where it is not known."""
        return None if self.beds is None else max(0, self.pupils - self.beds)


def missing_steps(requires: Sequence[str], documented: Collection[str]) -> tuple[str, ...]:
    """Give what has not been documented, in the order of the rule.

    >>> missing_steps(["argument", "hearing", "notice"], {"hearing"})
    ('argument', 'notice')
    """
    return tuple(step for step in requires if step not in documented)


def long_ways(
    walks: Sequence[Walk], low: Mapping[str, int], metres: int, pace: Fraction, few: int
) -> list[LongWay]:
    """Give the villages whose lower grades walk further than so many metres, the longest first.

    Of a village that is split nobody knows who goes where: all of its lower grades may.
    """
    found: list[LongWay] = []
    for one in walks:
        pupils = low.get(one.village, 0)
        if pupils and one.farthest > metres:
            time = -(-Fraction(one.farthest) // pace)
            told = pupils if pupils >= few else None
            found.append(LongWay(village=one.village, pupils=told, minutes=int(time)))
    return sorted(found, key=lambda one: one.minutes, reverse=True)


def boarders(
    walks: Sequence[Walk], low: Mapping[str, int], beds: Mapping[str, int], metres: int
) -> list[Boarders]:
    """Give how many of the upper grades live too far from each school to walk.

    The lower grades do not board; where a village is split they are taken off the nearest school.
    """
    needed: dict[str, int] = {}
    for one in walks:
        little = low.get(one.village, 0)
        for school, pupils, far in sorted(one.there, key=lambda way: way[2]):
            upper = max(0, pupils - little)
            little = max(0, little - pupils)
            if far > metres and upper:
                needed[school] = needed.get(school, 0) + upper
    return [
        Boarders(school=school, pupils=many, beds=beds.get(school))
        for school, many in sorted(needed.items())
    ]


def inside(point: Corner, corners: Sequence[Corner]) -> bool:
    """Whether a point lies within an area, by how often a line to the east leaves it.

    >>> square = [(Fraction(x), Fraction(y)) for x, y in ((0, 0), (4, 0), (4, 4), (0, 4))]
    >>> inside((Fraction(1), Fraction(1)), square), inside((Fraction(5), Fraction(1)), square)
    (True, False)
    """
    x, y = point
    within = False
    for (x1, y1), (x2, y2) in zip(corners, [*corners[1:], *corners[:1]], strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            within = not within
    return within
