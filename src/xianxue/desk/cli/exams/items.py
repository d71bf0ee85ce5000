"""``xianxue exams items``: how hard each item is, how well it tells pupils apart, reliability."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import json_option, print_json, print_table
from xianxue.desk.cli.spoken import GivenFile, command, option

if TYPE_CHECKING:
    from xianxue.bureau.exams.items import Analysed
    from xianxue.bureau.values.exact import Exact

_PLACES = 3


@command("items")
@click.argument("file", type=GivenFile())
@option("--extreme", type=click.IntRange(1, 50), default=27, show_default=True,
        help="高低分组各取百分之几")  # fmt: skip
@option("--ties-out", is_flag=True, help="组界上同分的放不下就全部不计（默认：全部计入）")
@option("--blank-unseen", is_flag=True, help="空白按没有作答机会，不按 0 分")
@json_option
def analyse_items(
    file: Path, *, extreme: int, ties_out: bool, blank_unseen: bool, as_json: bool
) -> None:
    """小题分析：难度、区分度、信度、选项分布"""
    from xianxue.bureau.exams.item_sums import Rules  # noqa: PLC0415 - needs the engine
    from xianxue.desk.exams import item_table  # noqa: PLC0415 - as above

    rules = Rules(extreme=extreme, all_in=not ties_out, blank_is_zero=not blank_unseen)
    read = item_table.analyse_items(file, rules)
    paper = read.paper
    if as_json:
        items = [
            {"item": head, "full": plain_of(item.full), **_told(one)}
            for head, item, one in zip(read.heads, read.items, paper.items, strict=True)
        ]
        alpha = None if isinstance(paper.alpha, Sentence) else plain(paper.alpha)
        print_json({"pupils": paper.pupils, "alpha": alpha, "method": paper.method, "items": items})
        return
    rows = [
        (head, plain_of(item.full), *_row(one))
        for head, item, one in zip(read.heads, read.items, paper.items, strict=True)
    ]
    columns = (say("小题"), say("满分"), say("难度"), say("区分度"), say("与其余各题的相关"))
    print_table(say("小题分析"), columns, rows)
    for head, one in zip(read.heads, paper.items, strict=True):
        for chosen in one.options:
            echo(
                say(
                    "第 {head} 题选 {option}：{n} 人，高分组 {best}，低分组 {weakest}",
                    head=head,
                    option=chosen.option or say("（空）"),
                    n=chosen.pupils,
                    best=chosen.best,
                    weakest=chosen.weakest,
                )
            )
    alpha = paper.alpha if isinstance(paper.alpha, Sentence) else _shown(paper.alpha)
    echo(say("{n} 人；信度 α：{alpha}；{method}。", n=paper.pupils, alpha=alpha,
             method=paper.method))  # fmt: skip
    echo(say("难度是得分占满分的比例，越大越容易。"))


def plain_of(full: object) -> str:
    """Write a full mark."""
    return f"{full}"


def _shown(value: Exact) -> str:
    from xianxue.bureau.values.rounding import shown  # noqa: PLC0415 - beside its caller

    return shown(value, _PLACES)


def _row(one: Analysed) -> tuple[str, ...]:
    share, told = one.share.value, one.discrimination
    return (
        "—" if isinstance(share, Sentence) else _shown(share),
        told if isinstance(told, Sentence) else _shown(told),
        "—" if isinstance(one.correlation, Sentence) else f"{one.correlation.rounded(_PLACES)}",
    )


def _told(one: Analysed) -> dict[str, object]:
    share, told = one.share.value, one.discrimination
    return {
        "difficulty": None if isinstance(share, Sentence) else plain(share),
        "discrimination": None if isinstance(told, Sentence) else plain(told),
        "correlation": None
        if isinstance(one.correlation, Sentence)
        else f"{one.correlation.rounded(_PLACES)}",
        "options": [
            {
                "option": each.option,
                "pupils": each.pupils,
                "best": each.best,
                "weakest": each.weakest,
            }
            for each in one.options
        ],
    }
