"""Norms of planning: dated, cited, and no two for the same schools on the same day."""

from __future__ import annotations

from datetime import date
from typing import Final

from xianxue.bureau.kinds.plan.norms import NormValue, PlanningNorms
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.cited import check_cited, check_dated, finite
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.origin import Spot

_MANY: Final = 10**6
"""No school has so many classes."""


def check_plannings(look: Look) -> None:
    """Check every card of planning norms."""
    card: PlanningNorms
    for at, card in look.each("planning"):
        check_cited(look, at.at("source"), card.source)
        for number, value in enumerate(card.values):
            here = at.at("values", number)
            check_dated(look, here, value)
            finite(here.at("value"), value.value)
            _check_one(here, value)
            for earlier, other in enumerate(card.values[:number]):
                if _same_schools(value, other):
                    _complain(here, at.at("values", earlier))
        for name, rules in (("retiring", card.retiring), ("closing", card.closing)):
            for number, rule in enumerate(rules):
                check_dated(look, at.at(name, number), rule)


def _check_one(here: Spot, value: NormValue) -> None:
    if value.value.is_finite() and value.value <= 0:
        saw = say("规划指标的值是 {n}", n=value.value)
        here.at("value").complain("C-PLANNING", saw, say("大于 0 的数"))
    if value.least is not None and value.most is not None and value.most < value.least:
        saw = say("{least} 班以上、{most} 班以下", least=value.least, most=value.most)
        here.at("most").complain("C-PLANNING", saw, say("most 不小于 least"))


def _same_schools(one: NormValue, other: NormValue) -> bool:
    return (
        (one.norm, one.stage) == (other.norm, other.stage)
        and (one.least or 1) <= (other.most or _MANY)
        and (other.least or 1) <= (one.most or _MANY)
        and one.valid_from <= (other.valid_to or date.max)
        and other.valid_from <= (one.valid_to or date.max)
    )


def _complain(here: Spot, at: Spot) -> None:
    line = at.origin.line(*at.steps)
    here.complain(
        "C-OVERLAP",
        say("与第 {line} 行的值对同样的学校同时有效", line=line),
        say("同一天、同一学段、同样班数只有一个值"),
        say("给较早的值写上 to（它的最后一天），或把班数分开"),
    )
