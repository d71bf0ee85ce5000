"""``xianxue history``: what a county's old reports say of earlier years."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any, Final

import click

from xianxue.bureau.audit.showing.shown import plain
from xianxue.bureau.audit.sources.dated import LEFT, LeftOut, Relayed, WhyLeft
from xianxue.bureau.audit.sources.years import YearHow
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.cli.command_order import InOrder
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import (
    json_option,
    print_json,
    print_table,
    say_next,
    workspace_option,
)
from xianxue.desk.cli.returns.options import actor_options, person, why_option
from xianxue.desk.cli.spoken import GivenFile, option
from xianxue.desk.database import open_database
from xianxue.desk.history.proposals import History, OldReport, read_reports
from xianxue.desk.indicators.finding import meant
from xianxue.desk.stores import clock
from xianxue.desk.workspace import Workspace

_HOW: Final[dict[YearHow, Sentence]] = {
    "sentence": say("句中写明"),
    "relative": say("句中说是上年"),
    "given": say("--year 给出"),
    "title": say("按标题"),
    "name": say("按文件名"),
}


@click.group(cls=InOrder)
def history() -> None:
    """历史数据：从旧报告里读出往年的数"""


@history.command("read")
@click.argument("files", nargs=-1, required=True, type=GivenFile())
@workspace_option
@option("--year", default="", help="句中没有写明年份的数是哪一年的，如 2021-2022 或 2021")
@json_option
def read_old(files: tuple[Path, ...], workspace: Path | None, year: str, *, as_json: bool) -> int:
    """读旧报告，列出能认定的往年数据；只读，不改动任何数据

    FILE 可以是 .docx、.txt、.md。约数、目标和假设不收；说不准的列为未能认定，不猜。
    几处说法不一致时退出码为 1。
    """
    found = read_reports(Workspace.open(workspace), files, year)
    disputed = found.disputed()
    if as_json:
        print_json(_as_dict(found))
        return int(bool(disputed))
    for report in found.reports:
        _print(report, disputed)
    if disputed:
        echo(say("有 {n} 项几处说法不一致，都已列出，哪一个也没有采用。", n=len(disputed)))
    return int(bool(disputed))


@history.command("take")
@click.argument("files", nargs=-1, required=True, type=GivenFile())
@workspace_option
@option("--year", default="", help="句中没有写明年份的数是哪一年的，如 2021-2022 或 2021")
@option("--only", multiple=True, help="只采用名称里有这几个字的，可以写几次")
@actor_options("office_clerk", "本机操作员")
@why_option
@json_option
def take(  # noqa: PLR0913, PLR0917 - options of one command
    files: tuple[Path, ...],
    workspace: Path | None,
    year: str,
    only: tuple[str, ...],
    name: str,
    role: str,
    own: str,
    why: str,
    *,
    as_json: bool,
) -> int:
    """采用旧报告里的数，标明“转录”；要么全部采用，要么一项也不采用

    先用 history read 看过再采用。几处说法不一致的不采用，退出码为 1。
    """
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs Django

    opened = Workspace.open(workspace)
    ground = open_ground(opened)
    from xianxue.desk.actions.history.take_relayed import TakeRelayed  # noqa: PLC0415 - as above
    from xianxue.desk.history.taking import taken_of  # noqa: PLC0415 - as above

    found = read_reports(opened, files, year)
    figures = taken_of(found, only)
    deed = TakeRelayed(ground, person(ground, name, role, own), clock.now(), why)
    new, disputed = deed(figures), found.disputed()
    if as_json:
        print_json({"taken": new, "there": len(figures) - new, "disputed": len(disputed)})
        return int(bool(disputed))
    echo(say("采用了 {n} 项，原已采用的 {m} 项。", n=new, m=len(figures) - new))
    if disputed:
        echo(
            say("有 {n} 项几处说法不一致，没有采用：查清以后单独采用对的那一份。", n=len(disputed))
        )
    if new:
        say_next(say("看各年的数：xianxue history show 指标"))
    return int(bool(disputed))


@history.command("withdraw")
@click.argument("period")
@click.argument("figure")
@workspace_option
@actor_options("office_clerk", "本机操作员")
@why_option
def withdraw(  # noqa: PLR0913, PLR0917 - options of one command
    period: str, figure: str, workspace: Path | None, name: str, role: str, own: str, why: str
) -> None:
    """撤下一项采用过的数，如 history withdraw 2021-2022 小学在校生数；记录仍在日志里"""
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs Django

    opened = Workspace.open(workspace)
    ground = open_ground(opened)
    from xianxue.desk.actions.history.take_relayed import TakeRelayed  # noqa: PLC0415 - as above
    from xianxue.desk.cli.history.shown import named  # noqa: PLC0415 - as above

    line = named(opened, period, figure)
    deed = TakeRelayed(ground, person(ground, name, role, own), clock.now(), why)
    deed.withdraw(line.period, line.indicator, line.stage)
    echo(say("已撤下。"))


@history.command("show")
@click.argument("indicator", default="")
@workspace_option
@json_option
def show(indicator: str, workspace: Path | None, *, as_json: bool) -> None:
    """一项指标历年的数：统计数和转录数分开标明，没有的年份写明没有，增长精确计算

    不写指标的，列出采用过的各项。
    """
    opened = Workspace.open(workspace)
    open_database(opened.store)
    from xianxue.desk.cli.history import shown  # noqa: PLC0415 - needs Django and the engine

    if not indicator:
        shown.all_taken(opened, as_json=as_json)
        return
    shown.series(opened, meant(opened.shelf, indicator), as_json=as_json)


def _print(report: OldReport, disputed: frozenset[tuple[str, str, str]]) -> None:
    rows = [
        (
            one.term,
            one.period,
            _HOW[one.how],
            one.text,
            say("说法不一致") if one.key in disputed else "",
            say("第 {n} 段：{sentence}", n=one.paragraph, sentence=one.sentence),
        )
        for one in report.figures
    ]
    columns = [
        *(say("指标"), say("年份"), say("年份依据"), say("数值"), say("说明"), say("原句")),
    ]
    print_table(report.file, columns, rows)
    counted: Counter[WhyLeft] = Counter(one.why for one in report.left)
    for why, many in counted.items():
        echo(say("{n} 个数：{why}", n=many, why=LEFT[why]))


def _as_dict(found: History) -> dict[str, Any]:
    disputed = found.disputed()
    return {
        "county": found.county,
        "reports": [
            {
                "file": one.file,
                "digest": one.digest,
                "period": one.whole and one.whole.code,
                "period_from": one.whole and one.whole.how,
                "proposed": [_figure(each, disputed=each.key in disputed) for each in one.figures],
                "left_out": [_left(each) for each in one.left],
            }
            for one in found.reports
        ],
    }


def _figure(one: Relayed, *, disputed: bool) -> dict[str, Any]:
    return {
        "indicator": one.indicator,
        "term": one.term,
        "stage": one.stage or None,
        "period": one.period,
        "period_from": one.how,
        "value": plain(one.value),
        "low": plain(one.low),
        "high": plain(one.high),
        "unit": one.unit,
        "text": one.text,
        "disputed": disputed,
        "sentence": one.sentence,
        "paragraph": one.paragraph,
        "source": "relayed",
    }


def _left(one: LeftOut) -> dict[str, Any]:
    return {
        "why": one.why,
        "message": LEFT[one.why],
        "text": one.text,
        "sentence": one.sentence,
        "paragraph": one.paragraph,
    }
