"""``xianxue places``: the county's places, what happened to them, and both bases."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from xianxue.bureau.places.events import Event
from xianxue.bureau.places.place import Place
from xianxue.bureau.values.sentence import say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import json_option, print_json, print_table, workspace_option
from xianxue.desk.cli.places import output as out
from xianxue.desk.cli.places.bases import basis, compare
from xianxue.desk.cli.places.intake import amend_register, import_, write_template
from xianxue.desk.cli.places.record import record
from xianxue.desk.cli.places.undo import undo
from xianxue.desk.cli.spoken import Group, option
from xianxue.desk.places import telling
from xianxue.desk.stores import events
from xianxue.desk.workspace import MisusedError, Workspace


@click.group(cls=Group)
def places() -> None:
    """学校和乡镇：名册、变动、两种口径"""


for command in (write_template, import_, amend_register, record, undo, basis, compare):
    places.add_command(command)


@places.command("list")
@workspace_option
@option("--on", type=out.DAY, help="哪一天的名册（默认今天）")
@option("--all", "everyone", is_flag=True, help="停办的也列出")
@json_option
def list_places(
    workspace: Path | None, on: datetime | None, *, everyone: bool, as_json: bool
) -> None:
    """列出某一天的学校"""
    opened = Workspace.open(workspace)
    day = out.day_or_today(on)
    register = opened.register.on(day)
    found = [
        place for place in register if place.level == "school" and (everyone or place.open_on(day))
    ]
    if as_json:
        print_json([out.place_dict(place, day) for place in found])
        return
    rows = [
        (
            place.code,
            place.name,
            telling.type_of(opened, place, day),
            telling.name(opened, place.parent, day),
            telling.state(opened, place, day),
        )
        for place in found
    ]
    print_table(
        f"{day} {register.county.name}",
        (say("代码"), say("名称"), say("办学类型"), say("所在"), say("状况")),
        rows,
    )
    living = sum(place.open_on(day) for place in found)
    echo(
        say("在办 {living} 所，停办 {n} 所。", living=living, n=len(found) - living)
        if everyone
        else say("在办 {living} 所。", living=living)
    )


@places.command()
@click.argument("code")
@workspace_option
@json_option
def show(code: str, workspace: Path | None, *, as_json: bool) -> None:
    """一所学校的名称、类型、来历和去向"""
    opened = Workspace.open(workspace)
    place = _known(opened, code)
    told = [event for event in _events(opened) if code in {*event.codes, *event.into}]
    if as_json:
        said = out.place_dict(place, out.day_or_today(None))
        print_json(said | {"events": [out.event_dict(event) for event in told]})
        return
    echo(f"{place.code}  {place.name}  " + telling.state(opened, place, out.day_or_today(None)))
    print_table("", (say("自"), say("什么"), say("内容")), telling.life(opened, place))
    for event in told:
        echo(telling.sentence(event, opened))


@places.command("events")
@workspace_option
@option("--place", "code", default="", help="学校或乡镇的代码")
@json_option
def list_events(workspace: Path | None, code: str, *, as_json: bool) -> None:
    """列出登记过的变动"""
    opened = Workspace.open(workspace)
    told = [event for event in _events(opened) if not code or code in {*event.codes, *event.into}]
    if as_json:
        print_json([out.event_dict(event) for event in told])
        return
    for event in told:
        echo(telling.sentence(event, opened))
    echo(say("共 {n} 件。", n=len(told)))


def _events(opened: Workspace) -> list[Event]:
    # Without its complaints: a workspace whose events have any is not opened at all.
    told, _ = events.read_events(opened.root / events.NAME, opened.shelf.codes)
    return sorted(told, key=lambda event: (event.day, event.line))


def _known(opened: Workspace, code: str) -> Place:
    if code not in opened.register:
        message = say("名册里没有代码 {code}", code=code)
        raise MisusedError(message)
    return opened.register[code]
