"""``xianxue indicators``: figures, and where they come from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from xianxue.bureau.kinds.card import Needed
from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.sentence import joined, say
from xianxue.bureau.values.units import UNITS
from xianxue.desk.cli.indicators import output as out
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import (
    engine_option,
    json_option,
    period_option,
    print_json,
    print_table,
    release_option,
    workspace_option,
)
from xianxue.desk.cli.spoken import Group, option
from xianxue.desk.indicators.finding import Filter, filtered, meant, subject_named, subjects_of
from xianxue.desk.workspace import MisusedError, Workspace

if TYPE_CHECKING:
    from xianxue.desk.indicators.river import River

F = TypeVar("F", bound=Callable[..., Any])


def _which(command: F) -> F:
    """Add what says which figures are meant."""
    stages = [stage.value for stage in Stage]
    for each in (
        json_option,
        engine_option,
        option("--stage", type=click.Choice(stages), help="学段"),
        option("--slice", "slice_of", metavar="DIMENSION=CODE", help="细分，如 subject=math"),
        option("--place", help="学校、乡镇或县的代码（默认：全县）"),
        option(
            "--as-of",
            type=click.DateTime(["%Y-%m-%d"]),
            help="合并口径：按哪一天的学校归并（默认：原口径）",
        ),
        release_option,
        period_option,
        workspace_option,
        click.argument("name"),
    ):
        command = each(command)
    return command


@click.group(cls=Group)
def indicators() -> None:
    """指标"""


@indicators.command("list")
@click.argument("word", default="")
@workspace_option
@period_option
@release_option
@option("--stage", type=click.Choice([stage.value for stage in Stage]), help="只看这个学段的")
@option("--subject", default="", help="只看这一类的：编号或名称，如 preschool、学前教育")
@option("--values", is_flag=True, help="连同全县的数")
@json_option
def list_indicators(  # noqa: PLR0913, PLR0917 - options of one command
    word: str,
    workspace: Path | None,
    period: str | None,
    published: str,
    stage: str | None,
    subject: str,
    *,
    values: bool,
    as_json: bool,
) -> None:
    """列出指标：全部的，或者名称里有某个词的"""
    opened = Workspace.open(workspace)
    cards = _wanted(opened, word, stage or "", subject)
    if values:
        _list_values(opened, _river(opened, period, published), cards, as_json=as_json)
        return
    if as_json:
        print_json([_card(card) for card in cards])
    else:
        rows = [(card.indicator, card.term, UNITS[card.unit].term) for card in cards]
        print_table("", (say("编号"), say("名称"), say("单位")), rows)
        echo(say("共 {n} 项。", n=len(cards)))


def _wanted(opened: Workspace, word: str, stage: str, subject: str) -> list[Indicator]:
    """Give the indicators that are asked for, in the order of the catalogue."""
    cards = opened.shelf.indicators.values()
    of = subjects_of(opened) if subject or stage else {}
    return filtered(cards, Filter(word, stage, subject_named(subject, of)), of)


def _list_values(
    opened: Workspace, river: River, cards: Sequence[Indicator], *, as_json: bool
) -> None:
    told = river.counted_by
    county, wanted = told.register.county, {card.indicator for card in cards}
    figures = [
        figure
        for figure in river.figures.values()
        if figure.place == county.code and figure.indicator in wanted
    ]
    if as_json:
        print_json([out.as_dict(figure, told) for figure in figures])
        return
    rows = [
        (
            told.shelf.indicators[figure.indicator].term,
            out.meant(figure),
            figure.shown + out.unit_of(figure),
            out.coverage_of(figure),
        )
        for figure in figures
    ]
    title = county.name + " " + river.period.term
    print_table(title, (say("指标"), say("学段"), say("数值"), say("填报单位")), rows)
    out.standing(opened, river.release)


@indicators.command()
@_which
def show(  # noqa: PLR0913, PLR0917 - options of one command
    name: str,
    workspace: Path | None,
    period: str | None,
    published: str,
    as_of: datetime | None,
    place: str | None,
    slice_of: str | None,
    stage: str | None,
    engine: str,
    *,
    as_json: bool,
) -> None:
    """一项指标的数，和算出它的式子"""
    which = (period, published, as_of, place, stage, slice_of, engine)
    _print(name, workspace, which, as_json=as_json, full=False)


@indicators.command()
@_which
def explain(  # noqa: PLR0913, PLR0917 - options of one command
    name: str,
    workspace: Path | None,
    period: str | None,
    published: str,
    as_of: datetime | None,
    place: str | None,
    slice_of: str | None,
    stage: str | None,
    engine: str,
    *,
    as_json: bool,
) -> None:
    """从数一直追到工作簿的单元格"""
    which = (period, published, as_of, place, stage, slice_of, engine)
    _print(name, workspace, which, as_json=as_json, full=True)


def _print(
    name: str,
    workspace: Path | None,
    which: tuple[str | None, str, datetime | None, str | None, str | None, str | None, str],
    *,
    as_json: bool,
    full: bool,
) -> None:
    period, published, as_of, place, stage, slice_of, engine = which
    opened = Workspace.open(workspace)
    card = meant(opened.shelf, name)
    river = _river(opened, period, published, card.period)
    river = replace(river, engine=engine)
    if as_of is not None:
        river = _rebased(river, as_of.date(), place)
    found = _figures(river, card, place, stage, slice_of)
    explained = [river.explain(figure) for figure in found]
    told = river.counted_by
    if as_json:
        said = [out.explanation_dict(each, told) for each in explained]
        print_json(said[0] if len(said) == 1 else said)
        return
    for each in explained:
        if full:
            out.in_full(each, told)
        else:
            out.in_short(each, told)
    if as_of is not None:
        echo(
            say(
                "合并口径：{period}的数，按 {date} 的学校归并。",
                period=river.period.term,
                date=as_of.date(),
            )
        )
    out.standing(opened, river.release)


def _river(
    opened: Workspace, period: str | None, published: str, needed: Needed | None = None
) -> River:
    from xianxue.desk.releases.published import river_of  # noqa: PLC0415 - needs the engine

    return river_of(opened, opened.period(period, needed), published)


def _rebased(river: River, day: date, place: str | None) -> River:
    """Count by the places of a later day; refuse a place that has no number of its own then."""
    later = replace(river, as_of=day)
    try:
        basis = later.holdings.basis
    except ValueError as error:
        raise MisusedError(error.args[0]) from error
    if place is None or place not in basis.ways:
        return later
    under, name = basis.code_of(place), out.name_of(river.workspace, place)
    # Its number would stand under the school it went into, together with that school's own.
    if under != place:
        message = say(
            "{name}按 {day} 归到 {under}：请用 --place {under}", name=name, day=day, under=under
        )
        raise MisusedError(message)
    if not basis.comparable(place):
        message = say("{name}到 {day} 有分设，单校的数在合并口径下不可比", name=name, day=day)
        raise MisusedError(message)
    return later


def _figures(
    river: River, card: Indicator, place: str | None, stage: str | None, slice_of: str | None
) -> list[Figure]:
    register = river.counted_by.register
    code = place or register.county.code
    if code not in register:
        message = say("名册里没有代码 {code}", code=code)
        raise MisusedError(message)
    found = [
        figure
        for figure in river.figures_of(card.indicator)
        if figure.place == code
        and stage in {None, figure.stage.value if figure.stage else None}
        and slice_of in {None, str(figure.slice)}
    ]
    if not found:
        levels = joined("、", card.levels)
        message = say(
            "{name}没有“{term}”这个数（计算的层级：{levels}）",
            name=register[code].name,
            term=card.term,
            levels=levels,
        )
        raise MisusedError(message)
    return found


def _card(card: Indicator) -> dict[str, object]:
    return {
        "indicator": card.indicator,
        "term": card.term,
        "kind": card.kind,
        "unit": card.unit,
        "levels": card.levels,
        "stages": [stage.value for stage in card.stages],
    }
