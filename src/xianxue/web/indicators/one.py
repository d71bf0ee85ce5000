"""One indicator: the area's number, its years, its schools from the worst on."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from django.http import HttpResponse

from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.finding import Finding, Verdict
from xianxue.bureau.values.exact import order_of
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.values.units import UNITS
from xianxue.desk.indicators.descent import Line, lines_of, shown_of, unit_of
from xianxue.desk.indicators.finding import SUBJECTS
from xianxue.desk.indicators.overview import (
    Member,
    Overview,
    Which,
    meant_slices,
    meant_stages,
    overview,
)
from xianxue.desk.search.readings import spelled
from xianxue.web.indicators.charts import number, spread_out, trend
from xianxue.web.indicators.pages import areas_of, widest
from xianxue.web.kit.counts import Counts, counts_of
from xianxue.web.kit.lists import Choice, Column, Listing, exported, listed
from xianxue.web.kit.pages import anywhere, missing, page, refuse, show
from xianxue.web.kit.visit import Asked

TOWNSHIPS: Final = "township"
"""What an address says to have townships in the place of schools."""
_WORDS: Final = {
    Verdict.MET: say("达标"),
    Verdict.NOT_MET: say("未达标"),
    Verdict.UNDETERMINED: say("无法判定"),
}


class Bar(Record, kw_only=True):
    """A row of the table, with what its bar is drawn from."""

    member: Member
    part: float | None
    """Of the longest bar, in per cent; None where there is no number."""
    township: str
    lack: Sentence | str
    sparse: bool


@page("indicators.view", anywhere)
def one(request: Asked, indicator: str) -> HttpResponse:
    """Show one indicator of a place."""
    visit = request.visit
    counts = counts_of(request)
    card = counts.counted.shelf.indicator(indicator)
    if card is None:
        return missing(request, say("没有编号是“{said}”的指标", said=indicator))
    where = widest(visit, "indicators.view")
    wanted = request.GET.get("place", where.code if where is not None else "")
    register = counts.counted.register
    if wanted not in register:
        return missing(request, say("名册里没有代码 {code}", code=wanted))
    refused = visit.refused("indicators.view", visit.subject("indicators.view", wanted))
    if refused is not None:
        return refuse(request, refused)
    every = counts.counted.by_indicator.get(card.indicator, ())
    here = [figure for figure in every if figure.place == wanted] or list(every)
    which = _which(request, wanted, meant_stages(here))
    seen = visit.places("indicators.view")
    found = overview(
        counts.counted.river,
        counts.counted.by_indicator,
        counts.counted.findings,
        card,
        which,
        seen,
    )
    townships = request.GET.get("by") == TOWNSHIPS or not found.schools
    members = found.townships if townships else found.schools
    line = _line(found, which, counts)
    listing = _listing(request, members, found, counts)
    title = say(
        "{term} {place} {period}",
        term=_named(card, which),
        place=register[wanted].name,
        period=counts.period.term,
    )
    answer = exported(request, listing, title, counts)
    if answer is not None:
        return answer
    return show(request, "indicators/one.html", {
        "card": card,
        "found": found,
        "counts": counts,
        "list": listing,
        "which": which,
        "where": register[wanted],
        "stages": meant_stages(here),
        "slices": meant_slices(figure for figure in here if figure.stage is which.stage),
        "areas": areas_of(visit, "indicators.view"),
        "townships": townships,
        "unit": UNITS[card.unit].term,
        "own_unit": unit_of(found.own) if found.own else "",
        "subject": SUBJECTS.get(counts.subjects.get(card.indicator, ""), ""),
        "subject_code": counts.subjects.get(card.indicator, ""),
        "line": line,
        "sign": line.rule if line is not None else "",
        "target": next(
            (
                each
                for each in counts.counted.attained
                if found.own is not None
                and each.figure is not None
                and each.figure.key == found.own.key
            ),
            None,
        ),
        "trend": _trend(found, line, counts),
        "dots": _dots(found, line) if not townships else None,
        "tick": _tick(members, line),
        "plain": plain,
        "shown_of": shown_of,
        "parts": bool(members) and members[0].figure.denominator is not None,
    }, part="rows")  # fmt: skip


def _which(request: Asked, place: str, stages: Sequence[Stage | None]) -> Which:
    said = request.GET.get("stage", "")
    stage = next((one for one in stages if (one.value if one else "") == said), None)
    if stage is None and None not in stages and stages:
        stage = stages[0]
    return Which(place=place, stage=stage, slice=request.GET.get("slice", ""))


def _named(card: Indicator, which: Which) -> Sentence | str:
    return (
        say("{term}（{stage}）", term=card.term, stage=which.stage.term)
        if which.stage
        else card.term
    )


def _line(found: Overview, which: Which, counts: Counts) -> Line | None:
    """Give what is asked of a school, else of the area."""
    figure = next((one.figure for one in found.schools), found.own)
    if figure is None:
        return None
    day = counts.period.reference_day
    lines = list(lines_of(figure, counts.counted.shelf, day))
    return next((one for one in lines if one.stage is which.stage), None)


def _trend(found: Overview, line: Line | None, counts: Counts) -> object:
    releases = [_release_of(counts, point.period.code) for point in found.points]
    # A line for single schools says nothing of the county's mean; one for the county does.
    limit = Fraction(line.value) if line is not None else None
    return trend(found.points, limit, releases)


def _release_of(counts: Counts, period: str) -> str:
    if period == counts.period.code:
        return counts.release
    other = counts.counted.river.other(counts.standing.period(period))
    return other.release.name if other is not None and other.release is not None else ""


def _dots(found: Overview, line: Line | None) -> object:
    bad = frozenset(
        one.figure.key
        for one in found.schools
        if one.finding is not None and one.finding.verdict is Verdict.NOT_MET
    )
    mean = found.own.value if found.own is not None and found.own.denominator is not None else None
    return spread_out(found.schools, mean, Fraction(line.value) if line else None, bad)


def _longest(members: Sequence[Member]) -> float:
    values = [number(one.figure.value) for one in members if one.figure.value is not None]
    return max((abs(value) for value in values), default=0.0)


def _tick(members: Sequence[Member], line: Line | None) -> float | None:
    longest = _longest(members)
    if line is None or not longest:
        return None
    at = float(Fraction(line.value)) / longest * 100
    return round(at, 1) if at <= 100 else None  # noqa: PLR2004 - per cent


def _listing(
    request: Asked, members: Sequence[Member], found: Overview, counts: Counts
) -> Listing[Bar]:
    register = counts.counted.register
    longest = _longest(members)
    rows = [
        Bar(
            member=one,
            part=None
            if one.figure.value is None or not longest
            else round(abs(number(one.figure.value)) / longest * 100, 1),
            township=register[one.township].name if one.township in register else "",
            lack=lack_words(one.finding),
            sparse=not one.figure.coverage.full,
        )
        for one in members
    ]
    unit = UNITS[found.card.unit].term
    columns: list[Column[Bar]] = [
        Column("name", say("单位"), lambda row: row.member.name),
        Column("code", say("代码"), lambda row: row.member.place, sorts=False),
        Column("township", say("乡镇"), lambda row: row.township),
        Column(
            "value",
            say("数值"),
            lambda row: row.member.finding.shown if row.member.finding else row.member.figure.shown,
            number=True,
            unit=unit,
            order=lambda row: (
                order_of(row.member.figure.value) if row.member.figure.value is not None else None
            ),
        ),
        Column("over", say("分子"), lambda row: _amount(row.member.figure.numerator), number=True),
        Column("under", say("分母"), _under, number=True),
        Column(
            "before",
            say("上年"),
            lambda row: row.member.before.shown if row.member.before else "",
            number=True,
            sorts=False,
        ),
        Column(
            "verdict",
            say("判定"),
            lambda row: _WORDS[row.member.finding.verdict] if row.member.finding else "",
        ),
        Column("lack", say("还缺"), lambda row: row.lack, sorts=False),
    ]
    choices = [
        Choice[Bar](
            "in",
            say("乡镇"),
            lambda row: row.member.township,
            lambda code: register[code].name if code in register else code,
        ),
        Choice[Bar](
            "verdict",
            say("判定"),
            lambda row: row.member.finding.verdict.value if row.member.finding else "",
            lambda code: Verdict(code).term,
        ),
    ]
    return listed(
        request,
        rows,
        columns,
        text=lambda row: " ".join(
            (row.member.name, row.member.place, row.township, spelled(row.member.name))
        ),
        choices=choices if members is found.schools else (),
    )


def _under(row: Bar) -> Fraction | int | None:
    return _amount(row.member.figure.denominator)


def _amount(amount: Fraction | None) -> Fraction | int | None:
    if amount is None:
        return None
    return amount.numerator if amount.denominator == 1 else amount


def lack_words(finding: Finding | None) -> Sentence | str:
    """Say what a finding lacks, shortly: 缺 2 人; empty where it lacks nothing."""
    if finding is None or finding.lacking is None:
        return ""
    lacking = finding.lacking
    unit = UNITS[lacking.unit].term
    if lacking.surplus:
        return say("超 {n} {unit}", n=lacking.quantity, unit=unit)
    return say("缺 {n} {unit}", n=lacking.quantity, unit=unit)
