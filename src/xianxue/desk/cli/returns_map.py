"""``xianxue returns map``: which column of a table from elsewhere is which field."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from xianxue.bureau.issues.issue import Issue
from xianxue.catalogue.load import load
from xianxue.desk.cli import returns_map_out as out
from xianxue.desk.cli.speak import (
    exit_code,
    json_option,
    print_issues,
    print_json,
    workspace_option,
)
from xianxue.desk.mapping import Looked, Wanted, issues_of, look_at
from xianxue.desk.workspace import MisusedError, Workspace

_FILES: Final = click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)


@click.command("map")
@_FILES
@workspace_option
@click.option("--sheet", default="", help="只看这张工作表 · Only this tab.")
@click.option("--form", default="", help="对应到哪张报表（默认：最像的一张）· The form.")
@click.option("--sheet-of", default="", help="只对应到报表的这一张分表 · The form's sheet.")
@click.option("--place", default="", help="表里没有学校一列时，是哪所学校的 · Whose it is.")
@json_option
def map_(  # noqa: PLR0913 - options of one command
    *,
    files: tuple[Path, ...],
    workspace: Path | None,
    sheet: str,
    form: str,
    sheet_of: str,
    place: str,
    as_json: bool,
) -> int:
    """外来的表：哪一列是报表的哪一项 · Map a table nobody here made to a form.

    逐列给出建议、根据和把握；不认识的列和缺的必填项都列出来。
    """
    try:
        opened = Workspace.open(workspace)
    except MisusedError:
        if workspace is not None:
            raise
        shelf = load().shelf
    else:
        shelf = opened.shelf
    wanted = Wanted(form, sheet_of, sheet, place)
    tables, issues = look_at(files, shelf, wanted)
    issues += [issue for looked in tables for issue in issues_of(looked, wanted)]
    if as_json:
        print_json(
            {
                "tables": [out.as_data(looked, shelf) for looked in tables],
                "issues": [issue.as_dict() for issue in issues],
            }
        )
    else:
        for looked in tables:
            out.tell(looked, shelf)
        print_issues(issues, as_json=False)
    return _exit(tables, issues)


def _exit(tables: list[Looked], issues: list[Issue]) -> int:
    """Give 1 where something is to be decided."""
    return int(any(looked.open_columns for looked in tables) or exit_code(issues))


COMMANDS: Final = (map_,)
