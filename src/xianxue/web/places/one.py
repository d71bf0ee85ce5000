"""一校一表: one school over time — what it is, its returns, figures, findings, lines."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse

from xianxue.bureau.records.finding import Verdict
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import say
from xianxue.desk.assessment.lacks import lacks_of
from xianxue.desk.indicators.descent import shown_of, unit_of
from xianxue.desk.indicators.lacking import amount
from xianxue.desk.places.returns_of import returns_of
from xianxue.desk.places.telling import life
from xianxue.desk.stores import clock
from xianxue.web.kit.counts import counts_of
from xianxue.web.kit.pages import missing, of_place, page, show
from xianxue.web.kit.visit import Asked
from xianxue.web.places.pages import row_of

LINES: Final = 20
"""Lines of the journal on a school's page; the rest stand in the journal."""


@page("places.view", of_place("places.view"))
def one(request: Asked, place: str) -> HttpResponse:
    """Show one school."""
    visit = request.visit
    workspace = visit.standing.workspace()
    if place not in workspace.register:
        return missing(request, say("名册里没有代码 {code}", code=place))
    from xianxue.desk.journal.of_place import told_of_place  # noqa: PLC0415 - needs Django set up

    counts = counts_of(request)
    counted, ground = counts.counted, visit.standing.ground()
    known = workspace.register[place]
    figures = visit.may("indicators.view", place)
    findings = visit.may("assessment.view", place)
    returns = visit.may("returns.view", place)
    reads = returns or visit.may("journal.view", place)
    lines, total = told_of_place(ground, place, LINES) if reads else ([], 0)
    standards = [
        (card, lacks)
        for card in (counted.shelf.standards.values() if findings else ())
        if card.period.kind == counts.period.kind
        for lacks in lacks_of(counted.assessment(card.standard), counted.register, {place})
    ]
    rows = counts.rows(place) if figures else []
    values = {
        "place": known,
        "row": row_of(visit, counts, known, clock.day_of(visit.at)),
        "counts": counts,
        "names": {each.code: each.name for each in workspace.register},
        "life": life(workspace, known),
        "filed": returns_of(ground, place) if returns else [],
        "due": _due(request, place) if returns else [],
        "rows": [row for row in rows if row.finding is not None or row.card.indicator in _FIRST],
        "every": len(rows),
        "standards": standards,
        "short": sum(len(lacks.short) for _, lacks in standards),
        "unknown": sum(len(lacks.unknown) for _, lacks in standards),
        "lines": lines,
        "total": total,
        "may_record": visit.may("places.record"),
        "plain": plain,
        "amount": amount,
        "shown_of": shown_of,
        "unit_of": unit_of,
        "not_met": Verdict.NOT_MET,
        "figures": figures,
        "findings": findings,
        "returns": returns,
    }
    return show(request, "places/one.html", values)


_FIRST: Final = frozenset(
    {"pupils", "pupils_all", "kindergarten_children", "classes_total", "teachers"}
)
"""What is asked of a school first, judged or not."""


def _due(request: Asked, place: str) -> list[tuple[object, object]]:
    """Give how far the place has come with each form that it owes for the period."""
    standing = request.visit.standing
    period = standing.period()
    return [
        (form, progress)
        for form in standing.ground().shelf.forms.values()
        if form.period == period.kind
        for progress in standing.status(form.form, period)
        if progress.place == place
    ]
