"""The list of indicators: what the county, a township or a school comes to."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from django.http import HttpResponse

from xianxue.bureau.places.place import Place
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.finding import Verdict
from xianxue.bureau.values.exact import order_of
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.indicators.finding import SUBJECTS
from xianxue.desk.indicators.listing import Row
from xianxue.web.kit.counts import counts_of
from xianxue.web.kit.lists import Choice, Column, exported, listed
from xianxue.web.kit.pages import anywhere, missing, page, refuse, show
from xianxue.web.kit.visit import Asked, Visit

_LEVELS: Final = ("county", "township", "school")


def widest(visit: Visit, deed: str) -> Place | None:
    """Give the widest place that somebody may look at: the county, their township, their school."""
    reached = visit.places(deed)
    register = visit.standing.workspace().register
    own = [register[code] for code in reached if code in register]
    return min(
        own,
        key=lambda place: (_LEVELS.index(place.level), place.code != visit.actor.place, place.code),
        default=None,
    )


def areas_of(visit: Visit, deed: str) -> list[Place]:
    """Give the county and the townships that somebody may look at, in the register's order."""
    reached = visit.places(deed)
    register = visit.standing.workspace().register
    return [one for one in register if one.level != "school" and one.code in reached]


@page("indicators.view", anywhere)
def overview(request: Asked) -> HttpResponse:
    """Show all indicators of a place."""
    visit = request.visit
    where = widest(visit, "indicators.view")
    wanted = request.GET.get("place", where.code if where is not None else "")
    register = visit.standing.workspace().register
    if where is None or wanted not in register:
        return missing(request, say("名册里没有代码 {code}", code=wanted))
    refused = visit.refused("indicators.view", visit.subject("indicators.view", wanted))
    if refused is not None:
        return refuse(request, refused)
    counts = counts_of(request)
    rows = counts.rows(wanted)
    listing = listed(
        request,
        rows,
        _COLUMNS,
        text=lambda row: " ".join((row.card.term, row.card.indicator, *row.card.synonyms)),
        choices=_CHOICES,
    )
    place = counts.counted.register.places.get(wanted, register[wanted])
    answer = exported(request, listing, _title(place, counts.period.term), counts)
    if answer is not None:
        return answer
    values = {
        "list": listing,
        "rows": listing.shown,
        "counts": counts,
        "where": place,
        "subjects": SUBJECTS,
        "areas": areas_of(visit, "indicators.view"),
        "indicators": len({row.card.indicator for row in rows}),
        "open": sum(row.figure.value is None and not row.figure.coverage.full for row in rows),
        "failing": sum(_state(row) == "not_met" for row in rows),
    }
    return show(request, "indicators/list.html", values, part="rows")


def _title(place: Place, period: Sentence) -> Sentence:
    return say("{place}指标 {period}", place=place.name, period=period)


def _value(row: Row) -> object:
    judged = row.finding is not None and row.figure.value is not None
    return row.finding.shown if judged and row.finding is not None else row.shown


def _order(row: Row) -> Fraction | None:
    value = row.figure.value
    return None if value is None else order_of(value)


def _state(row: Row) -> str:
    if row.finding is not None:
        return row.finding.verdict.value
    if row.judged:
        return Verdict.MET.value if row.met == row.judged else Verdict.NOT_MET.value
    return "open" if row.figure.value is None else ""


_STATES: Final[dict[str, Sentence]] = {
    "met": say("达标"),
    "not_met": say("有未达标"),
    "undetermined": say("无法判定"),
    "open": say("未定"),
}
_COLUMNS: Final[Sequence[Column[Row]]] = (
    Column("term", say("指标"), lambda row: row.card.term),
    Column(
        "stage",
        say("学段"),
        lambda row: row.figure.stage.term if row.figure.stage else "",
        order=lambda row: list(Stage).index(row.figure.stage) if row.figure.stage else None,
    ),
    Column("value", say("数值"), _value, number=True, sorts=False),
    Column("unit", say("单位"), lambda row: row.unit, sorts=False),
    Column(
        "change",
        say("比上年"),
        lambda row: row.change.amount if row.change else "",
        number=True,
        sorts=False,
    ),
    Column(
        "share",
        say("增减 %"),
        lambda row: row.change.share if row.change else "",
        number=True,
        sorts=False,
    ),
    Column(
        "met",
        say("学校达标"),
        lambda row: f"{row.met}/{row.judged}" if row.judged else "",
        number=True,
        order=lambda row: Fraction(row.met, row.judged) if row.judged else None,
    ),
    Column("state", say("判定"), lambda row: _STATES.get(_state(row), "")),
    Column(
        "coverage",
        say("已报"),
        lambda row: f"{row.figure.coverage.reported}/{row.figure.coverage.expected}",
        number=True,
        order=lambda row: Fraction(row.figure.coverage.reported, row.figure.coverage.expected or 1),
    ),
)
_CHOICES: Final[Sequence[Choice[Row]]] = (
    Choice("subject", say("类别"), lambda row: row.subject, lambda code: SUBJECTS.get(code, code)),
    Choice(
        "stage",
        say("学段"),
        lambda row: row.figure.stage.value if row.figure.stage else "",
        lambda code: Stage(code).term,
    ),
    Choice("state", say("判定"), _state, lambda code: _STATES.get(code, code)),
)
