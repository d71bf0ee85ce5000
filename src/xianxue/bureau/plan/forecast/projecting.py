"""From the last year counted to those to come: one way for the middle, many for the band.

NumPy multiplies and adds all ways at once, number by number, so that the same inputs give the same
bytes on every machine; its own sums, whose order hangs on the machine, are not asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from xianxue.bureau.plan.forecast.chance import turns
from xianxue.bureau.plan.forecast.known import Known
from xianxue.bureau.plan.forecast.ratios import Ratios
from xianxue.bureau.plan.forecast.shape import Area, Arrival, Climb, Foreseen, Rules
from xianxue.bureau.values.record import Record

Many = NDArray[np.float64]
"""The middle, and behind it one number a simulation."""
State = dict[tuple[str, str], Many]
"""Area and grade to pupils; what is not known is not there."""


_HUNDRED: Final = 100


class Projecting(Record, dict=True):
    """Carries what is known on, year by year; the first simulation is the middle."""

    known: Known
    rules: Rules
    arrivals: tuple[Arrival, ...] = ()

    @cached_property
    def ratios(self) -> Ratios:
        """What each grade is reached by."""
        return Ratios(self.known, self.rules)

    def years(self, ahead: int, seed: str = "", simulations: int = 0) -> Iterator[Foreseen]:
        """Give what is foreseen for each area, stage and year.

        ``simulations`` beside the middle make the band; with none of them there is no band.
        """
        enough = len(self.ratios.usable) >= self.rules.least
        drawn = turns(seed, simulations if enough else 0, ahead, len(self.ratios.usable))
        lasting = turns(
            f"{seed}/mean", simulations if enough else 0, self.rules.window, len(self.ratios.usable)
        )
        way = _Way(self, drawn, lasting)
        for year in range(self.known.last + 1, self.known.last + 1 + ahead):
            way.on_to(year)
            yield from self._told(way, year)

    def _told(self, way: _Way, year: int) -> Iterator[Foreseen]:
        stages = dict.fromkeys(step.stage for step in self.rules.steps)
        for area in self.known.areas:
            for stage in stages:
                # Grades that an area no longer has are no unknown grades of it.
                had = [
                    step.grade
                    for step in self.rules.steps
                    if step.stage == stage and (area.code, step.grade) in self._had
                ]
                if not had:
                    continue
                yield self._foreseen(area.code, stage, year, had, way)

    @cached_property
    def _had(self) -> set[tuple[str, str]]:
        """Area and grade of whoever had pupils, or none in number, in the last year."""
        last = self.known.last
        return {
            (code, grade)
            for code, leaves in self.known.within.items()
            for leaf in leaves
            for grade in (step.grade for step in self.rules.steps)
            if last in self.known.sums[leaf.code, grade]
        }

    def _foreseen(
        self, area: str, stage: str, year: int, grades: Sequence[str], way: _Way
    ) -> Foreseen:
        lists = [way.state[area, one] for one in grades if (area, one) in way.state]
        if len(lists) < len(grades):
            return Foreseen(area=area, stage=stage, year=year, middle=None)
        totals = lists[0].copy()
        for one in lists[1:]:
            totals += one
        low, high = self._band(totals)
        return Foreseen(
            area=area,
            stage=stage,
            year=year,
            middle=float(totals[0]),
            low=low,
            high=high,
            grades={one: float(way.state[area, one][0]) for one in grades},
            carried=any((area, one) in way.carried for one in grades),
        )

    def _band(self, totals: Many) -> tuple[float | None, float | None]:
        """Give the band's ends; it always holds the middle."""
        middle, others = float(totals[0]), np.sort(totals[1:])
        many = len(others)
        if not many:
            return None, None
        low, high = (
            float(others[min(many * part // _HUNDRED, many - 1)]) for part in self.rules.band
        )
        return min(low, middle), max(high, middle)


class _Factor(NamedTuple):
    """What a base is multiplied by: the ratio of each way, and how past years deviated from it."""

    ways: Many
    deviations: Many


class _Way:
    """The way of all simulations through the years."""

    def __init__(
        self, asked: Projecting, drawn: Sequence[Sequence[int]], lasting: Sequence[Sequence[int]]
    ) -> None:
        self.asked = asked
        self.drawn = [np.array(one) for one in drawn]
        self.lasting = [np.array(one) for one in lasting]
        self.known, self.rules = asked.known, asked.rules
        self.many = 1 + (len(drawn[0]) if drawn else 0)
        self.state: State = {}
        self.carried: set[tuple[str, str]] = set()
        self._first()
        self._factors: dict[tuple[str, str], _Factor | None] = {}
        self._shares: dict[tuple[str, str], Mapping[str, float]] = {}

    def _first(self) -> None:
        last = self.known.last
        for (code, grade), by in self.known.sums.items():
            if last in by:
                self.state[code, grade] = self._all(by[last])

    def on_to(self, year: int) -> None:
        """Go on to a year: every grade from what it is reached from, then sums upward."""
        before, self.state = self.state, {}
        carried, self.carried = self.carried, set()
        at = year - self.known.last - 1
        for step in self.rules.steps:
            bases: dict[str, Many | None] = {}
            for leaf in self.known.leaves:
                if not self._has(leaf, step):
                    continue
                source = self.known.source(leaf, step)
                if source not in bases:
                    bases[source] = self._base(source, step, year, before)
                if self._unborn(source, step, year) or (source, step.after) in carried:
                    self.carried.add((leaf.code, step.grade))
                reached = self._reached(leaf, step, bases[source], at)
                if reached is not None:
                    self.state[leaf.code, step.grade] = self._arrived(leaf, step, year, reached)
            self._sum_up(step)

    def _has(self, leaf: Area, step: Climb) -> bool:
        """Whether a place still has the grade; one that has none is not given it."""
        return self.known.last in self.known.sums[leaf.code, step.grade]

    def _base(self, source: str, step: Climb, year: int, before: State) -> Many | None:
        if step.after:
            return before.get((source, step.after))
        found = self._all(0)
        for back, part in step.births:
            born = self._births(source, year - back)
            if born is None:
                return None
            found += float(part) * born
        return found

    def _all(self, value: int) -> Many:
        return np.full(self.many, float(value))

    def _births(self, source: str, year: int) -> Many | None:
        """Give the births of a year; those that nobody has counted yet are as many as the last."""
        by = self.known.born.get(source, {})
        if year in by:
            return self._all(by[year])
        if not by or year < max(by):
            return None
        return self._all(by[max(by)])

    def _unborn(self, source: str, step: Climb, year: int) -> bool:
        by = self.known.born.get(source, {})
        return bool(by) and any(year - back > max(by) for back, _ in step.births)

    def _reached(self, leaf: Area, step: Climb, base: Many | None, at: int) -> Many | None:
        factor = self._factor(leaf, step)
        if base is None or factor is None:
            return None
        found = base * factor.ways
        if self.many > 1:
            found[1:] *= factor.deviations[self.drawn[at]]
        return found

    def _factor(self, leaf: Area, step: Climb) -> _Factor | None:
        key = (leaf.code, step.grade)
        if key not in self._factors:
            self._factors[key] = self._new_factor(leaf, step)
        return self._factors[key]

    def _new_factor(self, leaf: Area, step: Climb) -> _Factor | None:
        ratios = self.asked.ratios
        source = self.known.source(leaf, step)
        mean = ratios.ratio(source, step).mean
        if mean is None:
            return None
        ways = self._all(1)
        deviations = ways[:0]
        if self.many > 1:
            deviations = np.array(ratios.deviations(leaf, step))
            # How far the mean itself may be off: that of as many years drawn.
            drawn = deviations[self.lasting[0]]
            for one in self.lasting[1:]:
                drawn = drawn + deviations[one]
            ways[1:] = drawn / len(self.lasting)
        ways *= mean * self._share(source, step, leaf.code)
        return _Factor(ways, deviations)

    def _share(self, source: str, step: Climb, leaf: str) -> float:
        key = (source, step.grade)
        if key not in self._shares:
            self._shares[key] = self.asked.ratios.shares(source, step)
        return self._shares[key].get(leaf, 0.0)

    def _arrived(self, leaf: Area, step: Climb, year: int, reached: Many) -> Many:
        come = sum(
            float(one.pupils.get(step.grade, 0))
            for one in self.asked.arrivals
            if one.area == leaf.code and one.year == year
        )
        return reached + come if come else reached

    def _sum_up(self, step: Climb) -> None:
        sums: dict[str, Many] = {}
        unknown: set[str] = set()
        for leaf in self.known.leaves:
            if not self._has(leaf, step):
                continue
            mine = self.state.get((leaf.code, step.grade))
            for code in self.known.upward(leaf.code)[1:]:
                if (leaf.code, step.grade) in self.carried:
                    self.carried.add((code, step.grade))
                if mine is None:
                    unknown.add(code)
                else:
                    sums[code] = sums[code] + mine if code in sums else mine
        for code, many in sums.items():
            if code not in unknown:
                self.state[code, step.grade] = many
