"""A program of numbers to be chosen: what is to be least, and between what each sum has to lie."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import inf
from typing import Literal

from xianxue.bureau.values.record import Record

Status = Literal["optimal", "gap", "infeasible", "open"]
"""``open``: patience ended before anything was found, or it was proved that there is nothing."""


class Program:
    """Columns (what is chosen) and rows (what has to hold), as the solver takes them.

    Costs are whole numbers in one unit, so that «optimal» means: nothing is cheaper by one.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self.costs: list[float] = []
        self.lower: list[float] = []
        self.upper: list[float] = []
        self.whole: list[bool] = []
        self.row_lower: list[float] = []
        self.row_upper: list[float] = []
        self.starts: list[int] = [0]
        self.columns: list[int] = []
        self.values: list[float] = []

    def choose(
        self, cost: int = 0, *, least: float = 0, most: float = inf, whole: bool = True
    ) -> int:
        """Add a number to be chosen; give its column."""
        self.costs.append(cost)
        self.lower.append(least)
        self.upper.append(most)
        self.whole.append(whole)
        return len(self.costs) - 1

    def hold(
        self,
        columns: Iterable[int],
        values: Iterable[float],
        *,
        least: float = -inf,
        most: float = inf,
    ) -> int:
        """Add a sum that has to lie between two numbers; give its row."""
        self.columns.extend(columns)
        self.values.extend(values)
        self.starts.append(len(self.columns))
        self.row_lower.append(least)
        self.row_upper.append(most)
        return len(self.row_lower) - 1

    def copy(self) -> Program:
        """Give another with the same rows, whose bounds may be changed by themselves."""
        other = Program()
        other.__dict__.update(self.__dict__)
        other.lower, other.upper = [*self.lower], [*self.upper]
        return other

    def cost_of(self, values: Sequence[int]) -> int:
        """Give what a choice of whole numbers costs, exactly."""
        return sum(int(cost) * value for cost, value in zip(self.costs, values, strict=True))


class Patience(Record, kw_only=True):
    """When to stop looking, and by which chance to look: it decides no verdict."""

    seconds: float = 60
    gap: float = 0
    """Stop when what was found is within this share of the bound; 0: only when it is proved."""
    seed: int = 0
    threads: int = 1
    """With one, the same program has the same answer on every machine that has the time."""


class Answer(Record):
    """What the solver found."""

    status: Status
    values: tuple[float, ...]
    """By column; empty where nothing was found."""
    bound: float
    """Nothing costs less, as far as the solver's own arithmetic goes."""

    def whole(self) -> list[int]:
        """Give the values rounded to the whole numbers that they are meant to be."""
        return [round(one) for one in self.values]
