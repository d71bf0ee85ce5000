"""``xianxue appraise step``, ``close``, ``publish``, ``appeal``, ``decide``, ``log``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.cli.appraise.options import (
    LEADER,
    OFFICE,
    by_options,
    desk_of,
    period_option,
    prepared,
    ready,
)
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import json_option, print_json, print_table, workspace_option
from xianxue.desk.cli.spoken import command, option
from xianxue.desk.stores.clock import minute_of

if TYPE_CHECKING:
    from typing import Unpack

    from xianxue.desk.cli.appraise.options import By

_KINDS: Final[Mapping[str, Sentence]] = {
    "begin": say("布置"),
    "ties": say("回避情况"),
    "assign": say("派评委"),
    "mark": say("评分"),
    "self": say("自评"),
    "number": say("报数"),
    "adjust": say("加减分"),
    "veto": say("一票否决"),
    "document": say("佐证"),
    "absent": say("不适用"),
    "hand_in": say("交自评"),
    "withdraw": say("撤下"),
    "appeal": say("申诉"),
    "decide": say("答复"),
    "step": say("流程"),
    "reply": say("申辩"),
    "follow": say("结果运用"),
}


def _move(rubric: str, named: str, who: By) -> None:
    desk = desk_of(rubric, who)
    from xianxue.desk.actions.appraisal.moving import MoveOn  # noqa: PLC0415 - needs Django

    deed, about = prepared(desk, MoveOn, who), desk.about()
    row = deed(about, named, desk.results)
    state = deed.way.state_term(row.state)
    echo(say("{title}：{state}", title=about.title, state=state))
    days = desk.days() if named == "publish" else None
    for term, one in (
        () if days is None else ((say("公示"), days.publicity), (say("申诉"), days.appeal))
    ):
        if one is not None:
            echo(say("{term}：{told}。", term=term, told=one.told))


@command("step")
@click.argument("rubric")
@click.argument("step")
@by_options(OFFICE, "office_clerk")
def step(rubric: str, step: str, **who: Unpack[By]) -> None:
    """走一步：assess 评审、close 封评分、reopen 重开、publish 公示、hear 受理申诉、finish 定稿"""
    _move(rubric, step, who)


@command("close")
@click.argument("rubric")
@by_options(OFFICE, "office_clerk")
def close(rubric: str, **who: Unpack[By]) -> None:
    """封评分：以后不能再评，预览才看得到"""
    _move(rubric, "close", who)


@command("publish")
@click.argument("rubric")
@by_options(LEADER, "leader")
def publish(rubric: str, **who: Unpack[By]) -> None:
    """公示结果：存为一号，以后不变"""
    _move(rubric, "publish", who)


@command("appeal")
@click.argument("rubric")
@click.argument("text")
@option("--place", required=True, help="哪一家：代码或名称")
@option("--item", default="", help="哪一项：编号、序号或名称；不写是全部")
@by_options("本机校长", "school_head")
def appeal(
    rubric: str,
    text: str,
    *,
    place: str,
    item: str,
    **who: Unpack[By],
) -> None:
    """对公示的结果提出申诉，写明理由"""
    desk = desk_of(rubric, who)
    from xianxue.desk.actions.appraisal.doing import known_place  # noqa: PLC0415 - needs Django
    from xianxue.desk.actions.appraisal.moving import Appeal  # noqa: PLC0415 - as above

    about = desk.about()
    who["own"] = who["own"] or known_place(about, place)
    line = prepared(desk, Appeal, who)(about, place, item, text)
    echo(say("申诉已收（第 {n} 条）。", n=line.number))


@command("decide")
@click.argument("rubric")
@click.argument("number", type=click.IntRange(min=1))
@click.argument("text")
@option("--upheld/--rejected", required=True, default=None, help="申诉成立，或不成立")
@by_options(LEADER, "leader")
def decide(
    rubric: str,
    number: int,
    text: str,
    *,
    upheld: bool,
    **who: Unpack[By],
) -> None:
    """答复申诉：成立或不成立，写明理由；成立的，重开评审改正后再公示一号"""
    desk = desk_of(rubric, who)
    from xianxue.desk.actions.appraisal.moving import Decide  # noqa: PLC0415 - needs Django

    deed = prepared(desk, Decide, who)
    deed(desk.about(), number, text, upheld=upheld)
    echo(say("第 {n} 条申诉已答复。", n=number))


@command("log")
@click.argument("rubric")
@period_option
@option("--place", default="", help="只看这一家：代码或名称")
@workspace_option
@json_option
def log(
    rubric: str, *, period: str | None, place: str, workspace: Path | None, as_json: bool
) -> None:
    """看一次评价里登记过的各条和号；封评分以前不列评分"""
    opened = ready(workspace)
    from xianxue.desk.appraisal.deeds import Desk  # noqa: PLC0415 - needs Django

    desk = Desk.at(opened, rubric, period)
    names = desk.about().names
    found = [
        one for one in desk.lines() if not place or place in {one.place, names.get(one.place, "")}
    ]
    if as_json:
        print_json(
            [
                {
                    "line": one.number,
                    "kind": one.kind,
                    "place": one.place or None,
                    "item": one.item or None,
                    "said": one.said,
                    "at": one.at.isoformat(),
                    "by": one.by,
                    "why": one.why or None,
                }
                for one in found
            ]
        )
        return
    rows = [
        (
            str(one.number),
            _KINDS[one.kind],
            names.get(one.place, one.place),
            one.item,
            minute_of(one.at),
            one.by,
        )
        for one in found
    ]
    heads = (say("号"), say("种类"), say("对象"), say("评价项"), say("时间"), say("经办人"))
    print_table(desk.about().title, heads, rows)
