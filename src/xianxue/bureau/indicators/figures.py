"""Figures: the exact value of each indicator for each place, and who has been heard."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Final

from xianxue.bureau.indicators.asking import Asking
from xianxue.bureau.indicators.compile import Frames
from xianxue.bureau.indicators.formulas import Area, Formula
from xianxue.bureau.indicators.parts import Own, Parts
from xianxue.bureau.kinds.expected import Expected
from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.figure import Coverage, Figure
from xianxue.bureau.values.exact import Exact, Root
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.rounding import shown
from xianxue.bureau.values.units import UNITS

UNDETERMINED: Final = "未定"
"""What is printed where a number is hidden."""
NOT_APPLICABLE: Final = "—"
"""What is printed where there is nothing to be counted, or nothing to divide by."""


def figures(  # noqa: PLR0913, PLR0917 - what was counted, by what, of whom and when; the rest restricts
    frames: Frames,
    shelf: Shelf,
    register: Register,
    period: Period,
    indicators: Collection[str] | None = None,
    places: Collection[str] | None = None,
    expected: Expected | None = None,
) -> dict[str, Figure]:
    """Make the figures of one county and period, by their keys.

    ``indicators`` and ``places`` restrict what is made to some ids (of indicators or choices)
    and codes. ``expected`` is what the sources of the tables expect of places; None for what the
    declarations say alone. A school has figures for what it is asked only; a population leaves the
    school-stages out that do not count. Figures follow the indicators as they were compiled,
    then the register.
    """
    counter = Counter(Parts(frames, register, period), Asking(shelf, register, period, expected))
    wanted = None if indicators is None else {_id(name, shelf) for name in indicators}
    return {
        figure.key: figure
        for formula in frames.formulas.values()
        if formula.shown and (wanted is None or formula.card.indicator in wanted)
        for figure in counter.of_formula(formula, places)
    }


def _id(name: str, shelf: Shelf) -> str:
    card = shelf.indicator(name)
    if card is None:
        raise KeyError(name)
    return card.indicator


@dataclass(frozen=True)
class Counter:
    """Makes figures of the parts of places and areas."""

    parts: Parts
    asking: Asking

    def of_formula(
        self, formula: Formula, places: Collection[str] | None = None
    ) -> Iterator[Figure]:
        """Make the figures of one formula for all places, or some."""
        stages: Sequence[Stage | None] = formula.stages or (None,)
        on = self.parts.period.reference_day
        register = self.parts.register
        kinds: dict[Area, list[Place]] = {
            "school": register.schools(on),
            "township": register.townships(on),
            "county": [register.county],
        }
        for area in formula.areas:
            for place in kinds[area]:
                if places is None or place.code in places:
                    for stage in stages:
                        figure = self.figure(formula, area, place, stage)
                        if figure is not None:
                            yield figure

    def figure(
        self, formula: Formula, area: Area, place: Place, stage: Stage | None
    ) -> Figure | None:
        """Make one figure; None where the place is not asked, or does not count."""
        members = self.members(formula, area, place, stage)
        if area == "school":
            if not members:
                return None
            return self._finish(formula, place, stage, members[0], members)
        if formula.spread_of:
            return self._spread(formula, place, stage, members)
        together = self.parts.of_area(formula, area, place.code, stage)
        divided = sum((own.part for own in members if own.divided), Fraction(0))
        together = replace(together, numerator=together.numerator + divided)
        return self._finish(formula, place, stage, together, members)

    def base(self, formula: Formula) -> Formula:
        """Give the formula whose terms are asked for: itself, or what it rests on."""
        return self.parts.frames.formulas[formula.rests_on] if formula.rests_on else formula

    def members(self, formula: Formula, area: Area, place: Place, stage: Stage | None) -> list[Own]:
        """Give the parts of each place within another that is asked and counts, by code."""
        found = self._members(formula, stage)
        if area == "school":
            return [found[place.code]] if place.code in found else []
        return [own for code, own in found.items() if self._lies_in(code, place, area)]

    def _members(self, formula: Formula, stage: Stage | None) -> dict[str, Own]:
        """Give the parts of each place that is asked and counts, by code."""
        known = self._found.get((formula.id, stage))
        if known is None:
            base = self.base(formula)
            tests = formula.met.tests if formula.met is not None else ()
            measures = [measure for part in base.parts.values() for measure, _ in part.terms]
            own_of = base if formula.spread_of else formula
            known = self._found[formula.id, stage] = {}
            for code in self.asking.asked_for(measures, stage, tests):
                own = self.parts.of_place(own_of, code, stage)
                if own is not None:
                    known[code] = own
        return known

    @cached_property
    def _found(self) -> dict[tuple[str, Stage | None], dict[str, Own]]:
        return {}

    def _lies_in(self, code: str, place: Place, area: Area) -> bool:
        if area == "county":
            return True
        register = self.parts.register
        return register.township_of(register[code]) == place.code

    def _finish(
        self,
        formula: Formula,
        place: Place,
        stage: Stage | None,
        own: Own,
        members: Sequence[Own],
    ) -> Figure:
        coverage = _coverage(members)
        value, why = _value(formula, own, coverage)
        card = formula.card
        known = not (own.hidden or own.void) and coverage.full
        has_denominator = card.kind in {"ratio", "share"}
        return Figure(
            indicator=card.indicator,
            place=place.code,
            stage=stage,
            period=self.parts.period.code,
            value=value,
            unit=card.unit,
            shown=why or write(card, value),
            numerator=own.numerator if known else None,
            denominator=own.denominator if known and has_denominator else None,
            coverage=coverage,
            step=own.step,
            slice=formula.slice,
        )

    def _spread(
        self, formula: Formula, place: Place, stage: Stage | None, members: Sequence[Own]
    ) -> Figure:
        coverage = _coverage(members)
        square = spread_square(members) if coverage.full else None
        value = Root(square) if square is not None else None
        absent = NOT_APPLICABLE if coverage.full else UNDETERMINED
        return Figure(
            indicator=formula.id,
            place=place.code,
            stage=stage,
            period=self.parts.period.code,
            value=value,
            unit=formula.card.unit,
            shown=absent if value is None else write(formula.card, value),
            numerator=None,
            denominator=None,
            coverage=coverage,
        )


def write(card: Indicator, value: Exact | None) -> str:
    """Write a value as its card asks: half up, 1:13.52 where it is a ratio of one to many."""
    if value is None:
        return UNDETERMINED
    text = shown(value, card.show.decimals)
    return f"1:{text}" if card.show.form == "one_to_n" else text


def spread_square(members: Sequence[Own]) -> Fraction | None:
    """Give the square of the weighted 差异系数 between school-stages; None where it has none.

    With ratios ``x`` and pupils ``p`` of each, ``P = Σp`` and ``N = Σpx``, it is
    ``P·Σpx² ÷ N² − 1`` (facts §1.3: weighted variance over the squared weighted mean). A
    school-stage without pupils has no ratio and no weight; where all ratios are 0 there is no
    mean to divide by.
    """
    pupils = total = squares = Fraction(0)
    for own in members:
        if own.denominator > 0:
            ratio = own.numerator / own.denominator
            pupils += own.share
            total += own.share * ratio
            squares += own.share * ratio * ratio
    return pupils * squares / (total * total) - 1 if total else None


def _coverage(members: Sequence[Own]) -> Coverage:
    missing = tuple(sorted(own.place for own in members if own.hidden))
    return Coverage(len(members) - len(missing), len(members), missing)


def _value(formula: Formula, own: Own, coverage: Coverage) -> tuple[Exact | None, str]:
    """Give the value in the indicator's unit, or None and what is printed instead."""
    if own.hidden or not coverage.full:
        return None, UNDETERMINED
    card = formula.card
    if own.void or (coverage.expected == 0 and _asks(formula)):
        return None, NOT_APPLICABLE
    if card.kind in {"count", "sum"}:
        return own.numerator, ""
    if own.denominator <= 0:
        return None, NOT_APPLICABLE
    return own.numerator / own.denominator * UNITS[card.unit].per, ""


def _asks(formula: Formula) -> bool:
    """Whether nothing can be said where nobody was asked: a number of things may still be 0."""
    return formula.card.kind != "count"
