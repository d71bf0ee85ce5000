"""Taking a wrong approval back, until the next one has acted."""

from __future__ import annotations

from django.http import HttpResponse

from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import person
from xianxue.desk.actions.take_back import TakeBack
from xianxue.desk.standing.owed import Owed, owed_one
from xianxue.web.kit.pages import deed, of_place, page, show, went
from xianxue.web.kit.visit import Asked, Visit
from xianxue.web.kit.whole import whole
from xianxue.web.returns.about import TAKE_BACK, key_of

OWN = of_place(TAKE_BACK)


def takes_back(visit: Visit, owed: Owed) -> bool:
    """Whether the visitor let a return pass and nobody has gone on with it since."""
    card = visit.standing.ground().card(owed.key.place)
    standing = card.step("take_back", owed.progress.state) is not None
    own = person(owed.by) == person(visit.actor.name)
    return standing and own and visit.may(TAKE_BACK, owed.key.place)


@page(TAKE_BACK, OWN)
def ask(request: Asked, form: str, period: str, place: str) -> HttpResponse:
    """Ask why the approval is taken back."""
    visit = request.visit
    key = key_of(visit, form, period, place)
    owed = owed_one(visit.standing, key)
    values = {"key": key, "subtitle": visit.standing.ground().title(key), "owed": owed}
    return show(request, "returns/take_back.html", values)


@deed(TAKE_BACK, OWN)
def take_back(request: Asked, form: str, period: str, place: str) -> HttpResponse:
    """Take the approval back."""
    visit = request.visit
    key = key_of(visit, form, period, place)
    why = request.POST.get("why", "").strip()
    TakeBack(visit.standing.ground(), visit.actor, visit.at, why)(
        key, whole(request.POST.get("seen", ""))
    )
    said = say("审批撤回了，这一份又在您这里审核。")
    return went(request, "returns:one", form, period, place, said=said)
