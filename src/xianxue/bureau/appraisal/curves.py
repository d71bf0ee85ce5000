"""What a number comes to in points, by the curve of a card, exactly and in words."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final

from xianxue.bureau.kinds.appraisal.curve import Curve, CurveStep
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, say

_HUNDRED: Final = 100


class OnCurve(Record):
    """What a curve gives."""

    points: Fraction | None
    """None where it cannot be said: no target, no best one."""
    because: Sentence


class Beside(Record, kw_only=True):
    """What a curve may have to know beside the number itself."""

    full: Fraction
    """The item's full points."""
    target: Fraction | None = None
    others: Sequence[Fraction] = ()
    """The numbers of all who are compared, its own among them."""


def number(value: Fraction) -> str:
    """Write a number as it is told to people: four decimals at the most.

    >>> number(Fraction(1, 3)), number(Fraction(90))
    ('0.3333', '90')
    """
    return plain(value, 4)


def points_on(curve: Curve, value: Fraction, beside: Beside) -> OnCurve:
    """Give the points of a number.

    >>> from decimal import Decimal
    >>> share = Curve(curve="best")
    >>> some = Beside(full=Fraction(600), others=[Fraction(915), Fraction(872)])
    >>> number(points_on(share, Fraction(872), some).points)
    '571.8033'
    """
    match curve.curve:
        case "steps":
            return _by_steps(curve.steps, value)
        case "line":
            return _on_line(curve, value)
        case "target":
            return _of_target(curve, value, beside)
        case "best":
            return _of_best(curve, value, beside)
        case "rank":
            place = rank_of(value, beside.others, curve)
            return points_of_rank(curve, place, beside.full)
        case "mean":
            return _from_mean(curve, value, beside)


def _by_steps(steps: Sequence[CurveStep], value: Fraction) -> OnCurve:
    for step in steps:
        if all(_holds(name, value, Fraction(bound)) for name, bound in step.bounds.items()):
            said = say(
                "{value}，{class_}，得 {points} 分",
                value=number(value),
                class_=_class(step),
                points=number(Fraction(step.points)),
            )
            return OnCurve(Fraction(step.points), said)
    # The door lets no curve in whose last step has a bound.
    return OnCurve(None, say("{value} 不在任何一档里", value=number(value)))


def _holds(name: str, value: Fraction, bound: Fraction) -> bool:
    return {
        "at_least": value >= bound,
        "more_than": value > bound,
        "at_most": value <= bound,
        "less_than": value < bound,
    }[name]


def _class(step: CurveStep) -> Sentence:
    for name, bound in step.bounds.items():
        shown = number(Fraction(bound))
        if name == "at_least":
            return say("达到 {bound}", bound=shown)
        if name == "more_than":
            return say("超过 {bound}", bound=shown)
        if name == "at_most":
            return say("不超过 {bound}", bound=shown)
        return say("低于 {bound}", bound=shown)
    return say("属其余一档")


def _on_line(curve: Curve, value: Fraction) -> OnCurve:
    points = [(Fraction(one.at), Fraction(one.points)) for one in curve.line]
    (first, low), (last, high) = points[0], points[-1]
    if value < first:
        got = low if curve.below is None else Fraction(curve.below)
        return OnCurve(got, _at_end(value, say("低于 {bound}", bound=number(first)), got))
    if value > last:
        got = high if curve.above is None else Fraction(curve.above)
        return OnCurve(got, _at_end(value, say("超过 {bound}", bound=number(last)), got))
    for (left, a), (right, b) in pairwise(points):
        if left <= value <= right:
            got = a + (b - a) * (value - left) / (right - left)
            said = say(
                "{value}，在 {left} 到 {right} 之间按比例，得 {points} 分",
                value=number(value),
                left=number(left),
                right=number(right),
                points=number(got),
            )
            return OnCurve(got, said)
    return OnCurve(low, _at_end(value, say("正好 {bound}", bound=number(first)), low))


def _at_end(value: Fraction, class_: Sentence, got: Fraction) -> Sentence:
    return say(
        "{value}，{class_}，得 {points} 分", value=number(value), class_=class_, points=number(got)
    )


def _between(curve: Curve, got: Fraction, full: Fraction) -> Fraction:
    return max(Fraction(curve.least), min(got, full))


def _of_target(curve: Curve, value: Fraction, beside: Beside) -> OnCurve:
    target = Fraction(curve.out_of) if curve.out_of is not None else beside.target
    if target is None:
        return OnCurve(None, say("没有目标值"))
    above, below = (value, target) if curve.better == "higher" else (target, value)
    if below <= 0:
        # Nothing was to be reached (or nothing is left of what should be little): all is reached.
        got = beside.full if curve.better == "lower" else None
        return OnCurve(got, say("目标值是 {target}", target=number(target)))
    got = _between(curve, above / below * beside.full, beside.full)
    said = say(
        "{above}÷{below}×{full}，得 {points} 分",
        above=number(above),
        below=number(below),
        full=number(beside.full),
        points=number(got),
    )
    return OnCurve(got, said)


def _of_best(curve: Curve, value: Fraction, beside: Beside) -> OnCurve:
    others = beside.others or (value,)
    best = max(others) if curve.better == "higher" else min(others)
    above, below = (value, best) if curve.better == "higher" else (best, value)
    if below <= 0:
        if value == best:
            return OnCurve(beside.full, say("与第一名相同，得 {full} 分", full=number(beside.full)))
        return OnCurve(None, say("第一名是 {best}，算不出占第一名的几成", best=number(best)))
    got = _between(curve, above / below * beside.full, beside.full)
    said = say(
        "第一名 {best}，{above}÷{below}×{full}，得 {points} 分",
        best=number(best),
        above=number(above),
        below=number(below),
        full=number(beside.full),
        points=number(got),
    )
    return OnCurve(got, said)


def rank_of(value: Fraction, others: Sequence[Fraction], curve: Curve) -> Fraction:
    """Give the place of a number among others; a shared one as the card has it.

    >>> two = [Fraction(n) for n in (9, 8, 8, 7)]
    >>> rank_of(Fraction(8), two, Curve(curve="rank", ties="standard"))
    Fraction(2, 1)
    >>> rank_of(Fraction(8), two, Curve(curve="rank", ties="mean"))
    Fraction(5, 2)
    """
    higher = curve.better == "higher"
    better = sum(1 for one in others if (one > value if higher else one < value))
    same = sum(1 for one in others if one == value)
    if curve.ties == "mean" and same:
        return better + Fraction(same + 1, 2)
    return Fraction(better + 1)


def points_of_rank(curve: Curve, place: Fraction, full: Fraction) -> OnCurve:
    """Give the points of a place: the first has all, each further one loses as much again.

    >>> from decimal import Decimal
    >>> two = Curve(curve="rank", ties="standard", percent=Decimal(2))
    >>> number(points_of_rank(two, Fraction(5), Fraction(200)).points)
    '184'
    """
    step = lost_each(curve, full)
    got = _between(curve, full - (place - 1) * step, full)
    said = say(
        "第 {place} 名，每降 1 名减 {step} 分，得 {points} 分",
        place=number(place),
        step=number(step),
        points=number(got),
    )
    return OnCurve(got, said)


def lost_each(curve: Curve, full: Fraction) -> Fraction:
    """Give the points for one place, or one unit: so many, or per cent of the full points."""
    if curve.percent is not None:
        return Fraction(curve.percent) * full / _HUNDRED
    return Fraction(curve.each or 0)


def _from_mean(curve: Curve, value: Fraction, beside: Beside) -> OnCurve:
    others = beside.others or (value,)
    mean = sum(others, Fraction(0)) / len(others)
    away = value - mean if curve.better == "higher" else mean - value
    step = lost_each(curve, beside.full)
    got = _between(curve, Fraction(curve.base or 0) + away * step, beside.full)
    said = say(
        "均值 {mean}，{base}＋{away}×{step}，得 {points} 分",
        mean=number(mean),
        base=number(Fraction(curve.base or 0)),
        away=number(away),
        step=number(step),
        points=number(got),
    )
    return OnCurve(got, said)
