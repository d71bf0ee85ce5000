"""``xianxue returns``: templates out, workbooks in."""

from __future__ import annotations

from pathlib import Path

import click

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.form import Form
from xianxue.bureau.places.place import Place
from xianxue.bureau.values.periods import Period
from xianxue.catalogue.load import load
from xianxue.desk.cli import returns_explain, returns_time, returns_way
from xianxue.desk.cli.speak import (
    exit_code,
    json_option,
    period_option,
    print_issues,
    print_json,
    print_table,
    workspace_option,
)
from xianxue.desk.intake import read_and_check
from xianxue.desk.workspace import ComplaintsError, MisusedError, Workspace

_FILES = click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)


@click.group()
def returns() -> None:
    """报表 · Returns."""


@returns.command()
@click.argument("form")
@workspace_option
@period_option
@click.option("--place", help="学校代码（县级报表可省略）· The school's code.")
@click.option("--all", "everyone", is_flag=True, help="每校一份，-o 为目录 · One for every school.")
@click.option("-o", "output", required=True, type=click.Path(path_type=Path), help="输出 · Output.")
def template(  # noqa: PLR0913 - options of one command
    form: str,
    workspace: Path | None,
    period: str | None,
    place: str | None,
    output: Path,
    *,
    everyone: bool,
) -> None:
    """生成填报模板 · Make the workbook a school fills in."""
    from xianxue.bureau.returns.workbook_out import write_workbook  # noqa: PLC0415 - XlsxWriter

    opened = Workspace.open(workspace)
    asked_form = _form(opened, form)
    when = opened.period(period)
    places = _places(opened, asked_form, when, place, everyone=everyone)
    for each in places:
        path = output / file_name(asked_form, each, when) if everyone else output
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(write_workbook(asked_form, each, when, opened.shelf.codes))
    click.echo(f"已生成 {len(places)} 份《{asked_form.term}》：{output}")


@returns.command()
@_FILES
@workspace_option
@click.option(
    "--marked",
    type=click.Path(file_okay=False, path_type=Path),
    help="有问题的报表另存为〔原名〕_校验.xlsx，写到这个目录 · Marked copies into a folder.",
)
@json_option
def check(
    files: tuple[Path, ...], workspace: Path | None, marked: Path | None, *, as_json: bool
) -> int:
    """校验填好的报表，一次列出全部问题 · Check workbooks; every problem in one pass.

    学校自己的电脑上没有工作目录也能校验，只是不核对学校名册。
    """
    try:
        opened = Workspace.open(workspace)
    except MisusedError:
        if workspace is not None:
            raise
        shelf, register = load().shelf, None
    else:
        shelf, register = opened.shelf, opened.register
    issues = read_and_check(files, shelf, register).issues
    print_issues(issues, as_json=as_json)
    if marked is not None:
        from xianxue.desk.marking import write_marked  # noqa: PLC0415 - XlsxWriter

        made = write_marked(files, issues, marked)
        said = f"已标注 {len(made)} 份，写在 {marked}。" if made else "没有需要标注的报表。"
        click.echo(said, err=as_json)
    return exit_code(issues)


@returns.command()
@_FILES
@workspace_option
@click.option(
    "--as", "actor", default="本机操作员", show_default=True, help="谁在收取 · The actor."
)
@click.option("--why", default="", help="说明 · The reason.")
@json_option
def accept(
    files: tuple[Path, ...], workspace: Path | None, actor: str, why: str, *, as_json: bool
) -> int:
    """收取没有逻辑错误的报表 · Accept workbooks that have nothing left to fix."""
    from xianxue.desk.acceptance import accept_files  # noqa: PLC0415 - needs the engine

    outcome = accept_files(Workspace.open(workspace), files, actor=actor, why=why)
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
        print_issues(outcome.issues, as_json=False)
        fresh = sum(not each.unchanged for each in outcome.accepted)
        same = len(outcome.accepted) - fresh
        said = f"收下 {fresh} 份"
        if same:
            said += f"，另有 {same} 份与上次收下的相同，没有改动"
        refused = len(files) - len(outcome.accepted)
        click.echo(said + (f"；{refused} 份没有收。" if refused else "。"))
    return int(any(issue.severity is Severity.MUST_FIX for issue in outcome.issues))


@returns.command()
@workspace_option
@period_option
@json_option
def status(workspace: Path | None, period: str | None, *, as_json: bool) -> None:
    """各校报送情况 · Who has filed and who has not."""
    from xianxue.desk.acceptance import open_ground  # noqa: PLC0415 - needs the engine
    from xianxue.desk.progress import progress_of  # noqa: PLC0415 - as above
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
    filed = sum(not each.waiting for _, each in lines)
    accepted = sum(each.accepted > 0 for _, each in lines)
    click.echo(f"{when.term}：已报 {filed}/{len(lines)}，已通过 {accepted}/{len(lines)}")
    open_ones = [(f.term, p.place, p.name, p.term) for f, p in lines if not p.accepted]
    if open_ones:
        print_table("尚未通过", ("报表", "代码", "名称", "状态"), open_ones)


for _command in (*returns_way.COMMANDS, *returns_time.COMMANDS, *returns_explain.COMMANDS):
    returns.add_command(_command)


def file_name(form: Form, place: Place, period: Period) -> str:
    """Name a workbook so that it sorts by school and says what it is."""
    return f"{place.code}_{place.name}_{form.term}_{period.code}.xlsx"


def _form(workspace: Workspace, name: str) -> Form:
    form = workspace.shelf.forms.get(name)
    if form is None:
        known = "、".join(workspace.shelf.forms)
        message = f"没有报表“{name}”；现有：{known}"
        raise MisusedError(message)
    return form


def _places(
    workspace: Workspace, form: Form, period: Period, code: str | None, *, everyone: bool
) -> list[Place]:
    if form.filed_by == "county":
        return [workspace.register.county]
    schools = workspace.register.schools(period.reference_day)
    if everyone:
        return schools
    if code is None:
        message = "请用 --place 写明学校代码，或用 --all 为每校生成一份"
        raise MisusedError(message)
    found = [school for school in schools if school.code == code]
    if not found:
        raise ComplaintsError(
            [
                Issue(
                    code="W-PLACE",
                    severity=Severity.MUST_FIX,
                    saw=f"名册里没有在办学校 {code}",
                    required="places.csv 中当期在办学校的代码",
                    place=code,
                )
            ]
        )
    return found
