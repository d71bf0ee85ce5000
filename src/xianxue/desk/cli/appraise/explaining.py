"""``xianxue appraise explain``: one point, down to the cell, the entry, the mark, the document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from xianxue.bureau.appraisal.curves import number
from xianxue.bureau.records.trace import KIND_OF, FigureRef, words
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import glued, say
from xianxue.desk.cli.appraise.options import period_option, ready
from xianxue.desk.cli.indicators import output as figures
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import json_option, print_json, release_option, workspace_option
from xianxue.desk.cli.spoken import command, option
from xianxue.desk.workspace import Workspace

if TYPE_CHECKING:
    from xianxue.bureau.records.appraised import Reading
    from xianxue.desk.appraisal.explained import Explained

_MARKS: Final = frozenset({"assessors"})
"""Marks are told of by their seats, once they are closed; before, nobody is given any."""


@command("explain")
@click.argument("rubric")
@option("--place", required=True, help="哪一家：代码或名称")
@option("--item", required=True, help="哪一项：编号、序号或名称")
@period_option
@release_option
@workspace_option
@json_option
def explain(  # noqa: PLR0913, PLR0917 - options of one command
    rubric: str,
    place: str,
    item: str,
    period: str | None,
    published: str,
    workspace: Path | None,
    *,
    as_json: bool,
) -> None:
    """说明一分怎样得来：一直追到单元格、台账、评分或佐证"""
    opened = ready(workspace)
    from xianxue.desk.appraisal.cards import which  # noqa: PLC0415 - as below
    from xianxue.desk.appraisal.explained import explained  # noqa: PLC0415 - needs the engine
    from xianxue.desk.appraisal.json_keys import item_json  # noqa: PLC0415 - as above

    found = explained(opened, which(opened, rubric, period), place, item, released=published)
    if as_json:
        print_json(
            {
                "rubric": found.asked.rubric.rubric,
                "period": found.asked.period.code,
                "place": found.score.place,
                **item_json(found.item),
                "readings": [_reading(one) for one in found.item.readings],
                "below": [item_json(one) for one in found.below],
                "flags": list(found.item.flags),
                "citation": opened.shelf.cite(cited) if (cited := found.item.citation) else None,
                "explained": [figures.explanation_dict(one, opened) for one in found.figures],
            }
        )
        return
    _print(opened, found)


def _reading(one: Reading) -> dict[str, Any]:
    return {
        "value": None if one.value is None else plain(one.value),
        "level": one.level or None,
        "about": one.about or None,
        "by": one.by or None,
        "document": one.document or None,
        "note": one.note or None,
        "traces": [
            {
                "kind": KIND_OF[type(trace)],
                "place": trace.place,
                "restricted": trace.restricted or None,
                "words": words(trace, _MARKS),
            }
            for trace in one.traces
        ],
    }


def _print(opened: Workspace, found: Explained) -> None:
    item = found.item
    points = say("未定") if item.points is None else number(item.points)
    echo(
        say(
            "{name}《{rubric}》（{period}）",
            name=found.score.name,
            rubric=found.asked.rubric.term,
            period=found.asked.period.term,
        )
    )
    echo(
        say(
            "{number} {term}：{points} / {of} 分",
            number=item.number,
            term=item.term,
            points=points,
            of=number(item.of),
        )
    )
    echo(say("  怎样得来：{because}", because=item.because))
    for one in found.below:
        got = say("未定") if one.points is None else number(one.points)
        echo(
            say("  {number} {term}：{points} / {of} 分，{because}", number=one.number,
                term=one.term, points=got, of=number(one.of), because=one.because)
        )  # fmt: skip
    for flag in item.flags:
        echo(say("  请复看：{flag}", flag=flag))
    for reading in item.readings:
        _print_reading(reading)
    for one in found.figures:
        figures.in_full(one, opened)
    if found.other is not None:
        (other,) = found.other.scores
        for line in other.items:
            got = say("未定") if line.points is None else number(line.points)
            echo(
                say("  {number} {term}：{points} / {of} 分，{because}", number=line.number,
                    term=line.term, points=got, of=number(line.of), because=line.because)
            )  # fmt: skip
    if item.citation is not None:
        echo(say("  依据：{line}", line=opened.shelf.cite(item.citation)))


def _print_reading(one: Reading) -> None:
    if one.note:
        echo(glued(("  ", one.note)))
    for trace in one.traces:
        # Of a figure more is told below, with its cells.
        if not isinstance(trace, FigureRef):
            echo(glued(("    ", words(trace, _MARKS))))
    if one.document:
        echo(say("    依据：{line}", line=one.document))
