"""The forecast: how many pupils there will be, its band, and how good it would have been."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.http import HttpResponse

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.plan.forecast.shape import Foreseen
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.plan.pupils import Foresight
from xianxue.desk.plan.told import error_rows, explained, rows, school_year, verdict, whole
from xianxue.desk.search.readings import spelled
from xianxue.desk.workspace import MisusedError
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.lists import Choice, Column, Listing, exported, listed
from xianxue.web.kit.pages import of_county, page, show
from xianxue.web.kit.visit import Asked, Visit
from xianxue.web.kit.whole import whole as whole_number
from xianxue.web.plan.bands import bands

VIEW: Final = "plan.view"
COUNTY: Final = of_county(VIEW)
_LEVELS: Final = {"county": say("全县"), "township": say("乡镇"), "school": say("学校")}
_HUNDRED: Final = 100


class Line(Record, kw_only=True):
    """One area of the list, in the year that is looked at."""

    area: str
    name: str
    level: str
    now: int | None
    """Counted; None where the last year is not known."""
    low: int | None
    middle: int | None
    high: int | None
    change: int | None


def foresight_of(visit: Visit) -> Foresight:
    """Give the county's forecast, worked out once for what is accepted."""
    standing = visit.standing
    period = standing.period()

    def work() -> Foresight:
        standing.database()
        found = Foresight(standing.workspace(), period)
        # All at once and now: what is read from the database is of one moment.
        if not any(one.severity is Severity.MUST_FIX for one in found.issues):
            assert found.known is not None  # noqa: S101 - MisusedError where nothing is known
            assert found.lookbacks is not None  # noqa: S101 - worked out here
        return found

    return standing.by_accepted(("foresight", period.code), work)


@page(VIEW, COUNTY)
def forecast(request: Asked) -> HttpResponse:
    """Show the forecast of an area and a stage, with its band and its look back."""
    try:
        foresight = foresight_of(request.visit)
    except MisusedError as error:
        return show(request, "plan/unforeseen.html", {"why": error.args[0], "issues": []})
    grave = [one for one in foresight.issues if one.severity is Severity.MUST_FIX]
    if grave:
        why = say("以往的数有 {n} 处要改，改好以前推算不了", n=len(grave))
        return show(request, "plan/unforeseen.html", {"why": why, "issues": grave})
    area = request.GET.get("place", "") or foresight.register.county.code
    if area not in foresight.known.by_code:
        raise MissingError(say("没有这一处的学生数，推算不了。"))
    stages = _stages(foresight, area)
    stage = request.GET.get("stage", "")
    if stage and stage not in {one.value for one in Stage}:
        raise MissingError(say("没有这个学段。"))
    stage = stage or next((one.value for one in stages), Stage.PRIMARY.value)
    years = sorted({one.year for one in foresight.foreseen})
    year = whole_number(request.GET.get("year", "")) or years[-1]
    if year not in years:
        raise MissingError(say("推算里没有这一年。"))
    listing = _listing(request, foresight, stage, year)
    wanted = exported(
        request,
        listing,
        say("{stage}在校生推算 {year}", stage=Stage(stage).term, year=school_year(year)),
    )
    if wanted is not None:
        return wanted
    values = _values(foresight, area, stage)
    more = {
        "list": listing,
        "stages": stages,
        "stage": Stage(stage),
        "year": year,
        "years": [(one, school_year(one)) for one in years],
        "area": area,
        "areas": _areas(foresight, stage),
        "kinds": _LEVELS,
    }
    return show(request, "plan/forecast.html", values | more, part="rows")


def _stages(foresight: Foresight, area: str) -> list[Stage]:
    """Give the stages of which an area has pupils, the lowest first."""
    return [one for one in Stage if any(foresight.known.total(area, one.value).values())]


def _areas(foresight: Foresight, stage: str) -> list[tuple[str, str, str]]:
    """Give code, name and reading of each area with pupils of a stage."""
    return [
        (one.code, name := foresight.names.get(one.code, one.code), spelled(name))
        for one in foresight.known.areas
        if any(foresight.known.total(one.code, stage).values())
    ]


def _values(foresight: Foresight, area: str, stage: str) -> dict[str, object]:
    own = {one.year: one for one in foresight.foreseen if (one.area, one.stage) == (area, stage)}
    past = foresight.known.total(area, stage)
    looked = foresight.lookbacks.get((area, stage))
    tried = looked is not None and bool(looked.errors)
    last = own[max(own)] if own else None
    now = past.get(foresight.known.last)
    return {
        "foresight": foresight,
        "name": foresight.names.get(area, area),
        "title": _title(now, last),
        "chart": bands(past, own),
        "past": [(school_year(one), many) for one, many in sorted(past.items())],
        "table": rows(own),
        "verdict": verdict(looked) if looked is not None and tried else None,
        "beats": looked is not None and tried and all(one.beats for one in looked.errors),
        "errors": error_rows(looked) if looked is not None and tried else [],
        "explained": list(explained(foresight, area, stage)),
        "issues": [one for one in foresight.issues if one.place in {"", area}],
        "low": foresight.card.low,
        "high": foresight.card.high,
    }


def _title(now: int | None, last: Foreseen | None) -> Sentence:
    many = whole(last.middle) if last is not None else None
    if last is None or many is None:
        return say("有的数还不知道，推算不出来")
    year = school_year(last.year)
    if not now:
        return say("{year} 学年推算有 {n} 人", year=year, n=many)
    share = round(_HUNDRED * abs(many - now) / now)
    if many == now:
        return say("{year} 学年推算有 {n} 人，和现在一样多", year=year, n=many)
    if many < now:
        return say("{year} 学年推算有 {n} 人，比现在少 {share}%", year=year, n=many, share=share)
    return say("{year} 学年推算有 {n} 人，比现在多 {share}%", year=year, n=many, share=share)


def _listing(request: Asked, foresight: Foresight, stage: str, year: int) -> Listing[Line]:
    names = foresight.names
    lines = [
        _line(one, foresight)
        for one in foresight.foreseen
        if (one.stage, one.year) == (stage, year)
        and any(foresight.known.total(one.area, stage).values())
    ]
    return listed(
        request,
        lines,
        _COLUMNS,
        text=lambda one: " ".join((one.name, spelled(one.name), one.area)),
        choices=[
            Choice[Line]("level", say("范围"), lambda one: one.level, lambda code: _LEVELS[code]),
            Choice[Line](
                "in",
                say("乡镇"),
                lambda one: (
                    foresight.known.by_code[one.area].within if one.level == "school" else ""
                ),
                lambda code: names.get(code, code),
            ),
        ],
    )


def _line(one: Foreseen, foresight: Foresight) -> Line:
    now = foresight.known.total(one.area, one.stage).get(foresight.known.last)
    middle = whole(one.middle)
    return Line(
        area=one.area,
        name=foresight.names.get(one.area, one.area),
        level=foresight.known.by_code[one.area].level,
        now=now,
        low=whole(one.low),
        middle=middle,
        high=whole(one.high),
        change=None if now is None or middle is None else middle - now,
    )


_COLUMNS: Final[Sequence[Column[Line]]] = (
    Column("name", say("单位"), lambda one: one.name),
    Column("level", say("范围"), lambda one: _LEVELS[one.level]),
    Column("now", say("现在（统计）"), lambda one: one.now, number=True),
    Column("low", say("低（推算）"), lambda one: one.low, number=True),
    Column("middle", say("中（推算）"), lambda one: one.middle, number=True),
    Column("high", say("高（推算）"), lambda one: one.high, number=True),
    Column("change", say("中档比现在"), lambda one: one.change, number=True),
)
