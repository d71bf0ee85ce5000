"""Supposed sets as the command line shows them: listed, before and after, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from xianxue.bureau.indicators.differences import FigureChange
from xianxue.bureau.records.figure import Figure, in_a_sentence
from xianxue.bureau.records.finding import Finding, Verdict
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.values.units import UNITS
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import echo_paragraph, print_json, print_table, say_next
from xianxue.desk.indicators.lacking import lacking_text
from xianxue.desk.plan.changes_told import change_told
from xianxue.desk.plan.compared import Compared, compared, compared_dict
from xianxue.desk.plan.kept_sets import KeptSet, kept_set, kept_sets
from xianxue.desk.plan.supposed_told import as_dict, set_dict, tally
from xianxue.desk.plan.supposing import Outcome, outcome
from xianxue.desk.standing.counted import Counted
from xianxue.desk.standing.standing import standing
from xianxue.desk.workspace import Workspace

_NONE: Final = "—"


def counted_in(opened: Workspace, code: str) -> Counted:
    """Count what is accepted now, once however often it is asked for."""
    return standing(opened.root).counted(Period.parse(code))


def list_sets(opened: Workspace, code: str, *, as_json: bool) -> None:
    """List the sets in force; of all periods where none is named."""
    names = {place.code: place.name for place in opened.register}
    found = kept_sets(opened, code)
    if as_json:
        print_json([set_dict(one, opened.shelf, names) for one in found])
        return
    if not found:
        echo(say("还没有设想方案。"))
        say_next(say("保存一个：xianxue plan suppose 名称 --add 学校 项目 几个"))
        return
    rows = [
        (one.name, Period.parse(one.period).term, str(len(one.changes)), one.note, one.by)
        for one in found
    ]
    columns = (say("方案"), say("时期"), say("改动"), say("说明"), say("保存"))
    print_table(say("设想方案"), columns, rows)


def show(  # noqa: PLR0913 - what is shown, and how
    opened: Workspace,
    code: str,
    name: str,
    found: Outcome | None = None,
    *,
    everything: bool,
    as_json: bool,
) -> None:
    """Show what a set would come to, beside what stands; ``found``: where it is known already."""
    kept = kept_set(opened, name, code)
    counted = counted_in(opened, code)
    found = found or outcome(counted, kept.changes)
    if as_json:
        print_json(as_dict(kept, found, counted))
        return
    _print_set(kept, counted)
    _print_standards(found, counted)
    _print_figures(found, counted, everything=everything)
    for note in found.notes:
        echo_paragraph(note)
    echo_paragraph(say("以上都是设想，没有改动任何统计数、发布和报表。"))


def _print_set(kept: KeptSet, counted: Counted) -> None:
    names = {place.code: place.name for place in counted.register}
    echo(say("设想方案“{name}”（{period}）", name=kept.name, period=counted.period.term))
    if kept.note:
        echo_paragraph(kept.note)
    for number, one in enumerate(kept.changes, 1):
        text = change_told(one, counted.shelf, names)
        echo_paragraph(say("{n}. {said}。", n=number, said=text))


def _print_standards(found: Outcome, counted: Counted) -> None:
    rows = [
        (
            str(one.term),
            one.before.verdict.term,
            one.after.verdict.term,
            *(
                f"{tally(one.before)[each]} → {tally(one.after)[each]}"
                for each in (Verdict.MET.value, Verdict.NOT_MET.value)
            ),
        )
        for one in found.standards
    ]
    columns = (say("标准"), say("现在"), say("设想"), say("达标项"), say("未达标项"))
    print_table(say("判定"), columns, rows)
    names = {place.code: place.name for place in counted.register}
    turned = [
        (
            names.get(some.place, some.place),
            some.stage.term if some.stage else "",
            some.term,
            _said(each.before, names),
            _said(each.after, names),
        )
        for one in found.standards
        for each in one.turned
        if (some := each.after or each.before) is not None
    ]
    if turned:
        columns = (say("学校（区域）"), say("学段"), say("项目"), say("现在"), say("设想"))
        print_table(say("变动的判定"), columns, turned)


def _said(finding: Finding | None, names: dict[str, str]) -> Sentence | str:
    if finding is None:
        return _NONE
    lacking = lacking_text(finding, names)
    verdict = say("{shown} {verdict}", shown=finding.shown, verdict=finding.verdict.term)
    return say("{verdict}，{lacking}", verdict=verdict, lacking=lacking) if lacking else verdict


def _print_figures(found: Outcome, counted: Counted, *, everything: bool) -> None:
    county = counted.register.county.code
    shown = [one for one in found.figures if everything or _place(one) == county]
    rows = [
        (what(some, counted), value(one.before), value(one.after))
        for one in shown
        if (some := one.after or one.before) is not None
    ]
    if rows:
        columns = (say("指标"), say("现在"), say("设想"))
        print_table(say("变动的指标"), columns, rows)
    rest = len(found.figures) - len(shown)
    if rest:
        echo_paragraph(say("另有 {n} 项学校、乡镇的指标变动，加 --all 列出。", n=rest))
    if not found.figures:
        echo_paragraph(say("没有指标变动。"))


def _place(one: FigureChange) -> str:
    some = one.after or one.before
    return some.place if some is not None else ""


def what(figure: Figure, counted: Counted) -> Sentence | str:
    """Name a figure as a row does; the county's own needs no name of a place."""
    card = counted.shelf.indicator(figure.indicator)
    term = card.term if card is not None else figure.indicator
    named = in_a_sentence(term, figure.stage, figure.slice)
    if figure.place == counted.register.county.code:
        return named
    place = counted.register.places.get(figure.place)
    return say("{place}{what}", place=place.name if place else figure.place, what=named)


def value(figure: Figure | None) -> str:
    """Show a figure with its unit; a dash where there is none."""
    if figure is None:
        return _NONE
    return figure.shown if figure.value is None else figure.shown + UNITS[figure.unit].term


# ── side by side ────────────────────────────────────────────────────────────


def compare(opened: Workspace, code: str, names: Sequence[str], *, as_json: bool) -> None:
    """Show several sets beside what stands, and beside one another."""
    kept = [kept_set(opened, name, code) for name in names]
    counted = counted_in(opened, code)
    found = compared(counted, kept)
    if as_json:
        print_json(compared_dict(found, counted))
        return
    heads = (say("现在"), *names)
    print_table(say("判定"), (say("标准"), *heads), list(_verdicts(found)))
    rows = [
        (what(line.some, counted), *(value(one) for one in line.values)) for line in found.figures
    ]
    if rows:
        print_table(say("变动的指标"), (say("指标"), *heads), rows)
    echo_paragraph(say("以上都是设想，没有改动任何统计数、发布和报表。"))


def _verdicts(found: Compared) -> Iterator[tuple[Sentence | str, ...]]:
    for line in found.standards:
        yield (
            line.term,
            *(
                say(
                    "{verdict}（未达标 {n} 项）",
                    verdict=one.verdict.term,
                    n=tally(one)[Verdict.NOT_MET.value],
                )
                for one in line.judged
            ),
        )
