"""目标表 and 重点工作分工表: what is to be reached, by whom, until when, with what money.

What was counted stands tagged; what is to be reached is supposed, is marked so in its own cell and
is no claim: no sentence can take it for what is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from xianxue.bureau.kinds.outline import Duties, Outline
from xianxue.bureau.records.figure import Figure, Standing, in_a_sentence
from xianxue.bureau.records.finding import Assessment
from xianxue.bureau.records.planned import Goal, Task
from xianxue.bureau.report import phrases, prose
from xianxue.bureau.report.claims import of_figure, with_unit
from xianxue.bureau.report.context import Context
from xianxue.bureau.report.text import Runs, TextTable, plain
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record

_OPEN: Final = "待核定"
_OWNER: Final = "县教育局"
_GOALS: Final = ("指标", "基期", "目标（设想）", "责任单位", "年份")
_TASKS: Final = ("序号", "重点工作", "责任单位", "完成时限", "资金（万元）")


class _Work(Record):
    """A task with what is to be done as it is written, every number a claim."""

    task: Task
    runs: Runs


def last_year(context: Context, outline: Outline) -> int:
    """Give the year in which the plan ends."""
    first = Period.on("calendar_year", context.counted_on).start.year
    return first + outline.until


def goals_table(context: Context, outline: Outline, number: int) -> TextTable | None:
    """Write what is to be reached; None where nothing is supposed."""
    rows = [_goal(context, outline, one) for one in context.planned.goals]
    if not rows:
        return None
    note = f"注：目标出自设想方案“{context.planned.name}”，是设想，不是统计数。"
    return TextTable(f"表{number}  主要目标", _GOALS, tuple(rows), note)


def _goal(context: Context, outline: Outline, one: Goal) -> tuple[Runs, ...]:
    card = context.shelf.indicator(one.base.indicator)
    term = card.term if card is not None else one.base.indicator
    if one.base.standing is not Standing.COUNTED or one.wanted.standing is not Standing.SUPPOSED:
        saw = f"“{term}”的基期应是统计数，目标应是设想的数"
        context.refuse("W-SUPPOSED", saw, "基期只写统计数，目标只写设想的数")
    base = of_figure(one.base, term) if one.base.value is not None else one.base.shown
    wanted = one.wanted
    aim = wanted.shown if wanted.value is None else with_unit(wanted.shown, wanted.unit)
    named = in_a_sentence(term, one.base.stage, one.base.slice)
    return (
        (named,),
        (base,),
        (f"{aim}（设想）",),
        (_owner(context, outline, one.base),),
        (str(last_year(context, outline)),),
    )


def _owner(context: Context, outline: Outline, figure: Figure) -> str:
    """Give whoever must act on what the standards say of an indicator."""
    for name in outline.standards:
        card = context.shelf.standards[name]
        for one in card.spread:
            if one.indicator == figure.indicator:
                return _who(outline, "spread")
        for one in card.criteria:
            if one.indicator == figure.indicator:
                return _who(outline, one.theme)
    return _OWNER


def _who(outline: Outline, theme: str) -> str:
    return next((one.who for one in outline.duties if theme in one.themes), _OWNER)


def tasks_table(
    context: Context, assessments: Sequence[Assessment], outline: Outline, number: int
) -> TextTable | None:
    """Write who does what until when; None where nothing is lacking."""
    rows = [
        (
            (str(at),),
            one.runs,
            (one.task.who,),
            (f"{one.task.due.year}年{one.task.due.month}月底前",),
            (f"{one.task.money}（设想）" if one.task.money else _OPEN,),
        )
        for at, one in enumerate(_works(context, assessments, outline), 1)
    ]
    if not rows:
        return None
    return TextTable(f"表{number}  重点工作分工表", _TASKS, tuple(rows))


def tasks(context: Context, assessments: Sequence[Assessment], outline: Outline) -> list[Task]:
    """Give the tasks that follow from what the standards were judged not to be."""
    return [one.task for one in _works(context, assessments, outline)]


def _works(
    context: Context, assessments: Sequence[Assessment], outline: Outline
) -> Iterator[_Work]:
    for duty, theme, findings in prose.duties_of(context, assessments, outline):
        runs = phrases.measure(context, findings)
        key = f"{findings[0].standard}.{findings[0].criterion}"
        task = Task(
            key=key,
            theme=theme,
            said=plain(runs).rstrip("。"),
            who=duty.who,
            office=duty.office,
            due=_due(context, outline, duty),
            money=context.planned.money.get(key, ""),
        )
        yield _Work(task, runs)


def _due(context: Context, outline: Outline, duty: Duties) -> date:
    month, _, day = (duty.due or "12-31").partition("-")
    return date(last_year(context, outline), int(month), int(day))
