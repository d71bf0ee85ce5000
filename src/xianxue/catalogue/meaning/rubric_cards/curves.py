"""Curves: no gap, no overlap, no jump and no fall that is not meant, and full points to be had."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Final

from xianxue.bureau.kinds.appraisal.curve import Curve, CurveKind, CurveStep
from xianxue.bureau.kinds.appraisal.monotone import way_of_curve
from xianxue.bureau.kinds.card import DatedValue
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.rubric_cards.words import CURVE, shown
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import listed

_LOWER: Final = ("at_least", "more_than")
_UPPER: Final = ("at_most", "less_than")
_OWN_KEYS: Final[dict[CurveKind, tuple[str, ...]]] = {
    "steps": ("steps",),
    "line": ("line", "below", "above"),
    "target": ("better", "target", "out_of", "least"),
    "best": ("better", "least", "among"),
    "rank": ("better", "least", "among", "each", "percent", "ties"),
    "mean": ("better", "least", "among", "each", "percent", "base"),
}
_EVERY: Final = ("curve", "falls", "note")
_TWO: Final = 2


def check_curve(at: Spot, curve: Curve, full: Fraction) -> None:
    """Check a curve for an item of so many full points."""
    if not _keys(at, curve):
        return
    match curve.curve:
        case "steps":
            good = _steps(at.at("steps"), curve.steps)
        case "line":
            good = _line(at.at("line"), curve)
        case "target":
            good = _target(at, curve)
        case "best":
            good = True
        case "rank" | "mean":
            good = _places(at, curve)
    if good:
        _heights(at, curve, full)
        if way_of_curve(curve) == "unproved" and not curve.falls:
            saw = say("分数随着数值有升有降")
            do = say("写错了请改；确实这样规定的，写 falls: true")
            at.complain(CURVE, saw, say("越好分越高（或越低分越高）"), do)


def _keys(at: Spot, curve: Curve) -> bool:
    empty = Curve(curve=curve.curve)
    wrong = [
        name
        for name in Curve.__struct_fields__
        if name not in (*_EVERY, *_OWN_KEYS[curve.curve])
        and getattr(curve, name) != getattr(empty, name)
    ]
    if wrong:
        saw = say("{curve} 曲线用不到 {keys}", curve=curve.curve, keys=listed(wrong))
        required = say("只写 {keys}", keys=listed(_OWN_KEYS[curve.curve]))
        at.at(wrong[0]).complain(CURVE, saw, required)
    return not wrong


def _steps(at: Spot, steps: list[CurveStep]) -> bool:
    if not steps:
        at.complain(CURVE, say("一档也没有写"), say("从最好的一档写起，最后一档不写界限"))
        return False
    if steps[-1].bounds:
        saw = say("最后一档写了界限，界限以外没有分")
        at.at(len(steps) - 1).complain(CURVE, saw, say("最后一档不写界限，包住其余的数"))
        return False
    for index, step in enumerate(steps[:-1]):
        if len(step.bounds) != 1:
            _not_one_bound(at.at(index), step, steps[index - 1] if index else None)
            return False
    sides = {name in _LOWER for step in steps[:-1] for name in step.bounds}
    if len(sides) > 1:
        at.complain(CURVE, say("有的档写下限，有的档写上限"), say("各档都写下限，或者都写上限"))
        return False
    bounds = [next(iter(step.bounds.items())) for step in steps[:-1]]
    for index, (one, other) in enumerate(pairwise(bounds), start=1):
        if not _follows(one, other):
            saw = say("第 {n} 档用不上：前面的档先包住了它", n=index + 1)
            at.at(index).complain(CURVE, saw, say("下限从大到小写，上限从小到大写"))
            return False
    return True


def _follows(one: tuple[str, Decimal], other: tuple[str, Decimal]) -> bool:
    """Whether a step behind another one can ever be taken."""
    if one[1] == other[1]:
        # «more than 90» and then «90 and more» leaves exactly 90 for the second.
        return (one[0], other[0]) in {("more_than", "at_least"), ("less_than", "at_most")}
    return one[1] > other[1] if one[0] in _LOWER else one[1] < other[1]


def _not_one_bound(at: Spot, step: CurveStep, before: CurveStep | None) -> None:
    if not step.bounds:
        at.complain(CURVE, say("这一档没有写界限，后面的档用不上"), say("只有最后一档不写界限"))
        return
    upper = next((step.bounds[name] for name in _UPPER if name in step.bounds), None)
    above = before.bounds if before is not None else {}
    lower = next((above[name] for name in _LOWER if name in above), None)
    if upper is not None and lower is not None:
        gap_or_overlap(at, upper, lower)
        return
    at.complain(CURVE, say("这一档写了两个界限"), say("每档只写一个界限（下限），两档之间才没有缝"))


def gap_or_overlap(at: Spot, upper: Decimal, lower: Decimal) -> None:
    """Complain of an upper bound beside the next lower one: it leaves a gap, or it overlaps."""
    shown_ = {"upper": shown(upper), "lower": shown(lower)}
    saw = (
        say("这一档到 {upper} 为止，上一档从 {lower} 起，中间的数哪一档也不是", **shown_)
        if upper < lower
        else say("这一档到 {upper} 为止，上一档从 {lower} 起，{lower} 同时在两档里", **shown_)
    )
    do = say("删去上限，只写下限")
    at.complain(CURVE, saw, say("每档只写下限，从大到小"), do)


def _line(at: Spot, curve: Curve) -> bool:
    if len(curve.line) < _TWO:
        at.complain(CURVE, say("折线少于两个点"), say("至少两个点（at、points）"))
        return False
    for index, (one, other) in enumerate(pairwise(curve.line), start=1):
        if one.at == other.at:
            saw = say("数值 {at} 写了两个分数，分数在这里跳了一下", at=shown(one.at))
            do = say("两端的跳写成 below 或 above；中间要跳的，改用 steps")
            at.at(index).complain(CURVE, saw, say("折线每个数只有一个分数"), do)
            return False
        if one.at > other.at:
            at.at(index).complain(CURVE, say("折线的点没有按数值从小到大写"), say("at 从小到大"))
            return False
    return True


def _target(at: Spot, curve: Curve) -> bool:
    values: list[DatedValue] = curve.target
    if curve.out_of is not None and values:
        at.complain(CURVE, say("写了 out_of，又写了 target"), say("两样只写一样"))
        return False
    if curve.out_of is not None and curve.out_of <= 0:
        at.at("out_of").complain(CURVE, say("满分不大于 0"), say("大于 0 的数"))
        return False
    return True


def _places(at: Spot, curve: Curve) -> bool:
    if (curve.each is None) == (curve.percent is None):
        saw = say("每名（每单位）几分没有写，或者写了两次")
        at.complain(CURVE, saw, say("each（几分）和 percent（满分的百分之几）写一样"))
        return False
    if curve.curve == "rank" and curve.ties is None:
        saw = say("没有写并列名次怎样算")
        at.complain(CURVE, saw, say("ties: standard（1、2、2、4）或 mean（1、2.5、2.5、4）"))
        return False
    if curve.curve == "mean" and curve.base is None:
        at.complain(CURVE, say("没有写正好等于均值得几分"), say("写 base"))
        return False
    return True


def _heights(at: Spot, curve: Curve, full: Fraction) -> None:
    """Whether all points lie between 0 and the full points, and these can be had."""
    heights = [Fraction(step.points) for step in curve.steps]
    heights += [Fraction(point.points) for point in curve.line]
    heights += [Fraction(end) for end in (curve.below, curve.above) if end is not None]
    if not heights:
        return
    if min(heights) < 0 or max(heights) > full:
        wrong = min(heights) if min(heights) < 0 else max(heights)
        saw = say("有一档是 {points} 分，这一项满分 {full}", points=shown(wrong), full=shown(full))
        at.complain(CURVE, saw, say("0 到满分之间"))
    elif max(heights) < full:
        saw = say(
            "最多只能得 {points} 分，这一项满分 {full}",
            points=shown(max(heights)),
            full=shown(full),
        )
        at.complain(CURVE, saw, say("最好的一档得满分"))
