"""资格条件: whether one person may apply, why not, and from which day on.

It rests on what the roster says of a person, so it is shown to those who may see that uncovered: to
the own school, and to others for as long as they have uncovered the entry, with a reason.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from django.http import HttpResponse, HttpResponseRedirect

from xianxue.bureau.appraisal.persons.eligible import eligible
from xianxue.bureau.appraisal.persons.first_day import first_day_told
from xianxue.bureau.appraisal.persons.judged_clause import TERMS, JudgedClause, Verdict
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.workflow.subject import Subject
from xianxue.desk.actions.ledgers.reading import UNMASKED, ReadRestricted, uncovered_until
from xianxue.desk.appraisal.careers import career_of
from xianxue.desk.appraisal.persons import ROSTER, Known, find_person
from xianxue.desk.ledgers.entries import Row, row_of
from xianxue.desk.ledgers.room import Room
from xianxue.desk.standing.ledger_views import LedgerViews
from xianxue.desk.stores import clock
from xianxue.desk.workspace import MisusedError
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.helpers import address
from xianxue.web.kit.pages import MOVED_ON, page, show
from xianxue.web.kit.visit import Asked, Visit

_LAMPS: Final[dict[Verdict, str]] = {
    "met": "done",
    "not_met": "over",
    "undetermined": "",
    "explain": "behind",
}
_WRONG: Final = 422


class Seen(Record, kw_only=True):
    """One thing that shows a clause, and where it can be opened."""

    says: Sentence | str
    to: str


class Clause(Record, kw_only=True):
    """One clause as it is shown."""

    term: Sentence
    verdict: Sentence
    lamp: str
    because: Sentence
    seen: tuple[Seen, ...]
    citation: str
    note: str


def _room(visit: Visit) -> Room:
    return LedgerViews(visit.standing, visit.actor, clock.day_of(visit.at)).room


def _row(visit: Visit, number: str) -> Row:
    found = row_of(ROSTER, number)
    room = _room(visit)
    # Nobody learns of another school's people by trying one number after the other.
    if found is None or ROSTER not in room.ledgers or not room.sees(ROSTER, found.place):
        raise MissingError(say("教职工名册里没有这个编号。"))
    return found


def of_person(visit: Visit, number: str, **_address: str) -> Subject:
    """Say that a page is about what the roster says of a person."""
    row = _row(visit, number)
    title = say("教职工名册{number}号", number=row.number)
    return Subject("ledgers", ROSTER, row.place, title=title)


@page(UNMASKED)
def ask(request: Asked) -> HttpResponse:
    """Ask for whom and for what; go on to the page of that person."""
    visit = request.visit
    cards = visit.standing.workspace().shelf.eligibilities
    number, card = request.GET.get("number", "").strip(), request.GET.get("for", "")
    wrong = ""
    if number:
        number = number.removeprefix(f"{ROSTER}/")
        try:
            row = _row(visit, number)
        except MissingError:
            wrong = say("教职工名册里没有编号“{number}”，或者不是本单位的人。", number=number)
        else:
            if card in cards:
                to = address("appraisal:person", card, row.number)
                return HttpResponseRedirect(to, status=MOVED_ON)
    values = {
        "cards": [(name, one.term) for name, one in cards.items()],
        "number": number,
        "card": card,
        "wrong": wrong,
    }
    return show(request, "appraisal/ask.html", values, status=_WRONG if wrong else 200)


@page(UNMASKED, of_person)
def person(request: Asked, card: str, number: str) -> HttpResponse:
    """Show one person's clauses, with what shows each, and the first day."""
    visit = request.visit
    cards = visit.standing.workspace().shelf.eligibilities
    if card not in cards:
        raise MissingError(say("没有这项资格条件。"))
    row = _row(visit, number)
    values: dict[str, object] = {
        "card": cards[card],
        "row": row,
        "school": visit.place_name(row.place),
        "others": [(name, one.term) for name, one in cards.items() if name != card],
    }
    own = visit.actor.place == row.place
    if not own and uncovered_until(visit.actor.name, row, visit.at) is None:
        return show(request, "appraisal/covered.html", values)
    room = _room(visit)
    ReadRestricted(room.ground, room.ledger(ROSTER), visit.actor, visit.at)(row)
    on = _day(request.GET.get("on", ""), clock.day_of(visit.at))
    known = _known(room, row)
    found = eligible(cards[card], career_of(room, known, on), on)
    name = next((str(one.fields["name"]) for one in known.roster if "name" in one.fields), "")
    values |= {
        "name": name or row.number,
        "found": found,
        "on": on,
        "clauses": [_clause(visit, room, one) for one in found.clauses],
        "failed": sum(1 for one in found.clauses if one.verdict == "not_met"),
        "open": sum(1 for one in found.clauses if one.verdict == "undetermined"),
        "soft": sum(1 for one in found.clauses if one.verdict == "explain"),
        "first": first_day_told(found),
    }
    return show(request, "appraisal/person.html", values)


def _known(room: Room, row: Row) -> Known:
    try:
        return find_person(room, row.number)
    except MisusedError as error:
        raise MissingError(say("这一条已经撤销，对照不了条件。")) from error


def _clause(visit: Visit, room: Room, one: JudgedClause) -> Clause:
    cited = one.citation
    return Clause(
        term=one.term,
        verdict=TERMS[one.verdict],
        lamp=_LAMPS[one.verdict],
        because=one.because,
        seen=tuple(Seen(says=each.says, to=_leads(room, each.entry)) for each in one.shown),
        citation="" if cited is None else visit.standing.workspace().shelf.cite(cited),
        note="" if cited is None else cited.note,
    )


def _leads(room: Room, entry: str) -> str:
    """Give the address of an entry where the visitor may open it."""
    ledger, _, number = entry.partition("/")
    row = row_of(ledger, number) if ledger in room.ledgers else None
    if row is None or not room.sees(ledger, row.place):
        return ""
    return address("ledgers:entry", ledger, row.number)


def _day(said: str, today: date) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return today
