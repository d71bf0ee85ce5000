"""``xianxue journal``: read the journal of deeds, and prove that nobody has touched it."""

from __future__ import annotations

from pathlib import Path

import click

from xianxue.desk.cli.output import (
    json_option,
    print_issues,
    print_json,
    workspace_option,
)
from xianxue.desk.cli.spoken import Group, option
from xianxue.desk.workspace import MisusedError, Workspace


@click.group(cls=Group)
def journal() -> None:
    """日志"""


@journal.command()
@workspace_option
@option("--place", default="", help="只看这个单位的")
@json_option
def show(workspace: Path | None, place: str, *, as_json: bool) -> None:
    """谁、何时、在哪里、办了什么、为什么"""
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs Django

    ground = open_ground(Workspace.open(workspace))
    from xianxue.desk.journal import verification as kept  # noqa: PLC0415 - needs Django set up first

    found = list(kept.lines(place))
    if as_json:
        print_json(
            [
                {
                    "number": line.number,
                    "at": line.at.isoformat(),
                    "actor": line.actor,
                    "deed": line.deed,
                    "subject": line.subject,
                    "detail": line.detail,
                    "why": line.why,
                    "previous": line.previous,
                    "digest": line.digest,
                }
                for line in found
            ]
        )
        return
    for line in found:
        click.echo(kept.sentence(line, ground))
    click.echo(f"共 {len(found)} 行。")


@journal.command()
@workspace_option
@option("--against", default="", help="另存的 行数:摘要")
@json_option
def verify(workspace: Path | None, against: str, *, as_json: bool) -> int:
    """查日志有没有被改动、删去、调换"""
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs Django

    open_ground(Workspace.open(workspace))
    from xianxue.desk.journal import verification as kept  # noqa: PLC0415 - needs Django set up first

    try:
        found = kept.verify(against)
    except ValueError as error:
        raise MisusedError(str(error)) from error
    if as_json:
        print_json(
            {
                "lines": found.lines,
                "digest": found.digest,
                "whole": not found.issues,
                "issues": [issue.as_dict() for issue in found.issues],
                "limits": kept.LIMITS,
            }
        )
    elif found.issues:
        print_issues(found.issues, as_json=False)
        click.echo(f"从头到第 {found.lines} 行完好。")
    else:
        click.echo(f"日志完好：{found.lines} 行，一行接一行，没有改动、缺失或调换。")
        click.echo(kept.LIMITS)
    return int(bool(found.issues))


@journal.command()
@workspace_option
@json_option
def head(workspace: Path | None, *, as_json: bool) -> None:
    """打印行数和末行摘要，抄存在别处"""
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs Django

    open_ground(Workspace.open(workspace))
    from xianxue.desk.journal import verification as kept  # noqa: PLC0415 - needs Django set up first

    lines, digest = kept.head()
    if as_json:
        print_json({"lines": lines, "digest": digest})
    else:
        click.echo(f"{lines}:{digest}")
