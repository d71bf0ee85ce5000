"""The pages of those who hold a ballot: the list, one ballot, its slips, closing and counting."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.http import HttpResponse

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.ballots import polls, sheets
from xianxue.desk.ballots.conclusions import conclusions
from xianxue.desk.ballots.counting import count_poll
from xianxue.desk.ballots.documents import minutes_document, paper_document, tally_document
from xianxue.desk.ballots.ranking import rankings
from xianxue.desk.ballots.scores import scores
from xianxue.desk.ballots.texts import texts_of
from xianxue.desk.ballots.told import Told, told
from xianxue.desk.ballots.wanted import wanted_of
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.files import download
from xianxue.web.kit.lists import Choice, Column, exported, listed
from xianxue.web.kit.pages import deed, page, show, went
from xianxue.web.kit.visit import Asked

VIEW: Final = "ballots.view"
_STATES: Final = {"open": say("正在投票"), "closed": say("已封票"), "counted": say("已计票")}
_LAMPS: Final = {"open": "near", "closed": "behind", "counted": "done"}


class Row(Record, kw_only=True):
    """A ballot in the list."""

    poll: Told
    state: Sentence
    lamp: str


@page(VIEW)
def ballots(request: Asked) -> HttpResponse:
    """List what was opened."""
    rows = [
        Row(poll=told(one), state=_STATES[one.state], lamp=_LAMPS[one.state])
        for one in polls.polls(request.visit.standing.workspace())
    ]
    listing = listed(
        request,
        rows,
        _COLUMNS,
        text=lambda row: f"{row.poll.title} {row.poll.key}",
        choices=[
            Choice("state", say("状态"), lambda row: row.poll.state, lambda state: _STATES[state])
        ],
    )
    wanted = exported(request, listing, say("测评"))
    if wanted is not None:
        return wanted
    return show(request, "ballots/ballots.html", {"list": listing}, part="rows")


@page(VIEW)
def one(request: Asked, card: str, period: str, number: int) -> HttpResponse:
    """Show how far a ballot has come; what came of it only to those who may see that."""
    visit = request.visit
    workspace = visit.standing.workspace()
    poll = polls.poll_at(workspace, card, period, number)
    if poll is None:
        raise MissingError(say("没有这次测评。"))
    shown, sees = told(poll), visit.may("ballots.results")
    values = {
        "poll": shown,
        "status": polls.status(poll),
        "state": _STATES[poll.state],
        "ends": poll.ends_at + timedelta(0),
        "results": (*shown.results, *scores(poll)) if sees else (),
        "conclusions": conclusions(poll) if sees else (),
        "rankings": rankings(poll, workspace.register) if sees and poll.state == "counted" else (),
        "texts": texts_of(poll) if sees else (),
        "may": {
            name: visit.may(f"ballots.{name}") for name in ("issue", "close", "count", "results")
        },
    }
    return show(request, "ballots/one.html", values)


@page(VIEW)
def tally(request: Asked, card: str, period: str, number: int) -> HttpResponse:
    """Give the empty tally sheet."""
    workspace = request.visit.standing.workspace()
    poll = polls.poll_at(workspace, card, period, number)
    if poll is None:
        raise MissingError(say("没有这次测评。"))
    return download(tally_document(workspace, poll), f"{poll.title}计票单.docx")


@page(VIEW)
def paper(request: Asked, card: str, period: str, number: int, group: str) -> HttpResponse:
    """Give the ballot paper of a group, to be copied."""
    workspace = request.visit.standing.workspace()
    poll = polls.poll_at(workspace, card, period, number)
    if poll is None or group not in polls.groups_of(poll):
        raise MissingError(say("没有这次测评。"))
    return download(paper_document(workspace, poll, group), f"{poll.title}票.docx")


@page("ballots.results")
def minutes(request: Asked, card: str, period: str, number: int) -> HttpResponse:
    """Give the minutes of a count, for signatures."""
    workspace = request.visit.standing.workspace()
    poll = polls.poll_at(workspace, card, period, number)
    if poll is None or poll.state != "counted":
        raise MissingError(say("还没有计票。"))
    return download(minutes_document(workspace, poll), f"{poll.title}计票记录.docx")


@deed("ballots.issue")
def issue(request: Asked, card: str, period: str, number: int) -> HttpResponse:
    """Issue slips and give them as a file, this once."""
    visit = request.visit
    workspace = visit.standing.workspace()
    poll = polls.poll_at(workspace, card, period, number)
    if poll is None:
        raise MissingError(say("没有这次测评。"))
    issued = polls.issue(workspace, poll, wanted_of(request.POST), visit.actor)
    site = request.build_absolute_uri("/")
    made = sheets.sheet("slips.pdf", poll, issued, site, workspace.register)
    return download(made, f"{poll.title}票.pdf")


@deed("ballots.close")
def close_poll(request: Asked, card: str, period: str, number: int) -> HttpResponse:
    """Close a ballot."""
    visit = request.visit
    workspace = visit.standing.workspace()
    poll = polls.poll_at(workspace, card, period, number)
    if poll is None:
        raise MissingError(say("没有这次测评。"))
    present = {one.group: one.many for one in wanted_of(request.POST, "present")}
    polls.close(workspace, poll, visit.actor, present=present, why=request.POST.get("why", ""))
    return went(request, "ballots:one", card, period, number, said=say("已封票。"))


@deed("ballots.count")
def count(request: Asked, card: str, period: str, number: int) -> HttpResponse:
    """Count a closed ballot."""
    visit = request.visit
    workspace = visit.standing.workspace()
    poll = polls.poll_at(workspace, card, period, number)
    if poll is None:
        raise MissingError(say("没有这次测评。"))
    count_poll(workspace, poll, visit.actor)
    return went(request, "ballots:one", card, period, number, said=say("已计票。"))


_COLUMNS: Final = (
    Column[Row]("title", say("名称"), lambda row: row.poll.title),
    Column[Row]("key", say("编号"), lambda row: row.poll.key),
    Column[Row]("state", say("状态"), lambda row: row.state, sorts=False),
)
