"""Changing one's own password, and setting up one-time codes on one's phone."""

from __future__ import annotations

from django.http import HttpResponse

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.accounts.enrolling import picture_under_way
from xianxue.desk.accounts.gate import refuse
from xianxue.desk.actions.accounts.passwords import ChangePassword
from xianxue.desk.actions.accounts.second_factor import ConfirmCode, DropCode, EnrolCode
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.entry.own import own_page
from xianxue.web.gate.enter import where_of
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.declared import SIGNED
from xianxue.web.kit.pages import deed, page, went
from xianxue.web.kit.visit import Asked


def myself(request: Asked) -> Actor:
    """Give whoever looks after their own account: also before they act in any part."""
    visit = request.visit
    if visit.actor.name:
        return visit.actor
    return Actor(visit.signed.person.name, "", "", where_of(request))


@deed(SIGNED)
def password(request: Asked) -> HttpResponse:
    """Change one's own password; sessions elsewhere end."""
    visit, said = request.visit, request.POST
    present = visit.signed
    new = said.get("new", "")
    if new != said.get("again", ""):
        return own_page(request, "password", [_unlike()])
    change = ChangePassword(visit.standing.ground(), myself(request), visit.at)
    try:
        change(present.person.login, said.get("old", ""), new, present.session)
    except ComplaintsError as error:
        return own_page(request, "password", error.issues)
    words = say("密码已经改好，您在别处的登录都已退出。")
    # Whoever came to change it and has nothing else to set up goes to work.
    free = present.must_change and not present.must_enrol and present.post is not None
    return went(request, "home:home" if free else "entry:own", said=words)


def _unlike() -> Issue:
    return refuse("A-PASSWORD", say("两次输入的新密码不一样"), do=say("请再输入一遍"))


@deed(SIGNED)
def enrol(request: Asked) -> HttpResponse:
    """Make a secret for one's phone; the page then shows it to be scanned."""
    visit = request.visit
    EnrolCode(visit.standing.ground(), myself(request), visit.at)(visit.signed.person.login)
    return went(request, "entry:own")


@page(SIGNED)
def picture(request: Asked) -> HttpResponse:
    """Give the picture that the phone's camera reads: of one's own secret, until it is proved."""
    drawn = picture_under_way(request.visit.signed.person.login)
    if not drawn:
        raise MissingError(say("没有正在设置的动态验证码。"))
    return HttpResponse(drawn, content_type="image/svg+xml")


@deed(SIGNED)
def confirm(request: Asked) -> HttpResponse:
    """Prove that the phone gives the right codes."""
    visit = request.visit
    present = visit.signed
    prove = ConfirmCode(visit.standing.ground(), myself(request), visit.at)
    try:
        prove(present.person.login, request.POST.get("code", ""), present.session)
    except ComplaintsError as error:
        return own_page(request, "code", error.issues)
    words = say("动态验证码已启用，以后登录时要输入手机上的 6 位数字。")
    free = present.must_enrol and not present.must_change and present.post is not None
    return went(request, "home:home" if free else "entry:own", said=words)


@deed(SIGNED)
def drop(request: Asked) -> HttpResponse:
    """Take one's own codes off, to set up another phone."""
    visit = request.visit
    present = visit.signed
    DropCode(visit.standing.ground(), myself(request), visit.at)(
        present.person.login, present.session
    )
    return went(request, "entry:own", said=say("动态验证码已停用，请用新手机重新设置。"))
