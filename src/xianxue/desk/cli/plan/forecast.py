"""``xianxue plan forecast``: how many pupils there will be, with bands and a look back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.sentence import say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import (
    echo_paragraph,
    json_option,
    period_option,
    print_issues,
    print_json,
    print_table,
    workspace_option,
)
from xianxue.desk.cli.spoken import command, option
from xianxue.desk.workspace import ComplaintsError, MisusedError, Workspace

if TYPE_CHECKING:
    from xianxue.bureau.plan.forecast.shape import Foreseen
    from xianxue.desk.plan.pupils import Foresight

_LEVELS: Final = {"school": say("学校"), "township": say("乡镇"), "county": say("县")}
_STAGES: Final = ("preschool", "primary", "lower_secondary", "upper_secondary")


@command("forecast")
@workspace_option
@period_option
@option("--level", type=click.Choice(list(_LEVELS)), help="只看学校、乡镇或全县（默认：县）")
@option("--place", default="", help="只看这一处：名称或代码")
@option("--stage", type=click.Choice(_STAGES), help="只看这个学段")
@option("--years", type=click.IntRange(1, 15), help="推算几年（默认：卡片上的年数）")
@option("--odd", "odd", type=int, multiple=True, help="标为异常的年份，可以写几个")
@option("--explain", is_flag=True, help="说明怎样算出来的，列出回测")
@json_option
def forecast(  # noqa: PLR0913 - options of one command
    *,
    workspace: Path | None,
    period: str | None,
    level: str | None,
    place: str,
    stage: str | None,
    years: int | None,
    odd: tuple[int, ...],
    explain: bool,
    as_json: bool,
) -> int:
    """学生数预测：从出生到高中，低、中、高三档，附回测；都是推算，不是统计数"""
    opened = Workspace.open(workspace)
    from xianxue.desk.plan.pupils import Foresight  # noqa: PLC0415 - needs the engine
    from xianxue.desk.plan.told import as_dict  # noqa: PLC0415 - as above

    foresight = Foresight(opened, opened.period(period), years or 0, odd)
    wrong = [one for one in foresight.issues if one.severity is Severity.MUST_FIX]
    if wrong:
        raise ComplaintsError(wrong)
    found = _wanted(foresight, level, place, stage)
    if as_json:
        print_json([as_dict(one, foresight) for one in found])
        return 0
    _print(foresight, found, explain=explain)
    if foresight.issues:
        print_issues(foresight.issues, as_json=False)
    return 0


def _wanted(
    foresight: Foresight, level: str | None, place: str, stage: str | None
) -> list[Foreseen]:
    """Give what was asked for; the county where nothing is said."""
    found = list(foresight.foreseen)
    if place:
        codes = [code for code, name in foresight.names.items() if place in {code, name}]
        if not codes:
            raise MisusedError(say("名册里没有“{place}”", place=place))
        found = [one for one in found if one.area in codes]
    elif level is None:
        level = "county"
    if level:
        found = [one for one in found if foresight.known.by_code[one.area].level == level]
    return [one for one in found if stage in {None, one.stage}]


def _print(foresight: Foresight, found: list[Foreseen], *, explain: bool) -> None:
    from xianxue.desk.plan.told import (  # noqa: PLC0415 - needs the engine
        error_rows,
        explained,
        projects,
        revised,
        rows,
        verdict,
    )

    echo(say("推算（设想），不是统计数；起点是{period}", period=foresight.period.term))
    columns = (say("学年"), say("低"), say("中"), say("高"), say("备注"))
    for area, stage in dict.fromkeys((one.area, one.stage) for one in found):
        those = {one.year: one for one in found if (one.area, one.stage) == (area, stage)}
        name = foresight.names.get(area, area)
        title = say("{name}{stage}在校生", name=name, stage=Stage(stage).term)
        print_table(title, columns, rows(those))
        looked = foresight.lookbacks.get((area, stage))
        if looked is None or not looked.errors:
            echo_paragraph(say("没有足够的以往年份可以回测。"))
        else:
            echo_paragraph(say("{said}。", said=verdict(looked)))
        for one in projects(foresight, area, max(those)):
            echo_paragraph(
                say(
                    "已计入：{why}，{year}学年 {school} {n} 人。",
                    why=one["why"],
                    year=one["year"],
                    school=one["school"],
                    n=one["pupils"],
                )
            )
        if not explain:
            continue
        for one in revised(foresight, area):
            echo_paragraph(one)
        for one in explained(foresight, area, stage):
            echo_paragraph(one)
        if looked is not None and looked.errors:
            heads = (
                say("回测"),
                say("次数"),
                say("本法平均误差"),
                say("“不变”"),
                say("直线趋势"),
                say("落在低高之间"),
                say("比较"),
            )
            print_table(say("以前这样推算会差多少"), heads, error_rows(looked))
