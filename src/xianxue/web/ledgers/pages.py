"""All ledgers that one may know of, by office."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse

from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.ledgers.listing import Listed
from xianxue.desk.search.readings import spelled
from xianxue.web.kit.lists import Choice, Column, exported, listed
from xianxue.web.kit.pages import page, show
from xianxue.web.kit.visit import Asked
from xianxue.web.kit.words import tell
from xianxue.web.ledgers.about import SEE, views_of


@page(SEE)
def ledgers(request: Asked) -> HttpResponse:
    """List the ledgers."""
    visit = request.visit
    # By office, and within one in the catalogue's order.
    offices = list(dict.fromkeys(one.office for one in views_of(visit).listed()))
    rows = sorted(views_of(visit).listed(), key=lambda one: offices.index(one.office))
    listing = listed(
        request,
        rows,
        _columns(),
        text=lambda one: f"{tell(one.term)} {one.ledger} {tell(one.office)} {spelled(one.term)}",
        choices=[Choice("office", say("股室"), lambda one: one.office, lambda code: code)],
    )
    file = exported(request, listing, say("台账"))
    if file is not None:
        return file
    overdue = sum(one.overdue for one in rows)
    values = {"list": listing, "title": _title(rows), "overdue": overdue}
    return show(request, "ledgers/all.html", values, part="rows")


def _title(rows: Sequence[Listed]) -> Sentence:
    open_ones, late = sum(one.open for one in rows), sum(one.overdue for one in rows)
    if late:
        return say("{n} 本台账，{m} 件未办结，{late} 件逾期", n=len(rows), m=open_ones, late=late)
    if open_ones:
        return say("{n} 本台账，{m} 件未办结，没有逾期", n=len(rows), m=open_ones)
    return say("{n} 本台账，没有未办结的", n=len(rows))


def _columns() -> list[Column[Listed]]:
    return [
        Column("term", say("台账"), lambda one: one.term),
        Column("office", say("股室"), lambda one: one.office),
        Column("entries", say("条数"), lambda one: one.entries, number=True),
        Column("open", say("未办结"), lambda one: one.open, number=True),
        Column("overdue", say("逾期"), lambda one: one.overdue, number=True),
    ]
