"""What appraisals want of those who are judged and of assessors: report of themselves, mark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from xianxue.bureau.kinds.deadline_rules import days_told
from xianxue.bureau.values.sentence import say
from xianxue.desk.standing.appraisal_tasks import under_way
from xianxue.desk.standing.appraisal_views import AppraisalViews
from xianxue.desk.standing.tasks import Desk, Task

if TYPE_CHECKING:
    from datetime import date

    from xianxue.bureau.values.sentence import Sentence
    from xianxue.desk.appraisal.cards import Which

_REPORT: Final = "appraisal.report"
_MARK: Final = "appraisal.mark"


def own_appraisal_tasks(desk: Desk) -> Iterator[Task]:
    """Give one's open self-appraisals and unfinished sheets of marks, one line an appraisal."""
    from xianxue.desk.actions.appraisal.doing import OPEN  # noqa: PLC0415 - needs Django

    own = desk.reached(_REPORT) if desk.actor.place in desk.ground.register else frozenset[str]()
    # Whom an assessor may mark stands in the appraisal itself.
    marks = bool(desk.reached(_MARK))
    if not (own or marks):
        return
    views = AppraisalViews(desk.standing, desk.today)
    for one in under_way(desk.standing):
        if one.state not in OPEN:
            continue
        asked = views.which(one.rubric, one.period)
        if own and one.state == OPEN[0]:
            yield from _self(desk, views, asked, own)
        if marks:
            yield from _sheets(desk, views, asked)


def _self(desk: Desk, views: AppraisalViews, asked: Which, own: frozenset[str]) -> Iterator[Task]:
    from xianxue.desk.appraisal.taking_part.own_part import OwnPart  # noqa: PLC0415 - as above

    lines = views.lines(asked)
    parts = [
        OwnPart(rubric=asked.rubric, place=who.place, facts=who.facts, lines=lines)
        for who in views.people(asked)
        if who.place in own
    ]
    left = [one for one in parts if one.handed_in is None and (one.answered or one.wanted)]
    if not left:
        return
    items, papers = sum(len(one.open_items) for one in left), sum(len(one.lacking) for one in left)
    detail = say("还有 {n} 项没有自评，缺 {m} 件佐证", n=items, m=papers)
    said = say("“{term}”的自评", term=asked.title)
    places = tuple(one.place for one in left)
    yield _task(desk, "self_appraise", (said, detail), places, lines.due)


def _sheets(desk: Desk, views: AppraisalViews, asked: Which) -> Iterator[Task]:
    from xianxue.desk.appraisal.taking_part.marking import sheets_of  # noqa: PLC0415 - as above

    lines = views.lines(asked)
    if not lines.assigned:
        return
    sheets = sheets_of(views.about(asked), views.people(asked), lines, desk.actor.name)
    left = [one for one in sheets if one.given < one.asked]
    if not left:
        return
    many = sum(one.asked - one.given for one in left)
    said = say("“{term}”的评分", term=asked.title)
    detail = say("{n} 个对象没有评完，还有 {m} 项没有给分", n=len(left), m=many)
    yield _task(desk, "mark_appraisal", (said, detail), tuple(one.place for one in left), None)


def _task(
    desk: Desk,
    kind: str,
    words: tuple[Sentence, Sentence],
    places: tuple[str, ...],
    due: date | None,
) -> Task:
    """Make a line of the list; ``words``: what it is, and what there is to know beside it."""
    return Task(
        kind=kind,
        said=words[0],
        detail=words[1],
        count=len(places),
        places=places,
        due=due,
        lamp=desk.lamp(due),
        left=days_told(due, desk.today),
        room="appraisal",
    )
