"""The frame of marks: one line a pupil, and nothing in it that says who the pupil is.

| column | type | what |
|---|---|---|
| ``row`` | Int64 | the line's number; who the pupil is lies elsewhere, under the same one |
| ``school`` | String | its code |
| ``class`` | String | its name inside the school; empty where none is given |
| ``track`` | String | its code; empty where none is given |
| ``m.SUBJECT`` | Int32 | the mark in hundredths of a point; null where there is none |
| ``w.SUBJECT`` | Int8 | why there is none, a ``Why``; 0 where there is a mark |

Computing adds ``s.SUBJECT`` (Int32, hundredths: what a mark becomes by 等级赋分), ``total`` (Int32,
hundredths), ``short`` (Int32: for how many subjects without a mark the total is null) and the
ranks, and writes school, class and track as the engine codes them. A mark of 0 is a mark.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from typing import Final

from xianxue.bureau.kinds.exams.examination import Examination
from xianxue.bureau.values.sentence import Sentence, say

ROW: Final = "row"
SCHOOL: Final = "school"
CLASS: Final = "class"
TRACK: Final = "track"
TOTAL: Final = "total"
SHORT: Final = "short"
RANK: Final = "rank"
RANK_TRACK: Final = "rank_track"
RANK_SCHOOL: Final = "rank_school"
RANK_CLASS: Final = "rank_class"
CLASSES: Final = (SCHOOL, CLASS, TRACK)
"""The smallest groups: a class is one inside its school."""
STEPS: Final = 100
"""Hundredths in a point."""


class Why(IntEnum):
    """Why a pupil has no mark in a subject."""

    MARK = 0
    """There is one."""
    ABSENT = 1
    EXEMPT = 2
    VOID = 3
    """作弊、违纪: there was a paper, and its mark does not count."""
    NOT_CHOSEN = 4
    BLANK = 5
    """Nobody said why."""
    OTHER_TRACK = 6

    @property
    def term(self) -> Sentence:
        """As it is printed."""
        return _TERMS[self]


_TERMS: Final[Mapping[Why, Sentence]] = {
    Why.MARK: say("有成绩"),
    Why.ABSENT: say("缺考"),
    Why.EXEMPT: say("免考"),
    Why.VOID: say("违纪作弊"),
    Why.NOT_CHOSEN: say("未选考"),
    Why.BLANK: say("空白"),
    Why.OTHER_TRACK: say("本科类不考"),
}
NOT_SITTING: Final = (Why.NOT_CHOSEN, Why.OTHER_TRACK)
"""Who has one of these was never to sit the subject: nothing is missing of the total."""
ENTERED: Final = (Why.MARK, Why.ABSENT, Why.VOID, Why.BLANK)
"""Who has one of these was to sit the subject; who is exempt was not."""


def mark_of(subject: str) -> str:
    """Name the column of a subject's marks."""
    return f"m.{subject}"


def why_of(subject: str) -> str:
    """Name the column that says why there is no mark."""
    return f"w.{subject}"


def scaled_of(subject: str) -> str:
    """Name the column of a subject's scaled marks."""
    return f"s.{subject}"


def layout(card: Examination) -> dict[str, str]:
    """Give the columns of a kind of examination in order, each with the name of its type."""
    columns = {ROW: "Int64", SCHOOL: "String", CLASS: "String", TRACK: "String"}
    for one in card.subjects:
        columns |= {mark_of(one.subject): "Int32", why_of(one.subject): "Int8"}
    return columns


def hundredths(points: Decimal) -> int:
    """Give a mark as the frame has it; ValueError where it is finer than a hundredth.

    >>> hundredths(Decimal("85.5")), hundredths(Decimal(0))
    (8550, 0)
    """
    exact = Fraction(points) * STEPS
    if exact.denominator != 1:
        message = f"a mark has at most two decimals, got {points}"
        raise ValueError(message)
    return exact.numerator


def in_points(steps: int) -> Fraction:
    """Give a mark, or a sum of marks, of the frame in points.

    >>> in_points(8550)
    Fraction(171, 2)
    """
    return Fraction(steps, STEPS)
