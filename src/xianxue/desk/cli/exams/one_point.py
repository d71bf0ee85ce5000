"""``xianxue exams table``: a one-point table checked, its cumulative, lines and equal ranks."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from xianxue.bureau.exams.one_point.scores import points
from xianxue.bureau.values.rounding import half_up, plain
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import json_option, print_json, print_table
from xianxue.desk.cli.spoken import GivenFile, command, option
from xianxue.desk.workspace import MisusedError

if TYPE_CHECKING:
    from xianxue.bureau.exams.one_point.scores import Span
    from xianxue.bureau.exams.one_point.table import Between, OnePoint
    from xianxue.desk.exams.one_point import Brought

_PERCENT = 100
_PLACES = 2
_PERCENTILES = (10, 25, 50, 75, 90)
_TRUST = {"counts": "counts", "cumulative": "cumulative"}


@command("table")
@click.argument("file", type=GivenFile())
@option("--province", default="", help="省（表里有多个的）")
@option("--track", default="", help="科类（表里有多个的）")
@option("--year", default="", help="年份（表里有多个的）")
@option("--lines", default="", help="分数线，用逗号分开，如 521,431")
@option("--against", type=GivenFile(), help="另一年的一分一段表：按位次找等位分")
@option("--against-province", default="", help="另一张表的省（默认同上）")
@option("--against-track", default="", help="另一张表的科类（默认同上）")
@option("--against-year", default="", help="另一张表的年份")
@option("--trust", type=click.Choice(list(_TRUST)), help="人数和累计对不上时以哪一列为准")
@json_option
def one_point_table(
    file: Path, lines: str, against: Path | None, trust: str | None, *, as_json: bool, **which: str
) -> None:
    """核对一分一段表，数上线人数、百分位和等位分"""
    from xianxue.desk.exams.one_point import read_one_point  # noqa: PLC0415 - for this command

    heights = _heights(lines)
    keys = ("province", "track", "year")
    sure = "counts" if trust == "counts" else "cumulative" if trust == "cumulative" else ""
    found = read_one_point(file, {one: which[one] for one in keys}, sure)
    other = None
    if against is not None:
        wanted = {one: which[f"against_{one}"] for one in keys}
        # The other year has the same province and track, unless it is said that it has others.
        wanted |= {one: wanted[one] or which[one] for one in ("province", "track")}
        other = read_one_point(against, wanted, sure)
    if as_json:
        print_json(_as_json(found, heights, other))
    else:
        _print(found, heights, other)


def _heights(said: str) -> list[Decimal]:
    found: list[Decimal] = []
    for one in said.replace("，", ",").split(",") if said else ():
        try:
            found.append(Decimal(one.strip()))
        except InvalidOperation:
            raise MisusedError(say("分数线“{text}”不是数", text=one.strip())) from None
    return found


def _as_json(found: Brought, heights: Sequence[Decimal], other: Brought | None) -> object:
    table = found.table
    told: dict[str, Any] = dict(found.key) | {
        "candidates": table.candidates,
        "rows": [
            _span(step.span) | {"count": step.count, "cumulative": upto}
            for step, upto in zip(table.steps, table.cumulative, strict=True)
        ],
        "lines": [{"line": _number(one)} | _reached(table, one) for one in heights],
        "percentiles": [{"percent": one} | _span(table.percentile(one)) for one in _PERCENTILES],
        "notes": [one.message for one in found.notes],
    }
    if other is not None:
        told["against"] = dict(other.key) | {"candidates": other.table.candidates}
        told["equivalent"] = [
            {"line": _number(one)} | _equivalent(table, one, other.table) for one in heights
        ]
    return told


def _reached(table: OnePoint, height: Decimal) -> dict[str, object]:
    reached = table.reached(height)
    share = table.share(reached.low) if reached.known else None
    return {
        "reached": reached.low if reached.known else None,
        "at_least": reached.low,
        "at_most": reached.high,
        "share": plain(share) if share is not None else None,
    }


def _equivalent(table: OnePoint, height: Decimal, other: OnePoint) -> dict[str, object]:
    found = table.same_rank(height, other) or (None, None)
    reached = table.reached(height)
    rank = reached.low if reached.known else None
    return {"rank": rank, "best": _span(found[0]), "last": _span(found[1])}


def _span(span: Span | None) -> dict[str, object]:
    if span is None:
        return {"score": None, "low": None, "high": None}
    low, high = _number(span.low), _number(span.high)
    return {"score": low if span.one else None, "low": low, "high": high}


def _number(said: Decimal | None) -> int | float | None:
    if said is None:
        return None
    return int(said) if said == said.to_integral_value() else float(said)


def _print(found: Brought, heights: Sequence[Decimal], other: Brought | None) -> None:
    table = found.table
    for one in found.notes:
        echo(one.message)
    echo(say("{table}：{n} 人。", table=found.named, n=table.candidates))
    if heights:
        columns = [say("分数线"), say("上线人数"), say("占全部考生")]
        rows = [(points(one), *_counted(table, table.reached(one))) for one in heights]
        if other is not None:
            columns.append(say("等位分（{table}）", table=other.named))
            rows = [
                (*row, _same(table.same_rank(one, other.table)))
                for row, one in zip(rows, heights, strict=True)
            ]
        print_table(say("上线"), columns, rows)
    marks = [(f"{one}%", told(table.percentile(one))) for one in _PERCENTILES]
    print_table(say("百分位"), (say("不高于此分的考生"), say("分数")), marks)


def _counted(table: OnePoint, reached: Between) -> tuple[str, str]:
    if not reached.known:
        span = say("{low} 到 {high}", low=reached.low, high=reached.high)
        return span, say("（线落在一段分数中间）")
    share = table.share(reached.low)
    return str(reached.low), _percent(share) if share is not None else say("（无人）")


def _percent(share: Fraction) -> str:
    return f"{half_up(share * _PERCENT, _PLACES)}%"


def _same(found: tuple[Span | None, Span | None] | None) -> Sentence | str:
    if found is None:
        return say("（找不出）")
    best, last = (told(one) for one in found)
    return best if best == last else say("{low} 到 {high}", low=last, high=best)


def told(span: Span | None) -> Sentence | str:
    """Say the scores of a row as a table of its kind does."""
    if span is None:
        return say("（无人）")
    if span.one and span.low is not None:
        return points(span.low)
    if span.high is None and span.low is not None:
        return say("{score} 及以上", score=points(span.low))
    if span.low is None and span.high is not None:
        return say("{score} 及以下", score=points(span.high))
    return f"{span.low}—{span.high}"
