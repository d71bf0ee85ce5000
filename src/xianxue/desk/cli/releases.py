"""``xianxue release``: what was published, and what changed between two releases.

Releases are made by ``xianxue returns release``; here they are read.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xianxue.bureau.kinds.form import Field, Form, Sheet
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.figure import Figure, named
from xianxue.bureau.records.finding import Finding
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import glued, joined, say
from xianxue.desk.cli.assess import lacking_text
from xianxue.desk.cli.command_order import InOrder
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import (
    json_option,
    period_option,
    print_json,
    print_table,
    workspace_option,
)
from xianxue.desk.cli.overrides import told_overrides
from xianxue.desk.stores import clock
from xianxue.desk.workspace import MisusedError, Workspace

if TYPE_CHECKING:
    from xianxue.bureau.records.cells import Value
    from xianxue.desk.releases.difference import ReleaseDiff

_MOST_FIGURES = 40


@click.group(cls=InOrder)
def release() -> None:
    """看发布：列出、比较、核对；发布用 returns release"""


@release.command("list")
@workspace_option
@json_option
def list_releases(workspace: Path | None, *, as_json: bool) -> None:
    """列出全部发布"""
    from xianxue.desk.releases.published import folder_of, releases  # noqa: PLC0415 - needs Django

    opened = Workspace.open(workspace)
    folder = folder_of(opened)
    rows = [(row, folder.manifest(row.digest)) for row in releases(opened)]
    if as_json:
        print_json(
            [
                {
                    "release": row.name,
                    "digest": row.digest,
                    "at": row.at.isoformat(),
                    "by": row.by,
                    "why": row.why,
                    "coverage": manifest.coverage,
                }
                for row, manifest in rows
            ]
        )
        return
    told = [
        (
            row.name,
            clock.minute_of(row.at),
            row.by,
            joined(
                "，",
                (
                    glued((opened.shelf.forms[form].term, f" {filed}/{expected}"))
                    for form, (filed, expected) in manifest.coverage.items()
                    if form in opened.shelf.forms
                ),
            ),
            row.why,
        )
        for row, manifest in rows
    ]
    print_table("", (say("发布"), say("时间"), say("发布人"), say("已报"), say("说明")), told)


@release.command()
@click.argument("number")
@workspace_option
@period_option
@json_option
def show(number: str, workspace: Path | None, period: str | None, *, as_json: bool) -> None:
    """看一号发布：报了多少，哪些是例外办理的、为什么"""
    from xianxue.desk.releases.published import folder_of, releases  # noqa: PLC0415 - as above
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - as above
    from xianxue.desk.returns.overrides import override_of_release  # noqa: PLC0415 - engine

    opened = Workspace.open(workspace)
    when = opened.period(period)
    known = releases(opened, when)
    row = next((one for one in known if number in {one.name, str(one.number)}), None)
    if row is None:
        names = joined("、", (str(one.number) for one in known)) or say("还没有发布过")
        message = say(
            "{period}没有第 {number} 号发布（已有：{names}）",
            period=when.term,
            number=number,
            names=names,
        )
        raise MisusedError(message)
    manifest = folder_of(opened).manifest(row.digest)
    rules, reason = override_of_release(row.name)
    if as_json:
        print_json(
            {
                "release": row.name,
                "digest": row.digest,
                "at": row.at.isoformat(),
                "by": row.by,
                "why": row.why,
                "coverage": manifest.coverage,
                "overrides": manifest.overrides,
                "released_by_override": {"rules": rules, "reason": reason} if rules else None,
            }
        )
        return
    minute = clock.minute_of(row.at)
    echo(say("第 {release} 号发布，{minute}，{by}", release=row.name, minute=minute, by=row.by))
    if row.why:
        echo(say("说明：{why}", why=row.why))
    for form, (filed, expected) in manifest.coverage.items():
        card = opened.shelf.forms.get(form)
        term = card.term if card else form
        echo(say("《{form}》已报 {filed}/{expected}", form=term, filed=filed, expected=expected))
    for line in told_overrides(opened, manifest.overrides, when.reference_day):
        echo(line)
    if rules:
        policy = open_ground(opened).policy
        named = joined("、", map(policy.rule_term, rules))
        echo(say("发布本身例外办理：{rules}（{reason}）。", rules=named, reason=reason))
    if not manifest.overrides and not rules:
        echo(say("没有例外办理的。"))


@release.command()
@click.argument("before")
@click.argument("after")
@workspace_option
@period_option
@json_option
def diff(
    before: str, after: str, workspace: Path | None, period: str | None, *, as_json: bool
) -> None:
    """两号发布之间改了哪些数、谁改的、为什么、哪些结果因此变了"""
    from xianxue.desk.releases.difference import release_diff  # noqa: PLC0415 - as above
    from xianxue.desk.releases.published import find_release  # noqa: PLC0415 - needs Django

    opened = Workspace.open(workspace)
    when = opened.period(period)
    found = [find_release(opened, when, said) for said in (before, after)]
    if found[0] is None or found[1] is None:
        message = say("请写两号发布的编号，例如 xianxue release diff 1 2")
        raise MisusedError(message)
    told = release_diff(opened, when, found[0], found[1])
    if as_json:
        print_json(_as_dict(told, opened.shelf))
    else:
        _tell(told, opened)


@release.command()
@workspace_option
@json_option
def verify(workspace: Path | None, *, as_json: bool) -> int:
    """核对全部发布：没有被改动，重新计算结果相同；说明哪几号没有重新计算、为什么"""
    from xianxue.desk.releases.publication import verify as check  # noqa: PLC0415 - needs the engine

    found = check(Workspace.open(workspace))
    faults = [
        say("第 {name} 号发布：{fault}", name=one.name, fault=fault)
        for one in found
        for fault in one.faults
    ]
    recounted = [one.name for one in found if one.recounted]
    others = [one for one in found if not one.recounted]
    if as_json:
        print_json(
            {
                "faults": faults,
                "releases": len(found),
                "recounted": recounted,
                "not_recounted": [{"release": one.name, "why": one.why_not} for one in others],
            }
        )
        return int(bool(faults))
    for fault in faults:
        echo(fault)
    if not faults:
        echo(say("{n} 号发布都与发布时相同。", n=len(found)))
    if recounted:
        echo(say("重新计算过的：{names}。", names=joined("、", recounted)))
    for one in others:
        echo(say("没有重新计算：{name}（{why}）。", name=one.name, why=one.why_not))
    return int(bool(faults))


def _tell(told: ReleaseDiff, opened: Workspace) -> None:
    names = {place.code: place.name for place in opened.register}
    echo(say("改动的数 {n} 个", n=len(told.cells)))
    for cell in told.cells:
        deeds = told.deeds[cell.form, cell.place, max(cell.revisions)]
        found = opened.shelf.asked_field(f"{cell.sheet}.{cell.field}")
        term: str = f"{cell.sheet}.{cell.field}"
        if found:
            term = joined("·", (found[1].term, found[2].term))
        row = _row(cell.row, found, opened.shelf)
        echo(
            say(
                "  {place} {term}{row} {cell}：{before} → {after}　{by} {minute}",
                place=names.get(cell.place, cell.place),
                term=term,
                row=row,
                cell=cell.cell,
                before=_value(cell.before, found),
                after=_value(cell.after, found),
                by=deeds.by or say("不详"),
                minute=_minute(deeds.at),
            )
            + (f"　{deeds.why}" if deeds.why else "")
        )
    period = Period.parse(told.period)
    for line in told_overrides(opened, told.overrides, period.reference_day):
        echo(line)
    if not told.same_cards:
        echo(say("两号发布之间规则卡片或学校名册也有变化，结果的变化不全因报表而起。"))
    moved = [each for each in told.figures if (each.after or each.before) is not None]
    county = opened.register.county.code
    first = sorted(moved, key=lambda each: (each.key.split("/")[1] != county, each.key))
    rows = [
        (
            _whose(each.after or each.before, opened, names),
            _shown(each.before),
            _shown(each.after),
        )
        for each in first[:_MOST_FIGURES]
    ]
    print_table(
        say("变动的指标 {n} 个", n=len(moved)), (say("指标"), say("原来"), say("现在")), rows
    )
    if len(moved) > _MOST_FIGURES:
        echo(say("其余 {n} 个未列出，用 --json 查看全部。", n=len(moved) - _MOST_FIGURES))
    turned = [each for changes in told.verdicts.values() for each in changes]
    echo(say("变动的判定 {n} 项", n=len(turned)))
    for each in turned:
        some = each.after or each.before
        if some is not None:
            where = names.get(some.place, some.place) + _in_brackets(some.stage)
            before, after = _verdict(each.before, names), _verdict(each.after, names)
            echo(
                say(
                    "  {where} {term}：{before} → {after}",
                    where=where,
                    term=some.term,
                    before=before,
                    after=after,
                )
            )


def _as_dict(told: ReleaseDiff, shelf: Shelf) -> dict[str, object]:
    return {
        "cells": [
            {
                "form": cell.form,
                "place": cell.place,
                "sheet": cell.sheet,
                "row": cell.row,
                "field": cell.field,
                "cell": cell.cell,
                "before": _value(cell.before, shelf.asked_field(f"{cell.sheet}.{cell.field}")),
                "after": _value(cell.after, shelf.asked_field(f"{cell.sheet}.{cell.field}")),
                "by": told.deeds[cell.form, cell.place, max(cell.revisions)].by,
                "at": told.deeds[cell.form, cell.place, max(cell.revisions)].at,
                "why": told.deeds[cell.form, cell.place, max(cell.revisions)].why,
            }
            for cell in told.cells
        ],
        "figures": [
            {"figure": each.key, "before": _exact(each.before), "after": _exact(each.after)}
            for each in told.figures
        ],
        "verdicts": [
            {
                "standard": standard,
                "criterion": some.criterion,
                "place": some.place,
                "stage": some.stage.value if some.stage else None,
                "before": each.before.verdict.value if each.before else None,
                "after": each.after.verdict.value if each.after else None,
            }
            for standard, changes in told.verdicts.items()
            for each in changes
            if (some := each.after or each.before) is not None
        ],
        "overrides": told.overrides,
        "same_cards": told.same_cards,
    }


def _value(value: Value | None, found: tuple[Form, Sheet, Field] | None) -> str:
    """Write a cell's value in whole units; codes and texts as they are."""
    if value is None:
        return say("（没有）")
    if isinstance(value, Missing):
        return value.value
    if isinstance(value, int) and found is not None:
        return plain(found[2].measured_in.in_whole_units(value))
    return str(value)


def _row(code: str, found: tuple[Form, Sheet, Field] | None, shelf: Shelf) -> str:
    """Name a row as the form does: by its code's term in a grid, by its line in a list."""
    if not code or found is None:
        return say("（{code}）", code=code) if code else ""
    sheet = found[1]
    entry = shelf.codes[sheet.rows].entry(code) if sheet.layout == "grid" else None
    return say("（{term}）", term=entry.term if entry else say("第 {code} 行", code=code))


def _minute(at: str) -> str:
    return clock.minute_of(datetime.fromisoformat(at)) if at else say("时间不详")


def _in_brackets(stage: Stage | None) -> str:
    return say("（{term}）", term=stage.term) if stage else ""


def _exact(figure: Figure | None) -> str | None:
    return None if figure is None or figure.value is None else plain(figure.value)


def _shown(figure: Figure | None) -> str:
    """Print a figure, with the reason where it could not be told: a break, no last year."""
    if figure is None:
        return ""
    return (
        say("{figure}（{why}）", figure=figure.shown, why=figure.why)
        if figure.why
        else figure.shown
    )


def _verdict(finding: Finding | None, names: dict[str, str]) -> str:
    if finding is None:
        return say("（不判定）")
    why = lacking_text(finding, names)
    return finding.verdict.term + (say("（{why}）", why=why) if why else "")


def _whose(figure: Figure | None, opened: Workspace, names: dict[str, str]) -> str:
    if figure is None:
        return ""
    meant = named("", figure.stage, figure.slice)
    term = opened.shelf.indicators[figure.indicator].term
    return f"{names.get(figure.place, figure.place)}{meant}　{term}"
