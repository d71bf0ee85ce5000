"""``xianxue exams load`` and ``list``: marks in, and what has come of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import (
    json_option,
    period_option,
    print_issues,
    print_json,
    print_table,
    say_next,
    workspace_option,
)
from xianxue.desk.cli.spoken import GivenFile, command, option
from xianxue.desk.workspace import Workspace

if TYPE_CHECKING:
    from xianxue.desk.exams.sittings import New, Standing
    from xianxue.desk.exams.tables import Given

_BY = "本机操作员"


@command("load")
@click.argument("files", type=GivenFile(), nargs=-1, required=True)
@workspace_option
@option("--exam", "card", required=True, help="考试的种类：编号或名称，如 mock、中考")
@period_option
@option("--name", required=True, help="这次考试的名称，如“第一次模拟”")
@option("--day", type=click.DateTime(["%Y-%m-%d"]), required=True, help="考试的日子")
@option(
    "--marked",
    type=click.Path(file_okay=False, path_type=Path),
    help="有问题的成绩表，把问题标在副本里，写到这个目录",
)
@option("--as", "by", default=_BY, show_default=True, help="谁办理")
@json_option
def load(  # noqa: PLR0913 - options of one command
    files: tuple[Path, ...],
    *,
    workspace: Path | None,
    card: str,
    period: str | None,
    name: str,
    day: datetime,
    marked: Path | None,
    by: str,
    as_json: bool,
) -> int:
    """载入一次考试的成绩表：全部读入，或一行也不读入"""
    from xianxue.desk.exams.sittings import New, card_named, read_new  # noqa: PLC0415 - needs workbooks

    opened = Workspace.open(workspace)
    new = New(card_named(opened, card), opened.period(period).code, name.strip(), day.date())
    given = read_new(opened, new, files)
    issues = given.scores.issues
    grave = any(one.severity is not Severity.NOTE for one in issues)
    if marked is not None:
        mark_copies(files, issues, marked, as_json=as_json)
    if grave:
        print_issues(issues, as_json=as_json)
        if not as_json:
            echo(say("一行也没有读入。"))
            if marked is None:
                say_next(say("加 --marked 目录，把问题标在成绩表的副本里"))
        return 1
    return load_read(opened, new, given, by, as_json=as_json)


def load_read(opened: Workspace, new: New, given: Given, by: str, *, as_json: bool) -> int:
    """Load what was read without anything to mend, and say what has come of it."""
    from xianxue.desk.exams.sittings import load as load_marks  # noqa: PLC0415 - as above

    issues = given.scores.issues
    row, fresh = load_marks(opened, new, given, by)
    if as_json:
        said = {
            "sitting": row.sitting.key,
            "load": row.number,
            "new": fresh,
            "pupils": row.rows,
            "subjects": row.subjects,
            "notes": [one.as_dict() for one in issues],
        }
        print_json(said)
        return 0
    if issues:
        print_issues(issues, as_json=False)
    if not fresh:
        echo(say("与上一次载入的相同，没有改动。"))
        return 0
    echo(say("载入 {n} 名学生的成绩：{key}（第 {number} 次）。",
             n=row.rows, key=row.sitting.key, number=row.number))  # fmt: skip
    name = row.sitting.name
    say_next(
        say("xianxue exams lines {name} --set 线/科类=分数 --document 文件", name=name)
        if new.card.lines
        else say("xianxue exams release {name}", name=name)
    )
    return 0


def mark_copies(
    files: tuple[Path, ...], issues: Sequence[Issue], folder: Path, *, as_json: bool
) -> None:
    """Write copies of tables with the complaints marked in them."""
    from xianxue.desk.returns.marked_copies import write_marked  # noqa: PLC0415 - needs workbooks

    made = write_marked(files, list(issues), folder)
    if not as_json:
        for path in made:
            echo(say("已写 {file}", file=path))


@command("list")
@workspace_option
@json_option
def list_sittings(workspace: Path | None, *, as_json: bool) -> None:
    """列出载入过的考试，和各到了哪一步"""
    from xianxue.desk.exams.sittings import sittings  # noqa: PLC0415 - needs the database

    opened = Workspace.open(workspace)
    held = sittings(opened)
    if as_json:
        print_json([_told(one) for one in held])
        return
    if not held:
        echo(say("还没有载入过考试；用 xianxue exams load 载入成绩表。"))
        return
    columns = (say("考试"), say("日期"), say("人数"), say("载入"), say("划线"), say("发布"))
    rows = [
        (
            one.sitting.key,
            str(one.sitting.day),
            str(one.marks.rows),
            say("第 {n} 次", n=one.marks.number),
            say("第 {n} 次", n=one.lines.number) if one.lines is not None else "—",
            _released(one),
        )
        for one in held
    ]
    print_table(say("考试"), columns, rows)


def _released(one: Standing) -> Sentence | str:
    if one.release is None:
        return "—"
    if one.released:
        return say("第 {n} 号", n=one.release.number)
    return say("第 {n} 号，之后有改动", n=one.release.number)


def _told(one: Standing) -> dict[str, object]:
    return {
        "sitting": one.sitting.key,
        "exam": one.sitting.exam,
        "period": one.sitting.period,
        "name": one.sitting.name,
        "day": str(one.sitting.day),
        "pupils": one.marks.rows,
        "subjects": one.marks.subjects,
        "load": one.marks.number,
        "lines": one.lines.number if one.lines is not None else 0,
        "release": one.release.number if one.release is not None else 0,
        "released": one.released,
    }
