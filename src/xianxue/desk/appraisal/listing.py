"""Every rubric with how many it judges and how far its appraisal has come."""

from __future__ import annotations

from xianxue.bureau.kinds.appraisal.rubric import Rubric
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence
from xianxue.desk.actions.appraisal.doing import way_of
from xianxue.desk.appraisal.cards import current, which
from xianxue.desk.appraisal.scored import Appraising
from xianxue.desk.stores import clock
from xianxue.desk.workspace import Workspace


class Listed(Record, kw_only=True):
    """One rubric in a list."""

    rubric: Rubric
    period: Period
    """The period that goes on."""
    places: int
    """How many are judged."""
    state: str
    state_term: Sentence | str


def listed(workspace: Workspace) -> list[Listed]:
    """List the rubrics in force, in the order of the catalogue."""
    appraising = Appraising(workspace=workspace)
    way = way_of(appraising.ground.shelf)
    found: list[Listed] = []
    for rubric in current(workspace.shelf, clock.day_of(clock.now())):
        asked = which(workspace, rubric.rubric)
        row = appraising.row(asked)
        state = row.state if row is not None else way.start
        found.append(
            Listed(
                rubric=asked.rubric,
                period=asked.period,
                places=len(appraising.people(asked)),
                state=state,
                state_term=way.state_term(state),
            )
        )
    return found
