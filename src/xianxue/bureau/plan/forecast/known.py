"""The past, asked: pupils of an area, and what a grade was reached from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from xianxue.bureau.plan.forecast.shape import Area, By, Climb, Past
from xianxue.bureau.values.record import Record, replace

_NOBODY: By = {}


class Known(Record, dict=True):
    """What is known up to a year, of areas that lie within each other."""

    areas: tuple[Area, ...]
    steps: tuple[Climb, ...]
    past: Past

    @cached_property
    def by_code(self) -> dict[str, Area]:
        """Areas by code."""
        return {one.code: one for one in self.areas}

    @cached_property
    def leaves(self) -> list[Area]:
        """The areas that have pupils of their own."""
        around = {one.within for one in self.areas}
        return [one for one in self.areas if one.code not in around]

    @cached_property
    def within(self) -> dict[str, list[Area]]:
        """Area to those with pupils of their own that lie in it; each lies in itself."""
        found: dict[str, list[Area]] = defaultdict(list)
        for leaf in self.leaves:
            for code in self.upward(leaf.code):
                found[code].append(leaf)
        return found

    def upward(self, code: str) -> list[str]:
        """Give an area and those around it, the smallest first."""
        if code not in self._upward:
            self._upward[code] = self._around(code)
        return self._upward[code]

    @cached_property
    def _upward(self) -> dict[str, list[str]]:
        return {}

    def _around(self, code: str) -> list[str]:
        found = [code]
        while (above := self.by_code[found[-1]].within) and above not in found:
            found.append(above)
        return found

    @cached_property
    def sums(self) -> dict[tuple[str, str], By]:
        """Area and grade to pupils by year.

        A place that is not there yet, or no longer, has no pupils; one that is silent in between
        makes the sum of its area unknown.
        """
        grades = [one.grade for one in self.steps]
        return {
            (code, grade): _added([self._own(leaf.code, grade) for leaf in leaves])
            for code, leaves in self.within.items()
            for grade in grades
        }

    @cached_property
    def stirred(self) -> dict[tuple[str, str], set[int]]:
        """Area and grade to the years in which a place in it began, or ceased, to have pupils.

        Then pupils went from one place to another: what each alone says of the year is no ratio,
        while their area's is.
        """
        found: dict[tuple[str, str], set[int]] = defaultdict(set)
        first = min(
            (year for grades in self.past.pupils.values() for by in grades.values() for year in by),
            default=0,
        )
        for leaf in self.leaves:
            for step in self.steps:
                by = self._own(leaf.code, step.grade)
                ends = {min(by), max(by) + 1} - {first, self.last + 1} if by else set[int]()
                found[leaf.within, step.grade] |= ends
        return found

    def settled(self, leaf: Area, step: Climb, year: int) -> bool:
        """Whether nobody in its area began or ended, in the grade or in the one before."""
        stirred = self.stirred
        before = year - 1 in stirred.get((leaf.within, step.after), ())
        return not before and year not in stirred.get((leaf.within, step.grade), ())

    def _own(self, code: str, grade: str) -> By:
        return self.past.pupils.get(code, {}).get(grade, _NOBODY)

    @cached_property
    def born(self) -> dict[str, By]:
        """Area to births by year: its own list, else the sum of the areas in it."""
        return {one.code: self._born(one.code) for one in self.areas}

    def _born(self, code: str) -> By:
        own = self.past.births.get(code)
        if own:
            return own
        inner = [one.code for one in self.areas if one.within == code]
        lists = [self._born(one) for one in inner]
        lists = [one for one in lists if one]
        years = set(lists[0]).intersection(*lists[1:]) if lists else set[int]()
        return {year: sum(one[year] for one in lists) for year in sorted(years)}

    def source(self, leaf: Area, step: Climb) -> str:
        """Give the area a leaf's pupils of a grade come from."""
        return leaf.sources.get(step.grade, leaf.code) if step.enters else leaf.code

    @cached_property
    def groups(self) -> dict[tuple[str, str], list[Area]]:
        """Source and grade to the leaves that have their pupils from there."""
        found: dict[tuple[str, str], list[Area]] = defaultdict(list)
        for step in self.steps:
            for leaf in self.leaves:
                found[self.source(leaf, step), step.grade].append(leaf)
        return found

    def base(self, source: str, step: Climb, year: int) -> float | None:
        """Give how many a grade of a year is reached from; None where that is not known."""
        if step.after:
            return self.sums[source, step.after].get(year - 1)
        return mixed(self.born.get(source, _NOBODY), step, year)

    def total(self, code: str, stage: str) -> By:
        """Give an area's pupils of a stage by year, where all its grades are known."""
        grades = [self.sums[code, one.grade] for one in self.steps if one.stage == stage]
        years = set(grades[0]).intersection(*grades[1:]) if grades else set[int]()
        return {year: sum(one[year] for one in grades) for year in sorted(years)}

    @cached_property
    def last(self) -> int:
        """The latest year with pupils; nothing known is a ``ValueError``."""
        return max(
            year for grades in self.past.pupils.values() for by in grades.values() for year in by
        )

    def until(self, year: int) -> Known:
        """Give what was known in a year: nothing later, no births of a later year."""
        births = {code: _until(by, year) for code, by in self.past.births.items()}
        pupils = {
            code: {grade: _until(by, year) for grade, by in grades.items()}
            for code, grades in self.past.pupils.items()
        }
        return Known(self.areas, self.steps, replace(self.past, births=births, pupils=pupils))


def folded(past: Past, into: Mapping[str, str]) -> Past:
    """Count a merged school's earlier pupils under the one that goes on.

    Otherwise the year of the merger would look like growth that comes again.

    >>> past = Past(births={}, pupils={"甲": {"G1": {2023: 5}}, "乙": {"G1": {2023: 7, 2024: 12}}})
    >>> dict(folded(past, {"甲": "乙"}).pupils)
    {'乙': {'G1': {2023: 12, 2024: 12}}}
    """
    pupils: dict[str, dict[str, dict[int, int]]] = {}
    for place, grades in past.pupils.items():
        own = pupils.setdefault(into.get(place, place), {})
        for grade, by in grades.items():
            sums = own.setdefault(grade, {})
            for year, many in by.items():
                sums[year] = sums.get(year, 0) + many
    return replace(past, pupils=pupils)


def mixed(births: By, step: Climb, year: int) -> float | None:
    """Give the children of entry age: parts of calendar years of births.

    With four months of the seventh year back and eight of the sixth:

    >>> from fractions import Fraction
    >>> births = ((7, Fraction(4, 12)), (6, Fraction(8, 12)))
    >>> step = Climb(grade="G1", stage="primary", births=births)
    >>> mixed({2016: 1200, 2017: 900}, step, 2023)
    1000.0
    >>> mixed({2016: 1200}, step, 2023) is None
    True
    """
    if any(year - back not in births for back, _ in step.births):
        return None
    return float(sum(part * births[year - back] for back, part in step.births))


def _until(by: By, year: int) -> By:
    return {each: many for each, many in by.items() if each <= year}


def _added(lists: Sequence[Mapping[int, int]]) -> By:
    """Add up lists by year; outside of a list's own years there was nobody."""
    there = [one for one in lists if one]
    if not there:
        return {}
    found: dict[int, int] = {}
    for year in range(min(map(min, there)), max(map(max, there)) + 1):
        open_then = [one for one in there if min(one) <= year <= max(one)]
        if open_then and all(year in one for one in open_then):
            found[year] = sum(one[year] for one in open_then)
    return found
