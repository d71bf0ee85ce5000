"""Passwords, second factors, and accounts in and out of use."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.cli.accounts.options import (
    OPERATOR,
    by_option,
    login_argument,
    managing,
    opened_ground,
    passwords_option,
)
from xianxue.desk.cli.language import echo, tell
from xianxue.desk.cli.output import workspace_option
from xianxue.desk.cli.returns.options import why_option
from xianxue.desk.cli.spoken import command, option
from xianxue.desk.stores import clock, machine
from xianxue.desk.stores.secret_files import for_owner_alone
from xianxue.desk.workspace import ComplaintsError, MisusedError

if TYPE_CHECKING:
    from xianxue.desk.actions.context import Ground


def _hidden(question: str) -> str:
    """Ask for what nobody looks at while it is typed."""
    # click's own getter of hidden input; the question is told in the reader's language.
    said: str = click.prompt(tell(question), hide_input=True, default="", show_default=False)
    return said


def oneself(ground: Ground, login: str) -> tuple[Actor, str]:
    """Ask for somebody's password, and code where they have one; give the actor and the password.

    ComplaintsError where they are wrong: failures are counted as at the pages.
    """
    from xianxue.desk.accounts.people import one_person  # noqa: PLC0415 - needs Django set up first
    from xianxue.desk.accounts.signing_in import Shown, identify  # noqa: PLC0415 - as above
    from xianxue.desk.actions.accounts.managing import (  # noqa: PLC0415 - as above
        account_of,
        own_actor,
    )

    password = _hidden(say("密码"))
    known = one_person(login)
    code = _hidden(say("动态验证码")) if known is not None and known.has_code else ""
    found = identify(ground.gate, Shown(login, password, code), machine.here(), clock.now())
    if isinstance(found, Issue):
        raise ComplaintsError([found])
    return own_actor(account_of(login), machine.here(), clock.now()), password


@command()
@login_argument
@workspace_option
def password(login: str, workspace: Path | None) -> None:
    """修改自己的密码：先问现在的，再问两遍新的"""
    ground = opened_ground(workspace)
    from xianxue.desk.actions.accounts.passwords import ChangePassword  # noqa: PLC0415 - Django

    actor, old = oneself(ground, login)
    new = _hidden(say("新密码"))
    if _hidden(say("再输一遍新密码")) != new:
        raise MisusedError(say("两遍新密码不一样，没有改"))
    ChangePassword(ground, actor, clock.now())(login, old, new)
    echo(say("密码已改，其他地方的登录都已退出。"))


@command("code")
@login_argument
@workspace_option
def set_up_code(login: str, workspace: Path | None) -> None:
    """为自己启用动态验证码：密钥抄进手机应用，再输入它显示的 6 位数字"""
    ground = opened_ground(workspace)
    from xianxue.desk.accounts.codes import address_of  # noqa: PLC0415 - loads its library
    from xianxue.desk.actions.accounts.second_factor import (  # noqa: PLC0415 - needs Django
        ConfirmCode,
        EnrolCode,
    )

    actor, _ = oneself(ground, login)
    secret = EnrolCode(ground, actor, clock.now())(login)
    echo(say("密钥：{secret}", secret=secret))
    echo(address_of(secret, login))
    ConfirmCode(ground, actor, clock.now())(login, _hidden(say("手机应用里的 6 位数字")))
    echo(say("已启用，以后登录要动态验证码。"))


@command("drop-code")
@login_argument
@workspace_option
@by_option
@why_option
def drop_code(login: str, workspace: Path | None, by: str, why: str) -> None:
    """停用一个人的动态验证码（手机丢了、换了）"""
    ground = opened_ground(workspace)
    from xianxue.desk.actions.accounts.second_factor import DropCode  # noqa: PLC0415 - Django

    DropCode(*managing(ground, by, why))(login)
    echo(say("已停用；角色需要的，下次登录时重新启用。"))


@command()
@login_argument
@workspace_option
@passwords_option
@by_option
@why_option
def reset(login: str, workspace: Path | None, passwords: Path | None, by: str, why: str) -> None:
    """重设密码：原来的登录和令牌立刻失效，临时密码只显示这一次"""
    ground = opened_ground(workspace)
    from xianxue.desk.actions.accounts.passwords import ResetPassword  # noqa: PLC0415 - Django

    _new_password(ResetPassword(*managing(ground, by, why)), login, passwords)


@command()
@login_argument
@workspace_option
@passwords_option
@option("--why", default="", help="为什么要在机器上解救，必写")
def rescue(login: str, workspace: Path | None, passwords: Path | None, why: str) -> None:
    """系统管理员都进不来了：在这台机器上给其中一位换密码、停用动态验证码

    不要令牌，因为能改写工作目录的人本来就能改；这件事单独记在日志里。
    """
    ground = opened_ground(workspace)
    from xianxue.desk.actions.accounts.rescue import Rescue  # noqa: PLC0415 - needs Django

    actor = Actor(OPERATOR, "", where=machine.here())
    _new_password(Rescue(ground, actor, clock.now(), why), login, passwords)


def _new_password(deed: Callable[[str], str], login: str, passwords: Path | None) -> None:
    """Do a deed that gives a new password, and tell it once: on the screen or in a new file."""
    try:
        with for_owner_alone(passwords) if passwords else nullcontext(None) as write:
            new = deed(login)
            if write is not None:
                write(f"{login}\t{new}\n")
    except FileExistsError as error:
        message = say("{file} 已经存在，没有覆盖；请换一个文件名", file=passwords)
        raise MisusedError(message) from error
    if passwords is None:
        echo(say("{login} 的临时密码：{password}", login=login, password=new))
        echo(say("只显示这一次，请当面交给本人；第一次登录时要改。"))
    else:
        echo(say("临时密码写在 {file}，请分别交给本人，然后删掉。", file=passwords))


@command()
@login_argument
@workspace_option
@by_option
@why_option
def disable(login: str, workspace: Path | None, by: str, why: str) -> None:
    """停用账号；还有任职的，先移交或免去"""
    ground = opened_ground(workspace)
    from xianxue.desk.actions.accounts.disable import Disable  # noqa: PLC0415 - needs Django

    row = Disable(*managing(ground, by, why))(login)
    echo(say("{name}的账号已停用。", name=row.name))


@command()
@login_argument
@workspace_option
@by_option
@why_option
def enable(login: str, workspace: Path | None, by: str, why: str) -> None:
    """启用停用了的账号；任职要另办"""
    ground = opened_ground(workspace)
    from xianxue.desk.actions.accounts.disable import Enable  # noqa: PLC0415 - needs Django

    row = Enable(*managing(ground, by, why))(login)
    echo(say("{name}的账号已启用。", name=row.name))
    say_appoint = say("再任职：xianxue accounts appoint {login} --role 角色", login=login)
    echo(say_appoint)


COMMANDS: Final = (password, set_up_code, drop_code, reset, disable, enable, rescue)
"""What ``xianxue accounts`` takes over from here."""
