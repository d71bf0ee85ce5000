"""A year's turn: what the next year takes over is seen before it is opened."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpResponse

from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.year.open_year import OpenYear, untouched
from xianxue.desk.workspace import ComplaintsError, MisusedError
from xianxue.desk.year.opening import open_year, rolling_to, take_back_year
from xianxue.desk.year.rolling import Rolling
from xianxue.desk.year.told import amount_told, days_told, targets_told
from xianxue.web.kit.pages import COMPLAINED, deed, page, show, went
from xianxue.web.kit.visit import Asked, Visit

_LONGEST: Final = 500
"""Letters of a reason."""


@page("year.open")
def turn(request: Asked) -> HttpResponse:
    """Show what the next year would take over, and whether this one can still be taken back."""
    return show(request, "year/turn.html", _values(request.visit))


@deed("year.open")
def open_next(request: Asked) -> HttpResponse:
    """Open the year that the page showed; another one by now is told and not opened."""
    visit = request.visit
    try:
        rolling = rolling_to(visit.standing.workspace(), request.POST.get("period", ""))
        done = open_year(rolling, _deed(request))
    except MisusedError as error:
        visit.flash("bad", error.args[0])
        return went(request, "year:turn")
    except ComplaintsError as error:
        values = _values(visit) | {"issues": error.issues}
        return show(request, "year/turn.html", values, status=COMPLAINED)
    when = rolling.period.term
    said = (
        say("{when}开好了，从现在起各命令、各页面默认是这一年。", when=when)
        if done
        else say("{when}先前已经开好，没有重办。", when=when)
    )
    return went(request, "year:turn", said=said)


@deed("year.open")
def take_back(request: Asked) -> HttpResponse:
    """Take back the opening of the year in which the county stands."""
    visit = request.visit
    workspace = visit.standing.workspace()
    try:
        period = workspace.period(request.POST.get("period", ""))
        before = take_back_year(workspace, _deed(request), period.code)
    except MisusedError as error:
        visit.flash("bad", error.args[0])
        return went(request, "year:turn")
    except ComplaintsError as error:
        values = _values(visit) | {"issues": error.issues}
        return show(request, "year/turn.html", values, status=COMPLAINED)
    said = say("{when}撤回了，现在又是{before}。", when=period.term, before=before.term)
    return went(request, "year:turn", said=said)


def _deed(request: Asked) -> OpenYear:
    visit = request.visit
    why = request.POST.get("why", "").strip()[:_LONGEST]
    return OpenYear(visit.standing.ground(), visit.actor, visit.at, why)


def _values(visit: Visit) -> dict[str, Any]:
    workspace = visit.standing.workspace()
    here = workspace.period(None)
    rolling = Rolling(workspace, here, here.after())
    grades = {one.grade: one.term for one in rolling.grades}
    return {
        "here": here,
        "rolling": rolling,
        "limits": [(one, days_told(one)) for one in rolling.limits],
        "schools": rolling.schools,
        "grades": [(one, grades.get(one.after, "")) for one in rolling.grades],
        "targets": [
            (title, amount_told(target, workspace.shelf), target.source)
            for title, target in targets_told(rolling)
        ],
        # Whoever opened it may think better of it until the first return is in.
        "taken_back": untouched(here.code),
        "issues": [],
    }
