"""``xianxue ledgers map``: an office's own ledger, proposed, confirmed, taken in, remembered."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.sentence import say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.ledgers.files import OUTPUT, keep, refuse_there
from xianxue.desk.cli.ledgers.options import room_of
from xianxue.desk.cli.output import (
    as_book,
    json_option,
    print_issues,
    print_json,
    print_table,
    say_next,
    workspace_option,
)
from xianxue.desk.cli.returns.options import actor_options, person, why_option
from xianxue.desk.cli.spoken import GivenFile, command, option
from xianxue.desk.stores import clock
from xianxue.desk.workspace import MAPPINGS, MisusedError, Workspace

if TYPE_CHECKING:
    from xianxue.desk.ledgers.mapping.office import Answers, Office, Proposed, Taken
    from xianxue.desk.ledgers.room import Room


@command("map")
@click.argument("file", type=GivenFile())
@option("--ledger", default="", help="是哪本台账（默认：最像的一本）")
@option("--sheet", "tab", default="", help="只看这张工作表")
@option("--place", default="", help="表里没有单位一列时，是哪个单位的（代码）")
@option("--proposal", type=GivenFile(), help="改好的建议表")
@option("--confirm", is_flag=True, help="照建议表迁入")
@option("--leave", is_flag=True, help="收不进的行留在外面，列进清单；其余照收")
@option("-o", "output", type=OUTPUT, help="建议表；迁入时：没有去处的格子的清单")
@why_option
@actor_options("office_clerk")
@workspace_option
@json_option
def map_ledger(  # noqa: PLR0913, PLR0917 - options of one command
    file: Path,
    ledger: str,
    tab: str,
    place: str,
    proposal: Path | None,
    output: Path | None,
    why: str,
    name: str,
    role: str,
    own: str,
    workspace: Path | None,
    *,
    confirm: bool,
    leave: bool,
    as_json: bool,
) -> int:
    """把股室自己的 Excel 台账迁进来：先出建议表，改好以后确认

    列对到栏目，状态的说法和颜色对到卡片的状态，日期照原样认；认不出的、没有去处的，逐格列出来。
    确认过的对应记住，同样表头的表下次不再问。
    """
    room = room_of(workspace)
    from xianxue.bureau.returns.files.refusal import RefusedError  # noqa: PLC0415 - this command
    from xianxue.desk.ledgers.mapping.office import Office  # noqa: PLC0415 - needs Django
    from xianxue.desk.stores.given.given_workbooks import read_file  # noqa: PLC0415 - as above

    if output is not None:
        as_book(output)
        refuse_there(output)
    office = Office(room=room, actor=person(room.ground, name, role, own), at=clock.now(), why=why)
    try:
        data = read_file(file)
        answers = _answers(room, data, file, proposal, ledger, tab)
        tables = office.propose(
            data, file.name, answers, ledger=ledger, tab=tab, place=place
        )  # fmt: skip
    except RefusedError as error:
        issue = error.issue(file.name)
        print_issues([issue], as_json=as_json)
        return 1
    if not tables:
        raise MisusedError(say("{file} 里没有认出台账", file=file.name))
    if confirm:
        folder = Workspace.open(workspace)
        return _confirm(office, data, tables, folder, output, leave=leave, as_json=as_json)
    return _show(room, tables, output, file, as_json=as_json)


def _answers(  # noqa: PLR0913, PLR0917 - what a proposal is read against
    room: Room, data: bytes, file: Path, proposal: Path | None, ledger: str, tab: str
) -> Answers:
    from xianxue.desk.ledgers.mapping.looked import look_at  # noqa: PLC0415 - reads workbooks
    from xianxue.desk.ledgers.mapping.workbook import read_proposal  # noqa: PLC0415 - as above
    from xianxue.desk.stores.given.given_workbooks import read_file  # noqa: PLC0415 - as above

    if proposal is None:
        return {}
    looked = look_at(room, data, file.name, ledger, tab)
    return read_proposal(room, read_file(proposal), proposal.name, looked)


def _show(
    room: Room, tables: Sequence[Proposed], output: Path | None, file: Path, *, as_json: bool
) -> int:
    from xianxue.desk.ledgers.mapping.workbook import write_proposal  # noqa: PLC0415 - as above

    if output is not None:
        keep(output, write_proposal(room, tables))
    waits = sum(one.open for one in tables)
    if as_json:
        print_json({"tables": [_as_dict(one) for one in tables], "open": waits,
                    "proposal": str(output) if output is not None else None})  # fmt: skip
        return int(bool(waits))
    for one in tables:
        _tell(one)
    if output is None:
        say_next(say("写成建议表来改：加 -o 建议.xlsx"))
    else:
        echo(say("已写 {file}", file=output))
        said = say("改好以后：xianxue ledgers map {file} --proposal {proposal} --confirm"
                   " -o 余下.xlsx --as 姓名",
                   file=file, proposal=output)  # fmt: skip
        say_next(said)
    return int(bool(waits))


def _tell(one: Proposed) -> None:
    title = say("{table}：{ledger}，{n} 条", table=one.looked.named, ledger=one.looked.card.term,
                n=len(one.rows))  # fmt: skip
    columns = one.looked.proposals.columns
    rows = [
        (
            one.looked.block.table.column(each.head.at),
            each.head.text,
            str(each.target.field.term) if each.target is not None else say("—"),
            each.doubt,
        )
        for each in columns
    ]
    print_table(title, (say("列"), say("表头"), say("对应栏目"), say("要看的")), rows)
    for note in one.read.notes:
        echo(note)
    unknown = [word for word in one.read.words if not word.value]
    for word in unknown:
        echo(say("不认识的说法：“{text}”（{n} 行）", text=word.text, n=word.lines))
    for field in one.read.lacking:
        echo(say("没有“{term}”一列，每行都要填：写在建议表“补”里", term=field.term))
    for row, faults in sorted(one.read.refused.items()):
        for fault in faults:
            echo(say("第 {n} 行：{fault}", n=row, fault=fault))
    if one.read.left:
        echo(say("没有去处的格子：{n} 格，列在建议表“余下”里", n=len(one.read.left)))
    found = [issue for issues in one.issues.values() for issue in issues]
    if found:
        print_issues(found, as_json=False)


def _confirm(  # noqa: PLR0913 - what is taken in, and where the rest goes
    office: Office,
    data: bytes,
    tables: Sequence[Proposed],
    folder: Workspace,
    output: Path | None,
    *,
    leave: bool,
    as_json: bool,
) -> int:
    from xianxue.desk.ledgers.mapping.workbook import write_left  # noqa: PLC0415 - as above

    found: list[Issue] = [one for table in tables for some in table.issues.values() for one in some]
    refused = sum(len(one.read.refused) for one in tables)
    if (found or refused) and not leave:
        if as_json:
            told = [one.as_dict() for one in found]
            print_json({"written": False, "refused": refused, "issues": told})
            return 1
        for one in tables:
            _tell(one)
        echo(say("没有写入。"))
        say_next(say("在建议表里改好再确认；收不进的行要留在外面，加 --leave。"))
        return 1
    rest = sum(len(one.read.left) for one in tables) + len(found)
    if rest and output is None:
        raise MisusedError(say("有 {n} 格没有去处，请用 -o 写明清单放在哪里", n=rest))
    taken = office.take_in(data, tables, leave=leave, keep=folder.root / MAPPINGS)
    if output is not None:
        keep(output, write_left(taken.left))
    _told(office.room, taken, output, as_json=as_json)
    return 0


def _told(room: Room, taken: Taken, output: Path | None, *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "written": True,
                "taken": [
                    {
                        "ledger": name,
                        "added": numbers,
                        "unchanged": len(taken.unchanged.get(name, [])),
                    }
                    for name, numbers in taken.added.items()
                ],
                "unplaced": len(taken.left),
                "list": str(output) if output is not None else None,
            }
        )
        return
    for name, numbers in taken.added.items():
        echo(
            say(
                "{ledger}：迁入 {n} 条，已有 {m} 条没有变化。",
                ledger=room.ledgers[name].term,
                n=len(numbers),
                m=len(taken.unchanged.get(name, [])),
            )
        )
    if output is not None:
        echo(say("没有去处的 {n} 格列在 {file}。", n=len(taken.left), file=output))


def _as_dict(one: Proposed) -> dict[str, object]:
    return {
        "table": str(one.looked.named),
        "ledger": one.looked.card.ledger,
        "entries": len(one.rows),
        "columns": [
            {
                "column": one.looked.block.table.column(each.head.at),
                "header": each.head.text,
                "field": one.looked.field_of(each),
                "certainty": each.certainty,
            }
            for each in one.looked.proposals.columns
        ],
        "words": [
            {"field": word.field, "word": word.text, "value": word.value, "lines": word.lines}
            for word in one.read.words
        ],
        "lacking": [field.field for field in one.read.lacking],
        "refused": [
            {"row": row, "why": [str(fault) for fault in found]}
            for row, found in sorted(one.read.refused.items())
        ],
        "unplaced": [
            {"cell": left.cell, "header": left.head, "text": left.text, "why": str(left.why)}
            for left in one.read.left
        ],
        "issues": [issue.as_dict() for some in one.issues.values() for issue in some],
    }  # fmt: skip
