"""The tables that figures are counted from, and lines of them put side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xianxue.bureau.records.engine import NARWHALS, Done, Engine, Expr, Lines, Words
from xianxue.bureau.values.record import Record

# Whoever counts figures takes the words of its engine from here, with the tables.
__all__ = ["NARWHALS", "Done", "Engine", "Expr", "Lines", "Tables", "Words", "joined"]


class Tables(Record):
    """What figures are counted from: a table a sheet, and ``places`` with every school that files.

    They have the columns of ``columns.py``, and may hold several counties and periods.
    """

    by_sheet: Mapping[str, Any]
    """As the engine has them."""
    engine: Engine = NARWHALS

    def __getitem__(self, sheet: str) -> Lines:
        """Open one table; KeyError where it is not there."""
        return self.engine.opened(self.by_sheet[sheet])


def joined(words: Words, frames: Sequence[Lines], keys: Sequence[str]) -> Lines:
    """Join frames so that no line is lost."""
    col = words.col
    both, *others = frames
    mine = _beside(both, keys)
    for other in others:
        theirs = _beside(other, keys)
        # The other side's keys get a name that no column has: none of ours holds a space.
        both = both.join(other, on=list(keys), how="full", suffix=" ")
        known = [words.coalesce(col(name), col(f"{name} ")).alias(name) for name in keys]
        both = both.select(*known, *mine, *theirs)
        # Added up here: asking what is joined already would plan all of it again.
        mine += theirs
    return both


def _beside(lines: Lines, keys: Sequence[str]) -> list[str]:
    return [name for name in lines.collect_schema().names() if name not in keys]
