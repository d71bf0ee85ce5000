"""``xianxue ledgers calendar import`` and ``recompute``: a year's holidays, and what they move."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.records.deadline import chinese_day
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.ledgers.options import room_of
from xianxue.desk.cli.output import json_option, print_json, print_table, workspace_option
from xianxue.desk.cli.returns.options import actor_options, person, why_option
from xianxue.desk.cli.spoken import GivenFile, Group, command, option
from xianxue.desk.stores import clock
from xianxue.desk.workspace import Workspace

if TYPE_CHECKING:
    from xianxue.desk.actions.ledgers.recompute import Due, Moved, Recomputed
    from xianxue.desk.ledgers.room import Room


@click.group(cls=Group)
def calendar() -> None:
    """节假日和调休：登记一年的安排"""


@calendar.command("import")
@click.argument("file", type=GivenFile())
@option("--document", default="", help="依据的文件和文号")
@why_option
@actor_options("administrator")
@workspace_option
@json_option
def import_calendar(  # noqa: PLR0913, PLR0917 - options of one command
    file: Path,
    document: str,
    why: str,
    name: str,
    role: str,
    own: str,
    workspace: Path | None,
    *,
    as_json: bool,
) -> None:
    """登记一年的节假日安排（表格或卡片），重算没有办结的期限

    表格三列：日期、类型（放假或上班）、名称。也可以交一张写好的日历卡片（.yaml），校历也行。
    """
    room = room_of(workspace)
    from xianxue.desk.actions.cards.put_calendar import PutCalendar  # noqa: PLC0415 - needs Django
    from xianxue.desk.ledgers.calendars import handed  # noqa: PLC0415 - reads workbooks

    opened = Workspace.open(workspace)
    found = handed(file, document)
    actor = person(room.ground, name, role, own)
    put = PutCalendar(opened, room.ground, actor, clock.now(), why)
    place = put(found.ident, found.term, found.text)
    # Opened anew, for the county's cards are others now.
    again = room_of(workspace)
    done = _recompute(again, name, role, own)
    if as_json:
        print_json({"calendar": found.ident, "file": place, **_as_dict(done)})
        return
    echo(say("已登记{term}：{file}", term=found.term, file=place))
    _tell(again, done)


@command()
@actor_options("administrator")
@workspace_option
@json_option
def recompute(name: str, role: str, own: str, workspace: Path | None, *, as_json: bool) -> None:
    """按现在的日历重算没有办结的期限"""
    room = room_of(workspace)
    done = _recompute(room, name, role, own)
    if as_json:
        print_json(_as_dict(done))
        return
    _tell(room, done)


def _recompute(room: Room, name: str, role: str, own: str) -> Recomputed:
    from xianxue.desk.actions.ledgers.recompute import Recompute  # noqa: PLC0415 - needs Django

    return Recompute(room.ground, person(room.ground, name, role, own), clock.now())()


def _as_dict(done: Recomputed) -> dict[str, object]:
    return {
        "looked_at": done.looked_at,
        "moved": [
            {
                "ledger": one.ledger,
                "clock": one.clock,
                "before": one.before[0],
                "after": one.after[0],
                "supposed": one.after[1],
                "entries": one.entries,
            }
            for one in done.moved
        ],
    }


def _tell(room: Room, done: Recomputed) -> None:
    rows = [_row(room.ledgers[one.ledger], one) for one in done.moved if one.ledger in room.ledgers]
    if rows:
        columns = (say("台账"), say("期限"), say("原来"), say("现在"), say("条数"))
        print_table(say("改动的期限"), columns, rows)
    echo(say("看了 {n} 个期限，改动 {moved} 个。", n=done.looked_at, moved=done.entries))


def _row(card: Ledger, one: Moved) -> tuple[str, ...]:
    found = card.clock(one.clock)
    term = found.term if found is not None else one.clock
    return (card.term, term, _day(one.before), _day(one.after), str(one.entries))


def _day(due: Due) -> Sentence | str:
    day, supposed = due
    if day is None:
        return say("算不出")
    said = chinese_day(day)
    return say("{day}（暂按推算）", day=said) if supposed else said
