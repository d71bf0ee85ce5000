"""``xianxue exams report`` and ``show``: documents of an examination, and its numbers on screen."""

from __future__ import annotations

from pathlib import Path

import click

from xianxue.bureau.values.sentence import say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import as_word, json_option, print_json, print_table, workspace_option
from xianxue.desk.cli.spoken import command, option
from xianxue.desk.workspace import MisusedError, Workspace


@command("report")
@click.argument("sitting")
@workspace_option
@option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="写到哪个 .docx")
@option("--school", default="", help="写这所学校（代码）的成绩单，不写全县的分析")
@option(
    "--all-schools",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="每所学校一页成绩单，写到这个目录",
)
def report_sitting(
    sitting: str, *, workspace: Path | None, output: Path | None, school: str, folder: Path | None
) -> None:
    """写全县的成绩分析，或各校的一页成绩单"""
    from xianxue.desk.exams.papers import county_paper, school_papers  # noqa: PLC0415 - needs the engine
    from xianxue.desk.exams.sittings import sitting_named  # noqa: PLC0415 - as above
    from xianxue.desk.stores.clock import day_of, now  # noqa: PLC0415 - as above

    if output is None and folder is None:
        raise MisusedError(say("没有写写到哪里：-o 文件.docx，或 --all-schools 目录"))
    opened = Workspace.open(workspace)
    standing, day = sitting_named(opened, sitting), day_of(now())
    if output is not None:
        as_word(output)
        if school:
            (made,) = school_papers(opened, standing, day, [school])
            output.write_bytes(made.document)
        else:
            output.write_bytes(county_paper(opened, standing, day))
        echo(say("已写 {file}", file=output))
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        names: list[str] = []
        for one in school_papers(opened, standing, day):
            (folder / one.name).write_bytes(one.document)
            names.append(one.name)
        echo(say("已写 {n} 所学校的成绩单，在 {folder}", n=len(names), folder=folder))


@command("show")
@click.argument("sitting")
@workspace_option
@option("--school", default="", help="只看这所学校（代码）")
@json_option
def show_sitting(sitting: str, *, workspace: Path | None, school: str, as_json: bool) -> None:
    """看一次考试的结果：全县，或一所学校的各科、各线、各班"""
    from xianxue.bureau.report.text import TextTable, plain  # noqa: PLC0415 - as below
    from xianxue.desk.exams.county_paper import subject_of  # noqa: PLC0415 - needs the engine
    from xianxue.desk.exams.papers import text_of  # noqa: PLC0415 - as above
    from xianxue.desk.exams.shown_json import told  # noqa: PLC0415 - as above
    from xianxue.desk.exams.sittings import sitting_named  # noqa: PLC0415 - as above
    from xianxue.desk.stores.clock import day_of, now  # noqa: PLC0415 - as above

    opened = Workspace.open(workspace)
    subject = subject_of(opened, sitting_named(opened, sitting), day_of(now()))
    if as_json:
        print_json(told(subject, school))
        return
    for block in text_of(subject, school).blocks:
        if isinstance(block, TextTable):
            rows = [[plain(cell) for cell in row] for row in block.rows]
            print_table(block.caption, block.header, rows)
            if block.note:
                echo(block.note)
        else:
            echo(plain(block.runs))
