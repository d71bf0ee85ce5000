"""一数一源: drop a drafted form, and see which of its columns need not be asked."""

from __future__ import annotations

from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.rounding import shown
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.forms.drafted import Checked, check_draft, estimate, hours
from xianxue.desk.workspace import ComplaintsError, MisusedError
from xianxue.web.kit.files import download
from xianxue.web.kit.pages import COMPLAINED, anywhere, deed, page, show
from xianxue.web.kit.visit import Asked, Visit

_LONGEST: Final = 200_000
"""Letters of a pasted card: a hundred pages."""
STATES: Final = {
    "held": say("已经有"),
    "look": say("要核对"),
    "new": say("新的"),
}


@page("forms.design", anywhere)
def check(request: Asked) -> HttpResponse:
    """Show where a draft is put down."""
    return show(request, "forms/check.html", _values(request.visit))


@deed("forms.design", anywhere)
def checked(request: Asked) -> HttpResponse:
    """Look at a draft, and say what is held of it; nothing is kept."""
    visit = request.visit
    card = request.POST.get("card", "")[:_LONGEST]
    values = _values(visit) | {"card": card}
    try:
        name, data = _draft(request, card)
        found = check_draft(visit.standing.workspace(), visit.standing.period(), name, data)
    except ComplaintsError as error:
        return show(
            request, "forms/check.html", values | {"issues": error.issues}, status=COMPLAINED
        )
    except MisusedError as error:
        issues = [_complaint(error.args[0], say("一张新报表的卡片，或有表头的工作簿"))]
        return show(request, "forms/check.html", values | {"issues": issues}, status=COMPLAINED)
    if not found.columns:
        issues = [_complaint(say("没有认出表头"), say("表头有两列以上，或一行一项"))]
        return show(request, "forms/check.html", values | {"issues": issues}, status=COMPLAINED)
    return show(request, "forms/check.html", values | {"found": found, **spared(visit, found)})


@deed("forms.design", anywhere)
def marked(request: Asked) -> HttpResponse:
    """Give a card with what is held marked as filled in from there."""
    visit = request.visit
    card = request.POST.get("card", "")[:_LONGEST]
    try:
        found = check_draft(
            visit.standing.workspace(), visit.standing.period(), "draft.yaml", card.encode()
        )
    except MisusedError as error:
        message = _complaint(error.args[0], say("一张新报表的卡片"))
        raise ComplaintsError([message]) from error
    return download((found.marked or card).encode(), f"{found.title}.yaml")


def _draft(request: Asked, card: str) -> tuple[str, bytes]:
    sent = request.FILES.get("file")
    if isinstance(sent, UploadedFile) and sent.size:
        return (sent.name or "")[-120:], sent.read()
    if card.strip():
        return "draft.yaml", card.encode()
    saw = say("没有放入文件，也没有粘贴卡片")
    raise ComplaintsError([_complaint(saw, say("一张新报表的卡片，或有表头的工作簿"))])


def _values(visit: Visit) -> dict[str, Any]:
    shelf = visit.standing.workspace().shelf
    issues: list[Issue] = []
    seconds = estimate(shelf, visit.at.date())
    return {
        "found": None,
        "issues": issues,
        "card": "",
        "states": STATES,
        "seconds": seconds,
        "cited": shelf.cite(seconds.citation) if seconds is not None else "",
    }


def spared(visit: Visit, found: Checked) -> dict[str, str]:
    """Say how many hours a draft costs, and how many of them are spared, by the card's estimate."""
    seconds = estimate(visit.standing.workspace().shelf, visit.at.date())
    if seconds is None:
        return {"spared": "", "all_hours": ""}
    return {
        "spared": shown(hours(found.saved, seconds), 1),
        "all_hours": shown(hours(found.cells, seconds), 1),
    }


def _complaint(saw: Sentence | str, required: Sentence) -> Issue:
    return Issue(
        code="F-DRAFT",
        severity=Severity.MUST_FIX,
        saw=saw,
        required=required,
        do=say("请换一个文件再放一次；什么也没有改动"),
    )
