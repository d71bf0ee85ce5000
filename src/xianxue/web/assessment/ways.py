"""How a school may pass: the ways that ask least, beside the matrix or on a page of their own."""

from __future__ import annotations

from django.http import HttpResponse

from xianxue.bureau.values.sentence import say
from xianxue.desk.assessment.passing import passing, way_words
from xianxue.desk.indicators.lacking import amount
from xianxue.web.assessment.judged import judged_of
from xianxue.web.kit.pages import missing, of_place, page, show
from xianxue.web.kit.visit import Asked

_SHOWN = 3
"""Ways of a stage that are read at once; the others stand behind a word."""


@page("assessment.view", of_place("assessment.view"))
def ways(request: Asked, standard: str, place: str) -> HttpResponse:
    """Show how one school may pass a joint verdict that it fails."""
    judged = judged_of(request, standard)
    register = judged.counts.counted.register
    if place not in judged.seen or place not in register:
        return missing(request, say("没有这所学校，或者不归您看。"))
    beside = request.headers.get("HX-Target", "") == "panel"
    values = {
        "judged": judged,
        "counts": judged.counts,
        "card": judged.card,
        "place": place,
        "name": register[place].name,
        "found": passing(judged.assessment, judged.card, {place}).get(place, []),
        "words": way_words,
        "amount": amount,
        "shown": _SHOWN,
        "alone": not beside,
    }
    template = "assessment/ways_part.html" if beside else "assessment/ways.html"
    return show(request, template, values)
