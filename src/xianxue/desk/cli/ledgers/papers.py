"""``xianxue ledgers slip`` and ``place``: documents about one matter, or about one place."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xianxue.bureau.values.record import replace
from xianxue.bureau.values.sentence import say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.ledgers.files import keep, refuse_there
from xianxue.desk.cli.ledgers.options import room_of, told_read
from xianxue.desk.cli.output import as_word, say_next, workspace_option
from xianxue.desk.cli.returns.options import Day, actor_options, person
from xianxue.desk.cli.spoken import command, option
from xianxue.desk.stores import clock
from xianxue.desk.workspace import MisusedError, Workspace

if TYPE_CHECKING:
    from xianxue.bureau.report.notices.slip import Slip
    from xianxue.desk.ledgers.room import Room

_OUTPUT = click.Path(dir_okay=False, path_type=Path)


@command()
@click.argument("ledger")
@click.argument("number")
@click.argument("kind", type=click.Choice(["reminder", "supervision", "circular", "rectification"]))
@option("-o", "output", required=True, type=_OUTPUT, help="输出")
@option("--on", type=Day(), help="成文日期，默认今天")
@actor_options("office_clerk")
@workspace_option
def slip(  # noqa: PLR0913, PLR0917 - options of one command
    ledger: str,
    number: str,
    kind: Slip,
    output: Path,
    on: date | None,
    name: str,
    role: str,
    own: str,
    workspace: Path | None,
) -> None:
    """一件事的提醒（reminder）、督办单（supervision）、通报（circular）或整改通知书（rectification）"""
    as_word(output)
    refuse_there(output)
    room = _seen_by(workspace, name, role, own)
    from xianxue.desk.ledgers import slips  # noqa: PLC0415 - needs python-docx
    from xianxue.desk.ledgers.entries import held_of, row_of  # noqa: PLC0415 - needs Django

    card = room.ledger(ledger)
    row = row_of(ledger, number)
    if row is None or not room.sees(ledger, row.place):
        raise MisusedError(say("{ledger}里没有{number}号", ledger=card.term, number=number))
    profile = Workspace.open(workspace).settings.profile
    day = on or clock.day_of(clock.now())
    written = slips.slip(room, slips.matter_of(room, card, held_of(row), day, kind), kind, day)
    paper = slips.document(room, written, profile)
    told_read(room, [ledger], row)
    keep(output, paper)
    echo(say("已写 {file}", file=output))
    say_next(say("填上发文字号、联系人和电话，核对后签发、盖章"))


@command()
@click.argument("code")
@option("-o", "output", required=True, type=_OUTPUT, help="输出：.docx 或 .xlsx")
@option("--on", type=Day(), help="按哪一天看（默认：今天）")
@actor_options("office_clerk")
@workspace_option
def place(  # noqa: PLR0913, PLR0917 - options of one command
    code: str,
    output: Path,
    on: date | None,
    name: str,
    role: str,
    own: str,
    workspace: Path | None,
) -> None:
    """一校一表：一个单位各台账里没有办结的事和条数，一页"""
    book = output.suffix.lower() == ".xlsx"
    if not book and output.suffix.lower() != ".docx":
        saw = say("{output}：一校一表的文件名请以 .docx 或 .xlsx 结尾", output=output)
        raise MisusedError(saw)
    refuse_there(output)
    room = _seen_by(workspace, name, role, own)
    from xianxue.desk.ledgers import papers  # noqa: PLC0415 - needs Django and python-docx

    day = on or clock.day_of(clock.now())
    sheet = papers.place_sheet(room, code, day)
    profile = Workspace.open(workspace).settings.profile
    data = (
        papers.place_workbook(sheet) if book else papers.place_document(room, sheet, day, profile)
    )
    told_read(room, sheet.ledgers)
    keep(output, data)
    echo(say("已写 {file}", file=output))


def _seen_by(workspace: Path | None, name: str, role: str, own: str) -> Room:
    room = room_of(workspace)
    return replace(room, actor=person(room.ground, name, role, own))
