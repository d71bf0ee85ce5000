"""What a sample says of all: shares weighted by school, and between which bounds they lie.

Shares are exact; only a bound is rounded, when it is shown. Whether a line lies within the bounds
is decided without rounding.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from xianxue.bureau.ballots.sampling import Z
from xianxue.bureau.values.exact import Root
from xianxue.bureau.values.record import Record


class Stratum(Record):
    """One school or group: how many there are, how many answered, how many of them so."""

    population: int
    answered: int
    so: int


class Estimate(Record, kw_only=True):
    """A share of all, as a sample tells it."""

    share: Fraction
    error: Root | None
    """The standard error; None where a stratum with one answer tells nothing of its spread."""
    margin: Root | None
    """Half of the interval's width."""
    answered: int
    silent: int
    """Strata that nobody answered for: they are not in the share."""

    def reaches(self, line: Fraction) -> bool | None:
        """Whether a line is surely reached: None where it lies within the bounds, or nobody knows.

        >>> four = [(1200, 137, 110), (850, 97, 83), (430, 49, 45), (90, 10, 10), (30, 10, 9)]
        >>> stratified([Stratum(*one) for one in four]).reaches(Fraction(85, 100)) is None
        True
        """
        if self.margin is None:
            return None
        apart = self.share - line
        # The margin is within the distance exactly where its square is.
        if self.margin.square <= apart**2:
            return apart >= 0
        return None


def stratified(strata: Iterable[Stratum], confidence: int = 95) -> Estimate:
    """Weigh shares by what the strata hold; ValueError where nobody answered at all.

    The variance is that of sampling without replacement in each stratum:
    ``Σ Wₕ² (1−fₕ) pₕ(1−pₕ) ÷ (nₕ−1)``.
    """
    every = list(strata)
    known = [one for one in every if one.answered]
    whole = sum(one.population for one in known)
    if not whole:
        message = "nobody answered"
        raise ValueError(message)
    share, variance, told = Fraction(0), Fraction(0), True
    for one in known:
        weight, own = Fraction(one.population, whole), Fraction(one.so, one.answered)
        share += weight * own
        left = 1 - Fraction(min(one.answered, one.population), one.population)
        if one.answered > 1:
            variance += weight**2 * left * own * (1 - own) / (one.answered - 1)
        elif left:
            told = False
    return Estimate(
        share=share,
        error=Root(variance) if told else None,
        margin=Root(variance * Z[confidence] ** 2) if told else None,
        answered=sum(one.answered for one in known),
        silent=len(every) - len(known),
    )


def stratified_mean(
    strata: Iterable[tuple[int, Sequence[int]]],
    points: Sequence[Fraction],
    confidence: int = 95,
) -> Estimate:
    """Weigh the means of points (满意度) by what the strata hold, as ``stratified`` does shares.

    A stratum is how many there are, and how many said each level; ``points`` are the levels'.
    ``share`` of what is given is the mean. The variance is ``Σ Wₕ² (1−fₕ) sₕ² ÷ nₕ``.

    >>> of_two = [(100, (10, 0)), (300, (5, 5))]
    >>> stratified_mean(of_two, (Fraction(100), Fraction(60))).share
    Fraction(85, 1)
    """
    every = [(population, tuple(said)) for population, said in strata]
    known = [(population, said) for population, said in every if sum(said)]
    whole = sum(population for population, _ in known)
    if not whole:
        message = "nobody answered"
        raise ValueError(message)
    mean, variance, told = Fraction(0), Fraction(0), True
    for population, said in known:
        many, weight = sum(said), Fraction(population, whole)
        worth = sum((p * n for p, n in zip(points, said, strict=True)), Fraction(0))
        squares = sum((p * p * n for p, n in zip(points, said, strict=True)), Fraction(0))
        mean += weight * worth / many
        left = 1 - Fraction(min(many, population), population)
        if many > 1:
            variance += weight**2 * left * (squares - worth**2 / many) / (many - 1) / many
        elif left:
            told = False
    return Estimate(
        share=mean,
        error=Root(variance) if told else None,
        margin=Root(variance * Z[confidence] ** 2) if told else None,
        answered=sum(sum(said) for _, said in known),
        silent=len(every) - len(known),
    )


class Bounds(Record):
    """A score interval: ``middle ∓ √half``."""

    middle: Fraction
    half: Root


def score_bounds(so: int, answered: int, confidence: int = 95) -> Bounds:
    """Give the score interval (Wilson) of a share of few; ValueError of nobody.

    >>> found = score_bounds(9, 10)
    >>> (found.half.square * 10**8).__floor__() > 0
    True
    """
    if answered < 1 or not 0 <= so <= answered:
        message = f"no share of {so} among {answered}"
        raise ValueError(message)
    z2, share = Z[confidence] ** 2, Fraction(so, answered)
    wide = 1 + z2 / answered
    middle = (share + z2 / (2 * answered)) / wide
    square = (share * (1 - share) / answered + z2 / (4 * answered**2)) * z2 / wide**2
    return Bounds(middle, Root(square))


def favourable(answers: Sequence[int], best: int, unable: int = 0) -> Fraction | None:
    """Give the share of the best levels (满意率) among those who judged; None where nobody did.

    ``answers`` are counts from the best level to the worst, the last ``unable`` of which are those
    who could not say (不了解): they are in neither part.

    >>> favourable([120, 200, 60, 15, 5], 2)
    Fraction(4, 5)
    """
    judged = answers[: len(answers) - unable] if unable else answers
    whole = sum(judged)
    return Fraction(sum(judged[:best]), whole) if whole else None


def index(answers: Sequence[int], points: Sequence[Fraction]) -> Fraction | None:
    """Give the mean of the levels' points (满意度); None where nobody answered.

    >>> index([120, 200, 60, 15, 5], [Fraction(one) for one in (100, 80, 60, 40, 20)])
    Fraction(323, 4)
    """
    whole = sum(answers)
    if not whole:
        return None
    worth = sum((many * each for many, each in zip(answers, points, strict=True)), Fraction(0))
    return worth / whole


class Changed(Record):
    """What a share has become since last time."""

    change: Fraction
    margin: Root | None
    """Half of the interval's width; None where one of both samples tells nothing of its spread."""

    @property
    def sure(self) -> bool | None:
        """Whether it is more than chance; None where nobody knows."""
        return None if self.margin is None else self.change**2 > self.margin.square


def compared(now: Estimate, then: Estimate) -> Changed:
    """Compare with last time: two samples that were drawn by themselves, whose variances add up.

    >>> now, then = (stratified([Stratum(1000, 100, so)]) for so in (88, 80))
    >>> compared(now, then).change, compared(now, then).sure
    (Fraction(2, 25), False)
    """
    margin = None
    if now.margin is not None and then.margin is not None:
        margin = Root(now.margin.square + then.margin.square)
    return Changed(now.share - then.share, margin)


def apart(one: Bounds, other: Bounds) -> bool:
    """Whether one interval lies wholly above another, exactly.

    ``m₁ − √h₁ > m₂ + √h₂`` holds where ``d = m₁ − m₂`` is positive and ``d² > (√h₁ + √h₂)²``.
    """
    distance = one.middle - other.middle
    left = distance**2 - one.half.square - other.half.square
    return distance > 0 and left > 0 and left**2 > 4 * one.half.square * other.half.square


def surely_first(counts: Mapping[str, tuple[int, int]]) -> str | None:
    """Name whose share is surely above all others; None where two cannot be told apart.

    ``counts`` are how many said so, and of how many. Two are told apart where their score intervals
    do not meet: the same people may have judged both, so that less is not enough.

    >>> surely_first({"甲": (95, 100), "乙": (75, 100)})
    '甲'
    >>> surely_first({"甲": (95, 100), "乙": (90, 100)}) is None
    True
    """
    order = sorted(counts, key=lambda name: Fraction(*counts[name]), reverse=True)
    if len(order) < 2:  # noqa: PLR2004 - of one there is no first
        return None
    first = score_bounds(*counts[order[0]])
    others = (score_bounds(*counts[name]) for name in order[1:])
    return order[0] if all(apart(first, one) for one in others) else None
