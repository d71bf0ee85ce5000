"""One who is judged: points and why, appeals; and one point, followed to its end."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from django.http import HttpResponse

from xianxue.bureau.appraisal.curves import number
from xianxue.bureau.kinds.appraisal.tree import nodes_of
from xianxue.bureau.records.appraised import Reading
from xianxue.bureau.records.trace import EntryRef, FigureRef, TallyRef, Trace, words
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.actions.appraisal.moving import Appeal
from xianxue.desk.appraisal.shown import ShownItem, ShownPlace
from xianxue.desk.standing.ledger_views import LedgerViews
from xianxue.desk.stores import clock
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.appraisal.about import (
    VIEW,
    Seen,
    asked_of,
    of_judged,
    registered,
    views_of,
    wants_now,
    with_above,
)
from xianxue.web.appraisal.appeals import Typed, hearing, may_appeal
from xianxue.web.appraisal.mine import APPEAL, REPORT, of_appealed
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.helpers import address
from xianxue.web.kit.pages import COMPLAINED, deed, page, show, went
from xianxue.web.kit.visit import Asked, Visit

_DEEPEST: Final = 3
"""Ranks of items that are set in further and further."""


class Line(Record, kw_only=True):
    """One item with its points, as the visitor sees them."""

    item: str
    number: str
    term: Sentence | str
    depth: int
    points: Sentence | str
    of: str
    because: Sentence | str
    lacks: bool
    branch: bool
    flags: tuple[Sentence | str, ...] = ()


class Ends(Record, kw_only=True):
    """Something that points end in, and where it can be opened."""

    words: Sentence | str
    to: str = ""
    panel: str = ""
    """The key of a figure, which opens beside the page."""
    shown: str = ""


class Given(Record, kw_only=True):
    """One thing that a source gave."""

    note: str
    document: str
    ends: tuple[Ends, ...]


@page(VIEW, of_judged)
def place(request: Asked, rubric: str, period: str, place: str) -> HttpResponse:
    """Show the tree of one who is judged."""
    return _shown(request, rubric, period, place, Typed(item=request.GET.get("item", "")))


@deed(APPEAL, of_appealed)
def appeal(request: Asked, rubric: str, period: str, place: str) -> HttpResponse:
    """Appeal; without its reason it is asked for beside what was chosen."""
    visit = request.visit
    asked = asked_of(visit, rubric, period)
    typed = Typed(item=request.POST.get("item", ""), text=request.POST.get("text", ""))
    about = views_of(visit).about(asked)
    try:
        Appeal(visit.standing.ground(), visit.actor, visit.at)(about, place, typed.item, typed.text)
    except ComplaintsError as error:
        (issue, *_) = error.issues
        wrong = say("{saw}。要求：{required}", saw=issue.saw, required=issue.required)
        typed = replace(typed, wrong=wrong)
        return _shown(request, rubric, period, place, typed, status=COMPLAINED)
    to = (asked.rubric.series, asked.period.code, place)
    return went(request, "appraisal:place", *to, said=say("申诉已收，答复会写在这一页。"))


def _shown(  # noqa: PLR0913 - what is looked at, and what was typed there
    request: Asked, rubric: str, period: str, place: str, typed: Typed, *, status: int = 200
) -> HttpResponse:
    """Show one who is judged, with their appeals, and what was typed into one."""
    visit = request.visit
    seen = Seen(visit, asked_of(visit, rubric, period), now=wants_now(request))
    one = seen.one(place)
    hidden = seen.hidden(one)
    stands = seen.result.by_place.get(place)
    values = {
        "seen": seen,
        "one": one,
        "lines": [line_of(each, hidden, one) for each in one.items],
        "lacking": [each for each in one.missing if each not in hidden],
        "vetoes": () if seen.covered else one.vetoes,
        "faults": () if seen.covered or not seen.shown.number else one.faults,
        "issues": () if seen.covered or seen.shown.number or not stands else stands[0].issues,
        "in_register": bool(registered(visit, place)),
        "reports": visit.may(REPORT, registered(visit, place)),
        "hearing": hearing(seen, place, typed),
    }
    return show(request, "appraisal/place.html", values, status=status)


@page(VIEW, of_judged)
def item(request: Asked, rubric: str, period: str, place: str, item: str) -> HttpResponse:
    """Explain one item: what its source gave, down to the figure, the entry, the mark."""
    visit = request.visit
    seen = Seen(visit, asked_of(visit, rubric, period), traced=place, now=wants_now(request))
    one = seen.one(place)
    found = one.item(item)
    if found is None:
        raise MissingError(say("这张评价卡片上没有这一项。"))
    # The items of a union are its members, which stand on no card.
    node = next((one for one in nodes_of(seen.asked.rubric) if one.item.item == item), None)
    hidden = seen.hidden(one)
    below = {one.item.item for one in node.below} if node else set[str]()
    gives = node.item.gives if node else None
    other = None
    if gives is not None and gives.rubric and item not in hidden:
        other = views_of(visit).other(seen.asked, gives.rubric, place)
    stands = seen.result.by_place.get(place)
    traced = stands[0].item(item) if stands else None
    cited = traced.citation if traced else None
    readings = traced.readings if traced and item not in hidden else ()
    values = {
        "seen": seen,
        "one": one,
        "line": line_of(found, hidden, one),
        "below": [line_of(each, hidden, one) for each in one.items if each.item in below],
        "given": [_given(visit, each) for each in readings],
        "hidden": item in hidden,
        "appeals": may_appeal(seen, place),
        "other": other,
        "citation": visit.standing.workspace().shelf.cite(cited) if cited else "",
        "note": node.item.note if node else "",
        "release": views_of(visit).release(seen.asked),
    }
    return show(request, "appraisal/item.html", values)


def line_of(one: ShownItem, hidden: frozenset[str], place: ShownPlace) -> Line:
    """Tell one item of a place, without what is not to be seen yet."""
    covered, missing = one.item in hidden, place.missing
    if covered:
        points: Sentence | str = say("公示后才有")
    elif one.points is not None:
        points = number(Fraction(one.points))
    else:
        points = say("未定") if one.item in with_above(place, missing) else say("不适用")
    return Line(
        item=one.item,
        number=one.number,
        term=one.term,
        depth=min(one.depth, _DEEPEST),
        points=points,
        of=number(Fraction(one.of)),
        because="" if covered else one.because,
        lacks=one.item in missing and not covered,
        branch=one.source == "items",
        flags=() if covered else one.flags,
    )


def _given(visit: Visit, one: Reading) -> Given:
    return Given(
        note=one.note,
        document=one.document,
        ends=tuple(_ends(visit, trace) for trace in one.traces),
    )


def _ends(visit: Visit, trace: Trace) -> Ends:
    """Tell a trace to somebody, and say where they can open it."""
    if isinstance(trace, FigureRef):
        return Ends(words=trace.term, panel=trace.key, shown=trace.value)
    if isinstance(trace, EntryRef):
        return _entry(visit, trace)
    if isinstance(trace, TallyRef) and not visit.may("ballots.results"):
        trace = replace(trace, restricted="ballots")
    return Ends(words=words(trace, ("assessors",) if visit.may("appraisal.results") else ()))


def _entry(visit: Visit, trace: EntryRef) -> Ends:
    room = LedgerViews(visit.standing, visit.actor, clock.day_of(visit.at)).room
    if trace.ledger in room.ledgers and room.sees(trace.ledger, trace.place):
        to = address("ledgers:entry", trace.ledger, trace.number)
        return Ends(words=words(trace), to=to)
    return Ends(words=words(replace(trace, restricted="ledgers")))
