"""``xianxue ledgers template``, ``import`` and ``export``: a ledger as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.cli.language import echo, spoken_words
from xianxue.desk.cli.ledgers.options import room_of
from xianxue.desk.cli.output import (
    as_book,
    json_option,
    print_issues,
    print_json,
    say_next,
    workspace_option,
)
from xianxue.desk.cli.returns.options import Day, actor_options, person, why_option
from xianxue.desk.cli.spoken import GivenFile, command, option
from xianxue.desk.stores import clock
from xianxue.desk.workspace import ComplaintsError, MisusedError

if TYPE_CHECKING:
    from xianxue.bureau.ledgers.lines import Line
    from xianxue.desk.actions.ledgers.take_in import Taken
    from xianxue.desk.ledgers.room import Room

OUTPUT = click.Path(dir_okay=False, path_type=Path)


@command("template")
@click.argument("ledger")
@option("-o", "output", required=True, type=OUTPUT, help="输出")
@workspace_option
def write_template(ledger: str, output: Path, workspace: Path | None) -> None:
    """写一份空白的登记表：一条一行，代码从下拉列表里选"""
    room = room_of(workspace)
    from xianxue.desk.ledgers.sheets import template  # noqa: PLC0415 - needs workbook libraries

    card = room.ledger(ledger)
    as_book(output)
    refuse_there(output)
    keep(output, template(room, card, clock.day_of(clock.now())))
    echo(say("已写 {file}", file=output))
    said = say("填好后读入：xianxue ledgers import {ledger} {file} --marked 目录 --as 姓名",
               ledger=ledger, file=output)  # fmt: skip
    say_next(said)


@command("import")
@click.argument("ledger")
@click.argument("files", nargs=-1, required=True, type=GivenFile())
@option(
    "--marked",
    type=click.Path(file_okay=False, path_type=Path),
    help="有问题的，把标好的副本写到这个目录",
)
@option("--dry-run", is_flag=True, help="只试算，不写入")
@why_option
@actor_options("office_clerk")
@workspace_option
@json_option
def import_entries(  # noqa: PLR0913, PLR0917 - options of one command
    ledger: str,
    files: Sequence[Path],
    marked: Path | None,
    why: str,
    name: str,
    role: str,
    own: str,
    workspace: Path | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> int:
    """从工作簿读入：全部读入，或一条也不读入

    同一份表再读一次，不会重复登记；导出的表改过以后读回，按编号更正（台账有更正步骤的）。
    """
    room = room_of(workspace)
    from xianxue.desk.actions.ledgers.take_in import TakeIn, Taken  # noqa: PLC0415 - needs Django
    from xianxue.desk.ledgers.sheets import grave  # noqa: PLC0415 - as above
    from xianxue.desk.ledgers.typed import lookup_of  # noqa: PLC0415 - as above

    card = room.ledger(ledger)
    actor = person(room.ground, name, role, own)
    lines, issues = _read(room, card, files)
    lookups = {field.field: lookup_of(room, field) for field in card.fields}
    deed = TakeIn(room.ground, card, actor, clock.now(), lookups, why)
    told = Taken()
    try:
        # Told before it is written; and where a cell cannot be read, the rest is looked at too.
        told = deed(lines, write=False)
        done = None
        if not grave(issues) and not dry_run:
            if not as_json:
                _tell(told, card)
            done = deed(lines)
    except ComplaintsError as error:
        known = {(issue.file, issue.cell) for issue in issues if issue.cell}
        issues += [one for one in error.issues if (one.file, one.cell) not in known]
        done = None
    made = _mark(files, issues, marked) if grave(issues) else []
    if as_json:
        print_json(_as_dict(told, done, lines, issues, made))
        return int(grave(issues))
    if issues:
        print_issues(issues, as_json=False)
    for path in made:
        echo(say("有问题的格子标在 {path} 里。", path=path))
    if grave(issues):
        echo(say("没有写入。"))
        say_next(say("在表里改好，保存后再读入一次。"))
        return 1
    if dry_run:
        _tell(told, card)
        echo(say("试算通过，没有写入。"))
    elif done is not None and (done.added or done.changed):
        echo(say("已写入。"))
    else:
        echo(say("与台账相同，没有改动。"))
    return 0


@command("export")
@click.argument("ledger")
@option("-o", "output", required=True, type=OUTPUT, help="输出")
@option("--state", "states", multiple=True, help="只要这些状态（代码或名称），可写多次")
@option("--place", default="", help="只要这个单位的（代码）")
@option("--from", "first", type=Day(), help="只要这一天起登记的")
@option("--to", "last", type=Day(), help="只要到这一天为止登记的")
@option("--open", "only_open", is_flag=True, help="只要未办结的")
@option("--unmasked", is_flag=True, help="不遮盖个人信息（要写理由，记入日志）")
@why_option
@actor_options("office_clerk")
@workspace_option
@json_option
def export_entries(  # noqa: PLR0913, PLR0917 - options of one command
    ledger: str,
    output: Path,
    states: Sequence[str],
    place: str,
    first: date | None,
    last: date | None,
    why: str,
    name: str,
    role: str,
    own: str,
    workspace: Path | None,
    *,
    only_open: bool,
    unmasked: bool,
    as_json: bool,
) -> None:
    """写出整本台账：每一条、每一栏，个人信息遮盖"""
    room = room_of(workspace)
    from xianxue.desk.actions.ledgers.take_out import TakeOut  # noqa: PLC0415 - needs Django
    from xianxue.desk.ledgers.sheets import Chosen, export  # noqa: PLC0415 - as above

    card = room.ledger(ledger)
    as_book(output)
    refuse_there(output)
    chosen = Chosen(
        states=tuple(_state(card, said) for said in states),
        place=place,
        first=first,
        last=last,
        open=only_open,
    )
    at = clock.now()
    taking = TakeOut(room.ground, card, person(room.ground, name, role, own), at)
    taking.refuse(why, unmasked=unmasked)
    made = export(room, card, chosen, clock.day_of(at), unmasked=unmasked)
    told = chosen.told(room, card)
    taking(made.entries, made.of, str(told), why, unmasked=unmasked)
    keep(output, made.data)
    if as_json:
        print_json(
            {
                "file": str(output),
                "entries": made.entries,
                "all": made.of,
                "filter": told,
                "masked": not unmasked,
            }
        )
        return
    echo(
        say(
            "已写 {file}：{n} 条，全部 {of} 条（{filter}）",
            file=output,
            n=made.entries,
            of=made.of,
            filter=told,
        )
    )


def refuse_there(output: Path) -> None:
    """Refuse to write over a file that is there."""
    if output.exists():
        message = say("{file} 已经存在，没有覆盖；请换一个文件名", file=output)
        raise MisusedError(message)


def keep(output: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    from xianxue.desk.stores.whole_files import whole  # noqa: PLC0415 - for files alone

    with whole(output) as scratch:
        scratch.write_bytes(data)


def _read(room: Room, card: Ledger, files: Sequence[Path]) -> tuple[list[Line], list[Issue]]:
    from xianxue.bureau.returns.files.refusal import RefusedError  # noqa: PLC0415 - this command
    from xianxue.desk.ledgers.sheets import read_lines  # noqa: PLC0415 - reads workbooks
    from xianxue.desk.returns.intake import file_names  # noqa: PLC0415 - as above
    from xianxue.desk.stores.given.given_workbooks import read_file  # noqa: PLC0415 - as above

    lines: list[Line] = []
    issues: list[Issue] = []
    for path, file in zip(files, file_names(files), strict=True):
        try:
            found, complaints = read_lines(room, card, read_file(path), file)
        except RefusedError as error:
            issues.append(error.issue(file))
            continue
        lines += found
        issues += map(_refused, complaints)
    return lines, issues


def _refused(issue: Issue) -> Issue:
    """Send a table of another make to the command that is for it."""
    if issue.code != "R-NOT-OURS":
        return issue
    do = say("请用 xianxue ledgers template 写的表；股室自己的台账请用 xianxue ledgers map 迁入")
    return replace(issue, do=do)


def _mark(files: Sequence[Path], issues: Sequence[Issue], folder: Path | None) -> list[Path]:
    if folder is None:
        return []
    from xianxue.desk.returns.marked_copies import write_marked  # noqa: PLC0415 - XlsxWriter

    return write_marked(files, issues, folder, spoken_words())


def _tell(told: Taken, card: Ledger) -> None:
    said = say(
        "{ledger}：对上 {matched} 条（更正 {changed} 条，没有变化 {unchanged} 条），"
        "新登记 {added} 条。",
        ledger=card.term,
        matched=len(told.changed) + len(told.unchanged),
        changed=len(told.changed),
        unchanged=len(told.unchanged),
        added=len(told.added),
    )
    echo(said)


def _as_dict(
    told: Taken,
    done: Taken | None,
    lines: Sequence[Line],
    issues: Sequence[Issue],
    made: Sequence[Path],
) -> dict[str, object]:
    refused = {(line.file, cell) for line in lines for cell in line.cells.values()}
    return {
        "lines": len(lines),
        "matched": len(told.changed) + len(told.unchanged),
        "changed": told.changed,
        "unchanged": len(told.unchanged),
        "added": list(done.added) if done is not None else [],
        "to_add": len(told.added),
        "refused": len({issue.cell for issue in issues if (issue.file, issue.cell) in refused}),
        "written": done is not None and bool(done.added or done.changed),
        "marked": [path.name for path in made],
        "issues": [issue.as_dict() for issue in issues],
    }


def _state(card: Ledger, said: str) -> str:
    for one in card.states:
        if said in {one.state, one.term}:
            return one.state
    known = joined("、", [one.term for one in card.states])
    message = say("{ledger}没有状态“{said}”；有：{known}", ledger=card.term, said=said, known=known)
    raise MisusedError(message)
