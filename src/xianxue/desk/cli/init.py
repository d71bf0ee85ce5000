"""``xianxue init``: a new workspace."""

from __future__ import annotations

import csv
import io
import re
import shlex
import shutil
import sys
from pathlib import Path
from typing import Final

import click

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.cli.init_answers import Answers, fault_of_county, fault_of_folder
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import print_issues
from xianxue.desk.cli.spoken import GivenFile, command, option
from xianxue.desk.stores import clock, roster
from xianxue.desk.stores.examples import Example, example_names
from xianxue.desk.stores.given import earlier_counts
from xianxue.desk.stores.settings_file import NAME, Settings, write_settings
from xianxue.desk.workspace import MisusedError, Workspace

_SCHOOL_YEAR_BEGINS: Final = 9
"""The month of a school year's first day."""
_FOLDER: Final = "本县"
_TEMPLATES: Final = "xianxue returns template school_annual --all -o 模板.zip"
_SPECIAL = re.compile(r"[\s'\"$&;|<>()*?`\\]")
"""What a shell would not take as it stands."""
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")


@command()
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
@option("--county", default="", help="县级区划代码，6 位")
@option("--name", default="", help="县的名称")
@option("--period", default="", help="时期，如 2025-2026（默认：现在的学年）")
@option(
    "--schools",
    type=GivenFile(),
    help="学校名单：Excel、WPS 表格或 CSV，建好以后就导入",
)
@option("--example", type=click.Choice(example_names()), help="从示例县建立")
def init(  # noqa: PLR0913, PLR0917 - options of one command
    folder: Path | None,
    county: str,
    name: str,
    period: str,
    schools: Path | None,
    example: str | None,
) -> int:
    """新建工作目录：设置和学校名册

    在终端上逐项问，问到的都有说明；写全了参数就不问。
    """
    if example is not None:
        return _from_example(_given(folder), example)
    # Only a person can answer: a script would wait for ever.
    if sys.stdin.isatty() and not (folder and county):
        from xianxue.desk.cli import init_questions as questions  # noqa: PLC0415 - only who is asked

        answers = questions.ask(folder, county, name, period or this_school_year(), schools)
    else:
        if not county:
            message = say("请用 --county 写明县级区划代码，或用 --example 选一个示例县")
            raise MisusedError(message)
        answers = Answers(_given(folder), county, name, period or this_school_year(), schools)
    return _make(answers)


def this_school_year() -> str:
    """Give the code of the school year that today lies in."""
    today = clock.day_of(clock.now())
    first = today.year - (today.month < _SCHOOL_YEAR_BEGINS)
    return f"{first}-{first + 1}"


def _given(folder: Path | None) -> Path:
    if folder is None:
        raise MisusedError(say("请写明工作目录，如 xianxue init 本县 --county 639900"))
    return folder


def _from_example(folder: Path, example: str) -> int:
    _refuse(fault_of_folder(folder))
    folder.mkdir(parents=True, exist_ok=True)
    lay_out_example(folder, Example.open(example))
    echo(
        say("已按示例县建好 {folder}；学校名册 {file} 已经填好。", folder=folder, file=roster.NAME)
    )
    _say_next_three(folder, listed=True)
    return 0


def _refuse(fault: Sentence | None) -> None:
    if fault is not None:
        raise MisusedError(fault)


def _make(answers: Answers) -> int:
    folder = answers.folder
    _refuse(fault_of_folder(folder))
    _refuse(fault_of_county(answers.county))
    if _CONTROLS.search(answers.name):
        raise MisusedError(say("县的名称里有看不见的控制字符"))
    try:
        period = Period.parse(answers.period).code
    except ValueError as error:
        raise MisusedError(error.args[0]) from error
    folder.mkdir(parents=True, exist_ok=True)
    # The mark at the beginning tells spreadsheet programs that it is UTF-8.
    (folder / roster.NAME).write_text(_county_alone(answers), encoding="utf-8-sig")
    write_settings(folder / NAME, Settings(county=answers.county, period=period))
    echo(say("已建好 {folder}。", folder=folder))
    listed = answers.schools is not None and _import(folder, answers.schools)
    _say_next_three(folder, listed=listed)
    return int(answers.schools is not None and not listed)


def _county_alone(answers: Answers) -> str:
    target = io.StringIO(newline="")
    writer = csv.DictWriter(target, roster.COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    name = answers.name.strip() or _FOLDER
    writer.writerow({"code": answers.county, "name": name, "level": "county"})
    return target.getvalue()


def _import(folder: Path, schools: Path) -> bool:
    """Take the list of schools; say what keeps it from being taken."""
    from xianxue.desk.places.importing import Wanted, take  # noqa: PLC0415 - reads workbooks
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs the database

    done = take(Workspace.open(folder), schools, Wanted(), open_ground)
    if any(issue.severity is not Severity.NOTE for issue in done.issues):
        print_issues(done.issues, as_json=False)
        echo(say("{file} 没有导入：在表里改好，再用下面的第二条命令导入。", file=schools))
    elif done.issues:
        print_issues(done.issues, as_json=False)
    if done.written:
        echo(say("已登记学校 {n} 所、乡镇 {m} 个。", n=done.schools, m=done.townships))
    return done.written


def _say_next_three(folder: Path, *, listed: bool) -> None:
    """End with what comes next, ready to be copied."""
    text = str(folder)
    where = f"--workspace {shlex.quote(text) if _SPECIAL.search(text) else text}"
    templates = (say("生成各校的填报模板"), f"{_TEMPLATES} {where}")
    to_list = (
        (say("生成学校名册的模板"), f"xianxue places template -o 名册.xlsx {where}"),
        (
            say("填好后导入，有问题的格子会标出来"),
            f"xianxue places import 名册.xlsx --marked 标注 {where}",
        ),
        templates,
    )
    to_report = (
        (say("看一看学校名册"), f"xianxue places list {where}"),
        templates,
        (say("看谁报了、谁没有报"), f"xianxue returns status {where}"),
    )
    echo(say("接下来的三条命令："))
    for number, (what, line) in enumerate(to_report if listed else to_list, 1):
        echo(say("  {number}. {what}：{line}", number=number, what=what, line=line))


def lay_out_example(folder: Path, example: Example) -> None:
    """Put an example's settings, register and overlay into a folder."""
    for name in (roster.NAME, earlier_counts.BIRTHS, earlier_counts.PUPILS):
        if (example.folder / name).is_file():
            shutil.copyfile(example.folder / name, folder / name)
    # What its offices have written for its documents.
    if (example.folder / "texts").is_dir():
        shutil.copytree(example.folder / "texts", folder / "texts", dirs_exist_ok=True)
    for overlay in example.settings.overlays:
        shutil.copytree(example.folder / overlay, folder / overlay, dirs_exist_ok=True)
    write_settings(folder / NAME, example.settings)
