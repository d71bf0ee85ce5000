"""One's own account: who one is here, and in which part one acts."""

from __future__ import annotations

from django.http import HttpResponse

from xianxue.bureau.issues.issue import Issue
from xianxue.desk.accounts import sessions
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.gate.enter import KEY
from xianxue.web.kit.declared import SIGNED
from xianxue.web.kit.pages import deed, page, show, went
from xianxue.web.kit.visit import Asked


@page(SIGNED)
def own(request: Asked) -> HttpResponse:
    """Show one's own account."""
    return show(request, "entry/own.html", {"present": request.visit.present})


@deed(SIGNED)
def part(request: Asked) -> HttpResponse:
    """Act in another of one's parts from here on."""
    wanted = request.POST.get("part", "")
    number = int(wanted) if wanted.isdecimal() else 0
    gate, key = request.visit.standing.ground().gate, request.COOKIES.get(KEY, "")
    found = sessions.choose_post(gate, key, number, request.visit.at)
    if isinstance(found, Issue):
        raise ComplaintsError([found])
    return went(request, "home:home")
