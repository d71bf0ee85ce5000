"""``xianxue appraise diff``: two versions of a rubric, and the same data judged by both."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from xianxue.bureau.appraisal.curves import number
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.cli.appraise.options import period_option, ready
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import json_option, print_json, print_table, workspace_option
from xianxue.desk.cli.spoken import command, option

if TYPE_CHECKING:
    from xianxue.bureau.appraisal.differing import BothWays, Difference
    from xianxue.bureau.records.appraised import Graded, Score
    from xianxue.desk.appraisal.versions import Compared, Version

_NOTHING = "—"
_FEW = 3
"""So many items are named of each that changes; JSON has them all."""


@command("diff")
@click.argument("before")
@click.argument("after")
@period_option
@option("--all", "everything", is_flag=True, help="没有变化的也列出")
@workspace_option
@json_option
def diff(  # noqa: PLR0913 - options of one command
    before: str,
    after: str,
    period: str | None,
    workspace: Path | None,
    *,
    everything: bool,
    as_json: bool,
) -> None:
    """两版评价卡片对照：改了什么，同一时期的数按两版各算一遍，谁变了、变在哪一项

    一版可以是卡片的编号、编号@日期（那一天用的一版），或一个卡片文件（.yaml）。什么也不写。
    """
    opened = ready(workspace)
    from xianxue.desk.appraisal.versions import compared, version_of  # noqa: PLC0415 - needs the engine

    found = compared(version_of(opened, before), version_of(opened, after), period)
    shown = found.both if everything else found.changed
    if as_json:
        print_json(_as_dict(found, shown))
        return
    _print(found, shown)


def difference_rows(found: Sequence[Difference]) -> list[tuple[str, ...]]:
    """Give what changed in a card as rows of a table."""
    return [(one.term, one.what, one.before or _NOTHING, one.after or _NOTHING) for one in found]


def difference_dict(one: Difference) -> dict[str, Any]:
    """Give one thing that changed in a card to a program."""
    return {
        "kind": one.kind,
        "about": one.about or None,
        "term": one.term,
        "what": one.what,
        "before": one.before or None,
        "after": one.after or None,
    }


HEADS = (say("哪一项"), say("什么"), say("原来"), say("以后"))


def _print(found: Compared, shown: Sequence[BothWays]) -> None:
    title = say("{before} → {after}", before=_named(found.before), after=_named(found.after))
    if found.differences:
        print_table(title, HEADS, difference_rows(found.differences))
    else:
        echo(say("{title}：没有不同。", title=title))
    if shown:
        heads = (say("对象"), say("原来"), say("以后"), say("变动"), say("变在哪里"))
        period = say("{period}按两版各算一遍", period=found.period.term)
        print_table(period, heads, [_row(found, one) for one in shown])
    echo(
        say(
            "按两版都算了 {n} 家：{changed} 家的总分、等次或名次有变。什么也没有写。",
            n=len(found.both),
            changed=len(found.changed),
        )
    )


def _named(version: Version) -> Sentence | str:
    card = version.rubric
    where = version.file or (card.valid_from.isoformat() if card.valid_from else "")
    return say("{id}（{where}）", id=card.rubric, where=where) if where else card.rubric


def _row(found: Compared, one: BothWays) -> tuple[str, ...]:
    moved = one.moved
    items = one.items
    few = joined(
        "、",
        (
            say("{term} {before}→{after}", term=term, before=_points(old), after=_points(new))
            for _, term, old, new in items[:_FEW]
        ),
    )
    told = say("{few}等 {n} 项", few=few, n=len(items)) if len(items) > _FEW else few
    sign = "+" if moved is not None and moved > 0 else ""
    return (
        found.names[one.place],
        _result(one.before),
        _result(one.after),
        _NOTHING if moved is None else sign + number(moved),
        told,
    )


def _result(pair: tuple[Score, Graded] | None) -> Sentence | str:
    if pair is None:
        return say("不评")
    score, graded = pair
    rank = "" if graded.rank is None else say("第 {n} 名", n=graded.rank)
    return joined(" ", [one for one in (score.shown, graded.term, rank) if one])


def _points(points: Fraction | None) -> str:
    return _NOTHING if points is None else number(points)


def _as_dict(found: Compared, shown: Sequence[BothWays]) -> dict[str, Any]:
    return {
        "before": _version(found.before),
        "after": _version(found.after),
        "period": found.period.code,
        "differences": [difference_dict(one) for one in found.differences],
        "places": [_place(found, one) for one in shown],
        "judged": len(found.both),
        "changed": len(found.changed),
    }


def _version(version: Version) -> dict[str, Any]:
    card = version.rubric
    return {
        "rubric": card.rubric,
        "term": card.term,
        "from": None if card.valid_from is None else card.valid_from.isoformat(),
        "to": None if card.valid_to is None else card.valid_to.isoformat(),
        "file": version.file or None,
    }


def _place(found: Compared, one: BothWays) -> dict[str, Any]:
    return {
        "place": one.place,
        "name": found.names[one.place],
        "moved": None if one.moved is None else plain(one.moved),
        "before": _pair(one.before),
        "after": _pair(one.after),
        "items": [
            {
                "item": item,
                "term": term,
                "before": None if old is None else plain(old),
                "after": None if new is None else plain(new),
            }
            for item, term, old, new in one.items
        ],
    }


def _pair(pair: tuple[Score, Graded] | None) -> dict[str, Any] | None:
    if pair is None:
        return None
    score, graded = pair
    return {
        "total": None if score.total is None else plain(score.total),
        "grade": graded.grade or None,
        "rank": graded.rank,
    }
