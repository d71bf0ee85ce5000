"""``xianxue ledgers risks``: what gives concern, and why."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.ledgers.options import LIGHTS, room_of, told_read
from xianxue.desk.cli.output import json_option, print_json, print_table, workspace_option
from xianxue.desk.cli.returns.options import Day
from xianxue.desk.cli.spoken import command, option
from xianxue.desk.stores.clock import day_of, now
from xianxue.desk.workspace import MisusedError


@command("risks")
@click.argument("ledger", required=False)
@option("--on", type=Day(), help="按哪一天看（默认：今天）")
@workspace_option
@json_option
def list_risks(
    ledger: str | None, on: date | None, workspace: Path | None, *, as_json: bool
) -> None:
    """风险名单：按卡片写的分值，逐条写明理由"""
    room = room_of(workspace)
    from xianxue.desk.ledgers.risks import risks_on  # noqa: PLC0415 - needs Django set up first

    if ledger and not room.ledger(ledger).risks:
        term = room.ledger(ledger).term
        raise MisusedError(say("{ledger}的卡片没有写风险名单", ledger=term))
    lists = risks_on(room, on or day_of(now()), [ledger] if ledger else ())
    told_read(room, [listed.ledger.ledger for listed in lists if listed.found])
    if as_json:
        print_json(
            [
                {
                    "ledger": listed.ledger.ledger,
                    "risk": listed.risk.risk,
                    "entry": one.entry.number,
                    "place": one.entry.place,
                    "points": one.points,
                    "concern": one.level.term,
                    "lamp": one.level.light,
                    "reasons": [
                        {"why": reason.why, "points": reason.points} for reason in one.reasons
                    ],
                }
                for listed in lists
                for one in listed.found
            ]
        )
        return
    for listed in lists:
        rows = [
            (
                LIGHTS[one.level.light],
                one.level.term,
                str(one.points),
                one.entry.number,
                room.ground.name(one.entry.place),
                joined(
                    "；",
                    [say("{why}（{n} 分）", why=each.why, n=each.points) for each in one.reasons],
                ),
            )
            for one in listed.found
        ]
        columns = (say("灯"), say("等级"), say("分"), say("编号"), say("单位"), say("理由"))
        title = say("{ledger}：{risk}", ledger=listed.ledger.term, risk=listed.risk.term)
        print_table(title, columns, rows)
        if not rows:
            echo(say("没有达到等级的条目。"))
