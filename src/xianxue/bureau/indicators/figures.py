"""Figures: the exact value of each indicator for each place, and who has been heard."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
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
from xianxue.bureau.values.exact import Exact, Root, exact_sum
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import shown
from xianxue.bureau.values.sentence import say
from xianxue.bureau.values.units import UNITS

UNDETERMINED: Final = say("未定")
"""What is printed where a number is hidden."""
NOT_APPLICABLE: Final = "—"
"""What is printed where there is nothing to be counted, or nothing to divide by."""
_NO_MEAN: Final = say("各校都是 0，没有平均数可比")
"""Why a spread has no value although there are pupils: nothing to be apart from."""
_HEARD: Final = Coverage(1, 1)
"""The coverage of nearly every school's figure."""


def figures(  # noqa: PLR0913, PLR0917 - what was counted, by what, of whom and when; the rest restricts
    frames: Frames,
    shelf: Shelf,
    register: Register,
    period: Period,
    indicators: Collection[str] | None = None,
    places: Collection[str] | None = None,
    expected: Expected | None = None,
    asking: Asking | None = None,
) -> dict[str, Figure]:
    """Make the figures of one county and period, by their keys.

    ``indicators`` and ``places`` restrict what is made to some ids (of indicators or choices)
    and codes. ``expected`` is what the sources of the tables expect of places; None for what the
    declarations say alone; ``asking`` is who is asked, where somebody has looked that up already.
    A school has figures for what it is asked only; a population leaves the school-stages out that
    do not count. Figures follow the indicators as they were compiled, then the register.
    """
    asked = asking if asking is not None else Asking(shelf, register, period, expected)
    counter = Counter(Parts(frames, register, period), asked)
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


class Members(Record, dict=True):
    """The parts of all places that are asked for a formula at a stage, and count, by code."""

    by_code: dict[str, Own]
    townships: Mapping[str, str]
    """School to the township it lies in."""

    def within(self, area: Area, code: str) -> Sequence[Own]:
        """Give those within a place, in the order of codes."""
        if area == "county":
            return self.all
        if area == "township":
            return self.by_township.get(code, ())
        own = self.by_code.get(code)
        return () if own is None else (own,)

    @cached_property
    def all(self) -> list[Own]:
        """All of them."""
        return list(self.by_code.values())

    @cached_property
    def by_township(self) -> dict[str, list[Own]]:
        """Those of each township: sorted out once, not searched for once a township."""
        found: dict[str, list[Own]] = {}
        for own in self.all:
            found.setdefault(self.townships.get(own.place, ""), []).append(own)
        return found


class Counter(Record, dict=True):
    """Makes figures of the parts of places and areas."""

    parts: Parts
    asking: Asking

    def of_formula(
        self, formula: Formula, places: Collection[str] | None = None
    ) -> Iterator[Figure]:
        """Make the figures of one formula for all places, or some."""
        stages: Sequence[Stage | None] = formula.stages or (None,)
        heard = {stage: self._members(formula, stage) for stage in stages}
        for area in formula.areas:
            for place in self._places[area]:
                if places is None or place.code in places:
                    yield from self._of_place(formula, area, place, heard)

    @cached_property
    def _places(self) -> dict[Area, list[Place]]:
        register, on = self.parts.register, self.parts.period.reference_day
        return {
            "school": register.schools(on),
            "township": register.townships(on),
            "county": [register.county],
        }

    def _of_place(
        self, formula: Formula, area: Area, place: Place, heard: Mapping[Stage | None, Members]
    ) -> Iterator[Figure]:
        """Make the figures of one place; none where a school is not asked, or does not count."""
        for stage, members in heard.items():
            if area != "school":
                yield self._of_area(formula, area, place, stage, members.within(area, place.code))
            elif (own := members.by_code.get(place.code)) is not None:
                yield self._finish(formula, own, stage, _alone(own))

    def _of_area(
        self,
        formula: Formula,
        area: Area,
        place: Place,
        stage: Stage | None,
        members: Sequence[Own],
    ) -> Figure:
        if formula.spread_of:
            return self._spread(formula, place, stage, members)
        together = self.parts.of_area(formula, area, place.code, stage)
        if formula.weights is not None:
            # The frame's sum of these is a float; here they are added up as fractions, for a
            # verdict may rest on them.
            divided = exact_sum(own.part for own in members if own.divided)
            whole = together.numerator + divided
            together = together._replace(up=whole.numerator, up_scale=whole.denominator)
        # Where one of them has numbers, the area is what these come to.
        if members and all(own.void for own in members):
            together = together._replace(void=True)
        return self._finish(formula, together, stage, _coverage(members))

    def base(self, formula: Formula) -> Formula:
        """Give the formula whose terms are asked for: itself, or what it rests on."""
        return self.parts.frames.formulas[formula.rests_on] if formula.rests_on else formula

    def members(
        self, formula: Formula, area: Area, place: Place, stage: Stage | None
    ) -> Sequence[Own]:
        """Give the parts of each place within another that is asked and counts, by code."""
        return self._members(formula, stage).within(area, place.code)

    def _members(self, formula: Formula, stage: Stage | None) -> Members:
        known = self._found.get((formula.id, stage))
        if known is None:
            base = self.base(formula)
            tests = formula.met.tests if formula.met is not None else ()
            measures = [measure for part in base.parts.values() for measure, _ in part.terms]
            asked = self.asking.asked_for(measures, stage, tests)
            # A spread has no parts of its own place by place: its members are those of the ratio
            # compared.
            owns = self.parts.of_places(base if formula.spread_of else formula, asked, stage)
            known = Members({own.place: own for own in owns}, self._townships)
            self._found[formula.id, stage] = known
        return known

    @cached_property
    def _found(self) -> dict[tuple[str, Stage | None], Members]:
        return {}

    @cached_property
    def _townships(self) -> dict[str, str]:
        register = self.parts.register
        return {
            place.code: place.code if place.level == "township" else register.township_of(place)
            for place in register
        }

    def _finish(
        self, formula: Formula, own: Own, stage: Stage | None, coverage: Coverage
    ) -> Figure:
        value, why = _value(formula, own, coverage)
        card = formula.card
        # A numerator over what is hidden would be read as the whole.
        known = coverage.full and not (own.hidden or own.void)
        out_of = known and card.kind in {"ratio", "share"}
        return Figure(
            indicator=card.indicator,
            place=own.place,
            stage=stage,
            period=self.parts.period.code,
            value=value,
            unit=card.unit,
            shown=why or write(card, value),
            numerator=own.numerator if known else None,
            denominator=own.denominator if out_of else None,
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
        pupils = any(own.share > 0 for own in members)
        return Figure(
            indicator=formula.card.indicator,
            place=place.code,
            stage=stage,
            period=self.parts.period.code,
            value=value,
            unit=formula.card.unit,
            shown=absent if value is None else write(formula.card, value),
            numerator=None,
            denominator=None,
            coverage=coverage,
            why=_NO_MEAN if coverage.full and value is None and pupils else "",
            slice=formula.slice,
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
    school-stage without pupils has no ratio and no weight, nor has one to which the ratio does
    not apply; where all ratios are 0 there is no mean to divide by.
    """
    there = [own for own in members if own.down > 0 and not own.void]
    ratios = [own.numerator / own.denominator for own in there]
    pupils = exact_sum(own.share for own in there)
    total = exact_sum(own.share * ratio for own, ratio in zip(there, ratios, strict=True))
    squares = exact_sum(own.share * ratio**2 for own, ratio in zip(there, ratios, strict=True))
    return pupils * squares / (total * total) - 1 if total else None


def _alone(own: Own) -> Coverage:
    if own.hidden:
        return Coverage(0, 1, (own.place,))
    return Coverage(1, 1, not_applicable=(own.place,)) if own.says_void else _HEARD


def _coverage(members: Sequence[Own]) -> Coverage:
    missing = tuple(sorted(own.place for own in members if own.hidden))
    left = tuple(sorted(own.place for own in members if own.says_void and not own.hidden))
    return Coverage(len(members) - len(missing), len(members), missing, left)


def _value(formula: Formula, own: Own, coverage: Coverage) -> tuple[Exact | None, str]:
    """Give the value in the indicator's unit, or None and what is printed instead."""
    # Before anything else: a ratio over a missing part is undetermined, never too small.
    if own.hidden or not coverage.full:
        return None, UNDETERMINED
    card = formula.card
    if own.void or (coverage.expected == 0 and _asks(formula)):
        return None, NOT_APPLICABLE
    if card.kind in {"count", "sum"}:
        return own.numerator, ""
    # Less than nothing comes of a subtraction gone wrong; it divides nothing either.
    if own.down <= 0:
        return None, NOT_APPLICABLE
    # One fraction instead of four: numerator ÷ denominator × what the unit multiplies it by.
    up = own.up * own.down_scale * UNITS[card.unit].per
    return Fraction(up, own.down * own.up_scale), ""


def _asks(formula: Formula) -> bool:
    """Whether nothing can be said where nobody was asked: a number of things may still be 0."""
    return formula.card.kind != "count"
