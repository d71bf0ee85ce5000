"""Targets as a table: what a row of it says, so that indicators can count them.

A row is one target: whose, of which stage, set by whom, and whether the figure it speaks of has
reached it. Where that figure is undetermined, so is whether it has: then every indicator that
counts reached targets is undetermined, too, and says whose number is missing.
"""

from __future__ import annotations

from typing import Final

from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.kinds.resting import tables_under
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.place import Place
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.records.target import Target
from xianxue.bureau.targets.attainment import meets
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.rounding import plain

TABLE: Final = "targets"
"""The table's name; its card stands among those of targets."""
REACHED: Final = "reached"


def counts_targets(card: Indicator, shelf: Shelf) -> bool:
    """Whether an indicator, or anything it is made of, is counted from targets."""
    return TABLE in tables_under(card, shelf)


def values_of(
    target: Target, place: Place, figure: Figure | None
) -> dict[str, int | str | Missing]:
    """Give the fields of a target's row."""
    value = None if figure is None else figure.value
    reached = Missing.NOT_ANSWERED
    return {
        **known_of(target, place),
        "indicator": target.indicator,
        "amount": plain(target.amount),
        REACHED: reached if value is None else int(meets(target.goal, value, target.amount)),
    }


def known_of(target: Target, place: Place) -> dict[str, str]:
    """Give the fields that are known of a row whatever its figure comes to."""
    return {"level": place.level, "origin": target.origin.value, "goal": target.goal}
