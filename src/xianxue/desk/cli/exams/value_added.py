"""``xianxue exams value-added``: what schools added, from a table or from two examinations."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.values.suppression.suppress import TOO_FEW
from xianxue.desk.cli.exams.given import TableOrSitting
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import json_option, print_json, print_table, workspace_option
from xianxue.desk.cli.spoken import command, option
from xianxue.desk.workspace import ComplaintsError, MisusedError, Workspace

if TYPE_CHECKING:
    from xianxue.bureau.exams.value_added import Effect, ValueAdded


@command("value-added")
@click.argument("given", metavar="FILE|SITTING", type=TableOrSitting())
@option("--intake", required=True, help="入口成绩的列名；载入的考试写以前那次考试的名称")
@option("--outcome", default="", help="出口成绩的列名（只用于表）")
@option("--school", default="", help="学校的列名（只用于表）")
@workspace_option
@json_option
def value_added(  # noqa: PLR0913 - options of one command
    given: Path | str,
    *,
    intake: str,
    outcome: str,
    school: str,
    workspace: Path | None,
    as_json: bool,
) -> None:
    """学校增值：同样的入口，出口高多少，附区间；一张表，或同一批学生的两次考试"""
    if isinstance(given, str):
        if outcome or school:
            raise MisusedError(
                say("两次考试比较只写 --intake 以前那次考试；--outcome、--school 用于表")
            )
        _of_sittings(given, intake, workspace, as_json=as_json)
        return
    if not outcome or not school:
        raise MisusedError(say("一张表要写 --outcome 出口成绩的列名和 --school 学校的列名"))
    from xianxue.bureau.exams.value_added import TooLittleError, fit, sums_of  # noqa: PLC0415 - here alone
    from xianxue.desk.returns.mapping.columns import find_columns, marks_of  # noqa: PLC0415 - as above

    found = find_columns(given, [school, intake, outcome])
    issues: list[Issue] = []
    both = list(zip(marks_of(found, 1, issues), marks_of(found, 2, issues), strict=True))
    if issues:
        raise ComplaintsError(issues)
    pupils = [
        (row[0].strip(), float(x), float(y))
        for row, (x, y) in zip(found.rows, both, strict=True)
        if x is not None and y is not None
    ]
    try:
        made = fit(sums_of(pupils))
    except TooLittleError as error:
        raise MisusedError(error.args[0]) from error
    if as_json:
        print_json(_told(made, [(one.school, one) for one in made.schools]))
        return
    _print(made, [(one.school, one.pupils, one) for one in made.schools])
    left = len(found.rows) - len(pupils)
    if left:
        echo(say("入口或出口没有成绩的 {n} 人没有计入。", n=left))


def _of_sittings(now: str, earlier: str, workspace: Path | None, *, as_json: bool) -> None:
    from xianxue.desk.exams.papers.subject import subject_of  # noqa: PLC0415 - needs the engine
    from xianxue.desk.exams.side_by_side import beside  # noqa: PLC0415 - as above
    from xianxue.desk.exams.sittings import sitting_named  # noqa: PLC0415 - as above
    from xianxue.desk.stores import clock  # noqa: PLC0415 - as above

    opened, day = Workspace.open(workspace), clock.day_of(clock.now())
    later, before = (
        subject_of(opened, sitting_named(opened, name), day) for name in (now, earlier)
    )
    if later.standing.sitting.key == before.standing.sitting.key:
        raise MisusedError(say("--intake 写的就是这次考试，请写以前的一次"))
    found = beside(later, before)
    if found.fitted is None:
        raise MisusedError(found.why)
    if as_json:
        print_json(_told(found.fitted, [(one.school, one.effect) for one in found.schools]))
        return
    rows = [(later.words.school(one.school), one.pupils, one.effect) for one in found.schools]
    _print(found.fitted, rows)
    for line in found.notes:
        echo(line)


def _told(made: ValueAdded, schools: Sequence[tuple[str, Effect | None]]) -> dict[str, object]:
    return {
        "method": "ml",
        "between": made.between,
        "within": made.within,
        "slope": made.slope,
        "intercept": made.intercept,
        "schools": [
            {
                "school": school,
                "effect": one.effect if one is not None else None,
                "low": one.low if one is not None else None,
                "high": one.high if one is not None else None,
            }
            for school, one in schools
        ],
    }


def _print(made: ValueAdded, schools: Sequence[tuple[str, int, Effect | None]]) -> None:
    columns = (say("学校"), say("人数"), say("增值"), say("95%区间"), say("与平均相比"))
    print_table(say("学校增值"), columns, [_row(*one) for one in schools])
    if not made.between:
        echo(say("数据不足以区分学校。"))


def _row(school: str, pupils: int, one: Effect | None) -> tuple[Sentence | str, ...]:
    from xianxue.desk.exams.written import moved  # noqa: PLC0415 - with the engine

    if one is None:
        return school, TOO_FEW, "—", "—", "—"
    return (
        school,
        str(pupils),
        moved(one.effect),
        say("{low}至{high}", low=moved(one.low), high=moved(one.high)),
        say("高于平均") if one.low > 0 else say("低于平均") if one.high < 0 else say("分不出"),
    )
