"""What an office writes about one place: additions and deductions, vetoes, what does not apply."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.http import HttpResponse

from xianxue.bureau.kinds.appraisal.tree import ItemNode, nodes_of
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.actions.appraisal.doing import GIVE, WITHDRAW
from xianxue.desk.actions.appraisal.lines import AppraisalLine
from xianxue.desk.actions.appraisal.reports import (
    GiveNumber,
    RecordVeto,
    SayAbsent,
    WithdrawLine,
)
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.appraisal.about import RESULTS
from xianxue.web.appraisal.conduct import RECORDS
from xianxue.web.appraisal.filled import Filled
from xianxue.web.appraisal.hall import Hall
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.pages import COMPLAINED, deed, of_county, page, show, went
from xianxue.web.kit.visit import Asked

_FIELDS: Final = {
    "P-PLACE": "place",
    "P-ITEM": "what",
    "P-REASON": "what",
    "P-VETO": "document",
    "P-DOCUMENT": "document",
    "P-NOTE": "note",
}
_TAKEN_BACK: Final = ("number", "adjust", "veto", "absent")


class Row(Record, kw_only=True):
    """One line that stands."""

    line: AppraisalLine
    name: str
    what: Sentence | str
    said: Sentence | str


@page(RESULTS, of_county(RESULTS))
def records(request: Asked, rubric: str, period: str, kind: str) -> HttpResponse:
    """Show what stands of a kind, and the form of a further one."""
    return _records(request, Hall(request.visit, rubric, period), kind, Filled())


@deed(GIVE, of_county(GIVE))
def record(request: Asked, rubric: str, period: str, kind: str) -> HttpResponse:
    """Write one down."""
    hall, said = Hall(request.visit, rubric, period), Filled(request.POST)
    _known(kind)
    said.needs([("place", say("对象")), ("what", _WHAT[kind])])
    times = said.number("times") if kind == "adjust" else None
    if kind == "adjust":
        said.needs([("times", say("几次"))])
    if not said.issues:
        place, what, paper = said.said("place"), said.said("what"), said.said("document")
        try:
            if kind == "veto":
                hall.do(RecordVeto)(hall.about, place, what, paper, said.said("note"))
            elif kind == "absent":
                hall.do(SayAbsent)(hall.about, place, what, said.said("note"))
            elif times is not None:
                item, _, reason = what.partition("/")
                deed = hall.do(GiveNumber)
                deed(hall.about, place, item, times, reason=reason, document=paper)
        except ComplaintsError as error:
            said.take(error, _FIELDS)
        else:
            words = say("已登记：{name}。", name=hall.names[place])
            return went(request, "appraisal:records", *hall.at, kind, said=words)
    return _records(request, hall, kind, said)


def _records(request: Asked, hall: Hall, kind: str, said: Filled) -> HttpResponse:
    visit = request.visit
    values = {
        "hall": hall,
        "said": said,
        "kind": _known(kind),
        "term": RECORDS[kind],
        "what": _WHAT[kind],
        "rows": [_row(hall, one) for one in hall.lines.standing(kind)],
        "places": [("", say("请选择")), *hall.names.items()],
        "options": [("", say("请选择")), *_options(hall, kind)],
        "may": visit.may(GIVE) and hall.open,
        "takes": visit.may(WITHDRAW),
    }
    status = COMPLAINED if said.issues else 200
    return show(request, "appraisal/records.html", values, status=status)


@page(WITHDRAW, of_county(WITHDRAW))
def back(request: Asked, rubric: str, period: str, number: int) -> HttpResponse:
    """Ask why a line is taken back; say what follows from it."""
    return _back(request, Hall(request.visit, rubric, period), number, Filled())


@deed(WITHDRAW, of_county(WITHDRAW))
def take_back(request: Asked, rubric: str, period: str, number: int) -> HttpResponse:
    """Take a line back; after publication that is a new release."""
    hall, said = Hall(request.visit, rubric, period), Filled(request.POST)
    line = _line(hall, number)
    said.needs([("why", say("理由"))])
    if not said.issues:
        try:
            doing = hall.do(WithdrawLine, said.said("why"))
            doing(hall.about, number, hall.views.results(hall.asked))
        except ComplaintsError as error:
            said.take(error, {"P-NOTE": "why"})
        else:
            words = say("第 {n} 条已撤下。", n=number)
            if line.kind == "number":
                return went(request, "appraisal:numbers_of", *hall.at, line.item, said=words)
            return went(request, "appraisal:records", *hall.at, line.kind, said=words)
    return _back(request, hall, number, said)


def _back(request: Asked, hall: Hall, number: int, said: Filled) -> HttpResponse:
    line = _line(hall, number)
    values = {
        "hall": hall,
        "said": said,
        "row": _row(hall, line),
        "term": _TERMS[line.kind],
        "published": not hall.open and bool(hall.stage.release),
    }
    status = COMPLAINED if said.issues else 200
    return show(request, "appraisal/back.html", values, status=status)


def _line(hall: Hall, number: int) -> AppraisalLine:
    line = hall.lines.numbered(number)
    if line is None or line.kind not in _TAKEN_BACK or number in hall.lines.taken_back:
        raise MissingError(say("没有可以撤下的第 {n} 条。", n=number))
    return line


def _row(hall: Hall, line: AppraisalLine) -> Row:
    said = line.said
    what: Sentence | str = line.item
    node = next((one for one in nodes_of(hall.asked.rubric) if one.item.item == line.item), None)
    if node is not None:
        what = node.item.term
    if line.kind == "veto":
        vetoes = {one.veto: one.term for one in hall.asked.rubric.vetoes}
        what = vetoes.get(line.item, line.item)
    parts: list[Sentence | str] = []
    if line.kind == "adjust":
        what = _reasons(node).get(said.get("reason", ""), what) if node else what
        parts.append(say("{n} 次", n=said["value"]))
    elif line.kind == "number":
        parts.append(said["value"])
    parts += [one for one in (said.get("document"), said.get("note")) if one]
    return Row(
        line=line,
        name=hall.names.get(line.place, line.place),
        what=what,
        said=joined(" · ", parts),
    )


def _options(hall: Hall, kind: str) -> list[tuple[str, Sentence | str]]:
    """Give what can be chosen: vetoes that somebody records, items, reasons of additions."""
    rubric = hall.asked.rubric
    if kind == "veto":
        return [(one.veto, one.term) for one in rubric.vetoes if one.gives is None]
    nodes = nodes_of(rubric)
    if kind == "absent":
        return [
            (one.item.item, say("{number} {term}", number=one.number, term=one.item.term))
            for one in nodes
            if not one.below
        ]
    found: list[tuple[str, Sentence | str]] = []
    for node in nodes:
        if node.item.gives is not None and node.item.gives.kind == "adjust":
            reasons = _reasons(node) or {"": node.item.term}
            found += [(f"{node.item.item}/{name}", term) for name, term in reasons.items()]
    return found


def _reasons(node: ItemNode) -> dict[str, Sentence]:
    """Give the reasons of additions and deductions, each with what it gives."""
    gives = node.item.gives
    if gives is None:
        return {}
    return {
        one.adjustment: say("{term}（每次 {points} 分）", term=one.term, points=f"{one.points:+}")
        for one in gives.adjustments
    }


def _known(kind: str) -> str:
    if kind not in RECORDS:
        raise MissingError(say("没有这种登记。"))
    return kind


_WHAT: Final[Mapping[str, Sentence]] = {
    "adjust": say("事由"),
    "veto": say("否决情形"),
    "absent": say("哪一项"),
}
_TERMS: Final[Mapping[str, Sentence]] = {**RECORDS, "number": say("报数")}
