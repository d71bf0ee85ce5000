"""``xianxue targets``: what was to be reached, and how far it has been."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.records.figure import in_a_sentence
from xianxue.bureau.records.target import Attainment, Method, Target
from xianxue.bureau.values.exact import at_least
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.rounding import plain, shown_beside
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.values.units import UNITS
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import (
    json_option,
    period_option,
    print_issues,
    print_json,
    print_table,
    release_option,
    workspace_option,
)
from xianxue.desk.cli.spoken import GivenFile, Group, option
from xianxue.desk.workspace import ComplaintsError, MisusedError, Workspace

if TYPE_CHECKING:
    from xianxue.desk.targets.listing import Listed

F = TypeVar("F", bound=Callable[..., Any])

_GOALS: Final = {"at_least": say("不低于"), "at_most": say("不高于")}
_METHODS: Final[dict[Method, Sentence]] = {
    "counted": say("本期已有统计数"),
    "pace": say("按已过天数的进度推算"),
    "trend": say("按前几期的平均增减推算"),
    "unchanged": say("只有上一期的数，按不变推算"),
    "none": say("无从推算"),
}


def _by_option(command: F) -> F:
    """Add ``--as``."""
    return option("--as", "by", default="本机操作员", show_default=True, help="谁办理")(command)


@click.group(cls=Group)
def targets() -> None:
    """年度目标：下达、对照、预计"""


@targets.command("list")
@workspace_option
@option("--period", default="", help="只看这一时期的目标（默认：全部）")
@release_option
@option("--on", type=click.DateTime(["%Y-%m-%d"]), help="看哪一天的进度（默认：今天）")
@json_option
def list_targets(
    workspace: Path | None,
    period: str,
    published: str,
    on: datetime | None,
    *,
    as_json: bool,
) -> None:
    """逐项对照目标：完成多少、亮什么灯、期末预计多少"""
    from xianxue.desk.stores.clock import day_of, now  # noqa: PLC0415 - with the engine only
    from xianxue.desk.targets.standing import standings  # noqa: PLC0415 - needs the engine

    opened = Workspace.open(workspace)
    code = opened.period(period).code if period else ""
    day = on.date() if on else day_of(now())
    found = standings(opened, code, day, published)
    if as_json:
        print_json([as_dict(one, opened.shelf) for one in found])
        return
    if not found:
        echo(say("还没有设定目标。用 xianxue targets set 设定一项，或用 targets import 读入清单。"))
        return
    names = {place.code: place.name for place in opened.register if place.level != "county"}
    columns = (
        say("指标"),
        say("目标"),
        say("实际"),
        say("完成率"),
        say("亮灯"),
        say("依据"),
    )
    for when in dict.fromkeys(one.target.period for one in found):
        those = [one for one in found if one.target.period == when]
        rows = [attained_row(one, opened.shelf, names) for one in those]
        print_table(say("{period}目标", period=Period.parse(when).term), columns, rows)
        for one in those:
            if one.forecast.method != "counted":
                echo(_foreseen(one, opened.shelf, names))


@targets.command("set")
@click.argument("indicator")
@click.argument("amount")
@workspace_option
@period_option
@option("--place", default="", help="学校、乡镇或县的名称或代码（默认：全县）")
@option("--stage", default="", help="学段，指标分学段计算时写")
@option("--slice", "slice_of", default="", help="只对其中一部分定目标，如“数学”或 subject=math")
@option("--goal", default="", help="不低于或不高于（默认：按指标的方向）")
@option("--own", is_flag=True, help="本级自定的目标（默认：上级下达）")
@option("--document", required=True, help="下达或确定目标的文件")
@_by_option
@option("--why", default="", help="理由")
@json_option
def set_target(  # noqa: PLR0913 - options of one command
    indicator: str,
    amount: str,
    *,
    workspace: Path | None,
    period: str | None,
    place: str,
    stage: str,
    slice_of: str,
    goal: str,
    own: bool,
    document: str,
    by: str,
    why: str,
    as_json: bool,
) -> None:
    """设定一项目标，如 targets set 学前三年毛入园率 98% --document 文号"""
    from xianxue.bureau.targets.reading import Reader, Written  # noqa: PLC0415 - only here

    opened = Workspace.open(workspace)
    line = Written(
        indicator=indicator,
        amount=amount,
        source=document,
        period=period or opened.period(None).code,
        place=place,
        stage=stage,
        slice=slice_of,
        goal=goal,
        origin="own" if own else "handed_down",
    )
    reader = Reader(opened.shelf, opened.register)
    read = reader.read([line])
    if reader.issues:
        raise ComplaintsError(reader.issues)
    _tell_set(_set(opened, read, None, by, why), as_json=as_json)


@targets.command("template")
@workspace_option
@period_option
@option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="写到哪里",
)
def write_template(workspace: Path | None, period: str | None, output: Path) -> None:
    """写一份空白的目标清单（工作簿）"""
    from xianxue.desk.targets.listing import template  # noqa: PLC0415 - needs workbook libraries

    opened = Workspace.open(workspace)
    if output.exists():
        message = say("{file} 已经存在，没有覆盖；请换一个文件名", file=output)
        raise MisusedError(message)
    output.write_bytes(template(opened, opened.period(period)))
    echo(say("已写 {file}", file=output))


@targets.command("import")
@click.argument("file", type=GivenFile())
@workspace_option
@_by_option
@option("--why", default="", help="理由")
@json_option
def import_list(file: Path, workspace: Path | None, by: str, why: str, *, as_json: bool) -> int:
    """读入一份目标清单：全部读入，或一项也不读入"""
    from xianxue.bureau.returns.files.refusal import RefusedError  # noqa: PLC0415 - only this command
    from xianxue.desk.stores.given.given_workbooks import read_file  # noqa: PLC0415 - as below
    from xianxue.desk.targets.listing import read_list  # noqa: PLC0415 - needs workbook libraries

    opened = Workspace.open(workspace)
    try:
        listed = read_list(opened, read_file(file), file.name)
    except RefusedError as error:
        raise ComplaintsError([error.issue(file.name)]) from error
    if listed.issues or not listed.targets:
        print_issues(listed.issues, as_json=as_json)
        if not as_json:
            echo(say("没有读入。"))
        return 1
    _tell_set(_set(opened, listed.targets, listed, by, why), as_json=as_json)
    return 0


@targets.command()
@click.argument("indicator")
@workspace_option
@period_option
@option("--place", default="", help="学校、乡镇或县的代码（默认：全县）")
@option("--stage", default="", help="学段，指标分学段计算时写")
@option("--slice", "slice_of", default="", help="细分，如 subject=math")
@option("--why", required=True, help="理由")
@_by_option
def withdraw(  # noqa: PLR0913 - options of one command
    indicator: str,
    *,
    workspace: Path | None,
    period: str | None,
    place: str,
    stage: str,
    slice_of: str,
    why: str,
    by: str,
) -> None:
    """撤销一项目标；撤销前的各次设定仍可查"""
    from xianxue.desk.targets.listing import deed_of  # noqa: PLC0415 - needs the database

    opened = Workspace.open(workspace)
    code = period or opened.period(None).code
    where = place or opened.register.county.code
    key = f"{indicator}/{where}/{stage or 'all'}/{code}" + (f"/{slice_of}" if slice_of else "")
    if not deed_of(opened, by, why).withdraw(key):
        message = say("没有这一项目标：{key}；用 xianxue targets list 查看现有的目标", key=key)
        raise MisusedError(message)
    echo(say("已撤销。"))


def _set(
    opened: Workspace, read: list[Target], listed: Listed | None, by: str, why: str
) -> list[Target]:
    from xianxue.desk.targets.listing import deed_of  # noqa: PLC0415 - needs the database

    deed = deed_of(opened, by, why)
    from xianxue.desk.actions.set_targets import Found  # noqa: PLC0415 - needs Django

    return deed(read, Found() if listed is None else Found(listed.digest, listed.cells))


def _tell_set(changed: list[Target], *, as_json: bool) -> None:
    if as_json:
        print_json({"set": [target.key for target in changed]})
    elif changed:
        echo(say("设定了 {count} 项目标。", count=len(changed)))
    else:
        echo(say("与现有的目标相同，没有改动。"))


def attained_row(one: Attainment, shelf: Shelf, names: dict[str, str]) -> tuple[str, ...]:
    """Give a row of the table of targets."""
    target = one.target
    card = shelf.indicators[target.indicator]
    actual = "—"
    # With as many digits as it takes to see on which side of the target it lies.
    if one.value is not None:
        actual = _amount(shown_beside(one.value, target.amount, card.show.decimals, at_least), card)
    goal = say(
        "{goal}{amount}", goal=_GOALS[target.goal], amount=_amount(plain(target.amount), card)
    )
    lamp = say("{lamp}，超额完成", lamp=one.lamp.term) if one.exceeded else one.lamp.term
    return (_what(one, card, names), goal, actual, _rate(one, shelf), lamp, target.source)


def _what(one: Attainment, card: Indicator, names: dict[str, str]) -> str:
    """Name what a target is about; the county's own needs no name of a place."""
    target = one.target
    return names.get(target.place, "") + in_a_sentence(card.term, target.stage, target.slice)


def _amount(number: str, card: Indicator) -> str:
    """Write a number of an indicator with its unit, or as the one-to-n that it is."""
    return f"1:{number}" if card.show.form == "one_to_n" else number + UNITS[card.unit].term


def _foreseen(one: Attainment, shelf: Shelf, names: dict[str, str]) -> Sentence:
    """Say what the period is expected to end with, and how that was worked out."""
    card = shelf.indicators[one.target.indicator]
    what, method = _what(one, card, names), _METHODS[one.forecast.method]
    if one.forecast.value is None:
        return say("{what}：期末数{method}", what=what, method=method)
    amount = _amount(plain(one.forecast.value, card.show.decimals), card)
    return say("{what}：期末预计{amount}（{method}）", what=what, amount=amount, method=method)


def _rate(one: Attainment, shelf: Shelf) -> str:
    rate = one.rate(next(iter(shelf.target_rules.values())).show.decimals)
    return f"{rate}%" if rate else "—"


def as_dict(one: Attainment, shelf: Shelf) -> dict[str, object]:
    """Give a target in the shape of the command-line contract; numbers are decimal texts."""
    target = one.target
    return {
        "indicator": target.indicator,
        "term": shelf.indicators[target.indicator].term,
        "place": target.place,
        "stage": target.stage.value if target.stage else None,
        "slice": str(target.slice) if target.slice else None,
        "period": target.period,
        "target": plain(target.amount),
        "goal": target.goal,
        "unit": shelf.indicators[target.indicator].unit,
        "value": None if one.value is None else plain(one.value),
        "completion": None if one.completion is None else plain(one.completion),
        "reached": one.reached,
        "exceeded": one.exceeded,
        "lamp": one.lamp.value,
        "forecast": {
            "value": None if one.forecast.value is None else plain(one.forecast.value),
            "method": one.forecast.method,
            "rests_on": [figure.period for figure in one.forecast.rests_on],
        },
        "origin": target.origin.value,
        "source": target.source,
        "revision": target.revision,
        "release": one.figure.release if one.figure else None,
    }
