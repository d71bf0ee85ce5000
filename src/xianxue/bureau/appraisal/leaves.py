"""The points of one leaf for one place, by the kind of its source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Final

from xianxue.bureau.appraisal.curves import Beside, number, points_on
from xianxue.bureau.appraisal.readings import (
    Number,
    fault,
    marks_together,
    one_number,
    points_of_level,
)
from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.appraisal.source_of_points import MarkLevel, PointKind, PointSource
from xianxue.bureau.records.appraised import Known, Reading
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say


class Leaf(Record, kw_only=True):
    """What one leaf comes to."""

    points: Fraction | None
    because: Sentence
    flags: tuple[Sentence, ...] = ()
    faults: tuple[Issue, ...] = ()


class Asked(Record, kw_only=True):
    """A leaf with what has to be known beside its readings."""

    gives: PointSource
    full: Fraction
    levels: Sequence[MarkLevel]
    """The card's, where the source has none of its own."""
    target: Fraction | None = None
    others: Sequence[Fraction] = ()
    """The numbers of all who are compared."""


def bounds_of(gives: PointSource, full: Fraction) -> tuple[Fraction, Fraction]:
    """Give what a leaf comes to at the least and at the most, whatever its source will say."""
    if gives.kind == "adjust":
        return Fraction(gives.floor or 0), Fraction(gives.cap or 0)
    return Fraction(0), full


def points_of(asked: Asked, known: Known) -> Leaf:
    """Give the points of a leaf of which something is known."""
    return _WAYS[asked.gives.kind](asked, known)


def compared(gives: PointSource, known: Known) -> Fraction | None:
    """Give the number by which a leaf is compared with others', before its curve."""
    if gives.kind == "count":
        return _counted(known)
    return one_number(gives, known).value


def _on_curve(asked: Asked, found: Number) -> Leaf:
    """Hand a number to the curve; without one it is points already."""
    if found.value is None:
        return Leaf(points=None, because=found.because, flags=found.flags, faults=found.faults)
    curve = asked.gives.curve
    if curve is None:
        return _within(asked, found)
    beside = Beside(full=asked.full, target=asked.target, others=asked.others)
    got = points_on(curve, found.value, beside)
    because = got.because
    # Where several came to one, that is told first.
    if found.because != number(found.value):
        because = say("{how}；{points}", how=found.because, points=because)
    return Leaf(points=got.points, because=because, flags=found.flags)


def _within(asked: Asked, found: Number) -> Leaf:
    value = found.value or Fraction(0)
    if not 0 <= value <= asked.full:
        saw = say("得分报了 {value}", value=number(value))
        required = say("0 到 {full} 分", full=number(asked.full))
        bad = fault("P-ABOVE", saw, required, say("请改正后重报"))
        return Leaf(points=None, because=saw, flags=found.flags, faults=(bad,))
    because = say("{how}，得 {points} 分", how=found.because, points=number(value))
    return Leaf(points=value, because=because, flags=found.flags)


def _number(asked: Asked, known: Known) -> Leaf:
    return _on_curve(asked, one_number(asked.gives, known))


def _rubric(asked: Asked, known: Known) -> Leaf:
    """Take another rubric's total, by its grade, a curve or its share of that one's full points."""
    counting = [one for one in known.readings if one.value is not None]
    if asked.gives.levels and counting:
        return _by_grade(asked, counting[-1])
    found = one_number(asked.gives, known)
    if asked.gives.curve is not None or found.value is None:
        return _on_curve(asked, found)
    if not asked.target:
        return Leaf(points=None, because=say("不知道对方满分是多少"))
    got = found.value / asked.target * asked.full
    because = say(
        "{total}÷{of}×{full}，得 {points} 分",
        total=number(found.value),
        of=number(asked.target),
        full=number(asked.full),
        points=number(got),
    )
    return Leaf(points=got, because=because, flags=found.flags)


def _by_grade(asked: Asked, one: Reading) -> Leaf:
    level = next((each for each in asked.gives.levels if each.level == one.level), None)
    if level is None:
        saw = say("等次是“{level}”", level=one.level)
        bad = fault("P-LEVEL", saw, say("卡片上写了得分的等次"), say("请核对等次，或改卡片"))
        return Leaf(points=None, because=saw, faults=(bad,))
    got = points_of_level(level, asked.full)
    return Leaf(
        points=got, because=say("{level}，得 {points} 分", level=level.term, points=number(got))
    )


def _counted(known: Known) -> Fraction | None:
    values = [one.value for one in known.readings if one.value is not None]
    return sum(values, Fraction(0)) if values else None


def _count(asked: Asked, known: Known) -> Leaf:
    many = _counted(known)
    if many is None:
        return Leaf(points=None, because=say("台账没有给出数"))
    gives = asked.gives
    if gives.curve is not None:
        return _on_curve(asked, Number(value=many, because=say("{value}", value=number(many))))
    each = Fraction(gives.each or 0)
    most = asked.full if gives.cap is None else Fraction(gives.cap)
    moved = min(abs(each) * many, most)
    got = max(asked.full - moved, Fraction(0)) if each < 0 else min(moved, asked.full)
    shown = {"many": number(many), "each": number(abs(each)), "points": number(got)}
    because = (
        say("计 {many}，每个扣 {each} 分，得 {points} 分", **shown)
        if each < 0
        else say("计 {many}，每个得 {each} 分，得 {points} 分", **shown)
    )
    if abs(each) * many > most:
        because = say("{because}（已到上限 {most} 分）", because=because, most=number(most))
    return Leaf(points=got, because=because)


def _marks(asked: Asked, known: Known) -> Leaf:
    levels = asked.gives.levels or asked.levels
    found = marks_together(asked.gives, known, levels, asked.full)
    if found.value is None:
        return Leaf(points=None, because=found.because, flags=found.flags, faults=found.faults)
    because = say("{how}，得 {points} 分", how=found.because, points=number(found.value))
    return Leaf(points=found.value, because=because, flags=found.flags)


def _finding(asked: Asked, known: Known) -> Leaf:
    """All or nothing, or the share that is met; one that is open leaves it open."""
    met = sum(1 for one in known.readings if one.value)
    open_ = [one for one in known.readings if one.value is None]
    total = len(known.readings)
    failed = total - met - len(open_)
    if not total or (open_ and (asked.gives.proportion or not failed)):
        return Leaf(points=None, because=say("还有没有判定的项"))
    if asked.gives.proportion:
        return _part(asked, met, total)
    got = Fraction(0) if failed else asked.full
    shown = number(got)
    because = (
        say("{count} 项未达标，得 {points} 分", count=failed, points=shown)
        if failed
        else say("达标，得 {points} 分", points=shown)
    )
    return Leaf(points=got, because=because)


def _part(asked: Asked, met: int, total: int) -> Leaf:
    got = asked.full * met / total
    because = say(
        "{total} 项中有 {met} 项，得 {points} 分", total=total, met=met, points=number(got)
    )
    return Leaf(points=got, because=because)


def _document(asked: Asked, known: Known) -> Leaf:
    there = {one.about for one in known.readings if one.value}
    wanted = asked.gives.documents
    lost = [one.term for one in wanted if one.document not in there]
    if asked.gives.proportion:
        return _part(asked, len(wanted) - len(lost), len(wanted))
    if lost:
        return Leaf(points=Fraction(0), because=say("缺：{lost}", lost=joined("、", lost)))
    return Leaf(
        points=asked.full, because=say("佐证齐全，得 {points} 分", points=number(asked.full))
    )


def _adjust(asked: Asked, known: Known) -> Leaf:
    gives = asked.gives
    faults: list[Issue] = []
    amounts: list[Fraction] = []
    times: dict[str, int] = {}
    for one in known.readings:
        amount = _adjusted(gives, one, times)
        if isinstance(amount, Issue):
            faults.append(amount)
        else:
            amounts.append(amount)
    low, high = bounds_of(gives, asked.full)
    total = sum(amounts, Fraction(0))
    got = max(low, min(total, high))
    if not known.readings:
        return Leaf(points=got, because=say("没有加减分"))
    because = say("加减分合计 {total}，计 {points} 分", total=number(total), points=number(got))
    return Leaf(points=got, because=because, faults=tuple(faults))


def _adjusted(gives: PointSource, one: Reading, times: dict[str, int]) -> Fraction | Issue:
    if gives.needs_document and not one.document:
        shown = number(one.value or Fraction(0))
        saw = say("一条加减分（{points} 分）没有佐证文件，没有计入", points=shown)
        return fault("P-DOCUMENT", saw, say("写明依据的文件"), say("请补交佐证文件"))
    value = one.value or Fraction(0)
    if not gives.adjustments:
        return value
    rule = next((each for each in gives.adjustments if each.adjustment == one.about), None)
    if rule is None:
        saw = say("加减分的事由“{about}”不在卡片上，没有计入", about=one.about)
        return fault("P-REASON", saw, say("卡片上写明的事由"), say("请改选一个事由"))
    before = times.get(rule.adjustment, 0)
    many = int(value) if rule.most is None else min(int(value), rule.most - before)
    times[rule.adjustment] = before + many
    return many * Fraction(rule.points)


_WAYS: Final[dict[PointKind, Callable[[Asked, Known], Leaf]]] = {
    "figure": _number,
    "finding": _finding,
    "count": _count,
    "marks": _marks,
    "poll": _number,
    "document": _document,
    "adjust": _adjust,
    "given": _number,
    "rubric": _rubric,
}
