"""``xianxue ballots open``, ``slips``, ``burn``, ``close``: what is done to a ballot."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.cli.ballots.naming import ballot_argument
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import json_option, print_json, say_next, workspace_option
from xianxue.desk.cli.returns.options import override_option, why_option
from xianxue.desk.cli.spoken import GivenFile, command, option
from xianxue.desk.stores import machine
from xianxue.desk.workspace import MisusedError, Workspace

if TYPE_CHECKING:
    from xianxue.desk.actions.ballots.issue_slips import Wanted

# Without accounts a name is taken on trust; each part has its own, for two parts are never one's.
_SCRUTINEER, _ISSUER = "本机监票人", "本机发票人"
_PORT = 8000


@command("open")
@click.argument("card")
@option("--title", default="", help="名称，如“2026年度学校中层干部民主测评”；不写用卡片的名称")
@option("--round", "round_", default="", help="选举的哪一步（nomination、primary、final）")
@option("--subject", "subjects", multiple=True, help="测评谁、选谁：编号=姓名；可写多次")
@option("--seats", type=click.IntRange(min=1), default=1, help="应选几人")
@option("--entitled", multiple=True, help="应到人数：类别=人数；可写多次")
@option("--follows", type=click.IntRange(min=0), default=0, help="另行选举的，写原来那次的号")
@option("--days", type=click.IntRange(min=1), help="开放几天；不写用卡片上的")
@option("--period", help="时期，如 2026 或 2025-2026")
@option("--as", "by", default=_SCRUTINEER, show_default=True, help="谁开票（监票人）")
@workspace_option
@json_option
def open_ballot(  # noqa: PLR0913 - options of one command
    card: str,
    *,
    title: str,
    round_: str,
    subjects: tuple[str, ...],
    seats: int,
    entitled: tuple[str, ...],
    follows: int,
    days: int | None,
    period: str | None,
    by: str,
    workspace: Path | None,
    as_json: bool,
) -> None:
    """开一次测评、选举或问卷：卡片从这时起定下来"""
    opened = Workspace.open(workspace)
    from xianxue.desk.ballots.polls import card_named, ids_of, open_poll, period_of  # noqa: PLC0415 - as below

    found = card_named(opened.shelf, card)
    # Django is set up with the workspace's database; deeds stand on it.
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - as above

    open_ground(opened)
    from xianxue.desk.actions.ballots.open_ballot import New  # noqa: PLC0415 - needs Django
    from xianxue.desk.actions.ballots.opened import Setup  # noqa: PLC0415 - as above

    named = _pairs(subjects, say("--subject 写成 编号=姓名"))
    setup = Setup(subjects=named, seats=seats, entitled=ids_of(found, _numbers(entitled)))
    new = New(
        card=found, period=period_of(opened, found, period), title=title, round=round_,
        follows=follows, setup=setup, days=days,
    )  # fmt: skip
    poll = open_poll(opened, new, by)
    if as_json:
        print_json({"ballot": poll.key, "title": poll.title, "ends_at": poll.ends_at.isoformat()})
        return
    echo(say("已开票：{title}（{key}）", title=poll.title, key=poll.key))
    say_next(say("由另一个人发票：xianxue ballots slips {key} -o 票.pdf", key=poll.key))


@command("slips")
@ballot_argument
@option(
    "-o",
    "output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="输出：.pdf 裁开发，或 .txt 每行一个网址",
)
@option("--many", multiple=True, help="每类几张：类别=张数；只有一类的写张数；不写按应到人数")
@option("--schools", type=GivenFile(), help="分学校的：一张有“学校代码”“类别”“张数”三列的表")
@option("--site", default="", help="网址的开头，如 https://vote.example.cn；不写用设置里的")
@option("--as", "by", default=_ISSUER, show_default=True, help="谁发票")
@why_option
@override_option
@workspace_option
@json_option
def slips(  # noqa: PLR0913 - options of one command
    ballot: str,
    *,
    output: Path,
    many: tuple[str, ...],
    schools: Path | None,
    site: str,
    by: str,
    why: str,
    override: str | None,
    workspace: Path | None,
    as_json: bool,
) -> None:
    """发票：随机的票码只在这一个文件里，以后谁也查不出来"""
    opened = Workspace.open(workspace)
    from xianxue.desk.ballots import polls  # noqa: PLC0415 - needs Django

    poll = polls.poll_named(opened, ballot)
    from xianxue.desk.ballots import sheets  # noqa: PLC0415 - needs Django

    sheets.refuse_other(output.name)
    if output.exists():
        raise MisusedError(say("{file} 已经有了：换一个文件名，免得盖掉先前的票", file=output))
    mail = opened.settings.mail
    named = site or (mail.site if mail is not None else "")
    base = named or f"http://{machine.name()}:{_PORT}"
    wanted = _by_school(poll, schools) if schools is not None else _wanted(poll, many)
    issued = polls.issue(opened, poll, wanted, by, why=why, override=override)
    output.write_bytes(sheets.sheet(output.name, poll, issued, base, opened.register))
    number = sum(len(one.codes) for one in issued)
    if as_json:
        groups: dict[str, int] = {}
        for one in issued:
            groups[one.group] = groups.get(one.group, 0) + len(one.codes)
        told = [{"group": group, "issued": each} for group, each in groups.items()]
        print_json({"ballot": poll.key, "issued": number, "groups": told, "file": str(output)})
        return
    echo(say("已发 {n} 张票，写在 {file}。", n=number, file=output))
    if not named:
        echo(say("注意：没有写 --site，二维码指向本机（{site}），手机不一定打得开。", site=base))
    say_next(say("打印、裁开，混在一起让人自取；印好后删掉这个文件"))


@command("burn")
@click.argument("ballot")
@click.argument("codes", nargs=-1, required=True)
@option("--as", "by", default=_ISSUER, show_default=True, help="谁办理")
@workspace_option
def burn(ballot: str, codes: tuple[str, ...], by: str, workspace: Path | None) -> None:
    """收回没用过的票，换发纸质票：收回的票不能再扫码投"""
    opened = Workspace.open(workspace)
    from xianxue.desk.ballots import polls  # noqa: PLC0415 - needs Django

    many = polls.burn(opened, polls.poll_named(opened, ballot), codes, by)
    echo(say("已收回 {n} 张票，可发 {n} 张纸质票。", n=many))


@command("close")
@ballot_argument
@option("--present", multiple=True, help="实到人数：类别=人数；可写多次")
@option("--as", "by", default=_SCRUTINEER, show_default=True, help="谁封票（监票人）")
@why_option
@override_option
@workspace_option
@json_option
def close(  # noqa: PLR0913 - options of one command
    ballot: str,
    *,
    present: tuple[str, ...],
    by: str,
    why: str,
    override: str | None,
    workspace: Path | None,
    as_json: bool,
) -> None:
    """封票：从这时起不能再投"""
    opened = Workspace.open(workspace)
    from xianxue.desk.ballots import polls  # noqa: PLC0415 - needs Django

    poll = polls.poll_named(opened, ballot)
    from xianxue.desk.actions.ballots.opened import opened as held_of  # noqa: PLC0415 - as above

    there = polls.ids_of(held_of(poll).card, _numbers(present))
    poll = polls.close(opened, poll, by, present=there, why=why, override=override)
    found = polls.status(poll)
    spent, issued = sum(found.spent.values()), sum(found.issued.values())
    if as_json:
        print_json({"ballot": poll.key, "state": poll.state, "issued": issued, "spent": spent})
        return
    echo(say("已封票：发出 {issued} 张，收回 {spent} 张。", issued=issued, spent=spent))
    say_next(say("计票：xianxue ballots count {key}", key=poll.key))


def _wanted(poll, many: Sequence[str]) -> list[Wanted]:  # noqa: ANN001 - a model, known with Django
    from xianxue.desk.actions.ballots.doing import groups_in  # noqa: PLC0415 - as above
    from xianxue.desk.actions.ballots.issue_slips import Wanted  # noqa: PLC0415 - needs Django
    from xianxue.desk.actions.ballots.opened import opened  # noqa: PLC0415 - as above
    from xianxue.desk.ballots.polls import ids_of  # noqa: PLC0415 - as above

    held = opened(poll)
    groups = [one.group for one in held.card.groups]
    if len(groups) == 1 and len(many) == 1 and many[0].isdecimal():
        return [Wanted(groups[0], int(many[0]))]
    numbers = ids_of(held.card, _numbers(many)) if many else held.setup.entitled
    if not numbers:
        known = groups_in(held.card)
        raise MisusedError(say("没有写明每类几张：--many 类别=张数；类别有 {groups}", groups=known))
    return [Wanted(group, number) for group, number in numbers.items()]


def _by_school(poll, path: Path) -> list[Wanted]:  # noqa: ANN001 - as above
    from xianxue.desk.actions.ballots.issue_slips import Wanted  # noqa: PLC0415 - needs Django
    from xianxue.desk.actions.ballots.opened import opened  # noqa: PLC0415 - as above
    from xianxue.desk.ballots.polls import ids_of  # noqa: PLC0415 - as above
    from xianxue.desk.returns.mapping.columns import find_columns  # noqa: PLC0415 - for this option alone

    card = opened(poll).card
    found = find_columns(path, ("学校代码", "类别", "张数"))
    wanted: list[Wanted] = []
    for at, (place, group, many) in enumerate(found.rows):
        if not many.strip().isdecimal():
            raise MisusedError(
                say("第 {row} 行的张数写了“{text}”：要正整数", row=found.first + at, text=many)
            )
        if int(many):
            ((name, number),) = ids_of(card, {group.strip(): int(many)}).items()
            wanted.append(Wanted(name, number, place.strip()))
    return wanted


def _pairs(said: Sequence[str], how: Sentence) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for one in said:
        name, sign, value = one.partition("=")
        if not sign or not name.strip() or not value.strip():
            raise MisusedError(say("“{said}”读不懂：{how}", said=one, how=how))
        if name.strip() in pairs:
            raise MisusedError(say("“{name}”写了两次", name=name.strip()))
        pairs[name.strip()] = value.strip()
    return pairs


def _numbers(said: Sequence[str]) -> dict[str, int]:
    how = say("写成 类别=人数，如 教职工=50")
    found = _pairs(said, how)
    for name, many in found.items():
        if not many.isdecimal():
            raise MisusedError(say("“{said}”读不懂：{how}", said=f"{name}={many}", how=how))
    return {name: int(many) for name, many in found.items()}
