"""``xianxue journal``: read the journal of deeds, and prove that nobody has touched it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from xianxue.bureau.values.record import replace
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import OFFICE
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import (
    json_option,
    print_issues,
    print_json,
    workspace_option,
)
from xianxue.desk.cli.returns.options import Day, person
from xianxue.desk.cli.spoken import Group, option
from xianxue.desk.stores import clock
from xianxue.desk.workspace import MisusedError, Workspace


@click.group(cls=Group)
def journal() -> None:
    """日志"""


@journal.command()
@workspace_option
@option("--place", default="", help="只看这个单位的")
@option("--period", default="", help="只看这个时期的")
@option("--actor", default="", help="只看这个人办的")
@option("--kind", default="", help="只看这一类（returns、forms、releases、places、mappings 等）")
@option("--subject", default="", help="只看这一件，照日志的写法：表/时期/单位代码")
@option("--since", type=Day(), help="从哪一天起，含当天")
@option("--until", type=Day(), help="到哪一天止，含当天")
@json_option
def show(workspace: Path | None, *, as_json: bool, **asked: Any) -> None:  # noqa: ANN401 - handed on as it is asked
    """谁、何时、在哪里、办了什么、为什么"""
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs Django

    ground = open_ground(Workspace.open(workspace))
    from xianxue.desk.journal import verification as kept  # noqa: PLC0415 - needs Django set up first
    from xianxue.desk.journal.lines import Asked  # noqa: PLC0415 - as above

    found = list(Asked(**asked).lines())
    if as_json:
        print_json(
            [
                {
                    "number": line.number,
                    "at": line.at.isoformat(),
                    "actor": line.actor,
                    "deed": line.deed,
                    "subject": line.subject,
                    "kind": line.kind,
                    "id": line.ident,
                    "place": line.place,
                    "period": line.period,
                    "detail": line.detail,
                    "why": line.why,
                    "previous": line.previous,
                    "digest": line.digest,
                }
                for line in found
            ]
        )
        return
    for line in found:
        echo(kept.sentence(line, ground))
    echo(say("共 {n} 行。", n=len(found)))


@journal.command()
@workspace_option
@option("--against", default="", help="另存的 行数:摘要")
@json_option
def verify(workspace: Path | None, against: str, *, as_json: bool) -> int:
    """查日志、数据库和留存的文件有没有被改动、删去、调换"""
    from xianxue.desk.releases.whole_store import faults_of  # noqa: PLC0415 - needs the engine
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs Django

    opened = Workspace.open(workspace)
    # A journal that was emptied is refused everywhere else; here it is to be told of.
    open_ground(opened, to_verify=True)
    from xianxue.desk.journal import verification as kept  # noqa: PLC0415 - needs Django set up first

    try:
        found = kept.verify(against)
    except ValueError as error:
        raise MisusedError(error.args[0]) from error
    found = replace(found, issues=[*found.issues, *faults_of(opened)])
    if as_json:
        print_json(
            {
                "lines": found.lines,
                "digest": found.digest,
                "whole": not found.issues,
                "expired": found.expired,
                "issues": [issue.as_dict() for issue in found.issues],
                "limits": kept.LIMITS,
            }
        )
    elif found.issues:
        print_issues(found.issues, as_json=False)
        echo(say("从头到第 {lines} 行完好。", lines=found.lines))
    else:
        echo(say("日志完好：{lines} 行，一行接一行，没有改动、缺失或调换。", lines=found.lines))
        if found.expired:
            echo(
                say(
                    "其中 {expired} 个个人信息值已按期销毁，日志里只有摘要。", expired=found.expired
                )
            )
        echo(kept.LIMITS)
    return int(bool(found.issues))


@journal.command()
@workspace_option
@json_option
def head(workspace: Path | None, *, as_json: bool) -> None:
    """打印行数和末行摘要，抄存在别处"""
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs Django

    open_ground(Workspace.open(workspace))
    from xianxue.desk.journal import verification as kept  # noqa: PLC0415 - needs Django set up first

    lines, digest = kept.head()
    if as_json:
        print_json({"lines": lines, "digest": digest})
    else:
        echo(f"{lines}:{digest}")


@journal.command()
@workspace_option
@option("--as", "actor", default="本机操作员", help="谁来销毁")
@option("--why", default="", help="说明")
@option("--dry-run", is_flag=True, help="只看有多少到期，不销毁")
@json_option
def expire(workspace: Path | None, actor: str, why: str, *, dry_run: bool, as_json: bool) -> None:
    """到期的个人信息：销毁原值，日志仍可验证"""
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs the engine

    opened = Workspace.open(workspace)
    ground, cabinet = open_ground(opened), opened.store / "cabinet"
    forms = ground.shelf.forms
    from xianxue.desk.actions.exams.expire import (  # noqa: PLC0415 - as above
        ExpirePupils,
        due_pupils,
    )
    from xianxue.desk.actions.ledgers.expire import (  # noqa: PLC0415 - as above
        ExpireEntries,
        due_entries,
    )
    from xianxue.desk.actions.ledgers.files import (  # noqa: PLC0415 - as above
        SweepFiles,
        strays,
        unbound,
    )
    from xianxue.desk.actions.personal.expire import (  # noqa: PLC0415 - needs Django set up first
        ExpirePersonal,
        due,
    )
    from xianxue.desk.stores.exams.files import ExamFiles  # noqa: PLC0415 - needs the engine

    at, ledgers = clock.now(), ground.shelf.ledgers
    exams, marks = ground.shelf.examinations, ExamFiles(cabinet)
    if dry_run:
        counts = {name: len(due(form, at)) for name, form in forms.items()}
        counts |= {name: len(due_entries(card, at)) for name, card in ledgers.items()}
        counts |= {name: sum(due_pupils(one, marks, at).values()) for name, one in exams.items()}
        swept = len(unbound(ground, at)) + len(strays(ground, cabinet, at))
    else:
        who = person(ground, actor, OFFICE, "")
        counts = ExpirePersonal(ground, who, at, why)()
        counts |= ExpireEntries(ground, cabinet, who, at, why)()
        counts |= ExpirePupils(ground, marks, who, at, why)()
        swept = SweepFiles(ground, cabinet, who, at, why)()
    done = {name: count for name, count in counts.items() if count}
    if as_json:
        print_json({"expired": done, "swept": swept, "dry_run": dry_run})
        return
    terms = {name: one.term for name, one in {**forms, **ledgers, **exams}.items()}
    for name, count in done.items():
        said = say("到期，还没有销毁") if dry_run else say("已销毁")
        echo(
            say(
                "《{term}》：{count} 个个人信息值{said}。",
                term=terms[name],
                count=count,
                said=said,
            )
        )
    if swept and dry_run:
        echo(say("没有用上的凭据：{n} 件到期，还没有清除。", n=swept))
    elif swept:
        echo(say("没有用上的凭据：清除 {n} 件。", n=swept))
    if not done and not swept:
        echo(say("没有到期的个人信息。"))


@journal.command()
@workspace_option
@option("--as", "actor", default="本机操作员", help="谁来重建")
@option("--why", default="", help="说明")
@option("--dry-run", is_flag=True, help="只看能重建什么，不动文件")
@json_option
def rebuild(workspace: Path | None, actor: str, why: str, *, dry_run: bool, as_json: bool) -> int:
    """被改动、丢失的留存件：由工作簿重建报表，由报表重建数表，记入日志"""
    from xianxue.desk.releases.rebuilding import plan_of  # noqa: PLC0415 - needs the engine
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs Django

    opened = Workspace.open(workspace)
    ground = open_ground(opened)
    plan = plan_of(opened)
    if not plan.empty and not dry_run:
        from xianxue.desk.actions.rebuild import Rebuild  # noqa: PLC0415 - needs Django set up first

        who = person(ground, actor, OFFICE, "")
        Rebuild(ground, who, clock.now(), why)(plan.detail, plan.put)
    if as_json:
        issues = [issue.as_dict() for issue in plan.issues]
        print_json(plan.detail | {"dry_run": dry_run, "issues": issues})
        return int(bool(plan.issues))
    if plan.issues:
        print_issues(plan.issues, as_json=False)
    said = say("可以重建") if dry_run else say("已重建")
    counted = (len(plan.cells), len(plan.tables))
    if not plan.empty:
        echo(say("{said}：报表 {n} 组，数表 {m} 组。", said=said, n=counted[0], m=counted[1]))
    elif not plan.issues:
        echo(say("没有要重建的。"))
    return int(bool(plan.issues))


@journal.command("clock")
@workspace_option
@option("--as", "actor", required=True, help="谁来登记")
@option("--role", default=OFFICE, show_default=True, help="角色")
@option("--why", default="", help="先前那一行的时间为什么走快了")
@json_option
def admit_clock(workspace: Path | None, actor: str, role: str, why: str, *, as_json: bool) -> None:
    """日志最后一行的时间走快了：登记下来，以后照现在的时间办"""
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs Django

    ground = open_ground(Workspace.open(workspace))
    from xianxue.desk.actions.admit_clock import AdmitClock  # noqa: PLC0415 - needs Django set up

    at = clock.now()
    last = AdmitClock(ground, person(ground, actor, role, ""), at, why)()
    if as_json:
        print_json({"admitted": last is not None, "last": last and last.at.isoformat()})
    elif last is None:
        echo(say("时间没有倒退，不用登记。"))
    else:
        echo(
            say(
                "已登记：日志第 {number} 行的时间（{last}）走快了，以后照现在的时间（{now}）办。",
                number=last.number,
                last=clock.minute_of(last.at),
                now=clock.minute_of(at),
            )
        )
