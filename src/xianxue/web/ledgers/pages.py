"""All ledgers that one may know of, by office; and what is due in any of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from django.http import HttpResponse

from xianxue.bureau.kinds.ledgers.clock import LIGHTS
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.ledgers.due import Due
from xianxue.desk.ledgers.listing import Listed
from xianxue.desk.search.readings import spelled
from xianxue.desk.stores import clock
from xianxue.web.kit.lists import Choice, Column, exported, listed
from xianxue.web.kit.pages import page, show
from xianxue.web.kit.visit import Asked
from xianxue.web.kit.words import tell
from xianxue.web.ledgers.about import SEE, reads, room_of, views_of
from xianxue.web.ledgers.words import COLOURS, lamp_of, left_of

_NONE: Final = "open"


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


@page(SEE)
def due(request: Asked) -> HttpResponse:
    """List what has to be done by when, the lit lamps first."""
    visit = request.visit
    room, today = room_of(visit), clock.day_of(visit.at)
    every = bool(request.GET.get("all"))
    found = views_of(visit).due()
    for ledger in dict.fromkeys(one.ledger for one in found):
        reads(visit, room.ledgers[ledger])
    lit = [one for one in found if one.lamp is not None]
    rows = found if every else lit
    terms = {name: card.term for name, card in room.ledgers.items()}
    name: Callable[[str], str] = room.ground.name
    listing = listed(
        request,
        rows,
        [
            Column("due", say("期限"), lambda one: one.due),
            Column("lamp", say("灯"), _colour, order=_urgency),
            Column("ledger", say("台账"), lambda one: terms[one.ledger]),
            Column("entry", say("编号"), lambda one: one.entry),
            Column("title", say("事项"), lambda one: one.title),
            Column("what", say("要办的"), lambda one: one.what),
            Column("place", say("单位"), lambda one: name(one.place)),
            Column("why", say("理由"), lambda one: one.why, sorts=False),
        ],
        text=lambda one: (
            f"{one.entry} {tell(one.title)} {tell(one.what)} {tell(terms[one.ledger])} "
            f"{name(one.place)} {one.place} {spelled(name(one.place))}"
        ),
        choices=[
            Choice(
                "ledger", say("台账"), lambda one: one.ledger, lambda code: terms.get(code, code)
            ),
            Choice(
                "lamp",
                say("灯"),
                lambda one: one.lamp or _NONE,
                lambda code: COLOURS.get(code, code),
            ),
        ],
    )
    file = exported(request, listing, say("台账到期清单{day}", day=today))
    if file is not None:
        return file
    values = {
        "list": listing,
        "title": _due_title(lit),
        "late": any(one.lamp == "red" for one in lit),
        "every": every,
        "others": len(found) - len(lit),
        "today": today,
        "terms": terms,
        "place_name": name,
        "lamp_of": lamp_of,
        "left_of": left_of,
    }
    return show(request, "ledgers/due.html", values, part="rows")


def _colour(one: Due) -> Sentence:
    return COLOURS[one.lamp or _NONE]


def _urgency(one: Due) -> int:
    return LIGHTS.index(one.lamp) if one.lamp is not None else -1


def _due_title(lit: Sequence[Due]) -> Sentence:
    late = sum(one.lamp == "red" for one in lit)
    if late:
        return say("台账里 {n} 件逾期，{m} 件快到期", n=late, m=len(lit) - late)
    if lit:
        return say("台账里没有逾期，{m} 件快到期", m=len(lit))
    return say("台账里没有快到期的")
