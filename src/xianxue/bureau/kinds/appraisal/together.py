"""捆绑评价: how members of an alliance, a chain or a group are judged as one."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from xianxue.bureau.kinds.card import Card, Cited
from xianxue.bureau.values.sentence import Phrase, Sentence

Mean = Literal["mean", "weighted"]
"""简单平均, or 按学生数加权. They may differ by points, so that it is printed which one it is."""


class Gain(Card, frozen=True, kw_only=True):
    """增量另加分: what members that were below the group's mean are given for each point gained."""

    each: Decimal
    cap: Decimal
    """At most so many points a member."""


class TogetherRule(Card, frozen=True, kw_only=True):
    """How the results of members come to the result of all."""

    how: Literal["mean", "weighted", "blend", "gain"]
    """``mean`` and ``weighted`` give every member the group's; ``blend`` keeps a part of its own;
    ``gain`` adds to the weak ones that grew, before the mean is taken."""
    grouping: str = ""
    """The kind of group: alliance, chain, group, district."""
    by: str = ""
    """The indicator that weighs members (``weighted``): usually the number of pupils."""
    of: Mean = "mean"
    """Which mean ``blend`` and ``gain`` are taken with."""
    own: Decimal | None = None
    """a of ``blend``, between 0 and 1: a · own + (1 − a) · the group's."""
    gain: Gain | None = None
    note: Sentence = Phrase("")
    source: Cited
