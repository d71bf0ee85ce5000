"""Coming in, going out, and the language."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from xianxue.bureau.issues.issue import Issue
from xianxue.catalogue.languages.words import LANGUAGES
from xianxue.desk.accounts import sessions
from xianxue.desk.accounts.signing_in import Shown, sign_in
from xianxue.web.gate.enter import KEY, LANGUAGE, where_of
from xianxue.web.kit.declared import OPEN
from xianxue.web.kit.pages import MOVED_ON, deed, page, show
from xianxue.web.kit.visit import Asked


@page(OPEN)
def door_page(request: Asked) -> HttpResponse:
    """Show the door; who is in already goes to the first page."""
    wanted = request.GET.get("next", "")
    if request.visit.present is not None:
        return _on(wanted)
    values = {"next": wanted, "login": "", "refusal": request.visit.gone}
    return show(request, "entry/door.html", values)


@deed(OPEN)
def come_in(request: Asked) -> HttpResponse:
    """Let somebody in, or say why not."""
    said = request.POST
    shown = Shown(said.get("login", ""), said.get("password", ""), said.get("code", ""))
    gate = request.visit.standing.ground().gate
    agent = request.headers.get("User-Agent", "")
    found = sign_in(gate, shown, where_of(request), agent, request.visit.at)
    if isinstance(found, Issue):
        values = {"next": said.get("next", ""), "login": said.get("login", ""), "refusal": found}
        return show(request, "entry/door.html", values, status=403)
    answer = _on(reverse("entry:own") if found.present.unready else said.get("next", ""))
    answer.set_cookie(
        KEY, found.key, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    return answer


@deed(OPEN)
def leave(request: Asked) -> HttpResponse:
    """Go out: the session ends for good."""
    if request.visit.present is not None:
        sessions.end_session(request.COOKIES.get(KEY, ""), request.visit.at)
    answer = HttpResponseRedirect(reverse("entry:door"), status=MOVED_ON)
    answer.delete_cookie(KEY)
    return answer


@deed(OPEN)
def language(request: Asked) -> HttpResponse:
    """Change the language of the pages, and go back to where it was asked for."""
    answer = _on(request.POST.get("next", ""))
    wanted = request.POST.get("language", "")
    if wanted in LANGUAGES:
        answer.set_cookie(LANGUAGE, wanted, max_age=365 * 24 * 3600, samesite="Lax", httponly=True)
    return answer


def _on(wanted: str) -> HttpResponse:
    """Go on to a page of ours; an address of somebody else's is not followed."""
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return HttpResponseRedirect(
        wanted if safe and wanted else reverse("home:home"), status=MOVED_ON
    )
