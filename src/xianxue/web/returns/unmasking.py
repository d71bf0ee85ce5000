"""Personal data uncovered: a page asks what for, and it is covered again by itself."""

from __future__ import annotations

from django.http import HttpResponse

from xianxue.bureau.kinds.form import Form
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.actions.personal.unmask import Unmask
from xianxue.desk.stores import clock
from xianxue.web.kit.pages import deed, of_place, page, show, went
from xianxue.web.kit.visit import Asked
from xianxue.web.returns.about import UNMASK, key_of, open_to

MAY = of_place(UNMASK)
_MINUTE = 60


@page(UNMASK, MAY)
def unmask(request: Asked, form: str, period: str, place: str) -> HttpResponse:
    """Ask what somebody wants to see it for; say before what will be written down."""
    visit = request.visit
    key = key_of(visit, form, period, place)
    ground = visit.standing.ground()
    values = {
        "key": key,
        "subtitle": ground.title(key),
        "personal": personal_terms(ground.shelf.forms[form]),
        "minutes": int(ground.uncovered_for.total_seconds()) // _MINUTE,
        "file": "1" if request.GET.get("file") else "",
        "uncovered": open_to(visit, key),
    }
    return show(request, "returns/unmask.html", values)


@deed(UNMASK, MAY)
def uncover(request: Asked, form: str, period: str, place: str) -> HttpResponse:
    """Write down who, what, why and until when, and uncover it."""
    visit, said = request.visit, request.POST
    key = key_of(visit, form, period, place)
    doing = Unmask(visit.standing.ground(), visit.actor, visit.at, said.get("why", "").strip())
    found = doing(key, file=said.get("file") == "1")
    until = found.until.astimezone(clock.BEIJING)
    words = say("个人信息显示到 {until}，日志记下了。", until=f"{until:%H:%M}")
    return went(request, "returns:one", form, period, place, said=words)


def personal_terms(form: Form) -> Sentence:
    """Name what is personal in a form, as its cards call it."""
    fields = [field.term for one in form.sheets for field in one.fields if field.personal]
    items = [item.term for item in form.foot if item.personal]
    return joined("、", list(dict.fromkeys([*fields, *items])))
