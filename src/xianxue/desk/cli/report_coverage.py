"""``xianxue report coverage``: what states each statement of a list, and what nothing states."""

from __future__ import annotations

from pathlib import Path

import click

from xianxue.bureau.report.covering import Covered, Office
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import (
    json_option,
    period_option,
    print_json,
    print_table,
    release_option,
    workspace_option,
)
from xianxue.desk.cli.spoken import GivenFile, command
from xianxue.desk.workspace import Workspace

_HEADS = (say("股室"), say("条数"), say("由数据得出"), say("自由文字"), say("缺"))


@command("coverage")
@click.argument("file", type=GivenFile())
@workspace_option
@period_option
@release_option
@json_option
def coverage(
    file: Path, workspace: Path | None, period: str | None, published: str, *, as_json: bool
) -> int:
    """核对覆盖：清单里的每一条由哪一处得出，这个县得不得出来"""
    from xianxue.desk.releases.published import river_of  # noqa: PLC0415 - needs the engine
    from xianxue.desk.report.statement_list import read_statements  # noqa: PLC0415 - as above
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs Django

    statements = read_statements(file)
    opened = Workspace.open(workspace)
    open_ground(opened)
    from xianxue.desk.report.coverage import covered  # noqa: PLC0415 - needs Django set up

    found = covered(river_of(opened, opened.period(period), published), statements)
    if as_json:
        print_json(found.as_dict)
    else:
        _print(found)
    return 1 if found.missing else 0


def _print(found: Covered) -> None:
    rows = [_row(name, one) for name, one in found.offices.items()]
    print_table("", _HEADS, [*rows, _row(say("合计"), found.whole)])
    if found.missing:
        lacking = [(one.id, one.office, one.reason) for one in found.missing]
        print_table(say("还缺的"), (say("编号"), say("股室"), say("原因")), lacking)
    else:
        echo(say("每一条都有着落。"))


def _row(name: str | Sentence, one: Office) -> tuple[str, ...]:
    numbers = (one.statements, one.produced, one.free_text, one.missing)
    return (name, *(str(number) for number in numbers))
