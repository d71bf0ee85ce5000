"""What is proposed for each column of a table from elsewhere, and how sure it is."""

from __future__ import annotations

from typing import Literal

from xianxue.bureau.returns.mapping.scoring import SURE
from xianxue.bureau.returns.mapping.table import JOINT, Head, Table
from xianxue.bureau.returns.mapping.targets import Target
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say

Certainty = Literal["decided", "sure", "ask", "unknown", "skipped"]


class Proposal(Record):
    """What one column may hold."""

    head: Head
    nth: int
    """Which of the columns with this header, counted from 1."""
    target: Target | None
    score: float = 0.0
    reasons: tuple[str, ...] = ()
    doubt: str = ""
    """What has to be looked at; for a column nobody recognises, why."""
    others: tuple[Target, ...] = ()
    """What it is like as well, the likest first."""
    unit: str = ""
    """The unit its header names, or the table's; empty where none does."""
    rivals: tuple[str, ...] = ()
    """The units the table states of which somebody has to say which one this column comes in."""
    example: str = ""
    unit_said: bool = False
    """Whether somebody has said the unit."""
    decided: bool = False
    """Whether somebody has said so."""

    @property
    def certainty(self) -> Certainty:
        """How sure it is."""
        # A unit changes a value ten-thousandfold: agreeing to the rest does not settle it.
        if self.target is not None and self.rivals:
            return "ask"
        if self.decided:
            return "decided" if self.target else "skipped"
        if self.target is None:
            return "unknown"
        return "sure" if self.score >= SURE and not self.doubt else "ask"

    @property
    def is_open(self) -> bool:
        """Whether somebody has to say what it is."""
        return self.certainty in {"ask", "unknown"}


class Proposals(Record):
    """What the columns of one table may hold, if it is read one way."""

    way: str
    """Empty for one line a school, else the sheet whose lines these are."""
    columns: tuple[Proposal, ...]
    others: tuple[str, ...] = ()
    """The ways that explain as much of it."""

    @property
    def values(self) -> list[Proposal]:
        """The columns that hold something to report."""
        return [each for each in self.columns if each.target and each.target.holds == "value"]

    def holding(self, holds: str) -> Proposal | None:
        """Give the column that says whose a row is, or which row of a grid; None if none does."""
        found = (each for each in self.columns if each.target and each.target.holds == holds)
        return next(found, None)


def columns_of(table: Table) -> list[Head]:
    """Give the columns that may hold something: those with a header, and those of row labels."""
    return [head for head in table.heads if head.levels or head.at in table.labels]


def name_of(head: Head) -> str:
    """Name a column to a clerk: its header as it was written, or that it has none."""
    return JOINT.join(_tidy(level) for level in head.levels) or say("（没有表头）")


def _tidy(text: str) -> str:
    return " ".join(text.split()) if text.isascii() else "".join(text.split())
