"""The page of commands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import click

from pages.words import page
from xianxue.desk.cli import cli

WIDTH: Final = 100
CODES: Final = """退出码：0 正常，1 有问题要处理，2 命令用错了。
带 `--json` 的命令输出 JSON，供其他程序使用。"""


def commands(command: click.Command, above: click.Context | None = None) -> Iterator[click.Context]:
    """Go through a command and all below it, in their order."""
    name = "xianxue" if above is None else (command.name or "")
    context = click.Context(command, above, name, terminal_width=WIDTH, max_content_width=WIDTH)
    yield context
    if isinstance(command, click.Group):
        for each in command.list_commands(context):
            below = command.get_command(context, each)
            if below is not None:
                yield from commands(below, context)


def commands_page() -> str:
    """Every command's help, as the terminal shows it."""
    parts: list[str] = []
    for context in commands(cli):
        context.help_option_names = ["-h", "--help"]
        said = "\n".join(line.rstrip() for line in context.get_help().splitlines())
        parts.append(f"## {context.command_path}\n\n```text\n{said}\n```")
    return page("命令", CODES, *parts)
