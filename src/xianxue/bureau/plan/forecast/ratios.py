"""Ratios from grade to grade: the mean of the latest years, small places leaning on larger ones.

Floats, for whatever is foreseen is an estimate that no verdict rests on; the same inputs still
give the same bytes, since each sum is taken in a fixed order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from xianxue.bureau.plan.forecast.known import Known
from xianxue.bureau.plan.forecast.shape import Area, By, Climb, Rules
from xianxue.bureau.values.record import Record, field


class Ratio(Record, kw_only=True):
    """How a grade follows from what it is reached from, in one area."""

    area: str
    grade: str
    own: float | None
    """The mean of the area's own latest ratios; None where it has none …"""
    years: tuple[int, ...]
    """… and the years they are of."""
    pupils: float
    """How many they rest on: the mean of what the grade was reached from."""
    above: float | None
    """The ratio of the area around it, on which a small one leans."""
    mean: float | None
    """What is carried on: both, weighed by ``pupils`` and the card's number."""
    lowest: float | None = None
    highest: float | None = None
    """Of all usable years."""


class Ratios(Record, dict=True):
    """All ratios of a past, and how each past year deviated from them."""

    known: Known
    rules: Rules
    _memory: dict[tuple[str, str], Ratio] = field(default_factory=dict[tuple[str, str], Ratio])
    _observed: dict[tuple[str, str], Mapping[int, float]] = field(
        default_factory=dict[tuple[str, str], Mapping[int, float]]
    )

    @cached_property
    def usable(self) -> list[int]:
        """The years whose ratios can be taken: neither end is marked, oldest first."""
        odd, years = self.known.past.odd, self._years
        return [year for year in years if year not in odd and year - 1 not in odd][
            -self.rules.years :
        ]

    @cached_property
    def _years(self) -> list[int]:
        pupils = self.known.past.pupils.values()
        every = {year for grades in pupils for by in grades.values() for year in by}
        # A first year has nothing before it; births may reach back, but then grades do not.
        return sorted(every)[1:]

    def ratio(self, area: str, step: Climb) -> Ratio:
        """Give the ratio of a step into an area's grade from what lies in the area itself."""
        if (area, step.grade) not in self._memory:
            self._memory[area, step.grade] = self._ratio(area, step)
        return self._memory[area, step.grade]

    def _ratio(self, area: str, step: Climb) -> Ratio:
        by_year = self.observed(area, step)
        latest = [year for year in self.usable if year in by_year][-self.rules.window :]
        around = self.known.by_code[area].within
        above = self.ratio(around, step).mean if around else None
        own = _mean([by_year[year] for year in latest])
        pupils = _mean([self._base(area, step, year) or 0.0 for year in latest]) or 0.0
        return Ratio(
            area=area,
            grade=step.grade,
            own=own,
            years=tuple(latest),
            pupils=pupils,
            above=above,
            mean=self._leaning(own, above, pupils),
            lowest=min(by_year.values(), default=None),
            highest=max(by_year.values(), default=None),
        )

    def _leaning(self, own: float | None, above: float | None, pupils: float) -> float | None:
        """Weigh a place's own ratio with that above it: the smaller it is, the more it leans."""
        if own is None or above is None:
            return above if own is None else own
        whole = pupils + self.rules.shrink
        return (pupils * own + self.rules.shrink * above) / whole if whole else above

    def observed(self, area: str, step: Climb) -> Mapping[int, float]:
        """Give a step's ratios by usable year, over all that is reached from within an area."""
        key = (area, step.grade)
        if key not in self._observed:
            self._observed[key] = self._looked_at(area, step)
        return self._observed[key]

    def _looked_at(self, area: str, step: Climb) -> Mapping[int, float]:
        found: dict[int, float] = {}
        inner = self.known.by_code[area]
        alone = self.known.within[area] == [inner]
        for year in self.usable:
            if alone and not self.known.settled(inner, step, year):
                continue
            base, came = self._base(area, step, year), self._came(area, step, year)
            if base and came is not None:
                found[year] = came / base
        return found

    def _sources(self, area: str, step: Climb) -> list[str]:
        """Give the sources within an area; an area that is one itself is all of them."""
        return self._inside.get((area, step.grade), [])

    @cached_property
    def _inside(self) -> dict[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for source, grade in self.known.groups:
            for area in self.known.upward(source):
                found[area, grade].append(source)
        return {
            (area, grade): [area] if area in sources else sources
            for (area, grade), sources in found.items()
        }

    def _base(self, area: str, step: Climb, year: int) -> float | None:
        """Give what a grade was reached from within an area; None where a part is not known."""
        total, some = 0.0, False
        for source in self._sources(area, step):
            base = self.known.base(source, step, year)
            if base is not None:
                total, some = total + base, True
            elif not step.after or _silent(self.known.sums[source, step.after], year - 1):
                return None
        return total if some else None

    def _came(self, area: str, step: Climb, year: int) -> int | None:
        """Give who came into a grade from within an area; None where one of them is silent."""
        key = (area, step.grade, year)
        if key not in self._arrived:
            self._arrived[key] = self._counted(area, step, year)
        return self._arrived[key]

    @cached_property
    def _arrived(self) -> dict[tuple[str, str, int], int | None]:
        return {}

    def _counted(self, area: str, step: Climb, year: int) -> int | None:
        total, some = 0, False
        for source in self._sources(area, step):
            for leaf in self.known.groups[source, step.grade]:
                by = self.known.sums[leaf.code, step.grade]
                if year in by:
                    total, some = total + by[year], True
                elif _silent(by, year):
                    return None
        return total if some else None

    def share(self, leaf: Area, step: Climb, year: int) -> float | None:
        """Give which part of its source's entrants a leaf had in a year."""
        came = self._came(self.known.source(leaf, step), step, year)
        mine = self.known.sums[leaf.code, step.grade].get(year)
        if came is None or (mine is None and year > self.known.last):
            return None
        return (mine or 0) / came if came else None

    def shares(self, source: str, step: Climb) -> dict[str, float]:
        """Give the parts of a source's entrants by leaf, of those that still have pupils there.

        The parts add up to 1: what went to a school that has closed goes to the others.
        """
        leaves = self.known.groups[source, step.grade]
        if len(leaves) == 1:
            return {leaves[0].code: 1.0}
        last = self.known.last
        there = [one for one in leaves if last in self.known.sums[one.code, step.grade]]
        found: dict[str, float] = {}
        for leaf in there:
            own = self.known.sums[leaf.code, step.grade]
            years = [year for year in self.usable if year in own][-self.rules.window :]
            parts = [self.share(leaf, step, year) for year in years]
            found[leaf.code] = _mean([one for one in parts if one is not None]) or 0.0
        whole = sum(found.values())
        return {code: part / whole for code, part in found.items()} if whole else found

    def deviations(self, leaf: Area, step: Climb) -> list[float]:
        """Give how each usable year deviated from their mean, as factors around 1.

        A year of which a place knows nothing deviates as the area around it did.
        """
        source = self.known.source(leaf, step)
        own = self._own(leaf, step, source)
        chain = [_around_one(own)]
        chain += [_around_one(self.observed(one, step)) for one in self.known.upward(source)]
        return [next((one[year] for one in chain if year in one), 1.0) for year in self.usable]

    def _own(self, leaf: Area, step: Climb, source: str) -> Mapping[int, float]:
        by = self.known.sums[leaf.code, step.grade]
        years = [one for one in self.usable if one in by and self.known.settled(leaf, step, one)]
        if source != leaf.code:
            # A part of what several places share is another part since one of them began or ended.
            since = max(self.known.stirred.get((leaf.within, step.grade), ()), default=0)
            years = [one for one in years if one > since]
            if len(years) < self.rules.least:
                return {}
        bases = {year: self._base(source, step, year) for year in years}
        return {year: by[year] / base for year, base in bases.items() if base}


def _silent(by: By, year: int) -> bool:
    """Whether a place that was there says nothing of a year."""
    return bool(by) and min(by) <= year <= max(by) and year not in by


def _around_one(by_year: Mapping[int, float]) -> dict[int, float]:
    mean = _mean(list(by_year.values()))
    if not mean:
        return {}
    # The spread of a few years about their own mean is too small by this much.
    many = len(by_year)
    wider = (many / (many - 1)) ** 0.5 if many > 1 else 1.0
    return {year: max(0.0, 1 + (one / mean - 1) * wider) for year, one in by_year.items()}


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
