"""``xianxue catalogue diff``: what an overlay would move, before it is taken."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xianxue.bureau.appraisal.differing import Difference, differences
from xianxue.bureau.kinds.appraisal.rubric import Rubric
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.records.finding import Assessment, Finding
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.cli.appraise.differing import HEADS, difference_dict, difference_rows
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import (
    json_option,
    period_option,
    print_issues,
    print_json,
    print_table,
    workspace_option,
)
from xianxue.desk.cli.spoken import command, option
from xianxue.desk.indicators.lacking import lacking_text
from xianxue.desk.workspace import Workspace

if TYPE_CHECKING:
    from xianxue.bureau.assessment.differences import VerdictChange
    from xianxue.bureau.indicators.differences import FigureChange
    from xianxue.desk.indicators.preview import Judged, Moved, Preview

_NOTHING = "—"
_LONGEST_AREA = 9
"""Digits of a township's code; a county has six, a school ten."""


@command("diff")
@click.argument(
    "overlays",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@workspace_option
@period_option
@option("--all", "everything", is_flag=True, help="各校的数也列出")
@json_option
def diff(
    overlays: tuple[Path, ...],
    workspace: Path | None,
    period: str | None,
    *,
    everything: bool,
    as_json: bool,
) -> int:
    """本地规则目录会改变哪些规则、数和判定

    用工作目录里现有的数据试算，什么也不写；已经启用的，与不用它相比。
    """
    from xianxue.desk.indicators.preview import preview  # noqa: PLC0415 - needs the engine

    opened = Workspace.open(workspace)
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs the database

    open_ground(opened)
    found = preview(opened, overlays, period)
    if as_json:
        print_json(_as_dict(found))
        return int(bool(found.issues))
    if found.issues:
        print_issues(found.issues, as_json=False)
        echo(say("改好以后再试算。"))
        return 1
    names = {place.code: place.name for place in opened.register}
    _print(found, names, everything=everything)
    return 0


def _print(found: Preview, names: dict[str, str], *, everything: bool) -> None:
    echo(
        say("这些规则已经启用，下面是与不用它们相比：")
        if found.taken
        else say("这些规则还没有启用，下面是用了以后：")
    )
    if found.values:
        heads = (say("改动"), say("哪一项"), say("从哪天起"), say("原来"), say("改成"), say("宽严"))
        print_table(say("规则的值"), heads, [_value_row(each) for each in found.values])
    for change, term in found.fields:
        fields = joined("、", (field.term for field in change.fields))
        echo(say("《{form}》加栏：{fields}。", form=term, fields=fields))
    if found.added:
        listed = joined("、", (term for _, _, term in found.added))
        echo(say("新增的卡片：{listed}。", listed=listed))
    for card, changed in _versions(found):
        print_table(say("评价卡片《{term}》", term=card.term), HEADS, difference_rows(changed))
        echo(say("变动谁：xianxue appraise diff {series} {id}", series=card.series, id=card.rubric))
    for each in found.standards:
        echo(
            say(
                "{term}：{before} → {after}，变动 {n} 项。",
                term=each.term,
                before=_verdict(each.before),
                after=_verdict(each.after),
                n=len(each.changes),
            )
        )
    rows = [_verdict_row(one, names) for each in found.standards for one in each.changes]
    if rows:
        heads = (say("学校（区域）"), say("学段"), say("项目"), say("原来"), say("以后"))
        print_table(say("判定"), heads, rows)
    _print_figures(found, names, everything=everything)
    echo(say("什么也没有写。要启用，把目录写进 xianxue.toml 的 overlays。"))


def _versions(found: Preview) -> Iterator[tuple[Rubric, tuple[Difference, ...]]]:
    """Give new versions of rubrics, each with what it has otherwise than the one before it."""
    from xianxue.desk.appraisal.cards import rubric_named  # noqa: PLC0415 - needs the engine

    for kind, name, _ in found.added:
        card = found.shelf.rubrics.get(name) if kind == "rubric" else None
        if card is None or not card.of:
            continue
        day = (card.valid_from or date.max) - timedelta(days=1)
        before = rubric_named(found.shelf, card.series, day)
        if before.rubric != name:
            yield card, differences(before, card, found.shelf)


def _print_figures(found: Preview, names: dict[str, str], *, everything: bool) -> None:
    shown = [one for one in found.figures if everything or not _of_school(one)]
    if shown:
        heads = (say("学校（区域）"), say("指标"), say("原来"), say("以后"))
        print_table(say("数"), heads, [_figure_row(one, found, names) for one in shown])
    hidden = len(found.figures) - len(shown)
    if hidden:
        echo(say("另有学校的数 {n} 个变动，加 --all 列出。", n=hidden))
    if found.new_figures:
        echo(say("新指标的数 {n} 个。", n=found.new_figures))
    if not found.figures and not found.standards:
        echo(say("现有的数和判定都不变。"))


def _of_school(change: FigureChange) -> bool:
    some = change.after or change.before
    return some is not None and len(some.place) > _LONGEST_AREA


def _value_row(moved: Moved) -> tuple[str, ...]:
    value = moved.value
    stage = value.stage.term if value.stage else ""
    return (
        moved.change.term,
        joined("·", filter(None, (moved.of, stage))),
        value.valid_from.isoformat(),
        joined("、", dict.fromkeys(str(old.value) for old in moved.before)) or _NOTHING,
        str(value.value),
        _strictness(moved),
    )


def _strictness(moved: Moved) -> Sentence | str:
    """Say whether a value asks for less, with the reason; nothing where it has no forerunner."""
    if not moved.before or all(old.value == moved.value.value for old in moved.before):
        return ""
    said = say("放宽") if moved.laxer else say("收紧")
    why = moved.change.loosens.strip()
    return say("{said}：{why}", said=said, why=why) if why else said


def _verdict(judged: Assessment | None) -> Sentence:
    return judged.verdict.term if judged is not None else say("没有这项标准")


def _verdict_row(change: VerdictChange, names: dict[str, str]) -> tuple[str, ...]:
    some = change.after or change.before
    assert some is not None  # noqa: S101 - one of both there is
    return (
        names.get(some.place, some.place),
        some.stage.term if some.stage else "",
        some.term,
        _told(change.before, names),
        _told(change.after, names),
    )


def _told(finding: Finding | None, names: dict[str, str]) -> str:
    if finding is None:
        return _NOTHING
    lacking = lacking_text(finding, names)
    return (
        say("{verdict}，{lacking}", verdict=finding.verdict.term, lacking=lacking)
        if (lacking)
        else finding.verdict.term
    )


def _figure_row(change: FigureChange, found: Preview, names: dict[str, str]) -> tuple[str, ...]:
    some = change.after or change.before
    assert some is not None  # noqa: S101 - as above
    card = found.shelf.indicators.get(some.indicator)
    term = some.named(card.term) if card is not None else some.indicator
    before, after = (_NOTHING if one is None else one.shown for one in _pair(change))
    return names.get(some.place, some.place), term, before, after


def _pair(change: FigureChange) -> tuple[Figure | None, Figure | None]:
    return change.before, change.after


def _as_dict(found: Preview) -> dict[str, object]:
    return {
        "taken": found.taken,
        "values": [_value_dict(each) for each in found.values],
        "fields": [
            {
                "change": change.change,
                "form": change.form,
                "sheet": change.sheet,
                "fields": [field.field for field in change.fields],
            }
            for change, _ in found.fields
        ],
        "added": [{"kind": kind, "id": name, "term": term} for kind, name, term in found.added],
        "rubrics": [
            {
                "rubric": card.rubric,
                "of": card.of,
                "term": card.term,
                "differences": [difference_dict(one) for one in changed],
            }
            for card, changed in _versions(found)
        ],
        "standards": [_standard_dict(each) for each in found.standards],
        "figures": list(map(_figure_dict, found.figures)),
        "new_figures": found.new_figures,
        "issues": [issue.as_dict() for issue in found.issues],
    }


def _value_dict(moved: Moved) -> dict[str, object]:
    change, value = moved.change, moved.value
    return {
        "change": change.change,
        "standard": change.standard,
        "criterion": change.criterion,
        "indicator": change.indicator,
        "line": change.line,
        "stage": value.stage.value if value.stage else None,
        "from": value.valid_from.isoformat(),
        "to": value.valid_to.isoformat() if value.valid_to else None,
        "before": [str(old.value) for old in moved.before],
        "after": str(value.value),
        "laxer": moved.laxer,
        "loosens": change.loosens,
    }


def _standard_dict(judged: Judged) -> dict[str, object]:
    before, after = judged.before, judged.after
    some = after or before
    return {
        "standard": some.standard if some is not None else "",
        "term": judged.term,
        "before": before.verdict.value if before is not None else None,
        "after": after.verdict.value if after is not None else None,
        "findings": list(map(_finding_dict, judged.changes)),
    }


def _finding_dict(change: VerdictChange) -> dict[str, object]:
    some = change.after or change.before
    assert some is not None  # noqa: S101 - as above
    return {
        "place": some.place,
        "stage": some.stage.value if some.stage else None,
        "criterion": some.criterion,
        "before": dict(_judgement(change.before)) or None,
        "after": dict(_judgement(change.after)) or None,
    }


def _judgement(finding: Finding | None) -> Iterator[tuple[str, object]]:
    if finding is not None:
        yield "verdict", finding.verdict.value
        yield "shown", finding.shown
        yield "threshold", None if finding.threshold is None else plain(finding.threshold)
        yield "lacking", finding.lacking.quantity if finding.lacking else None


def _figure_dict(change: FigureChange) -> dict[str, object]:
    some = change.after or change.before
    assert some is not None  # noqa: S101 - as above
    values = [
        None if one is None or one.value is None else plain(one.value) for one in _pair(change)
    ]
    return {
        "indicator": some.indicator,
        "place": some.place,
        "stage": some.stage.value if some.stage else None,
        "slice": str(some.slice) if some.slice else None,
        "before": values[0],
        "after": values[1],
    }
