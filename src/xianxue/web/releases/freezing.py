"""Freezing a release: who is missing and what would change are seen before it is done."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpResponse

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.sentence import say
from xianxue.desk.releases.publication import publish
from xianxue.desk.releases.unpublished import FormOutlook, outlook
from xianxue.desk.standing.standing import LATEST
from xianxue.desk.workspace import ComplaintsError, MisusedError
from xianxue.web.kit.pages import COMPLAINED, deed, page, show, went
from xianxue.web.kit.visit import Asked, Visit
from xianxue.web.releases.pages import waiting_of

_LONGEST: Final = 500
"""Letters of a note or a reason: a paragraph, not a report."""


@page("returns.release")
def freeze(request: Asked) -> HttpResponse:
    """Show what a release made now would hold and lack."""
    return show(request, "releases/freeze.html", _values(request.visit))


@deed("returns.release")
def publish_now(request: Asked) -> HttpResponse:
    """Freeze what is accepted; where the policy asks for a reason, the form comes back with it."""
    visit = request.visit
    why = request.POST.get("why", "").strip()[:_LONGEST]
    override = request.POST.get("override", "").strip()[:_LONGEST] or None
    standing = visit.standing
    try:
        release, new = publish(
            standing.workspace(), standing.period(), actor=visit.actor, why=why, override=override
        )
    except ComplaintsError as error:
        values = _values(visit) | {"issues": error.issues, "why": why, "override": override or ""}
        return show(request, "releases/freeze.html", values, status=COMPLAINED)
    except MisusedError as error:
        visit.flash("bad", error.args[0])
        return went(request, "releases:freeze")
    said = (
        say("已发布“{name}”。它的数从此不变。", name=release.name)
        if new
        else say("与“{name}”相比没有变化，没有另发一号。", name=release.name)
    )
    return went(request, "releases:one", release.period, release.number, said=said)


def _values(visit: Visit) -> dict[str, Any]:
    standing = visit.standing
    period = standing.period()
    forms = standing.ground().shelf.forms
    outlooks: list[FormOutlook] = []
    for name, form in forms.items():
        found = outlook(name, form.term, standing.status(name, period))
        if found.expected:
            outlooks.append(found)
    issues: list[Issue] = []
    return {
        "period": period,
        "forms": outlooks,
        "lacking": sum(len(one.missing) for one in outlooks),
        "filed": sum(one.filed for one in outlooks),
        "newest": standing.release(period, LATEST),
        "waiting": waiting_of(visit),
        "issues": issues,
        "why": "",
        "override": "",
    }
