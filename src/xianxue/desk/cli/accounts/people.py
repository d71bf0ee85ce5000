"""Listing accounts, making them, and giving and ending parts."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.sentence import say
from xianxue.desk.cli.accounts.options import (
    by_option,
    dated_options,
    login_argument,
    managing,
    opened_ground,
    part_options,
    passwords_option,
)
from xianxue.desk.cli.accounts.output import (
    passwords_text,
    person_dict,
    print_people,
    tell_passwords,
)
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import json_option, print_json, say_next, workspace_option
from xianxue.desk.cli.returns.options import Day, why_option
from xianxue.desk.cli.spoken import GivenFile, command, option
from xianxue.desk.stores import clock
from xianxue.desk.stores.secret_files import for_owner_alone
from xianxue.desk.workspace import MisusedError

if TYPE_CHECKING:
    from xianxue.desk.accounts.listed import Listed
    from xianxue.desk.actions.accounts.create import CreateAccounts, Made


@command("list")
@workspace_option
@option("--find", default="", help="登录名或姓名里的字")
@option("--place", help="只看这个单位的")
@option("--on", type=Day(), help="哪一天在任的（默认今天）")
@json_option
def list_accounts(
    workspace: Path | None, find: str, place: str | None, on: date | None, *, as_json: bool
) -> None:
    """列出账号和在任的职务"""
    ground = opened_ground(workspace)
    from xianxue.desk.accounts.people import people  # noqa: PLC0415 - needs Django set up first

    found = people(on or clock.day_of(clock.now()), find, place)
    if as_json:
        print_json([person_dict(one) for one in found])
        return
    print_people(ground, found)
    echo(say("共 {n} 个账号。", n=len(found)))


@command()
@login_argument
@workspace_option
@option("--name", required=True, help="姓名，日志里就这样写")
@part_options
@dated_options
@passwords_option
@by_option
@why_option
@json_option
def add(  # noqa: PLR0913 - options of one command
    login: str,
    *,
    workspace: Path | None,
    name: str,
    role: str,
    own: str,
    first: date | None,
    last: date | None,
    passwords: Path | None,
    by: str,
    why: str,
    as_json: bool,
) -> None:
    """建一个账号并任职，临时密码只显示这一次

    还没有账号的工作目录，第一个账号要是系统管理员；从此命令行办事都要令牌。
    """
    ground = opened_ground(workspace)
    from xianxue.desk.accounts.listed import Listed  # noqa: PLC0415 - needs Django set up first
    from xianxue.desk.accounts.people import login_of  # noqa: PLC0415 - as above
    from xianxue.desk.actions.accounts.create import CreateAccounts  # noqa: PLC0415 - as above

    line = Listed(
        login=login_of(login),
        name=" ".join(name.split()),
        role=role,
        place=own,
        from_day=first,
        until_day=last,
    )
    _create(CreateAccounts(*managing(ground, by, why)), [line], passwords, as_json=as_json)


@command("import")
@click.argument("file", type=GivenFile())
@workspace_option
@option(
    "--passwords",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="临时密码写到这个新文件，只有本人能读",
)
@by_option
@why_option
@json_option
def import_accounts(  # noqa: PLR0913 - options of one command
    file: Path, *, workspace: Path | None, passwords: Path, by: str, why: str, as_json: bool
) -> None:
    """从 Excel 或 WPS 名单建账号：全部建，或一个也不建

    一行表头：登录名、姓名、角色、单位代码、起、止；后三列可以不填。同一人几项任职写几行。
    """
    ground = opened_ground(workspace)
    from xianxue.desk.accounts.listed import read_list  # noqa: PLC0415 - reads workbooks
    from xianxue.desk.actions.accounts.create import CreateAccounts  # noqa: PLC0415 - needs Django

    read = read_list(file, ground.policy)
    deed = CreateAccounts(*managing(ground, by, why))
    _create(deed, read.lines, passwords, read.issues, as_json=as_json)


def _create(
    deed: CreateAccounts,
    lines: Sequence[Listed],
    passwords: Path | None,
    read: Sequence[Issue] = (),
    *,
    as_json: bool,
) -> None:
    """Make accounts; their passwords go to a file of their owner's, or are shown this once."""
    made: list[Made] = []
    try:
        with for_owner_alone(passwords) if passwords else nullcontext(None) as write:
            made = deed(lines, read)
            if write is not None:
                write(passwords_text(made))
    except FileExistsError as error:
        message = say("{file} 已经存在，没有覆盖；请换一个文件名", file=passwords)
        raise MisusedError(message) from error
    if as_json:
        told = [
            {"login": one.login, "name": one.name}
            | ({} if passwords else {"password": one.password})
            for one in made
        ]
        print_json({"created": told, "appointments": len(lines)})
        return
    echo(say("建了 {n} 个账号，任职 {m} 项。", n=len(made), m=len(lines)))
    tell_passwords(made, passwords)


@command()
@login_argument
@workspace_option
@part_options
@dated_options
@by_option
@why_option
def appoint(  # noqa: PLR0913 - options of one command
    login: str,
    *,
    workspace: Path | None,
    role: str,
    own: str,
    first: date | None,
    last: date | None,
    by: str,
    why: str,
) -> None:
    """给一个账号再加一项任职"""
    ground = opened_ground(workspace)
    from xianxue.desk.actions.accounts.appoint import Appoint  # noqa: PLC0415 - needs Django
    from xianxue.desk.actions.accounts.posting import Wish  # noqa: PLC0415 - as above

    deed = Appoint(*managing(ground, by, why))
    row = deed(login, Wish(role, own, first or deed.today, last))
    echo(say("已任职，编号 #{id}。", id=row.pk))


@command()
@click.argument("appointment", type=int)
@workspace_option
@option("--last", type=Day(), help="最后一天，含当天（默认今天）")
@by_option
@why_option
def end(appointment: int, *, workspace: Path | None, last: date | None, by: str, why: str) -> None:
    """免去一项任职，编号见 accounts list"""
    ground = opened_ground(workspace)
    from xianxue.desk.actions.accounts.appoint import EndAppointment  # noqa: PLC0415 - needs Django

    deed = EndAppointment(*managing(ground, by, why))
    row = deed(appointment, last or deed.today)
    echo(say("{name}的这项任职到{day}为止。", name=row.account.name, day=row.until_day))


@command("act-for")
@click.argument("absent", metavar="LOGIN")
@click.argument("login", metavar="LOGIN")
@workspace_option
@option("--from", "first", type=Day(), required=True, help="从哪天起代理")
@option("--until", "last", type=Day(), required=True, help="代理到哪天止，含当天")
@option("--role", default="", help="只代理这一项角色（默认：全部）")
@by_option
@why_option
def act_for(  # noqa: PLR0913 - options of one command
    absent: str,
    login: str,
    *,
    workspace: Path | None,
    first: date,
    last: date,
    role: str,
    by: str,
    why: str,
) -> None:
    """第二个人在一段时间里代理第一个人"""
    ground = opened_ground(workspace)
    from xianxue.desk.actions.accounts.appoint import ActFor  # noqa: PLC0415 - needs Django

    rows = ActFor(*managing(ground, by, why))(absent, login, first, last, role)
    echo(say("代理 {n} 项，从{first}到{last}。", n=len(rows), first=first, last=last))


@command("hand-over")
@login_argument
@workspace_option
@option("--to", "coming", required=True, metavar="LOGIN", help="移交给谁")
@option("--on", type=Day(), help="从哪天起归接手的人（默认今天）")
@by_option
@why_option
def hand_over(  # noqa: PLR0913 - options of one command
    login: str, *, workspace: Path | None, coming: str, on: date | None, by: str, why: str
) -> None:
    """一个人的全部任职移交给另一个人；办过的事仍是原来的姓名"""
    ground = opened_ground(workspace)
    from xianxue.desk.actions.accounts.hand_over import HandOver  # noqa: PLC0415 - needs Django

    deed = HandOver(*managing(ground, by, why))
    passed = deed(login, coming, on or deed.today)
    echo(say("移交 {n} 项任职，从{day}起。", n=len(passed.ended), day=on or deed.today))
    if passed.begun.drafts or passed.begun.notices:
        echo(say("连同草稿 {n} 份、通知 {m} 条。", n=passed.begun.drafts, m=passed.begun.notices))
    if passed.begun.left:
        echo(say("有 {n} 份草稿，接手的人自己也有同一份的，两份都留着。", n=passed.begun.left))
    say_next(say("原来的人不再登录的，可以停用：xianxue accounts disable {login}", login=login))


COMMANDS: Final = (list_accounts, add, import_accounts, appoint, end, act_for, hand_over)
"""What ``xianxue accounts`` takes over from here."""
