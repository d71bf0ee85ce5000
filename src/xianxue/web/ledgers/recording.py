"""Registering an entry: the whole form, the quick one of a telephone, photographs one by one."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.ledgers.ledger import Ledger, LedgerField
from xianxue.bureau.places.place import Place
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.actions.ledgers.record import RecordEntry
from xianxue.desk.ledgers.evidence import keep_sent
from xianxue.desk.search.readings import spelled
from xianxue.desk.stores import clock
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.kit.helpers import address
from xianxue.web.kit.pages import COMPLAINED, MOVED_ON, deed, page, show
from xianxue.web.kit.visit import Asked, Visit
from xianxue.web.kit.words import tell
from xianxue.web.ledgers.about import RECORD, card_of, room_of
from xianxue.web.ledgers.blanks import (
    Typed,
    blanks_of,
    others_of,
    token_of,
    typed_in,
    values_of,
)

_LONGEST_KEY = 64


@page(RECORD)
def new(request: Asked, ledger: str) -> HttpResponse:
    """Show the form of a new entry."""
    return _form(request, card_of(request.visit, ledger), None, quick=False)


@page(RECORD)
def quick(request: Asked, ledger: str) -> HttpResponse:
    """Show what has to be written at once: for a telephone, on the spot."""
    return _form(request, card_of(request.visit, ledger), None, quick=True)


@deed(RECORD)
def record(request: Asked, ledger: str) -> HttpResponse:
    """Register an entry; what is wrong is said beside what was typed, and nothing of it is lost."""
    visit = request.visit
    card, room = card_of(visit, ledger), room_of(visit)
    said = typed_in(request, room, card)
    given = values_of(room, card, said, said.place)
    key = request.POST.get("key", "")[:_LONGEST_KEY]
    programs = request.headers.get("Accept") == "application/json"
    quickly = request.POST.get("quick") == "1"
    if not said.issues:
        try:
            row = RecordEntry(room.ground, card, visit.actor, visit.at)(
                said.place, given, said.on or clock.day_of(visit.at), said.files, key
            )
        except ComplaintsError as error:
            said.issues.extend(error.issues)
        else:
            to = address("ledgers:entry", ledger, row.number)
            if programs:
                return JsonResponse({"to": to, "number": row.number})
            visit.flash("done", say("已登记为{number}号。", number=row.number))
            return HttpResponseRedirect(to, status=MOVED_ON)
    if programs:
        told = [str(tell(one.saw)) for one in said.issues]
        return JsonResponse({"issues": told}, status=COMPLAINED)
    return _form(request, card, said, quick=quickly)


@deed(RECORD)
def photo(request: Asked) -> HttpResponse:
    """Keep one photograph that a telephone sends ahead of its entry; the same one once."""
    visit = request.visit
    files = [(one.name or "", one.read()) for one in request.FILES.getlist("files")[:1]]
    if not files:
        return JsonResponse({"issues": [str(tell(say("没有收到照片")))]}, status=COMPLAINED)
    try:
        kept = keep_sent(room_of(visit), files, visit.at)
    except ComplaintsError as error:
        told = [str(tell(one.message)) for one in error.issues]
        return JsonResponse({"issues": told}, status=COMPLAINED)
    digest, name = next(iter(kept.items()))
    return JsonResponse({"kept": token_of(visit, digest, name)})


def _form(request: Asked, card: Ledger, said: Typed | None, *, quick: bool) -> HttpResponse:
    visit = request.visit
    room = room_of(visit)
    places = places_of(visit, card)
    fields = _fields(card, quick=quick)
    issues: Sequence[Issue] = said.issues if said is not None else ()
    typed = said.said if said is not None else _usual(fields, clock.day_of(visit.at).isoformat())
    blanks = blanks_of(
        room,
        card,
        fields,
        typed,
        issues,
        required=[one.field for one in fields if one.required],
    )
    own = visit.actor.place
    chosen = said.place if said is not None else own if own in {one.code for one in places} else ""
    values = {
        "card": card,
        "quick": quick,
        "blanks": blanks,
        "issues": others_of(issues, blanks),
        "wrong": len(issues),
        "places": [(one.code, one.name, f"{one.code} {spelled(one.name)}") for one in places],
        "place": chosen or (places[0].code if len(places) == 1 else ""),
        "kept": said.kept if said is not None else (),
        "key": request.POST.get("key", ""),
        "today": clock.day_of(visit.at).isoformat(),
        "on": (said.on_text if said is not None else "") or clock.day_of(visit.at).isoformat(),
        "may": visit.actor.role in card.records and bool(places),
        "who": visit.authority.policy.terms(card.records),
        "personal": joined("、", [one.term for one in fields if one.personal]),
    }
    status = COMPLAINED if issues else 200
    return show(request, "ledgers/new.html", values, status=status)


def _fields(card: Ledger, *, quick: bool) -> list[LedgerField]:
    """Give the fields of a form: what names the entry first where little is asked."""
    asked = [one for one in card.fields if not one.history]
    if not quick:
        return asked
    needed = [one for one in asked if one.required or one.field == card.titled]
    return sorted(needed, key=lambda one: one.field != card.titled)


def _usual(fields: Sequence[LedgerField], today: str) -> dict[str, str]:
    """Fill in what mostly is so: what is seen is seen today."""
    days = [one for one in fields if one.type == "date" and one.required and not one.ahead]
    return {days[0].field: today} if len(days) == 1 else {}


def places_of(visit: Visit, card: Ledger) -> list[Place]:
    """Give the places for which the visitor may register entries of a ledger."""
    reached = visit.places(RECORD)
    register, today = visit.standing.workspace().register, clock.day_of(visit.at)
    levels = {"school": {"school"}, "county": {"county"}, "any": {"school", "township", "county"}}
    return [
        one
        for one in register
        if one.code in reached and one.level in levels[card.kept_by] and one.open_on(today)
    ]
