"""Which norms hold for a county: those of its area, or those that somebody names."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.plan.needs.rules import NormsHeld, meant_for
from xianxue.bureau.values.sentence import say
from xianxue.desk.stores.clock import day_of, now
from xianxue.desk.workspace import MisusedError, Workspace, national_shelf, shelf_here


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


def norms_here(folder: Path | None, named: str = "") -> NormsHeld:
    """Give the norms of today for the workspace named or nearest, or those of the country alone.

    MisusedError where a workspace is named that is none.
    """
    try:
        county = Workspace.open(folder).register.county.code
    except MisusedError:
        if folder is not None:
            raise
        county = ""
    return norms_for(shelf_here(folder), county, day_of(now()), named)


def national_norms() -> NormsHeld:
    """Give the norms of the whole country that hold today."""
    return norms_for(national_shelf(), "", day_of(now()))


def norms_of(workspace: Workspace, on: date) -> NormsHeld:
    """Give the norms of a workspace's own county that hold on a day."""
    return norms_for(workspace.shelf, workspace.register.county.code, on)
