"""While a backup is put back: what would write is refused at the gate, what reads is answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from xianxue.desk.database.barrier import passing
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.gate.faults import PROGRAMS
from xianxue.web.kit import pages
from xianxue.web.kit.visit import asked
from xianxue.web.kit.words import tell

_READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_LATER: Final = "60"
"""Seconds after which a program may ask again."""

Answer = Callable[[HttpRequest], HttpResponse]


def holding(answer: Answer) -> Answer:
    """Let a request pass that only reads; any other only where nothing is being put back."""

    def hold(request: HttpRequest) -> HttpResponse:
        if request.method in _READS:
            return answer(request)
        try:
            with passing(settings.XIANXUE_STANDING.root):
                return answer(request)
        except ComplaintsError as error:
            return _refused(request, error)

    return hold


def _refused(request: HttpRequest, error: ComplaintsError) -> HttpResponse:
    issue = error.issues[0]
    words = tell(issue.message)
    if request.path.startswith(PROGRAMS):
        told = {"code": issue.code, "severity": issue.severity.value, "message": str(words)}
        found: HttpResponse = JsonResponse({"issues": [told]}, status=503)
    else:
        found = pages.show(asked(), "kit/restoring.html", {}, status=503)
    found["Retry-After"] = _LATER
    return found
