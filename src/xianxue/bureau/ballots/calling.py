"""Calls of a survey by telephone: how each ended, and whether replacing kept to its rule.

The rule: of a school and group the spares are taken in the order in which they were drawn, and one
only for somebody before who surely gives no whole answer. So nobody chooses who is asked, and all
who were tried stand below the line of the response rate, spares too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Final

from xianxue.bureau.ballots.drawing import Drawn, Layer
from xianxue.bureau.ballots.response import Dispositions
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say


class End(StrEnum):
    """How a call may end, by the letters the field shares (AAPOR)."""

    COMPLETE = "I"
    PARTIAL = "P"
    REFUSED = "R"
    NO_CONTACT = "NC"
    OTHER = "O"
    UNKNOWN_HOUSEHOLD = "UH"
    UNKNOWN_OTHER = "UO"
    NOT_ELIGIBLE = "NE"


TERMS: Final[Mapping[End, Sentence]] = {
    End.COMPLETE: say("完成"),
    End.PARTIAL: say("部分完成"),
    End.REFUSED: say("拒访"),
    End.NO_CONTACT: say("联系不上"),
    End.OTHER: say("因病等未访"),
    End.UNKNOWN_HOUSEHOLD: say("无人接听，不知是否住户"),
    End.UNKNOWN_OTHER: say("接通，不知是否调查对象"),
    End.NOT_ELIGIBLE: say("不是调查对象"),
}


class Call(Record, kw_only=True):
    """Somebody who was drawn, and how calling them ended; None where it has not."""

    drawn: Drawn
    end: End | None


class Called(Record, kw_only=True):
    """How far the calls have come."""

    ends: Mapping[End, int]
    waiting: int
    """Of those drawn first, of whom nothing is known yet."""
    lacking: Mapping[Layer, int]
    """Layers that have fewer whole answers than were wanted, and how many fewer."""
    early: tuple[Call, ...]
    """Spares who were called although nobody's place was free for them."""

    @property
    def dispositions(self) -> Dispositions:
        """Give the ends as rates are worked out from them."""
        return Dispositions(**{end.name.lower(): many for end, many in self.ends.items()})


def called(calls: Iterable[Call]) -> Called:
    """Look at calls in the order in which they were drawn."""
    layers: dict[Layer, list[Call]] = defaultdict(list)
    for one in calls:
        layers[one.drawn.listed.school, one.drawn.listed.group].append(one)
    ends: Counter[End] = Counter()
    waiting, lacking, early = 0, dict[Layer, int](), list[Call]()
    for at, mine in layers.items():
        mine.sort(key=lambda one: one.drawn.turn)
        ends.update(one.end for one in mine if one.end is not None)
        first = [one for one in mine if not one.drawn.spare]
        waiting += sum(one.end is None for one in first)
        short = len(first) - sum(one.end is End.COMPLETE for one in mine)
        if short > 0:
            lacking[at] = short
        early += _early(first, [one for one in mine if one.drawn.spare])
    return Called(
        ends={one: ends[one] for one in TERMS}, waiting=waiting, lacking=lacking, early=tuple(early)
    )


def _early(first: Sequence[Call], spares: Sequence[Call]) -> list[Call]:
    """Give the spares who were called out of turn, or for whom nobody's place was free."""
    free = sum(_free(one) for one in first)
    found: list[Call] = []
    passed = False
    for one in spares:
        if one.end is None:
            passed = True
            continue
        if passed or not free:
            found.append(one)
        else:
            # They take one place, and give it back where they do not answer either.
            free += _free(one) - 1
    return found


def _free(one: Call) -> bool:
    return one.end not in {None, End.COMPLETE}
