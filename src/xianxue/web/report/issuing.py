"""Issuing a report with a figures' release, and what was issued: its numbers never move."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpResponse

from xianxue.bureau.audit.sources.sourced import Sourced
from xianxue.bureau.documents.opening import open_document
from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.actions.report.issue_report import IssueReport
from xianxue.desk.audit.comparison import look_at
from xianxue.desk.audit.reading import judged
from xianxue.desk.report.standing_text import file_of, issued_of
from xianxue.desk.standing.standing import LATEST
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.kit.against import against_of, words_of_county
from xianxue.web.kit.files import download
from xianxue.web.kit.pages import COMPLAINED, deed, missing, page, show, went
from xianxue.web.kit.visit import Asked, Visit
from xianxue.web.report.drafts import key_of
from xianxue.web.report.files import file_name, written_of
from xianxue.web.report.opened import Line, Opened, open_report, period_of
from xianxue.web.report.pages import frame

_KINDS: Final = ("document", "sheet")


@page("report.release")
def issue(request: Asked, outline: str) -> HttpResponse:
    """Show what is still lacking before a report may be issued."""
    opened = open_report(request.visit, outline)
    return show(request, "report/issue.html", _values(opened))


@deed("report.release")
def issue_now(request: Asked, outline: str) -> HttpResponse:
    """Issue: the file is kept as it is, with the release whose figures it tells."""
    visit = request.visit
    opened = open_report(visit, outline)
    try:
        made = issue_report(visit, opened, request.POST.get("why", ""))
    except ComplaintsError as error:
        values = _values(opened) | {"issues": error.issues}
        return show(request, "report/issue.html", values, status=COMPLAINED)
    said = say(
        "已印发第 {n} 号，数出自“{release}”，从此不变。", n=made.number, release=made.release
    )
    return went(request, "report:copy", outline, made.number, said=said)


def issue_report(visit: Visit, opened: Opened, why: str) -> Any:  # noqa: ANN401 - a row of the desk's
    """Issue a report as it stands; ComplaintsError with all that stands against it."""
    issues = _lacking(opened)
    written = None if issues else written_of(opened)
    if written is None or written.issues:
        raise ComplaintsError(issues or list(written.issues if written else ()))
    act = IssueReport(visit.standing.ground(), visit.actor, visit.at, why.strip()[:500])
    return act(
        key_of(opened, ""),
        opened.release_name,
        written.document,
        written.sheet,
        {one.section.key: one.version for one in opened.kept if one.version},
    )


@page("report.view")
def issued(request: Asked, outline: str, number: int) -> HttpResponse:
    """Show what was issued, and which of its numbers a newer release would change."""
    visit = request.visit
    opened = open_report(visit, outline)
    copies = issued_of(outline, opened.period.code)
    found = next((one for one in copies if one.number == number), None)
    if found is None:
        return missing(request, say("没有印发过这一号。"))
    newest = visit.standing.release(opened.period, LATEST)
    newer = newest is not None and newest.name != found.release
    values = {
        **frame(opened),
        "copy": found,
        "newest": newest.name if newer and newest is not None else "",
        "stale": _stale(visit, outline, opened, number) if newer else [],
    }
    return show(request, "report/issued.html", values)


@page("report.view")
def copy(request: Asked, outline: str, number: int, what: str) -> HttpResponse:
    """Give the very file that was issued."""
    card = request.visit.standing.workspace().shelf.reports.get(outline)
    if card is None or what not in _KINDS:
        return missing(request)
    period = period_of(request.visit, card)
    data = file_of(outline, period.code, number, sheet=what == "sheet")
    if data is None:
        return missing(request, say("没有印发过这一号。"))
    name = say("数据说明") if what == "sheet" else ""
    stem = "-".join(filter(None, (f"{card.term}_{period.code}_{number}", str(name))))
    return download(data, f"{stem}.docx")


def _values(opened: Opened) -> dict[str, Any]:
    return {**frame(opened), "lacking": _lacking(opened), "issues": (), "name": file_name(opened)}


def _lacking(opened: Opened) -> list[Issue]:
    """Say what stands against issuing, root cause first."""
    found: list[Issue] = []
    if not opened.release_name:
        found.append(
            _complaint(
                say("数还没有发布"),
                say("报告随一号数据发布印发"),
                say("请先冻结发布"),
            )
        )
    found += [issue for line in opened.lines if (issue := _against(line)) is not None]
    found += [
        _complaint(
            say("各节说法不一：{names}", names=joined("、", one.sections)),
            one.message,
            say("请两节的责任股室商定后改"),
        )
        for one in opened.across
    ]
    if opened.put.composed.missing:
        found.append(
            _complaint(
                say(
                    "有 {n} 家单位的报表没有报齐，文中有缺数的段落",
                    n=len(opened.put.composed.missing),
                ),
                say("印发的报告没有缺数的段落"),
                say("请催报，发布后再印发"),
            )
        )
    return [*found, *opened.put.composed.issues]


def _against(line: Line) -> Issue | None:
    """Say what of one section stands against issuing: the gravest alone, the others come after."""
    name, kept = line.kept.section.title, line.kept
    reasons = (
        (
            line.wrong,
            say("“{section}”有 {n} 处不对", section=name, n=line.wrong),
            say("没有不一致的数"),
            say("请打开这一节，按核对结果改"),
        ),
        (
            line.left_open,
            say("“{section}”有 {n} 处待补", section=name, n=line.left_open),
            say("印发的报告没有待补的地方"),
            say("请打开这一节，补上或删去"),
        ),
        (
            line.asked,
            say("“{section}”有 {n} 条意见没有办结", section=name, n=line.asked),
            say("意见都办结了"),
            say("请打开这一节，改好以后点“办结”"),
        ),
        (
            kept.wanted and kept.state != "accepted",
            say("“{section}”还没有收稿", section=name),
            say("各节都收了稿"),
            say("请{owner}交稿，办公室收稿", owner=kept.owner or say("责任股室")),
        ),
    )
    return next((_complaint(*words) for stands, *words in reasons if stands), None)


def _complaint(saw: str, required: str, do: str) -> Issue:
    return Issue(code="W-ISSUE", severity=Severity.MUST_FIX, saw=saw, required=required, do=do)


def _stale(visit: Visit, outline: str, opened: Opened, number: int) -> list[Sourced]:
    """Give the numbers of an issued file that the newest figures would print otherwise."""

    def make() -> list[Sourced]:
        data = file_of(outline, opened.period.code, number)
        against = against_of(visit, "latest", opened.period)
        if data is None or against is None:
            return []
        audited = judged(file_name(opened), data, open_document(data), words_of_county(visit))
        return [one for one in look_at(audited, against).sourced if one.state == "stale"]

    return visit.standing.answer(("stale", outline, opened.period.code, number), make)
