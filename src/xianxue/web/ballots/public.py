"""What a slip opens on a phone: the questions, and afterwards that the answer was counted.

Nobody signs in, nothing is kept on the phone, and where somebody comes from is counted only for as
long as wrong codes come from there, in memory. Nothing here says what anybody answered.
"""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from xianxue.bureau.values.sentence import say
from xianxue.desk.ballots.guesses import guesses
from xianxue.desk.ballots.paper import Blank, answers_of, blank_of
from xianxue.desk.ballots.urn import Shown, urns
from xianxue.web.gate.enter import where_of
from xianxue.web.kit.declared import OPEN
from xianxue.web.kit.pages import MOVED_ON, deed, page, show
from xianxue.web.kit.visit import Asked

_LIMITED, _UNKNOWN, _WRONG = 429, 404, 422


@page(OPEN)
def typed(request: Asked) -> HttpResponse:
    """Ask for a code, of whoever cannot read the picture."""
    return show(request, "ballots/typed.html", {"wrong": ""})


@csrf_exempt
@deed(OPEN)
def find(request: Asked) -> HttpResponse:
    """Go on to the page of a code that was typed."""
    code = guesses.read(request.POST.get("code", ""))
    if not code:
        wrong = say("票码是 26 位字母和数字，空格可以不写。")
        return show(request, "ballots/typed.html", {"wrong": wrong}, status=_WRONG)
    return HttpResponseRedirect(reverse("slip:slip", args=[code]), status=MOVED_ON)


@page(OPEN)
def slip(request: Asked, code: str) -> HttpResponse:
    """Show what is asked, or that this slip's answer is counted."""
    found = urns.shown(code, request.visit.at)
    if found is None:
        return _unknown(request)
    return _shown(request, found, blank_of(found.poll, found.group) if found.open else None)


# A slip's code is the only key there is, and nobody else's page knows it: no cookie is needed.
@csrf_exempt
@deed(OPEN)
def hand_in(request: Asked, code: str) -> HttpResponse:
    """Take an answer; sent again it is neither counted twice nor lost."""
    at = request.visit.at
    found = urns.shown(code, at)
    if found is None:
        return _unknown(request)
    if not found.open and not found.waits:
        return _shown(request, found, None)
    blank = blank_of(found.poll, found.group)
    answers, wrong = answers_of(blank, request.POST)
    if wrong:
        blank = blank.filled(answers, wrong)
        return _shown(request, found, blank, status=_WRONG)
    after = urns.hand_in(code, answers, at)
    if after is None:
        return _unknown(request)
    if after.waits:
        return _shown(request, after, blank.filled(answers, {}))
    return HttpResponseRedirect(reverse("slip:slip", args=[code]), status=MOVED_ON)


def _shown(request: Asked, found: Shown, blank: Blank | None, status: int = 200) -> HttpResponse:
    # Written out and not looked up: addresses that are looked up are remembered.
    again = f"{request.path.removesuffix('/in')}/in"
    values = {"slip": found, "blank": blank, "again": again}
    return show(request, "ballots/slip.html", values, status=status)


def _unknown(request: Asked) -> HttpResponse:
    """Say that there is no such slip; whoever tries many has to wait, whoever has one never."""
    if guesses.too_many(where_of(request), request.visit.at):
        return show(request, "ballots/wait.html", {}, status=_LIMITED)
    wrong = say("没有这张票。请对照票面再看一遍票码。")
    return show(request, "ballots/typed.html", {"wrong": wrong}, status=_UNKNOWN)
