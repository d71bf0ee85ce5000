"""``xianxue exams lines`` and ``release``: lines set over the marks, and results published."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import (
    json_option,
    print_json,
    print_table,
    say_next,
    workspace_option,
)
from xianxue.desk.cli.spoken import command, option
from xianxue.desk.workspace import ComplaintsError, Workspace

if TYPE_CHECKING:
    from xianxue.bureau.issues.issue import Issue
    from xianxue.bureau.kinds.exams.examination import Examination
    from xianxue.bureau.kinds.shelf import Shelf
    from xianxue.desk.exams.lines_told import Reached
    from xianxue.desk.exams.releasing import Moved
    from xianxue.desk.exams.sittings import Standing

Kept = dict[str, object]
"""A line or a reference as it is kept."""

_BY = "本机操作员"
_PERCENT = 100
_MOST_TOLD = 20
"""Figures moved that are listed; of more it is said how many."""


@command("lines")
@click.argument("sitting")
@workspace_option
@option(
    "--set",
    "lines",
    multiple=True,
    help="划一条线：线/科类=分数，如 本科批/物理类=430；艺体类写 总分,专业成绩",
)
@option("--try", "tried", is_flag=True, help="只试算，不记下")
@option("--document", default="", help="定线的文件")
@option("--school", default="", help="只看这所学校（代码）")
@option("--as", "by", default=_BY, show_default=True, help="谁办理")
@json_option
def set_and_show(  # noqa: PLR0913 - options of one command
    sitting: str,
    *,
    workspace: Path | None,
    lines: tuple[str, ...],
    tried: bool,
    document: str,
    school: str,
    by: str,
    as_json: bool,
) -> None:
    """划线，并看各线的人数和上线率"""
    from xianxue.bureau.exams.columns import TOTAL  # noqa: PLC0415 - as below
    from xianxue.bureau.values.suppression.suppress import TOO_FEW  # noqa: PLC0415 - as below
    from xianxue.desk.exams.heights import heights_of, typed  # noqa: PLC0415 - needs the engine
    from xianxue.desk.exams.lines_told import reached_of  # noqa: PLC0415 - as above
    from xianxue.desk.exams.releasing import now, set_lines  # noqa: PLC0415 - as above
    from xianxue.desk.exams.results import results_of  # noqa: PLC0415 - as above
    from xianxue.desk.exams.scopes import scope_of  # noqa: PLC0415 - as above
    from xianxue.desk.exams.unions import shown_in  # noqa: PLC0415 - as above

    opened, standing, heights = _read(
        workspace,
        sitting,
        lambda card, shelf: heights_of(
            card, shelf, [typed(one) for one in lines], document or ("试算" if tried else "")
        ),
    )
    if tried:
        results = results_of(opened, standing, heights)
    else:
        if heights and not set_lines(opened, standing, heights, by) and not as_json:
            echo(say("与现有的分数线相同，没有改动。"))
        standing = now(standing)
        results = results_of(opened, standing)
    shown = shown_in(opened, standing, results)
    scope = scope_of(results, [], school)
    # Whoever sets lines sees what they do to the whole county, however small.
    found = [
        one
        for one in reached_of(results, scope)
        if not (school or one.track) or shown.shows(scope.group(one.track), TOTAL)
    ]
    if as_json:
        print_json([_told(one) for one in found])
        return
    if not found and results.heights:
        echo(say("人数少，{few}。", few=TOO_FEW))
        return
    if not found:
        echo(say("还没有划线；用 --set 线/科类=分数 --document 文件 划一条。"))
        return
    print_reached(found, opened.shelf)
    if not tried and standing.release is not None and not standing.released:
        say_next(
            say(
                "第 {n} 号发布之后改过；要公布，用 xianxue exams release", n=standing.release.number
            )
        )


def print_reached(found: list[Reached], shelf: Shelf) -> None:
    """Print lines with their counts; each rate beside the pupils it is of."""
    from xianxue.desk.exams.written import height, percent, terms_of  # noqa: PLC0415 - with the engine

    lines, tracks = terms_of(shelf, ["exam_lines"]), terms_of(shelf, ["exam_tracks"])
    rows = [
        (
            lines.get(one.line, one.line),
            tracks.get(one.track, one.track) if one.track else say("合计"),
            height(one.height, one.second),
            str(one.over),
            str(one.base),
            percent(one.rate),
            say("{above}／{under}", above=one.above, under=one.under),
        )
        for one in found
    ]
    columns = (
        say("分数线"), say("科类"), say("分数"), say("上线"), say("基数"), say("上线率"),
        say("线上／线下临界"),
    )  # fmt: skip
    print_table(say("分数线"), columns, rows)
    echo(say("基数是有总分的考生：缺一科成绩的没有总分，不在基数里。"))


def _told(one: Reached) -> dict[str, object]:
    return {
        "line": one.line,
        "track": one.track or None,
        "school": one.school or None,
        "height": None if one.height is None else plain(Fraction(one.height, _PERCENT)),
        "second": None if one.second is None else plain(Fraction(one.second, _PERCENT)),
        "base": one.base,
        "over": one.over,
        "rate": None if one.rate is None else plain(one.rate),
        "near_above": one.above,
        "near_below": one.under,
    }


def _read(
    workspace: Path | None,
    sitting: str,
    read: Callable[[Examination, Shelf], tuple[list[Kept], list[Issue]]],
) -> tuple[Workspace, Standing, list[Kept]]:
    """Find an examination and read against its card what is to be set over its marks.

    ComplaintsError where anything of it cannot be read; then nothing is set.
    """
    from xianxue.desk.exams.sittings import held_card, sitting_named  # noqa: PLC0415 - needs the engine

    opened = Workspace.open(workspace)
    standing = sitting_named(opened, sitting)
    values, issues = read(held_card(opened, standing), opened.shelf)
    if issues:
        raise ComplaintsError(issues)
    return opened, standing, values


@command("release")
@click.argument("sitting")
@workspace_option
@option("--as", "by", default=_BY, show_default=True, help="谁办理")
@option("--why", default="", help="理由，如“复核后更正”")
@option("--override", help="没有别人可发布时的理由（例外办理）")
@json_option
def release_sitting(  # noqa: PLR0913 - options of one command
    sitting: str,
    *,
    workspace: Path | None,
    by: str,
    why: str,
    override: str | None,
    as_json: bool,
) -> None:
    """发布成绩：改过成绩或分数线的，再发布是新的一号，旧的一号留着"""
    from xianxue.desk.exams.releasing import release  # noqa: PLC0415 - needs the engine
    from xianxue.desk.exams.sittings import sitting_named  # noqa: PLC0415 - as above

    opened = Workspace.open(workspace)
    made = release(opened, sitting_named(opened, sitting), by, why, override)
    if as_json:
        moved = [{"figure": m.figure, "before": m.before, "after": m.after} for m in made.moved]
        print_json({"release": made.name, "number": made.number, "new": made.fresh, "moved": moved})
        return
    if not made.fresh:
        echo(say("与第 {n} 号发布相同，没有新的发布。", n=made.number))
        return
    echo(say("已发布第 {n} 号：{name}", n=made.number, name=made.name))
    for one in made.moved[:_MOST_TOLD]:
        echo(_moved(one))
    left = len(made.moved) - _MOST_TOLD
    if left > 0:
        echo(say("另有 {n} 个数变了（--json 全部列出）", n=left))


def _moved(one: Moved) -> Sentence:
    before = say("没有") if one.before is None else str(one.before)
    after = say("没有") if one.after is None else str(one.after)
    return say("{figure}：{before}→{after}", figure=one.figure, before=before, after=after)


@command("refer")
@click.argument("sitting")
@workspace_option
@option("--set", "texts", multiple=True, help="登记一个参照：全省:线/科类=百分数，或 全市:…")
@option("--document", default="", help="公布这些数的文件")
@option("--as", "by", default=_BY, show_default=True, help="谁办理")
@json_option
def refer(  # noqa: PLR0913 - options of one command
    sitting: str,
    *,
    workspace: Path | None,
    texts: tuple[str, ...],
    document: str,
    by: str,
    as_json: bool,
) -> None:
    """登记全省、全市的上线率，并看本县高出或低于多少"""
    from xianxue.desk.exams import references  # noqa: PLC0415 - needs the engine
    from xianxue.desk.exams.lines_told import reached_of  # noqa: PLC0415 - as above
    from xianxue.desk.exams.releasing import now  # noqa: PLC0415 - as above
    from xianxue.desk.exams.results import results_of  # noqa: PLC0415 - as above

    opened, standing, values = _read(
        workspace,
        sitting,
        lambda card, shelf: references.references_of(card, shelf, texts, document),
    )
    if values:
        references.set_references(opened, standing, values, by)
    standing = now(standing)
    found = references.compared(standing, reached_of(results_of(opened, standing)))
    if as_json:
        print_json(
            [
                {
                    "of": one.of,
                    "line": one.line,
                    "track": one.track or None,
                    "reference": plain(one.theirs),
                    "above": None if isinstance(one.apart, Sentence) else plain(one.apart),
                }
                for one in found
            ]
        )
        return
    if not found:
        echo(say("没有可比的参照：先划同一条线，再用 --set 登记。"))
    for one in found:
        echo(one.told)
