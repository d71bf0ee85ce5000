"""Tokens and sessions: what opens this workspace beside a password."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.cli.accounts.credentials import oneself
from xianxue.desk.cli.accounts.options import by_option, managing, opened_ground
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import json_option, print_json, print_table, workspace_option
from xianxue.desk.cli.returns.options import why_option
from xianxue.desk.cli.spoken import Group, option
from xianxue.desk.stores import clock
from xianxue.desk.stores.secret_files import for_owner_alone
from xianxue.desk.workspace import MisusedError


@click.group(cls=Group)
def token() -> None:
    """令牌：命令行和程序用它代替密码"""


@token.command()
@workspace_option
@option("--as", "login", required=True, metavar="LOGIN", help="自己的登录名")
@option("--name", required=True, help="做什么用，如“办公室电脑的命令行”")
@option("--deed", "deeds", multiple=True, help="只许办这件事，如 returns.submit；可以写几次")
@option("--days", type=int, help="有效多少天（默认：允许的最长天数）")
@option(
    "--token-file",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="令牌写到这个新文件，只有本人能读（默认：显示一次）",
)
def issue(  # noqa: PLR0913 - options of one command
    *,
    workspace: Path | None,
    login: str,
    name: str,
    deeds: tuple[str, ...],
    days: int | None,
    file: Path | None,
) -> None:
    """为自己领取令牌，先问密码；只显示这一次"""
    ground = opened_ground(workspace)
    from xianxue.desk.actions.accounts.keys import IssueToken  # noqa: PLC0415 - needs Django

    actor, _ = oneself(ground, login)
    deed = IssueToken(ground, actor, clock.now())
    if file is None:
        echo(deed(login, name, deeds, days))
        return
    try:
        with for_owner_alone(file) as write:
            write(deed(login, name, deeds, days) + "\n")
    except FileExistsError as error:
        message = say("{file} 已经存在，没有覆盖；请换一个文件名", file=file)
        raise MisusedError(message) from error
    echo(say("令牌写在 {file}；办事前：export XIANXUE_TOKEN_FILE={file}", file=file))


@token.command("list")
@workspace_option
@option("--login", default="", help="只看这个登录名的")
@json_option
def list_tokens(workspace: Path | None, login: str, *, as_json: bool) -> None:
    """列出令牌，不显示令牌本身"""
    ground = opened_ground(workspace)
    del ground
    from xianxue.desk.accounts.tokens import tokens_of  # noqa: PLC0415 - needs Django set up first
    from xianxue.desk.actions.accounts.managing import account_of  # noqa: PLC0415 - as above

    found = tokens_of(account_of(login).pk if login else None)
    if as_json:
        print_json(
            [
                {
                    "id": one.id,
                    "login": one.login,
                    "name": one.name,
                    "deeds": list(one.deeds),
                    "expires": one.expires_at.isoformat(),
                    "revoked": one.revoked_at is not None,
                    "last_used": one.last_used_at.isoformat() if one.last_used_at else None,
                }
                for one in found
            ]
        )
        return
    rows = [
        (
            str(one.id),
            one.login,
            one.name,
            joined("、", one.deeds) if one.deeds else say("本人能办的都可以"),
            say("已作废") if one.revoked_at else clock.minute_of(one.expires_at),
            clock.minute_of(one.last_used_at) if one.last_used_at else say("还没有用过"),
        )
        for one in found
    ]
    columns = (say("编号"), say("登录名"), say("用途"), say("事项"), say("到期"), say("最近使用"))
    print_table("", columns, rows)


@token.command()
@click.argument("number", type=int)
@workspace_option
@by_option
@why_option
def revoke(number: int, workspace: Path | None, by: str, why: str) -> None:
    """作废一个令牌，编号见 token list"""
    ground = opened_ground(workspace)
    from xianxue.desk.actions.accounts.keys import RevokeToken  # noqa: PLC0415 - needs Django

    RevokeToken(*managing(ground, by, why))(number)
    echo(say("令牌已作废。"))


@click.group(cls=Group)
def sessions() -> None:
    """谁登录着，从哪里；让一次登录退出"""


@sessions.command("list")
@workspace_option
@option("--login", default="", help="只看这个登录名的")
@option("--all", "everyone", is_flag=True, help="已经退出的也列出")
@json_option
def list_sessions(workspace: Path | None, login: str, *, everyone: bool, as_json: bool) -> None:
    """列出登录"""
    ground = opened_ground(workspace)
    from xianxue.desk.accounts.sessions import sessions_of  # noqa: PLC0415 - needs Django
    from xianxue.desk.actions.accounts.managing import account_of  # noqa: PLC0415 - as above

    whose = account_of(login).pk if login else None
    found = [
        one for one in sessions_of(ground.gate, whose, clock.now()) if everyone or not one.over
    ]
    if as_json:
        print_json(
            [
                {
                    "id": one.id,
                    "login": one.login,
                    "name": one.name,
                    "role": one.role,
                    "since": one.created_at.isoformat(),
                    "seen": one.seen_at.isoformat(),
                    "where": one.where,
                    "agent": one.agent,
                    "over": one.over,
                }
                for one in found
            ]
        )
        return
    rows = [
        (
            str(one.id),
            say("{name}（{login}）", name=one.name, login=one.login),
            clock.minute_of(one.created_at),
            clock.minute_of(one.seen_at),
            one.where,
            say("已退出") if one.over else say("登录着"),
        )
        for one in found
    ]
    columns = (say("编号"), say("谁"), say("登录"), say("最近"), say("从哪里"), say("状况"))
    print_table("", columns, rows)


@sessions.command("end")
@click.argument("number", type=int)
@workspace_option
@by_option
@why_option
def end_session(number: int, workspace: Path | None, by: str, why: str) -> None:
    """让一次登录立刻退出，编号见 sessions list"""
    ground = opened_ground(workspace)
    from xianxue.desk.actions.accounts.keys import RevokeSession  # noqa: PLC0415 - needs Django

    RevokeSession(*managing(ground, by, why))(number)
    echo(say("已让它退出。"))


COMMANDS: Final = (token, sessions)
"""What ``xianxue accounts`` takes over from here."""
