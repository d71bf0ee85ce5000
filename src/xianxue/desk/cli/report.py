"""``xianxue report``: write documents in official format."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from xianxue.bureau.values.sentence import glued, joined, say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import period_option, release_option, workspace_option
from xianxue.desk.cli.spoken import Group, option
from xianxue.desk.workspace import MisusedError, Workspace


@click.group(cls=Group)
def report() -> None:
    """公文"""


@report.command()
@click.argument("outline")
@workspace_option
@period_option
@release_option
@option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="成文日期（默认：统计年份的 12 月 31 日）",
)
@option("-o", "output", required=True, help="输出", type=click.Path(dir_okay=False, path_type=Path))
def write(  # noqa: PLR0913, PLR0917 - options of one command
    outline: str,
    workspace: Path | None,
    period: str | None,
    published: str,
    on: datetime | None,
    output: Path,
) -> None:
    """按提纲写成公文，每个数都带来源标记"""
    from xianxue.desk.releases.published import river_of  # noqa: PLC0415 - needs the engine
    from xianxue.desk.targets.standing import reported  # noqa: PLC0415 - as above

    opened = Workspace.open(workspace)
    card = opened.shelf.outlines.get(outline)
    if card is None:
        known = joined("、", opened.shelf.outlines)
        message = say("没有提纲“{outline}”；现有：{known}", outline=outline, known=known)
        raise MisusedError(message)
    river = river_of(opened, opened.period(period, card.period), published)
    document = river.document(outline, on.date() if on else None, reported(river))
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_bytes(document)
    echo(say("已写成《{term}》：{output}", term=card.term, output=output))


@report.command("list")
@workspace_option
def list_outlines(workspace: Path | None) -> None:
    """列出可写的公文"""
    for name, outline in Workspace.open(workspace).shelf.outlines.items():
        echo(glued((name, "  ", outline.term)))
