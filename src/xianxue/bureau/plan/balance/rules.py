"""The rules of a question one by one: each can be left out, and each has its sentence."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from xianxue.bureau.plan.balance.fewest import Counted, fewest, most_even
from xianxue.bureau.plan.balance.question import Floor, Question, School
from xianxue.bureau.plan.balance.spread import spread
from xianxue.bureau.plan.balance.steps import bounds
from xianxue.bureau.plan.conflicts.smallest import Conflict, smallest_conflict
from xianxue.bureau.values.exact import Root
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, say

LIMIT: Final = "limit"
FLOOR: Final = "floor"
MOVES: Final = "moves"
TOTAL: Final = "total"
OF_SCHOOLS: Final = ("minimum", "maximum", "fixed")

_HUNDRED: Final = 100
_PATIENCE: Final = 2000
"""Teachers to be added, as many as are tried one by one. No rule: only patience."""


def rules(question: Question) -> dict[str, Sentence]:
    """Give each rule of a question by its key, with what it says."""
    found: dict[str, Sentence] = {}
    if question.limit is not None:
        found[LIMIT] = say("差异系数不高于 {limit}", limit=plain(question.limit))
    if question.floor is not None:
        found[FLOOR] = _floor(question, question.floor)
    if question.most_moves is not None:
        found[MOVES] = say("最多调动 {n} 人次", n=question.most_moves)
    for at, one in enumerate(question.schools):
        found |= {f"{key}:{at}": text for key, text in _of(one).items()}
    now = sum(one.teachers for one in question.schools)
    if question.hires:
        found[TOTAL] = say("现有教师 {n} 名，最多再配 {m} 名", n=now, m=question.hires)
    else:
        found[TOTAL] = say("现有教师 {n} 名，不再增配", n=now)
    return found


def _floor(question: Question, line: Floor) -> Sentence:
    needs = sum(line.least(one.pupils) for one in question.schools)
    each = plain(line.per_hundred)
    if line.share == 1:
        return say("每校每百名学生不少于 {line} 名教师，各校合计需要 {n} 名", line=each, n=needs)
    return say(
        "每校至少达到每百名学生 {line} 名教师的 {share}%，各校合计需要 {n} 名",
        line=each,
        share=plain(line.share * _HUNDRED),
        n=needs,
    )


def _of(one: School) -> dict[str, Sentence]:
    found: dict[str, Sentence] = {}
    if one.minimum is not None:
        found["minimum"] = say("{school}不少于 {n} 名教师", school=one.school, n=one.minimum)
    if one.maximum is not None:
        found["maximum"] = say("{school}不多于 {n} 名教师", school=one.school, n=one.maximum)
    if one.fixed:
        found["fixed"] = say("{school}的 {n} 名教师不动", school=one.school, n=one.teachers)
    return found


def only(question: Question, kept: Collection[str]) -> Question:
    """Give the question with these of its rules; who may be added is the caller's to say."""
    schools = tuple(
        replace(
            one,
            minimum=one.minimum if f"minimum:{at}" in kept else None,
            maximum=one.maximum if f"maximum:{at}" in kept else None,
            fixed=one.fixed and f"fixed:{at}" in kept,
        )
        for at, one in enumerate(question.schools)
    )
    return replace(
        question,
        schools=schools,
        limit=question.limit if LIMIT in kept else None,
        floor=question.floor if FLOOR in kept else None,
        most_moves=question.most_moves if MOVES in kept else None,
    )


def least_hires(question: Question) -> int | None:
    """Give how many teachers have to be added at least; None where no number is found."""
    within = bounds(question)
    if within is None:
        return None
    counted = Counted(question, within)
    now = sum(counted.held)
    # Fewer do not even fill what each school has to have.
    first = counted.fewest_hires(question.most_moves)
    for hires in range(first, first + _PATIENCE):
        if now + hires and counted.fewest(hires, question.most_moves) is not None:
            return hires
    return None


def _possible_with_more(question: Question) -> bool:
    """Whether the rules can hold if as many may be added as one likes."""
    if all(one.maximum is None and not one.fixed for one in question.schools):
        # With enough teachers each school can have the same share of its pupils, nobody moved.
        return True
    return least_hires(question) is not None


def conflicting(question: Question) -> Conflict[str]:
    """Give the smallest set of rules that conflict; all of them together do."""

    def holds(kept: frozenset[str]) -> bool:
        asked = only(question, kept)
        if TOTAL in kept:
            return fewest(asked) is not None
        return _possible_with_more(asked)

    return smallest_conflict(tuple(rules(question)), holds)


def least_spread(question: Question) -> Root | None:
    """Give the least spread that the other rules allow, nobody added."""
    found = most_even(question)
    held = question.amounts(found.teachers) if found is not None else []
    if not sum(held):
        return None
    return spread([one.pupils for one in question.schools], held)
