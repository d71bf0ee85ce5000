"""Personal data of an entry uncovered: a page asks what for, and it is covered again by itself."""

from __future__ import annotations

from django.http import HttpResponse

from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.actions.ledgers.reading import UnmaskEntry, uncovered_until
from xianxue.desk.stores import clock
from xianxue.web.kit.pages import deed, page, show, went
from xianxue.web.kit.visit import Asked
from xianxue.web.ledgers.about import UNMASK, card_of, of_entry, room_of, row_at

_MINUTE = 60


@page(UNMASK, of_entry)
def unmask(request: Asked, ledger: str, number: str) -> HttpResponse:
    """Ask what somebody wants to see it for; say before what will be written down."""
    visit = request.visit
    card, row = card_of(visit, ledger), row_at(visit, ledger, number)
    values = {
        "card": card,
        "row": row,
        "subtitle": say("{ledger}{number}号", ledger=card.term, number=row.number),
        "personal": _personal(card),
        "minutes": int(room_of(visit).ground.uncovered_for.total_seconds()) // _MINUTE,
        "until": uncovered_until(visit.actor.name, row, visit.at),
    }
    return show(request, "ledgers/unmask.html", values)


@deed(UNMASK, of_entry)
def uncover(request: Asked, ledger: str, number: str) -> HttpResponse:
    """Write down who, what, why and until when, and uncover it."""
    visit = request.visit
    card, row = card_of(visit, ledger), row_at(visit, ledger, number)
    doing = UnmaskEntry(room_of(visit).ground, card, visit.actor, visit.at)
    until = doing(row, request.POST.get("why", "")).astimezone(clock.BEIJING)
    words = say("个人信息显示到 {until}，日志记下了。", until=f"{until:%H:%M}")
    return went(request, "ledgers:entry", ledger, row.number, said=words)


def _personal(card: Ledger) -> Sentence:
    return joined("、", [one.term for one in card.fields if one.personal])
