"""What the commands on accounts have in common."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.cli.returns.options import Day, person
from xianxue.desk.cli.spoken import option
from xianxue.desk.stores import clock
from xianxue.desk.workspace import Workspace

if TYPE_CHECKING:
    from xianxue.desk.actions.context import Ground

F = TypeVar("F", bound=Callable[..., Any])

OPERATOR: Final = "本机操作员"

login_argument = click.argument("login", metavar="LOGIN")


def by_option(command: F) -> F:
    """Add ``--as``."""
    return option("--as", "by", default=OPERATOR, show_default=True, help="谁办理")(command)


def part_options(command: F) -> F:
    """Add ``--role`` and ``--of``: which part, and where."""
    for each in (
        option("--of", "own", default="", help="单位代码或股室编号，管全县的不写"),
        option("--role", required=True, help="角色，如 school_clerk"),
    ):
        command = each(command)
    return command


def dated_options(command: F) -> F:
    """Add ``--from`` and ``--until``."""
    for each in (
        option("--until", "last", type=Day(), help="任期到哪天止，含当天（默认：未定）"),
        option("--from", "first", type=Day(), help="任期从哪天起（默认今天）"),
    ):
        command = each(command)
    return command


def passwords_option(command: F) -> F:
    """Add ``--passwords``."""
    return option(
        "--passwords",
        type=click.Path(dir_okay=False, path_type=Path),
        help="临时密码写到这个新文件，只有本人能读（默认：显示一次）",
    )(command)


def opened_ground(folder: Path | None) -> Ground:
    """Open the workspace and its database."""
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs Django

    return open_ground(Workspace.open(folder))


def managing(ground: Ground, by: str, why: str) -> tuple[Ground, Actor, datetime, str]:
    """Give what a deed on accounts is done with.

    Without accounts, and beside practice accounts, the operator acts as the role that the policy
    lets manage them; whoever has an account acts in its own.
    """
    from xianxue.desk.actions.accounts.managing import MANAGE  # noqa: PLC0415 - needs Django

    role = next(iter(ground.policy.granted(MANAGE)), "")
    return ground, person(ground, by, role, ""), clock.now(), why
