"""``xianxue exams scale``: the marks of a table, or of an examination that is loaded, as grades."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.rounding import shown
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.cli.exams.given import TableOrSitting
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import json_option, print_json, print_table, workspace_option
from xianxue.desk.cli.spoken import command, option
from xianxue.desk.workspace import ComplaintsError, MisusedError, Workspace, shelf_here

if TYPE_CHECKING:
    from xianxue.bureau.exams.scaling import Reached, Scale
    from xianxue.bureau.kinds.exams.scheme import Scheme
    from xianxue.bureau.kinds.shelf import Shelf

_PERCENT = 100


@command("scale")
@click.argument("given", metavar="FILE|SITTING", type=TableOrSitting())
@option(
    "--scheme",
    "name",
    default="",
    help="赋分办法的编号（exams schemes 列出）；载入的考试默认按卡片",
)
@option("--subject", default="", help="科目；表里有多个科目的，也是列名")
@workspace_option
@json_option
def scale_marks(
    given: Path | str, name: str, subject: str, workspace: Path | None, *, as_json: bool
) -> None:
    """把一科的原始分换成等级分：一张表，或一次载入的考试"""
    if isinstance(given, str):
        _of_sitting(given, name, subject, workspace, as_json=as_json)
        return
    from xianxue.bureau.exams.scaling import scale as scaled  # noqa: PLC0415 - for this command
    from xianxue.desk.returns.mapping.columns import marks_of  # noqa: PLC0415 - as above

    card = _scheme(shelf_here(workspace), name)
    found, column = _marks(given, subject)
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
                    "raw": as_number(mark) if mark is not None else None,
                    "grade": made.marks[mark].grade if mark is not None else None,
                    "scaled": made.marks[mark].score if mark is not None else None,
                }
                for one, mark in zip(names, marks, strict=True)
            ]
        )
        return
    _print_scale(made, subject, absent=sum(mark is None for mark in marks))


def _of_sitting(
    sitting: str, name: str, subject: str, workspace: Path | None, *, as_json: bool
) -> None:
    """Lay schemes over a loaded examination: which mark becomes what, of nobody by name."""
    from xianxue.desk.exams.scaled import scales_of  # noqa: PLC0415 - needs the engine
    from xianxue.desk.exams.sittings import held_card, sitting_named  # noqa: PLC0415 - as above
    from xianxue.desk.exams.written import terms_of  # noqa: PLC0415 - as above

    opened = Workspace.open(workspace)
    standing = sitting_named(opened, sitting)
    scheme = _scheme(opened.shelf, name) if name else None
    found = scales_of(opened, standing, subject, scheme)
    if as_json:
        print_json(
            [
                {
                    "subject": code,
                    "scheme": one.scheme.scheme,
                    "raw": as_number(mark),
                    "grade": made.grade,
                    "scaled": made.score,
                }
                for code, one in found.items()
                for mark, made in sorted(one.marks.items(), reverse=True)
            ]
        )
        return
    terms = terms_of(opened.shelf, ["exam_subjects"])
    for code, one in found.items():
        sat = one.reached[0].sat if one.reached else 0
        _print_scale(one, terms.get(code, code), absent=standing.marks.rows - sat)
    card = held_card(opened, standing)
    if card.estimated:
        echo(card.estimated)


def _print_scale(made: Scale, subject: str, *, absent: int) -> None:
    rows = [
        (
            one.grade,
            f"{one.wanted}%",
            str(one.pupils),
            f"{shown(one.share * _PERCENT, 2)}%",
            _between(one),
        )
        for one in made.reached
    ]
    columns = (say("等级"), say("应占"), say("人数"), say("实占"), say("原始分"))
    title = say("{subject} {term}", subject=subject, term=made.scheme.term)
    print_table(title, columns, rows)
    sat = made.reached[0].sat if made.reached else 0
    echo(say("有成绩 {sat} 人，没有成绩 {absent} 人（不计）。", sat=sat, absent=absent))
    if not sat:
        echo(say("没有人有成绩：没有可以赋分的。"))
    if sat and len(made.marks) == 1:
        echo(say("全部考生同一个分数：等级只是办法的边界规则定的，分不出高低。"))
    echo(say("基数应是{base}。", base=made.scheme.base))


def _between(one: Reached) -> Sentence | str:
    if one.highest is None:
        return say("（无人）")
    return f"{one.highest}" if one.highest == one.lowest else f"{one.highest}—{one.lowest}"


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
    if not name:
        raise MisusedError(say("没有写赋分办法：--scheme 编号（exams schemes 列出）"))
    if name not in shelf.schemes:
        known = joined("、", shelf.schemes)
        raise MisusedError(say("没有赋分办法“{name}”；现有：{known}", name=name, known=known))
    return shelf.schemes[name]


def as_number(said: Decimal) -> int | float:
    """Give a number for JSON: whole ones stay whole."""
    return int(said) if said == said.to_integral_value() else float(said)
