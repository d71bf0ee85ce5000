"""What people ask of a section and answer, and saying that it is done."""

from __future__ import annotations

from django.http import HttpResponse

from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.actions.report.comment import CommentOn
from xianxue.desk.actions.report.settle import Settle
from xianxue.web.kit.pages import deed, went
from xianxue.web.kit.visit import Asked
from xianxue.web.kit.whole import whole
from xianxue.web.report.drafts import key_of
from xianxue.web.report.opened import Opened, open_report


@deed("report.view")
def ask(request: Asked, outline: str, section: str) -> HttpResponse:
    """Write a comment, or an answer to one."""
    visit = request.visit
    opened = open_report(visit, outline)
    opened.part(section)
    answers = whole(request.POST.get("answers", "")) or 0
    act = CommentOn(visit.standing.ground(), visit.actor, visit.at)
    act(key_of(opened, section), request.POST.get("said", ""), answers)
    return _back(request, opened, section, say("已答。") if answers else say("意见已写下。"))


@deed("report.view")
def settle(request: Asked, outline: str, section: str) -> HttpResponse:
    """Say that what a comment asks is done, or that it is not."""
    visit = request.visit
    opened = open_report(visit, outline)
    opened.part(section)
    number = whole(request.POST.get("number", "")) or 0
    settled = request.POST.get("settled") != "no"
    act = Settle(visit.standing.ground(), visit.actor, visit.at)
    act(key_of(opened, section), number, settled=settled)
    said = say("这条意见已办结。") if settled else say("这条意见重新提起。")
    return _back(request, opened, section, said)


def _back(request: Asked, opened: Opened, section: str, said: Sentence) -> HttpResponse:
    return went(request, "report:part", opened.outline.outline, section, said=said)
