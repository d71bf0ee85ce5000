"""催报: whom to remind, in words to paste, as official papers, and as a calendar."""

from __future__ import annotations

from django.http import HttpResponse

from xianxue.bureau.values.sentence import say
from xianxue.desk.report.notices import Desk, card_of
from xianxue.desk.report.nudges import Term, calendar, nudge
from xianxue.desk.standing.owed import owed, periods
from xianxue.desk.stores import clock
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.files import download
from xianxue.web.kit.helpers import address
from xianxue.web.kit.pages import page, show
from xianxue.web.kit.visit import Asked
from xianxue.web.kit.words import tell
from xianxue.web.returns.about import SEE
from xianxue.web.returns.round import REMIND, round_of
from xianxue.web.returns.words import lamp_words


@page(REMIND)
def reminders(request: Asked, form: str, period: str) -> HttpResponse:
    """Show who is waited for, and the words to remind them with."""
    visit = request.visit
    card, when, rows = round_of(visit, form, period)
    waiting = [one for one in rows if one.progress.waiting]
    ground = visit.standing.ground()
    back = [
        one
        for one in waiting
        if one.progress.state in ground.card(one.key.place).marked("returned")
    ]
    fresh = [one for one in waiting if one not in back]
    due = rows[0].deadline.due if rows else None
    values = {
        "form": card,
        "period": when,
        "waiting": waiting,
        "words": nudge(
            card.term,
            due,
            [one.progress.name for one in fresh],
            [one.progress.name for one in back],
        ),
        "lamp_words": lamp_words,
    }
    return show(request, "returns/reminders.html", values)


@page(REMIND)
def reminder_paper(request: Asked, form: str, period: str) -> HttpResponse:
    """Give the reminder as an official paper, to all that are waited for within reach."""
    visit = request.visit
    card, when, rows = round_of(visit, form, period)
    places = [one.key.place for one in rows if one.progress.waiting]
    if not places:
        raise MissingError(say("应报的都已报送，不用催报。"))
    workspace, today = visit.standing.workspace(), clock.day_of(visit.at)
    ground = visit.standing.ground()
    desk = Desk(workspace, ground, when, today, today, card_of(workspace, "reminder"))
    paper = desk.reminder(card, desk.progress(card), places)
    name = tell(say("{form}催报通知.docx", form=card.term))
    return download(desk.written(paper).document, str(name))


@page(SEE)
def terms(request: Asked) -> HttpResponse:
    """Give the deadlines of what the visitor waits for or owes, as a calendar."""
    visit = request.visit
    reach = visit.places(SEE)
    rows = [
        one
        for period in periods(visit.standing)
        for one in owed(visit.standing, period)
        if one.key.place in reach and one.progress.waiting and one.last_day is not None
    ]
    own = visit.actor.place
    chosen = [one for one in rows if one.key.place == own] or rows
    found: dict[str, Term] = {}
    for one in chosen:
        key = one.key.subject if one.key.place == own else f"{one.key.form}/{one.key.period}"
        assert one.last_day is not None  # noqa: S101 - those without a day were left out
        title = tell(say("《{form}》报送截止", form=one.form))
        to = request.build_absolute_uri(address("returns:list"))
        found.setdefault(f"{key}/{one.last_day}", Term(key, one.last_day, str(title), to))
    county = visit.standing.workspace().register.county.name
    data = calendar(str(tell(say("{county}报送期限", county=county))), found.values(), visit.at)
    return download(data, "deadlines.ics")
