"""Years beside each other in the terminal, and for programs."""

from __future__ import annotations

from typing import Any

from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.rounding import plain, shown
from xianxue.bureau.values.sentence import joined, say
from xianxue.bureau.values.units import UNITS
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import print_json, print_table
from xianxue.desk.history.series import POINTS, Between, Said, Series, Year, series_of
from xianxue.desk.models.relayed import RelayedLine, relayed_in_force
from xianxue.desk.workspace import MisusedError, Workspace

_PLACES = 2
"""Decimals of a growth, as reports print it."""


def all_taken(opened: Workspace, *, as_json: bool) -> None:
    """List all that was taken of old reports."""
    lines = relayed_in_force()
    if as_json:
        print_json(
            [
                {
                    "indicator": one.indicator,
                    "stage": one.stage or None,
                    "period": one.period,
                    "value": one.value,
                    "text": one.text,
                    "sentence": one.sentence,
                    "paragraph": one.paragraph,
                    "file": one.file,
                    "digest": one.digest,
                    "revision": one.revision,
                    "source": "relayed",
                }
                for one in lines
            ]
        )
        return
    if not lines:
        echo(say("还没有采用过往年的数：xianxue history read 旧报告.docx"))
        return
    rows = [
        (
            _called(opened.shelf.indicator(one.indicator), one.indicator, one.stage),
            Period.parse(one.period).term,
            one.text,
            say("《{file}》第 {n} 段", file=one.file, n=one.paragraph),
        )
        for one in lines
    ]
    columns = [say("指标"), say("年份"), say("数值"), say("出处")]
    print_table(say("采用过的往年数据（转录）"), columns, rows)


def named(opened: Workspace, period: str, name: str) -> RelayedLine:
    """Give the figure in force that somebody names by its term or its indicator (and stage).

    MisusedError where none is called so, or several are.
    """
    there = [one for one in relayed_in_force() if one.period == period]
    found = [
        one
        for one in there
        if name
        in {
            _called(opened.shelf.indicator(one.indicator), one.indicator, one.stage),
            f"{one.indicator}/{one.stage}" if one.stage else one.indicator,
        }
    ]
    if len(found) == 1:
        return found[0]
    known = [
        _called(opened.shelf.indicator(one.indicator), one.indicator, one.stage) for one in there
    ]
    message = say(
        "{period}没有采用过“{name}”；采用过的有：{known}",
        period=period,
        name=name,
        known=joined("、", known) or say("没有"),
    )
    raise MisusedError(message)


def series(opened: Workspace, card: Indicator, *, as_json: bool) -> None:
    """Show the county's years of an indicator, one table a stage."""
    found = series_of(opened, card)
    points = card.unit in POINTS
    if as_json:
        print_json(
            {
                "indicator": card.indicator,
                "term": card.term,
                "unit": card.unit,
                "series": [_as_dict(one, points=points) for one in found],
            }
        )
        return
    if not found:
        echo(say("{term}哪一年都没有数。", term=card.term))
        return
    for one in found:
        _print(card, one, points=points)


def _print(card: Indicator, one: Series, *, points: bool) -> None:
    unit = say("个百分点") if points else "%"
    rows = [
        (
            _when(year, one),
            joined("；", [each.shown for each in year.said]) or say("没有数"),
            joined("；", [_from(each) for each in year.said]),
            _grown(one.since(year, points=points), unit),
            "" if year.agrees else say("两处不一致"),
        )
        for year in one.years
    ]
    term = UNITS[card.unit].term if card.unit in UNITS else card.unit
    title = say("{what}（{unit}）", what=_called(card, card.indicator, one.stage), unit=term)
    columns = [say("年份"), say("数值"), say("来源"), say("到最近一年的增减"), say("说明")]
    print_table(title, columns, rows)


def _called(card: Indicator | None, name: str, stage: str) -> str:
    called = card.term if card is not None else name
    if stage and not called.startswith(Stage(stage).term):
        return Stage(stage).term + called
    return called


def _when(year: Year, series: Series) -> str:
    if not year.said:
        # As the years around it are said.
        kinds = {Period.parse(each.period).kind for one in series.years for each in one.said}
        school = "school_year" in kinds
        return Period.parse(f"{year.year}-{year.year + 1}" if school else f"{year.year}").term
    return joined("；", dict.fromkeys(Period.parse(one.period).term for one in year.said))


def _from(one: Said) -> str:
    if one.relayed:
        return say("转录，《{file}》第 {n} 段", file=one.file, n=one.paragraph)
    return (
        say("统计，第 {release} 号发布", release=one.release)
        if one.release
        else say("统计，未发布")
    )


def _grown(grown: Between | None, unit: str) -> str:
    if grown is None:
        return ""
    low, high = shown(grown.low, _PLACES), shown(grown.high, _PLACES)
    return f"{low}{unit}" if low == high else say("{low} 到 {high}{unit}", low=low, high=high,
                                                   unit=unit)  # fmt: skip


def _as_dict(one: Series, *, points: bool) -> dict[str, Any]:
    return {
        "stage": one.stage or None,
        "years": [
            {
                "year": year.year,
                "said": [
                    {
                        "period": each.period,
                        "source": "relayed" if each.relayed else "counted",
                        "shown": each.shown,
                        "low": plain(each.range.low),
                        "high": plain(each.range.high),
                        "release": each.release or None,
                        "file": each.file or None,
                        "paragraph": each.paragraph or None,
                        "sentence": each.sentence or None,
                    }
                    for each in year.said
                ],
                "agrees": year.agrees,
                "since": _between(one.since(year, points=points)),
            }
            for year in one.years
        ],
    }


def _between(grown: Between | None) -> dict[str, str] | None:
    return None if grown is None else {"low": plain(grown.low), "high": plain(grown.high)}
