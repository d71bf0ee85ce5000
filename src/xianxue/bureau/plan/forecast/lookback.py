"""The look back: what the method would have said, beside «unchanged» and a straight line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property

from xianxue.bureau.plan.forecast.known import Known
from xianxue.bureau.plan.forecast.projecting import Projecting
from xianxue.bureau.plan.forecast.ratios import Ratios
from xianxue.bureau.plan.forecast.shape import By, Error, Foreseen, Lookback, Miss, Rules
from xianxue.bureau.values.record import Record

_HUNDRED = 100
Key = tuple[str, str]
"""Area and stage."""


class Looking(Record, dict=True):
    """Looks back over a past: forecasts from every year that has enough before it."""

    known: Known
    rules: Rules
    ahead: int
    starts: tuple[int, ...] = ()
    """From which years; none named are all that have a full window of ratios before them."""
    simulations: int = 0
    """For the share of cases within the band; 0 leaves it out, it takes most of the time."""

    @cached_property
    def lookbacks(self) -> dict[Key, Lookback]:
        """By area and stage; those without a single comparison are not there."""
        cases: dict[Key, list[_Case]] = defaultdict(list)
        for start in self.starts or self._starts():
            self._look(start, cases)
        odd = tuple(sorted(self.known.past.odd))
        return {
            (area, stage): Lookback(
                area=area,
                stage=stage,
                errors=tuple(_errors(found, self.ahead)),
                misses=tuple(one.miss for one in found),
                odd=odd,
            )
            for (area, stage), found in cases.items()
        }

    def _starts(self) -> Sequence[int]:
        usable = Ratios(self.known, self.rules).usable[self.rules.window - 1 :]
        odd = self.known.past.odd
        return [year for year in usable if year < self.known.last and year not in odd]

    def _look(self, start: int, cases: dict[Key, list[_Case]]) -> None:
        then = self.known.until(start)
        ahead = min(self.ahead, self.known.last - start)
        told = Projecting(then, self.rules).years(ahead, f"{start}", self.simulations)
        for one in told:
            key = (one.area, one.stage)
            case = _case(one, self._totals(key), start, self.rules.trend, self.known.past.odd)
            if case is not None:
                cases[key].append(case)

    def _totals(self, key: Key) -> By:
        if key not in self._kept:
            self._kept[key] = self.known.total(*key)
        return self._kept[key]

    @cached_property
    def _kept(self) -> dict[Key, By]:
        return {}


class _Case(Record, kw_only=True):
    miss: Miss
    unchanged: int
    trend: Fraction | None
    within: bool | None


def _case(one: Foreseen, totals: By, start: int, through: int, odd: frozenset[int]) -> _Case | None:
    came, unchanged = totals.get(one.year), totals.get(start)
    if one.middle is None or not came or unchanged is None:
        return None
    latest = {year: totals[year] for year in sorted(totals) if year <= start and year not in odd}
    within = None
    if one.low is not None and one.high is not None:
        within = one.low <= came <= one.high
    return _Case(
        miss=Miss(start=start, year=one.year, said=one.middle, came=came, odd=one.year in odd),
        unchanged=unchanged,
        trend=line_through(dict(list(latest.items())[-through:]), one.year),
        within=within,
    )


def line_through(by: Mapping[int, int], year: int) -> Fraction | None:
    """Give where the straight line of least squares through some years comes to, exactly.

    >>> line_through({2001: 10, 2002: 20, 2003: 30}, 2005)
    Fraction(50, 1)
    >>> line_through({2001: 10}, 2005) is None
    True
    """
    many = len(by)
    if many <= 1:
        return None
    centre, level = Fraction(sum(by), many), Fraction(sum(by.values()), many)
    across = sum(((one - centre) ** 2 for one in by), Fraction(0))
    along = sum(((one - centre) * (value - level) for one, value in by.items()), Fraction(0))
    return level + along / across * (year - centre)


def _errors(cases: Sequence[_Case], ahead: int) -> list[Error]:
    found: list[Error] = []
    for far in range(1, ahead + 1):
        some = [one for one in cases if one.miss.year - one.miss.start == far and not one.miss.odd]
        if some:
            found.append(_error(some, far))
    return found


def _error(cases: Sequence[_Case], ahead: int) -> Error:
    within = [one.within for one in cases if one.within is not None]
    return Error(
        ahead=ahead,
        cases=len(cases),
        method=_mean_off([(Fraction(one.miss.said), one.miss.came) for one in cases]),
        unchanged=_mean_off([(Fraction(one.unchanged), one.miss.came) for one in cases]),
        trend=_mean_off([(one.trend, one.miss.came) for one in cases if one.trend is not None]),
        within=Fraction(_HUNDRED * sum(within), len(within)) if within else None,
    )


def _mean_off(pairs: Sequence[tuple[Fraction, int]]) -> Fraction | None:
    """Give the mean absolute error in per cent of what came."""
    if not pairs:
        return None
    off = [abs(said - came) / came for said, came in pairs]
    return _HUNDRED * sum(off, Fraction(0)) / len(off)
