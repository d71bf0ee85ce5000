"""``xianxue returns map``: which column of a table from elsewhere is which field."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import click

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.mapping import Mapping
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.values.sentence import say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import (
    exit_code,
    json_option,
    period_option,
    print_issues,
    print_json,
    workspace_option,
)
from xianxue.desk.cli.spoken import GivenFile, command, option
from xianxue.desk.workspace import MisusedError, Workspace, national_shelf

if TYPE_CHECKING:
    from xianxue.desk.returns.mapping.tables import Applied, Looked

_FILES: Final = click.argument("files", nargs=-1, required=True, type=GivenFile())


@command("map")
@_FILES
@workspace_option
@option("--sheet", default="", help="只看这张工作表")
@option("--form", default="", help="对应到哪张报表（默认：最像的一张）")
@option("--sheet-of", default="", help="只对应到报表的这一张分表")
@option("--place", default="", help="表里没有学校一列时，是哪所学校的")
@option("--set", "sets", multiple=True, help="列=项目，如 C=premises.books")
@option("--skip", "skips", multiple=True, help="不读的列，如 D 或 D,F")
@option("--unit", "units", multiple=True, help="列=单位，如 D=万元")
@option("--hidden", type=click.Choice(["read", "skip"]), help="隐藏的读不读")
@option("--yes", "rest", is_flag=True, help="其余照建议，不认识的不读")
@option("--save", is_flag=True, help="记住，下次同样的表头不再问")
@option("--apply", "applying", is_flag=True, help="写进各校的工作簿")
@option("-o", "output", type=click.Path(file_okay=False, path_type=Path), help="工作簿目录")
@period_option
@option("--as", "actor", default="本机操作员", show_default=True, help="谁确认的")
@json_option
def map_(  # noqa: PLR0913 - options of one command
    *,
    files: tuple[Path, ...],
    workspace: Path | None,
    sheet: str,
    form: str,
    sheet_of: str,
    place: str,
    sets: tuple[str, ...],
    skips: tuple[str, ...],
    units: tuple[str, ...],
    hidden: Literal["read", "skip"] | None,
    rest: bool,
    save: bool,
    applying: bool,
    output: Path | None,
    period: str | None,
    actor: str,
    as_json: bool,
) -> int:
    """外来的表：哪一列是报表的哪一项

    逐列给出建议、根据和把握；不认识的列和缺的必填项都列出来。
    在终端上逐列询问没有把握的；--save 记住，--apply 写进各校的工作簿，再照常校验、报送。
    """
    from xianxue.bureau.returns.mapping.rows_known import Known  # noqa: PLC0415 - as above
    from xianxue.desk.cli.returns.mapping_questions import ask  # noqa: PLC0415 - reads workbooks
    from xianxue.desk.returns.mapping import decisions  # noqa: PLC0415 - as above
    from xianxue.desk.returns.mapping.hidden import (  # noqa: PLC0415 - as above
        issue_of,
        unseen_of,
        without,
    )
    from xianxue.desk.returns.mapping.tables import (  # noqa: PLC0415 - as above
        Applied,
        Wanted,
        issues_of,
        look_at,
    )

    if applying != (output is not None):
        message = say("--apply 和 -o 一起用：-o 写明工作簿放在哪个目录")
        raise MisusedError(message)
    opened = _workspace(workspace, needed=save or applying)
    shelf = opened.shelf if opened else national_shelf()
    wanted = Wanted(form, sheet_of, sheet, place)
    known = None
    if opened is not None:
        day = opened.period(period).reference_day
        known = Known(opened.register.schools(day), day)
    tables, issues = look_at(files, shelf, wanted, known)
    asked = [(looked, unseen_of(looked)) for looked in tables]
    issues += [issue_of(looked, unseen, hidden) for looked, unseen in asked if unseen]
    # Before what is hidden is left out: a column that somebody names is meant, hidden or not.
    tables = decisions.decide(tables, decisions.Said(sets, skips, rest, units), shelf)
    if hidden == "skip":
        tables = [without(looked, unseen_of(looked)) for looked in tables]
    doing = save or applying
    # Only where the answers come to something; looking alone asks nobody.
    if doing and not as_json and sys.stdin.isatty():
        tables = [ask(looked, shelf) for looked in tables]
    issues += [issue for looked in tables for issue in issues_of(looked, wanted)]
    useful = [looked for looked in tables if looked.proposals.values]
    if doing:
        issues += [issue for looked in useful for issue in decisions.open_issues(looked)]
    ready = doing and all(issue.severity is not Severity.MUST_FIX for issue in issues)
    kept: list[Mapping] = []
    applied = Applied()
    # What is not decided is neither kept nor written; all of it is said first.
    if opened is not None and ready:
        if applying and output is not None:
            from xianxue.desk.returns.mapping.workbooks import apply  # noqa: PLC0415 - only where it is asked

            applied = apply(opened, useful, opened.period(period), wanted, output)
            issues += applied.issues
        kept = decisions.keep(opened, useful, actor) if save else []
    _say(tables, issues, kept, applied, shelf, as_json=as_json, brief=ready)
    return _exit(useful if doing else tables, issues)


def _workspace(folder: Path | None, *, needed: bool) -> Workspace | None:
    """Open the workspace; without one a table can still be looked at."""
    try:
        return Workspace.open(folder)
    except MisusedError:
        if needed or folder is not None:
            raise
        return None


def _say(  # noqa: PLR0913 - everything that came of it
    tables: list[Looked],
    issues: list[Issue],
    kept: list[Mapping],
    applied: Applied,
    shelf: Shelf,
    *,
    as_json: bool,
    brief: bool,
) -> None:
    from xianxue.desk.cli.returns import mapping_output as out  # noqa: PLC0415 - reads workbooks

    if as_json:
        print_json(
            {
                "tables": [out.as_data(looked, shelf) for looked in tables],
                "issues": [issue.as_dict() for issue in issues],
                "kept": [card.mapping for card in kept],
                "written": [
                    {
                        "place": each.place,
                        "name": each.name,
                        "file": each.file.name,
                        "cells": each.cells,
                    }
                    for each in applied.written
                ],
            }
        )
        return
    for looked in tables if not brief else ():
        out.tell(looked, shelf)
    if issues:
        print_issues(issues, as_json=False)
    if not brief and any(looked.proposals.values and looked.open_columns for looked in tables):
        echo(
            say(
                "还要定的列：用 --set 列=项目、--skip 列 写明，都照建议的用 --yes；要记住的加"
                " --save。"
            )
        )
    for card in kept:
        echo(
            say(
                "已记住 {term}：下次同样的表头不再问（mappings/{mapping}.yaml）。",
                term=card.term,
                mapping=card.mapping,
            )
        )
    if applied.written:
        folder = applied.written[0].file.parent
        cells = sum(each.cells for each in applied.written)
        echo(
            say(
                "已写 {n} 份工作簿、{cells} 格，放在 {folder}。",
                n=len(applied.written),
                cells=cells,
                folder=folder,
            )
        )
        # Agreeing to the rest leaves out what nobody recognised: that too is said.
        for looked in tables:
            if looked.proposals.values:
                out.tell_unread(looked)
        echo(say("下一步：xianxue returns check {folder}/*.xlsx", folder=folder))


def _exit(tables: list[Looked], issues: list[Issue]) -> int:
    """Give 1 where something is to be decided."""
    return int(any(looked.open_columns for looked in tables) or exit_code(issues))


COMMANDS: Final = (map_,)
