"""``xianxue ledgers``: the ledgers there are, what is due, and one entry's way."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from xianxue.bureau.records.deadline import chinese_day
from xianxue.bureau.values.sentence import say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.ledgers.calendar import calendar, recompute
from xianxue.desk.cli.ledgers.counts import count_ledger, explain_count
from xianxue.desk.cli.ledgers.deadline import deadline
from xianxue.desk.cli.ledgers.deeds import record, step
from xianxue.desk.cli.ledgers.files import export_entries, import_entries, write_template
from xianxue.desk.cli.ledgers.findings import findings
from xianxue.desk.cli.ledgers.folded import folded, places_of
from xianxue.desk.cli.ledgers.options import LIGHTS, room_of, told_read
from xianxue.desk.cli.ledgers.papers import place, slip
from xianxue.desk.cli.ledgers.persons import export_person
from xianxue.desk.cli.ledgers.risks import list_risks
from xianxue.desk.cli.ledgers.showing import show
from xianxue.desk.cli.ledgers.verifying import verify_ledgers
from xianxue.desk.cli.output import json_option, print_json, print_table, workspace_option
from xianxue.desk.cli.returns.options import Day
from xianxue.desk.cli.spoken import Group, option
from xianxue.desk.stores.clock import day_of, now


@click.group(cls=Group)
def ledgers() -> None:
    """台账：答应过的事，何时办完，是否真的办成"""


@ledgers.command("list")
@workspace_option
@option("--on", type=Day(), help="按哪一天看（默认：今天）")
@json_option
def list_ledgers(workspace: Path | None, on: date | None, *, as_json: bool) -> None:
    """列出各台账的条数、未办结数和逾期数"""
    room = room_of(workspace)
    from xianxue.desk.ledgers.listing import listed  # noqa: PLC0415 - needs Django set up first

    day = on or day_of(now())
    found = listed(room, day)
    if as_json:
        print_json([one.as_dict for one in found])
        return
    rows = [
        (one.term, one.office, str(one.entries), str(one.open), str(one.overdue), one.ledger)
        for one in found
    ]
    columns = (say("台账"), say("股室"), say("条数"), say("未办结"), say("逾期"), say("编号"))
    print_table(say("台账（{day}）", day=chinese_day(day)), columns, rows)


@ledgers.command("due")
@workspace_option
@option("--on", type=Day(), help="按哪一天看（默认：今天）")
@option("--ledger", "names", multiple=True, help="只看这些台账，可写多次")
@option("--all", "every", is_flag=True, help="还没有亮灯的也列出")
@json_option
def due(
    workspace: Path | None,
    on: date | None,
    names: tuple[str, ...],
    *,
    every: bool,
    as_json: bool,
) -> None:
    """列出到期该办的事，每个期限写明理由；有逾期的退出码为 1"""
    room = room_of(workspace)
    from xianxue.desk.ledgers.due import due_on  # noqa: PLC0415 - needs Django set up first

    day = on or day_of(now())
    found = due_on(room, day, names)
    told_read(room, [one.ledger for one in found])
    overdue = any(one.lamp == "red" for one in found)
    if as_json:
        print_json([one.as_dict for one in found])
    else:
        shown = [one for one in found if every or one.lamp is not None]
        rows = [
            (
                LIGHTS[many[0].lamp],
                many[0].due.isoformat(),
                room.ledgers[many[0].ledger].term,
                many[0].entry,
                places_of(room, many),
                many[0].title,
                many[0].why,
            )
            for many in folded(shown)
        ]
        columns = (
            say("灯"), say("期限"), say("台账"), say("编号"), say("单位"), say("事项"), say("理由"),
        )  # fmt: skip
        print_table(say("该办的事（{day}）", day=chinese_day(day)), columns, rows)
        if len(shown) < len(found):
            echo(say("另有 {n} 件没有亮灯（--all 全部列出）", n=len(found) - len(shown)))
    sys.exit(1 if overdue else 0)


for command in (deadline, record, step, show):
    ledgers.add_command(command)
for command in (write_template, import_entries, export_entries, calendar, recompute, slip, place):
    ledgers.add_command(command)
for command in (count_ledger, explain_count, list_risks, verify_ledgers, findings):
    ledgers.add_command(command)
ledgers.add_command(export_person)
