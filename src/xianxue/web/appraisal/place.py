"""One who is judged: the tree with points, why, and what lacks; and one point, to its end."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse

from xianxue.bureau.appraisal.curves import number
from xianxue.bureau.kinds.appraisal.tree import nodes_of
from xianxue.bureau.records.appraised import ItemScore, Reading
from xianxue.bureau.records.trace import EntryRef, FigureRef, TallyRef, Trace, words
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.standing.ledger_views import LedgerViews
from xianxue.desk.stores import clock
from xianxue.web.appraisal.about import VIEW, Seen, asked_of, of_judged, views_of
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.helpers import address
from xianxue.web.kit.pages import page, show
from xianxue.web.kit.visit import Asked, Visit

_DEEPEST: Final = 3
"""Ranks of items that are set in further and further."""


class Line(Record, kw_only=True):
    """One item with its points, as the visitor sees them."""

    item: str
    number: str
    term: str
    depth: int
    points: Sentence | str
    of: str
    because: Sentence | str
    lacks: bool
    branch: bool
    flags: tuple[Sentence, ...] = ()


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
    visit = request.visit
    seen = Seen(visit, asked_of(visit, rubric, period))
    score, graded = seen.one(place)
    hidden = seen.hidden(score)
    values = {
        "seen": seen,
        "score": score,
        "graded": graded,
        "group": seen.groups.get(graded.group, graded.group),
        "lines": [line_of(one, hidden, score.missing) for one in score.items],
        "lacking": [one for one in score.missing if one not in hidden],
        "vetoes": () if seen.covered else score.struck,
        "issues": () if seen.covered else score.issues,
        "in_register": place in visit.standing.workspace().register.places,
    }
    return show(request, "appraisal/place.html", values)


@page(VIEW, of_judged)
def item(request: Asked, rubric: str, period: str, place: str, item: str) -> HttpResponse:
    """Explain one item: what its source gave, down to the figure, the entry, the mark."""
    visit = request.visit
    seen = Seen(visit, asked_of(visit, rubric, period), traced=place)
    score, _ = seen.one(place)
    found = score.item(item)
    node = next((one for one in nodes_of(seen.asked.rubric) if one.item.item == item), None)
    if found is None or node is None:
        raise MissingError(say("这张评价卡片上没有这一项。"))
    hidden = seen.hidden(score)
    below = {one.item.item for one in node.below}
    gives = node.item.gives
    other = None
    if gives is not None and gives.rubric and item not in hidden:
        other = views_of(visit).other(seen.asked, gives.rubric, place)
    cited = found.citation
    values = {
        "seen": seen,
        "score": score,
        "line": line_of(found, hidden, score.missing),
        "below": [line_of(one, hidden, score.missing) for one in score.items if one.item in below],
        "given": () if item in hidden else [_given(visit, one) for one in found.readings],
        "hidden": item in hidden,
        "other": other,
        "citation": visit.standing.workspace().shelf.cite(cited) if cited else "",
        "note": node.item.note,
        "release": views_of(visit).release(seen.asked),
    }
    return show(request, "appraisal/item.html", values)


def line_of(one: ItemScore, hidden: frozenset[str], missing: tuple[str, ...]) -> Line:
    """Tell one item, without what is not to be seen yet."""
    covered = one.item in hidden
    if covered:
        points: Sentence | str = say("公示后才有")
    elif not one.applies:
        points = say("不适用")
    else:
        points = say("未定") if one.points is None else number(one.points)
    return Line(
        item=one.item,
        number=one.number,
        term=one.term,
        depth=min(one.depth, _DEEPEST),
        points=points,
        of=number(one.of),
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
