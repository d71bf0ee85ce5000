"""The difference of two releases, as it is printed and as JSON: what changed, and what moved."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Final

from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.returns.basis.differences import CellChange
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import print_table
from xianxue.desk.releases.overrides_told import told_overrides
from xianxue.desk.releases.wording import (
    cell_value,
    figure_shown,
    figure_told,
    in_brackets,
    row_term,
    verdict_told,
)
from xianxue.desk.stores import clock
from xianxue.desk.workspace import Workspace

if TYPE_CHECKING:
    from xianxue.desk.releases.causes import Cause
    from xianxue.desk.releases.difference import ReleaseDiff

# A screenful: one corrected school may move a figure in every township. JSON has each.
_MOST_FIGURES: Final = 40
_MOST_CAUSES: Final = 3
"""Causes named beside one figure; of more it is said how many."""


def tell(told: ReleaseDiff, opened: Workspace) -> None:
    """Print what changed, and then what moved, each with the number of what moved it."""
    names = {place.code: place.name for register in told.registers for place in register}
    echo(say("起因 {n} 项", n=len(told.causes)))
    for number, cause in enumerate(told.causes, 1):
        echo(_cause(number, cause))
    if told.unknown is not None:
        echo(told.unknown)
    corrected = [cell for cell in told.cells if all(cell.revisions)]
    echo(say("更正的数 {n} 个", n=len(corrected)))
    for cell in corrected:
        echo(_cell(cell, told.told.shelf, names))
    period = Period.parse(told.period)
    for line in told_overrides(opened, told.overrides, period.reference_day):
        echo(line)
    _tell_figures(told, names)
    turned = [
        (each, told.turned_by.get((standard, at), ()))
        for standard, changes in told.verdicts.items()
        for at, each in enumerate(changes)
    ]
    echo(say("变动的判定 {n} 项", n=len(turned)))
    for each, causes in turned:
        some = each.after or each.before
        if some is not None:
            echo(
                say(
                    "  {where} {term}：{before} → {after}{causes}",
                    where=names.get(some.place, some.place) + in_brackets(some.stage),
                    term=some.term,
                    before=verdict_told(each.before, names),
                    after=verdict_told(each.after, names),
                    causes=say("　起因 {numbers}", numbers=_numbers(causes)) if causes else "",
                )
            )


def _tell_figures(told: ReleaseDiff, names: dict[str, str]) -> None:
    moved = [each for each in told.figures if (each.after or each.before) is not None]
    county = told.told.register.county.code
    # The county's own first: these are what was published in the report.
    first = sorted(moved, key=lambda each: (each.key.split("/")[1] != county, each.key))
    rows = [
        (
            figure_told(each.after or each.before, told.told.shelf, names),
            figure_shown(each.before),
            figure_shown(each.after),
            _numbers(told.moved_by.get(each.key, ())),
        )
        for each in first[:_MOST_FIGURES]
    ]
    if moved:
        print_table(
            say("变动的指标 {n} 个", n=len(moved)),
            (say("指标"), say("原来"), say("现在"), say("起因")),
            rows,
        )
    else:
        echo(say("变动的指标 {n} 个", n=0))
    if len(moved) > _MOST_FIGURES:
        echo(say("其余 {n} 个未列出，用 --json 查看全部。", n=len(moved) - _MOST_FIGURES))
    if told.same_value:
        echo(say("另有 {n} 个指标的底数或应报单位有变，得数相同。", n=told.same_value))


def _cause(number: int, cause: Cause) -> str:
    said: str = say("  {number}. {told}", number=number, told=cause.told)
    if cause.by:
        said += say("　{by} {minute}", by=cause.by, minute=_minute(cause.at))
    return said + (f"　{cause.why}" if cause.why else "")


def _numbers(causes: Iterable[int]) -> str:
    listed = list(causes)
    said = joined("、", map(str, listed[:_MOST_CAUSES]))
    more = len(listed) - _MOST_CAUSES
    return say("{said} 等 {n} 项", said=said, n=len(listed)) if more > 0 else said


def _cell(cell: CellChange, shelf: Shelf, names: dict[str, str]) -> str:
    found = shelf.asked_field(f"{cell.sheet}.{cell.field}")
    term: str = f"{cell.sheet}.{cell.field}"
    if found:
        term = joined("·", (found[1].term, found[2].term))
    return say(
        "  {place} {term}{row} {cell}：{before} → {after}",
        place=names.get(cell.place, cell.place),
        term=term,
        row=row_term(cell.row, found, shelf),
        cell=cell.cell,
        before=cell_value(cell.before, found),
        after=cell_value(cell.after, found),
    )


def as_dict(told: ReleaseDiff) -> dict[str, object]:
    """Give the difference in the shape of the command-line contract."""
    shelf = told.told.shelf
    return {
        "causes": [
            {
                "number": number,
                "kind": cause.step,
                "about": cause.about,
                "told": cause.told,
                "by": cause.by,
                "at": cause.at,
                "why": cause.why,
            }
            for number, cause in enumerate(told.causes, 1)
        ],
        "cells": [
            {
                "form": cell.form,
                "place": cell.place,
                "sheet": cell.sheet,
                "row": cell.row,
                "field": cell.field,
                "cell": cell.cell,
                "before": cell_value(cell.before, shelf.asked_field(f"{cell.sheet}.{cell.field}")),
                "after": cell_value(cell.after, shelf.asked_field(f"{cell.sheet}.{cell.field}")),
                "by": told.deeds[cell.form, cell.place, max(cell.revisions)].by,
                "at": told.deeds[cell.form, cell.place, max(cell.revisions)].at,
                "why": told.deeds[cell.form, cell.place, max(cell.revisions)].why,
            }
            for cell in told.cells
        ],
        "figures": [
            {
                "figure": each.key,
                "before": _exact(each.before),
                "after": _exact(each.after),
                "causes": list(told.moved_by.get(each.key, ())),
            }
            for each in told.figures
        ],
        "same_value": told.same_value,
        "verdicts": [
            {
                "standard": standard,
                "criterion": some.criterion,
                "place": some.place,
                "stage": some.stage.value if some.stage else None,
                "before": each.before.verdict.value if each.before else None,
                "after": each.after.verdict.value if each.after else None,
                "causes": list(told.turned_by.get((standard, at), ())),
            }
            for standard, changes in told.verdicts.items()
            for at, each in enumerate(changes)
            if (some := each.after or each.before) is not None
        ],
        "overrides": told.overrides,
        "same_cards": told.same_cards,
        **({"unknown": told.unknown} if told.unknown is not None else {}),
    }


def _minute(at: str) -> str:
    return clock.minute_of(datetime.fromisoformat(at)) if at else say("时间不详")


def _exact(figure: Figure | None) -> str | None:
    return None if figure is None or figure.value is None else plain(figure.value)
