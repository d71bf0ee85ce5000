"""A forecast in words and for programs: whole persons, what it rests on, how good it has been."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from xianxue.bureau.places.stages import Stage
from xianxue.bureau.plan.forecast.shape import Error, Foreseen, Lookback
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.plan.pupils import Foresight


def as_dict(one: Foreseen, foresight: Foresight) -> dict[str, Any]:
    """Give one forecast for programs; persons are whole, per cents have two decimals."""
    return {
        "area": one.area,
        "name": foresight.names.get(one.area, one.area),
        "level": foresight.known.by_code[one.area].level,
        "stage": one.stage,
        "year": school_year(one.year),
        "low": whole(one.low),
        "middle": whole(one.middle),
        "high": whole(one.high),
        "grades": {grade: whole(many) for grade, many in one.grades.items()},
        "method": foresight.card.method,
        "births_carried": one.carried,
        "projects": projects(foresight, one.area, one.year),
        "standing": "supposed",
        "backtest": backtest(foresight.lookbacks.get((one.area, one.stage))),
    }


def backtest(found: Lookback | None) -> dict[str, Any] | None:
    """Give a look back for programs; None where nothing could be compared."""
    if found is None or not found.errors:
        return None
    return {
        "horizons": [
            {
                "ahead": one.ahead,
                "cases": one.cases,
                "mean_error": two(one.method),
                "unchanged_error": two(one.unchanged),
                "trend_error": two(one.trend),
                "within_band": two(one.within),
                "beats_unchanged": one.beats,
            }
            for one in found.errors
        ],
        "beats_unchanged": all(one.beats for one in found.errors),
        "odd_years": list(found.odd),
        "message": verdict(found),
    }


def verdict(found: Lookback) -> Sentence:
    """Say whether the method was nearer than «as many as now», and where it was not."""
    worse = [one for one in found.errors if not one.beats]
    if not worse:
        return say("回测：各个提前年数都比“不变”更准")
    if len(worse) == len(found.errors):
        return say("回测：没有一个提前年数比“不变”更准，这里的推算不可当真")
    years = joined("、", [str(one.ahead) for one in worse])
    return say("回测：提前 {years} 年时并不比“不变”更准", years=years)


def error_rows(found: Lookback) -> list[tuple[str, ...]]:
    """Give a look back as rows of a table, one a horizon."""
    return [
        (
            say("提前 {n} 年", n=one.ahead),
            str(one.cases),
            percent(one.method),
            percent(one.unchanged),
            percent(one.trend),
            percent(one.within),
            _nearer(one),
        )
        for one in found.errors
    ]


def _nearer(one: Error) -> Sentence:
    return say("本法更准") if one.beats else say("不如“不变”")


def explained(foresight: Foresight, area: str, stage: str) -> Iterator[Sentence]:
    """Say what an area's forecast rests on: births, ratios of each grade, what is carried on."""
    known, card = foresight.known, foresight.card
    terms = {one.grade: one.term for one in card.steps}
    name = foresight.names.get(area, area)
    yield say(
        "{name}{stage}：以 {year} 年 9 月的在校生为起点，用{method}逐年推算；"
        "以下都是推算，不是统计数。",
        name=name,
        stage=Stage(stage).term,
        year=known.last,
        method=card.method,
    )
    for step in foresight.steps:
        if step.stage != stage or not known.sums[area, step.grade]:
            continue
        ratio = foresight.projecting.ratios.ratio(area, step)
        if ratio.mean is None:
            yield say("{grade}：没有可用的比例，给不出数。", grade=terms[step.grade])
            continue
        said = {
            "grade": terms[step.grade],
            "after": (
                say("上一年{grade}", grade=terms[step.after])
                if step.after
                else say("按入学年龄折算的出生人数")
            ),
            "mean": f"{ratio.mean:.4f}",
            "years": joined("、", [str(year) for year in ratio.years]),
        }
        if ratio.own is None or ratio.above is None:
            yield say("{grade}：{after}的 {mean} 倍，取 {years} 年的平均。", **said)
        else:
            yield say(
                "{grade}：{after}的 {mean} 倍；本处 {years} 年平均 {own}，"
                "上一级 {above}，人数少的向上一级靠。",
                **said,
                own=f"{ratio.own:.4f}",
                above=f"{ratio.above:.4f}",
            )
    yield say(
        "低、高两档：把以往 {n} 年里每一年的起伏随机排到今后各年，模拟 {many} 次，"
        "取第 {low}% 和第 {high}%；中档是平均比例推出来的。",
        n=len(foresight.projecting.ratios.usable),
        many=card.simulations,
        low=card.low,
        high=card.high,
    )


def school_year(year: int) -> str:
    """Name a school year by both of its years.

    >>> school_year(2026)
    '2026-2027'
    """
    return f"{year}-{year + 1}"


def whole(value: float | None) -> int | None:
    """Give whole persons, half up; None stays None.

    >>> whole(2.5), whole(None)
    (3, None)
    """
    return None if value is None else int(Decimal(value).to_integral_value(ROUND_HALF_UP))


def two(value: Fraction | None) -> str | None:
    """Give two decimals, half up.

    >>> two(Fraction(1, 3)), two(None)
    ('0.33', None)
    """
    if value is None:
        return None
    return f"{Decimal(int(value * 100 + Fraction(1, 2))) / 100:.2f}"


def percent(value: Fraction | None) -> str:
    """Give per cent for a table."""
    shown = two(value)
    return "—" if shown is None else f"{shown}%"


def rows(found: Mapping[int, Foreseen]) -> list[tuple[str, ...]]:
    """Give one area's and stage's years as rows: year, low, middle, high, remark."""
    return [
        (
            school_year(year),
            _shown(one.low),
            _shown(one.middle),
            _shown(one.high),
            say("含尚未统计的出生数") if one.carried else "",
        )
        for year, one in found.items()
    ]


def _shown(value: float | None) -> str:
    many = whole(value)
    return "—" if many is None else str(many)


def projects(foresight: Foresight, area: str, until: int) -> list[dict[str, Any]]:
    """Give the dated projects within an area up to a year."""
    inner = {one.code for one in foresight.known.within.get(area, ())}
    return [
        {
            "school": foresight.names.get(one.place, one.place),
            "year": school_year(one.year),
            "grade": one.grade,
            "pupils": one.pupils,
            "why": one.why,
        }
        for one in foresight.projects.projects
        if one.place in inner and one.year <= until
    ]


def revised(foresight: Foresight, area: str) -> Iterator[Sentence]:
    """Say which numbers of earlier years were counted again, and which are marked."""
    terms = {one.grade: one.term for one in foresight.card.steps}
    for (place, grade), years in foresight.earlier.origins.items():
        if place not in {area, *(one.code for one in foresight.known.within.get(area, ()))}:
            continue
        for year, one in sorted(years.items()):
            if one.replaced:
                version, before = one.replaced[-1]
                yield say(
                    "{place}{what} {year} 年用{version}的 {n}（{source}），"
                    "原来{earlier}是 {before}。",
                    place=foresight.names.get(place, place),
                    what=terms.get(grade, say("出生人数")),
                    year=year,
                    version=one.version,
                    n=one.value,
                    source=one.source or "—",
                    earlier=version,
                    before=before,
                )
    if foresight.odd:
        years = joined("、", [str(year) for year in foresight.odd])
        yield say("{years} 年标为异常，不用来算比例。", years=years)
