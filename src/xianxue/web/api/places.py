"""Places of the register."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from xianxue.bureau.values.sentence import say
from xianxue.web.api import shapes
from xianxue.web.api.asking import Limit, Offset, part
from xianxue.web.api.calls import Told, reads
from xianxue.web.api.shapes import Word
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.visit import Visit, asked


@reads("/places", shapes.Places, "places.view")
def places(request: HttpRequest, q: Word = "", limit: Limit = 100, offset: Offset = 0) -> Told:
    """List the places of the register within reach."""
    del request
    visit = asked().visit
    register = visit.standing.workspace().register
    reach = visit.places("places.view")
    rows = [one for one in register if one.code in reach and q in f"{one.code} {one.name}"]
    items = [_place(visit, one.code) for one in part(rows, limit, offset)]
    return {"total": len(rows), "items": items}


@reads("/places/{place}", shapes.PlaceOut, "places.view", "place")
def place(request: HttpRequest, place: Word) -> Told:
    """Give one place."""
    del request
    visit = asked().visit
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
