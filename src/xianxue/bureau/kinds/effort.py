"""How long it takes to fill in a cell: an estimate that is written down, dated and cited.

What a form costs the schools is said by it; a number nobody stands for would be made up.
"""

from __future__ import annotations

from datetime import date

from xianxue.bureau.kinds.card import Card, Cited, DatedValue
from xianxue.bureau.law.dated import in_force
from xianxue.bureau.values.sentence import Sentence


class Effort(Card, frozen=True, kw_only=True):
    """The seconds a cell takes: to look up, to enter and to check."""

    effort: str
    term: Sentence
    seconds_per_cell: list[DatedValue]
    source: Cited

    def on(self, day: date) -> DatedValue | None:
        """Give the estimate that holds on a day; None where there is none."""
        return next(iter(in_force(self.seconds_per_cell, day)), None)
