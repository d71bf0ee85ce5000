"""What a condition on a row or a place comes to, and which dated value is in force for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from xianxue.bureau.kinds.card import Bound, Condition, DatedValue, Where
from xianxue.bureau.law.dated import holds_on
from xianxue.bureau.places.stages import Stage


def matches(where: Where, facts: Mapping[str, int | str]) -> bool:
    """Whether facts fulfil all conditions; a fact that is missing fulfils none.

    >>> matches({"school_type": ["312", "345"]}, {"school_type": "312"})
    True
    >>> matches({"basic.planned_year": Bound(at_most=2010)}, {})
    False
    """
    return all(
        name in facts and _fulfils(condition, facts[name]) for name, condition in where.items()
    )


def _fulfils(condition: Condition, fact: int | str) -> bool:
    if isinstance(condition, Bound):
        # A code such as «211» is text; read as a number it would pass bounds that mean amounts.
        return isinstance(fact, int) and _within(condition, fact)
    if isinstance(condition, bool):
        return fact == int(condition)
    if isinstance(condition, str):
        return str(fact) == condition
    return str(fact) in condition


def _within(bound: Bound, fact: int) -> bool:
    return (
        (bound.at_least is None or fact >= Fraction(bound.at_least))
        and (bound.at_most is None or fact <= Fraction(bound.at_most))
        and (bound.more_than is None or fact > Fraction(bound.more_than))
        and (bound.less_than is None or fact < Fraction(bound.less_than))
    )


def value_in_force(
    values: Iterable[DatedValue],
    on: date,
    stage: Stage | None = None,
    facts: Mapping[str, int | str] | None = None,
) -> DatedValue | None:
    """Give the value that holds on a day for a stage and a place: the first whose terms all fit.

    Overlays are laid in front and special clauses stand before the general one, so the first is
    the most particular.
    """
    return next(
        (
            value
            for value in values
            if holds_on(value, on)
            and (value.stage is None or value.stage is stage)
            and matches(value.when, facts or {})
        ),
        None,
    )
