"""Who votes or answers, told apart only by what a slip says: the group it was handed out to."""

from __future__ import annotations

from decimal import Decimal

from xianxue.bureau.kinds.card import Card
from xianxue.bureau.values.sentence import Phrase, Sentence


class VoterGroup(Card, frozen=True, kw_only=True):
    """People who are counted together: 领导班子, 中层, 教职工, 家长."""

    group: str
    term: Sentence
    weight: Decimal | None = None
    """Per cent of all groups together, exactly; None of every group where papers are added up."""
    note: Sentence = Phrase("")
