"""What the interface shows: places, returns, figures, verdicts, releases, tasks, the journal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, TypeVar

from django.http import HttpRequest
from ninja import Field

from xianxue.bureau.records.figure import Figure
from xianxue.bureau.records.finding import Finding
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.matrix import matrix
from xianxue.desk.actions.context import Key
from xianxue.desk.journal.lines import Asked as Lines
from xianxue.desk.journal.verification import verify
from xianxue.desk.returns.history import trail_of
from xianxue.desk.search.search import search
from xianxue.desk.standing.owed import owed
from xianxue.desk.standing.todo import todo
from xianxue.web.api import shapes
from xianxue.web.api.entry import API, MORE, can, may, problem
from xianxue.web.api.shapes import MOST, Word
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.visit import Visit, asked
from xianxue.web.kit.words import tell

T = TypeVar("T")
Limit = Annotated[int, Field(ge=1, le=MOST)]
Offset = Annotated[int, Field(ge=0, le=2**31 - 1)]
PeriodCode = Annotated[str, Field(max_length=32, pattern=r"^[0-9A-Za-z.-]*$")]


def part(rows: Sequence[T], limit: int, offset: int) -> Sequence[T]:
    """Give the rows that were asked for."""
    return rows[offset : offset + limit]


def period_of(visit: Visit, code: str) -> Period:
    """Give the period asked for, or the workspace's own."""
    return visit.standing.period(code or None)


@API.get("/me", response={200: shapes.Me, **MORE})
def me(request: HttpRequest) -> Any:  # noqa: ANN401 - what the schema makes of it
    """Say who acts by the token, and what they may do."""
    del request
    visit = asked().visit
    actor = visit.actor
    deeds = [one.deed for one in visit.authority.policy.deeds if visit.can(one.deed)]
    if actor.only is not None:
        deeds = [deed for deed in deeds if deed in actor.only]
    return {"name": actor.name, "role": actor.role, "place": actor.place, "deeds": deeds}


@API.get("/places", response={200: shapes.Places, **MORE})
def places(request: HttpRequest, q: Word = "", limit: Limit = 100, offset: Offset = 0) -> Any:  # noqa: ANN401 - as above
    """List the places of the register within reach."""
    del request
    visit = can("places.view")
    register = visit.standing.workspace().register
    reach = visit.places("places.view")
    rows = [one for one in register if one.code in reach and q in f"{one.code} {one.name}"]
    items = [_place(visit, one.code) for one in part(rows, limit, offset)]
    return {"total": len(rows), "items": items}


@API.get("/places/{place}", response={200: shapes.PlaceOut, **MORE})
def place(request: HttpRequest, place: Word) -> Any:  # noqa: ANN401 - as above
    """Give one place."""
    del request
    visit = may("places.view", place)
    if place not in visit.standing.workspace().register:
        raise MissingError(say("名册里没有代码 {code}", code=place))
    return _place(visit, place)


def _place(visit: Visit, code: str) -> dict[str, Any]:
    register = visit.standing.workspace().register
    found = register[code]
    return {
        "code": found.code,
        "name": found.name,
        "level": found.level,
        "township": register.township_of(found),
        "opened": found.opened,
        "closed": found.closed,
    }


@API.get("/returns", response={200: shapes.Returns, **MORE})
def returns(  # noqa: PLR0913, PLR0917 - what may be asked for
    request: HttpRequest,
    period: PeriodCode = "",
    form: Word = "",
    state: Word = "",
    limit: Limit = 100,
    offset: Offset = 0,
) -> Any:  # noqa: ANN401 - as above
    """List the returns that are owed in a period, within reach."""
    del request
    visit = can("returns.view")
    reach = visit.places("returns.view")
    rows = [
        one
        for one in owed(visit.standing, period_of(visit, period))
        if one.key.place in reach
        and form in {"", one.key.form}
        and state in {"", one.progress.state}
    ]
    items = [
        {
            "form": one.key.form,
            "period": one.key.period,
            "place": one.key.place,
            "name": one.progress.name,
            "state": one.progress.state,
            "term": str(tell(one.progress.term)),
            "revision": one.progress.revision,
            "accepted": one.progress.accepted,
            "waiting": one.progress.waiting,
            "late": one.progress.late,
            "due": one.last_day,
            "times_returned": one.progress.times_returned,
        }
        for one in part(rows, limit, offset)
    ]
    return {"total": len(rows), "items": items}


@API.get("/returns/{form}/{period}/{place}", response={200: shapes.TrailOut, **MORE})
def trail(request: HttpRequest, form: Word, period: Word, place: Word) -> Any:  # noqa: ANN401 - as above
    """Give one return and what became of it."""
    del request
    visit = may("returns.view", place)
    found = trail_of(visit.standing.ground(), key_of(visit, form, period, place))
    return {
        "form": form,
        "period": period,
        "place": place,
        "state": found.state,
        "term": str(tell(found.term)),
        "times_returned": found.times_returned,
        "revisions": [
            {
                "number": one.number,
                "at": one.at,
                "by": one.by,
                "file": one.file,
                "digest": one.digest,
                "accepted": one.accepted,
                "comments": [
                    {"sheet": said.tab, "cell": said.cell, "text": said.text}
                    | {"by": said.by, "at": said.at}
                    for said in one.comments
                ],
            }
            for one in found.revisions
        ],
    }


def key_of(visit: Visit, form: str, period: str, place: str) -> Key:
    """Give the return that an address means; MissingError where nobody owes it."""
    try:
        when = Period.parse(period)
    except ValueError as error:
        raise MissingError(say("没有“{period}”这个时期。", period=period)) from error
    key = Key(form, period, place)
    if not any(one.key == key for one in owed(visit.standing, when)):
        raise MissingError(say("没有这样一份报表。"))
    return key


@API.get("/indicators", response={200: list[shapes.IndicatorOut], **MORE})
def indicators(request: HttpRequest) -> Any:  # noqa: ANN401 - as above
    """List all indicators that are declared."""
    del request
    visit = can("indicators.view")
    return [
        {
            "indicator": card.indicator,
            "term": str(tell(card.term)),
            "kind": card.kind,
            "unit": card.unit,
            "levels": list(card.levels),
            "stages": [stage.value for stage in card.stages],
        }
        for card in visit.standing.workspace().shelf.indicators.values()
    ]


@API.get("/figures", response={200: shapes.Figures, **MORE})
def figures(  # noqa: PLR0913, PLR0917 - what may be asked for
    request: HttpRequest,
    indicator: Word = "",
    place: Word = "",
    period: PeriodCode = "",
    release: PeriodCode = "",
    limit: Limit = 100,
    offset: Offset = 0,
) -> Any:  # noqa: ANN401 - as above
    """List figures: of an indicator, of a place, of a release or as accepted now, within reach."""
    del request
    visit = can("indicators.view")
    counted = visit.standing.counted(period_of(visit, period), release)
    reach = visit.places("indicators.view")
    rows = [
        one
        for one in counted.figures.values()
        if one.place in reach and indicator in {"", one.indicator} and place in {"", one.place}
    ]
    items = [figure_out(visit, one) for one in part(rows, limit, offset)]
    return {"total": len(rows), "items": items}


@API.get("/figures/{path:key}", response={200: shapes.Explained, **MORE})
def figure(request: HttpRequest, key: Word, release: PeriodCode = "") -> Any:  # noqa: ANN401 - as above
    """Give one figure by its key with its formula, its numbers and what it stands on."""
    del request
    parts = key.split("/")
    if len(parts) < len(("indicator", "place", "stage", "period")):
        raise MissingError(say("没有这个数。"))
    visit = may("indicators.view", parts[1])
    try:
        when = Period.parse(parts[3])
    except ValueError as error:
        raise MissingError(say("没有这个数。")) from error
    counted = visit.standing.counted(when, release)
    found = counted.figures.get(key)
    if found is None:
        raise MissingError(say("没有这个数。"))
    explained = counted.river.explain(found)
    shelf = counted.shelf
    return {
        "figure": figure_out(visit, explained.figure),
        "formula": str(tell(explained.formula)),
        "numbers": str(tell(explained.numbers)),
        "citations": [str(tell(shelf.cite(one))) for one in explained.citations],
    }


def figure_out(visit: Visit, one: Figure) -> dict[str, Any]:
    """Tell a figure."""
    card = visit.standing.workspace().shelf.indicators.get(one.indicator)
    return {
        "key": one.key,
        "indicator": one.indicator,
        "term": str(tell(card.term)) if card is not None else one.indicator,
        "place": one.place,
        "stage": one.stage.value if one.stage else None,
        "slice": str(one.slice) if one.slice else None,
        "period": one.period,
        "value": _number(one.value),
        "unit": one.unit,
        "shown": str(tell(one.shown)),
        "numerator": _number(one.numerator),
        "denominator": _number(one.denominator),
        "coverage": {
            "reported": one.coverage.reported,
            "expected": one.coverage.expected,
            "missing": list(one.coverage.missing),
        },
        "standing": one.standing.value,
        "release": one.release,
        "why": str(tell(one.why)),
    }


def _number(value: Any) -> str | None:  # noqa: ANN401 - any exact number
    return None if value is None else plain(value)


@API.get("/standards", response={200: list[shapes.StandardOut], **MORE})
def standards(request: HttpRequest) -> Any:  # noqa: ANN401 - as above
    """List the standards that places are judged by."""
    del request
    visit = can("assessment.view")
    cards = visit.standing.workspace().shelf.standards.values()
    return [{"standard": one.standard, "term": str(tell(one.term))} for one in cards]


@API.get("/standards/{standard}", response={200: shapes.AssessmentOut, **MORE})
def standard(
    request: HttpRequest, standard: Word, period: PeriodCode = "", release: PeriodCode = ""
) -> Any:  # noqa: ANN401 - as above
    """Judge the county by a standard: findings within reach."""
    del request
    visit = can("assessment.view")
    shelf = visit.standing.workspace().shelf
    card = shelf.standards.get(standard)
    if card is None:
        raise MissingError(say("没有标准“{standard}”。", standard=standard))
    named = visit.standing.period(period or None)
    counted = visit.standing.counted(card.period.for_(named), release)
    judged = counted.assessment(standard)
    reach = visit.places("assessment.view")
    return {
        "standard": judged.standard,
        "term": str(tell(judged.term)),
        "period": judged.period,
        "on": judged.on,
        "verdict": judged.verdict.value,
        "findings": [_finding(visit, one) for one in judged.findings if one.place in reach],
        "spread": [_finding(visit, one) for one in judged.spread if one.place in reach],
    }


def _finding(visit: Visit, one: Finding) -> dict[str, Any]:
    shelf, lack = visit.standing.workspace().shelf, one.lacking
    return {
        "place": one.place,
        "stage": one.stage.value if one.stage else None,
        "criterion": one.criterion,
        "term": str(tell(one.term)),
        "shown": str(tell(one.shown)),
        "threshold": _number(one.threshold),
        "verdict": one.verdict.value,
        "lacking": None
        if lack is None
        else {"quantity": lack.quantity, "unit": lack.unit, "noun": str(tell(lack.noun))},
        "citation": str(tell(shelf.cite(one.citation))) if one.citation else "",
    }


@API.get("/releases", response={200: list[shapes.ReleaseOut], **MORE})
def releases(request: HttpRequest) -> Any:  # noqa: ANN401 - as above
    """List all releases, the oldest first."""
    del request
    visit = can("releases.view")
    return [
        {"period": one.period, "number": one.number, "name": one.name, "digest": one.digest}
        for one in visit.standing.held().releases
    ]


@API.get("/todo", response={200: shapes.TodoOut, **MORE})
def todos(request: HttpRequest) -> Any:  # noqa: ANN401 - as above
    """Say what the token's owner has to do, and what they wait for."""
    del request
    visit = asked().visit
    found = todo(visit.standing, visit.actor)
    return {
        name: [
            {
                "kind": one.kind,
                "said": str(tell(one.said)),
                "detail": str(tell(one.detail)),
                "count": one.count,
                "due": one.due,
                "lamp": one.lamp.value,
                "room": one.room,
            }
            for one in tasks
        ]
        for name, tasks in (("mine", found.mine), ("waits", found.waits))
    }


@API.get("/search", response={200: shapes.FoundOut, **MORE})
def searched(request: HttpRequest, q: Word, most: Annotated[int, Field(ge=1, le=50)] = 8) -> Any:  # noqa: ANN401 - as above
    """Find what some words mean, among all that the token's owner may see."""
    del request
    visit = asked().visit
    found = search(visit.standing, visit.actor, q, most)
    hits = [
        {
            "kind": one.kind,
            "title": str(tell(one.title)),
            "detail": str(tell(one.detail)),
            "room": one.room,
            "ids": dict(one.ids),
        }
        for one in found.hits
    ]
    return {"counts": dict(found.counts), "hits": hits}


@API.get("/journal", response={200: shapes.Lines, **MORE})
def journal(  # noqa: PLR0913, PLR0917 - what may be asked for
    request: HttpRequest,
    actor: Word = "",
    place: Word = "",
    since: date | None = None,
    until: date | None = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> Any:  # noqa: ANN401 - as above
    """List lines of the journal."""
    del request
    visit = may("journal.view")
    visit.standing.database()
    rows = Lines(actor=actor, place=place, since=since, until=until).found()
    items = [
        {name: getattr(one, name) for name in shapes.LineOut.model_fields}
        for one in rows[offset : offset + limit]
    ]
    return {"total": rows.count(), "items": items}


@API.get("/journal/verify", response={200: shapes.VerifiedOut, **MORE})
def verified(request: HttpRequest) -> Any:  # noqa: ANN401 - as above
    """Go through the journal from its first line to its last."""
    del request
    visit = may("journal.view")
    visit.standing.database()
    found = verify()
    return {
        "whole": not found.issues,
        "lines": found.lines,
        "digest": found.digest,
        "issues": [problem(one) for one in found.issues],
    }


@API.get("/permissions", response={200: list[shapes.GrantOut], **MORE})
def permissions(request: HttpRequest) -> Any:  # noqa: ANN401 - as above
    """Give the whole table of who may do what."""
    del request
    visit = asked().visit
    return [
        {"role": one.role.role, "deed": one.deed.deed, "scopes": list(one.scopes)}
        for row in matrix(visit.authority.policy)
        for one in row
        if one.scopes
    ]
