"""``xianxue ledgers verify``: whether ledgers stand as the journal tells."""

from __future__ import annotations

from pathlib import Path

from xianxue.bureau.values.sentence import say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.ledgers.options import room_of
from xianxue.desk.cli.output import (
    json_option,
    print_issues,
    print_json,
    say_next,
    workspace_option,
)
from xianxue.desk.cli.spoken import command
from xianxue.desk.stores import clock


@command("verify")
@workspace_option
@json_option
def verify_ledgers(workspace: Path | None, *, as_json: bool) -> int:
    """查条目、经过、期限、凭据有没有被改动、删去、调换；有问题的退出码为 1"""
    room = room_of(workspace)
    from xianxue.desk.actions.ledgers.files import strays, unbound  # noqa: PLC0415 - as above
    from xianxue.desk.database.transactions import reading  # noqa: PLC0415 - needs Django set up
    from xianxue.desk.ledgers.verification import faults  # noqa: PLC0415 - as above
    from xianxue.desk.models.ledger import LedgerEntry  # noqa: PLC0415 - as above

    at = clock.now()
    with reading():
        found, entries = list(faults(room)), LedgerEntry.objects.count()
        idle = len(unbound(room.ground, at)) + len(strays(room.ground, room.cabinet, at))
    if as_json:
        print_json(
            {
                "entries": entries,
                "whole": not found,
                "unbound": idle,
                "issues": [issue.as_dict() for issue in found],
            }
        )
    elif found:
        print_issues(found, as_json=False)
    else:
        echo(say("台账完好：{n} 条，经过、期限和凭据都与日志相符。", n=entries))
    if idle and not as_json:
        days = room.ground.unbound_for.days
        echo(say("另有 {n} 件凭据传上来超过 {days} 天，没有哪一条用上。", n=idle, days=days))
        say_next(say("清除：xianxue journal expire --why 理由"))
    return int(bool(found))
