"""Conditions on what a place answered, where an answer may be missing."""

from __future__ import annotations

from xianxue.bureau.assessment.question import Question
from xianxue.bureau.kinds.card import DatedValue, Where
from xianxue.bureau.kinds.conditions import matches
from xianxue.bureau.law.dated import in_force
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.facts import PlaceFacts


def fulfils(where: Where, facts: PlaceFacts) -> bool | None:
    """Whether a place fulfils all conditions; None where an answer that decides it is missing.

    An answer that was asked for and is not there decides nothing, so the place cannot be passed
    over in silence. What does not exist at a place, or is not asked of it, fulfils no condition.

    >>> from xianxue.bureau.kinds.card import Bound
    >>> new = {"basic.planned_year": Bound(more_than=2016)}
    >>> school = {"place": "1", "name": "虚构学校", "level": "school", "stages": ()}
    >>> fulfils(new, PlaceFacts(**school))
    False
    >>> fulfils(new, PlaceFacts(**school, unanswered=frozenset(new))) is None
    True
    """
    doubt = False
    for name, condition in where.items():
        if name in facts.unanswered and name not in facts.values:
            doubt = True
        # One condition that certainly fails decides; what else is unanswered no longer matters.
        elif not matches({name: condition}, facts.values):
            return False
    return None if doubt else True


def values_possible(question: Question, facts: PlaceFacts, stage: Stage | None) -> list[DatedValue]:
    """Give the values one of which is in force: the certain one, if there is one, is the last.

    Before it stand special clauses that would hold by an answer the place has not given.
    """
    found: list[DatedValue] = []
    for value in in_force(question.criterion.values, question.on):
        if value.stage is not None and value.stage is not stage:
            continue
        holds = fulfils(value.when, facts)
        if holds is not False:
            found.append(value)
        if holds:
            break
    return found
