"""Marks of several panels made alike, as a notice has it, and exactly beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from xianxue.bureau.kinds.appraisal.contest import Correction
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import half_up


class Coefficient(Record, kw_only=True):
    """What the marks of one panel are multiplied by."""

    mean: Fraction
    """Of the panel, without what is left out of it."""
    exact: Fraction
    used: Fraction
    """As the notice rounds it."""


def coefficients(
    rule: Correction, panels: Mapping[str, Sequence[Fraction]]
) -> dict[str, Coefficient] | None:
    """Give each panel its coefficient; None where a panel's mean is 0 or of nobody.

    What is left out of a panel's mean is left out of the mean of all, too.
    """
    kept = {name: _kept(rule, marks) for name, marks in panels.items()}
    if not kept or any(not marks or not sum(marks) for marks in kept.values()):
        return None
    means = {name: sum(marks, Fraction()) / len(marks) for name, marks in kept.items()}
    if rule.of == "all":
        every = [mark for marks in kept.values() for mark in marks]
        level = sum(every, Fraction()) / len(every)
    else:
        level = sum(means.values(), Fraction()) / len(means)
    return {
        name: Coefficient(
            mean=mean, exact=level / mean, used=rounded(level / mean, rule.coefficient_decimals)
        )
        for name, mean in means.items()
    }


def _kept(rule: Correction, marks: Sequence[Fraction]) -> list[Fraction]:
    order = sorted(marks)
    return order[rule.lowest : len(order) - rule.highest]


def rounded(value: Fraction, decimals: int | None) -> Fraction:
    """Round half up; exactly as it is where no decimals are named."""
    return value if decimals is None else Fraction(half_up(value, decimals))
