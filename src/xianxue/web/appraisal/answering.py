"""Appeals against published results: what was said, and the answer with its reason."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse

from xianxue.bureau.kinds.appraisal.tree import nodes_of
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.actions.appraisal.doing import DECIDE
from xianxue.desk.actions.appraisal.lines import AppraisalLine
from xianxue.desk.actions.appraisal.moving import Decide
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.appraisal.about import RESULTS
from xianxue.web.appraisal.filled import Filled
from xianxue.web.appraisal.hall import Hall
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.pages import COMPLAINED, deed, of_county, page, show, went
from xianxue.web.kit.visit import Asked

_YES: Final = "yes"


class Row(Record, kw_only=True):
    """One appeal."""

    line: AppraisalLine
    name: str
    what: Sentence | str
    answer: AppraisalLine | None
    state: Sentence
    lamp: str


@page(RESULTS, of_county(RESULTS))
def appeals(request: Asked, rubric: str, period: str) -> HttpResponse:
    """List the appeals, those without an answer first."""
    hall = Hall(request.visit, rubric, period)
    rows = sorted(_rows(hall), key=lambda one: one.answer is not None)
    values = {
        "hall": hall,
        "rows": rows,
        "waiting": sum(1 for one in rows if one.answer is None),
        "may": request.visit.may(DECIDE) and hall.stage.state in {"publicity", "appeal"},
    }
    return show(request, "appraisal/appeals.html", values)


@page(RESULTS, of_county(RESULTS))
def appeal(request: Asked, rubric: str, period: str, number: int) -> HttpResponse:
    """Show one appeal with the result it is about."""
    return _appeal(request, Hall(request.visit, rubric, period), number, Filled())


@deed(DECIDE, of_county(DECIDE))
def decide(request: Asked, rubric: str, period: str, number: int) -> HttpResponse:
    """Answer an appeal: upheld or not, and why."""
    hall, said = Hall(request.visit, rubric, period), Filled(request.POST)
    said.needs([("upheld", say("结论")), ("text", say("理由"))])
    if not said.issues:
        try:
            upheld = said.said("upheld") == _YES
            hall.do(Decide)(hall.about, number, said.said("text"), upheld=upheld)
        except ComplaintsError as error:
            said.take(error, {"P-NOTE": "text"})
        else:
            words = say("第 {n} 条申诉已答复。", n=number)
            return went(request, "appraisal:appeals", *hall.at, said=words)
    return _appeal(request, hall, number, said)


def _appeal(request: Asked, hall: Hall, number: int, said: Filled) -> HttpResponse:
    row = next((one for one in _rows(hall) if one.line.number == number), None)
    if row is None:
        raise MissingError(say("没有第 {n} 条申诉。", n=number))
    shown = hall.views.shown(hall.asked).place(row.line.place)
    values = {
        "hall": hall,
        "said": said,
        "row": row,
        "shown": shown,
        "item": shown.item(row.line.item) if shown is not None and row.line.item else None,
        "may": request.visit.may(DECIDE)
        and hall.stage.state in {"publicity", "appeal"}
        and row.answer is None,
        "options": [("", say("请选择")), (_YES, say("成立")), ("no", say("不成立"))],
    }
    status = COMPLAINED if said.issues else 200
    return show(request, "appraisal/appeal_of.html", values, status=status)


def _rows(hall: Hall) -> list[Row]:
    answers = {one.said["line"]: one for one in hall.lines.standing("decide")}
    terms = {one.item.item: one.item.term for one in nodes_of(hall.asked.rubric)}
    found: list[Row] = []
    for line in hall.lines.standing("appeal"):
        answer = answers.get(line.number)
        if answer is None:
            state, lamp = say("没有答复"), "behind"
        else:
            state, lamp = say("成立") if answer.said["upheld"] else say("不成立"), "done"
        found.append(
            Row(
                line=line,
                name=hall.names.get(line.place, line.place),
                what=terms.get(line.item, say("整个结果")),
                answer=answer,
                state=state,
                lamp=lamp,
            )
        )
    return found
