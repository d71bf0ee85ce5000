"""The norms in force on a day: a city's own before those of the whole country."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from xianxue.bureau.kinds.plan.norms import (
    ClosingRule,
    Counting,
    Norm,
    NormValue,
    PlanningNorms,
    Retiring,
)
from xianxue.bureau.law.dated import in_force
from xianxue.bureau.plan.needs.places import Band
from xianxue.bureau.values.record import Record


class NormsHeld(Record):
    """Cards in the order in which they are asked: the first that says something is followed."""

    cards: tuple[PlanningNorms, ...]
    on: date

    def values(self, norm: Norm, stage: str) -> list[NormValue]:
        """Give what is in force of one norm for a stage, of the first card that has any."""
        for card in self.cards:
            held = [
                one
                for one in in_force(card.values, self.on)
                if one.norm == norm and (one.stage is None or one.stage.value == stage)
            ]
            if held:
                return held
        return []

    def one(self, norm: Norm, stage: str = "") -> NormValue | None:
        """Give the value that holds whatever the number of classes; None where nothing is said."""
        whole = [one for one in self.values(norm, stage) if one.least is None and one.most is None]
        return whole[0] if whole else None

    def bands(self, norm: Norm, stage: str) -> list[Band]:
        """Give an area per pupil as bands of classes."""
        return [
            Band(area=Fraction(one.value), least=one.least, most=one.most)
            for one in self.values(norm, stage)
        ]

    def retiring(self) -> Sequence[Retiring]:
        """Give who retires when, of the first card that says it."""
        for card in self.cards:
            if held := in_force(card.retiring, self.on):
                return held
        return []

    def closing(self) -> ClosingRule | None:
        """Give what the closing of a school takes, of the first card that says it."""
        for card in self.cards:
            if held := in_force(card.closing, self.on):
                return held[0]
        return None

    def counting(self) -> Counting:
        """Give how the staff of several schools is counted; each by itself where none says."""
        for card in self.cards:
            if card.staff_counted is not None:
                return card.staff_counted
        return "each"


def meant_for(
    cards: Sequence[PlanningNorms], county: str
) -> tuple[list[PlanningNorms], list[PlanningNorms]]:
    """Give the cards of a county's own area, the nearest first, and those of the whole country."""
    own = [
        (max(len(area) for area in fit), card)
        for card in cards
        if (fit := [area for area in card.for_areas if county.startswith(area)])
    ]
    nearest = sorted(own, key=lambda one: one[0], reverse=True)
    return [card for _, card in nearest], [card for card in cards if not card.for_areas]
