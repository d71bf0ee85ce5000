"""Deeds on one person: appointing, ending, acting for, handing over, disabling, letting in anew."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse

from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.accounts.gate import refuse
from xianxue.desk.accounts.records import Person
from xianxue.desk.accounts.sessions import sessions_of
from xianxue.desk.actions.accounts.appoint import ActFor, Appoint, EndAppointment
from xianxue.desk.actions.accounts.disable import Disable, Enable
from xianxue.desk.actions.accounts.hand_over import HandOver
from xianxue.desk.actions.accounts.keys import RevokeSession, RevokeToken
from xianxue.desk.actions.accounts.passwords import ResetPassword
from xianxue.desk.actions.accounts.posting import Wish
from xianxue.desk.actions.accounts.second_factor import DropCode
from xianxue.desk.actions.context import Ground
from xianxue.desk.stores import clock
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.admin.parts import day_needed, day_said
from xianxue.web.admin.person import person_named
from xianxue.web.kit import told_once
from xianxue.web.kit.pages import deed, of_county, went
from xianxue.web.kit.visit import Asked
from xianxue.web.kit.whole import whole

MANAGE = "accounts.manage"


def managing(request: Asked) -> tuple[Ground, Actor, datetime, str]:
    """Give what every deed on accounts stands on, with the reason that was typed."""
    visit = request.visit
    why = request.POST.get("why", "").strip()
    return visit.standing.ground(), visit.actor, visit.at, why


def _number(request: Asked, name: str) -> int:
    return whole(request.POST.get(name, "")) or 0


def _chosen(request: Asked) -> Person:
    """Give whoever was chosen to come in somebody's stead."""
    login = request.POST.get("who", "")
    if not login:
        raise ComplaintsError([refuse("A-ACCOUNT", say("没有选人"), say("选一个人"))])
    return person_named(login)


@deed(MANAGE, of_county(MANAGE))
def appoint(request: Asked, login: str) -> HttpResponse:
    """Give one more part."""
    found, said = person_named(login), request.POST
    first = day_said(request, "from", say("起")) or clock.day_of(request.visit.at)
    last = day_said(request, "until", say("止"))
    wish = Wish(said.get("role", ""), said.get("place", ""), first, last)
    Appoint(*managing(request))(found.login, wish)
    return _back(request, login, said=say("已任职，从{day}起。", day=first))


@deed(MANAGE, of_county(MANAGE))
def end(request: Asked, login: str) -> HttpResponse:
    """Say which day is the last of a part."""
    last = day_said(request, "last", say("最后一天")) or clock.day_of(request.visit.at)
    EndAppointment(*managing(request))(_number(request, "post"), last)
    return _back(request, login, said=say("这项任职到{day}为止，含当天。", day=last))


@deed(MANAGE, of_county(MANAGE))
def act_for(request: Asked, login: str) -> HttpResponse:
    """Let somebody else act in this one's stead for a time."""
    found = person_named(login)
    first = day_needed(request, "from", say("起"))
    last = day_needed(request, "until", say("止"))
    coming = _chosen(request)
    rows = ActFor(*managing(request))(found.login, coming.login, first, last)
    words = say("{name}从{first}到{last}代理，共 {n} 项任职。", name=coming.name, first=first,
                last=last, n=len(rows))  # fmt: skip
    return _back(request, login, said=words)


@deed(MANAGE, of_county(MANAGE))
def hand_over(request: Asked, login: str) -> HttpResponse:
    """Pass everything on to another from a day."""
    found = person_named(login)
    on = day_said(request, "on", say("从哪天起")) or clock.day_of(request.visit.at)
    coming = _chosen(request)
    passed = HandOver(*managing(request))(found.login, coming.login, on)
    words = say("已移交给{name}：任职 {n} 项，从{day}起；草稿 {drafts} 份，通知 {notices} 条。",
                name=coming.name, n=len(passed.ended), day=on, drafts=passed.begun.drafts,
                notices=passed.begun.notices)  # fmt: skip
    if passed.begun.left:
        request.visit.flash(
            "doubt",
            say("有 {n} 份草稿，接手的人自己也有同一份的，两份都留着。", n=passed.begun.left),
        )
    return _back(request, login, said=words)


@deed(MANAGE, of_county(MANAGE))
def disable(request: Asked, login: str) -> HttpResponse:
    """Let nobody sign in by this account any more."""
    account = Disable(*managing(request))(login)
    return _back(request, login, said=say("{name}的账号已停用。", name=account.name))


@deed(MANAGE, of_county(MANAGE))
def enable(request: Asked, login: str) -> HttpResponse:
    """Let somebody sign in again."""
    account = Enable(*managing(request))(login)
    return _back(request, login, said=say("{name}的账号已启用，还要重新任职。", name=account.name))


@deed(MANAGE, of_county(MANAGE))
def reset(request: Asked, login: str) -> HttpResponse:
    """Make a new password; it is told once, on the page this leads to."""
    found, visit = person_named(login), request.visit
    new = ResetPassword(*managing(request))(found.login)
    told = {"kind": "reset", "rows": [{"login": found.login, "name": found.name, "password": new}]}
    return went(request, "admin:told", told_once.keep(visit.signed.session, visit.at, told))


@deed(MANAGE, of_county(MANAGE))
def end_sessions(request: Asked, login: str) -> HttpResponse:
    """Sign somebody out everywhere, or in one place."""
    found, visit = person_named(login), request.visit
    wanted = request.POST.get("session", "all")
    gate = visit.standing.ground().gate
    live = [one for one in sessions_of(gate, found.id, visit.at) if not one.over]
    chosen = [one.id for one in live if wanted in {"all", str(one.id)}]
    revoke = RevokeSession(*managing(request))
    for session in chosen:
        revoke(session)
    said = say("已退出 {n} 处登录。", n=len(chosen)) if chosen else say("没有要退出的登录。")
    return _back(request, login, said=said)


@deed(MANAGE, of_county(MANAGE))
def revoke_token(request: Asked, login: str) -> HttpResponse:
    """Let one of somebody's tokens open nothing any more."""
    RevokeToken(*managing(request))(_number(request, "token"))
    return _back(request, login, said=say("令牌已作废。"))


@deed(MANAGE, of_county(MANAGE))
def drop_code(request: Asked, login: str) -> HttpResponse:
    """Take off the codes of a phone that is lost."""
    found = person_named(login)
    DropCode(*managing(request))(found.login)
    return _back(
        request, login, said=say("{name}的动态验证码已取下，下次登录要重新设置。", name=found.name)
    )


def _back(request: Asked, login: str, said: str) -> HttpResponse:
    return went(request, "admin:person", login, said=said)
