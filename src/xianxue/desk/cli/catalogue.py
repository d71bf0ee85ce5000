"""``xianxue catalogue``: check cards."""

from __future__ import annotations

from pathlib import Path

import click

from xianxue.catalogue.load import load
from xianxue.desk.cli.output import exit_code, json_option, print_issues
from xianxue.desk.cli.spoken import Group


@click.group(cls=Group)
def catalogue() -> None:
    """规则卡片"""


@catalogue.command()
@click.argument("overlays", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path))
@json_option
def check(overlays: tuple[Path, ...], *, as_json: bool) -> int:
    """核对国家卡片和给出的本地规则目录"""
    loaded = load(*overlays)
    print_issues(loaded.issues, as_json=as_json)
    return exit_code(loaded.issues)
