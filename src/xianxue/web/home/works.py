"""Long work: how far it has come; it can be left, found again and stopped."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect

from xianxue.bureau.values.sentence import say
from xianxue.desk.works import running
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.declared import SIGNED
from xianxue.web.kit.pages import MOVED_ON, deed, page, show, went
from xianxue.web.kit.visit import Asked


@page(SIGNED)
def work(request: Asked, key: str) -> HttpResponse:
    """Show how far a work of one's own has come; when it is done, what it has made."""
    found = running.find(key, request.visit.actor.name)
    if found is None:
        raise MissingError(say("没有这件事，或者是别人在办的。"))
    to = found.result.get("address", "")
    if found.state == running.DONE and to:
        if request.headers.get("HX-Request"):
            answer = HttpResponse(status=204)
            answer["HX-Redirect"] = to
            return answer
        return HttpResponseRedirect(to, status=MOVED_ON)
    return show(request, "home/work.html", {"work": found}, part="work")


@deed(SIGNED)
def stop(request: Asked, key: str) -> HttpResponse:
    """Ask a work of one's own to stop; what is done stays done."""
    running.ask_to_stop(key, request.visit.actor.name)
    return went(request, "home:work", key)
