"""``xianxue plan suppose``: named sets of supposed changes, kept, shown, set side by side."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import json_option, period_option, workspace_option
from xianxue.desk.cli.plan.supposed_options import called, typed_changes
from xianxue.desk.cli.spoken import GivenFile, command, option
from xianxue.desk.workspace import MisusedError, Workspace

if TYPE_CHECKING:
    from xianxue.desk.plan.supposing import Outcome

_LONGEST: Final = 60
"""Characters of a name: it stands at the head of a column."""
_TWO: Final = (str, str)
_THREE: Final = (str, str, str)
_FOUR: Final = (str, str, str, str)


class _Kept(Record):
    """How something is kept: for which set, by whom, why."""

    opened: Workspace
    period: str
    name: str
    by: str
    why: str


@command("suppose")
@click.argument("names", nargs=-1)
@workspace_option
@period_option
@option("--set", "file", type=GivenFile(), help="从文件读入设想（JSON），保存为这个方案")
@option("--add", type=_THREE, multiple=True, help="学校 项目 几个：增加（写负数是减少）")
@option("--move", type=_FOUR, multiple=True, help="调出学校 调入学校 项目 几个")
@option("--put", type=_THREE, multiple=True, help="学校 项目 数：直接写明这一项是多少")
@option("--pupils", multiple=True, help="下一年学生数：-3% 或 low、middle、high（按推算）")
@option("--merge", type=_TWO, multiple=True, help="学校（几所用逗号隔开） 并入的学校")
@option("--close", type=_TWO, multiple=True, help="撤销的学校 学生去的学校（写 - 表示不计）")
@option("--line", type=_TWO, multiple=True, help="标准.项目（分学段的加 /学段） 定为多少")
@option("--note", default="", help="这个方案是什么意思")
@option("--compare", is_flag=True, help="几个方案并排比较")
@option("--all", "everything", is_flag=True, help="学校和乡镇变动的指标也列出")
@option("--withdraw", is_flag=True, help="撤下这个方案；以前各稿仍可查")
@option("--as", "by", default="本机操作员", show_default=True, help="谁办理")
@option("--why", default="", help="理由")
@json_option
def suppose(  # noqa: PLR0913 - its options
    names: tuple[str, ...],
    *,
    workspace: Path | None,
    period: str | None,
    file: Path | None,
    note: str,
    compare: bool,
    everything: bool,
    withdraw: bool,
    by: str,
    why: str,
    as_json: bool,
    **typed: tuple[Any, ...],
) -> None:
    """设想：如果增减教师、并校、改标准，指标和判定会怎样；都是设想，不改动任何统计数

    不写名称的，列出已有的方案；写一个名称的，看这个方案的前后对比；写明改动的，先保存再看。
    """
    changing = withdraw or file is not None or any(typed.values())
    if changing and len(names) != 1:
        raise MisusedError(say("保存或撤下时写明一个方案的名称"))
    if bool(names[1:]) != compare:
        raise MisusedError(say("要并排比较，请写几个名称，并加 --compare"))
    opened = Workspace.open(workspace)
    code = opened.period(period).code
    # Only now: the rest needs the engine and the database.
    from xianxue.desk.cli.plan import supposed_shown  # noqa: PLC0415 - see above

    if changing:
        kept = _Kept(opened, code, _named(names[0]), by, why)
        if withdraw:
            _withdraw(kept)
            return
        found = _keep(kept, typed, file, note)
        supposed_shown.show(opened, code, names[0], found, everything=everything, as_json=as_json)
    elif compare:
        supposed_shown.compare(opened, code, names, as_json=as_json)
    elif names:
        supposed_shown.show(opened, code, names[0], everything=everything, as_json=as_json)
    else:
        supposed_shown.list_sets(opened, code if period else "", as_json=as_json)


def _named(name: str) -> str:
    said = name.strip()
    if not said or len(said) > _LONGEST or not said.isprintable():
        raise MisusedError(say("方案的名称是 1 到 {n} 个字", n=_LONGEST))
    return said


def _keep(
    kept: _Kept, typed: Mapping[str, tuple[Any, ...]], file: Path | None, note: str
) -> Outcome:
    """Keep a set, and give what it comes to: it was worked out to see whether it fits."""
    from xianxue.bureau.plan.suppose.spots import numbered  # noqa: PLC0415 - as above
    from xianxue.desk.cli.plan.supposed_shown import counted_in  # noqa: PLC0415 - as above
    from xianxue.desk.plan.changes_given import read_changes, read_set  # noqa: PLC0415 - as above
    from xianxue.desk.plan.kept_sets import deed_of  # noqa: PLC0415 - as above
    from xianxue.desk.plan.supposing import outcome  # noqa: PLC0415 - as above

    said = typed_changes(typed)
    names = called(typed)
    changes = read_changes(said, kept.opened, names) if said else ()
    if file is not None:
        read = read_set(file, kept.opened)
        names = [*numbered(len(read.changes)), *names]
        changes, note = (*read.changes, *changes), note or read.note
    # Before it is kept: a set that does not fit the returns is of no use to anybody.
    found = outcome(counted_in(kept.opened, kept.period), changes, names)
    deed_of(kept.opened, kept.by, kept.why)(kept.name, kept.period, changes, note)
    return found


def _withdraw(kept: _Kept) -> None:
    from xianxue.desk.plan.kept_sets import deed_of, kept_set  # noqa: PLC0415 - as above

    kept_set(kept.opened, kept.name, kept.period)
    deed_of(kept.opened, kept.by, kept.why).withdraw(kept.name, kept.period)
    echo(say("已撤下。"))
