"""Forms about assessors: what binds them, and whom they assess."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.http import HttpResponse

from xianxue.bureau.appraisal.conflicts import Ties
from xianxue.bureau.values.sentence import say
from xianxue.desk.accounts.people import people
from xianxue.desk.actions.appraisal.assessors import AssignAssessor, DeclareTies
from xianxue.desk.actions.appraisal.doing import ASSIGN, MARK
from xianxue.desk.search.readings import spelled
from xianxue.desk.stores import clock
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.appraisal.assessors import declared_of, rules_of
from xianxue.web.appraisal.filled import Filled
from xianxue.web.appraisal.hall import Hall
from xianxue.web.kit.pages import COMPLAINED, deed, of_county, page, show, went
from xianxue.web.kit.visit import Asked

_ROWS: Final = ("1", "2")
"""So many schools of earlier service, or of kin, can be written at a time."""
_FIELDS: Final = {
    "P-ASSESSOR": "name",
    "P-TIES": "name",
    "P-CONFLICT": "places",
    "P-PLACE": "places",
    "P-ITEM": "items",
    "P-MARKED": "items",
}


@page(ASSIGN, of_county(ASSIGN))
def declare(request: Asked, rubric: str, period: str) -> HttpResponse:
    """Ask what binds an assessor."""
    return _declare(request, Hall(request.visit, rubric, period), Filled())


@deed(ASSIGN, of_county(ASSIGN))
def declaring(request: Asked, rubric: str, period: str) -> HttpResponse:
    """Write down what binds an assessor."""
    hall, said = Hall(request.visit, rubric, period), Filled(request.POST)
    former: dict[str, date] = {}
    for at in _ROWS:
        code, day = said.said(f"former{at}"), said.day(f"left{at}")
        if code and day is None and not said.wrong(f"left{at}"):
            said.complain(f"left{at}", say("没有填离开的日期"), say("日期，如 2024-07-31"))
        if code and day is not None:
            former[code] = day
    said.needs([("name", say("姓名"))])
    if not said.issues:
        kin = [code for at in _ROWS if (code := said.said(f"kin{at}"))]
        own = [code for code in [said.said("own")] if code]
        ties = Ties(own=frozenset(own), kin=frozenset(kin), former=former)
        try:
            hall.do(DeclareTies)(hall.about, said.said("name"), ties)
        except ComplaintsError as error:
            said.take(error, {**_FIELDS, "P-PLACE": "own"})
        else:
            words = say("已登记{name}的回避情况。", name=said.said("name"))
            return went(request, "appraisal:assessors", *hall.at, said=words)
    return _declare(request, hall, said)


def _declare(request: Asked, hall: Hall, said: Filled) -> HttpResponse:
    visit = request.visit
    policy, today = visit.authority.policy, clock.day_of(visit.at)
    known = [
        one.name
        for one in people(today)
        if any(policy.scopes(post.role, MARK) for post in one.posts)
    ]
    register = visit.standing.workspace().register
    schools = [(one.code, one.name, f"{one.code} {spelled(one.name)}")
               for one in register if one.level == "school"]  # fmt: skip
    values = {
        "hall": hall,
        "said": said,
        "known": known,
        "schools": schools,
        "rows": _ROWS,
        "rules": rules_of(hall),
    }
    status = COMPLAINED if said.issues else 200
    return show(request, "appraisal/declare.html", values, status=status)


@page(ASSIGN, of_county(ASSIGN))
def assign(request: Asked, rubric: str, period: str) -> HttpResponse:
    """Ask whom an assessor is to assess, and in which items."""
    usual = {"name": request.GET.get("name", "")}
    return _assign(request, Hall(request.visit, rubric, period), Filled(None, usual))


@deed(ASSIGN, of_county(ASSIGN))
def assigning(request: Asked, rubric: str, period: str) -> HttpResponse:
    """Assign an assessor; who is bound is refused, and nothing of it is done."""
    hall, said = Hall(request.visit, rubric, period), Filled(request.POST)
    name, places = said.said("name"), said.every("places")
    if not places:
        said.complain("places", say("没有选评哪几家"), say("至少一家"))
    if not name:
        said.complain("name", say("没有选评委"), say("先登记过回避情况的人"))
    if not said.issues:
        try:
            hall.do(AssignAssessor)(
                hall.about, name, places, said.every("items"), said.said("panel")
            )
        except ComplaintsError as error:
            said.take(error, _FIELDS)
        else:
            words = say("已派{name}评 {n} 家。", name=name, n=len(places))
            return went(request, "appraisal:assessors", *hall.at, said=words)
    return _assign(request, hall, said)


def _assign(request: Asked, hall: Hall, said: Filled) -> HttpResponse:
    assigned = [one for one in hall.lines.assigned if one.person == said.said("name")]
    values = {
        "hall": hall,
        "said": said,
        "declared": (declared := declared_of(hall)),
        "pairs": [(one.name, one.name) for one in declared],
        "has": {one.place for one in assigned if not one.item},
        "items": hall.marked,
    }
    status = COMPLAINED if said.issues else 200
    return show(request, "appraisal/assign.html", values, status=status)
