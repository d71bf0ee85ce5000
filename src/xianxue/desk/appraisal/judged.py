"""Who is judged by a rubric: the schools of the register, the county, its offices."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from xianxue.bureau.kinds.conditions import matches
from xianxue.bureau.ledgers.counting import Facts
from xianxue.bureau.values.record import Record, field
from xianxue.desk.actions.context import Ground
from xianxue.desk.appraisal.cards import Which
from xianxue.desk.ledgers.attributes import attributes_of
from xianxue.desk.workspace import Workspace


class Who(Record, kw_only=True):
    """One who is judged, before anything is known."""

    place: str
    """The code of a place; the id of an office or a person where these are judged."""
    name: str
    facts: Facts = field(default_factory=dict[str, "int | str"])
    places: tuple[str, ...] = ()
    """The places whose entries are its own: a school itself, all of a county."""


def everybody(
    workspace: Workspace, ground: Ground, asked: Which, named: Mapping[str, Mapping[str, Any]]
) -> list[Who]:
    """Give all who are judged, in the order of the register.

    ``named``: those who were named when the appraisal was begun, by their ids: the unions, cadres,
    teachers or offices that no register has.
    """
    found = _by_kind(workspace, ground, asked)
    if asked.rubric.only_named:
        found = [one for one in found if one.place in named]
    known = {one.place for one in found}
    found += [
        Who(
            place=place,
            name=said["name"],
            facts=said.get("facts", {}),
            places=tuple(said.get("places", ())),
        )
        for place, said in named.items()
        if place not in known
    ]
    return [one for one in found if matches(asked.rubric.where, one.facts)]


def _by_kind(workspace: Workspace, ground: Ground, asked: Which) -> list[Who]:
    register = workspace.register
    if asked.rubric.judges == "school":
        return schools_of(workspace, asked.on)
    if asked.rubric.judges == "county":
        county = register.county
        every = tuple(place.code for place in register)
        return [Who(place=county.code, name=county.name, places=every)]
    if asked.rubric.judges == "office":
        return [Who(place=one.office, name=one.term) for one in ground.policy.offices]
    return []


def schools_of(workspace: Workspace, on: date) -> list[Who]:
    """Give every school as it is on the day that is judged by.

    Who was opened in the year is judged too.
    """
    return [
        Who(
            place=one.code,
            name=one.name_on(on),
            facts=attributes_of(one, on),
            places=(one.code,),
        )
        for one in workspace.register.schools(on)
    ]
