"""What the commands on appraisals have in common."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypedDict, TypeVar

import click

from xianxue.bureau.values.sentence import say
from xianxue.desk.cli.language import tell
from xianxue.desk.cli.output import workspace_option
from xianxue.desk.cli.returns.options import override_option, why_option
from xianxue.desk.cli.spoken import option
from xianxue.desk.workspace import MisusedError, Workspace

if TYPE_CHECKING:
    from xianxue.desk.appraisal.deeds import Desk

F = TypeVar("F", bound=Callable[..., Any])
D = TypeVar("D")

OFFICE: Final = "本机股室业务员"
LEADER: Final = "本机分管领导"
# Without accounts a name is taken on trust; each part has its own, for two parts are never one's.

_NUMBER: Final = re.compile(r"[+-]?\d{1,12}(\.\d{1,6})?")

period_option = option("--period", help="时期，如 2025（默认：卡片写的那种时期，当前这一个）")


def ready(workspace: Path | None) -> Workspace:
    """Open a workspace with its database: what appraisals are read with needs it."""
    opened = Workspace.open(workspace)
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs Django

    open_ground(opened)
    return opened


class By(TypedDict):
    """Who does a deed, as the options say: the period, the name, the role, why, and where."""

    period: str | None
    by: str
    role: str
    own: str
    why: str
    override: str | None
    workspace: Path | None


def desk_of(rubric: str, who: By) -> Desk:
    """Open one appraisal."""
    opened = ready(who["workspace"])
    from xianxue.desk.appraisal.deeds import Desk  # noqa: PLC0415 - needs Django

    return Desk.at(opened, rubric, who["period"])


def prepared(desk: Desk, deed: Callable[..., D], who: By) -> D:
    """Prepare a deed of whoever the options name."""
    return desk.do(
        deed,
        who["by"],
        who["role"],
        own=who["own"],
        why=who["why"],
        override=who["override"],
    )


def by_options(name: str, role: str) -> Callable[[F], F]:
    """Add who does it: ``--as``, ``--role``, ``--of``, ``--why``, ``--override``, and where."""

    def add(command: F) -> F:
        for each in (
            workspace_option,
            override_option,
            why_option,
            option("--of", "own", default="", help="经办人所在单位的代码"),
            option("--role", default=role, show_default=True, help="角色"),
            option("--as", "by", default=name, show_default=True, help="经办人"),
            period_option,
        ):
            command = each(command)
        return command

    return add


class Number(click.ParamType):
    """An exact number, as it is typed: 8.5."""

    name = "number"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Fraction:
        """Read it; nothing is rounded."""
        if isinstance(value, Fraction):
            return value
        # Written out, for 1e999999999 would be worked out digit by digit.
        if not _NUMBER.fullmatch(said := str(value).strip()):
            return self.fail(tell(say("“{value}”不是数", value=said)), param, ctx)
        return Fraction(said)


def pairs(said: tuple[str, ...], how: str) -> dict[str, str]:
    """Read ``KEY=VALUE`` words; MisusedError for one that is not so written."""
    found: dict[str, str] = {}
    for one in said:
        key, equals, value = one.partition("=")
        if not equals or not key.strip() or not value.strip():
            raise MisusedError(say("“{said}”写法不对：{how}", said=one, how=how))
        found[key.strip()] = value.strip()
    return found
