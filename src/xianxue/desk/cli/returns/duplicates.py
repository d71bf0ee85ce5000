"""``xianxue returns duplicates``: what a drafted form asks that the bureau already holds."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from xianxue.bureau.kinds.held import Way
from xianxue.bureau.returns.basis.duplicates import Duplicate, fields_of, sources
from xianxue.bureau.values.sentence import say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import (
    json_option,
    period_option,
    print_json,
    print_table,
    workspace_option,
)
from xianxue.desk.cli.spoken import command, option
from xianxue.desk.returns.duplicates import (
    Age,
    Draft,
    Saved,
    ages,
    find_draft,
    marked_card,
    savings,
)
from xianxue.desk.stores.whole_files import whole
from xianxue.desk.workspace import MisusedError, Workspace

_WAYS: Final[dict[Way | None, str]] = {
    "value": say("直接带入"),
    "code": say("逐行带入"),
    "stage": say("按学段相加后带入"),
    "total": say("各行相加后带入"),
    None: say("行对不上，不能带入"),
}


@command()
@click.argument("form")
@workspace_option
@period_option
@option(
    "-o",
    "output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="另存一份标好 prefilled_from 的卡片",
)
@json_option
def duplicates(
    form: str, workspace: Path | None, period: str | None, output: Path | None, *, as_json: bool
) -> None:
    """一数一源：新报表里哪些栏教育局已经有了

    “报表”是起草中的报表卡片（.yaml 文件）或现有报表的编号。
    标了 prefilled_from 的栏，模板里带出已有的数，不再要学校填。
    """
    opened = Workspace.open(workspace)
    when = opened.period(period)
    draft = find_draft(opened, form)
    found = draft.duplicates()
    filled = sources(found)
    register = opened.register
    places = [register.county]
    if draft.form.filed_by == "school":
        places = register.schools(when.reference_day)
    saved = savings(draft, found, places, when)
    held = ages(opened, {one.held.form.form for one in found})
    if as_json:
        print_json(_as_data(draft, found, filled, saved, held))
    else:
        _tell(draft, found, filled, saved, held)
    if output is not None:
        if draft.origin is None:
            message = say("-o 要和卡片文件一起用：现有的报表请先把卡片另存一份")
            raise MisusedError(message)
        text = marked_card(Path(form).read_text(encoding="utf-8-sig"), draft, filled)
        with whole(output) as scratch:
            scratch.write_text(text, encoding="utf-8")
        echo(say("已标好 {n} 栏，写在 {output}。", n=len(filled), output=output), err=as_json)


COMMANDS: Final = (duplicates,)


def _tell(
    draft: Draft,
    found: list[Duplicate],
    filled: dict[str, str],
    saved: list[Saved],
    held: dict[str, Age],
) -> None:
    rows = [
        (
            one.asked.named,
            say("《{term}》{named}", term=one.held.form.term, named=one.held.named),
            one.held.form.owner,
            _age(held[one.held.form.form]),
            one.likeness.term,
            _how(one, filled),
        )
        for one in found
    ]
    columns = (
        say("要填的"),
        say("已经有的"),
        say("归口"),
        say("最近一期"),
        say("把握"),
        say("怎样带入"),
    )
    if rows:
        print_table(say("《{term}》与已有报表重复的栏", term=draft.form.term), columns, rows)
    total = len(list(fields_of(draft.form)))
    echo(
        say(
            "《{term}》共 {total} 栏，{n} 栏已经有了，不必再填。",
            term=draft.form.term,
            total=total,
            n=len(filled),
        )
    )
    spared = sum(one.saved for one in saved)
    if spared:
        least, most = min(one.saved for one in saved), max(one.saved for one in saved)
        each = f"{least}" if least == most else say("{least} 至 {most}", least=least, most=most)
        asked = sum(one.asked for one in saved)
        said = say(
            "每个单位少填 {each} 格，全县 {n} 个单位少填 {spared} 格",
            each=each,
            n=len(saved),
            spared=spared,
        )
        echo(say("{said}（原要填 {asked} 格；清单按一行计）。", said=said, asked=asked))


def _how(one: Duplicate, filled: dict[str, str]) -> str:
    # Two candidates are as good as each other: none is filled in by chance.
    if one.fills and one.asked.reference not in filled:
        return say("不止一处有，由人来定")
    if one.way is not None and not one.covers:
        return say("只有一部分学校有，不能带入")
    return _WAYS[one.way] if one.fills or one.way is None else say("核对后再定")


def _age(age: Age) -> str:
    if not age.period:
        return say("还没有收过")
    return say(
        "{period}，已收 {accepted}/{expected}",
        period=age.period,
        accepted=age.accepted,
        expected=age.expected,
    )


def _as_data(
    draft: Draft,
    found: list[Duplicate],
    filled: dict[str, str],
    saved: list[Saved],
    held: dict[str, Age],
) -> dict[str, object]:
    return {
        "form": draft.form.form,
        "term": draft.form.term,
        "fields": len(list(fields_of(draft.form))),
        "duplicates": [
            {
                "field": one.asked.reference,
                "term": one.asked.field.term,
                "held": {
                    "field": one.held.reference,
                    "term": one.held.field.term,
                    "form": one.held.form.form,
                    "owner": one.held.form.owner,
                    "period": held[one.held.form.form].period,
                    "accepted": held[one.held.form.form].accepted,
                    "expected": held[one.held.form.form].expected,
                },
                "likeness": one.likeness.name.lower(),
                "words": one.words,
                "way": one.way,
                "covers": one.covers,
                "fills": one.fills,
            }
            for one in found
        ],
        "prefilled_from": filled,
        "cells": {
            "asked": sum(one.asked for one in saved),
            "saved": sum(one.saved for one in saved),
            "places": [
                {"place": one.place.code, "asked": one.asked, "saved": one.saved} for one in saved
            ],
        },
    }
