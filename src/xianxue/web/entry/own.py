"""One's own account: who one is here, in which part one acts, and what opens it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.http import HttpResponse

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.accounts import sessions
from xianxue.desk.accounts.enrolling import secret_under_way
from xianxue.desk.accounts.people import needs_code
from xianxue.desk.accounts.records import Present
from xianxue.desk.accounts.tokens import tokens_of
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.gate.enter import KEY
from xianxue.web.kit.browsers import browser_of
from xianxue.web.kit.declared import SIGNED
from xianxue.web.kit.pages import COMPLAINED, deed, page, show, went
from xianxue.web.kit.visit import Asked, Visit
from xianxue.web.kit.whole import whole

_GROUP: Final = 4
_EARLIER: Final = 12
"""Sessions that are over and still shown: those of the last weeks."""


@page(SIGNED)
def own(request: Asked) -> HttpResponse:
    """Show one's own account."""
    return own_page(request)


def own_page(request: Asked, wrong: str = "", issues: Sequence[Issue] = ()) -> HttpResponse:
    """Show one's own account, with what was wrong with a form on it where something was."""
    visit = request.visit
    present = visit.signed
    gate = visit.standing.ground().gate
    person = present.person
    found = sessions.sessions_of(gate, person.id, visit.at)
    secret = secret_under_way(person.login)
    values = {
        "present": present,
        "step": _step(present),
        "wrong": wrong,
        "issues": issues,
        "least": gate.admission.password_length,
        "needs": needs_code(person, gate),
        "secret": " ".join(
            secret[at : at + _GROUP].lower() for at in range(0, len(secret), _GROUP)
        ),
        "live": [one for one in found if not one.over],
        "earlier": [one for one in found if one.over][:_EARLIER],
        "browser": browser_of,
        "tokens": tokens_of(person.id),
        "most_days": gate.admission.token_days,
        "deeds": [one for one in visit.authority.policy.deeds if visit.can(one.deed)],
        "term": deed_term(visit),
    }
    return show(request, "entry/own.html", values, status=COMPLAINED if issues else 200)


def _step(present: Present) -> str:
    """Say what has to be done before anything else; empty where nothing has."""
    if present.must_change:
        return "password"
    if present.must_enrol:
        return "code"
    return "part" if present.post is None else ""


def deed_term(visit: Visit) -> dict[str, Sentence | str]:
    """Give what each deed of the policy is called."""
    return {one.deed: one.term for one in visit.authority.policy.deeds}


@deed(SIGNED)
def part(request: Asked) -> HttpResponse:
    """Act in another of one's parts from here on."""
    number = whole(request.POST.get("part", "")) or 0
    gate, key = request.visit.standing.ground().gate, request.COOKIES.get(KEY, "")
    found = sessions.choose_post(gate, key, number, request.visit.at)
    if isinstance(found, Issue):
        raise ComplaintsError([found])
    return went(request, "home:home", said=say("已换到这项任职，下面的事都以它办理。"))
