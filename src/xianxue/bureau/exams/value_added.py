"""Value added: how schools did with the pupils they had, by a variance-components model.

``y = a + b·x + u + e`` with a school's effect ``u`` and a pupil's rest ``e``, fitted by maximum
likelihood. Given the ratio of both variances, all else follows from sums by school (n, Σx, Σy, Σx²,
Σxy, Σy²), so that one variable is left to be searched and any engine can bring the sums.

An effect is shrunken toward 0 by how little is known of a school, and told with its interval:
schools whose interval holds 0 cannot be told from the average. Source: facts on statistics,
relayed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import exp, log, sqrt
from typing import Final

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say

_NORMAL: Final = 1.959963984540054
"""Standard errors on either side of an interval that holds 95 of 100."""
_GOLDEN: Final = (sqrt(5) - 1) / 2
_CLOSE: Final = 1e-12
_MOST: Final = 1e4
"""The largest ratio of variances that is looked at: pupils of one school would be all alike."""
_FEWEST: Final = 2
"""Schools, and different intakes, without which nothing can be told apart."""


class Sums(Record):
    """What is known of one school: how many pupils, and sums over them."""

    school: str
    n: int
    x: float
    y: float
    xx: float
    xy: float
    yy: float


class Effect(Record, kw_only=True):
    """One school's value added, with the interval that holds it 95 times of 100."""

    school: str
    effect: float
    low: float
    high: float
    pupils: int

    @property
    def apart(self) -> bool:
        """Whether it can be told from the average."""
        return self.low > 0 or self.high < 0


class ValueAdded(Record, kw_only=True):
    """The model as fitted."""

    between: float
    """The variance between schools; 0 where the data do not tell schools apart."""
    within: float
    slope: float
    intercept: float
    schools: Sequence[Effect]


class TooLittleError(ValueError):
    """There is too little to fit a model; the message is Chinese and says what is missing."""


def sums_of(pupils: Iterable[tuple[str, float, float]]) -> list[Sums]:
    """Add up pupils given as school, intake and outcome; schools in the order of their names."""
    found: dict[str, list[float]] = {}
    for school, x, y in pupils:
        sums = found.setdefault(school, [0.0] * 6)
        for at, part in enumerate((1.0, x, y, x * x, x * y, y * y)):
            sums[at] += part
    return [Sums(school, int(sums[0]), *sums[1:]) for school, sums in sorted(found.items())]


def fit(schools: Sequence[Sums]) -> ValueAdded:
    """Fit the model; TooLittleError where there are too few schools, or one intake alone."""
    _enough(schools)
    best = _lowest(lambda ratio: _deviance(schools, ratio))
    intercept, slope, within = _given(schools, best)
    between = best * within
    effects = [_effect(one, intercept, slope, between, within) for one in schools]
    return ValueAdded(
        between=between, within=within, slope=slope, intercept=intercept, schools=effects
    )


def _enough(schools: Sequence[Sums]) -> None:
    if len(schools) < _FEWEST:
        raise TooLittleError(say("只有 {n} 所学校，分不出校间差别", n=len(schools)))
    n, x = sum(one.n for one in schools), sum(one.x for one in schools)
    xx = sum(one.xx for one in schools)
    if n * xx - x * x <= _CLOSE * n * max(xx, 1.0):
        raise TooLittleError(say("入口成绩全都一样，看不出它的影响"))
    if n <= len(schools):
        raise TooLittleError(say("每所学校只有一名学生，分不出校间和校内的差别"))


def _given(schools: Sequence[Sums], ratio: float) -> tuple[float, float, float]:
    """Give intercept, slope and the variance within schools, for a ratio between ÷ within."""
    a = b = c = d = e = f = 0.0
    for one in schools:
        shrunk = ratio / (1 + one.n * ratio)
        a += one.n - shrunk * one.n * one.n
        b += one.x - shrunk * one.n * one.x
        c += one.xx - shrunk * one.x * one.x
        d += one.y - shrunk * one.n * one.y
        e += one.xy - shrunk * one.x * one.y
        f += one.yy - shrunk * one.y * one.y
    whole = a * c - b * b
    intercept, slope = (c * d - b * e) / whole, (a * e - b * d) / whole
    pupils = sum(one.n for one in schools)
    rest = f - intercept * d - slope * e
    return intercept, slope, max(rest, 0.0) / pupils


def _deviance(schools: Sequence[Sums], ratio: float) -> float:
    """Give minus twice the logarithm of the likelihood, without what does not change."""
    _, _, within = _given(schools, ratio)
    pupils = sum(one.n for one in schools)
    spread = sum(log(1 + one.n * ratio) for one in schools)
    return pupils * log(max(within, 1e-300)) + spread


def _lowest(deviance: Callable[[float], float]) -> float:
    """Find the ratio at which a deviance is lowest, 0 included.

    Searched over the logarithm, for a ratio of a thousandth is as likely as one of ten; where 0
    itself is no worse, the data do not tell schools apart.
    """
    low, high = log(1e-8), log(_MOST)
    steps = [low + (high - low) * at / 60 for at in range(61)]
    best = min(steps, key=lambda at: deviance(exp(at)))
    width = (high - low) / 60
    left, right = best - width, best + width
    while right - left > _CLOSE:
        one, other = right - _GOLDEN * (right - left), left + _GOLDEN * (right - left)
        if deviance(exp(one)) <= deviance(exp(other)):
            right = other
        else:
            left = one
        if (left + right) / 2 in {left, right}:
            break
    found = exp((left + right) / 2)
    return 0.0 if deviance(0.0) <= deviance(found) else found


def _effect(one: Sums, intercept: float, slope: float, between: float, within: float) -> Effect:
    trust = one.n * between / (within + one.n * between) if between else 0.0
    rest = (one.y - slope * one.x) / one.n - intercept
    effect = trust * rest
    wide = _NORMAL * sqrt(between * (1 - trust))
    return Effect(
        school=one.school, effect=effect, low=effect - wide, high=effect + wide, pupils=one.n
    )
