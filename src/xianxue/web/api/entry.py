"""Who asks by a token, and what is answered where something may not be done or is not there."""

from __future__ import annotations

import logging
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import Subject
from xianxue.desk.accounts.tokens import token_of
from xianxue.desk.database.system_faults import machine_words
from xianxue.desk.workspace import ComplaintsError, MisusedError
from xianxue.web.api.shapes import Problems
from xianxue.web.gate.enter import where_of
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.declared import SIGNED, About
from xianxue.web.kit.pages import anywhere
from xianxue.web.kit.visit import Visit, asked
from xianxue.web.kit.words import tell

_log = logging.getLogger(__name__)
_TOLD: Final = ("code", "file", "sheet", "cell", "place", "form", "field", "citation")

MORE: Final[dict[int, Any]] = {
    400: Problems,
    401: Problems,
    403: Problems,
    404: Problems,
    409: Problems,
    422: Problems,
    503: Problems,
}
"""What every operation may answer besides what it gives."""


class RefusedError(Exception):
    """The policy does not allow it."""

    def __init__(self, issue: Issue) -> None:
        """Take the refusal."""
        super().__init__(issue)
        self.issue = issue


class ByToken(HttpBearer):
    """``Authorization: Bearer TOKEN``, of somebody who may do the call's deed."""

    def __init__(self, deed: str = SIGNED, about: About = anywhere) -> None:
        """Take the deed and what it is about, as of a page."""
        super().__init__()
        self.deed = deed
        self.about = about

    def authenticate(self, request: HttpRequest, token: str) -> str | None:
        """Let somebody in by a token; the login of who it is."""
        visit = asked().visit
        held = token_of(visit.standing.ground().gate, token, visit.at)
        if isinstance(held, Issue):
            raise AuthenticationError(message=str(tell(held.saw)))
        actor = held.actor(
            where_of(request),
            request.headers.get("X-Role", ""),
            request.headers.get("X-Place", ""),
        )
        if isinstance(actor, Issue):
            raise AuthenticationError(message=str(tell(actor.saw)))
        visit.actor = actor
        if self.deed != SIGNED:
            found = request.resolver_match
            subject = self.about(visit, **(found.kwargs if found is not None else {}))
            _refuse(visit, self.deed, subject)
        return held.person.login


def _refuse(visit: Visit, deed: str, subject: Subject | None) -> None:
    """Raise RefusedError where the policy, or the token, does not allow a call."""
    only = visit.actor.only
    if subject is None and visit.can(deed) and (only is None or deed in only):
        return
    issue = visit.refused(deed, subject if subject is not None else visit.subject(deed))
    if issue is not None:
        raise RefusedError(issue)


API: Final = NinjaAPI(
    title="Xianxue 县学",
    version="1",
    auth=ByToken(),
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
)


def problem(issue: Issue) -> dict[str, str]:
    """Tell a complaint in the reader's language."""
    told = {name: str(getattr(issue, name)) for name in _TOLD}
    words = {name: str(tell(getattr(issue, name))) for name in ("message", "saw", "required", "do")}
    return told | words | {"severity": issue.severity.value}


def problems(issues: list[Issue]) -> dict[str, Any]:
    """Tell several."""
    return {"issues": [problem(issue) for issue in issues]}


def _one(code: str, message: object) -> dict[str, Any]:
    return {"issues": [{"code": code, "severity": "must_fix", "message": str(tell(message))}]}


@API.exception_handler(RefusedError)
def refused(request: HttpRequest, error: RefusedError) -> HttpResponse:
    """Say why the policy does not allow it."""
    return API.create_response(request, problems([error.issue]), status=403)


@API.exception_handler(AuthenticationError)
def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """Ask for a token."""
    message = error.message if error.message != "Unauthorized" else say("没有带令牌，或者令牌不对")
    return API.create_response(request, _one("A-TOKEN", message), status=401)


@API.exception_handler(ComplaintsError)
def complained(request: HttpRequest, error: ComplaintsError) -> HttpResponse:
    """Tell all complaints; nothing has changed."""
    return API.create_response(request, problems(error.issues), status=422)


@API.exception_handler(MisusedError)
def misused(request: HttpRequest, error: MisusedError) -> HttpResponse:
    """Say what there is not."""
    return API.create_response(request, _one("W-MISUSED", error.args[0]), status=404)


@API.exception_handler(MissingError)
def missing(request: HttpRequest, error: MissingError) -> HttpResponse:
    """Say what there is not."""
    return API.create_response(request, _one("W-MISSING", error.what or ""), status=404)


@API.exception_handler(ValidationError)
def wrong(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Say which parts of a request cannot be read."""
    told = [
        {
            "code": "W-REQUEST",
            "severity": "must_fix",
            "field": ".".join(str(part) for part in one.get("loc", ())),
            "message": str(one.get("msg", "")),
        }
        for one in error.errors
    ]
    return API.create_response(request, {"issues": told}, status=422)


@API.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Say that a request cannot be read at all."""
    return API.create_response(request, _one("W-REQUEST", str(error)), status=error.status_code)


@API.exception_handler(Exception)
def broken(request: HttpRequest, error: Exception) -> HttpResponse:
    """Tell what the machine refuses in words; anything else is a fault of ours, with a number."""
    words = machine_words(error)
    if words is not None:
        _log.error("refused by the machine: %s", error)
        return API.create_response(request, _one("W-MACHINE", words), status=503)
    number = get_random_string(8)
    _log.exception("fault %s", number)
    told = say("程序出错，没有办成。已存的数据没有动，请把编号 {n} 告诉系统管理员。", n=number)
    return API.create_response(request, _one("W-FAULT", told), status=500)
