"""Standards, and what places come to by them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from xianxue.bureau.records.finding import Finding
from xianxue.bureau.values.sentence import say
from xianxue.web.api import shapes
from xianxue.web.api.asking import PeriodCode, number
from xianxue.web.api.calls import Told, reads
from xianxue.web.api.shapes import Word
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.visit import Visit, asked
from xianxue.web.kit.words import tell


@reads("/standards", list[shapes.StandardOut], "assessment.view")
def standards(request: HttpRequest) -> list[Told]:
    """List the standards that places are judged by."""
    del request
    visit = asked().visit
    cards = visit.standing.workspace().shelf.standards.values()
    return [{"standard": one.standard, "term": str(tell(one.term))} for one in cards]


@reads("/standards/{standard}", shapes.AssessmentOut, "assessment.view")
def standard(
    request: HttpRequest, standard: Word, period: PeriodCode = "", release: PeriodCode = ""
) -> Told:
    """Judge the county by a standard: findings within reach."""
    del request
    visit = asked().visit
    shelf = visit.standing.workspace().shelf
    card = shelf.standards.get(standard)
    if card is None:
        raise MissingError(say("没有标准“{standard}”。", standard=standard))
    named = visit.standing.period(period or None)
    counted = visit.standing.counted(card.period.for_(named), release)
    judged = counted.assessment(standard)
    reach = visit.places("assessment.view")
    return {
        "standard": judged.standard,
        "term": str(tell(judged.term)),
        "period": judged.period,
        "on": judged.on,
        "verdict": judged.verdict.value,
        "findings": [_finding(visit, one) for one in judged.findings if one.place in reach],
        "spread": [_finding(visit, one) for one in judged.spread if one.place in reach],
    }


def _finding(visit: Visit, one: Finding) -> dict[str, Any]:
    shelf, lack = visit.standing.workspace().shelf, one.lacking
    return {
        "place": one.place,
        "stage": one.stage.value if one.stage else None,
        "criterion": one.criterion,
        "term": str(tell(one.term)),
        "shown": str(tell(one.shown)),
        "threshold": number(one.threshold),
        "verdict": one.verdict.value,
        "lacking": None
        if lack is None
        else {"quantity": lack.quantity, "unit": lack.unit, "noun": str(tell(lack.noun))},
        "citation": str(tell(shelf.cite(one.citation))) if one.citation else "",
    }
