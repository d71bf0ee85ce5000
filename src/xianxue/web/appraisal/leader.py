"""What waits in appraisals for somebody: results to be published, appeals, what is to be ended."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.http import HttpResponse

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.actions.appraisal.doing import DECIDE, PUBLISH
from xianxue.desk.standing.appraisal_tasks import UnderWay, under_way
from xianxue.web.appraisal.about import RESULTS
from xianxue.web.appraisal.hall import Hall
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.helpers import address
from xianxue.web.kit.pages import of_county, page, show
from xianxue.web.kit.visit import Asked

_PARTS: Final = (
    ("appeals", say("申诉等答复")),
    ("preview", say("等公示")),
    ("publicity", say("公示和受理申诉中")),
    ("assessing", say("评审中")),
    ("self_appraisal", say("自评中")),
)
"""In which order what is under way is shown, the most pressing first."""


class Row(Record, kw_only=True):
    """One appraisal that is under way."""

    title: Sentence
    state: Sentence | str
    since: datetime
    said: Sentence | str
    to: str
    mine: bool
    """Whether the next step is the visitor's."""


@page(RESULTS, of_county(RESULTS))
def waiting(request: Asked) -> HttpResponse:
    """Show what is under way, what waits for the visitor first."""
    visit = request.visit
    parts: dict[str, list[Row]] = {name: [] for name, _ in _PARTS}
    for one in under_way(visit.standing):
        try:
            hall = Hall(visit, one.rubric, one.period)
        except MissingError:
            # Its card is no longer there.
            continue
        parts[_part(one)].append(_row(hall, one))
    found = [(term, parts[name]) for name, term in _PARTS if parts[name]]
    values = {"parts": found, "mine": sum(row.mine for _, rows in found for row in rows)}
    return show(request, "appraisal/waiting.html", values)


def _part(one: UnderWay) -> str:
    if one.appeals:
        return "appeals"
    return "publicity" if one.state == "appeal" else one.state


def _row(hall: Hall, one: UnderWay) -> Row:
    # The next step onward; one that goes back asks for a reason. What waits for whoever publishes
    # is that; what comes before is done by others, though they may do it, too.
    onward = [turn for turn in hall.turns() if not turn.step.needs]
    publishes = hall.visit.may(PUBLISH)
    mine = bool(onward) and onward[-1].mine and onward[-1].publishes == publishes
    said: Sentence | str = ""
    to = address("appraisal:run", *hall.at)
    if one.appeals:
        said, mine = say("{n} 条没有答复", n=one.appeals), hall.visit.may(DECIDE)
        to = address("appraisal:appeals", *hall.at)
    elif onward:
        turn = onward[-1]
        said = say("{step}，由{who}办", step=turn.step.term, who=turn.who)
    return Row(
        title=hall.title,
        state=hall.way.state_term(one.state),
        since=one.since,
        said=said,
        to=to,
        mine=mine,
    )
