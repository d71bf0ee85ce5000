"""Places of the register."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from xianxue.bureau.values.sentence import say
from xianxue.web.api import shapes
from xianxue.web.api.asking import Limit, Offset, part
from xianxue.web.api.entry import API, MORE, can, may
from xianxue.web.api.shapes import Word
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.visit import Visit


@API.get("/places", response={200: shapes.Places, **MORE})
def places(request: HttpRequest, q: Word = "", limit: Limit = 100, offset: Offset = 0) -> Any:  # noqa: ANN401 - as above
    """List the places of the register within reach."""
    del request
    visit = can("places.view")
    register = visit.standing.workspace().register
    reach = visit.places("places.view")
    rows = [one for one in register if one.code in reach and q in f"{one.code} {one.name}"]
    items = [_place(visit, one.code) for one in part(rows, limit, offset)]
    return {"total": len(rows), "items": items}


@API.get("/places/{place}", response={200: shapes.PlaceOut, **MORE})
def place(request: HttpRequest, place: Word) -> Any:  # noqa: ANN401 - as above
    """Give one place."""
    del request
    visit = may("places.view", place)
    if place not in visit.standing.workspace().register:
        raise MissingError(say("名册里没有代码 {code}", code=place))
    return _place(visit, place)


def _place(visit: Visit, code: str) -> dict[str, Any]:
    register = visit.standing.workspace().register
    found = register[code]
    return {
        "code": found.code,
        "name": found.name,
        "level": found.level,
        "township": register.township_of(found),
        "opened": found.opened,
        "closed": found.closed,
    }
