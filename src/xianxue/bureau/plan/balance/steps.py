"""Who would leave and who would come, the most useful first: sums of as many as are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import heapify, heapreplace

from xianxue.bureau.plan.balance.question import Question
from xianxue.bureau.plan.balance.spread import Scale
from xianxue.bureau.values.record import Record


class Bounds(Record):
    """Between which numbers of teachers a school has to stay."""

    low: int
    high: int | None

    def nearest(self, teachers: int) -> int:
        """Give the number within the bounds that is nearest; low is at most high."""
        return max(self.low, teachers if self.high is None else min(teachers, self.high))


def bounds(question: Question) -> list[Bounds] | None:
    """Give the bounds of each school; None where one would have to be above itself."""
    found: list[Bounds] = []
    for one in question.schools:
        low = max(one.minimum or 0, question.floor.least(one.pupils) if question.floor else 0)
        high = one.maximum
        if one.fixed:
            low = max(low, one.teachers)
            high = one.teachers if high is None else min(high, one.teachers)
        if high is not None and low > high:
            return None
        found.append(Bounds(low, high))
    return found


class Steps:
    """One-by-one changes of the sum, in the order in which they help most.

    ``totals(n)`` is what the first n come to, ``schools`` whose each of them is.
    """

    def __init__(self, steps: Iterator[tuple[int, int]]) -> None:
        """Take pairs of what a step is worth and its school."""
        self._steps = steps
        self._sums = [0]
        self.values: list[int] = []
        self.schools: list[int] = []

    def reach(self, count: int) -> bool:
        """Whether there are so many."""
        while len(self.values) < count:
            step = next(self._steps, None)
            if step is None:
                return False
            value, school = step
            self.values.append(value)
            self.schools.append(school)
            self._sums.append(self._sums[-1] + value)
        return True

    def total(self, count: int) -> int:
        """Give what the first so many come to; they have been reached."""
        return self._sums[count]


def leaving(scale: Scale, teachers: Sequence[int], within: Sequence[Bounds]) -> Steps:
    """Give those who may leave, the one first by whom the sum falls most."""
    return Steps(_going(scale, list(teachers), within))


def coming(scale: Scale, teachers: Sequence[int], within: Sequence[Bounds]) -> Steps:
    """Give those who may come, the one first by whom the sum grows least."""
    return Steps(_arriving(scale, list(teachers), within))


def _going(scale: Scale, held: list[int], within: Sequence[Bounds]) -> Iterator[tuple[int, int]]:
    heap = [(-scale.last(at, t), at) for at, t in enumerate(held) if t > within[at].low]
    heapify(heap)
    while heap:
        value, at = heap[0]
        yield -value, at
        held[at] -= 1
        if held[at] > within[at].low:
            heapreplace(heap, (-scale.last(at, held[at]), at))
        else:
            _drop(heap)


def _arriving(scale: Scale, held: list[int], within: Sequence[Bounds]) -> Iterator[tuple[int, int]]:
    def room(at: int) -> bool:
        high = within[at].high
        return high is None or held[at] < high

    heap = [(scale.last(at, t + 1), at) for at, t in enumerate(held) if room(at)]
    heapify(heap)
    while heap:
        value, at = heap[0]
        yield value, at
        held[at] += 1
        if room(at):
            heapreplace(heap, (scale.last(at, held[at] + 1), at))
        else:
            _drop(heap)


def _drop(heap: list[tuple[int, int]]) -> None:
    last = heap.pop()
    if heap:
        heapreplace(heap, last)
