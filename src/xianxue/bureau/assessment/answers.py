"""Conditions on what a place answered, where an answer may be missing."""

from __future__ import annotations

from xianxue.bureau.assessment.question import Question
from xianxue.bureau.kinds.card import DatedValue, Where
from xianxue.bureau.kinds.conditions import matches
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.law.dated import in_force
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.facts import PlaceFacts


def fulfils(where: Where, facts: PlaceFacts, shelf: Shelf) -> bool | None:
    """Whether a place fulfils all conditions; None where an answer that decides it is missing.

    An answer that was asked for and is not there decides nothing, so the place cannot be passed
    over in silence. A field that this place is not asked fulfils no condition.
    """
    doubt = False
    for name, condition in where.items():
        if name not in facts.values and _is_asked(name, facts, shelf):
            doubt = True
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
        holds = fulfils(value.when, facts, question.shelf)
        if holds is not False:
            found.append(value)
        if holds:
            break
    return found


def _is_asked(name: str, facts: PlaceFacts, shelf: Shelf) -> bool:
    found = shelf.field(name)
    if found is None:
        return False
    form, sheet, field = found
    return (
        form.filed_by == facts.level
        and (not sheet.stages or bool(set(sheet.stages) & set(facts.stages)))
        and (not field.school_types or facts.values.get("school_type") in field.school_types)
    )
