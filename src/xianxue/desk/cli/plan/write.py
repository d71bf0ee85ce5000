"""``xianxue plan write`` and ``plan tasks``: a plan's document, and its tasks in the ledger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from xianxue.bureau.values.sentence import say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import (
    as_word,
    exit_code,
    json_option,
    period_option,
    print_issues,
    print_json,
    print_table,
    workspace_option,
)
from xianxue.desk.cli.spoken import command, option
from xianxue.desk.workspace import MisusedError, Workspace

if TYPE_CHECKING:
    from xianxue.bureau.kinds.outline import Outline
    from xianxue.bureau.records.planned import Planned
    from xianxue.desk.standing.counted import Counted

_KINDS = ("five_year", "year", "review")
_WITH_TASKS = _KINDS[:2]


@command("write")
@click.argument("kind", type=click.Choice(_KINDS))
@workspace_option
@period_option
@option("--suppose", "name", default="", help="目标取自哪个设想方案")
@option("--since", default="", help="中期评估的基期：设想方案是哪一期的")
@option("--money", multiple=True, help="资金，万元：标准.项目=120；可以写几个")
@option("-o", "output", required=True, help="输出", type=click.Path(dir_okay=False, path_type=Path))
@json_option
def write_plan(  # noqa: PLR0913 - its options
    kind: str,
    *,
    workspace: Path | None,
    period: str | None,
    name: str,
    since: str,
    money: tuple[str, ...],
    output: Path,
    as_json: bool,
) -> int:
    """写规划文稿：五年规划（five_year）、年度计划（year）或中期评估（review），基期是统计数，目标是设想"""
    from xianxue.desk.report.passages import folder_of, passages, texts_of  # noqa: PLC0415 - below
    from xianxue.desk.report.writing import write  # noqa: PLC0415 - needs the engine

    as_word(output)
    if output.exists():
        message = say("{file} 已经存在，没有覆盖；请换一个文件名", file=output)
        raise MisusedError(message)
    opened = Workspace.open(workspace)
    if kind == "review":
        counted, card, planned = _review(opened, period, name, since)
    else:
        counted, card, planned = _plan(opened, period, kind, name, money)
    code = counted.period.code
    found = passages(card, folder_of(opened, card.outline, code))
    written = write(
        counted.river, card.outline, texts=texts_of(found), notes="page", planned=planned
    )
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_bytes(written.document)
    if as_json:
        print_json(
            {
                "outline": card.outline,
                "term": card.term,
                "period": code,
                "set": planned.name or None,
                "goals": len(planned.goals),
                "file": str(output),
                "unwritten": [free.slot for free in written.unwritten],
                "issues": [issue.as_dict() for issue in written.issues],
            }
        )
        return exit_code(written.issues)
    echo(say("已写成《{term}》：{output}", term=card.term, output=output))
    if not planned.goals:
        echo(say("没有列目标：用 --suppose 写明一个设想方案。"))
    for one in found:
        if not one.paragraphs:
            said = {"owner": one.free.owner, "about": one.free.about, "file": one.file}
            echo(say("待{owner}填写：{about}（{file}）", **said))
    if written.issues:
        print_issues(written.issues, as_json=False)
    return exit_code(written.issues)


@command("tasks")
@click.argument("kind", type=click.Choice(_WITH_TASKS))
@workspace_option
@period_option
@option("--money", multiple=True, help="资金，万元：标准.项目=120；可以写几个")
@option("--enter", is_flag=True, help="列入重点工作督办台账；已经列入的不再列")
@option("--as", "by", default="本机操作员", show_default=True, help="谁办理")
@json_option
def plan_tasks(  # noqa: PLR0913 - its options
    kind: str,
    *,
    workspace: Path | None,
    period: str | None,
    money: tuple[str, ...],
    enter: bool,
    by: str,
    as_json: bool,
) -> None:
    """重点工作分工：规划里有哪些工作、谁负责、何时完成；加 --enter 列入督办台账"""
    from xianxue.desk.plan.plan_writing import tasks_of  # noqa: PLC0415 - needs the engine
    from xianxue.desk.plan.tasks_entered import enter_tasks  # noqa: PLC0415 - needs the database

    opened = Workspace.open(workspace)
    counted, card, planned = _plan(opened, period, kind, "", money)
    found = tasks_of(counted.river, card, planned)
    entered = enter_tasks(opened, card, counted.river, found, by) if enter else None
    if as_json:
        rows = [
            {
                "task": one.said,
                "comes_from": one.key,
                "who": one.who,
                "office": one.office,
                "due": one.due.isoformat(),
                "money": one.money or None,
            }
            for one in found
        ]
        done = None if entered is None else {"new": entered.new, "there": entered.there}
        print_json({"outline": card.outline, "tasks": rows, "entered": done})
        return
    rows = [(one.said, one.who, one.due.isoformat(), one.money or "—") for one in found]
    columns = (say("重点工作"), say("责任单位"), say("完成时限"), say("资金（万元）"))
    print_table(card.term, columns, rows)
    if entered is not None:
        new, there = len(entered.new), len(entered.there)
        echo(say("列入督办 {n} 项；已在台账 {m} 项。", n=new, m=there))


def _plan(
    opened: Workspace,
    period: str | None,
    kind: str,
    name: str,
    money: tuple[str, ...],
) -> tuple[Counted, Outline, Planned]:
    from xianxue.desk.plan.kept_sets import kept_set  # noqa: PLC0415 - needs the database
    from xianxue.desk.plan.plan_writing import (  # noqa: PLC0415 - needs the engine
        money_of,
        plan_outline,
        planned_for,
    )
    from xianxue.desk.standing.standing import standing  # noqa: PLC0415 - as above

    card = plan_outline(opened, kind)
    said = money_of(money, card, opened.shelf)
    counted = standing(opened.root).counted(opened.period(period, card.period))
    kept = kept_set(opened, name, counted.period.code) if name else None
    return counted, card, planned_for(counted, card, kept, said)


def _review(
    opened: Workspace, period: str | None, name: str, since: str
) -> tuple[Counted, Outline, Planned]:
    from xianxue.desk.plan.kept_sets import kept_set  # noqa: PLC0415 - needs the database
    from xianxue.desk.plan.plan_writing import (  # noqa: PLC0415 - needs the engine
        plan_outline,
        reviewed_for,
    )
    from xianxue.desk.standing.standing import standing  # noqa: PLC0415 - as above

    card, stands = plan_outline(opened, "review"), standing(opened.root)
    counted = stands.counted(opened.period(period, card.period))
    base = stands.counted(opened.period(since or None, card.period))
    kept = kept_set(opened, name, base.period.code) if name else None
    return counted, card, reviewed_for(counted, card, base, kept)
