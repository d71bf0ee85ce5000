"""The fewest moves by which every rule holds, proved by counting alone.

What leaving and coming teachers change of Σ tᵢ²/Pᵢ falls and grows with each further one of a
school (see ``spread.py``). So for m who leave and n who come the least sum is reached by the m
who help most and the n who harm least, each taken from one sorted list; no school is on both as
long as one more move still helps, for what a school gives up is less than what it would get back.
That is no heuristic: any other choice of m and n has a sum at least as great. Where teachers may
be added too, each number of them has its own limit, and all are gone through.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from fractions import Fraction

from xianxue.bureau.plan.balance.question import Question
from xianxue.bureau.plan.balance.spread import Scale
from xianxue.bureau.plan.balance.steps import Bounds, Steps, bounds, coming, leaving
from xianxue.bureau.values.record import Record


class Change(Record):
    """How many teachers each school has afterwards, and what that takes."""

    teachers: tuple[int, ...]
    moves: int
    hires: int
    cost: Fraction


class Counted:
    """A question with its sorted lists, ready to be asked for any number of moves and hires."""

    def __init__(self, question: Question, within: Sequence[Bounds]) -> None:
        """Bring each school within its bounds first: these moves are made in any case."""
        self.question = question
        self.held = [one.teachers for one in question.schools]
        self.scale = Scale(
            [one.pupils for one in question.schools],
            [one.rest for one in question.schools],
            question.lot,
        )
        self.start = [b.nearest(t) for b, t in zip(within, self.held, strict=True)]
        pairs = list(zip(self.held, self.start, strict=True))
        self.must_leave = sum(max(0, held - start) for held, start in pairs)
        self.must_come = sum(max(0, start - held) for held, start in pairs)
        self.may_leave = sum(t - b.low for b, t in zip(within, self.start, strict=True))
        self.base = self.scale.sum(self.start)
        self.leaving: Steps = leaving(self.scale, self.start, within)
        self.coming: Steps = coming(self.scale, self.start, within)

    def fewest_hires(self, most: int | None) -> int:
        """Give how many have to be added for the bounds alone: so many come, so many can leave."""
        leave = self.must_leave + self.may_leave
        return max(0, self.must_come - (leave if most is None else min(leave, most)))

    def possible(self, moves: int, hires: int) -> bool:
        """Whether so many can leave and, with those who are added, as many can come."""
        return self.leaving.reach(moves - self.must_leave) and self.coming.reach(
            moves + hires - self.must_come
        )

    def sum(self, moves: int, hires: int) -> int:
        """Give the least sum with so many moves and hires, which are possible."""
        left = self.leaving.total(moves - self.must_leave)
        return self.base - left + self.coming.total(moves + hires - self.must_come)

    def helps(self, moves: int, hires: int) -> bool:
        """Whether one move more than so many would still make the sum less."""
        if not self.possible(moves + 1, hires):
            return False
        return (
            self.leaving.values[moves - self.must_leave]
            > self.coming.values[moves + hires - self.must_come]
        )

    def least(self, hires: int) -> int | None:
        """Give the fewest moves that the bounds themselves ask for; None where none do."""
        moves = max(self.must_leave, self.must_come - hires, 0)
        return moves if self.possible(moves, hires) else None

    def best(self, hires: int, most: int | None) -> int | None:
        """Give the number of moves with the least sum of all; None where the bounds cannot hold."""
        moves = self.least(hires)
        if moves is None or (most is not None and moves > most):
            return None
        step = 1
        while step:
            # Whether a further move helps changes once, from yes to no.
            further = moves + step
            fits = most is None or further <= most
            if fits and self.helps(further - 1, hires):
                moves, step = further, step * 2
            else:
                step //= 2
        return moves

    def fewest(self, hires: int, most: int | None) -> int | None:
        """Give the fewest moves within the limit; None where there are none."""
        first, last = self.least(hires), self.best(hires, most)
        if first is None or last is None:
            return None
        limit = self.question.limit
        if limit is None:
            return first
        allowed = self.scale.most(sum(self.held) + hires, limit)
        if self.sum(last, hires) > allowed:
            return None
        # Down to the best number the sum only falls.
        tried = range(first, last + 1)
        return tried[bisect_left(tried, -allowed, key=lambda moves: -self.sum(moves, hires))]

    def change(self, moves: int, hires: int) -> Change:
        """Say what each school has after the best so many moves and hires."""
        teachers = list(self.start)
        for at in self.leaving.schools[: moves - self.must_leave]:
            teachers[at] -= 1
        for at in self.coming.schools[: moves + hires - self.must_come]:
            teachers[at] += 1
        cost = self.question.move_costs * moves + self.question.hire_costs * hires
        return Change(tuple(teachers), moves, hires, cost)


def fewest(question: Question) -> Change | None:
    """Give the cheapest change that keeps every rule; None where none does.

    Of equal cost the one with fewer teachers added, and among its numbers the least spread.
    """
    within = bounds(question)
    if within is None:
        return None
    counted = Counted(question, within)
    best: Change | None = None
    for hires in range(question.hires + 1):
        if best is not None and question.hire_costs * hires >= best.cost:
            break
        if sum(counted.held) + hires == 0:
            # Without a teacher there is no mean, and no spread to speak of.
            continue
        moves = counted.fewest(hires, question.most_moves)
        if moves is None:
            continue
        found = counted.change(moves, hires)
        if best is None or found.cost < best.cost:
            best = found
    return best


def most_even(question: Question) -> Change | None:
    """Give the change with the least spread of all that the other rules allow, nobody added."""
    within = bounds(question)
    if within is None:
        return None
    counted = Counted(question, within)
    moves = counted.best(0, question.most_moves)
    return None if moves is None else counted.change(moves, 0)
