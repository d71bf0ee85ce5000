"""``xianxue appraise list`` and ``score``: which rubrics there are, and what they come to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from xianxue.bureau.appraisal.curves import number
from xianxue.bureau.kinds.appraisal.tree import leaves_of
from xianxue.bureau.values.sentence import joined, say
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
from xianxue.desk.workspace import Workspace

if TYPE_CHECKING:
    from xianxue.desk.appraisal.scored import Result


@command("list")
@workspace_option
@json_option
def list_rubrics(workspace: Path | None, *, as_json: bool) -> None:
    """列出评价卡片：评什么、多少项、评几家、到了哪一步"""
    opened = Workspace.open(workspace)
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
@option("--period", help="时期，如 2025（默认：卡片写的那种时期，当前这一个）")
@option("--place", default="", help="只看这一家：代码或名称")
@release_option
@workspace_option
@json_option
def score(  # noqa: PLR0913 - options of one command
    rubric: str,
    period: str | None,
    place: str,
    published: str,
    workspace: Path | None,
    *,
    as_json: bool,
) -> None:
    """按评价卡片给每一家算分、定等次、排名"""
    opened = Workspace.open(workspace)
    from xianxue.desk.appraisal.json_keys import as_json as told  # noqa: PLC0415 - needs the engine
    from xianxue.desk.appraisal.scored import appraised, of_one  # noqa: PLC0415 - as above

    result = appraised(opened, rubric, period, released=published)
    if place:
        result = of_one(result, place)
    if as_json:
        print_json(told(result))
        return
    if place:
        _print_items(result)
    else:
        _print(result)


def _print(result: Result) -> None:
    asked = result.asked
    terms = {one.group: one.term for one in asked.rubric.groups}
    ranked = sorted(
        result.by_place.values(), key=lambda one: (one[1].group, one[1].rank is None, one[1].rank)
    )
    rows = [
        (
            terms.get(graded.group, graded.group),
            score.name,
            score.shown,
            graded.term,
            "—" if graded.rank is None else str(graded.rank),
            _missing(score.missing, {one.item: one.term for one in score.items}),
        )
        for score, graded in ranked
    ]
    title = say("{term}（{period}）", term=asked.rubric.term, period=asked.period.term)
    heads = (say("比较组"), say("对象"), say("总分"), say("等次"), say("名次"), say("还缺"))
    print_table(title, heads, rows)
    for one in result.grades.issues:
        echo(one.message)
    faults = [issue for score in result.scores for issue in score.issues]
    if faults:
        echo(say("有 {n} 处要改，用 --place 逐家看。", n=len(faults)))
    if asked.rubric.note:
        echo(say("说明：{note}", note=asked.rubric.note))
    say_next(
        say("看一家各项：xianxue appraise score {rubric} --place 代码", rubric=asked.rubric.rubric)
    )


def _missing(items: tuple[str, ...], terms: dict[str, str]) -> str:
    if not items:
        return ""
    few = joined("、", [terms[one] for one in items[:2]])
    return say("{few}等 {n} 项", few=few, n=len(items)) if len(items) > len(items[:2]) else few


def _print_items(result: Result) -> None:
    (found,) = result.by_place.values()
    score, graded = found
    rows = [
        (
            one.number,
            one.term,
            "—" if one.points is None else number(one.points),
            number(one.of),
            one.because,
        )
        for one in score.items
    ]
    title = say("{name}：{term}", name=score.name, term=result.asked.rubric.term)
    heads = (say("序号"), say("项目"), say("得分"), say("满分"), say("怎样得来"))
    print_table(title, heads, rows)
    echo(say("总分 {shown}，{why}。", shown=score.shown, why=graded.because))
    for issue in score.issues:
        echo(issue.message)
    for item in score.items:
        for flag in item.flags:
            echo(say("{number} {term}：{flag}", number=item.number, term=item.term, flag=flag))
    say_next(
        say(
            "看一分怎样得来：xianxue appraise explain {rubric} --place {place} --item 编号",
            rubric=result.asked.rubric.rubric,
            place=score.place,
        )
    )
