"""Appraisals as documents speak of them: scored on the figures of the document's own period."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from xianxue.bureau.cycle import Year
from xianxue.bureau.records.appraised import Appraised
from xianxue.bureau.values.record import replace
from xianxue.desk.appraisal.cards import which
from xianxue.desk.database import open_database
from xianxue.desk.workspace import MisusedError

if TYPE_CHECKING:
    from xianxue.desk.appraisal.scored import Appraising
    from xianxue.desk.indicators.river import River


def with_appraisals(river: River) -> Year:
    """Give a period's year that can speak of its appraisals; none is scored before it is told."""
    return replace(river.year, appraisals=appraisals_of(river))


def appraisals_of(river: River) -> Callable[[str], Appraised | None]:
    """Give what gives the appraisal by a rubric; None where there is no such rubric or period.

    What was published is told by its number only while it still comes to the same.
    """
    made: dict[str, Appraised | None] = {}
    together: list[Appraising] = []

    def appraised(rubric: str) -> Appraised | None:
        if rubric not in made:
            together.extend(() if together else (_appraising(river),))
            made[rubric] = _appraised(together[0], river, rubric)
        return made[rubric]

    return appraised


def _appraising(river: River) -> Appraising:
    open_database(river.workspace.store)
    from xianxue.desk.appraisal.scored import Appraising  # noqa: PLC0415 - needs Django first

    return Appraising(workspace=river.workspace, rivers={river.period.code: river})


def _appraised(appraising: Appraising, river: River, rubric: str) -> Appraised | None:
    from xianxue.desk.actions.appraisal.doing import way_of  # noqa: PLC0415 - needs Django first
    from xianxue.desk.actions.appraisal.publishing import releases_of  # noqa: PLC0415 - as above
    from xianxue.desk.appraisal.json_keys import as_kept  # noqa: PLC0415 - as above

    try:
        asked = which(river.workspace, rubric, river.period.code)
        result = appraising.result(asked)
    except MisusedError:
        # A county that has taken the card out says nothing of it.
        return None
    row = appraising.row(asked)
    way = way_of(appraising.ground.shelf)
    published = releases_of(row)
    same = published and published[-1].results == as_kept(result)[0]
    return Appraised(
        rubric=asked.rubric,
        period=asked.period,
        release=published[-1].number if same else 0,
        state=way.state_term(row.state if row is not None else way.start),
        scores={one.place: one for one in result.scores},
        graded={one.place: one for one in result.grades.graded},
    )
