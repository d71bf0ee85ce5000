"""Where one is signed in, and the tokens that one has given to programs."""

from __future__ import annotations

from django.http import HttpResponse

from xianxue.bureau.values.sentence import say
from xianxue.desk.accounts import sessions
from xianxue.desk.actions.accounts.keys import IssueToken, RevokeSession, RevokeToken
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.entry.own import deed_term, own_page
from xianxue.web.entry.own_secrets import myself
from xianxue.web.kit import told_once
from xianxue.web.kit.declared import SIGNED
from xianxue.web.kit.pages import deed, page, show, went
from xianxue.web.kit.visit import Asked
from xianxue.web.kit.whole import whole


@deed(SIGNED)
def end_sessions(request: Asked) -> HttpResponse:
    """End one of one's own sessions elsewhere, or all but this one."""
    visit = request.visit
    present = visit.signed
    gate = visit.standing.ground().gate
    live = [one for one in sessions.sessions_of(gate, present.person.id, visit.at) if not one.over]
    wanted = request.POST.get("session", "")
    chosen = [
        one.id for one in live if one.id != present.session and wanted in {"others", str(one.id)}
    ]
    revoke = RevokeSession(visit.standing.ground(), myself(request), visit.at)
    for session in chosen:
        revoke(session)
    said = say("已退出 {n} 处登录。", n=len(chosen)) if chosen else say("没有要退出的登录。")
    return went(request, "entry:own", said=said)


@deed(SIGNED)
def issue(request: Asked) -> HttpResponse:
    """Give oneself a token; it is told once, on the page this leads to."""
    visit, said = request.visit, request.POST
    present = visit.signed
    days = said.get("days", "")
    deeds = [one for one in said.getlist("deeds") if visit.can(one)]
    make = IssueToken(visit.standing.ground(), myself(request), visit.at)
    try:
        text = make(
            present.person.login,
            said.get("name", ""),
            deeds,
            whole(days) or 0,
        )
    except ComplaintsError as error:
        return own_page(request, "token", error.issues)
    told = {"token": text, "name": said.get("name", "").strip(), "deeds": deeds, "days": days}
    return went(request, "entry:token", told_once.keep(present.session, visit.at, told))


@page(SIGNED)
def token(request: Asked, key: str) -> HttpResponse:
    """Tell a token, once."""
    visit = request.visit
    told = told_once.tell_once(key, visit.signed.session, visit.at)
    return show(request, "entry/token.html", {"told": told, "term": deed_term(visit)})


@deed(SIGNED)
def revoke(request: Asked) -> HttpResponse:
    """Let one of one's own tokens open nothing any more."""
    visit = request.visit
    number = whole(request.POST.get("token", "")) or 0
    RevokeToken(visit.standing.ground(), myself(request), visit.at)(number)
    return went(request, "entry:own", said=say("令牌已作废。"))
