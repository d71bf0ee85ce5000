"""Pages and deeds: how a room declares a view, and the permission without which it is not shown.

Default deny: an address whose view is declared by none of these is refused when addresses are
gathered. So one table says who may open what, and a test asks every address as every role.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template import engines
from django.urls import reverse

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.workflow.subject import Subject
from xianxue.desk.actions.once import done_before, keep_done, turn_of
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.kit.declared import OPEN, SIGNED, About, Declared, View
from xianxue.web.kit.joining import joined_in
from xianxue.web.kit.shell import shell_of
from xianxue.web.kit.visit import Asked, Visit
from xianxue.web.kit.words import reading

UNKNOWN, REFUSED, MISSING, COMPLAINED = 401, 403, 404, 422
MOVED_ON: Final = 303
_LONGEST_KEY: Final = 64


def anywhere(_visit: Visit, **_address: str) -> Subject | None:
    """Whoever's role may do it somewhere sees the page; its rows are those within their reach."""
    return None


def of_place(deed: str, name: str = "place") -> About:
    """Say that a page is about the place in its address."""

    def about(visit: Visit, **address: str) -> Subject:
        return visit.subject(deed, address[name])

    return about


def of_county(deed: str) -> About:
    """Say that a page is about the whole county."""

    def about(visit: Visit, **_address: str) -> Subject:
        return visit.subject(deed)

    return about


def page(deed: str, about: About = anywhere) -> Callable[[View], Declared]:
    """Declare a page that is read: GET alone, shown to those who may do the deed."""
    return _declared(deed, about, writes=False)


def deed(deed: str, about: About = anywhere) -> Callable[[View], Declared]:
    """Declare an address that changes something: POST alone; sent twice it is done once."""
    return _declared(deed, about, writes=True)


def _declared(deed: str, about: About, *, writes: bool) -> Callable[[View], Declared]:
    def declare(view: View) -> Declared:
        @wraps(view)
        def answer(request: Asked, **address: str) -> HttpResponse:
            allowed = ("POST",) if writes else ("GET", "HEAD")
            if request.method not in allowed:
                return HttpResponseNotAllowed(allowed)
            refusal = _refusal(request.visit, deed, about, address)
            if refusal is not None:
                return refusal(request)
            if writes:
                return _once(view, request, address)
            if request.GET.get("as") == "xlsx":
                key = (*_who(request), request.get_full_path())
                return joined_in(key, lambda: view(request, **address))
            return view(request, **address)

        answer.deed, answer.about, answer.writes = deed, about, writes  # type: ignore[attr-defined]  # what Declared promises
        return answer  # type: ignore[return-value]  # as above

    return declare


def _who(request: Asked) -> tuple[str, ...]:
    actor = request.visit.actor
    return (actor.name, actor.role, actor.place, reading.get())


def _refusal(
    visit: Visit, deed: str, about: About, address: Mapping[str, str]
) -> Callable[[Asked], HttpResponse] | None:
    if deed == OPEN:
        return None
    present = visit.present
    if present is None:
        return door
    if present.unready and deed != SIGNED:
        return first_things
    if deed == SIGNED:
        return None
    subject = about(visit, **address)
    if subject is None and visit.can(deed):
        return None
    issue = visit.refused(deed, subject if subject is not None else visit.subject(deed))
    return None if issue is None else lambda request: refuse(request, issue)


def _once(view: View, request: Asked, address: Mapping[str, str]) -> HttpResponse:
    """Do a deed once however often it is sent; the second time gives the first answer."""
    key = request.POST.get("deed", "")[:_LONGEST_KEY]
    if not key:
        return _done(view, request, address)
    who = request.visit.actor.name
    with turn_of(key):
        earlier = done_before(key, who)
        if earlier is not None:
            return _to(request, earlier)
        answer = _done(view, request, address)
        to = answer.headers.get("Location") or answer.headers.get("HX-Redirect")
        if to:
            keep_done(key, who, to, request.visit.at)
    return answer


def _done(view: View, request: Asked, address: Mapping[str, str]) -> HttpResponse:
    try:
        answer = view(request, **address)
    except ComplaintsError as error:
        return complain(request, error.issues)
    if isinstance(answer, HttpResponseRedirect) and request.headers.get("HX-Request"):
        return _to(request, answer.url)
    return answer


def _to(request: HttpRequest, address: str) -> HttpResponse:
    """Send the browser on with a GET, so that going back or reloading does nothing again."""
    answer: HttpResponse = HttpResponseRedirect(address, status=MOVED_ON)
    if request.headers.get("HX-Request") and not request.headers.get("HX-Boosted"):
        # HTMX would follow the redirect itself and put the page into a part of this one.
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = address
    return answer


def went(request: Asked, name: str, *args: object, said: Sentence | str = "") -> HttpResponse:
    """Go on to a page after a deed, and say there what was done."""
    if said:
        request.visit.flash("done", said)
    return HttpResponseRedirect(reverse(name, args=[str(each) for each in args]), status=MOVED_ON)


def show(
    request: Asked,
    template: str,
    values: Mapping[str, object],
    *,
    part: str = "",
    status: int = 200,
) -> HttpResponse:
    """Write a page; where HTMX wants one part of it (the block named so), only that."""
    context = {**shell_of(request), **values}
    written = engines["jinja2"].get_template(template).template  # pyright: ignore[reportAttributeAccessIssue]  # Django's wrapper around Jinja's
    wanted = request.headers.get("HX-Target", "")
    if wanted and wanted == part:
        text = "".join(written.blocks[part](written.new_context(context)))
    else:
        text = written.render(context)
    answer = HttpResponse(text, status=status)
    answer["Vary"] = "HX-Target, Cookie, Accept-Language"
    answer["Content-Language"] = reading.get()
    return answer


def door(request: Asked) -> HttpResponse:
    """Send somebody to the door; what they asked for is shown once they are in."""
    if request.headers.get("HX-Request"):
        # A part of a page cannot hold the door: the script loads the whole page again.
        return HttpResponse(status=UNKNOWN)
    to = reverse("entry:door")
    wanted = request.get_full_path() if request.method == "GET" else ""
    if wanted not in {"", "/"}:
        to = f"{to}?{urlencode({'next': wanted})}"
    return HttpResponseRedirect(to)


def first_things(request: Asked) -> HttpResponse:
    """Send somebody on who has to choose a password, set up a code, or choose a part."""
    del request
    return HttpResponseRedirect(reverse("entry:own"), status=MOVED_ON)


def refuse(request: Asked, issue: Issue) -> HttpResponse:
    """Say in the policy's words why something may not be seen or done."""
    return show(request, "kit/refused.html", {"issue": issue}, status=REFUSED)


def complain(request: Asked, issues: list[Issue]) -> HttpResponse:
    """Say what was not done and why; nothing has changed, and what was typed is a step back."""
    return show(request, "kit/complained.html", {"issues": issues}, status=COMPLAINED)


def missing(request: Asked, what: Sentence | None = None) -> HttpResponse:
    """Say that there is nothing at an address."""
    words = what if what is not None else say("这个地址没有页面。")
    return show(request, "kit/missing.html", {"words": words}, status=MISSING)
