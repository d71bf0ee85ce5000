"""Weighted index: values of several indicators made comparable by points, and weighed."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from xianxue.bureau.indicators.derived.making import Made, told_of, undetermined
from xianxue.bureau.indicators.derived.setting import Setting
from xianxue.bureau.kinds.conditions import value_in_force
from xianxue.bureau.kinds.derived import IndexPart
from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say

_FULL: Final = Fraction(100)
"""The points of a component that reaches its full line."""


class Scored(Record):
    """One component with its points."""

    part: IndexPart
    figure: Figure
    zero: Fraction
    full: Fraction
    points: Fraction

    @property
    def weighed(self) -> Fraction:
        """What it adds to the index."""
        return self.points * Fraction(self.part.weight)


def index(card: Indicator, figure: Figure, setting: Setting) -> Made | None:
    """Weigh the components of one place; None where a line is not in force: there is no index."""
    if card.index_of is None:
        return undetermined("", (figure,))
    parts: list[Figure] = []
    for one in card.index_of.parts:
        found = setting.beside(figure, one.indicator)
        if found is None:
            term = setting.shelf.indicators[one.indicator].term
            return undetermined(say("没有“{term}”的数", term=term), parts)
        parts.append(found)
    # One that is missing is not worth 0 points, nor may its weight go to the others.
    for found in parts:
        if found.value is None:
            return undetermined(told_of(found, setting.period), parts)
    scores = scored(card, parts, setting)
    if scores is None:
        return None
    total = sum((one.weighed for one in scores), Fraction(0))
    return Made(total, total, None, tuple(parts))


def scored(card: Indicator, figures: list[Figure], setting: Setting) -> list[Scored] | None:
    """Give the points of each component; None where a line is not in force on the day.

    A component is worth ``(x − zero) ÷ (full − zero) × 100`` points. Where less is better, full
    lies below zero, and the same formula turns the order round.
    """
    found: list[Scored] = []
    parts = card.index_of.parts if card.index_of is not None else []
    for part, figure in zip(parts, figures, strict=True):
        zero = line_of(card, part.zero, setting, figure.stage) if part.zero else Fraction(0)
        full = line_of(card, part.full, setting, figure.stage)
        if zero is None or full is None or not isinstance(figure.value, Fraction):
            return None
        points = (figure.value - zero) / (full - zero) * _FULL
        if card.index_of is not None and card.index_of.limited:
            points = min(max(points, Fraction(0)), _FULL)
        found.append(Scored(part, figure, zero, full, points))
    return found


def line_of(card: Indicator, name: str, setting: Setting, stage: Stage | None) -> Fraction | None:
    """Give the value of a line on the day; None where it is not in force."""

    def found() -> Fraction | None:
        value = value_in_force(card.lines.get(name, ()), setting.on, stage)
        return None if value is None else Fraction(value.value)

    # The same for every school of a stage.
    return setting.remember(f"{card.indicator}/{name}/{stage or ''}", found)
