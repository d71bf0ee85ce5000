"""Words and lamps of ledgers, as all their pages say them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from xianxue.bureau.kinds.deadline_rules import days_told
from xianxue.bureau.kinds.ledgers.clock import Light
from xianxue.bureau.values.sentence import Sentence, say

LAMPS: Final[Mapping[Light | str | None, str]] = {
    "red": "over",
    "orange": "last",
    "yellow": "behind",
    "blue": "near",
}
"""The kit's picture of a lamp, by the colour that a card gives it."""
COLOURS: Final[Mapping[str, Sentence]] = {
    "red": say("红（逾期）"),
    "orange": say("橙"),
    "yellow": say("黄"),
    "blue": say("蓝"),
    "paused": say("暂停"),
    "open": say("没有亮灯"),
    "closed": say("已办结"),
}


def lamp_of(light: str | None) -> str:
    """Give the kit's name of a lamp."""
    return LAMPS.get(light, "far")


def left_of(due: date | None, today: date, *, paused: bool = False) -> Sentence:
    """Say how much time is left."""
    if paused and due is None:
        return say("暂停")
    return days_told(due, today)
