"""``xianxue plan balance``: the fewest moves by which a spread is within its limit."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from xianxue.bureau.plan.balance.balance import Balance, balance
from xianxue.bureau.plan.balance.question import Question
from xianxue.bureau.values.exact import Root
from xianxue.bureau.values.rounding import plain, shown_beside
from xianxue.bureau.values.sentence import say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import (
    echo_paragraph,
    json_option,
    period_option,
    print_json,
    print_table,
    workspace_option,
)
from xianxue.desk.cli.spoken import GivenFile, command, option
from xianxue.desk.plan.balance_file import read_question
from xianxue.desk.workspace import MisusedError, Workspace

_DECIMALS = 4


@command("balance")
@click.argument("file", type=GivenFile(), required=False)
@workspace_option
@period_option
@option("--cost", multiple=True, help="不写文件时：项目=每一个的代价；可以写几个")
@option(
    "--joint", is_flag=True, help="不写文件时：各项资源合在一起求最省，各校七项要求和差异系数都达到"
)
@option(
    "--seconds", type=click.IntRange(1), default=60, show_default=True, help="合在一起算，最多几秒"
)
@json_option
def balance_file(  # noqa: PLR0913 - options of one command
    file: Path | None,
    *,
    workspace: Path | None,
    period: str | None,
    cost: tuple[str, ...],
    joint: bool,
    seconds: int,
    as_json: bool,
) -> int:
    """均衡：最少调动几名教师，差异系数和各校要求就都达到；做不到时说明哪些要求互相矛盾

    不写文件的，算本县：各项资源怎样调，没有达标的学校有哪些办法达标。
    """
    if joint:
        if file is not None:
            raise MisusedError(say("--joint 用本县的数，不和文件一起写"))
        from xianxue.desk.cli.plan.balance_joint import balance_joint  # noqa: PLC0415 - as below

        return balance_joint(Workspace.open(workspace), period, cost, seconds, as_json=as_json)
    if file is None:
        from xianxue.desk.cli.plan.balance_county import (  # noqa: PLC0415 - needs the engine
            balance_county,
        )

        return balance_county(Workspace.open(workspace), period, cost, as_json=as_json)
    question = read_question(file)
    found = balance(question)
    if as_json:
        print_json(_told(question, found))
    else:
        _print(question, found)
    return int(found.status == "infeasible")


def _told(question: Question, found: Balance) -> dict[str, Any]:
    names = [one.school for one in question.schools]
    return {
        "status": found.status,
        "moves": [{"from": one.start, "to": one.end, "count": one.count} for one in found.moves],
        "hires": [{"school": one.school, "count": one.count} for one in found.hires],
        "cv": _number(_cv(question, found.after)),
        "cv_before": _number(_cv(question, found.before)),
        "cv_squared": found.after and str(found.after.square),
        "cost": _number(found.cost),
        "bound": _number(found.bound),
        "schools": [
            {"school": name, "teachers": many}
            for name, many in zip(names, found.teachers, strict=False)
        ],
        "conflicts": list(found.conflicts),
        "smallest": found.smallest,
        "advice": list(found.advice),
        "standing": "supposed",
    }


def _cv(question: Question, spread: Root | None) -> str | None:
    """Write a spread with four decimals, or more where these would turn the verdict."""
    if spread is None:
        return None
    if question.limit is None:
        return f"{spread.to_decimal(_DECIMALS):f}"
    return shown_beside(spread, question.limit, _DECIMALS, lambda one, limit: one <= limit)


def _number(value: str | Fraction | None) -> int | float | None:
    """Give a number of JSON: whole where it is."""
    if value is None:
        return None
    exact = Fraction(value)
    return int(exact) if exact.denominator == 1 else float(exact)


def _print(question: Question, found: Balance) -> None:
    if found.status == "infeasible":
        echo(say("做不到：下面的要求不能同时成立。"))
        for one in found.conflicts:
            echo_paragraph(say("- {rule}", rule=one))
        if not found.smallest:
            echo_paragraph(
                say("去掉其中任何一条，其余就可以同时成立；是不是最少的一组，没有试完。")
            )
        for one in found.advice:
            echo_paragraph(say("{advice}。", advice=one))
        return
    if found.moves:
        rows = [(one.start, one.end, str(one.count)) for one in found.moves]
        print_table(say("调动（设想）"), (say("调出"), say("调入"), say("人数")), rows)
    if found.hires:
        rows = [(one.school, str(one.count)) for one in found.hires]
        print_table(say("增配（设想）"), (say("学校"), say("人数")), rows)
    rows = [
        (one.school, str(one.pupils), str(one.teachers), str(there))
        for one, there in zip(question.schools, found.teachers, strict=True)
    ]
    columns = (say("学校"), say("学生"), say("现有教师"), say("调整后"))
    print_table(say("各校教师"), columns, rows)
    moved, added = sum(one.count for one in found.moves), sum(one.count for one in found.hires)
    echo_paragraph(
        say(
            "调动 {n} 人次，增配 {m} 名；差异系数 {before} → {after}。",
            n=moved,
            m=added,
            before=_cv(question, found.before) or "—",
            after=_cv(question, found.after) or "—",
        )
    )
    if question.move_costs == question.hire_costs == 1:
        echo_paragraph(say("已证明：没有更少的办法。这是设想，不是统计数。"))
    else:
        cost = plain(found.cost or Fraction())
        echo_paragraph(say("共需 {cost}，已证明没有更省的办法。这是设想，不是统计数。", cost=cost))
