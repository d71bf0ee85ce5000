"""Groups put in an order by a share, each with its interval: who can be told from whom.

A sample tells a school's rate only so far. The interval is Wilson's of 95 in 100; the places that
a group may have are one more than the groups that are surely better, and all less those surely
worse. Ends are worked out to thirty decimals, so that none is decided by a binary float.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from xianxue.bureau.exams.comparing import in_order
from xianxue.bureau.exams.statistics import Share
from xianxue.bureau.values.exact import Radical
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import half_up
from xianxue.bureau.values.sentence import Sentence

_NORMAL: Final = Fraction("1.959964")
"""Standard errors on either side of an interval that holds 95 of 100."""
_DIGITS: Final = 30
_ONE: Final = Decimal(1)
_NONE: Final = Decimal(0)


class Interval(Record):
    """Where a share lies 95 times of 100."""

    low: Decimal
    high: Decimal


def interval(part: int, base: int) -> Interval | None:
    """Give Wilson's interval of a share; None of nobody.

    >>> made = interval(8, 10)
    >>> round(made.low, 4), round(made.high, 4)
    (Decimal('0.4902'), Decimal('0.9433'))
    """
    if not base:
        return None
    square = _NORMAL**2
    under = base + square
    middle = (part + square / 2) / under
    reach = square * (Fraction(part * (base - part), base) + square / 4) / under**2
    high = half_up(Radical(reach, 2, Fraction(1), middle), _DIGITS)
    # The lower end is the upper one, seen from the other side of the middle.
    low = half_up(2 * middle, _DIGITS) - high
    return Interval(max(low, _NONE), min(high, _ONE))


class Ranked(Record, kw_only=True):
    """A group in the order."""

    group: str
    share: Share
    within: Interval | None
    place: int | None
    """By the share alone, equals alike: 1, 2, 2, 4; None of nobody."""
    best: int | None
    worst: int | None
    """The places that its interval leaves open."""


def ranked(shares: Mapping[str, Share]) -> Sequence[Ranked]:
    """Put groups in order by their shares, the highest first."""
    values: dict[str, Fraction | Sentence] = {group: one.value for group, one in shares.items()}
    reach = {group: interval(one.part, one.base) for group, one in shares.items()}
    known = [one for one in reach.values() if one is not None]
    found: list[Ranked] = []
    for one in in_order(values):
        mine = reach[one.group]
        found.append(
            Ranked(
                group=one.group,
                share=shares[one.group],
                within=mine,
                place=one.place,
                best=None if mine is None else 1 + sum(each.low > mine.high for each in known),
                worst=None
                if mine is None
                else len(known) - sum(each.high < mine.low for each in known),
            )
        )
    return found
