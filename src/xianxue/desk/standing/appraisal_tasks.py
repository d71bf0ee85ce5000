"""What appraisals want of those who conduct them: publish, answer appeals, bring to an end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import Subject
from xianxue.desk.standing.standing import Standing
from xianxue.desk.standing.tasks import Desk, Task

if TYPE_CHECKING:
    from datetime import datetime

_SUBJECT: Final = "appraisal"
_PREVIEW: Final = "preview"
"""Marks are closed, and nothing is published yet."""


class UnderWay(Record, kw_only=True):
    """An appraisal that is not at its end, with what waits in it."""

    rubric: str
    period: str
    state: str
    since: datetime
    """Since when it has been where it is."""
    appeals: int
    """Appeals that nobody has answered."""


def under_way(standing: Standing) -> tuple[UnderWay, ...]:
    """Give every appraisal that has been begun and is not final, the oldest first."""
    return standing.resting(("appraisals under way",), lambda: _under_way(standing))


def _under_way(standing: Standing) -> tuple[UnderWay, ...]:
    from xianxue.desk.actions.appraisal.doing import way_of  # noqa: PLC0415 - needs Django
    from xianxue.desk.models.appraisal import Appraisal, AppraisalLine  # noqa: PLC0415 - as above

    ends = way_of(standing.ground().shelf).marked("end")
    rows = [one for one in Appraisal.objects.order_by("pk") if one.state not in ends]
    waiting: dict[int, set[int]] = {}
    since: dict[int, datetime] = {}
    lines = AppraisalLine.objects.filter(
        appraisal__in=[one.pk for one in rows], kind__in=["appeal", "decide", "step"]
    ).order_by("number")
    for line in lines.select_related("appraisal"):
        key = line.appraisal.pk
        if line.kind == "appeal":
            waiting.setdefault(key, set()).add(line.number)
        elif line.kind == "decide":
            waiting.get(key, set()).discard(line.said["line"])
        else:
            since[key] = line.at
    return tuple(
        UnderWay(
            rubric=one.rubric,
            period=one.period,
            state=one.state,
            since=since.get(one.pk, one.at),
            appeals=len(waiting.get(one.pk, ())),
        )
        for one in rows
    )


def appraisal_tasks(desk: Desk) -> Iterator[Task]:
    """Give what somebody has to publish and to answer, one line for each kind of work."""
    county = desk.ground.register.county.code
    publishes = desk.may(f"{_SUBJECT}.publish", Subject(_SUBJECT, "", county))
    decides = desk.may(f"{_SUBJECT}.decide", Subject(_SUBJECT, "", county))
    if not (publishes or decides):
        return
    found = under_way(desk.standing)
    appeals = sum(one.appeals for one in found)
    if decides and appeals:
        said = say("答复 {n} 条申诉", n=appeals)
        yield desk.without_a_day("answer_appeals", said, "appraisal", count=appeals)
    ready = [one for one in found if one.state == _PREVIEW]
    if publishes and ready:
        said = say("公示 {n} 项评价的结果", n=len(ready))
        detail = say("评分已封，等公示")
        yield desk.without_a_day("publish_appraisals", said, "appraisal", detail, count=len(ready))
