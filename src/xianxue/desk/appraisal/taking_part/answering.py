"""Several answers or marks at once: all of them or none, each complaint at its item."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.record import replace
from xianxue.desk.actions.appraisal.assessors import GiveMark
from xianxue.desk.actions.appraisal.doing import About
from xianxue.desk.actions.appraisal.reports import HandIn, SelfAppraise
from xianxue.desk.appraisal.taking_part.marking import OwnMark
from xianxue.desk.appraisal.taking_part.own_part import SelfAnswer
from xianxue.desk.database.transactions import writing
from xianxue.desk.workspace import ComplaintsError


def answer(
    deed: SelfAppraise,
    about: About,
    place: str,
    answers: Mapping[str, SelfAnswer],
    handing: HandIn | None = None,
) -> int:
    """Say what a place gives itself, item by item, and hand it in where that is asked.

    Gives how many were written; ComplaintsError with everything that cannot be.
    """

    def one(item: str, said: SelfAnswer) -> Callable[[], object]:
        return lambda: deed(about, place, item, said.points, said.text, said.level)

    with writing():
        many = _all({item: one(item, said) for item, said in answers.items()})
        if handing is not None:
            handing(about, place)
    return many


def give_marks(deed: GiveMark, about: About, place: str, marks: Mapping[str, OwnMark]) -> int:
    """Give marks, by item; gives how many, ComplaintsError with each that cannot be."""

    def one(item: str, mark: OwnMark) -> Callable[[], object]:
        return lambda: deed(about, place, item, mark.value, mark.level)

    with writing():
        return _all({item: one(item, mark) for item, mark in marks.items()})


def _all(deeds: Mapping[str, Callable[[], object]]) -> int:
    issues = [issue for item, deed in deeds.items() for issue in _tried(item, deed)]
    if issues:
        # Everything that was written is taken back with the transaction.
        raise ComplaintsError(issues)
    return len(deeds)


def _tried(item: str, deed: Callable[[], object]) -> list[Issue]:
    try:
        deed()
    except ComplaintsError as error:
        return [replace(one, field=item) for one in error.issues]
    return []
