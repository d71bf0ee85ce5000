"""Loading marks: files and what they are of; complaints with the rows they are of beside them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.sentence import say
from xianxue.desk.exams.rows_beside import Row, rows_beside
from xianxue.desk.exams.sent import as_files, marked_copies
from xianxue.desk.exams.sittings import New, card_named, load, read_new
from xianxue.desk.workspace import ComplaintsError, MisusedError
from xianxue.web.exams.found import COUNTY
from xianxue.web.kit.files import download
from xianxue.web.kit.pages import COMPLAINED, deed, page, show, went
from xianxue.web.kit.visit import Asked, Visit

LOAD: Final = "exams.load"
_MOST: Final = 60
"""Files at once: one a school."""
_SAID: Final = ("exam", "name", "period", "day")
_TOLD: Final = 200
"""Complaints that are written out; the marked copy has all of them."""


@page(LOAD, COUNTY)
def blank(request: Asked) -> HttpResponse:
    """Show the form."""
    return show(request, "exams/load.html", _values(request.visit, {}))


@deed(LOAD, COUNTY)
def take(request: Asked) -> HttpResponse:
    """Read all files; load them where nothing has to be mended, else say what has to be."""
    visit = request.visit
    workspace = visit.standing.workspace()
    with as_files(_sent(request)) as paths:
        new = _new(request)
        given = read_new(workspace, new, paths)
        issues = given.scores.issues
        grave = [one for one in issues if one.severity is not Severity.NOTE]
        if grave and request.POST.get("marked"):
            name, data = marked_copies(paths, issues, str(say("标注副本")))
            return download(data, name)
        if grave:
            beside = rows_beside(paths, issues[:_TOLD])
            values = _values(visit, {name: request.POST.get(name, "") for name in _SAID}) | {
                "issues": issues[:_TOLD],
                "more": max(0, len(issues) - _TOLD),
                "beside": beside,
                "files": [path.name for path in paths],
            }
            return show(request, "exams/load.html", values, status=COMPLAINED)
        row, fresh = load(workspace, new, given, visit.actor)
    for note in issues[:_TOLD]:
        visit.flash("doubt", note.message)
    said = (
        say("载入 {n} 名学生的成绩。", n=row.rows)
        if fresh
        else say("与上一次载入的相同，没有改动。")
    )
    return went(request, "exams:one", new.card.exam, new.period, new.name, said=said)


def _sent(request: Asked) -> list[tuple[str, bytes]]:
    files = [one for one in request.FILES.getlist("files") if isinstance(one, UploadedFile)]
    files = [one for one in files if one.size]
    if not files or len(files) > _MOST:
        saw = say("放入了 {n} 个文件", n=len(files))
        required = say("1 到 {n} 个成绩表", n=_MOST)
        raise ComplaintsError([_issue("X-FILES", saw, required)])
    return [(one.name or "", one.read()) for one in files]


def _new(request: Asked) -> New:
    said, visit = request.POST, request.visit
    issues: list[Issue] = []
    day = period = None
    try:
        day = date.fromisoformat(said.get("day", ""))
    except ValueError:
        issues.append(_issue("X-DAY", say("没有写考试的日子"), say("考试的日子")))
    try:
        period = Period.parse(said.get("period", ""))
    except ValueError:
        issues.append(_issue("X-PERIOD", say("没有写学年"), say("学年")))
    name = said.get("name", "").strip()
    if not name:
        issues.append(_issue("X-NAME", say("没有写名称"), say("这次考试的名称，如“第一次模拟”")))
    card = None
    try:
        card = card_named(visit.standing.workspace(), said.get("exam", ""))
    except MisusedError as error:
        issues.append(_issue("X-KIND", error.args[0], say("列出的种类之一")))
    if issues or day is None or period is None or card is None:
        raise ComplaintsError(issues)
    return New(card, period.code, name, day)


def _values(visit: Visit, said: Mapping[str, str]) -> dict[str, object]:
    standing = visit.standing
    cards = standing.workspace().shelf.examinations.values()
    period = standing.period()
    nothing: list[Issue] = []
    beside: list[Row | None] = []
    return {
        "kinds": [(one.exam, one.term) for one in cards],
        "said": {"period": period.code, "exam": "", "name": "", "day": ""} | dict(said),
        "issues": nothing,
        "more": 0,
        "beside": beside,
        "files": [],
        "most": _MOST,
    }


def _issue(code: str, saw: str, required: str) -> Issue:
    return Issue(
        code=code,
        severity=Severity.MUST_FIX,
        saw=saw,
        required=required,
        do=say("一行也没有载入；请改好再放一次"),
    )
