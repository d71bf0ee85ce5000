"""What follows from a published result: proposed by the card, taken up or refused by a leader."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.http import HttpResponse

from xianxue.bureau.appraisal.curves import number as shown_number
from xianxue.bureau.values.exact import fraction
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.actions.appraisal.doing import FOLLOW
from xianxue.desk.actions.appraisal.following import Proposal, Refuse, TakeUp
from xianxue.desk.database.transactions import writing
from xianxue.desk.ledgers.entries import row_of
from xianxue.desk.standing.ledger_views import LedgerViews
from xianxue.desk.stores import clock
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.appraisal.about import RESULTS
from xianxue.web.appraisal.filled import Filled
from xianxue.web.appraisal.hall import Hall
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.helpers import address
from xianxue.web.kit.lists import Choice, Column, exported, listed
from xianxue.web.kit.pages import COMPLAINED, deed, of_county, page, show, went
from xianxue.web.kit.visit import Asked, Visit

_KINDS: Final[Mapping[str, Sentence]] = {
    "reward": say("奖励"),
    "mend": say("限期整改"),
    "freeze": say("冻结评优"),
    "circular": say("通报"),
    "proposal": say("建议"),
}
_STANDING: Final[Mapping[str, Sentence]] = {
    "proposed": say("待决定"),
    "taken": say("已采纳"),
    "refused": say("不采纳"),
}
_LAMPS: Final = {"proposed": "behind", "taken": "done", "refused": "done"}
_FINAL: Final = "final"


class Row(Record, kw_only=True):
    """One proposal as a list shows it."""

    one: Proposal
    kind: Sentence
    what: Sentence | str
    state: Sentence
    lamp: str


class Entry(Record, kw_only=True):
    """An entry of a ledger that shows something, and where it can be opened."""

    said: str
    to: str


@page(RESULTS, of_county(RESULTS))
def consequences(request: Asked, rubric: str, period: str) -> HttpResponse:
    """List what the card proposes, what nobody has decided first."""
    hall = Hall(request.visit, rubric, period)
    rows = [_row(one) for one in hall.views.proposals(hall.asked)]
    rows.sort(key=lambda row: row.one.standing != "proposed")
    listing = listed(
        request,
        rows,
        _COLUMNS,
        text=lambda row: f"{row.one.name} {row.one.place} {row.one.term}",
        choices=[
            Choice("kind", say("种类"), lambda row: row.one.card.kind, _KINDS.__getitem__),
            Choice("standing", say("决定"), lambda row: row.one.standing, _STANDING.__getitem__),
        ],
    )
    wanted = exported(request, listing, say("{term}结果运用", term=hall.asked.rubric.term))
    if wanted is not None:
        return wanted
    values = {
        "hall": hall,
        "list": listing,
        "open": sum(row.one.standing == "proposed" for row in rows),
        "cards": hall.asked.rubric.consequences,
        "takes": request.visit.may(FOLLOW) and hall.stage.state == _FINAL,
        "chosen": [row.one for row in listing.rows if row.one.standing == "proposed"],
    }
    return show(request, "appraisal/consequences.html", values, part="rows")


@page(RESULTS, of_county(RESULTS))
def consequence(
    request: Asked, rubric: str, period: str, consequence: str, place: str
) -> HttpResponse:
    """Show one proposal with its history."""
    hall = Hall(request.visit, rubric, period)
    return _one(request, hall, _found(hall, consequence, place), Filled())


@deed(FOLLOW, of_county(FOLLOW))
def take_up(request: Asked, rubric: str, period: str, consequence: str, place: str) -> HttpResponse:
    """Take a proposal up."""
    hall, said = Hall(request.visit, rubric, period), Filled(request.POST)
    found = _found(hall, consequence, place)
    try:
        hall.do(TakeUp, said.said("note"))(hall.about, found)
    except ComplaintsError as error:
        said.take(error, {})
        return _one(request, hall, found, said)
    words = say("已采纳：{name}，{term}。", name=found.name, term=found.term)
    return went(request, "appraisal:consequence", *hall.at, consequence, place, said=words)


@deed(FOLLOW, of_county(FOLLOW))
def take_all(request: Asked, rubric: str, period: str) -> HttpResponse:
    """Take up all that the list showed: what was seen is what is done, all of it or nothing."""
    hall = Hall(request.visit, rubric, period)
    pairs = [one.partition("/") for one in request.POST.getlist("pair")]
    wanted = [(consequence, place) for consequence, _, place in pairs]
    known = {one.key: one for one in hall.views.proposals(hall.asked) if not one.overtaken}
    if not wanted or not known.keys() >= set(wanted):
        raise MissingError(say("没有要采纳的，或者结果已经变了；请重新打开看。"))
    doing = hall.do(TakeUp)
    with writing():
        for key in wanted:
            doing(hall.about, known[key])
    words = say("已采纳 {n} 条。", n=len(wanted))
    return went(request, "appraisal:consequences", *hall.at, said=words)


@deed(FOLLOW, of_county(FOLLOW))
def refuse(request: Asked, rubric: str, period: str, consequence: str, place: str) -> HttpResponse:
    """Refuse a proposal, saying why."""
    hall, said = Hall(request.visit, rubric, period), Filled(request.POST)
    found = _found(hall, consequence, place)
    try:
        hall.do(Refuse, said.said("why"))(hall.about, found)
    except ComplaintsError as error:
        said.take(error, {"P-NOTE": "why"})
        return _one(request, hall, found, said)
    words = say("没有采纳：{name}，{term}。", name=found.name, term=found.term)
    return went(request, "appraisal:consequence", *hall.at, consequence, place, said=words)


def _one(request: Asked, hall: Hall, found: Proposal, said: Filled) -> HttpResponse:
    visit = request.visit
    values = {
        "hall": hall,
        "said": said,
        "one": found,
        "row": _row(found),
        "entries": {
            step.step: [_entry(visit, one) for one in step.entries] for step in found.steps
        },
        "made": _entry(visit, found.entry) if found.entry else None,
        "may": visit.may(FOLLOW) and found.standing == "proposed",
        "final": hall.stage.state == _FINAL,
    }
    status = COMPLAINED if said.issues else 200
    return show(request, "appraisal/consequence.html", values, status=status)


def _found(hall: Hall, consequence: str, place: str) -> Proposal:
    mine = [one for one in hall.views.proposals(hall.asked) if one.key == (consequence, place)]
    # What stands comes before what later results have overtaken.
    found = next((one for one in mine if not one.overtaken), mine[0] if mine else None)
    if found is None:
        raise MissingError(say("这次评价没有提这一条。"))
    return found


def _row(one: Proposal) -> Row:
    state = _STANDING[one.standing]
    return Row(
        one=one,
        kind=_KINDS[one.card.kind],
        what=_what(one),
        state=say("{state}（结果已变）", state=state) if one.overtaken else state,
        lamp=_LAMPS[one.standing],
    )


def _what(one: Proposal) -> Sentence:
    """Say what it comes to: how much and from which line, by when, for how long."""
    parts: list[Sentence] = []
    if one.amount is not None:
        amount = shown_number(fraction(one.amount))
        parts.append(say("{amount} 元，从{line}支出", amount=amount, line=one.card.line))
    if one.due is not None:
        parts.append(say("期限 {day}", day=one.due.isoformat()))
    if one.until is not None:
        parts.append(say("到 {day} 为止", day=one.until.isoformat()))
    return joined("；", parts)


def _entry(visit: Visit, said: str) -> Entry:
    """Give a ledger's entry, with its address where the visitor may open it."""
    ledger, _, number = said.partition("/")
    room = LedgerViews(visit.standing, visit.actor, clock.day_of(visit.at)).room
    card = room.ledgers.get(ledger)
    row = row_of(ledger, number) if card is not None else None
    term = f"{card.term} {number}" if card is not None else said
    if row is None or not room.sees(ledger, row.place):
        return Entry(said=term, to="")
    return Entry(said=term, to=address("ledgers:entry", ledger, row.number))


_COLUMNS: Final = (
    Column[Row]("name", say("对象"), lambda row: row.one.name),
    Column[Row]("kind", say("种类"), lambda row: row.kind),
    Column[Row]("term", say("建议"), lambda row: row.one.term),
    Column[Row]("because", say("因为"), lambda row: row.one.because, sorts=False),
    Column[Row]("what", say("内容"), lambda row: row.what, sorts=False),
    Column[Row]("state", say("决定"), lambda row: row.state),
)
