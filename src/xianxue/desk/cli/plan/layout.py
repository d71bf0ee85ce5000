"""``xianxue plan layout``: which schools to build, extend, keep and close."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from xianxue.bureau.plan.layout.layout import Laid, lay_out
from xianxue.bureau.plan.layout.rules import Cost, conflicting, shadows, short_of_room, told
from xianxue.bureau.plan.layout.walks import Walk, km, walks
from xianxue.bureau.plan.solvers.program import Patience
from xianxue.bureau.values.rounding import plain, shown
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import echo_paragraph, json_option, print_json, print_table
from xianxue.desk.cli.spoken import GivenFile, command, option
from xianxue.desk.plan.layout_answer import Turn, turns
from xianxue.desk.plan.layout_conditions_told import conditions_said, conditions_told
from xianxue.desk.plan.layout_file import Asked, read_layout
from xianxue.desk.plan.needs.chosen import norms_here

_MOST = 20
"""Villages printed: those who walk further first; JSON has all of them."""
_SHARE = 100


@command("layout")
@click.argument("file", type=GivenFile())
@option(
    "--seconds",
    type=click.FloatRange(min=1),
    default=60.0,
    show_default=True,
    help="最多算多少秒；到时给出已找到的最好办法和差距",
)
@option(
    "--gap",
    type=click.FloatRange(0, 50),
    default=0.0,
    show_default=True,
    help="差距不超过百分之几就停；0：一直算到证明",
)
@option(
    "--seed",
    type=click.IntRange(0, 2**31 - 1),
    default=0,
    show_default=True,
    help="求解器的种子；相同的种子给出相同的答案",
)
@option("--shadow", is_flag=True, help="再算每条要求的代价：没有这一条能省多少")
@json_option
def layout_file(  # noqa: PLR0913 - its options
    file: Path, *, seconds: float, gap: float, seed: int, shadow: bool, as_json: bool
) -> int:
    """布局：建哪些校、扩哪些、留哪些、撤哪些，谁因此走得更远；做不到时说明哪些要求互相矛盾"""
    asked = read_layout(file, norms_here(None))
    patience = Patience(seconds=seconds, gap=gap / _SHARE, seed=seed)
    laid = lay_out(asked.question, patience)
    if laid.status == "infeasible":
        return _impossible(asked, patience, as_json=as_json)
    costs = shadows(asked.question, laid, patience) if shadow else []
    if as_json:
        print_json(_told(asked, laid, costs, patience))
    else:
        _print(asked, laid, costs, patience)
    return int(not laid.opened)


def _impossible(asked: Asked, patience: Patience, *, as_json: bool) -> int:
    conflict = conflicting(asked.question, patience)
    rules = told(asked.question, conflict)
    notes = (*short_of_room(asked.question), *asked.notes)
    if as_json:
        empty = Laid(status="infeasible")
        said = _told(asked, empty, [], patience)
        said |= {"conflicts": list(rules), "smallest": conflict.smallest, "notes": list(notes)}
        print_json(said)
        return 1
    echo(say("做不到：下面的要求不能同时成立。"))
    for one in rules:
        echo_paragraph(say("- {rule}", rule=one))
    if not conflict.smallest:
        echo_paragraph(say("是不是最少的一组，没有试完。"))
    for note in notes:
        echo_paragraph(say("注：{note}。", note=note))
    return 1


def _number(value: int | None, scale: int) -> int | float | None:
    if value is None:
        return None
    exact = Fraction(value, scale)
    return int(exact) if exact.denominator == 1 else float(exact)


def _told(asked: Asked, laid: Laid, costs: list[Cost], patience: Patience) -> dict[str, Any]:
    question = asked.question
    return {
        "status": laid.status,
        "cost": _number(laid.cost, asked.scale),
        "bound": _number(laid.bound, asked.scale),
        "gap": None if laid.gap is None else round(laid.gap * _SHARE, 4),
        "seed": patience.seed,
        "periods": [_turn(one) for one in turns(question, laid)],
        "villages": [
            _walk(one, period + 1)
            for period in range(len(laid.opened))
            for one in walks(question, laid, period)
        ],
        "conflicts": [],
        "smallest": True,
        "shadow": [
            {
                "rule": one.rule,
                "saves": _number(one.saves, asked.scale),
                "status": one.without.status,
            }
            for one in costs
        ],
        **conditions_told(asked, laid),
        "notes": list(asked.notes),
        "standing": "supposed",
    }


def _turn(one: Turn) -> dict[str, Any]:
    return {
        "period": one.period,
        "open": list(one.opened),
        "build": list(one.built),
        "extend": list(one.extended),
        "close": list(one.closed),
    }


def _walk(one: Walk, period: int) -> dict[str, Any]:
    return {
        "village": one.village,
        "period": period,
        "pupils": one.pupils,
        "now": one.now,
        "km_now": _number(one.metres_now, 1000),
        "to": [
            {"school": site, "pupils": pupils, "km": _number(metres, 1000)}
            for site, pupils, metres in one.there
        ],
        "further_km": _number(one.further, 1000),
    }


def _print(asked: Asked, laid: Laid, costs: list[Cost], patience: Patience) -> None:
    if not laid.opened:
        echo(say("时间到了，还没有找到办法，也没有证明做不到：请加 --seconds。"))
        return
    last = len(laid.opened)
    rows = [
        (
            str(one.period),
            *(_names(some) for some in (one.opened, one.built, one.extended, one.closed)),
        )
        for one in turns(asked.question, laid)
    ]
    columns = (say("期"), say("开办"), say("新建"), say("扩建"), say("撤并"))
    print_table(say("布局（设想）"), columns, rows)
    lines = walks(asked.question, laid, last - 1)
    further = [one for one in lines if (one.further or 0) > 0]
    rows = [
        (
            one.village,
            str(one.pupils),
            one.now or "—",
            _km(one.metres_now),
            _there(one),
            _km(one.further),
        )
        for one in further[:_MOST]
    ]
    columns = (say("村"), say("学生"), say("现在"), say("现在 km"), say("以后"), say("远了 km"))
    if rows:
        print_table(say("谁走得更远"), columns, rows)
    pupils = sum(one.pupils for one in further)
    echo_paragraph(say("共 {n} 个村、{m} 名学生走得更远。", n=len(further), m=pupils))
    for sentence in conditions_said(asked, laid):
        echo_paragraph(sentence)
    for one in costs:
        echo_paragraph(_shadow(one, asked.scale))
    for note in asked.notes:
        echo_paragraph(say("注：{note}。", note=note))
    _print_proof(asked, laid, patience)


def _print_proof(asked: Asked, laid: Laid, patience: Patience) -> None:
    cost = plain(Fraction(laid.cost or 0, asked.scale), 2)
    if laid.status == "optimal":
        text = say("总代价 {cost}，已证明没有更省的布局。这是设想，不是统计数。", cost=cost)
    elif laid.settled:
        text = say(
            "总代价 {cost}，没有更省的布局（差距不到 0.001%，在求解器的误差以内）。"
            "这是设想，不是统计数。",
            cost=cost,
        )
    else:
        text = say(
            "总代价 {cost}，是已找到的最好办法，没有证明最优：至少需要 {bound}，差距 {gap}%。"
            "这是设想，不是统计数。",
            cost=cost,
            bound="—" if laid.bound is None else plain(Fraction(laid.bound, asked.scale), 2),
            gap="—" if laid.gap is None else shown(Fraction(laid.gap) * _SHARE, 2),
        )
    echo_paragraph(text)
    echo_paragraph(say("求解器种子 {seed}。", seed=patience.seed))


def _names(some: tuple[str, ...]) -> str:
    return "、".join(some) or "—"


def _km(metres: int | None) -> str:
    return "—" if metres is None else km(metres)


def _there(one: Walk) -> Sentence:
    parts = [
        say("{school} {n} 人 {km} km", school=school, n=pupils, km=km(metres))
        for school, pupils, metres in one.there
    ]
    return joined("；", parts)


def _shadow(one: Cost, scale: int) -> Sentence:
    if one.saves is None:
        return say("没有“{rule}”：没有算出确定的差别。", rule=one.rule)
    return say("没有“{rule}”：可省 {n}。", rule=one.rule, n=plain(Fraction(one.saves, scale), 2))
