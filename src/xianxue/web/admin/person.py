"""One person: what they are appointed to, how they come in, what was done to their account."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse

from xianxue.bureau.values.sentence import say
from xianxue.desk.accounts.people import needs_code, one_person
from xianxue.desk.accounts.records import Person
from xianxue.desk.accounts.sessions import sessions_of
from xianxue.desk.accounts.tokens import tokens_of
from xianxue.desk.actions.accounts.belongings import belongings_of
from xianxue.desk.journal.of_account import told_of_account
from xianxue.desk.stores import clock
from xianxue.web.admin import parts
from xianxue.web.admin.people import role_term
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.browsers import browser_of
from xianxue.web.kit.pages import of_county, page, show
from xianxue.web.kit.visit import Asked

_LINES: Final = 12
_SESSIONS: Final = 10


@page("accounts.view", of_county("accounts.view"))
def person(request: Asked, login: str) -> HttpResponse:
    """Show one person."""
    visit = request.visit
    found = person_named(login)
    gate = visit.standing.ground().gate
    today = clock.day_of(visit.at)
    manages = visit.may("accounts.manage")
    sessions = sessions_of(gate, found.id, visit.at)
    lines, total = (
        told_of_account(visit.standing.ground(), found.login, _LINES)
        if visit.can("journal.view")
        else ([], 0)
    )
    values = {
        "person": found,
        "now": [post for post in found.posts if post.in_force(today)],
        "later": [post for post in found.posts if post.from_day > today],
        "past": [
            post for post in found.posts if post.until_day is not None and post.until_day < today
        ],
        "today": today,
        "own": visit.actor.name == found.name,
        "manages": manages,
        "needs": needs_code(found, gate),
        "live": [one for one in sessions if not one.over],
        "earlier": [one for one in sessions if one.over][:_SESSIONS],
        "tokens": [one for one in tokens_of(found.id) if one.revoked_at is None],
        "browser": browser_of,
        "role_term": lambda name: role_term(visit, name),
        "roles": parts.roles(visit) if manages else [],
        "places": parts.places(visit) if manages else [],
        "begun": belongings_of(found.name) if manages else 0,
        "others": parts.others(found.login) if manages else [],
        "lines": lines,
        "total": total,
        "tab": "people",
    }
    return show(request, "admin/person.html", values)


def person_named(login: str) -> Person:
    """Give the person with a login; MissingError where there is none."""
    found = one_person(login)
    if found is None:
        raise MissingError(say("没有登录名“{login}”。", login=login))
    return found
