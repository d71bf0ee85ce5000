"""The door: a question in, what to move out, with its proof; or why it cannot be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from xianxue.bureau.plan.balance.fewest import Change, fewest
from xianxue.bureau.plan.balance.question import Hire, Move, Question
from xianxue.bureau.plan.balance.rules import (
    LIMIT,
    TOTAL,
    conflicting,
    least_hires,
    least_spread,
    rules,
)
from xianxue.bureau.plan.balance.spread import spread
from xianxue.bureau.plan.solvers.program import Status
from xianxue.bureau.values.exact import Root
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say


class Balance(Record, kw_only=True):
    """What came of a question. It is supposed: nobody has moved."""

    status: Status
    moves: tuple[Move, ...] = ()
    hires: tuple[Hire, ...] = ()
    teachers: tuple[int, ...] = ()
    """Of each school afterwards; empty where nothing keeps the rules."""
    before: Root | None = None
    """The spread now; None without any teacher."""
    after: Root | None = None
    cost: Fraction | None = None
    bound: Fraction | None = None
    """Nothing that keeps the rules costs less; equal to the cost where that is proved."""
    conflicts: tuple[Sentence, ...] = ()
    """The smallest set of rules that cannot hold together."""
    smallest: bool = True
    """Whether it is proved that no smaller set conflicts."""
    advice: tuple[Sentence, ...] = ()


def balance(question: Question) -> Balance:
    """Give the fewest moves by which each rule holds, or the rules that conflict."""
    pupils = [one.pupils for one in question.schools]
    held = question.amounts([one.teachers for one in question.schools])
    before = spread(pupils, held) if sum(held) else None
    found = fewest(question)
    if found is None:
        return _impossible(question, before)
    moves, hires = paired(question, found)
    return Balance(
        status="optimal",
        moves=moves,
        hires=hires,
        teachers=found.teachers,
        before=before,
        after=spread(pupils, question.amounts(found.teachers)),
        cost=found.cost,
        # Every number of moves and of added teachers was asked for, in whole numbers.
        bound=found.cost,
    )


def paired(question: Question, change: Change) -> tuple[tuple[Move, ...], tuple[Hire, ...]]:
    """Say who goes where, schools in their order; whom nobody gives away is added."""
    leave: list[str] = []
    come: list[str] = []
    for one, there in zip(question.schools, change.teachers, strict=True):
        leave += [one.school] * (one.teachers - there)
        come += [one.school] * (there - one.teachers)
    moved = Counter(zip(leave, come, strict=False))
    added = Counter(come[len(leave) :])
    moves = tuple(Move(start, end, many) for (start, end), many in moved.items())
    return moves, tuple(Hire(school, many) for school, many in added.items())


def _impossible(question: Question, before: Root | None) -> Balance:
    conflict = conflicting(question)
    said = rules(question)
    return Balance(
        status="infeasible",
        before=before,
        conflicts=tuple(said[key] for key in conflict.rules),
        smallest=conflict.smallest,
        advice=tuple(_advice(question, conflict.rules)),
    )


def _advice(question: Question, conflict: Sequence[str]) -> Iterator[Sentence]:
    """Say what would help: so many teachers more, or a limit that can be kept."""
    if TOTAL in conflict:
        hires = least_hires(question)
        if hires is not None:
            yield say("至少再配 {n} 名教师，各项要求才能同时做到", n=hires)
    if LIMIT in conflict:
        least = least_spread(question)
        if least is not None:
            yield say("教师总数不变，差异系数最低能做到 {least}", least=f"{least.to_decimal(4):f}")
