"""``xianxue ledgers findings``: what assessment finds lacking becomes entries."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.ledgers.options import room_of
from xianxue.desk.cli.output import (
    json_option,
    period_option,
    print_json,
    release_option,
    workspace_option,
)
from xianxue.desk.cli.returns.options import actor_options, person
from xianxue.desk.cli.spoken import command
from xianxue.desk.indicators.lacking import amount
from xianxue.desk.stores import clock
from xianxue.desk.workspace import MisusedError, Workspace

if TYPE_CHECKING:
    from xianxue.desk.actions.ledgers.follow_findings import Followed


@command()
@click.argument("standards", metavar="[STANDARD]...", nargs=-1)
@period_option
@release_option
@actor_options("office_clerk")
@workspace_option
@json_option
def findings(  # noqa: PLR0913, PLR0917 - options of one command
    standards: tuple[str, ...],
    period: str | None,
    published: str,
    name: str,
    role: str,
    own: str,
    workspace: Path | None,
    *,
    as_json: bool,
) -> None:
    """对照标准差什么就开一条；重新计算达标的销号，又不够的重新打开；不写标准的，各个标准都看"""
    room = room_of(workspace)
    from xianxue.desk.actions.ledgers.follow_findings import (  # noqa: PLC0415 - needs Django
        FollowFindings,
        together,
    )
    from xianxue.desk.releases.published import river_of  # noqa: PLC0415 - needs the engine

    named = {
        standard: card
        for card in room.ledgers.values()
        if card.findings is not None
        for standard in card.findings.standards
    }
    for standard in standards:
        if standard not in named:
            message = say(
                "没有台账收“{standard}”判定出的问题；有台账的标准：{known}",
                standard=standard,
                known=joined("、", named) or say("无"),
            )
            raise MisusedError(message)
    opened = Workspace.open(workspace)
    actor, at = person(room.ground, name, role, own), clock.now()
    ledgers: dict[str, list[Followed]] = {}
    for standard in standards or named:
        card = opened.shelf.standards[standard]
        river = river_of(opened, opened.period(period, card.period), published)
        judged = river.assess(standard, river.period.reference_day)
        ledger = named[standard]
        deed = FollowFindings(room.ground, ledger, actor, at, amount)
        ledgers.setdefault(ledger.ledger, []).append(deed(judged))
    told = {ledger: together(found) for ledger, found in ledgers.items()}
    if as_json:
        lines = [
            {
                "ledger": ledger,
                "opened": found.opened,
                "again": found.again,
                "closed": found.closed,
                "reopened": found.reopened,
                "unchanged": len(found.unchanged),
            }
            for ledger, found in told.items()
        ]
        # One ledger is told as it always was.
        print_json(lines[0] if len(lines) == 1 else lines)
        return
    for ledger, found in told.items():
        echo(
            say(
                "{ledger}：新开 {opened} 条，重新打开 {reopened} 条，销号 {closed} 条，"
                "差数有变 {again} 条",
                ledger=room.ledger(ledger).term,
                opened=len(found.opened),
                reopened=len(found.reopened),
                closed=len(found.closed),
                again=len(found.again),
            )
        )
