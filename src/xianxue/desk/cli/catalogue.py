"""``xianxue catalogue``: check cards, and look up codes."""

from __future__ import annotations

from pathlib import Path

import click

from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.values.sentence import joined, say
from xianxue.catalogue.load import load
from xianxue.desk.cli.catalogue_diff import diff
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import (
    exit_code,
    json_option,
    print_issues,
    print_json,
    print_table,
    say_next,
    workspace_option,
)
from xianxue.desk.cli.spoken import Group
from xianxue.desk.workspace import MisusedError, Workspace, national_shelf


@click.group(cls=Group)
def catalogue() -> None:
    """规则卡片"""


catalogue.add_command(diff)


@catalogue.command()
@click.argument("overlays", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path))
@json_option
def check(overlays: tuple[Path, ...], *, as_json: bool) -> int:
    """核对国家卡片和给出的本地规则目录"""
    loaded = load(*overlays)
    print_issues(loaded.issues, as_json=as_json)
    return exit_code(loaded.issues)


@catalogue.command()
@click.argument("name", default="")
@workspace_option
@json_option
def codes(name: str, workspace: Path | None, *, as_json: bool) -> None:
    """代码表：有哪些，每张里的名称和代码

    不写表名的，列出全部代码表；表名写编号或名称，如 school_types、办学类型。
    """
    shelf = _shelf(workspace)
    if not name:
        _list_codes(shelf, as_json=as_json)
        return
    found = _list_named(shelf, name)
    if as_json:
        print_json(_as_dict(found))
        return
    columns = (say("代码"), say("名称"), say("学段"), say("也写作"), say("说明"))
    rows = [
        (
            entry.code,
            entry.term,
            joined("、", (stage.term for stage in entry.stages or filter(None, [entry.stage]))),
            joined("、", entry.also),
            entry.note,
        )
        for entry in found.entries
    ]
    # What no entry has is no column.
    kept = [at for at in range(len(columns)) if at < 2 or any(row[at] for row in rows)]
    print_table(
        found.term, [columns[at] for at in kept], [[row[at] for at in kept] for row in rows]
    )
    echo(say("依据：{source}", source=shelf.cite(found.source.citation)))


def _shelf(workspace: Path | None) -> Shelf:
    """Give the workspace's cards; outside of one those that come with the program."""
    try:
        return Workspace.open(workspace).shelf
    except MisusedError:
        if workspace is not None:
            raise
        return national_shelf()


def _list_codes(shelf: Shelf, *, as_json: bool) -> None:
    lists = shelf.codes.values()
    if as_json:
        print_json([_as_dict(each) for each in lists])
        return
    rows = [(each.codes, each.term, str(len(each.entries))) for each in lists]
    print_table("", (say("编号"), say("名称"), say("项数")), rows)
    say_next(say("看一张：xianxue catalogue codes 编号"))


def _list_named(shelf: Shelf, name: str) -> CodeList:
    for each in shelf.codes.values():
        if name in {each.codes, str(each.term)}:
            return each
    known = joined(
        "、", (say("{term}（{id}）", term=one.term, id=one.codes) for one in shelf.codes.values())
    )
    message = say("没有代码表“{name}”；现有：{known}", name=name, known=known)
    raise MisusedError(message)


def _as_dict(listed: CodeList) -> dict[str, object]:
    return {
        "codes": listed.codes,
        "term": listed.term,
        "entries": [
            {
                "code": entry.code,
                "term": entry.term,
                "stages": [stage.value for stage in entry.stages or filter(None, [entry.stage])],
                "also": entry.also,
                "note": entry.note,
            }
            for entry in listed.entries
        ],
    }
