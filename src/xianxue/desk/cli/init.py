"""``xianxue init``: a new workspace."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

import click

from xianxue.bureau.values.sentence import say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import say_next
from xianxue.desk.cli.spoken import command, option
from xianxue.desk.stores import roster
from xianxue.desk.stores.examples import Example, example_names
from xianxue.desk.stores.settings_file import NAME, Settings, write_settings
from xianxue.desk.workspace import MisusedError

_TEMPLATES: Final = "xianxue returns template school_annual --all -o 模板.zip"


@command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@option("--county", default="", help="县级区划代码，6 位")
@option("--period", default="2025-2026", show_default=True, help="时期")
@option("--example", type=click.Choice(example_names()), help="从示例县建立")
def init(folder: Path, county: str, period: str, example: str | None) -> None:
    """新建工作目录：设置和学校名册"""
    if (folder / NAME).exists():
        message = say("{folder} 里已经有 {file}，没有改动任何文件", folder=folder, file=NAME)
        raise MisusedError(message)
    if example is None and not county:
        message = say("请用 --county 写明县级区划代码，或用 --example 选一个示例县")
        raise MisusedError(message)
    folder.mkdir(parents=True, exist_ok=True)
    if example is not None:
        lay_out_example(folder, Example.open(example))
        echo(
            say(
                "已按示例县建好 {folder}；学校名册 {file} 已经填好。",
                folder=folder,
                file=roster.NAME,
            )
        )
        first = ""
    else:
        lines = [",".join(roster.COLUMNS), f"{county},本县,county" + "," * 9]
        (folder / roster.NAME).write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
        write_settings(folder / NAME, Settings(county=county, period=period))
        echo(say("已建好 {folder}。", folder=folder))
        first = say("在 {file} 里登记学校，每校一行；再", file=folder / roster.NAME)
    made = say(
        "生成各校的填报模板：{command} --workspace {folder}", command=_TEMPLATES, folder=folder
    )
    say_next(first + made if first else made)


def lay_out_example(folder: Path, example: Example) -> None:
    """Put an example's settings, register and overlay into a folder."""
    shutil.copyfile(example.folder / roster.NAME, folder / roster.NAME)
    for overlay in example.settings.overlays:
        shutil.copytree(example.folder / overlay, folder / overlay, dirs_exist_ok=True)
    write_settings(folder / NAME, example.settings)
