"""A table as binders look at it: down its columns or across its rows, which is the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.judging.testing import test
from xianxue.bureau.audit.reading.blocks import REGISTER
from xianxue.bureau.audit.reading.cells import kind_of
from xianxue.bureau.audit.reading.heads import Head
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.tables import Table
from xianxue.bureau.values.record import replace

_TWO: Final = 2


class Grid:
    """A table, or the same table with rows for columns."""

    def __init__(self, table: Table, *, across: bool = False) -> None:
        self.across = across
        self._cells, self._nils = table.cells, table.nils
        self._told = {place[across] for place in (*table.cells, *table.nils)}
        self.rows: Sequence[Head] = table.columns if across else table.rows
        self.columns: Sequence[Head] = table.rows if across else table.columns
        """What stands beside one another; the head of each says what its numbers are."""

    def at(self, row: int, column: int) -> Quantity | None:
        """Give the number of a cell."""
        return self._cells.get((column, row) if self.across else (row, column))

    def has_numbers(self, row: int) -> bool:
        """Whether anything stands in a row: «一、收入||» only heads those below it."""
        return row in self._told

    def is_nil(self, row: int, column: int) -> bool:
        """Whether a dash stands in a cell: there is nothing to add."""
        return ((column, row) if self.across else (row, column)) in self._nils

    def kind(self, row: int, column: int) -> str:
        """Give what the number of a cell is."""
        one, other = self.rows[row], self.columns[column]
        return kind_of(other, one) if self.across else kind_of(one, other)

    def counts(self, row: int, column: int) -> Quantity | None:
        """Give the number of a cell where it counts something."""
        return self.at(row, column) if self.kind(row, column) == "count" else None


def grids(tables: Sequence[Table]) -> Iterator[Grid]:
    """Give every table down and across."""
    for table in tables:
        if len(table.columns) <= REGISTER:
            yield Grid(table)
            yield Grid(table, across=True)


def patterned(
    some: Sequence[Candidate], *, least: int = 0, doubt: str = "table_other_fails"
) -> Iterator[Candidate]:
    """Say of each reading whether the others of its pattern hold; its own numbers say nothing.

    A table repeats one thing: where the other rows of a column are made in a way, this row is too.
    """
    holds = [bool((found := test(one)) and found.holds) for one in some]
    weighs = [abs(one.stated.value) >= least for one in some]
    sure = sum(1 for fits, weight in zip(holds, weighs, strict=True) if fits and weight)
    for one, fits, weight in zip(some, holds, weighs, strict=True):
        others, fitting = len(some) - 1, sure - (fits and weight)
        cues = one.cues
        if fitting and fitting * _TWO >= others:
            cues = (*cues, "table_pattern")
        elif others and not fitting:
            cues = (*cues, doubt if others == 1 else "table_no_pattern")
        yield replace(one, cues=cues)
