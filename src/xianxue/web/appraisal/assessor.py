"""The pages of an assessor: what they were assigned, and their own marks, nobody else's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from django.http import HttpResponse, HttpResponseRedirect

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.actions.appraisal.assessors import GiveMark
from xianxue.desk.actions.appraisal.doing import OPEN
from xianxue.desk.appraisal.cards import Which
from xianxue.desk.appraisal.duties import marked_items
from xianxue.desk.appraisal.taking_part.answering import give_marks
from xianxue.desk.appraisal.taking_part.marking import OwnMark, Sheet, sheets_of
from xianxue.desk.appraisal.taking_part.typed_points import points_typed
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.appraisal.about import asked_of, views_of
from xianxue.web.appraisal.marking_form import marking_of, of_whole
from xianxue.web.appraisal.mine import Mine
from xianxue.web.appraisal.papers import file_of
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.helpers import address
from xianxue.web.kit.lists import Choice, Column, exported, listed
from xianxue.web.kit.pages import COMPLAINED, MOVED_ON, deed, page, show
from xianxue.web.kit.visit import Asked, Visit

MARK: Final = "appraisal.mark"
_WORDS: Final[Mapping[str, Sentence]] = {
    "open": say("没有评完"),
    "done": say("评完了"),
    "closed": say("已封评分"),
}
_LAMPS: Final[Mapping[str, str]] = {"open": "near", "done": "done", "closed": ""}


class Row(Record, kw_only=True):
    """One place that an assessor was assigned, in the list."""

    asked: Which
    sheet: Sheet
    state: str
    lamp: str


@page(MARK)
def marks(request: Asked) -> HttpResponse:
    """List what one was assigned, and how far one is."""
    rows = [
        _row(request.visit, asked, sheet)
        for asked, sheets in _assigned(request.visit)
        for sheet in sheets
    ]
    terms = {row.asked.rubric.series: row.asked.rubric.term for row in rows}
    listing = listed(
        request,
        rows,
        _COLUMNS,
        text=lambda row: f"{row.sheet.name} {row.asked.rubric.term}",
        choices=[
            Choice("state", say("状态"), lambda row: row.state, _WORDS.__getitem__),
            Choice("rubric", say("评价"), lambda row: row.asked.rubric.series, terms.__getitem__),
        ],
    )
    wanted = exported(request, listing, say("我的评分"))
    if wanted is not None:
        return wanted
    values = {
        "list": listing,
        "words": _WORDS,
        "open": sum(1 for row in rows if row.state == "open"),
        "going": [
            (one.listed.rubric, one.listed.period)
            for one in views_of(request.visit).listed()
            if one.listed.state in OPEN and marked_items(one.listed.rubric)
        ],
    }
    return show(request, "appraisal/marks.html", values, part="rows")


@page(MARK)
def sheet(request: Asked, rubric: str, period: str, place: str) -> HttpResponse:
    """Show what is to be marked of one place, and one's own marks."""
    asked = asked_of(request.visit, rubric, period)
    return _shown(request, asked, place)


@deed(MARK)
def give(request: Asked, rubric: str, period: str, place: str) -> HttpResponse:
    """Keep marks, all that were typed or none; each complaint stands at its item."""
    visit = request.visit
    asked = asked_of(visit, rubric, period)
    own = _sheet(visit, asked, place)
    typed = {
        one.node.item.item: request.POST.get(f"m-{one.node.item.item}", "")
        for one in own.marks
        if not one.absent
    }
    given, issues = _read(own, typed)
    many = 0
    if not issues:
        try:
            many = give_marks(
                GiveMark(visit.standing.ground(), visit.actor, visit.at),
                views_of(visit).about(asked),
                place,
                given,
            )
        except ComplaintsError as error:
            issues = error.issues
    if issues:
        return _shown(request, asked, place, typed, issues)
    visit.flash("done", say("已记下 {n} 项评分。", n=many) if many else say("没有改动。"))
    to = _next(visit, asked, place) if request.POST.get("then") == "next" else ""
    at = (asked.rubric.series, asked.period.code, to or place)
    return HttpResponseRedirect(address("appraisal:sheet", *at), status=MOVED_ON)


@page(MARK)
def marked_paper(request: Asked, rubric: str, period: str, place: str, digest: str) -> HttpResponse:
    """Show a document of a place to those who were assigned to assess it."""
    visit = request.visit
    asked = asked_of(visit, rubric, period)
    _sheet(visit, asked, place)
    return file_of(Mine(visit, asked, place), digest)


def _assigned(visit: Visit) -> list[tuple[Which, list[Sheet]]]:
    views = views_of(visit)
    found: list[tuple[Which, list[Sheet]]] = []
    for one in views.listed():
        asked = asked_of(visit, one.listed.rubric.series, one.listed.period.code)
        sheets = _sheets(visit, asked)
        if sheets:
            found.append((asked, sheets))
    return found


def _sheets(visit: Visit, asked: Which) -> list[Sheet]:
    views = views_of(visit)
    lines = views.lines(asked)
    return sheets_of(views.about(asked), views.people(asked), lines, visit.actor.name)


def _sheet(visit: Visit, asked: Which, place: str) -> Sheet:
    found = next((one for one in _sheets(visit, asked) if one.place == place), None)
    if found is None:
        raise MissingError(say("没有派您评这个对象，或者已经回避。"))
    return found


def _row(visit: Visit, asked: Which, sheet: Sheet) -> Row:
    closed = views_of(visit).stage(asked).state not in OPEN
    state = "closed" if closed else "done" if sheet.given == sheet.asked else "open"
    return Row(asked=asked, sheet=sheet, state=state, lamp=_LAMPS[state])


def _next(visit: Visit, asked: Which, place: str) -> str:
    """Give the next place that is not done, from this one on."""
    sheets = _sheets(visit, asked)
    at = next((at for at, one in enumerate(sheets) if one.place == place), 0)
    later = [*sheets[at + 1 :], *sheets[:at]]
    return next((one.place for one in later if one.given < one.asked), "")


def _shown(
    request: Asked,
    asked: Which,
    place: str,
    typed: Mapping[str, str] | None = None,
    issues: Sequence[Issue] = (),
) -> HttpResponse:
    visit = request.visit
    own, mine = _sheet(visit, asked, place), Mine(visit, asked, place)
    lines = [marking_of(mine, one, typed, issues) for one in own.marks]
    items = {one.mark.node.item.item for one in lines}
    stage = views_of(visit).stage(asked)
    values = {
        "mine": mine,
        "own": own,
        "lines": lines,
        "open": stage.state in OPEN,
        "stage": stage,
        "next": _next(visit, asked, place),
        # Of what is closed every item says the same: it is said once.
        "issues": list({one.message: one for one in issues if of_whole(one, items)}.values()),
        "wrong": sum(1 for one in issues if not of_whole(one, items)),
    }
    return show(request, "appraisal/sheet.html", values, status=COMPLAINED if issues else 200)


def _read(own: Sheet, typed: Mapping[str, str]) -> tuple[dict[str, OwnMark], list[Issue]]:
    """Read what has changed; what is left empty is not marked, and what was given stays."""
    found: dict[str, OwnMark] = {}
    issues: list[Issue] = []
    for one in own.marks:
        item = one.node.item.item
        text = typed.get(item, "").strip()
        gives = one.node.item.gives
        if not text or gives is None:
            continue
        if gives.gives == "level":
            mark = replace(one, level=text)
        else:
            try:
                mark = replace(one, value=points_typed(text))
            except ComplaintsError as error:
                issues += [replace(each, field=item) for each in error.issues]
                continue
        if mark != one:
            found[item] = mark
    return found, issues


_COLUMNS: Final = (
    Column[Row]("name", say("对象"), lambda row: row.sheet.name),
    Column[Row]("term", say("评价"), lambda row: row.asked.rubric.term),
    Column[Row]("period", say("时期"), lambda row: row.asked.period.term),
    Column[Row]("given", say("已评"), lambda row: row.sheet.given, number=True),
    Column[Row]("asked", say("要评"), lambda row: row.sheet.asked, number=True),
    Column[Row]("state", say("状态"), lambda row: _WORDS[row.state], sorts=False),
)
