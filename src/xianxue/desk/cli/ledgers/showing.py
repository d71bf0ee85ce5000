"""``xianxue ledgers show``: one entry with its history and clocks."""

from __future__ import annotations

from pathlib import Path

import click

from xianxue.bureau.values.sentence import say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.ledgers.options import room_of, told_read
from xianxue.desk.cli.output import json_option, print_json, print_table, workspace_option
from xianxue.desk.cli.spoken import command
from xianxue.desk.workspace import MisusedError


@command()
@click.argument("ledger")
@click.argument("number")
@workspace_option
@json_option
def show(ledger: str, number: str, workspace: Path | None, *, as_json: bool) -> None:
    """看一条：栏目、经过、期限"""
    room = room_of(workspace)
    from xianxue.desk.ledgers.due import why_due  # noqa: PLC0415 - needs Django set up first
    from xianxue.desk.ledgers.entries import row_of  # noqa: PLC0415 - as above
    from xianxue.desk.ledgers.shown import shown_fields  # noqa: PLC0415 - as above
    from xianxue.desk.models.ledger import entry_of  # noqa: PLC0415 - as above

    card = room.ledger(ledger)
    row = row_of(ledger, number)
    if row is None:
        raise MisusedError(say("{ledger}里没有{number}号", ledger=card.term, number=number))
    told_read(room, [ledger], row)
    entry = entry_of(row)
    runs = room.clocks(ledger).runs(entry)
    way = card.lifecycle
    if as_json:
        print_json(
            {
                "ledger": ledger,
                "entry": row.number,
                "place": row.place,
                "state": row.state,
                "fields": entry.fields,
                "history": [
                    {
                        "step": one.step,
                        "on": one.on.isoformat(),
                        "from": one.origin,
                        "to": one.to,
                        "actor": one.actor,
                        "second": one.second,
                        "why": one.why,
                        "evidence": list(one.evidence),
                        "files": list(one.evidence.values()),
                    }
                    for one in entry.history
                ],
                "clocks": [
                    {
                        "clock": run.clock,
                        "started": run.started.isoformat(),
                        "due": run.due.isoformat() if run.due is not None else None,
                        "met": run.met.isoformat() if run.met is not None else None,
                        "paused": run.paused,
                        "supposed": run.supposed,
                        "why": why_due(room, card, run),
                    }
                    for run in runs
                ],
            }
        )
        return
    title = say(
        "{ledger}{number}号 {place}：{state}",
        ledger=card.term,
        number=row.number,
        place=room.ground.name(row.place),
        state=way.state_term(row.state),
    )
    print_table(title, (say("栏目"), say("内容")), shown_fields(room, card, entry))
    terms = {one.step: one.term for one in card.steps}
    rows = [
        (
            one.on.isoformat(),
            terms.get(one.step, say("登记")),
            way.state_term(one.to),
            one.actor + ("、" + one.second if one.second else ""),
            one.why,
        )
        for one in entry.history
    ]
    columns = (say("日期"), say("步骤"), say("状态"), say("经办"), say("理由"))
    print_table(say("经过"), columns, rows)
    for run in runs:
        echo(why_due(room, card, run))
