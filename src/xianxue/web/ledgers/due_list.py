"""What is due in any ledger that one may know of, and who has to do it by when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Final

from django.http import HttpResponse

from xianxue.bureau.kinds.ledgers.clock import LIGHTS
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.ledgers.due import Due
from xianxue.desk.ledgers.folded import by_office, folded, heading, places_of, pressing_of
from xianxue.desk.ledgers.room import Room
from xianxue.desk.search.readings import spelled
from xianxue.desk.stores import clock
from xianxue.web.kit.lists import Choice, Column, Listing, exported, listed
from xianxue.web.kit.pages import page, show
from xianxue.web.kit.visit import Asked, Visit
from xianxue.web.kit.words import tell
from xianxue.web.ledgers.about import SEE, reads, room_of, views_of
from xianxue.web.ledgers.words import COLOURS, lamp_of, left_of

ISSUE: Final = "ledgers.verify"
"""The deed of those who chase others; a school is given its slips, it writes none."""
MOST: Final = 200
"""So many slips are written at once; more are looked at as a list first."""
_NONE: Final = "open"
_Group = tuple[Sentence, list[tuple[Due, Sentence | str]]]
"""An office's heading, and its lines with the places that they are of."""


@page(SEE)
def due(request: Asked) -> HttpResponse:
    """List what has to be done by when, the lit lamps first."""
    visit = request.visit
    room, today = room_of(visit), clock.day_of(visit.at)
    every = bool(request.GET.get("all"))
    found = views_of(visit).due()
    lit = [one for one in found if one.lamp is not None]
    listing = due_listing(request)
    file = exported(request, listing, say("台账到期清单{day}", day=today))
    if file is not None:
        return file
    values = {
        "list": listing,
        "title": _due_title(lit),
        "groups": _printed(room, listing, today) if listing.printing else [],
        "late": any(one.lamp == "red" for one in lit),
        "every": every,
        "others": len(found) - len(lit),
        "today": today,
        "terms": {name: card.term for name, card in room.ledgers.items()},
        "place_name": room.ground.name,
        "lamp_of": lamp_of,
        "left_of": left_of,
        "idle": _idle(visit),
        "slips": len(to_be_chased(visit, listing.rows)),
        "most": MOST,
        "asked": {name: value for name, value in request.GET.items() if name not in {"page", "as"}},
    }
    return show(request, "ledgers/due.html", values, part="rows")


def to_be_chased(visit: Visit, rows: Iterable[Due]) -> list[Due]:
    """Give the lines about which the visitor may write slips."""
    return [one for one in rows if visit.may(ISSUE, one.place, one.ledger)]


def due_listing(request: Asked) -> Listing[Due]:
    """Give the lines of the due list that the address asks for."""
    visit = request.visit
    room = room_of(visit)
    found = views_of(visit).due()
    for ledger in dict.fromkeys(one.ledger for one in found):
        reads(visit, room.ledgers[ledger])
    rows = found
    if not request.GET.get("all"):
        rows = [one for one in found if one.lamp is not None]
        if request.GET.get("as") == "print":
            rows = pressing_of(rows, clock.day_of(visit.at))
    terms = {name: card.term for name, card in room.ledgers.items()}
    name: Callable[[str], str] = room.ground.name
    return listed(
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


def _printed(room: Room, listing: Listing[Due], today: date) -> list[_Group]:
    """Give what is printed: by office, and what many places owe alike as one line."""
    return [
        (heading(office, ones, today), [(many[0], places_of(room, many)) for many in folded(ones)])
        for office, ones in by_office(room, listing.rows).items()
    ]


def _idle(visit: Visit) -> Sentence:
    """Name the ledgers of what is to be done each period in which nobody registered anything."""
    views = views_of(visit)
    begun = set(views.begun())
    cards = [
        card for name, card in views.room.ledgers.items() if card.frequencies and name not in begun
    ]
    return joined("、", [card.term for card in cards])


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
