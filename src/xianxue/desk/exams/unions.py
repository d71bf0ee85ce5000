"""Schools judged as one: groups, chains, districts, alliances of the ledger, and townships."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Final

from xianxue.bureau.exams.analysis import Analysis
from xianxue.bureau.exams.columns import SCHOOL
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.exams.shown import Shown, shown_of
from xianxue.desk.exams.sittings import Standing
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.workspace import MisusedError, Workspace

LEDGER: Final = "school_groups"
_VOID: Final = "void"
_FEWEST: Final = 2


class Union(Record, kw_only=True):
    """Schools that are judged as one."""

    code: str
    """By which it is named: a township's code, or what the group is called."""
    name: str
    kind: Sentence
    schools: tuple[str, ...]
    """The codes of those with results, in their order."""


def unions_of(workspace: Workspace, standing: Standing, analysis: Analysis) -> list[Union]:
    """Give the groups of schools on the day of an examination, with their schools that sat it.

    A township of one school says what the school's own results say, and is none of them.
    """
    there = {one.keys[SCHOOL] for one in analysis.by_school()}
    day = standing.sitting.day
    found = [*_townships(workspace, there), *_registered(workspace, day, there)]
    return sorted(found, key=lambda one: (one.kind, one.code))


def shown_in(workspace: Workspace, standing: Standing, analysis: Analysis) -> Shown:
    """Say what is not shown of an examination, groups of schools among it."""
    return shown_of(analysis, as_schools(unions_of(workspace, standing, analysis)))


def as_schools(unions: Collection[Union]) -> Mapping[str, Collection[str]]:
    """Give the schools of each group by its code."""
    return {one.code: one.schools for one in unions}


def union_named(unions: Collection[Union], name: str) -> Union:
    """Give the group with a code or a name; MisusedError where there is none, or several."""
    found = [one for one in unions if name in {one.code, one.name}]
    if len(found) == 1:
        return found[0]
    known = joined("、", (one.name for one in unions)) if unions else say("（没有）")
    raise MisusedError(say("没有学校组织“{name}”；有：{known}", name=name, known=known))


def _townships(workspace: Workspace, there: Collection[str]) -> Iterator[Union]:
    register = workspace.register
    mine: dict[str, list[str]] = {}
    for code in sorted(there):
        above = register[code].parent if code in register else ""
        if above in register and register[above].level == "township":
            mine.setdefault(above, []).append(code)
    for code, schools in mine.items():
        if len(schools) >= _FEWEST:
            name = register[code].name
            yield Union(code=code, name=name, kind=say("乡镇"), schools=tuple(schools))


def _registered(workspace: Workspace, day: date, there: Collection[str]) -> Iterator[Union]:
    card = workspace.shelf.ledgers.get(LEDGER)
    if card is None:
        return
    kinds = {
        option.code: option.term
        for field in card.fields
        if field.field == "kind"
        for option in field.options
    }
    members: dict[str, set[str]] = {}
    called: dict[str, Sentence] = {}
    for place, fields in _entries(workspace):
        name = str(fields.get("group", "")).strip()
        joined_on, left_on = str(fields.get("joined_on", "")), str(fields.get("left_on") or "")
        within = joined_on <= day.isoformat() and (not left_on or day.isoformat() < left_on)
        if name and within and place in there:
            members.setdefault(name, set()).add(place)
            called[name] = kinds.get(str(fields.get("kind", "")), say("学校组织"))
    for name, schools in members.items():
        # An address is parted by slashes.
        code = name.replace("/", "／")
        yield Union(code=code, name=name, kind=called[name], schools=tuple(sorted(schools)))


def _entries(workspace: Workspace) -> Iterator[tuple[str, Mapping[str, object]]]:
    open_ground(workspace)
    from xianxue.desk.models.ledger import LedgerEntry  # noqa: PLC0415 - needs Django set up first

    rows = LedgerEntry.objects.filter(ledger=LEDGER).exclude(state=_VOID)
    yield from rows.order_by("year", "serial").values_list("place", "fields")
