"""Estimates of the time a cell takes: each has a source, and no cell takes no time."""

from __future__ import annotations

from xianxue.bureau.kinds.asked import Effort
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.cited import check_cited
from xianxue.catalogue.meaning.look import Look


def check_efforts(look: Look) -> None:
    """Check every card of an estimate."""
    card: Effort
    for at, card in look.each("effort"):
        check_cited(look, at.at("source"), card.source)
        for number, value in enumerate(card.seconds_per_cell):
            if value.value <= 0:
                saw = say("填一格用 {n} 秒", n=value.value)
                at.at("seconds_per_cell", number, "value").complain(
                    "C-EFFORT", saw, say("大于 0 的秒数")
                )
