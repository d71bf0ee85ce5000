"""Assessors: who they are, what they have to do, how the rest might be shared out, taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from django.http import HttpResponse

from xianxue.bureau.appraisal.conflicts import Ties
from xianxue.bureau.appraisal.sharing import Shared, shared
from xianxue.bureau.kinds.appraisal.tree import nodes_of
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.bureau.workflow.subject import person
from xianxue.desk.actions.appraisal.assessors import AssignAssessor
from xianxue.desk.actions.appraisal.doing import ASSIGN, WITHDRAW
from xianxue.desk.actions.appraisal.reports import WithdrawLine
from xianxue.desk.appraisal.duties import Duty, duties, needed
from xianxue.desk.database.transactions import writing
from xianxue.desk.stores import clock
from xianxue.web.appraisal.about import RESULTS
from xianxue.web.appraisal.filled import Filled
from xianxue.web.appraisal.hall import Hall
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.pages import COMPLAINED, deed, of_county, page, show, went
from xianxue.web.kit.visit import Asked
from xianxue.web.kit.whole import whole

_MOST_EACH: Final = 15
"""So many assessors a place can be suggested at the most."""


class Declared(Record, kw_only=True):
    """Somebody who has declared what binds them, as a list shows it."""

    name: str
    ties: Sentence
    duty: Duty | None
    """None where they have not been assigned yet."""


@page(RESULTS, of_county(RESULTS))
def assessors(request: Asked, rubric: str, period: str) -> HttpResponse:
    """Show who assesses, how much, and how what is left might be shared out."""
    visit = request.visit
    hall = Hall(visit, rubric, period)
    declared = declared_of(hall)
    each = min(whole(request.GET.get("each", "")) or needed(hall.asked.rubric), _MOST_EACH)
    suggested = _suggested(hall, each) if declared else None
    values = {
        "hall": hall,
        "declared": declared,
        "each": each,
        "may": visit.may(ASSIGN) and hall.open,
        "suggested": suggested,
        "new": [] if suggested is None else [one for one in suggested.places.items() if one[1]],
        "lacking": _lacking(hall, each),
        "rules": rules_of(hall),
    }
    return show(request, "appraisal/assessors.html", values)


@deed(ASSIGN, of_county(ASSIGN))
def spread(request: Asked, rubric: str, period: str) -> HttpResponse:
    """Assign as it was suggested: what was seen is what is done, all of it or nothing."""
    hall = Hall(request.visit, rubric, period)
    wanted: dict[str, list[str]] = {}
    for one in request.POST.getlist("pair"):
        place, _, name = one.partition("/")
        wanted.setdefault(name, []).append(place)
    if not wanted:
        raise MissingError(say("没有要派的。"))
    with writing():
        doing = hall.do(AssignAssessor)
        for name, places in wanted.items():
            doing(hall.about, name, places)
    many = sum(map(len, wanted.values()))
    words = say("已派 {n} 人，共 {m} 家次。", n=len(wanted), m=many)
    return went(request, "appraisal:assessors", *hall.at, said=words)


@page(RESULTS, of_county(RESULTS))
def assessor(request: Asked, rubric: str, period: str, seat: str) -> HttpResponse:
    """Show what one assessor is to assess."""
    return _assessor(request, Hall(request.visit, rubric, period), seat, Filled())


@deed(WITHDRAW, of_county(WITHDRAW))
def relieve(request: Asked, rubric: str, period: str, seat: str) -> HttpResponse:
    """Take assignments back, saying why; all that were chosen or none."""
    hall, said = Hall(request.visit, rubric, period), Filled(request.POST)
    numbers = [found for one in said.every("line") if (found := whole(one))]
    if not numbers:
        said.complain("line", say("没有选撤回哪几条"), say("至少一条"))
    said.needs([("why", say("理由"))])
    mine = {line.number for line in hall.lines.standing("assign") if line.said["seat"] == seat}
    if not said.issues and set(numbers) <= mine:
        doing = hall.do(WithdrawLine, said.said("why"))
        with writing():
            for number in numbers:
                doing(hall.about, number, hall.views.results(hall.asked))
        words = say("已撤回 {n} 条分派。", n=len(numbers))
        return went(request, "appraisal:assessors", *hall.at, said=words)
    return _assessor(request, hall, seat, said)


def _assessor(request: Asked, hall: Hall, seat: str, said: Filled) -> HttpResponse:
    mine = [one for one in hall.lines.standing("assign") if one.said["seat"] == seat]
    if not mine:
        raise MissingError(say("这次评价没有这位评委。"))
    terms = {one.item.item: one.item.term for one in nodes_of(hall.asked.rubric)}
    duty = next(
        (one for one in duties(hall.asked.rubric, hall.lines, hall.applies) if one.seat == seat),
        None,
    )
    values = {
        "hall": hall,
        "said": said,
        "seat": seat,
        "duty": duty,
        "name": mine[-1].said["person"],
        "rows": mine,
        "terms": terms,
        "may": request.visit.may(WITHDRAW) and hall.open,
    }
    status = COMPLAINED if said.issues else 200
    return show(request, "appraisal/seat.html", values, status=status)


def declared_of(hall: Hall) -> list[Declared]:
    """Give everybody who has declared what binds them."""
    names: dict[str, str] = {}
    for one in hall.lines.standing("ties"):
        names[person(one.said["person"])] = one.said["person"]
    work = {person(one.person): one for one in duties(hall.asked.rubric, hall.lines, hall.applies)}
    return [
        Declared(name=name, ties=_ties(hall, hall.lines.ties(name)), duty=work.get(key))
        for key, name in names.items()
    ]


def _ties(hall: Hall, ties: Ties | None) -> Sentence:
    """Say what binds somebody."""
    names = {one.code: one.name for one in hall.visit.standing.workspace().register}
    if ties is None or not (ties.own or ties.kin or ties.former):
        return say("没有")
    said = [
        *(say("本单位{name}", name=names.get(one, one)) for one in sorted(ties.own)),
        *(say("近亲属在{name}", name=names.get(one, one)) for one in sorted(ties.kin)),
        *(
            say("在{name}任职到 {day}", name=names.get(code, code), day=day.isoformat())
            for code, day in ties.former.items()
        ),
    ]
    return joined("；", said)


def rules_of(hall: Hall) -> Sentence:
    """Say who may not assess whom, by the card."""
    rules = hall.asked.rubric.conflicts
    said: list[Sentence] = [say("本单位")] if rules.own else []
    said += [say("近亲属所在单位")] if rules.kin else []
    if rules.former_years:
        said.append(say("离开不满 {n} 年的单位", n=rules.former_years))
    return joined("、", said)


def _of_places(hall: Hall) -> dict[str, list[str]]:
    """Give each assessor's places."""
    found: dict[str, list[str]] = {}
    for one in hall.lines.assigned:
        found.setdefault(one.person, []).append(one.place)
    return found


def _suggested(hall: Hall, each: int) -> Shared:
    ties: Mapping[str, Ties] = {
        one.name: hall.lines.ties(one.name) or Ties() for one in declared_of(hall)
    }
    places: Sequence[str] = [
        place
        for place in hall.names
        if any(hall.applies(place, one.item.item) for one in hall.marked)
    ]
    rules, today = hall.asked.rubric.conflicts, clock.day_of(hall.visit.at)
    return shared(places, ties, each, rules, today, _of_places(hall))


def _lacking(hall: Hall, each: int) -> int:
    """Count the places that have fewer assessors than are wanted."""
    of = _of_places(hall)
    return sum(
        1
        for place in hall.names
        if any(hall.applies(place, one.item.item) for one in hall.marked)
        and sum(place in places for places in of.values()) < each
    )
