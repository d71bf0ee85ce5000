"""The list of reports, and one report: its outline, its text, what is still to be done for it."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse

from xianxue.bureau.kinds.deadline_rules import DueLamp
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.report.standing_text import issued_of, issued_of_each, kept_of_each
from xianxue.web.kit.helpers import moment
from xianxue.web.kit.lists import Column, exported, listed
from xianxue.web.kit.pages import page, show
from xianxue.web.kit.visit import Asked
from xianxue.web.report.opened import Line, Opened, marker_of, open_report, period_of

_STATES: Final = {
    "": say("没有分工"),
    "draft": say("在写"),
    "handed_in": say("已交稿"),
    "accepted": say("已收稿"),
    "sent_back": say("退稿"),
}


class Row(Record, kw_only=True):
    """A report in the list."""

    outline: str
    term: Sentence
    period: Sentence | str
    parts: int
    wanted: int
    handed: int
    accepted: int
    issued: int
    issued_at: str
    issued_by: str
    release: str


@page("report.view")
def reports(request: Asked) -> HttpResponse:
    """List the reports that may be written, and how far each has come."""
    visit = request.visit
    rows: list[Row] = []
    cards = visit.standing.workspace().shelf.reports.values()
    periods = [period_of(visit, card) for card in cards]
    asked = [(card, period.code) for card, period in zip(cards, periods, strict=True)]
    issued = issued_of_each([(card.outline, code) for card, code in asked])
    # A question for each report would be one more with every outline that a county adds.
    for (card, _), period, kept, copies in zip(
        asked, periods, kept_of_each(asked), issued, strict=True
    ):
        last = copies[0] if copies else None
        rows.append(
            Row(
                outline=card.outline,
                term=card.term,
                period=period.term,
                parts=len(kept),
                wanted=sum(one.wanted for one in kept),
                handed=sum(one.state == "handed_in" for one in kept),
                accepted=sum(one.state == "accepted" for one in kept),
                issued=last.number if last else 0,
                issued_at=moment(last.at) if last else "",
                issued_by=last.by if last else "",
                release=last.release if last else "",
            )
        )
    listing = listed(request, rows, _COLUMNS, text=lambda row: f"{row.term} {row.outline}")
    wanted = exported(request, listing, say("报告"))
    if wanted is not None:
        return wanted
    return show(request, "report/reports.html", {"list": listing}, part="rows")


@page("report.view")
def one(request: Asked, outline: str) -> HttpResponse:
    """Show the whole report with its live numbers, and what is still to be done."""
    visit = request.visit
    opened = open_report(visit, outline, request.GET.get("figures", ""))
    mark = marker_of(visit, opened.release, opened.period)
    texts = [(line, mark(opened.put.flat(line.kept.section.key))) for line in opened.lines]
    flats = {key: flat.kinds for key, flat in opened.put.sections.items()}
    listing = listed(request, opened.lines, _PARTS, text=lambda line: line.kept.section.key)
    wanted = exported(request, listing, say("{term}分工", term=opened.outline.term))
    if wanted is not None:
        return wanted
    composed = opened.put.composed
    values = {
        **frame(opened),
        "texts": texts,
        "kinds": flats,
        "whole": composed.text,
        "issues": composed.issues,
        "missing": len(composed.missing),
        "across": opened.across,
        "copies": issued_of(outline, opened.period.code),
        "may_write": visit.may("report.write"),
        "may_issue": visit.may("report.release"),
        "title": _title(opened),
    }
    return show(request, "report/one.html", values)


def frame(opened: Opened, here: str = "") -> dict[str, object]:
    """Give what stands around every page of one report."""
    return {
        "report": opened,
        "outline": opened.outline,
        "period_term": opened.period.term,
        "lines": opened.lines,
        "states": _STATES,
        "here_part": here,
        "wrong": sum(line.wrong for line in opened.lines),
        "open_parts": sum(line.open for line in opened.lines),
        "overdue": sum(line.lamp is DueLamp.OVER for line in opened.lines),
        "which": opened.release,
        "release_name": opened.release_name,
    }


def _title(opened: Opened) -> Sentence:
    wrong = sum(line.wrong for line in opened.lines)
    waiting = sum(line.open for line in opened.lines)
    term = opened.outline.term
    if wrong and waiting:
        return say("{term}：{m} 节待交，{n} 处不对", term=term, m=waiting, n=wrong)
    if wrong:
        return say("{term}：{n} 处不对", term=term, n=wrong)
    if waiting:
        return say("{term}：{m} 节待交，数都对得上", term=term, m=waiting)
    return say("{term}：各节已交，数都对得上", term=term)


_COLUMNS: Final = (
    Column[Row]("term", say("报告"), lambda row: row.term),
    Column[Row]("period", say("时期"), lambda row: row.period),
    Column[Row]("wanted", say("要写的节"), lambda row: row.wanted, number=True),
    Column[Row]("handed", say("已交稿"), lambda row: row.handed, number=True),
    Column[Row]("accepted", say("已收稿"), lambda row: row.accepted, number=True),
    Column[Row]("issued", say("印发"), lambda row: row.issued or "", sorts=False),
    Column[Row]("release", say("数出自"), lambda row: row.release),
)


def _state(code: str) -> Sentence:
    return _STATES.get(code, _STATES[""])


_PARTS: Final = (
    Column[Line]("section", say("节"), lambda line: line.kept.section.key),
    Column[Line]("owner", say("谁写"), lambda line: line.kept.owner),
    Column[Line]("due", say("时限"), lambda line: line.kept.due or ""),
    Column[Line]("state", say("状态"), lambda line: _state(line.kept.state)),
    Column[Line]("version", say("第几稿"), lambda line: line.kept.version or ""),
    Column[Line]("by", say("谁改的"), lambda line: line.kept.by),
    Column[Line]("at", say("时间"), lambda line: moment(line.kept.at)),
    Column[Line]("wrong", say("不对的"), lambda line: line.wrong),
)
