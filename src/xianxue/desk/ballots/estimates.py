"""What a survey says of all: shares weighted by enrolment, with margins, beside last time.

The weights are the pupils that schools have reported, and nobody's to give: whoever could choose
weights could have one school's answers told. Where there are few schools of which nothing is told,
two sums of them, weighted and not, would tell theirs: then nothing is estimated.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from xianxue.bureau.ballots.hiding import hidden
from xianxue.bureau.ballots.hiding_places import told_by_place
from xianxue.bureau.ballots.opened import Column
from xianxue.bureau.ballots.surveying import (
    PLACES,
    Estimated,
    estimates,
    response_rate,
    since_last,
)
from xianxue.bureau.places.register import Register
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, glued, joined, say
from xianxue.desk.actions.ballots.doing import in_state
from xianxue.desk.actions.ballots.opened import Opened, opened
from xianxue.desk.ballots.results import cells_of
from xianxue.desk.models.ballot import COUNTED, Poll, Slip
from xianxue.desk.workspace import MisusedError

_LEAST: Final = PLACES
"""Schools of which nothing is told, where any are: two sums of their numbers are known, weighted
and not, and of four numbers two stay open."""
_NAMED: Final = 10
"""Schools that are named where more lack their pupils."""
Weights = Mapping[str, int]
"""School to its pupils."""


class Asked(Record, kw_only=True):
    """One question, and what is estimated of it: of all, then of each group."""

    term: Sentence | str
    lines: tuple[Estimated, ...]


class Surveyed(Record, kw_only=True):
    """What a survey says of all."""

    returned: Fraction | None
    """有效回收率: valid papers of the slips that were issued."""
    asked: tuple[Asked, ...]


def surveyed(
    poll: Poll, weights: Weights, before: Poll | None = None, register: Register | None = None
) -> Surveyed:
    """Estimate each question that says good or not; MisusedError where a school has no pupils."""
    in_state(poll, COUNTED)
    held = opened(poll)
    if not held.card.by_place:
        raise MisusedError(say("{title}不分学校，不能按学生数加权", title=poll.title))
    now = _estimated(poll, weights, register)
    then = {} if before is None else _estimated(before, weights, register)
    found = [
        Asked(
            term=_term(held, column),
            lines=since_last(lines, then[column]) if column in then else lines,
        )
        for column, lines in now.items()
    ]
    issued = Slip.objects.filter(poll=poll).count()
    return Surveyed(returned=response_rate(cells_of(poll), issued), asked=tuple(found))


def _estimated(
    poll: Poll, weights: Weights, register: Register | None
) -> dict[Column, tuple[Estimated, ...]]:
    held, cells = opened(poll), cells_of(poll)
    there = {(one.group, one.place) for one in cells if one.group and one.place}
    lost = sorted({place for _, place in there} - set(weights))
    if lost:
        names = [one if register is None else register.places[one].name for one in lost[:_NAMED]]
        schools = joined("、", names)
        raise MisusedError(
            say("{n} 所学校没有报学生数，不能加权：{schools}", n=len(lost), schools=schools)
        )
    population = {(group, place): weights[place] for group, place in there}
    untold = hidden(held.rules, cells).untold
    found: dict[Column, tuple[Estimated, ...]] = {}
    for column, question in held.rules.columns.items():
        if column.about or not told_by_place(question):
            continue
        few = sum(1 for at, scope in untold if at == column and scope.place)
        lines = estimates(held.rules, cells, column, population)
        if 0 < few < _LEAST:
            lines = tuple(Estimated(group=one.group, judged=None, estimate=None) for one in lines)
        found[column] = lines
    return found


def _term(held: Opened, column: Column) -> Sentence | str:
    question = held.rules.columns[column]
    row = next((one.term for one in question.rows if one.row == column.row), None)
    return question.term if row is None else glued((question.term, "·", row))
