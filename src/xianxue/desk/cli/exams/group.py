"""``xianxue exams``: schemes of 等级赋分, marks scaled, value added."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.cli.exams.destinations import show_destinations
from xianxue.desk.cli.exams.items import analyse_items
from xianxue.desk.cli.exams.lines import refer, release_sitting, set_and_show
from xianxue.desk.cli.exams.loading import list_sittings, load
from xianxue.desk.cli.exams.one_point import one_point_table
from xianxue.desk.cli.exams.papers import report_sitting, show_sitting
from xianxue.desk.cli.exams.pupils import list_pupils
from xianxue.desk.cli.exams.sampling import arts, fitness, rank_schools
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import json_option, print_json, print_table, workspace_option
from xianxue.desk.cli.spoken import GivenFile, Group, option
from xianxue.desk.workspace import ComplaintsError, MisusedError, shelf_here

if TYPE_CHECKING:
    from xianxue.bureau.exams.scaling import Scale
    from xianxue.bureau.kinds.exams.scheme import Scheme
    from xianxue.bureau.kinds.shelf import Shelf

_PERCENT = 100


@click.group(cls=Group)
def exams() -> None:
    """考试：赋分、比较、增值"""


@exams.command()
@workspace_option
@json_option
def schemes(workspace: Path | None, *, as_json: bool) -> None:
    """列出等级赋分办法"""
    found = shelf_here(workspace).schemes.values()
    if as_json:
        print_json([_scheme_told(one) for one in found])
        return
    for one in found:
        rows = [
            (grade.grade, f"{grade.share}%", f"{grade.high}—{grade.low}") for grade in one.grades
        ]
        title = say("{term}（{scheme}）", term=one.term, scheme=one.scheme)
        print_table(title, (say("等级"), say("比例"), say("赋分")), rows)


def _scheme_told(one: Scheme) -> dict[str, object]:
    grades = [
        {"grade": each.grade, "share": _number(each.share), "high": each.high, "low": each.low}
        for each in one.grades
    ]
    return {"scheme": one.scheme, "term": one.term, "grades": grades}


@exams.command()
@click.argument("file", type=GivenFile())
@option("--scheme", "name", required=True, help="赋分办法的编号（exams schemes 列出）")
@option("--subject", default="", help="科目；表里有多个科目的，也是列名")
@workspace_option
@json_option
def scale(file: Path, name: str, subject: str, workspace: Path | None, *, as_json: bool) -> None:
    """把一科的原始分换成等级分"""
    from xianxue.bureau.exams.scaling import scale as scaled  # noqa: PLC0415 - for this command
    from xianxue.desk.returns.mapping.columns import marks_of  # noqa: PLC0415 - as above

    card = _scheme(shelf_here(workspace), name)
    found, column = _marks(file, subject)
    issues: list[Issue] = []
    marks = list(marks_of(found, column, issues))
    names = [row[0].strip() for row in found.rows]
    issues += _twice(found, names)
    if issues:
        raise ComplaintsError(issues)
    made = scaled(card, [mark for mark in marks if mark is not None])
    if as_json:
        print_json(
            [
                {
                    "id": one,
                    "raw": _number(mark) if mark is not None else None,
                    "grade": made.marks[mark].grade if mark is not None else None,
                    "scaled": made.marks[mark].score if mark is not None else None,
                }
                for one, mark in zip(names, marks, strict=True)
            ]
        )
        return
    _print_scale(made, subject, absent=sum(mark is None for mark in marks))


def _print_scale(made: Scale, subject: str, *, absent: int) -> None:
    rows = [
        (
            one.grade,
            f"{one.wanted}%",
            str(one.pupils),
            f"{float(one.share * _PERCENT):.2f}%",
            f"{one.highest}—{one.lowest}" if one.highest is not None else say("（无人）"),
        )
        for one in made.reached
    ]
    columns = (say("等级"), say("应占"), say("人数"), say("实占"), say("原始分"))
    title = say("{subject}{term}", subject=subject, term=made.scheme.term)
    print_table(title, columns, rows)
    sat = made.reached[0].sat if made.reached else 0
    echo(say("有成绩 {sat} 人，没有成绩 {absent} 人（不计）。", sat=sat, absent=absent))
    echo(say("基数应是{base}。", base=made.scheme.base))


@exams.command("value-added")
@click.argument("file", type=GivenFile())
@option("--outcome", required=True, help="出口成绩的列名")
@option("--intake", required=True, help="入口成绩的列名")
@option("--school", required=True, help="学校的列名")
@json_option
def value_added(file: Path, outcome: str, intake: str, school: str, *, as_json: bool) -> None:
    """学校增值：同样的入口，出口高多少，附区间"""
    from xianxue.bureau.exams.value_added import TooLittleError, fit, sums_of  # noqa: PLC0415 - here alone
    from xianxue.desk.returns.mapping.columns import find_columns, marks_of  # noqa: PLC0415 - as above

    found = find_columns(file, [school, intake, outcome])
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
        print_json(
            {
                "method": "ml",
                "between": made.between,
                "within": made.within,
                "slope": made.slope,
                "intercept": made.intercept,
                "schools": [
                    {"school": one.school, "effect": one.effect, "low": one.low, "high": one.high}
                    for one in made.schools
                ],
            }
        )
        return
    rows = [
        (
            one.school,
            str(one.pupils),
            f"{one.effect:+.3f}",
            say("{low}至{high}", low=f"{one.low:+.3f}", high=f"{one.high:+.3f}"),
            say("高于平均") if one.low > 0 else say("低于平均") if one.high < 0 else say("分不出"),
        )
        for one in made.schools
    ]
    columns = (say("学校"), say("人数"), say("增值"), say("95%区间"), say("与平均相比"))
    print_table(say("学校增值"), columns, rows)
    if not made.between:
        echo(say("数据不足以区分学校。"))
    left = len(found.rows) - len(pupils)
    if left:
        echo(say("入口或出口没有成绩的 {n} 人没有计入。", n=left))


def _marks(file: Path, subject: str):  # noqa: ANN202 - a table and a column of it
    """Find ids and marks: two columns id and raw, or the column of a subject."""
    from xianxue.desk.returns.mapping.columns import find_columns  # noqa: PLC0415 - for scale alone

    wanted: Sequence[Sequence[str]] = [
        ("id", "raw"),
        *((one, subject) for one in ("id", "考号", "考生号", "学号", "准考证号") if subject),
    ]
    last: ComplaintsError | None = None
    for names in wanted:
        try:
            return find_columns(file, names), 1
        except ComplaintsError as error:
            if error.issues and error.issues[0].code != "X-COLUMNS":
                raise
            last = last or error
    assert last is not None  # noqa: S101 - wanted is never empty
    raise last


def _twice(found, names: Sequence[str]) -> list[Issue]:  # noqa: ANN001 - as above
    seen: dict[str, int] = {}
    issues: list[Issue] = []
    for row, name in enumerate(names):
        if not name:
            saw = say("没有考生编号")
            issues.append(found.complain(row, 0, "X-ID", saw, say("每行一个编号")))
        elif name in seen:
            first = found.first + seen[name]
            saw = say("编号“{name}”在第 {first} 行已经有了", name=name, first=first)
            do = say("请核对是不是同一人录了两次")
            issues.append(found.complain(row, 0, "X-TWICE", saw, say("每名考生一行"), do))
        seen.setdefault(name, row)
    return issues


def _scheme(shelf: Shelf, name: str) -> Scheme:
    if name not in shelf.schemes:
        known = joined("、", shelf.schemes)
        raise MisusedError(say("没有赋分办法“{name}”；现有：{known}", name=name, known=known))
    return shelf.schemes[name]


def _number(said: Decimal) -> int | float:
    """Give a number for JSON: whole ones stay whole."""
    return int(said) if said == said.to_integral_value() else float(said)


for _command in (
    *(load, list_sittings, set_and_show, refer, show_sitting),
    *(release_sitting, report_sitting, list_pupils, analyse_items),
    *(one_point_table, fitness, arts, rank_schools, show_destinations),
):
    exams.add_command(_command)
