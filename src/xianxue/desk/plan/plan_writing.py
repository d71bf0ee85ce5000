"""Plan documents of a workspace: what is, from its figures; what is to be, from a kept set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from xianxue.bureau.kinds.outline import Outline
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.records.planned import Goal, Planned, Task
from xianxue.bureau.report.tables import planned as report_planned
from xianxue.bureau.report.text import Text
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.appraisal.spoken import with_appraisals
from xianxue.desk.indicators.river import River
from xianxue.desk.plan.kept_sets import KeptSet
from xianxue.desk.plan.supposing import outcome
from xianxue.desk.report.dated import day_of
from xianxue.desk.standing.counted import Counted
from xianxue.desk.workspace import ComplaintsError, MisusedError, Workspace

OUTLINES: Final = {"five_year": "five_year", "year": "year_plan", "review": "review"}
"""What a plan is called on the command line, and its outline."""


def plan_outline(workspace: Workspace, kind: str) -> Outline:
    """Give the outline of a kind of plan; MisusedError where the county has none."""
    card = workspace.shelf.outlines.get(OUTLINES.get(kind, kind))
    if card is None or not card.until:
        known = joined("、", OUTLINES)
        raise MisusedError(say("没有规划“{kind}”；现有：{known}", kind=kind, known=known))
    return card


def money_of(said: tuple[str, ...], outline: Outline, shelf: Shelf) -> dict[str, str]:
    """Read «standard.criterion=120»: ten thousands of yuan by task; MisusedError elsewise."""
    known = {
        f"{name}.{one.criterion}"
        for name in outline.standards
        for one in (*shelf.standards[name].criteria, *shelf.standards[name].spread)
    }
    found: dict[str, str] = {}
    for one in said:
        key, _, amount = one.partition("=")
        if key not in known or not amount.replace(".", "", 1).isdecimal():
            message = say(
                "--money 写的是“{said}”：写作 标准.项目=120，单位万元；"
                "有哪些项目，看 xianxue plan tasks --json 的 comes_from",
                said=one,
            )
            raise MisusedError(message)
        found[key] = amount
    return found


def planned_for(
    counted: Counted, outline: Outline, kept: KeptSet | None, money: Mapping[str, str]
) -> Planned:
    """Give what a plan adds to what is counted: the goals of a set, and money by task."""
    if kept is None:
        return Planned(money=money)
    goals = tuple(_goals(counted, outline, kept))
    return Planned(name=kept.name, goals=goals, money=money)


def reviewed_for(
    counted: Counted, outline: Outline, base: Counted, kept: KeptSet | None
) -> Planned:
    """Give what a set promised over an earlier period, with what was counted since."""
    if kept is None:
        raise MisusedError(
            say("中期评估对照哪个设想方案：请用 --suppose 写明，并用 --since 写明基期")
        )
    if base.period.start >= counted.period.start:
        message = say("基期 {base} 不早于 {now}", base=base.period.term, now=counted.period.term)
        raise MisusedError(message)
    goals = tuple(
        replace(one, now=counted.figures.get(replace(one.base, period=counted.period.code).key))
        for one in _goals(base, outline, kept)
    )
    return Planned(name=kept.name, since=base.period, goals=goals)


def _goals(counted: Counted, outline: Outline, kept: KeptSet) -> Iterator[Goal]:
    """Give the county's figures that the set would change and the outline's standards look at."""
    county, wanted = counted.register.county.code, _judged(counted.shelf, outline)
    for one in outcome(counted, kept.changes).figures:
        before, after = one.before, one.after
        if before is None or after is None or before.place != county:
            continue
        if before.indicator in wanted and before.shown != after.shown:
            yield Goal(before, after)


def _judged(shelf: Shelf, outline: Outline) -> set[str]:
    found: set[str] = set()
    for name in outline.standards:
        card = shelf.standards[name]
        for one in (*card.criteria, *card.spread):
            indicator = shelf.indicator(one.indicator)
            found.add(indicator.indicator if indicator is not None else one.indicator)
    return found


def tasks_of(river: River, outline: Outline, planned: Planned) -> list[Task]:
    """Give the tasks of a plan's 分工表, as the document would have them."""
    year = replace(river.year, planned=planned)
    context = year.context(outline, river.last_day)
    assessments = [context.assessments[name] for name in outline.standards]
    return report_planned.tasks(context, assessments, outline)


def plan_text(
    counted: Counted, outline: Outline, planned: Planned, texts: Mapping[str, Sequence[str]]
) -> Text:
    """Give a plan's text as its document would have it; ComplaintsError where it may not be."""
    river = counted.river
    year = replace(with_appraisals(river), planned=planned)
    composed = year.write(outline, day_of(river, outline), (), texts)
    if composed.text is None:
        raise ComplaintsError(composed.issues)
    return composed.text
