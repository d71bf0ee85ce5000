"""The one page of the cockpit."""

from __future__ import annotations

from django.http import HttpResponse

from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.standing.overview import Lack, Overview, overview
from xianxue.web.kit.lists import Column, exported, listed
from xianxue.web.kit.pages import of_county, page, show
from xianxue.web.kit.visit import Asked


@page("cockpit.view", of_county("cockpit.view"))
def cockpit(request: Asked) -> HttpResponse:
    """Show what a leader asks for first; every number leads to its rows."""
    visit = request.visit
    release = request.GET.get("release", "")
    found = overview(visit.standing, release)
    listing = listed(request, found.lacks, _COLUMNS, text=lambda one: one.term)
    file = exported(request, listing, say("补齐还缺"))
    if file is not None:
        return file
    values = {"found": found, "title": _title(found), "release": release, "list": listing}
    return show(request, "cockpit/cockpit.html", values)


_COLUMNS = (
    Column[Lack]("term", say("项目"), lambda one: one.term),
    Column[Lack]("quantity", say("还缺"), lambda one: one.quantity, number=True),
    Column[Lack]("unit", say("单位"), lambda one: one.unit),
    Column[Lack]("schools", say("学校数"), lambda one: one.schools, number=True),
)


def _title(found: Overview) -> Sentence:
    parts: list[Sentence] = []
    if found.unmet:
        parts.append(say("{m} 项标准里 {n} 项还没有达标", m=found.judged, n=len(found.unmet)))
    elif found.judged:
        parts.append(say("{m} 项标准都已达标", m=found.judged))
    bad = [tile for tile in found.tiles if tile.bad and tile.key]
    if bad:
        parts.append(say("{term}{told}", term=bad[0].term, told=bad[0].told))
    if found.overdue:
        parts.append(say("{n} 份报表逾期", n=len(found.overdue)))
    return joined("；", parts)
