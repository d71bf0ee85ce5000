"""The four ways in which a number can be absent. None of them is zero."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Missing(Enum):
    """Why a cell holds no number.

    Two kinds take nothing away from a total, because nothing is there to be counted;
    the other two hide a number that exists, so a total over them is undetermined.

    >>> [kind.name for kind in Missing if kind.hides_a_number]
    ['NOT_ANSWERED', 'WITHHELD']
    """

    NOT_ASKED = "未要求填报"
    """The form does not ask this school for it (a kindergarten has no grade seven)."""
    NOT_ANSWERED = "未填"
    """The form asks, and the cell is blank."""
    NOT_APPLICABLE = "不适用"
    """The clerk says that the question does not apply; nothing is there to be counted."""
    WITHHELD = "不公开"
    """The number exists and is not given out."""

    @property
    def hides_a_number(self) -> bool:
        """Whether a total over this cell cannot be known."""
        return self in {Missing.NOT_ANSWERED, Missing.WITHHELD}


Amount = int | Missing
"""An amount in its smallest declared step (0.01 ㎡, 分), or the reason why there is none."""


def total(amounts: Iterable[Amount]) -> Amount:
    """Add amounts; a hidden number hides the sum, a number that does not exist takes nothing away.

    >>> total([3, Missing.NOT_ASKED, 4])
    7
    >>> total([3, Missing.NOT_ANSWERED, 4]).name
    'NOT_ANSWERED'
    >>> total([Missing.NOT_ASKED]).name
    'NOT_ASKED'
    """
    found: list[int] = []
    absent: list[Missing] = []
    for amount in amounts:
        if isinstance(amount, Missing):
            absent.append(amount)
        else:
            found.append(amount)
    # Before any sum: whatever else is known, a sum over a hidden number would be too small.
    hidden = next((kind for kind in absent if kind.hides_a_number), None)
    if hidden is not None:
        return hidden
    # A sum of what does not exist anywhere does not exist either: 0 would say that somebody counted
    # and found none.
    if found or not absent:
        return sum(found)
    return absent[0]
