"""Taking back: a wrong approval until the next one has acted, a return until it is taken up."""

from __future__ import annotations

from django.http import HttpResponse

from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import person
from xianxue.desk.actions.context import Key
from xianxue.desk.actions.take_back import TakeBack
from xianxue.desk.actions.withdraw import Withdraw
from xianxue.desk.standing.owed import Owed, owed_one
from xianxue.web.kit.pages import deed, of_place, page, show, went
from xianxue.web.kit.visit import Asked, Visit
from xianxue.web.kit.whole import whole
from xianxue.web.returns.about import TAKE_BACK, WITHDRAW, key_of

OWN = of_place(TAKE_BACK)
WITHDRAWN = of_place(WITHDRAW)


def takes_back(visit: Visit, owed: Owed) -> bool:
    """Whether the visitor let a return pass and nobody has gone on with it since."""
    card = visit.standing.ground().card(owed.key.place)
    standing = card.step("take_back", owed.progress.state) is not None
    own = person(owed.by) == person(visit.actor.name)
    return standing and own and visit.may(TAKE_BACK, owed.key.place)


@page(TAKE_BACK, OWN)
def ask(request: Asked, form: str, period: str, place: str) -> HttpResponse:
    """Ask why the approval is taken back."""
    return _why(request, key_of(request.visit, form, period, place), "returns/take_back.html")


@deed(TAKE_BACK, OWN)
def take_back(request: Asked, form: str, period: str, place: str) -> HttpResponse:
    """Take the approval back."""
    visit = request.visit
    key, why, seen = _said(request, form, period, place)
    TakeBack(visit.standing.ground(), visit.actor, visit.at, why)(key, seen)
    said = say("审批撤回了，这一份又在您这里审核。")
    return went(request, "returns:one", form, period, place, said=said)


@page(WITHDRAW, WITHDRAWN)
def withdraw_page(request: Asked, form: str, period: str, place: str) -> HttpResponse:
    """Ask why what was handed in is taken back."""
    return _why(request, key_of(request.visit, form, period, place), "returns/withdraw.html")


@deed(WITHDRAW, WITHDRAWN)
def withdraw(request: Asked, form: str, period: str, place: str) -> HttpResponse:
    """Take back what nobody has taken up yet."""
    visit = request.visit
    key, why, seen = _said(request, form, period, place)
    ground = visit.standing.ground()
    Withdraw(ground, ground.actor(visit.actor, place), visit.at, why)(key, seen)
    said = say("撤回了。改好再报，数都还在。")
    return went(request, "returns:one", form, period, place, said=said)


def _why(request: Asked, key: Key, template: str) -> HttpResponse:
    """Ask for a reason beside what it is about."""
    standing = request.visit.standing
    values = {
        "key": key,
        "subtitle": standing.ground().title(key),
        "owed": owed_one(standing, key),
    }
    return show(request, template, values)


def _said(request: Asked, form: str, period: str, place: str) -> tuple[Key, str, int | None]:
    """Give which return it is about, the reason, and the revision that was seen."""
    why = request.POST.get("why", "").strip()
    return key_of(request.visit, form, period, place), why, whole(request.POST.get("seen", ""))
