"""Figures, and what stands behind them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from xianxue.bureau.records.figure import Figure
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import Subject
from xianxue.web.api import shapes
from xianxue.web.api.asking import Limit, Offset, PeriodCode, number, part, period_of
from xianxue.web.api.calls import Told, reads
from xianxue.web.api.shapes import Word
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.visit import Visit, asked
from xianxue.web.kit.words import tell


@reads("/indicators", list[shapes.IndicatorOut], "indicators.view")
def indicators(request: HttpRequest) -> list[Told]:
    """List all indicators that are declared."""
    del request
    visit = asked().visit
    return [
        {
            "indicator": card.indicator,
            "term": str(tell(card.term)),
            "kind": card.kind,
            "unit": card.unit,
            "levels": list(card.levels),
            "stages": [stage.value for stage in card.stages],
        }
        for card in visit.standing.workspace().shelf.indicators.values()
    ]


@reads("/figures", shapes.Figures, "indicators.view")
def figures(  # noqa: PLR0913, PLR0917 - what may be asked for
    request: HttpRequest,
    indicator: Word = "",
    place: Word = "",
    period: PeriodCode = "",
    release: PeriodCode = "",
    limit: Limit = 100,
    offset: Offset = 0,
) -> Told:
    """List figures: of an indicator, of a place, of a release or as accepted now, within reach."""
    del request
    visit = asked().visit
    counted = visit.standing.counted(period_of(visit, period), release)
    reach = visit.places("indicators.view")
    rows = [
        one
        for one in counted.figures.values()
        if one.place in reach and indicator in {"", one.indicator} and place in {"", one.place}
    ]
    items = [figure_out(visit, one) for one in part(rows, limit, offset)]
    return {"total": len(rows), "items": items}


def _parts(key: str) -> list[str]:
    parts = key.split("/")
    if len(parts) < len(("indicator", "place", "stage", "period")):
        raise MissingError(say("没有这个数。"))
    return parts


def _of_figure(visit: Visit, key: str) -> Subject:
    return visit.subject("indicators.view", _parts(key)[1])


@reads("/figures/{path:key}", shapes.Explained, "indicators.view", _of_figure)
def figure(request: HttpRequest, key: Word, release: PeriodCode = "") -> Told:
    """Give one figure by its key with its formula, its numbers and what it stands on."""
    del request
    parts = _parts(key)
    visit = asked().visit
    try:
        when = Period.parse(parts[3])
    except ValueError as error:
        raise MissingError(say("没有这个数。")) from error
    counted = visit.standing.counted(when, release)
    found = counted.figures.get(key)
    if found is None:
        raise MissingError(say("没有这个数。"))
    explained = counted.river.explain(found)
    shelf = counted.shelf
    return {
        "figure": figure_out(visit, explained.figure),
        "formula": str(tell(explained.formula)),
        "numbers": str(tell(explained.numbers)),
        "citations": [str(tell(shelf.cite(one))) for one in explained.citations],
    }


def figure_out(visit: Visit, one: Figure) -> dict[str, Any]:
    """Tell a figure."""
    card = visit.standing.workspace().shelf.indicators.get(one.indicator)
    return {
        "key": one.key,
        "indicator": one.indicator,
        "term": str(tell(card.term)) if card is not None else one.indicator,
        "place": one.place,
        "stage": one.stage.value if one.stage else None,
        "slice": str(one.slice) if one.slice else None,
        "period": one.period,
        "value": number(one.value),
        "unit": one.unit,
        "shown": str(tell(one.shown)),
        "numerator": number(one.numerator),
        "denominator": number(one.denominator),
        "coverage": {
            "reported": one.coverage.reported,
            "expected": one.coverage.expected,
            "missing": list(one.coverage.missing),
        },
        "standing": one.standing.value,
        "release": one.release,
        "why": str(tell(one.why)),
    }
