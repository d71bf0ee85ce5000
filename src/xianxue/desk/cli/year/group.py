"""``xianxue year``: a new year, and what it takes over from the one before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.cli.command_order import InOrder
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import (
    json_option,
    print_json,
    print_table,
    say_next,
    workspace_option,
)
from xianxue.desk.cli.returns.options import actor_options, person, why_option
from xianxue.desk.cli.spoken import option
from xianxue.desk.stores import clock
from xianxue.desk.workspace import Workspace

if TYPE_CHECKING:
    from xianxue.desk.year.rolling import Rolling

_OPERATOR: Final = "本机操作员"


@click.group(cls=InOrder)
def year() -> None:
    """学年：开新学年，还没有单位报送以前可以撤回"""


@year.command("open")
@click.argument("period")
@workspace_option
@option("--dry-run", "look", is_flag=True, help="只列出要接过去什么，不办")
@actor_options("office_clerk", _OPERATOR)
@why_option
@json_option
def open_new_year(  # noqa: PLR0913, PLR0917 - options of one command
    period: str,
    workspace: Path | None,
    name: str,
    role: str,
    own: str,
    why: str,
    *,
    look: bool,
    as_json: bool,
) -> None:
    """开新学年：报送期限、学校、年级、目标、校历接到新的一年，如 year open 2026-2027"""
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs Django
    from xianxue.desk.year.opening import open_year, rolling_to  # noqa: PLC0415 - as above

    opened = Workspace.open(workspace)
    ground = open_ground(opened)
    rolling = rolling_to(opened, period)
    # Before the deed: what it takes over is there afterwards, and would be listed as kept.
    said, tables = _as_dict(rolling), _tables(rolling)
    done = False
    if not look:
        from xianxue.desk.actions.year.open_year import OpenYear  # noqa: PLC0415 - as above

        actor = person(ground, name, role, own)
        done = open_year(rolling, OpenYear(ground, actor, clock.now(), why))
    if as_json:
        print_json({**said, "done": done, "dry_run": look})
        return
    for title, columns, rows in tables:
        print_table(title, columns, rows)
    for one in rolling.lacking:
        echo(say("还要办：{what}", what=one))
    when = rolling.period.term
    if look:
        echo(say("以上是开{when}要接过去的，还没有办。", when=when))
    elif done:
        echo(say("{when}开好了，从现在起各命令、各页面默认是这一年。", when=when))
        say_next(
            say(
                "下发模板：xianxue returns template；开错了：xianxue year take-back {code}",
                code=rolling.period.code,
            )
        )
    else:
        echo(say("{when}先前已经开好，没有重办。", when=when))


@year.command("take-back")
@click.argument("period")
@workspace_option
@actor_options("office_clerk", _OPERATOR)
@why_option
@json_option
def take_back(  # noqa: PLR0913, PLR0917 - options of one command
    period: str,
    workspace: Path | None,
    name: str,
    role: str,
    own: str,
    why: str,
    *,
    as_json: bool,
) -> None:
    """撤回新学年：接过去的期限、目标一起撤下；有单位报送以后不能撤"""
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs Django
    from xianxue.desk.year.opening import take_back_year  # noqa: PLC0415 - as above

    opened = Workspace.open(workspace)
    ground = open_ground(opened)
    from xianxue.desk.actions.year.open_year import OpenYear  # noqa: PLC0415 - as above

    actor = person(ground, name, role, own)
    before = take_back_year(opened, OpenYear(ground, actor, clock.now(), why), period)
    if as_json:
        print_json({"period": opened.period(period).code, "previous": before.code})
        return
    echo(
        say("{when}撤回了，现在又是{before}。", when=opened.period(period).term, before=before.term)
    )


def _as_dict(rolling: Rolling) -> dict[str, Any]:
    many, new, gone = rolling.schools
    return {
        "period": rolling.period.code,
        "previous": rolling.before.code,
        "forms": [
            {
                "form": one.form,
                "term": one.term,
                "version": one.version,
                "expected": one.expected,
                "due": one.due.isoformat() if one.due else None,
                "lock": one.lock.isoformat() if one.lock else None,
                "there": one.there,
            }
            for one in rolling.limits
        ],
        "schools": {
            "expected": many,
            "new": [place.code for place in new],
            "gone": [place.code for place in gone],
        },
        "rising": [
            {"grade": one.grade, "term": one.term, "from": one.after, "pupils": one.pupils}
            for one in rolling.grades
        ],
        "targets": [
            {"target": one.key, "value": plain(one.amount), "goal": one.goal, "source": one.source}
            for one in rolling.targets
        ],
        "still_to_do": list(rolling.lacking),
    }


def _tables(rolling: Rolling) -> list[tuple[str, list[str], list[tuple[str, ...]]]]:
    from xianxue.desk.year.told import (  # noqa: PLC0415 - needs the engine
        amount_told,
        days_told,
        targets_told,
    )

    many, new, gone = rolling.schools
    told: list[tuple[str, list[str], list[tuple[str, ...]]]] = [
        (
            say("报表"),
            [say("报表"), say("版本"), say("应报单位"), say("报送期限")],
            [(one.term, one.version, str(one.expected), days_told(one)) for one in rolling.limits],
        ),
        (
            say("学校"),
            [say("填报的学校"), say("新设"), say("不再填报")],
            [
                (
                    str(many),
                    joined("、", [place.name for place in new]) or say("没有"),
                    joined("、", [place.name for place in gone]) or say("没有"),
                )
            ],
        ),
    ]
    terms = {one.grade: one.term for one in rolling.grades}
    if rolling.grades:
        rows = [
            (
                one.term,
                terms.get(one.after, "") or say("新生"),
                say("开学后报") if one.pupils is None else str(one.pupils),
            )
            for one in rolling.grades
        ]
        told.append((say("年级"), [say("年级"), say("从哪里升上来"), say("上年人数")], rows))
    if rolling.targets:
        rows = [
            (title, amount_told(target, rolling.workspace.shelf), target.source)
            for title, target in targets_told(rolling)
        ]
        told.append(
            (say("目标（先沿用，待下达文件）"), [say("目标"), say("数值"), say("依据")], rows)
        )
    return told
