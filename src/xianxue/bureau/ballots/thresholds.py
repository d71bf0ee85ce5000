"""From which share something is proposed, over one year or several running.

A vote proposes and never decides: what follows is somebody's decision, with its own document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Final

from xianxue.bureau.ballots.deciding import Turnout
from xianxue.bureau.kinds.ballots.rule import Quota, Trigger
from xianxue.bureau.kinds.card import DatedValue
from xianxue.bureau.law.dated import in_force
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import half_up

_WHOLE: Final = 100


class Judged(Record, kw_only=True):
    """What was said of one person in one year."""

    year: int
    on: date
    turnout: Turnout
    votes: Mapping[str, int]
    shares: Mapping[str, Fraction] | None = None
    """Of each level by groups as they weigh, where the card has weights and somebody voted."""


class Reached(Record, kw_only=True):
    """One year of a trigger, with its numbers."""

    year: int
    votes: int
    base: int
    line: DatedValue
    share: Fraction
    """What was held against the line: by groups as they weigh where the card says so."""
    reached: bool


class Proposal(Record, kw_only=True):
    """What a trigger says of one person."""

    trigger: Trigger
    years: tuple[Reached, ...]
    """The years looked at, the earliest first."""
    missing: tuple[int, ...]
    """Years without a vote, or without a line in force: nothing is concluded from them."""

    @property
    def proposed(self) -> bool | None:
        """Whether it is proposed; None where a year that is needed is missing."""
        if any(not one.reached for one in self.years):
            return False
        return None if self.missing else True


def propose(trigger: Trigger, history: Sequence[Judged], year: int) -> Proposal:
    """Look at the years that a trigger asks for, up to and with ``year``."""
    by_year = {one.year: one for one in history}
    found: list[Reached] = []
    missing: list[int] = []
    for at in range(year - trigger.years + 1, year + 1):
        judged = by_year.get(at)
        line = None if judged is None else _in_force(trigger.share, judged.on)
        told = judged is not None and (judged.shares is not None or not trigger.weighted)
        if judged is None or line is None or not told or not judged.turnout.of(trigger.of):
            missing.append(at)
        else:
            found.append(_reached(trigger, judged, line))
    return Proposal(trigger=trigger, years=tuple(found), missing=tuple(missing))


def _reached(trigger: Trigger, judged: Judged, line: DatedValue) -> Reached:
    votes = sum(judged.votes.get(level, 0) for level in trigger.levels)
    base = judged.turnout.of(trigger.of)
    share = Fraction(votes, base)
    if trigger.weighted and judged.shares is not None:
        share = sum(
            (judged.shares.get(level, Fraction(0)) for level in trigger.levels), Fraction(0)
        )
    limit = Fraction(line.value) / trigger.out_of
    reached = share > limit if trigger.enough == "more_than" else share >= limit
    return Reached(
        year=judged.year, votes=votes, base=base, line=line, share=share, reached=reached
    )


def _in_force(values: Sequence[DatedValue], on: date) -> DatedValue | None:
    return max(in_force(values, on), key=lambda one: one.valid_from, default=None)


def most_of(quota: Quota, judged: int) -> int:
    """Say how many of a level a paper may give among so many who are judged.

    Of nine people 30 % are two, or three where the card rounds half up (T-H6).
    """
    exact = Fraction(quota.share) * judged / _WHOLE
    if quota.rounding == "half_up":
        return int(half_up(exact, 0))
    return int(exact)
