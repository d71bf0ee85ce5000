"""``xianxue places basis`` and ``compare``: 原口径 and 合并口径 side by side."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import click

from xianxue.bureau.places.basis import Basis
from xianxue.bureau.places.basis import basis as basis_of
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.cli.indicators.output import meant
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import (
    json_option,
    period_option,
    print_json,
    print_table,
    release_option,
    workspace_option,
)
from xianxue.desk.cli.places import output as out
from xianxue.desk.cli.spoken import command, option
from xianxue.desk.indicators.finding import meant as meant_card
from xianxue.desk.places import telling
from xianxue.desk.workspace import MisusedError, Workspace

_AS_OF = option("--as-of", type=out.DAY, help="按哪一天的学校归并（默认今天）")


@command()
@workspace_option
@period_option
@_AS_OF
@json_option
def basis(
    workspace: Path | None, period: str | None, as_of: datetime | None, *, as_json: bool
) -> None:
    """合并口径：一期的学校后来归到哪里"""
    opened = Workspace.open(workspace)
    when = opened.period(period)
    found = _basis(opened, when.reference_day, as_of)
    moved = {code: way for code, way in found.ways.items() if found.code_of(code) != code}
    if as_json:
        print_json(
            {
                "start": found.start.isoformat(),
                "as_of": found.as_of.isoformat(),
                "moved": [
                    {
                        "code": code,
                        "counted_under": found.code_of(code),
                        "since": way.since.isoformat() if way.since else None,
                    }
                    for code, way in moved.items()
                ],
                "undivided": [
                    {"of": group.of, "into": group.into, "day": group.day.isoformat()}
                    for group in found.undivided
                ],
            }
        )
        return
    rows = [
        (
            telling.name(opened, code, found.start),
            telling.name(opened, found.code_of(code), found.as_of),
            telling.since(way.since),
        )
        for code, way in moved.items()
    ]
    echo(
        say(
            "{period}（{start}）的学校，按 {as_of} 归并：",
            period=when.term,
            start=found.start,
            as_of=found.as_of,
        )
    )
    if rows:
        print_table("", (say("原来"), say("归到"), say("自")), rows)
    for group in found.undivided:
        before = joined("、", (telling.name(opened, code, found.start) for code in group.of))
        after = joined("、", (telling.name(opened, code, found.as_of) for code in group.into))
        echo(
            say(
                "不可比：{before} 在 {day} 分设，只能与 {after} 的合计相比。",
                before=before,
                day=group.day,
                after=after,
            )
        )
    echo(
        say("归并 {n} 个，不可比 {groups} 组，其余不变。", n=len(rows), groups=len(found.undivided))
    )


@command()
@click.argument("indicator")
@workspace_option
@period_option
@release_option
@_AS_OF
@option("--all", "everyone", is_flag=True, help="没有归并的也列出")
@json_option
def compare(  # noqa: PLR0913 - options of one command
    indicator: str,
    workspace: Path | None,
    period: str | None,
    published: str,
    as_of: datetime | None,
    *,
    everyone: bool,
    as_json: bool,
) -> None:
    """一项指标在两种口径下的数"""
    from xianxue.desk.indicators.river import River  # noqa: PLC0415 - as above
    from xianxue.desk.releases.published import river_of  # noqa: PLC0415 - needs the engine

    opened = Workspace.open(workspace)
    card = meant_card(opened.shelf, indicator)
    own = river_of(opened, opened.period(period, card.period), published)
    day = _basis(opened, own.period.reference_day, as_of).as_of
    later = River(opened, own.period, own.release, day)
    found = later.holdings.basis
    before = {figure.key: figure for figure in own.figures_of(card.indicator)}
    after = {figure.key: figure for figure in later.figures_of(card.indicator)}
    keys = [
        key
        for key in dict.fromkeys([*before, *after])
        if everyone or _differs(key, before, after, found, opened)
    ]
    if as_json:
        print_json(
            [
                {
                    "place": (before.get(key) or after[key]).place,
                    "stage": key.split("/")[2],
                    **_slice_of(before.get(key) or after[key]),
                    "as_was": _value(before.get(key)),
                    "as_of": _value(after.get(key)) if _comparable(key, found) else None,
                    "comparable": _comparable(key, found),
                }
                for key in keys
            ]
        )
        return
    rows = [_row(key, before, after, found, opened) for key in keys]
    title = say(
        "{term}，{period}：原口径，和按 {day} 的合并口径",
        term=card.term,
        period=own.period.term,
        day=day,
    )
    print_table(
        title, (say("学校（区域）"), say("学段"), say("原口径"), say("合并口径"), say("说明")), rows
    )
    for issue in later.holdings.rebased.issues:
        echo(say("【{term}】{message}", term=issue.severity.term, message=issue.message))


def _basis(opened: Workspace, start: date, as_of: datetime | None) -> Basis:
    try:
        return basis_of(
            opened.register,
            start,
            # Today may lie before the day of a period that is being prepared; a day that was named
            # and lies there is a slip and complained of.
            max(out.day_or_today(as_of), start) if as_of is None else as_of.date(),
        )
    except ValueError as error:
        raise MisusedError(error.args[0]) from error


def _comparable(key: str, found: Basis) -> bool:
    return found.comparable(key.split("/")[1])


def _differs(
    key: str,
    before: Mapping[str, Figure],
    after: Mapping[str, Figure],
    found: Basis,
    opened: Workspace,
) -> bool:
    """Whether the two bases may say different things of a place; of the county they are shown."""
    place = key.split("/")[1]
    if place == opened.register.county.code:
        return True
    return (
        key not in before
        or key not in after
        or place in found.changed
        or not _comparable(key, found)
    )


def _row(
    key: str,
    before: Mapping[str, Figure],
    after: Mapping[str, Figure],
    found: Basis,
    opened: Workspace,
) -> tuple[str, ...]:
    one = before.get(key) or after[key]
    note = ""
    if not _comparable(key, found):
        note = say("有分设，不可比")
    elif one.place in found.changed:
        members = found.changed[one.place]
        note = say("含 ") + joined(
            "、", (telling.name(opened, code, found.start) for code in members)
        )
    elif found.ways.get(one.place) and found.code_of(one.place) != one.place:
        note = say("归到 ") + telling.name(opened, found.code_of(one.place), found.as_of)
    return (
        telling.name(opened, one.place, found.as_of),
        meant(one),
        before[key].shown if key in before else "",
        "" if key not in after or not _comparable(key, found) else after[key].shown,
        note,
    )


def _slice_of(figure: Figure) -> dict[str, object]:
    """Say the slice where there is one; a whole keeps the shape it has always had."""
    return {"slice": str(figure.slice)} if figure.slice else {}


def _value(figure: Figure | None) -> str | None:
    return None if figure is None or figure.value is None else plain(figure.value)
