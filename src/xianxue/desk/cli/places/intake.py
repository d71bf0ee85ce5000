"""``xianxue places template`` and ``import``: the register from Excel or WPS."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

import click

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.sentence import say
from xianxue.desk.cli.language import echo, spoken_words
from xianxue.desk.cli.output import (
    exit_code,
    json_option,
    print_issues,
    print_json,
    say_next,
    workspace_option,
)
from xianxue.desk.cli.places import output as out
from xianxue.desk.cli.spoken import GivenFile, command, option
from xianxue.desk.workspace import MisusedError, Workspace, national_shelf

_TAB: Final = "名册"


@command("template")
@workspace_option
@option("-o", "output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="输出")
def write_template(workspace: Path | None, output: Path) -> None:
    """生成学校名册的模板，类型等从下拉列表里选

    在工作目录里生成的，已经登记的乡镇都带上。
    """
    from xianxue.bureau.returns.roster.template import (  # noqa: PLC0415 - XlsxWriter
        write_roster_template,
    )
    from xianxue.desk.stores.whole_files import whole  # noqa: PLC0415 - as above

    if output.exists():
        message = say("{output} 已经有了，没有改动；请换一个文件名", output=output)
        raise MisusedError(message)
    try:
        opened = Workspace.open(workspace)
        shelf = opened.shelf
        towns = [(one.code, one.name) for one in opened.register if one.level == "township"]
    except MisusedError:
        # The template is the same for everybody; only the townships come from the workspace.
        if workspace is not None:
            raise
        shelf, towns = national_shelf(), []
    with whole(output) as scratch:
        scratch.write_bytes(write_roster_template(shelf.codes, towns))
    echo(say("已生成学校名册模板：{output}", output=output))
    say_next(say("填好后导入：xianxue places import {output} --marked 目录", output=output))


@command("import")
@click.argument("file", type=GivenFile())
@workspace_option
@option("--since", type=out.DAY, help="没有建校日期的学校，从哪天起登记，如 2020-09-01")
@option("--replace", is_flag=True, help="整个换掉现有的名册（还没有收过报表时）")
@out.by_option("谁导入")
@option("--why", default="", help="说明")
@option("--dry-run", "trial", is_flag=True, help="只试一试，不写入")
@option(
    "--marked",
    type=click.Path(file_okay=False, path_type=Path),
    help="有问题时，把标注过的一份放进这个目录",
)
@json_option
def import_(  # noqa: PLR0913 - options of one command
    *,
    file: Path,
    workspace: Path | None,
    since: datetime | None,
    replace: bool,
    by: str,
    why: str,
    trial: bool,
    marked: Path | None,
    as_json: bool,
) -> int:
    """从 Excel、WPS 表格或 CSV 导入学校名册

    表头、类型写中文或代码都可以，上级系统导出的表也读得出；有一处要改，就一行也不写。
    """
    from xianxue.desk.places.importing import Wanted, take  # noqa: PLC0415 - reads workbooks
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs the database

    opened = Workspace.open(workspace)
    day = since.date().isoformat() if since else ""
    try:
        done = take(opened, file, Wanted(day, replace, trial, by, why), open_ground)
    except TimeoutError as error:
        raise MisusedError(error.args[0]) from error
    made = _mark(file, done.issues, marked)
    if as_json:
        print_json(
            {
                "written": done.written,
                "schools": done.schools,
                "townships": done.townships,
                "unchanged": done.unchanged,
                "marked": [path.name for path in made],
                "issues": [issue.as_dict() for issue in done.issues],
            }
        )
        return exit_code(done.issues)
    if done.issues:
        print_issues(done.issues, as_json=False)
    for path in made:
        echo(say("有问题的格子标在 {path} 里。", path=path))
    if exit_code(done.issues):
        echo(say("没有写入。"))
        say_next(say("在表里改好，保存后再导入一次。"))
        return 1
    echo(
        say(
            "新登记学校 {schools} 所、乡镇 {townships} 个；已在名册、没有变化的 {unchanged} 行。",
            schools=done.schools,
            townships=done.townships,
            unchanged=done.unchanged,
        )
    )
    if not done.written:
        echo(say("试算通过，没有写入。"))
        return 0
    say_next(say("看一看名册：xianxue places list；再生成各校的填报模板：")
             + "xianxue returns template school_annual --all -o 模板.zip")  # fmt: skip
    return 0


@command("amend")
@workspace_option
@out.by_option("谁更正")
@option("--reason", required=True, help="为什么改")
@json_option
def amend_register(workspace: Path | None, by: str, reason: str, *, as_json: bool) -> int:
    """places.csv 里手工改正的差错：写明理由，记入日志

    名称、类型真有变动的，用 places record 登记。日志还没有记过名册的，把现在的样子记下来。
    """
    from xianxue.desk.places.importing import amend  # noqa: PLC0415 - reads workbooks
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs the database

    if not reason.strip():
        raise MisusedError(say("请用 --reason 写明为什么改"))
    opened = Workspace.open(workspace)
    try:
        codes, issues = amend(opened, open_ground, by, reason.strip())
    except TimeoutError as error:
        raise MisusedError(error.args[0]) from error
    if as_json:
        amended = [] if issues else codes
        print_json({"amended": amended, "issues": [issue.as_dict() for issue in issues]})
    elif issues:
        print_issues(issues, as_json=False)
    else:
        for code in codes:
            place = opened.register.places.get(code)
            name = place.name if place is not None else say("名册里已经没有")
            echo(say("{code}  {name}", code=code, name=name))
        echo(say("名册已记入日志，与上次不同的 {n} 处单位。", n=len(codes)))
    return int(bool(issues))


def _mark(file: Path, issues: list[Issue], folder: Path | None) -> list[Path]:
    if folder is None or not exit_code(issues):
        return []
    from xianxue.desk.returns.marked_copies import write_marked  # noqa: PLC0415 - XlsxWriter

    # The text of one sheet has no tab; in the marked copy, which is a workbook, it needs one.
    placed = [replace(each, sheet=each.sheet or _TAB) if each.cell else each for each in issues]
    return write_marked([file], placed, folder, spoken_words())
