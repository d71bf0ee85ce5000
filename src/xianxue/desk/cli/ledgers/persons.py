"""``xianxue ledgers person``: all that ledgers hold about one person, for that person."""

from __future__ import annotations

import json
from pathlib import Path

import click

from xianxue.bureau.values.sentence import say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.ledgers.files import OUTPUT, keep, refuse_there
from xianxue.desk.cli.ledgers.options import room_of
from xianxue.desk.cli.output import json_option, print_json, workspace_option
from xianxue.desk.cli.returns.options import actor_options, person, why_option
from xianxue.desk.cli.spoken import command, option
from xianxue.desk.stores import clock
from xianxue.desk.workspace import MisusedError


@command("person")
@click.argument("text")
@option("-o", "output", required=True, type=OUTPUT, help="输出")
@why_option
@actor_options("office_clerk")
@workspace_option
@json_option
def export_person(  # noqa: PLR0913, PLR0917 - options of one command
    text: str,
    output: Path,
    why: str,
    name: str,
    role: str,
    own: str,
    workspace: Path | None,
    *,
    as_json: bool,
) -> None:
    """写出台账里关于一个人的全部内容（按姓名或号码），要写理由，记入日志"""
    room = room_of(workspace)
    from xianxue.desk.ledgers.persons import as_workbook, give_out  # noqa: PLC0415 - needs Django

    kind = output.suffix.lower()
    if kind not in {".xlsx", ".json"}:
        saw = say("{output}：文件名请以 .xlsx（给本人看）或 .json（给程序读）结尾", output=output)
        raise MisusedError(saw)
    refuse_there(output)
    who = person(room.ground, name, role, own)
    found = give_out(room.ground, who, clock.now(), text, why)
    told = (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()
    keep(output, told if kind == ".json" else as_workbook(found))
    if as_json:
        print_json({"file": str(output), "entries": len(found)})
        return
    echo(say("已写 {file}：{n} 条", file=output, n=len(found)))
