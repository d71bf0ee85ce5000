"""``xianxue appraise begin``, ``declare``, ``assign``, ``mark``: who assesses, what they give."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

import click

from xianxue.bureau.appraisal.conflicts import Ties
from xianxue.bureau.values.sentence import say
from xianxue.desk.cli.appraise.options import (
    OFFICE,
    by_options,
    desk_of,
    pairs,
    prepared,
)
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import say_next
from xianxue.desk.cli.spoken import command, option
from xianxue.desk.workspace import MisusedError

if TYPE_CHECKING:
    from typing import Unpack

    from xianxue.desk.cli.appraise.options import By


@command("begin")
@click.argument("rubric")
@option("--subject", "subjects", multiple=True, help="名册里没有的对象：编号=名称；可写多次")
@option(
    "--places", "places", multiple=True, help="一个对象由哪些单位组成：编号=代码,代码；可写多次"
)
@option("--due", type=click.DateTime(["%Y-%m-%d"]), help="交自评的最后一天")
@by_options(OFFICE, "office_clerk")
def begin(
    rubric: str,
    *,
    subjects: tuple[str, ...],
    places: tuple[str, ...],
    due: datetime | None,
    **who: Unpack[By],
) -> None:
    """布置一次评价：名册里没有的对象（股室、教师、联盟）在这里写明"""
    desk = desk_of(rubric, who)
    from xianxue.desk.actions.appraisal.moving import BeginAppraisal  # noqa: PLC0415 - needs Django

    members = pairs(places, say("--places 写成 编号=代码,代码"))
    named = {
        one: {"name": name, "places": members[one].split(",") if one in members else []}
        for one, name in pairs(subjects, say("--subject 写成 编号=名称")).items()
    }
    deed = prepared(desk, BeginAppraisal, who)
    row = deed(desk.about(), named, due.date() if due is not None else None)
    echo(say("已布置：{title}，另列 {n} 个对象。", title=desk.about().title, n=len(named)))
    say_next(say("登记回避、派评委：xianxue appraise declare {rubric} 姓名", rubric=row.rubric))


@command("declare")
@click.argument("rubric")
@click.argument("assessor")
@option("--own-school", "own_schools", multiple=True, help="本人所在单位的代码；可写多次")
@option("--kin", multiple=True, help="近亲属所在单位的代码；可写多次")
@option("--former", multiple=True, help="任职过的单位：代码=离开日期，如 2163990001=2024-07-31")
@by_options(OFFICE, "office_clerk")
def declare(
    rubric: str,
    assessor: str,
    *,
    own_schools: tuple[str, ...],
    kin: tuple[str, ...],
    former: tuple[str, ...],
    **who: Unpack[By],
) -> None:
    """登记评委的回避情况：本单位、任职过的单位、近亲属所在单位；没有的也登记"""
    desk = desk_of(rubric, who)
    from xianxue.desk.actions.appraisal.assessors import DeclareTies  # noqa: PLC0415 - needs Django

    days = pairs(former, say("--former 写成 代码=离开日期"))
    try:
        left = {code: date.fromisoformat(day) for code, day in days.items()}
    except ValueError:
        raise MisusedError(say("离开日期写成 2024-07-31")) from None
    ties = Ties(own=frozenset(own_schools), kin=frozenset(kin), former=left)
    deed = prepared(desk, DeclareTies, who)
    deed(desk.about(), assessor, ties)
    echo(say("已登记{name}的回避情况。", name=assessor))


@command("assign")
@click.argument("rubric")
@click.argument("assessor")
@option("--place", "places", multiple=True, required=True, help="评哪一家：代码或名称；可写多次")
@option("--item", "items", multiple=True, help="评哪一项：编号、序号或名称；不写是全部；可写多次")
@option("--panel", default="", help="在哪一组")
@by_options(OFFICE, "office_clerk")
def assign(
    rubric: str,
    assessor: str,
    *,
    places: tuple[str, ...],
    items: tuple[str, ...],
    panel: str,
    **who: Unpack[By],
) -> None:
    """派评委：谁评哪几家、哪几项；要回避的不派"""
    desk = desk_of(rubric, who)
    from xianxue.desk.actions.appraisal.assessors import AssignAssessor  # noqa: PLC0415 - needs Django

    deed = prepared(desk, AssignAssessor, who)
    lines = deed(desk.about(), assessor, places, items, panel)
    seat = lines[0].said["seat"]
    echo(say("{name}是{seat}，派去评 {n} 家。", name=assessor, seat=seat, n=len(set(places))))
    say_next(say("评分：xianxue appraise mark {rubric} --place 代码 --item 编号 分数 --as {name}",
                 rubric=rubric, name=assessor))  # fmt: skip


@command("mark")
@click.argument("rubric")
@click.argument("value")
@option("--place", required=True, help="哪一家：代码或名称")
@option("--item", required=True, help="哪一项：编号、序号或名称")
@by_options("", "inspector")
def mark(
    rubric: str,
    value: str,
    *,
    place: str,
    item: str,
    **who: Unpack[By],
) -> None:
    """评分：分数、名次或档次的编号；封评分以前可以改，别人看不到"""
    desk = desk_of(rubric, who)
    from xianxue.desk.actions.appraisal.assessors import GiveMark  # noqa: PLC0415 - needs Django

    try:
        points: Fraction | None = Fraction(value)
        level = ""
    except ValueError:
        points, level = None, value
    deed = prepared(desk, GiveMark, who)
    line = deed(desk.about(), place, item, points, level)
    echo(say("{seat}的评分已记下。", seat=line.said["seat"]))
