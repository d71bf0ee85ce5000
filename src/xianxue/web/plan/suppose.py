"""Supposed sets: made with sliders, tried, kept, and what each would come to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.http import HttpResponse, QueryDict

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.plan.suppose.changes import Change
from xianxue.bureau.records.finding import Verdict
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.actions.plan.keep_set import KeepSet
from xianxue.desk.plan.changes_told import change_told
from xianxue.desk.plan.supposing import Outcome, outcome
from xianxue.desk.search.readings import spelled
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.kit.lists import Choice, Column, Listing, exported, listed
from xianxue.web.kit.pages import COMPLAINED, deed, of_county, page, show, went
from xianxue.web.kit.visit import Asked
from xianxue.web.plan.foreseen import COUNTY, VIEW
from xianxue.web.plan.sets import (
    Basis,
    basis_of,
    finding_said,
    outcome_of,
    set_at,
    sets_of,
    summed,
)
from xianxue.web.plan.wishes import ACTS, MORE, SENT, SLOTS, changes_said, complaint, nothing_said

MAKE: Final = "plan.suppose"
_LONGEST_NAME: Final = 60
_LONGEST: Final = 300


class Turned(Record, kw_only=True):
    """A verdict that would turn."""

    standard: Sentence | str
    place: str
    stage: Sentence | str
    term: Sentence | str
    before: Sentence | str
    after: Sentence | str
    better: str
    """better, worse, or empty where neither can be said."""


@page(VIEW, COUNTY)
def sets(request: Asked) -> HttpResponse:
    """List the sets that are kept, and choose two to be compared."""
    visit = request.visit
    rows = sets_of(visit)
    values = {"sets": rows, "may": visit.may(MAKE)}
    return show(request, "plan/sets.html", values)


@page(MAKE, of_county(MAKE))
def new(request: Asked) -> HttpResponse:
    """Show the sliders, and what would come of where they stand."""
    return _form(request, request.GET)


@deed(MAKE, of_county(MAKE))
def keep(request: Asked) -> HttpResponse:
    """Keep a set under a name; nothing that was counted is touched."""
    visit, said = request.visit, request.POST
    basis = basis_of(visit)
    name, note = said.get("name", "").strip(), said.get("note", "").strip()[:_LONGEST]
    issues: list[Issue] = []
    if not 1 <= len(name) <= _LONGEST_NAME or not name.isprintable():
        required = say("1 到 {n} 个字", n=_LONGEST_NAME)
        issues.append(complaint(say("名称"), name[:_LONGEST_NAME], required))
    changes: tuple[Change, ...] = ()
    try:
        changes = changes_said(basis, said)
        if not changes:
            issues.append(nothing_said())
        outcome(basis.counted, changes)
    except ComplaintsError as error:
        issues += error.issues
    if issues:
        return _form(request, said, issues)
    ground = visit.standing.ground()
    KeepSet(ground, visit.actor, visit.at)(name, basis.period.code, changes, note)
    answer = went(
        request, "plan:supposed", said=say("设想“{name}”已保存，统计数没有动。", name=name)
    )
    answer["Location"] += f"?{_asking(name)}"
    return answer


@page(VIEW, COUNTY)
def supposed(request: Asked) -> HttpResponse:
    """Show what a kept set would come to, before and after."""
    visit = request.visit
    basis = basis_of(visit)
    kept = set_at(basis, request.GET.get("set", ""))
    found = outcome_of(visit, basis, kept)
    listing = _listing(request, found, basis)
    wanted = exported(request, listing, say("设想“{name}”变动的判定", name=kept.name))
    if wanted is not None:
        return wanted
    values = _told(basis, kept.changes, found) | {
        "list": listing,
        "kept": kept,
        "may": visit.may(MAKE),
        "others": [one for one in sets_of(visit) if one.name != kept.name],
    }
    return show(request, "plan/supposed.html", values, part="rows")


@deed(MAKE, of_county(MAKE))
def withdraw(request: Asked) -> HttpResponse:
    """Take a set out of the list; its keepings stay in the journal."""
    visit = request.visit
    basis = basis_of(visit)
    kept = set_at(basis, request.POST.get("set", ""))
    KeepSet(visit.standing.ground(), visit.actor, visit.at).withdraw(kept.name, kept.period)
    return went(request, "plan:sets", said=say("设想“{name}”已撤下。", name=kept.name))


def _asking(name: str) -> str:
    asked = QueryDict(mutable=True)
    asked["set"] = name
    return asked.urlencode()


def _form(request: Asked, said: QueryDict, issues: Sequence[Issue] = ()) -> HttpResponse:
    basis = basis_of(request.visit)
    kept = {key: value for key, value in said.items() if key in SENT and value}
    found, complaints = None, list(issues)
    changes: tuple[Change, ...] = ()
    if not issues:
        try:
            changes = changes_said(basis, said)
            found = outcome(basis.counted, changes) if changes else None
        except ComplaintsError as error:
            complaints = error.issues
    values: dict[str, object] = {
        "basis": basis,
        "said": {key: said.get(key, "") for key in SENT},
        "sent": kept,
        "slots": SLOTS,
        "more": MORE,
        "acts": ACTS,
        "schools": [(one.code, one.name, spelled(one.name)) for one in basis.schools],
        "things": basis.things,
        "lines": basis.lines,
        "issues": complaints,
        "found": found,
        "turned": _turned(found, basis) if found is not None else [],
        "name": said.get("name", ""),
        "note": said.get("note", ""),
    }
    if found is not None:
        values |= _told(basis, changes, found)
    status = COMPLAINED if issues else 200
    return show(request, "plan/suppose.html", values, part="answer", status=status)


def _told(basis: Basis, changes: Sequence[Change], found: Outcome) -> dict[str, object]:
    names = basis.names
    return {
        "basis": basis,
        "told": [change_told(one, basis.counted.shelf, names) for one in changes],
        "standards": [(one, summed(one.before), summed(one.after)) for one in found.standards],
        "notes": found.notes,
        "title": _title(found),
    }


def _title(found: Outcome) -> Sentence:
    turned = [each for one in found.standards for each in one.turned]
    better = sum(_better(one) == "better" for one in turned)
    worse = sum(_better(one) == "worse" for one in turned)
    if not turned:
        return say("没有一项判定会变")
    parts = [
        say("{n} 项转为达标", n=better) if better else "",
        say("{n} 项转为未达标", n=worse) if worse else "",
        say("{n} 项缺口有变", n=len(turned) - better - worse)
        if len(turned) > better + worse
        else "",
    ]
    return joined("、", [one for one in parts if one])


def _better(one: Any) -> str:  # noqa: ANN401 - a verdict's change
    before = one.before.verdict if one.before is not None else None
    after = one.after.verdict if one.after is not None else None
    if before is after or before is None or after is None:
        return ""
    if after is Verdict.MET:
        return "better"
    return "worse" if before is Verdict.MET else ""


def _turned(found: Outcome, basis: Basis) -> list[Turned]:
    names = basis.names
    rows = [
        Turned(
            standard=one.term,
            place=names.get(some.place, some.place),
            stage=some.stage.term if some.stage is not None else "",
            term=some.term,
            before=finding_said(each.before, names),
            after=finding_said(each.after, names),
            better=_better(each),
        )
        for one in found.standards
        for each in one.turned
        if (some := each.after or each.before) is not None
    ]
    order = {"worse": 0, "better": 1, "": 2}
    return sorted(rows, key=lambda row: order[row.better])


_WAYS: Final = {
    "better": say("转为达标"),
    "worse": say("转为未达标"),
    "": say("缺口有变"),
}


def _listing(request: Asked, found: Outcome, basis: Basis) -> Listing[Turned]:
    return listed(
        request,
        _turned(found, basis),
        _COLUMNS,
        text=lambda one: f"{one.place} {spelled(one.place)} {one.term} {one.standard}",
        choices=[Choice[Turned]("way", say("怎样变"), lambda one: one.better, _WAYS.__getitem__)],
    )


_COLUMNS: Final[Sequence[Column[Turned]]] = (
    Column("place", say("单位"), lambda one: one.place),
    Column("stage", say("学段"), lambda one: one.stage),
    Column("term", say("项目"), lambda one: one.term),
    Column("before", say("现在"), lambda one: one.before, sorts=False),
    Column("after", say("设想（假设）"), lambda one: one.after, sorts=False),
    Column("standard", say("标准"), lambda one: one.standard),
)
