"""Figures, what stands behind them, and what is published."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from xianxue.bureau.records.figure import Figure
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.sentence import say
from xianxue.web.api import shapes
from xianxue.web.api.asking import Limit, Offset, PeriodCode, number, part, period_of
from xianxue.web.api.entry import API, MORE, can, may
from xianxue.web.api.shapes import Word
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.visit import Visit
from xianxue.web.kit.words import tell


@API.get("/indicators", response={200: list[shapes.IndicatorOut], **MORE})
def indicators(request: HttpRequest) -> Any:  # noqa: ANN401 - as above
    """List all indicators that are declared."""
    del request
    visit = can("indicators.view")
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


@API.get("/figures", response={200: shapes.Figures, **MORE})
def figures(  # noqa: PLR0913, PLR0917 - what may be asked for
    request: HttpRequest,
    indicator: Word = "",
    place: Word = "",
    period: PeriodCode = "",
    release: PeriodCode = "",
    limit: Limit = 100,
    offset: Offset = 0,
) -> Any:  # noqa: ANN401 - as above
    """List figures: of an indicator, of a place, of a release or as accepted now, within reach."""
    del request
    visit = can("indicators.view")
    counted = visit.standing.counted(period_of(visit, period), release)
    reach = visit.places("indicators.view")
    rows = [
        one
        for one in counted.figures.values()
        if one.place in reach and indicator in {"", one.indicator} and place in {"", one.place}
    ]
    items = [figure_out(visit, one) for one in part(rows, limit, offset)]
    return {"total": len(rows), "items": items}


@API.get("/figures/{path:key}", response={200: shapes.Explained, **MORE})
def figure(request: HttpRequest, key: Word, release: PeriodCode = "") -> Any:  # noqa: ANN401 - as above
    """Give one figure by its key with its formula, its numbers and what it stands on."""
    del request
    parts = key.split("/")
    if len(parts) < len(("indicator", "place", "stage", "period")):
        raise MissingError(say("没有这个数。"))
    visit = may("indicators.view", parts[1])
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


@API.get("/releases", response={200: list[shapes.ReleaseOut], **MORE})
def releases(request: HttpRequest) -> Any:  # noqa: ANN401 - as above
    """List all releases, the oldest first."""
    del request
    visit = can("releases.view")
    return [
        {"period": one.period, "number": one.number, "name": one.name, "digest": one.digest}
        for one in visit.standing.held().releases
    ]
