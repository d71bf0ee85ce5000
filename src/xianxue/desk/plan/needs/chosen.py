"""Which norms hold for a county: those of its area, or those that somebody names."""

from __future__ import annotations

from datetime import date

from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.plan.needs.rules import NormsHeld, meant_for
from xianxue.bureau.values.sentence import say
from xianxue.desk.workspace import MisusedError


def norms_for(shelf: Shelf, county: str, on: date, named: str = "") -> NormsHeld:
    """Give the norms in force on a day, an area's own before those of the country.

    ``named``: take this card first, whatever area it is meant for. MisusedError for one that is
    not there.
    """
    cards = list(shelf.plannings.values())
    own, country = meant_for(cards, county)
    if named:
        found = [one for one in cards if named in {one.planning, str(one.term)}]
        if not found:
            known = "、".join(one.planning for one in cards)
            message = say("没有规划指标“{name}”；有：{known}", name=named, known=known)
            raise MisusedError(message)
        own = found
    return NormsHeld((*own, *(one for one in country if one not in own)), on)
