"""How the lamps of deadlines change, and within how many days what was handed in is dealt with."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from xianxue.bureau.kinds.card import Card, Cited
from xianxue.bureau.values.sentence import Sentence, say

Days = Annotated[int, Meta(ge=0)]


class DueLamp(StrEnum):
    """How much of the time until a deadline is spent."""

    NONE = "none"
    """No deadline is set."""
    FAR = "far"
    NEAR = "near"
    BEHIND = "behind"
    LAST = "last"
    OVER = "over"
    DONE = "done"

    @property
    def term(self) -> Sentence:
        """The word for it.

        >>> DueLamp.LAST.term
        '将逾'
        """
        return {
            "none": say("没有期限"),
            "far": say("未到"),
            "near": say("临近"),
            "behind": say("滞后"),
            "last": say("将逾"),
            "over": say("逾期"),
            "done": say("办结"),
        }[self.value]


class DeadlineRules(Card, frozen=True, kw_only=True):
    """The rules of one county; there is one such card in force."""

    deadline_rules: str
    term: Sentence
    near: Days
    """With no more days left than these, the day of the deadline not counted, a lamp is 临近 …"""
    behind: Days
    """… with no more than these 滞后 …"""
    last: Days
    """… and with no more than these 将逾."""
    within: dict[str, Days] = {}
    """Step of a lifecycle to the days within which it is taken, once it is its turn."""
    source: Cited

    def lamp(self, due: date | None, today: date) -> DueLamp:
        """Choose the lamp of a deadline that is not met yet, as things stand on a day."""
        if due is None:
            return DueLamp.NONE
        left = (due - today).days
        if left < 0:
            return DueLamp.OVER
        steps = (
            (self.last, DueLamp.LAST),
            (self.behind, DueLamp.BEHIND),
            (self.near, DueLamp.NEAR),
        )
        return next((lamp for days, lamp in steps if left <= days), DueLamp.FAR)


def days_told(due: date | None, today: date) -> Sentence:
    """Say how long there is left.

    >>> due = date(2025, 9, 30)
    >>> days_told(due, date(2025, 9, 28)), days_told(due, date(2025, 10, 2))
    ('还剩 2 天', '逾期 2 天')
    >>> days_told(due, due), days_told(None, due)
    ('今天截止', '没有期限')
    """
    if due is None:
        return DueLamp.NONE.term
    left = (due - today).days
    if left < 0:
        return say("逾期 {n} 天", n=-left)
    return say("还剩 {n} 天", n=left) if left else say("今天截止")
