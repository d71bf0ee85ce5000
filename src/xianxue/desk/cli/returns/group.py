"""``xianxue returns``: templates out, workbooks in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

import click

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.sentence import say
from xianxue.desk.cli.command_order import InOrder
from xianxue.desk.cli.language import echo, spoken_words
from xianxue.desk.cli.output import (
    exit_code,
    json_option,
    period_option,
    print_issues,
    print_json,
    print_table,
    say_next,
    workspace_option,
)
from xianxue.desk.cli.progress_bar import progress
from xianxue.desk.cli.returns.options import UNITS, standing_of
from xianxue.desk.cli.spoken import GivenFile, option
from xianxue.desk.workspace import MisusedError, Workspace, national_shelf

_FILES = click.argument("files", nargs=-1, required=True, type=GivenFile())


class _Way(InOrder):
    """The commands in the order of the way of a return."""

    sections: ClassVar = {
        say("下发"): ("window", "template", "duplicates"),
        say("学校填报"): ("check", "explain", "submit", "withdraw"),
        say("审核"): (
            "review",
            "pass-on",
            "send-back",
            "approve",
            "take-back",
            "accept",
            "map",
            "explanations",
        ),
        say("签字盖章"): ("print", "attach-scan", "scans"),
        say("跟踪、催报"): ("status", "remind", "notice", "extend", "trail"),
        say("发布"): ("release",),
    }
    # A school's machine checks one workbook at a time, and waits for what is imported: so the
    # engine, the cabinet and the mapping of strange tables come only with the commands that use
    # them.
    elsewhere: ClassVar = {
        name: f"xianxue.desk.cli.returns.{module}"
        for module, names in {
            "templates": ("template",),
            "duplicates": ("duplicates",),
            "mapping": ("map",),
            "review": (
                *("submit", "review", "pass-on", "send-back"),
                *("approve", "take-back", "withdraw"),
            ),
            "deadlines": ("window", "extend", "remind"),
            "notices": ("notice",),
            "explanations": ("explain", "explanations", "trail"),
            "paper": ("print", "attach-scan", "scans"),
            "release": ("release",),
        }.items()
        for name in names
    }


@click.group(cls=_Way)
def returns() -> None:
    """报表：从模板到发布"""


@returns.command()
@_FILES
@workspace_option
@option(
    "--marked",
    type=click.Path(file_okay=False, path_type=Path),
    help="有问题的报表另存为〔原名〕_校验.xlsx，写到这个目录",
)
@option("--all", "every", is_flag=True, help="由同一原因引起的问题也逐条列出")
@json_option
def check(
    files: tuple[Path, ...],
    workspace: Path | None,
    marked: Path | None,
    *,
    every: bool,
    as_json: bool,
) -> int:
    """校验填好的报表，一次列出全部问题

    学校自己的电脑上没有工作目录也能校验，只是不核对学校名册。
    """
    from xianxue.bureau.returns.checking.comparison import LATER  # noqa: PLC0415 - only checking
    from xianxue.desk.returns.comparison import Comparison  # noqa: PLC0415 - reads workbooks
    from xianxue.desk.returns.intake import check_files  # noqa: PLC0415 - as above

    try:
        opened = Workspace.open(workspace)
    except MisusedError:
        if workspace is not None:
            raise
        opened, shelf, register = None, national_shelf(), None
    else:
        shelf, register = opened.shelf, opened.register
    usual = opened.period(None) if opened is not None else None
    with progress(say("校验"), len(files)) as done:
        compare = Comparison(shelf, opened, usual)
        found = check_files(files, shelf, register, compare=compare, done=done)
    issues = [issue for issue in found if issue.code != LATER]
    print_issues(issues, as_json=as_json, every=every)
    if len(issues) < len(found):
        said = say(
            "{n} 份报表没有带来可比的数：与上年、与同类学校的比较，", n=len(found) - len(issues)
        )
        echo(say("{said}报送后由教育局来做。", said=said), err=as_json)
    made: list[Path] = []
    if marked is not None:
        from xianxue.desk.returns.marked_copies import write_marked  # noqa: PLC0415 - XlsxWriter

        made = write_marked(files, issues, marked, spoken_words(), every=every)
        what = say("已标注") if issues else say("标注已清除")
        said = (
            say("{what} {n} 份，写在 {marked}。", what=what, n=len(made), marked=marked)
            if made
            else say("没有需要标注的报表。")
        )
        # On the error stream beside JSON: standard output stays one document.
        echo(said, err=as_json)
    if not as_json:
        say_next(_after_check(issues, made))
    return exit_code(issues)


def _after_check(issues: Sequence[Issue], made: Sequence[Path]) -> str:
    """Say what a clerk does after a check."""
    grades = {issue.severity for issue in issues}
    if Severity.MUST_FIX in grades:
        where = (
            say("打开 {file}，照批注改", file=made[0]) if len(made) == 1 else say("在工作簿里改")
        )
        return say("{where}，保存后再校验一次。", where=where)
    if Severity.EXPLAIN in grades:
        where = (
            say("打开 {file}", file=made[0])
            if len(made) == 1
            else say("用 --marked 标注后打开工作簿")
        )
        return say(
            "{where}：不对的改正；属实的，在“经验校验说明”表里写明原因；保存后报送这一份。",
            where=where,
        )
    return say("填报人、校长签名报送：xianxue returns submit 文件 --clerk 填报人 --head 校长")


@returns.command()
@_FILES
@workspace_option
@option("--as", "actor", default="本机操作员", show_default=True, help="谁在收取")
@option("--why", default="", help="说明")
@json_option
def accept(
    files: tuple[Path, ...], workspace: Path | None, actor: str, why: str, *, as_json: bool
) -> int:
    """收取没有逻辑错误的报表"""
    from xianxue.desk.returns.submission import accept_files  # noqa: PLC0415 - needs the engine

    opened = Workspace.open(workspace)
    usual = opened.period(None)
    outcome = accept_files(opened, files, actor=actor, why=why, usual=usual)
    if as_json:
        print_json(
            {
                "accepted": [
                    {
                        "file": each.filed.file,
                        "form": each.filed.form,
                        "place": each.filed.place,
                        "revision": each.number,
                        "unchanged": each.unchanged,
                    }
                    for each in outcome.accepted
                ],
                "issues": [issue.as_dict() for issue in outcome.issues],
            }
        )
    else:
        if outcome.issues:
            print_issues(outcome.issues, as_json=False)
        fresh = sum(not each.unchanged for each in outcome.accepted)
        same = len(outcome.accepted) - fresh
        said = say("收下 {fresh} 份", fresh=fresh)
        if same:
            said += say("，另有 {same} 份与上次收下的相同，没有改动", same=same)
        taken = {each.filed.file for each in outcome.accepted}
        left = [issue for issue in outcome.issues if issue.severity is Severity.EXPLAIN]
        unexplained = sum(issue.file in taken for issue in left)
        if unexplained:
            said += say("，其中 {unexplained} 条经验校验没有说明", unexplained=unexplained)
        refused = len(files) - len(outcome.accepted)
        echo(said + (say("；{refused} 份没有收。", refused=refused) if refused else "。"))
    return int(any(issue.severity is Severity.MUST_FIX for issue in outcome.issues))


@returns.command()
@workspace_option
@period_option
@json_option
def status(workspace: Path | None, period: str | None, *, as_json: bool) -> None:
    """各校报送情况"""
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs Django
    from xianxue.desk.returns.progress import progress_of  # noqa: PLC0415 - as above
    from xianxue.desk.stores.clock import day_of, now  # noqa: PLC0415 - as above

    opened = Workspace.open(workspace)
    when = opened.period(period)
    ground = open_ground(opened)
    lines = [
        (form, each)
        for form in opened.shelf.forms.values()
        for each in progress_of(ground, form, when, day_of(now()))
    ]
    if as_json:
        print_json(
            [
                {
                    "form": form.form,
                    "place": each.place,
                    "name": each.name,
                    "revision": each.accepted,
                    "submitted": each.revision,
                    "state": each.state,
                }
                for form, each in lines
            ]
        )
        return
    for form in opened.shelf.forms.values():
        own = [each for one, each in lines if one is form]
        accepted = sum(each.accepted > 0 for each in own)
        filed = sum(not each.waiting for each in own)
        counted = say(
            "已报 {filed}/{n} {unit}，已通过 {accepted}/{n}",
            filed=filed,
            n=len(own),
            unit=UNITS[form.filed_by],
            accepted=accepted,
        )
        echo(
            say(
                "《{term}》（{period}）：{counted}",
                term=form.term,
                period=when.term,
                counted=counted,
            )
        )
    left = [(f.term, p.place, p.name, standing_of(p)) for f, p in lines if not p.accepted]
    if left:
        print_table(say("尚未通过"), (say("报表"), say("代码"), say("名称"), say("状态")), left)
    if any(each.waiting for _, each in lines):
        say_next(say("催报：xianxue returns remind"))
    elif left:
        say_next(say("审核已报的：先 xianxue returns review，再 approve 或 send-back"))
    else:
        say_next(say("都已通过，可以发布：xianxue returns release"))
