"""What forms about people offer to choose from, and how what was chosen is read."""

from __future__ import annotations

from datetime import date

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.returns.contents.strict import day_of
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.accounts.gate import refuse
from xianxue.desk.accounts.people import people
from xianxue.desk.stores import clock
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.kit.visit import Asked, Visit

Options = list[tuple[str, Sentence | str]]


def roles(visit: Visit) -> Options:
    """Offer the roles of the policy."""
    return [(one.role, one.term) for one in visit.authority.policy.roles]


def places(visit: Visit) -> list[tuple[Sentence | str, Options]]:
    """Offer offices, 督学责任区, townships and schools; first the whole county."""
    register, today = visit.standing.workspace().register, clock.day_of(visit.at)
    offices: Options = [(one.office, one.term) for one in visit.authority.policy.offices]
    groups: dict[str, Options] = {}
    for one in register:
        if one.level == "county" or not one.open_on(today):
            continue
        own = one.code if one.level == "township" else register.township_of(one)
        groups.setdefault(own, []).append((one.code, one.name))
    districts: Options = list(visit.authority.district_terms.items())
    whole: Options = [("", say("全县（不填单位）")), *offices, *districts]
    named: list[tuple[Sentence | str, Options]] = [
        (register.places[code].name if code else say("县直"), options)
        for code, options in groups.items()
    ]
    return [(say("县级"), whole), *named]


def others(login: str) -> Options:
    """Offer everybody whose account is in use, but one."""
    return [
        (one.login, say("{name}（{login}）", name=one.name, login=one.login))
        for one in people()
        if one.login != login and one.disabled_at is None
    ]


def day_said(request: Asked, name: str, label: Sentence) -> date | None:
    """Read a day from a form; None where none was typed. ComplaintsError where it is none."""
    typed = request.POST.get(name, "").strip()
    if not typed:
        return None
    found = day_of(typed)
    if found is None:
        raise ComplaintsError([_no_day(typed, label)])
    return found


def day_needed(request: Asked, name: str, label: Sentence) -> date:
    """Read a day that has to be typed."""
    found = day_said(request, name, label)
    if found is None:
        saw = say("“{label}”没有填", label=label)
        raise ComplaintsError([refuse("A-ACCOUNT", saw, say("写作 2026-03-01"))])
    return found


def _no_day(typed: str, label: Sentence) -> Issue:
    saw = say("“{label}”填的“{typed}”不是日期", label=label, typed=typed)
    return refuse("A-ACCOUNT", saw, say("写作 2026-03-01"))
