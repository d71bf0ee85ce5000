"""``xianxue assess``: judge the county under a standard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.kinds.standard import Standard
from xianxue.bureau.law.citation import Citation
from xianxue.bureau.records.finding import Assessment, Finding, Improvement, Verdict
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import (
    engine_option,
    json_option,
    period_option,
    print_json,
    print_table,
    release_option,
    say_next,
    workspace_option,
)
from xianxue.desk.cli.spoken import command, option
from xianxue.desk.indicators.lacking import lacking_text
from xianxue.desk.workspace import MisusedError, Workspace, national_shelf

_RULES = {"at_least": "≥", "at_most": "≤", "less_than": "<", "combination": ""}


@command()
@click.argument("standard", default="")
@workspace_option
@period_option
@release_option
@option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="按哪一天有效的规则（默认：统计时点）",
)
@option("--all", "everything", is_flag=True, help="达标的也列出")
@engine_option
@json_option
def assess(  # noqa: PLR0913, PLR0917 - options of one command
    standard: str,
    workspace: Path | None,
    period: str | None,
    published: str,
    on: datetime | None,
    engine: str,
    *,
    everything: bool,
    as_json: bool,
) -> None:
    """对照标准逐校、逐项判定，说明差多少

    不写标准的，列出有哪些标准。
    """
    if not standard:
        _list_standards(workspace, as_json=as_json)
        return
    from xianxue.desk.releases.published import river_of  # noqa: PLC0415 - needs the engine

    opened = Workspace.open(workspace)
    card = _standard(opened.shelf, standard)
    river = river_of(opened, opened.period(period, card.period), published, engine)
    judged = river.assess(card.standard, on.date() if on else river.period.reference_day)
    if as_json:
        release = river.release.name if river.release else None
        print_json(as_dict(judged, river.year.shelf) | {"release": release})
        return
    names = {place.code: place.name for place in river.counted_by.register}
    echo(
        say(
            "{standard}（{period}，按 {on} 有效的规则）：{verdict}",
            standard=judged.term,
            period=river.period.term,
            on=judged.on,
            verdict=judged.verdict.term,
        )
    )
    findings = (*judged.findings, *judged.spread)
    shown = [each for each in findings if everything or each.verdict is not Verdict.MET]
    counts = {verdict: sum(each.verdict is verdict for each in findings) for verdict in Verdict}
    echo(
        joined(
            "，",
            (
                say("{term} {number} 项", term=verdict.term, number=number)
                for verdict, number in counts.items()
            ),
        )
    )
    for said in _local(judged, opened.shelf):
        echo(said)
    if shown:
        columns = (
            say("学校（区域）"),
            say("学段"),
            say("项目"),
            say("数值"),
            say("标准"),
            say("判定"),
            say("还缺"),
        )
        print_table("", columns, [_row(each, names) for each in shown])
    # Told in any case: who was left out changes what a verdict is worth.
    for code, stage, reason in judged.not_counted:
        echo(
            say(
                "未计入：{place}{stage}（{reason}）",
                place=names.get(code, code),
                stage=stage.term if stage else "",
                reason=reason,
            )
        )


def _local(judged: Assessment, shelf: Shelf) -> Iterator[str]:
    """Say which of the county's own rules it was judged by, and why they are laxer."""
    for each in judged.local:
        said = say("按本地规定判定：{source}", source=shelf.cite(each))
        yield say("{said}。理由：{why}", said=said, why=each.loosens) if each.loosens else said


def _list_standards(workspace: Path | None, *, as_json: bool) -> None:
    """Name the standards there are; outside a workspace those that come with the program."""
    try:
        shelf = Workspace.open(workspace).shelf
    except MisusedError:
        # One that was named and is none is a slip; without one the national cards answer.
        if workspace is not None:
            raise
        shelf = national_shelf()
    cards = shelf.standards.values()
    if as_json:
        print_json(
            [
                {
                    "standard": card.standard,
                    "term": card.term,
                    "source": shelf.cite(card.source.citation),
                }
                for card in cards
            ]
        )
        return
    rows = [(card.standard, card.term, shelf.cite(card.source.citation)) for card in cards]
    print_table("", (say("编号"), say("标准"), say("依据")), rows)
    say_next(say("选一项：xianxue assess 编号"))


def _standard(shelf: Shelf, name: str) -> Standard:
    """Give the standard with an id or a term, or the only one whose term has the word in it."""
    card = shelf.standards.get(name)
    if card is not None:
        return card
    alike = [card for card in shelf.standards.values() if name in card.term]
    same = [card for card in alike if card.term == name] or alike
    if len(same) == 1:
        return same[0]
    known = joined(
        "、",
        (
            say("{term}（{id}）", term=each.term, id=each.standard)
            for each in same or shelf.standards.values()
        ),
    )
    message = (
        say("“{standard}”不止一项标准：{known}；请写明一项", standard=name, known=known)
        if same
        else say("没有标准“{standard}”；现有：{known}", standard=name, known=known)
    )
    raise MisusedError(message)


def _row(finding: Finding, names: dict[str, str]) -> tuple[str, ...]:
    return (
        names.get(finding.place, finding.place),
        finding.stage.term if finding.stage else "",
        finding.term,
        finding.shown,
        _line_of(finding),
        finding.verdict.term,
        lacking_text(finding, names),
    )


def _line_of(finding: Finding) -> str:
    """Write what is asked, and whether the county's own rule asks it."""
    if finding.threshold is None:
        return _RULES[finding.rule]
    line = _RULES[finding.rule] + plain(finding.threshold)
    own = finding.citation is not None and finding.citation.local
    return say("{line}（本地）", line=line) if own else line


def as_dict(judged: Assessment, shelf: Shelf) -> dict[str, object]:
    """Give an assessment in the shape of the command-line contract."""
    return {
        "standard": judged.standard,
        "term": judged.term,
        "period": judged.period,
        "on": judged.on,
        "verdict": judged.verdict.value,
        "findings": [_finding(each, shelf) for each in judged.findings],
        "spread": [
            {
                "criterion": each.criterion,
                "stage": each.stage.value if each.stage else None,
                "value": each.shown if each.figure and each.figure.value is not None else None,
                "limit": None if each.threshold is None else plain(each.threshold),
                "verdict": each.verdict.value,
                "place": each.place,
                "missing": list(each.missing),
                "citation": shelf.cite(each.citation) if each.citation else "",
                **_own(each.citation, shelf),
            }
            for each in judged.spread
        ],
        "not_counted": [
            {"place": place, "stage": stage.value if stage else None, "reason": reason}
            for place, stage, reason in judged.not_counted
        ],
        "doubts": [shelf.cite(doubt) for doubt in judged.doubts],
        # Only where a county has rules of its own: all others keep the shape they have had.
        **({"local": [_local_dict(each, shelf) for each in judged.local]} if judged.local else {}),
    }


def _local_dict(citation: Citation, shelf: Shelf) -> dict[str, str]:
    return {
        "term": citation.local,
        "loosens": citation.loosens,
        "citation": shelf.cite(citation),
    }


def _own(citation: Citation | None, shelf: Shelf) -> dict[str, object]:
    """Give the county's own rule that a finding was judged by, if it was by one."""
    return {"local": _local_dict(citation, shelf)} if citation and citation.local else {}


def _step_dict(step: Improvement) -> dict[str, object]:
    return {
        "criterion": step.criterion,
        "line": plain(step.line),
        "left_below": step.left_below,
        "quantity": step.lacking.quantity,
        "unit": step.lacking.unit,
        "noun": step.lacking.noun,
        "surplus": step.lacking.surplus,
    }


def _finding(finding: Finding, shelf: Shelf) -> dict[str, object]:
    figure = finding.figure
    lacking = finding.lacking
    return {
        "place": finding.place,
        "stage": finding.stage.value if finding.stage else None,
        "criterion": finding.criterion,
        "term": finding.term,
        "value": None if figure is None or figure.value is None else plain(figure.value),
        "shown": finding.shown,
        "rule": finding.rule,
        "threshold": None if finding.threshold is None else plain(finding.threshold),
        "verdict": finding.verdict.value,
        "lacking": None
        if lacking is None
        else {
            "quantity": lacking.quantity,
            "unit": lacking.unit,
            "noun": lacking.noun,
            "surplus": lacking.surplus,
        },
        "missing": list(finding.missing),
        "rests_on": list(finding.rests_on),
        # Only a joint verdict that failed has one: other findings keep the shape they have had.
        **({"way": [_step_dict(step) for step in finding.way]} if finding.way else {}),
        "citation": shelf.cite(finding.citation) if finding.citation else "",
        **_own(finding.citation, shelf),
    }
