"""The program of all resources together: which lines are reached, what is added, where it goes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import lcm, sqrt
from typing import Final

from xianxue.bureau.plan.balance.goods import Asked, Good, Held
from xianxue.bureau.plan.solvers.program import Answer, Program

_OVER: Final = 1e-9
"""By so much of itself a spread is over its limit before a tangent is drawn, and so much room a
tangent leaves: the program's numbers are floating, and a rule that is too strict would be wrong."""

Lines = Callable[[Good, Held], int]
"""How many lots more a school-stage has to have, with the lines that were chosen."""


class Model:
    """Columns for what comes to and leaves each store, and for each line that is reached."""

    def __init__(self, asked: Asked) -> None:
        """Write everything but the spreads, of which tangents are drawn as they are needed."""
        self.asked = asked
        self.program = Program()
        costs = [cost for good in asked.goods for cost in (good.add, good.move or Fraction())]
        self.unit = lcm(*(one.denominator for one in costs))
        """Costs are counted in 1 ÷ this."""
        self._comes: dict[str, int] = {}
        self._leaves: dict[str, int] = {}
        self._full: dict[tuple[str, str], int] = {}
        for good in asked.goods:
            self._stores(good)
            for one in good.held:
                self._line(good, one)
        self._combine()

    def _stores(self, good: Good) -> None:
        add = int(good.add * self.unit)
        for one in good.held:
            if one.store in self._comes:
                continue
            self._comes[one.store] = self.program.choose(add)
            if good.move is not None:
                move = int(good.move * self.unit)
                self._leaves[one.store] = self.program.choose(move - add, most=one.things)
        if good.moves:
            # Nobody throws anything away: what leaves one school comes to another.
            stores = [one.store for one in good.held]
            columns = [self._comes[one] for one in stores] + [self._leaves[one] for one in stores]
            self.program.hold(columns, [1] * len(stores) + [-1] * len(stores), least=0)

    def _more(self, store: str) -> tuple[list[int], list[int]]:
        """Give the columns of what a store has more, with their signs."""
        if store in self._leaves:
            return [self._comes[store], self._leaves[store]], [1, -1]
        return [self._comes[store]], [1]

    def _line(self, good: Good, one: Held) -> None:
        full = self.program.choose(most=1)
        self._full[good.good, one.school] = full
        near, whole = one.lacking(self.asked.near), one.lacking(Fraction(1))
        columns, signs = self._more(one.store)
        self.program.hold([*columns, full], [*signs, near - whole], least=near)

    def _combine(self) -> None:
        of: dict[str, list[int]] = defaultdict(list)
        for (_, school), column in self._full.items():
            of[school].append(column)
        for columns in of.values():
            self.program.hold(columns, [1] * len(columns), least=self.asked.need)

    def lines(self, answer: Answer) -> Lines:
        """Say what an answer's choice of lines asks of each school-stage."""
        chosen = answer.whole()

        def lacking(good: Good, one: Held) -> int:
            full = chosen[self._full[good.good, one.school]]
            return one.lacking(Fraction(1) if full else self.asked.near)

        return lacking

    def more(self, answer: Answer) -> dict[str, int]:
        """Give how many lots more, or fewer, each store has by an answer."""
        chosen = answer.whole()
        found: dict[str, int] = {}
        for store, column in self._comes.items():
            leaves = self._leaves.get(store)
            found[store] = chosen[column] - (chosen[leaves] if leaves is not None else 0)
        return {store: many for store, many in found.items() if many}

    def draw(self, values: Sequence[float]) -> bool:
        """Draw a tangent for each spread that an answer oversteps; say whether there was one."""
        found = {
            store: values[column] - (values[self._leaves[store]] if store in self._leaves else 0.0)
            for store, column in self._comes.items()
        }
        return self._draw(found, only_over=True)

    def tangent_at(self, more: Mapping[str, int]) -> bool:
        """Draw the tangents at an answer that keeps the rules: near it the next one will lie."""
        return self._draw(more, only_over=False)

    def _draw(self, more: Mapping[str, float], *, only_over: bool) -> bool:
        drawn = False
        for good in self.asked.goods:
            if good.limit is not None:
                drawn = self._tangent(good, more, only_over=only_over) or drawn
        return drawn

    def _tangent(self, good: Good, more: Mapping[str, float], *, only_over: bool) -> bool:
        each = [float(one.each * one.weight / one.per) for one in good.held]
        base = [float(one.have * one.weight / one.per) for one in good.held]
        pupils = [float(one.weight) for one in good.held]
        at = [
            has + step * more.get(one.store, 0)
            for one, has, step in zip(good.held, base, each, strict=True)
        ]
        norm = sqrt(sum(y * y / p for y, p in zip(at, pupils, strict=True)))
        allowed = sqrt((1 + float(good.limit or 0) ** 2) / sum(pupils))
        over = norm > allowed * sum(at) * (1 + _OVER)
        if not norm or (only_over and not over):
            return False
        slopes = [y / p / norm / allowed - 1 for y, p in zip(at, pupils, strict=True)]
        columns: list[int] = []
        values: list[float] = []
        for one, slope, step in zip(good.held, slopes, each, strict=True):
            own, signs = self._more(one.store)
            columns += own
            values += [slope * step * sign for sign in signs]
        most = -sum(slope * has for slope, has in zip(slopes, base, strict=True))
        self.program.hold(columns, values, most=most + _OVER * sum(at))
        return over
