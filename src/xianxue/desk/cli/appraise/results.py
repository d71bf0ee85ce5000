"""``xianxue appraise list`` and ``score``: which rubrics there are, and what they come to."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from xianxue.bureau.appraisal.curves import number
from xianxue.bureau.kinds.appraisal.tree import leaves_of
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.cli.appraise.options import period_option, ready
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import (
    json_option,
    print_json,
    print_table,
    release_option,
    say_next,
    workspace_option,
)
from xianxue.desk.cli.spoken import command, option
from xianxue.desk.workspace import MisusedError


@command("list")
@workspace_option
@json_option
def list_rubrics(workspace: Path | None, *, as_json: bool) -> None:
    """列出评价卡片：评什么、多少项、评几家、到了哪一步"""
    opened = ready(workspace)
    from xianxue.desk.appraisal.listing import listed  # noqa: PLC0415 - needs Django

    found = listed(opened)
    if as_json:
        print_json(
            [
                {
                    "rubric": one.rubric.rubric,
                    "term": one.rubric.term,
                    "items": len(leaves_of(one.rubric)),
                    "places": one.places,
                    "state": one.state,
                }
                for one in found
            ]
        )
        return
    rows = [
        (
            one.rubric.rubric,
            one.rubric.term,
            one.period.term,
            str(len(leaves_of(one.rubric))),
            str(one.places),
            one.state_term,
        )
        for one in found
    ]
    heads = (say("编号"), say("名称"), say("时期"), say("评分项"), say("对象"), say("状态"))
    print_table(say("评价与考核"), heads, rows)
    say_next(say("看得分：xianxue appraise score 编号"))


@command("score")
@click.argument("rubric")
@period_option
@option("--place", default="", help="只看这一家：代码或名称")
@option("--now", is_flag=True, help="公示以后也按现在的数重新算，不看公示的结果")
@option(
    "--number", type=click.IntRange(min=1), help="看第几号公示（默认：最近一号，没有则按现在的数）"
)
@release_option
@workspace_option
@json_option
def score(  # noqa: PLR0913 - options of one command
    rubric: str,
    *,
    period: str | None,
    place: str,
    now: bool,
    number: int | None,
    published: str,
    workspace: Path | None,
    as_json: bool,
) -> None:
    """按评价卡片给每一家算分、定等次、排名"""
    opened = ready(workspace)
    from xianxue.desk.appraisal.cards import which  # noqa: PLC0415 - needs the engine
    from xianxue.desk.appraisal.json_keys import as_json as for_programs  # noqa: PLC0415 - as above
    from xianxue.desk.appraisal.published import came_to  # noqa: PLC0415 - as above
    from xianxue.desk.appraisal.scored import Appraising  # noqa: PLC0415 - as above

    asked = which(opened, rubric, period)
    appraising = Appraising(workspace=opened, released=published)
    said, release = came_to(appraising, asked, 0 if now else number)
    if place:
        said = _of_one(said, place)
    if as_json:
        print_json(for_programs(said))
        return
    if place:
        _print_items(said)
    else:
        _print(said, str(asked.period.term))
        if not said["places"]:
            echo(
                say(
                    "还没有写明评谁：xianxue appraise begin {rubric} --subject 编号=名称",
                    rubric=rubric,
                )
            )
        if asked.rubric.note:
            echo(say("说明：{note}", note=asked.rubric.note))
    told = (
        say("以上是第 {n} 号公示的结果。", n=release)
        if release
        else say("以上是现在的数，没有公示。")
    )
    echo(told)


def _of_one(said: dict[str, Any], place: str) -> dict[str, Any]:
    """Give what one came to, by code or name; MisusedError where nobody is meant, or several."""
    found = [one for one in said["places"] if place in {one["place"], one["name"]}]
    if not found:
        raise MisusedError(say("“{term}”不评“{place}”", term=said["term"], place=place))
    if len(found) > 1:
        raise MisusedError(say("叫“{place}”的不止一家：请写代码", place=place))
    return {**said, "places": found}


def _print(said: Mapping[str, Any], period: str) -> None:
    ranked = sorted(
        said["places"], key=lambda one: (one["group"], one["rank"] is None, one["rank"] or 0)
    )
    rows = [
        (
            one["group"],
            one["name"],
            one["shown"],
            one["grade_term"],
            "—" if one["rank"] is None else str(one["rank"]),
            _missing(one),
        )
        for one in ranked
    ]
    title = say("{term}（{period}）", term=said["term"], period=period)
    heads = (say("比较组"), say("对象"), say("总分"), say("等次"), say("名次"), say("还缺"))
    print_table(title, heads, rows)
    for one in said["remarks"]:
        echo(one)
    faults = sum(len(one["faults"]) for one in said["places"])
    if faults:
        echo(say("有 {n} 处要改，用 --place 逐家看。", n=faults))
    say_next(say("看一家各项：xianxue appraise score {rubric} --place 代码", rubric=said["rubric"]))


def _missing(place: Mapping[str, Any]) -> str:
    terms = {one["item"]: one["term"] for one in place["items"]}
    items = place["missing"]
    if not items:
        return ""
    few = joined("、", [terms[one] for one in items[:2]])
    return say("{few}等 {n} 项", few=few, n=len(items)) if len(items) > len(items[:2]) else few


def _print_items(said: Mapping[str, Any]) -> None:
    (one,) = said["places"]
    rows = [
        (
            item["number"],
            item["term"],
            _points(item["points"]),
            _points(item["of"]),
            item["because"],
        )
        for item in one["items"]
    ]
    title = say("{name}：{term}", name=one["name"], term=said["term"])
    heads = (say("序号"), say("项目"), say("得分"), say("满分"), say("怎样得来"))
    print_table(title, heads, rows)
    echo(say("总分 {shown}，{why}。", shown=one["shown"], why=one["why"]))
    for fault in one["faults"]:
        echo(fault)
    for item in one["items"]:
        for flag in item["flags"]:
            echo(
                say("{number} {term}：{flag}", number=item["number"], term=item["term"], flag=flag)
            )
    say_next(
        say(
            "看一分怎样得来：xianxue appraise explain {rubric} --place {place} --item 编号",
            rubric=said["rubric"],
            place=one["place"],
        )
    )


def _points(said: str | None) -> str:
    return "—" if said is None else number(Fraction(said))
