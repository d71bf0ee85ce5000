"""The gate: each request gets its visit, and its answer the headers that keep it safe."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from xianxue.bureau.issues.issue import Issue
from xianxue.catalogue.languages.words import LANGUAGES, OWN
from xianxue.desk.accounts import people, sessions
from xianxue.desk.standing.standing import one_moment
from xianxue.desk.stores import clock
from xianxue.web.gate.outside import outside
from xianxue.web.kit.visit import Visit, answering
from xianxue.web.kit.words import reading

KEY: Final = "xianxue"
"""The cookie with the session's key."""
LANGUAGE: Final = "language"
"""The cookie with the language somebody has chosen."""

NAMELESS: Final = "/b/"
"""Where slips lead: whoever has signed in on the same phone is nobody there, and no session says
when they came."""
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'"
)
"""Nothing from outside, no script or style that is not a file of ours."""

_YEAR: Final = f"max-age={365 * 24 * 3600}"

Answer = Callable[[HttpRequest], HttpResponse]


def entering(answer: Answer) -> Answer:
    """Give each request its visit, for as long as it is answered."""

    def enter(request: HttpRequest) -> HttpResponse:
        language = _language(request)
        speaking, asking = reading.set(language), answering.set(request)
        # What only reads sees one moment; a deed sees what it has changed.
        seeing = one_moment() if request.method in {"GET", "HEAD"} else nullcontext()
        try:
            with seeing:
                return enter_at(request, language)
        finally:
            answering.reset(asking)
            reading.reset(speaking)

    def enter_at(request: HttpRequest, language: str) -> HttpResponse:
        visit = _visit(request, language)
        request.visit = visit  # type: ignore[attr-defined]  # what Asked promises
        found = outside(request, answer(request))
        if visit.present is not None and visit.remembers:
            sessions.remember(visit.present.session, **visit.present.data)
        return found

    return enter


def guarding(answer: Answer) -> Answer:
    """Write the headers on every answer, whatever it is."""

    def guard(request: HttpRequest) -> HttpResponse:
        found = answer(request)
        found["Content-Security-Policy"] = POLICY
        found["X-Content-Type-Options"] = "nosniff"
        found["Referrer-Policy"] = "same-origin"
        found["X-Frame-Options"] = "DENY"
        found["Cross-Origin-Opener-Policy"] = "same-origin"
        if settings.SESSION_COOKIE_SECURE:
            # Who has come by https once is never led back to where everybody can listen.
            found["Strict-Transport-Security"] = _YEAR
        # What is shown to one person is kept by nobody in between, nor behind the back button once
        # they have left.
        found.setdefault("Cache-Control", "no-store")
        return found

    return guard


def _visit(request: HttpRequest, language: str) -> Visit:
    standing = settings.XIANXUE_STANDING
    standing.database()
    at = clock.now()
    visit = Visit(standing, language, at, demo=settings.XIANXUE_DEMO)
    key = request.COOKIES.get(KEY, "")
    if not key or request.path.startswith(NAMELESS):
        return visit
    present = sessions.session_of(standing.ground().gate, key, at)
    if isinstance(present, Issue):
        visit.gone = present
        return visit
    visit.present = present
    if present.post is not None:
        visit.actor = people.actor_of(present.person, present.post, where_of(request))
    return visit


def where_of(request: HttpRequest) -> str:
    """Give the address a request comes from.

    Behind a proxy it is what the nearest proxy says, where the settings say that there is one.
    """
    if settings.XIANXUE_PROXIES:
        said = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        found = said[-settings.XIANXUE_PROXIES :][0].strip()
        if found:
            return found
    return str(request.META.get("REMOTE_ADDR", ""))


def _language(request: HttpRequest) -> str:
    """Give the language chosen, else the browser's; Chinese where it asks for neither."""
    chosen = request.COOKIES.get(LANGUAGE, "")
    if chosen in LANGUAGES:
        return chosen
    for wanted in request.headers.get("Accept-Language", "").split(","):
        short = wanted.partition(";")[0].strip().partition("-")[0].lower()
        if short in LANGUAGES:
            return short
    return OWN
