"""How many are asked by a table of the inspectorate, and how many of each group."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import ceil
from typing import Final

from xianxue.bureau.kinds.ballots.sampling import Asked, SampleTable
from xianxue.bureau.values.record import Record

_WHOLE: Final = 100
_THOUSAND: Final = 1000


class Wanted(Record):
    """A sample by a table."""

    answers: int
    groups: Mapping[str, int]
    """Group to how many of it, at least so many where the table says so."""


def wanted(table: SampleTable, residents: int) -> Wanted:
    """Say how many a county of so many residents asks; ValueError where the table has no step."""
    answers = _answers(table, residents)
    return Wanted(answers, {one.group: _part(one, answers) for one in table.groups})


def _answers(table: SampleTable, residents: int) -> int:
    for step in table.steps:
        if step.below is None or residents < step.below:
            return step.answers
    if table.per_thousand is None:
        message = f"{table.sample} has no step for {residents}"
        raise ValueError(message)
    if residents < table.small:
        return table.least
    return max(table.least, ceil(Fraction(table.per_thousand) * residents / _THOUSAND))


def _part(group: Asked, answers: int) -> int:
    # At least a half of 301 is 151; a table's own shares come out whole.
    return ceil(Fraction(group.share) * answers / _WHOLE)


def candidates(seats: int, least: Fraction, most: Fraction | None = None) -> tuple[int, int | None]:
    """Say how many candidates stand for some seats, where there are more of them by a share.

    >>> candidates(3, Fraction(1, 3), Fraction(1)), candidates(7, Fraction(1, 5))
    ((4, 6), (9, None))
    """
    if seats < 1 or least < 0:
        message = f"no candidates for {seats} seats with {least} more"
        raise ValueError(message)
    return ceil(seats * (1 + least)), None if most is None else int(seats * (1 + most))
