"""``xianxue ledgers record`` and ``step``: registering an entry, and taking it further."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from xianxue.bureau.values.sentence import say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.ledgers.options import room_of
from xianxue.desk.cli.output import json_option, print_json, workspace_option
from xianxue.desk.cli.returns.options import Day, actor_options, person, why_option
from xianxue.desk.cli.spoken import GivenFile, command, option
from xianxue.desk.stores import clock
from xianxue.desk.workspace import MisusedError


@command()
@click.argument("ledger")
@option("--place", required=True, help="单位代码")
@option("--set", "said", multiple=True, help="栏目=内容，可写多次，如 --set what='灯不亮'")
@option("--on", type=Day(), help="登记日期（默认：今天）")
@option("--evidence", "files", type=GivenFile(), multiple=True, help="凭据文件，可写多次")
@option("--key", default="", help="发送方自己的编号；同一编号只登记一次")
@actor_options("office_clerk")
@workspace_option
@json_option
def record(  # noqa: PLR0913, PLR0917 - options of one command
    ledger: str,
    place: str,
    said: Sequence[str],
    on: date | None,
    files: Sequence[Path],
    key: str,
    name: str,
    role: str,
    own: str,
    workspace: Path | None,
    *,
    as_json: bool,
) -> None:
    """登记一条"""
    room = room_of(workspace)
    from xianxue.desk.actions.ledgers.record import RecordEntry  # noqa: PLC0415 - needs Django
    from xianxue.desk.ledgers.evidence import keep_files  # noqa: PLC0415 - as above
    from xianxue.desk.ledgers.typed import typed  # noqa: PLC0415 - as above

    card = room.ledger(ledger)
    at = clock.now()
    actor = person(room.ground, name, role, own)
    given = typed(room, card, _pairs(said), place)
    kept = keep_files(room, files, at)
    row = RecordEntry(room.ground, card, actor, at)(place, given, on or clock.day_of(at), kept, key)
    if as_json:
        print_json({"ledger": row.ledger, "entry": row.number, "state": row.state})
        return
    echo(say("已登记：{ledger}{number}号", ledger=card.term, number=row.number))


@command()
@click.argument("ledger")
@click.argument("number")
@click.argument("name_of_step", metavar="STEP")
@option("--set", "said", multiple=True, help="栏目=内容，可写多次")
@option("--on", type=Day(), help="办理日期（默认：今天）")
@option("--second", default="", help="同办的第二人")
@option("--evidence", "files", type=GivenFile(), multiple=True, help="凭据文件，可写多次")
@why_option
@actor_options("office_clerk")
@workspace_option
@json_option
def step(  # noqa: PLR0913, PLR0917 - options of one command
    ledger: str,
    number: str,
    name_of_step: str,
    said: Sequence[str],
    on: date | None,
    second: str,
    files: Sequence[Path],
    why: str,
    name: str,
    role: str,
    own: str,
    workspace: Path | None,
    *,
    as_json: bool,
) -> None:
    """办一步：交办、报告、核验、销号……（台账卡片里写的步骤）"""
    room = room_of(workspace)
    from xianxue.desk.actions.ledgers.step import Carried, StepEntry  # noqa: PLC0415 - needs Django
    from xianxue.desk.ledgers.evidence import keep_files  # noqa: PLC0415 - as above
    from xianxue.desk.ledgers.typed import typed  # noqa: PLC0415 - as above

    card = room.ledger(ledger)
    at = clock.now()
    actor = person(room.ground, name, role, own)
    carried = Carried(
        given=typed(room, card, _pairs(said), ""),
        why=why,
        second=second,
        evidence=keep_files(room, files, at),
    )
    row = StepEntry(room.ground, card, actor, at)(
        number, name_of_step, on or clock.day_of(at), carried
    )
    if as_json:
        print_json({"ledger": row.ledger, "entry": row.number, "state": row.state})
        return
    state = card.lifecycle.state_term(row.state)
    echo(say("{ledger}{number}号现在是“{state}”", ledger=card.term, number=row.number, state=state))


def _pairs(said: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in said:
        name, sign, text = one.partition("=")
        if not sign:
            raise MisusedError(say("“{one}”要写成 栏目=内容", one=one))
        found[name.strip()] = text
    return found
