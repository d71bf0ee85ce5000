"""``xianxue accounts``: who may sign in, as what, and with what."""

from __future__ import annotations

import click

from xianxue.desk.cli.accounts import credentials, keys, people
from xianxue.desk.cli.command_order import InOrder


@click.group(cls=InOrder)
def accounts() -> None:
    """账号：建账号、任职、移交、停用、令牌"""


for one in (*people.COMMANDS, *credentials.COMMANDS, *keys.COMMANDS):
    accounts.add_command(one)
