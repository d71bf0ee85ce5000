"""``xianxue ledgers``: the ledgers there are, what is due, and one entry's way."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xianxue.bureau.records.deadline import chinese_day
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.ledgers.calendar import calendar, recompute
from xianxue.desk.cli.ledgers.counts import count_ledger, explain_count
from xianxue.desk.cli.ledgers.deadline import deadline
from xianxue.desk.cli.ledgers.deeds import record, step
from xianxue.desk.cli.ledgers.files import export_entries, import_entries, write_template
from xianxue.desk.cli.ledgers.findings import findings
from xianxue.desk.cli.ledgers.mapping import map_ledger
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

if TYPE_CHECKING:
    from xianxue.desk.ledgers.due import Due
    from xianxue.desk.ledgers.room import Room


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
@option("--all", "every", is_flag=True, help="期限还在后面的也列出")
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
    # Django has to be set up first.
    from xianxue.desk.ledgers.due import due_on  # noqa: PLC0415 - as said
    from xianxue.desk.ledgers.folded import pressing_of  # noqa: PLC0415 - as said

    day = on or day_of(now())
    found = due_on(room, day, names)
    told_read(room, [one.ledger for one in found])
    overdue = any(one.lamp == "red" for one in found)
    if as_json:
        print_json([one.as_dict for one in found])
    else:
        shown = found if every else pressing_of(found, day)
        _print_due(room, shown, day)
        if len(shown) < len(found):
            echo(say("另有 {n} 件期限还在后面（--all 全部列出）", n=len(found) - len(shown)))
    sys.exit(1 if overdue else 0)


def _print_due(room: Room, shown: list[Due], day: date) -> None:
    """Print what is due by office: each matter a line, and why by that day below it."""
    from xianxue.desk.ledgers.folded import by_office, folded, heading, places_of  # noqa: PLC0415 - as said

    echo(say("该办的事（{day}）", day=chinese_day(day)))
    for office, ones in by_office(room, shown).items():
        echo("")
        echo(heading(office, ones, day))
        for many in folded(ones):
            one = many[0]
            term, places = room.ledgers[one.ledger].term, places_of(room, many)
            said = (LIGHTS[one.lamp], one.due.isoformat(), term, one.entry, places, one.title)
            echo(joined("  ", [part for part in said if part]))
            echo(joined("", ["    ", one.why]))


for command in (deadline, record, step, show):
    ledgers.add_command(command)
for command in (write_template, import_entries, export_entries, calendar, recompute, slip, place):
    ledgers.add_command(command)
for command in (count_ledger, explain_count, list_risks, verify_ledgers, findings):
    ledgers.add_command(command)
for command in (export_person, map_ledger):
    ledgers.add_command(command)
