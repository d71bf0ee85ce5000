"""One entry: what it says, what has happened, what is due, and the steps that may be taken now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import HttpResponse, HttpResponseRedirect

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.records.entry import Value
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.actions.ledgers.reading import uncovered_until
from xianxue.desk.actions.ledgers.step import Carried, StepEntry
from xianxue.desk.appraisal.persons import ROSTER
from xianxue.desk.ledgers.entries import Row
from xianxue.desk.ledgers.opened import Offer, Opened
from xianxue.desk.stores import clock
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.kit.helpers import address
from xianxue.web.kit.pages import COMPLAINED, MOVED_ON, deed, page, show
from xianxue.web.kit.visit import Asked, Visit
from xianxue.web.kit.whole import whole
from xianxue.web.ledgers.about import (
    SEE,
    UNMASK,
    card_of,
    of_entry,
    opened_to,
    own,
    room_of,
    row_at,
)
from xianxue.web.ledgers.blanks import (
    Blank,
    Typed,
    blanks_of,
    others_of,
    typed_in,
    values_of,
    written_as,
)
from xianxue.web.ledgers.slips import offered
from xianxue.web.ledgers.words import lamp_of, left_of


class Turn(Record, kw_only=True):
    """One step as a form."""

    offer: Offer
    blanks: tuple[Blank, ...]
    issues: tuple[Issue, ...]
    said: Typed | None
    first: bool
    """Whether it is the one whose button is filled."""
    opened: bool


@page(SEE, of_entry)
def entry(request: Asked, ledger: str, number: str) -> HttpResponse:
    """Show one entry."""
    return _entry(request, ledger, number)


@deed(SEE, of_entry)
def step(request: Asked, ledger: str, number: str, step: str) -> HttpResponse:
    """Take a step; what is wrong is said beside what was typed, and nothing of it is lost."""
    visit = request.visit
    card, room, row = card_of(visit, ledger), room_of(visit), row_at(visit, ledger, number)
    said = typed_in(request, room, card)
    shown = opened_to(visit, row)
    given = _changed(shown, step, values_of(room, card, said, row.place))
    if not said.issues:
        carried = Carried(
            given=given,
            why=said.why,
            second=said.second,
            evidence=said.files,
            seen=whole(request.POST.get("seen", "")) or 0,
        )
        try:
            StepEntry(room.ground, card, visit.actor, visit.at)(
                row.number, step, said.on or clock.day_of(visit.at), carried
            )
        except ComplaintsError as error:
            said.issues.extend(error.issues)
        else:
            term = next((one.term for one in card.steps if one.step == step), step)
            visit.flash("done", say("已办：{step}。", step=term))
            to = address("ledgers:entry", ledger, row.number)
            return HttpResponseRedirect(to, status=MOVED_ON)
    return _entry(request, ledger, number, step, said)


def _changed(
    shown: Opened, step: str, given: Mapping[str, Value | None]
) -> dict[str, Value | None]:
    """Leave out what stands there already, and what is covered and was not written anew."""
    offer = next((one for one in shown.offers if one.step.step == step), None)
    covered = {one.field.field for one in shown.fields if one.covered}
    asked = {one.field for one in offer.asks} if offer is not None else set[str]()
    fields = shown.entry.fields
    return {
        name: value
        for name, value in given.items()
        if not (value is None and (name in covered or name not in fields))
        if name in asked or fields.get(name) != value
        if not (name in asked and value is None)
    }


def _entry(
    request: Asked, ledger: str, number: str, tried: str = "", said: Typed | None = None
) -> HttpResponse:
    visit = request.visit
    row = row_at(visit, ledger, number)
    shown = opened_to(visit, row)
    personal = any(one.field.personal and one.shown for one in shown.fields)
    turns = _turns(request, shown, tried, said)
    # What was refused although no form of it stands here any more: somebody else was quicker.
    known = {turn.offer.step.step for turn in turns}
    issues = list(said.issues) if said is not None and tried not in known else []
    values = {
        "one": shown,
        "card": shown.card,
        "row": row,
        "place": visit.standing.ground().name(row.place),
        "turns": turns,
        "others": [one for one in shown.offers if one.refusal is not None],
        "issues": issues,
        "lost": said if issues else None,
        "today": clock.day_of(visit.at),
        "lamp_of": lamp_of,
        "left_of": left_of,
        "unmasks": personal and visit.may(UNMASK, row.place, ledger) and not own(visit, row),
        "until": uncovered_until(visit.actor.name, row, visit.at) if personal else None,
        "originals": visit.may(UNMASK, row.place, ledger),
        "slips": offered(visit, ledger, number),
        "applies": _applies(visit, row),
    }
    status = COMPLAINED if said is not None else 200
    return show(request, "ledgers/entry.html", values, status=status)


def _applies(visit: Visit, row: Row) -> list[tuple[str, Sentence]]:
    """Name what somebody of the roster may apply for, to who sees what the roster says of them."""
    sees = own(visit, row) or uncovered_until(visit.actor.name, row, visit.at) is not None
    if row.ledger != ROSTER or not sees:
        return []
    cards = visit.standing.workspace().shelf.eligibilities
    return [(name, one.term) for name, one in cards.items()]


def _leads_on(shown: Opened, offer: Offer) -> bool:
    """Whether a step brings the matter nearer to being done: the one that is mostly wanted.

    Sending back, giving up, calling off, putting a slip right are looked for.
    """
    way = shown.card.lifecycle
    off = (way.marked("end") - way.marked("done")) | way.marked("returned") | way.marked("up")
    return offer.step.act != "amend" and offer.step.to not in {shown.row.state, *off}


def _turns(request: Asked, shown: Opened, tried: str, said: Typed | None) -> list[Turn]:
    room = room_of(request.visit)
    mine = [one for one in shown.offers if one.refusal is None]
    main = next((one for one in mine if _leads_on(shown, one)), None)
    before = {one.field.field: one for one in shown.fields}
    found: list[Turn] = []
    for offer in mine:
        here = said if offer.step.step == tried else None
        stands = {
            one.field: written_as(
                room,
                shown.card,
                one,
                shown.entry.fields.get(one.field),
                str(before[one.field].shown),
            )
            for one in (*offer.asks, *offer.may)
            if not before[one.field].covered
        }
        issues: Sequence[Issue] = here.issues if here is not None else ()
        blanks = blanks_of(
            room,
            shown.card,
            (*offer.asks, *offer.may),
            here.said if here is not None else stands,
            issues,
            required=offer.step.asks,
            covered=[name for name, one in before.items() if one.covered],
        )
        found.append(
            Turn(
                offer=offer,
                blanks=tuple(blanks),
                issues=tuple(others_of(issues, blanks)),
                said=here,
                first=offer is main,
                opened=here is not None or (offer is main and not tried),
            )
        )
    return found
