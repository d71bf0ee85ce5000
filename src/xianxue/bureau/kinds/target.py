"""How targets are judged (年度目标): when a lamp changes, and how a rate of completion is shown."""

from __future__ import annotations

from xianxue.bureau.kinds.card import Card, Cited, DatedValue
from xianxue.bureau.kinds.indicator import Show
from xianxue.bureau.values.sentence import Sentence


class TargetRules(Card, frozen=True, kw_only=True):
    """The rules of one county for its lamps; there is one such card in force."""

    target_rules: str
    term: Sentence
    yellow_within: list[DatedValue]
    """In per cent of the target: a forecast that stays behind it by no more is a yellow lamp; one
    that stays further behind is a red one."""
    earlier: int
    """The most earlier figures a trend is taken from."""
    show: Show
    """How 完成率 is written."""
    source: Cited
