"""Numbers that an office reports: by item, a line for each place, all of it kept or nothing."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from django.http import HttpResponse

from xianxue.bureau.appraisal.curves import number
from xianxue.bureau.kinds.appraisal.tree import ItemNode, leaves_of
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.values.units import UNITS
from xianxue.desk.actions.appraisal.doing import GIVE
from xianxue.desk.actions.appraisal.lines import AppraisalLine
from xianxue.desk.actions.appraisal.reports import GiveNumber
from xianxue.desk.database.transactions import writing
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.appraisal.filled import Filled
from xianxue.web.appraisal.hall import Hall
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.pages import COMPLAINED, deed, of_county, page, show, went
from xianxue.web.kit.visit import Asked

_FIELDS: Final = {"P-DOCUMENT": "document"}


class Item(Record, kw_only=True):
    """One item in the list."""

    node: ItemNode
    office: str
    due: int
    done: int


class Line(Record, kw_only=True):
    """One place of an item: what is reported already."""

    place: str
    name: str
    value: str
    target: str
    document: str
    line: int
    """The number of what stands; 0 for none."""


@page(GIVE, of_county(GIVE))
def numbers(request: Asked, rubric: str, period: str) -> HttpResponse:
    """List the items whose numbers offices report."""
    hall = Hall(request.visit, rubric, period)
    held = {(one.place, one.item) for one in hall.lines.standing("number")}
    rows: list[Item] = []
    for node in _given(hall):
        gives, name = node.item.gives, node.item.item
        due = [place for place in hall.names if hall.applies(place, name)]
        done = sum((place, name) in held for place in due)
        office = gives.office if gives else ""
        rows.append(Item(node=node, office=office, due=len(due), done=done))
    values = {"hall": hall, "rows": rows, "lacking": sum(one.due - one.done for one in rows)}
    return show(request, "appraisal/numbers.html", values)


@page(GIVE, of_county(GIVE))
def numbers_of(request: Asked, rubric: str, period: str, item: str) -> HttpResponse:
    """Show one item's sheet."""
    return _sheet(request, Hall(request.visit, rubric, period), item, Filled())


@deed(GIVE, of_county(GIVE))
def give(request: Asked, rubric: str, period: str, item: str) -> HttpResponse:
    """Write down what was typed; what stands already and was not changed is not said again."""
    hall, said = Hall(request.visit, rubric, period), Filled(request.POST)
    node = _node(hall, item)
    gives = node.item.gives
    typed: list[tuple[Line, Fraction, Fraction | None]] = []
    for line in _lines(hall, node):
        value = said.number(f"v-{line.place}")
        target = said.number(f"t-{line.place}") if _has_target(node) else None
        now = said.said(f"v-{line.place}"), said.said(f"t-{line.place}")
        if value is not None and now != (line.value, line.target):
            typed.append((line, value, target))
    paper = said.said("document")
    if typed and not paper and gives is not None and gives.needs_document:
        said.complain("document", say("没有写依据文件"), say("写明依据的文件"))
    if not typed and not said.issues:
        said.complain("document", say("没有改动任何数"), say("至少填一个数"))
    if not said.issues:
        try:
            with writing():
                doing = hall.do(GiveNumber)
                for line, value, target in typed:
                    doing(hall.about, line.place, item, value, document=paper, target=target)
        except ComplaintsError as error:
            said.take(error, _FIELDS)
        else:
            words = say("“{item}”记下 {n} 个数。", item=node.item.term, n=len(typed))
            return went(request, "appraisal:numbers_of", *hall.at, item, said=words)
    return _sheet(request, hall, item, said)


def _sheet(request: Asked, hall: Hall, item: str, said: Filled) -> HttpResponse:
    node = _node(hall, item)
    gives = node.item.gives
    unit: Sentence | str = ""
    if gives is not None and gives.unit:
        unit = UNITS[gives.unit].term if gives.unit in UNITS else gives.unit
    rows = _lines(hall, node)
    values = {
        "hall": hall,
        "said": said,
        "node": node,
        "rows": rows,
        "unit": unit,
        "targets": _has_target(node),
        "lacking": sum(1 for one in rows if not one.line),
        "points": number(node.points),
    }
    status = COMPLAINED if said.issues else 200
    return show(request, "appraisal/numbers_of.html", values, status=status)


def _lines(hall: Hall, node: ItemNode) -> list[Line]:
    name = node.item.item
    # The last one stands, where the card takes one.
    held: dict[str, AppraisalLine] = {
        one.place: one for one in hall.lines.standing("number") if one.item == name
    }
    found: list[Line] = []
    for place, term in hall.names.items():
        if not hall.applies(place, name):
            continue
        line = held.get(place)
        known = line.said if line is not None else {}
        found.append(
            Line(
                place=place,
                name=term,
                value=known.get("value", ""),
                target=known.get("target", ""),
                document=known.get("document", ""),
                line=line.number if line is not None else 0,
            )
        )
    return found


def _given(hall: Hall) -> list[ItemNode]:
    return [
        one
        for one in leaves_of(hall.asked.rubric)
        if one.item.gives is not None and one.item.gives.kind == "given"
    ]


def _node(hall: Hall, item: str) -> ItemNode:
    found = next((one for one in _given(hall) if one.item.item == item), None)
    if found is None:
        raise MissingError(say("这一项不由股室报数。"))
    return found


def _has_target(node: ItemNode) -> bool:
    """Whether a place has a target of its own, since the card names none."""
    curve = node.item.gives.curve if node.item.gives is not None else None
    return (
        curve is not None and curve.curve == "target" and not curve.target and curve.out_of is None
    )
