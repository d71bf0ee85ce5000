"""Lines of the journal about targets, as people read them."""

from __future__ import annotations

from typing import Any, Final

from xianxue.bureau.kinds.resting import slice_named
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.figure import in_a_sentence
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.values.units import UNITS
from xianxue.desk.actions.context import Ground

DEEDS: Final = "targets."
"""How the names of these deeds begin."""


def term(deed: str) -> Sentence:
    """Name a deed on a target."""
    return say("撤销目标") if deed == f"{DEEDS}withdraw" else say("设定目标")


def title(subject: str, ground: Ground) -> Sentence:
    """Name a target: its place, stage, indicator and period."""
    indicator, code, stage, period, *of = subject.split("/")
    card = ground.shelf.indicator(indicator)
    term = card.term if card is not None else indicator
    slice_of = slice_named("".join(of), card, ground.shelf)
    what = in_a_sentence(term, None if stage == "all" else Stage(stage), slice_of)
    return say(
        "{place}{what}（{period}）", place=ground.name(code), what=what, period=_when(period)
    )


def told(subject: str, detail: dict[str, Any], ground: Ground) -> str:
    """Say how much was set, instead of how much, and by which document; nothing of a withdrawal."""
    if "amount" not in detail:
        return ""
    card = ground.shelf.indicator(subject.partition("/")[0])
    unit = UNITS[card.unit].term if card is not None else ""
    amount, source = detail["amount"] + unit, detail["source"]
    if "before" not in detail:
        return say("{amount}，依据{source}", amount=amount, source=source)
    before = detail["before"]["amount"] + unit
    return say("{before}→{amount}，依据{source}", before=before, amount=amount, source=source)


def _when(code: str) -> str:
    try:
        return Period.parse(code).term
    except ValueError:  # written by a later program: its code still says more than nothing
        return code
