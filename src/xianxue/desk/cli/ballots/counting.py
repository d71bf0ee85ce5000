"""``xianxue ballots list``, ``status``, ``count``, ``verify``: what is known of a ballot."""

from __future__ import annotations

from pathlib import Path

from xianxue.bureau.values.sentence import say
from xianxue.desk.cli.ballots.naming import ballot_argument
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import (
    json_option,
    print_json,
    print_table,
    say_next,
    workspace_option,
)
from xianxue.desk.cli.returns.options import override_option, why_option
from xianxue.desk.cli.spoken import command, option
from xianxue.desk.workspace import Workspace

_COUNTER = "本机监票人"
_STATES = {"open": say("正在投票"), "closed": say("已封票"), "counted": say("已计票")}


@command("list")
@workspace_option
@json_option
def list_ballots(workspace: Path | None, *, as_json: bool) -> None:
    """列出开过的测评、选举和问卷"""
    opened = Workspace.open(workspace)
    from xianxue.desk.ballots.polls import polls  # noqa: PLC0415 - needs Django

    held = polls(opened)
    if as_json:
        print_json(
            [{"ballot": one.key, "title": one.title, "state": one.state,
              "opened_at": one.opened_at.isoformat()} for one in held]
        )  # fmt: skip
        return
    if not held:
        echo(say("还没有开过票；用 xianxue ballots open 开一次"))
        return
    rows = [(one.key, one.title, _STATES[one.state]) for one in held]
    print_table(say("测评、选举和问卷"), (say("编号"), say("名称"), say("状态")), rows)


@command("status")
@ballot_argument
@workspace_option
@json_option
def status(ballot: str, workspace: Path | None, *, as_json: bool) -> None:
    """看发出和收回多少张票；投票期间收回数往少里取整到 5"""
    opened = Workspace.open(workspace)
    from xianxue.desk.ballots import polls  # noqa: PLC0415 - needs Django

    poll = polls.poll_named(opened, ballot)
    found = polls.status(poll)
    if as_json:
        print_json(
            {
                "ballot": poll.key,
                "state": poll.state,
                "issued": sum(found.issued.values()),
                "spent": sum(found.spent.values()),
                "burnt": sum(found.burnt.values()),
                "groups": [
                    {"group": group, "issued": many, "spent": found.spent[group],
                     "burnt": found.burnt.get(group, 0)}
                    for group, many in found.issued.items()
                ],
            }
        )  # fmt: skip
        return
    from xianxue.desk.ballots.told import told  # noqa: PLC0415 - as above

    terms = {one.group: one.term for one in told(poll).groups}
    rows = [
        (terms[group], str(many), str(found.spent[group]), str(found.burnt.get(group, 0)))
        for group, many in found.issued.items()
    ]
    title = say("{title}（{state}）", title=poll.title, state=_STATES[poll.state])
    print_table(title, (say("类别"), say("发出"), say("收回"), say("换纸质票")), rows)
    if poll.state == "open":
        echo(say("投票期间收回数往少里取整到 {n}。", n=polls.ROUNDED_TO))


@command("count")
@ballot_argument
@option("--as", "by", default=_COUNTER, show_default=True, help="谁计票（监票人）")
@why_option
@override_option
@workspace_option
@json_option
def count(  # noqa: PLR0913 - options of one command
    ballot: str,
    *,
    by: str,
    why: str,
    override: str | None,
    workspace: Path | None,
    as_json: bool,
) -> None:
    """计票：封票以后才能计，只计一次；再运行是看已计的"""
    opened = Workspace.open(workspace)
    from xianxue.desk.ballots import polls  # noqa: PLC0415 - needs Django
    from xianxue.desk.ballots.counting import count_poll  # noqa: PLC0415 - as above

    poll = count_poll(opened, polls.poll_named(opened, ballot), by, why, override)
    from xianxue.desk.ballots.results import handed_out  # noqa: PLC0415 - as above
    from xianxue.desk.ballots.told import told  # noqa: PLC0415 - as above

    found = handed_out(poll.results)
    if as_json:
        print_json(found)
        return
    numbers = {name: found[name] for name in ("issued", "spent", "valid", "invalid")}
    echo(say("发出 {issued} 张，收回 {spent} 张；有效 {valid} 张，无效 {invalid} 张。", **numbers))
    from xianxue.desk.ballots.conclusions import conclusions  # noqa: PLC0415 - as above
    from xianxue.desk.ballots.scores import scores  # noqa: PLC0415 - as above

    for table in (*told(poll).results, *scores(poll)):
        rows = [
            (term, *("—" if one is None else str(one) for one in counts))
            for term, counts in table.rows
        ]
        print_table(table.term, ("", *table.heads), rows)
    if any(one["hidden"] for one in found["results"]):
        echo(say("“—”表示人数少、不显示的数。"))
    for one in conclusions(poll):
        echo(one)
    say_next(say("写计票记录：xianxue ballots minutes {key} -o 记录.docx", key=poll.key))
    say_next(say("核验：xianxue ballots verify {key}", key=poll.key))


@command("verify")
@ballot_argument
@workspace_option
@json_option
def verify(ballot: str, workspace: Path | None, *, as_json: bool) -> None:
    """核验：发出、收回、有效、无效对得上，按票重新计一遍与计数一致"""
    opened = Workspace.open(workspace)
    from xianxue.desk.ballots import polls  # noqa: PLC0415 - needs Django

    poll = polls.poll_named(opened, ballot)
    from xianxue.desk.ballots.results import proofs  # noqa: PLC0415 - needs Django

    found = proofs(poll)
    if as_json:
        print_json({"ballot": poll.key, "holds": not found, "faults": found})
    elif found:
        for one in found:
            echo(one)
    else:
        echo(say("{title}：各数对得上。", title=poll.title))
    if found:
        raise SystemExit(1)
