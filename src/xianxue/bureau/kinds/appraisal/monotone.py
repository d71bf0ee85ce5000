"""Whether more of the good can ever give fewer points: proved from the card alone.

An item's points are a function of what its source gave. Where that function never falls (or, for
what should be little, never rises), raising one item never lowers the total: a branch adds, a
re-normalised one multiplies by a number above 0, a bound keeps the order. What cannot be proved
is said, not hoped.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from xianxue.bureau.kinds.appraisal.curve import Curve
from xianxue.bureau.kinds.appraisal.rubric import Rubric
from xianxue.bureau.kinds.appraisal.source_of_points import PointSource
from xianxue.bureau.kinds.appraisal.tree import leaves_of
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say

Way = Literal["rises", "falls", "level", "unproved"]
"""How points go as the number goes up."""


class Proved(Record, kw_only=True):
    """What was proved of a rubric."""

    ways: dict[str, Way]
    """Of each leaf."""
    against: tuple[tuple[str, Sentence], ...]
    """Leaves for which nothing could be proved, and why."""

    @property
    def holds(self) -> bool:
        """Whether raising one item never lowers the total."""
        return not self.against


def proved(rubric: Rubric) -> Proved:
    """Prove a rubric monotone, leaf by leaf, or say which leaves are not."""
    ways: dict[str, Way] = {}
    against: list[tuple[str, Sentence]] = []
    for node in leaves_of(rubric):
        gives = node.item.gives
        way: Way = way_of(gives) if gives is not None else "level"
        ways[node.item.item] = way
        if way == "unproved":
            against.append((node.item.item, _why(gives)))
    return Proved(ways=ways, against=tuple(against))


def way_of(gives: PointSource) -> Way:
    """Say how a leaf's points go with what its source gave."""
    if gives.kind == "marks":
        # The spread of a panel moves with each of its marks, and all others' marks with it.
        if gives.panel.standardise:
            return "unproved"
        return "falls" if gives.gives == "rank" else "rises"
    if gives.curve is not None:
        return way_of_curve(gives.curve)
    if gives.kind == "count":
        each = gives.each or 0
        return "rises" if each > 0 else "falls" if each < 0 else "level"
    return "rises"


def way_of_curve(curve: Curve) -> Way:
    """Say how a curve goes, from its steps and points.

    >>> from xianxue.bureau.kinds.appraisal.curve import CurvePoint
    >>> from decimal import Decimal
    >>> zero, one = Decimal(0), Decimal(1)
    >>> up = [CurvePoint(at=zero, points=zero), CurvePoint(at=one, points=one)]
    >>> way_of_curve(Curve(curve="line", line=up))
    'rises'
    """
    match curve.curve:
        case "steps":
            lower = {"at_least", "more_than"}
            rising = all(name in lower for step in curve.steps for name in step.bounds)
            points = [Fraction(step.points) for step in curve.steps]
            # Steps with lower bounds stand from the highest number down.
            return _way(points[::-1] if rising else points)
        case "line":
            return _way(_heights(curve))
        case "mean":
            # Its own number moves the mean, by less than itself: it still rises, or still falls.
            return _signed(curve, positive=(curve.each or curve.percent or 0) >= 0)
        case "target" | "best":
            return _signed(curve, positive=True)
        case "rank":
            return _signed(curve, positive=(curve.each or curve.percent or 0) >= 0)


def _heights(curve: Curve) -> list[Fraction]:
    points = [Fraction(one.points) for one in curve.line]
    below = [] if curve.below is None else [Fraction(curve.below)]
    above = [] if curve.above is None else [Fraction(curve.above)]
    return below + points + above


def _signed(curve: Curve, *, positive: bool) -> Way:
    return "rises" if positive == (curve.better == "higher") else "falls"


def _way(points: Sequence[Fraction]) -> Way:
    steps = [b - a for a, b in pairwise(points)]
    if all(step == 0 for step in steps):
        return "level"
    if all(step >= 0 for step in steps):
        return "rises"
    return "falls" if all(step <= 0 for step in steps) else "unproved"


def _why(gives: PointSource | None) -> Sentence:
    if gives is not None and gives.kind == "marks":
        return say("各组评分换算以后，一个评委多给分，别人的换算分也会动")
    return say("曲线有升有降")
