"""``xianxue exams report`` and ``show``: documents of an examination, and its numbers on screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from xianxue.bureau.values.sentence import say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import as_word, json_option, print_json, print_table, workspace_option
from xianxue.desk.cli.spoken import command, option
from xianxue.desk.workspace import MisusedError, Workspace

if TYPE_CHECKING:
    from xianxue.desk.exams.papers.subject import Subject
    from xianxue.desk.exams.scopes import Scope


_SCHOOL = "只写这所学校（代码）"
_CLASS = "只写这所学校的这个班，与 --school 一起写"
_GROUP = "只写这个集团、教育链、学区、联盟或乡镇（名称）"


@command("report")
@click.argument("sitting")
@workspace_option
@option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="写到哪个 .docx")
@option("--school", default="", help=_SCHOOL)
@option("--class", "in_class", default="", help=_CLASS)
@option("--group", "union", default="", help=_GROUP)
@option(
    "--all-schools",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="每所学校一页成绩单，写到这个目录",
)
@option("--intake", default="", help="全县的分析里加各校增值：以前那次考试的名称")
def report_sitting(  # noqa: PLR0913 - options of one command
    sitting: str,
    *,
    workspace: Path | None,
    output: Path | None,
    school: str,
    in_class: str,
    union: str,
    folder: Path | None,
    intake: str,
) -> None:
    """写全县的成绩分析，或学校、班级、学校组织的成绩单"""
    from xianxue.desk.exams.papers.documents import paper_of, papers_of, text_of  # noqa: PLC0415 - needs the engine

    if output is None and folder is None:
        raise MisusedError(say("没有写写到哪里：-o 文件.docx，或 --all-schools 目录"))
    subject, scope = _asked(workspace, sitting, school, in_class, union)
    if output is not None:
        as_word(output)
        earlier = _asked(workspace, intake, "", "", "")[0] if intake else None
        output.write_bytes(paper_of(subject, text_of(subject, scope, earlier)))
        echo(say("已写 {file}", file=output))
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        names: list[str] = []
        for one in papers_of(subject):
            (folder / one.name).write_bytes(one.document)
            names.append(one.name)
        echo(say("已写 {n} 所学校的成绩单，在 {folder}", n=len(names), folder=folder))


@command("show")
@click.argument("sitting")
@workspace_option
@option("--school", default="", help=_SCHOOL)
@option("--class", "in_class", default="", help=_CLASS)
@option("--group", "union", default="", help=_GROUP)
@json_option
def show_sitting(  # noqa: PLR0913 - options of one command
    sitting: str, *, workspace: Path | None, school: str, in_class: str, union: str, as_json: bool
) -> None:
    """看一次考试的结果：全县，或一所学校、一个班、一个学校组织的各科、各线"""
    from xianxue.bureau.report.text import Picture, TextTable, plain  # noqa: PLC0415 - as below
    from xianxue.desk.exams.papers.documents import text_of  # noqa: PLC0415 - needs the engine
    from xianxue.desk.exams.shown_json import told  # noqa: PLC0415 - as above

    subject, scope = _asked(workspace, sitting, school, in_class, union)
    if as_json:
        print_json(told(subject, scope))
        return
    for block in text_of(subject, scope, on_paper=False).blocks:
        if isinstance(block, TextTable):
            rows = [[plain(cell) for cell in row] for row in block.rows]
            print_table(block.caption, block.header, rows)
            if block.note:
                echo(block.note)
        else:
            echo(plain(block.runs))
            if isinstance(block, Picture):
                echo(block.said)


def _asked(
    workspace: Path | None, sitting: str, school: str, in_class: str, union: str
) -> tuple[Subject, Scope]:
    from xianxue.desk.exams.papers.subject import subject_of  # noqa: PLC0415 - needs the engine
    from xianxue.desk.exams.scopes import scope_of  # noqa: PLC0415 - as above
    from xianxue.desk.exams.sittings import sitting_named  # noqa: PLC0415 - as above
    from xianxue.desk.stores.clock import day_of, now  # noqa: PLC0415 - as above

    opened = Workspace.open(workspace)
    subject = subject_of(opened, sitting_named(opened, sitting), day_of(now()))
    return subject, scope_of(subject.analysis, subject.unions, school, in_class, union)
