"""A rubric's rules in words: how an item's points come about, what a grade takes."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Final

from xianxue.bureau.appraisal.curves import number
from xianxue.bureau.kinds.appraisal.curve import Curve, CurveStep
from xianxue.bureau.kinds.appraisal.grading import GradeLine, GradeQuota
from xianxue.bureau.kinds.appraisal.source_of_points import MarkLevel, Panel, PointSource
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.values.sentence import Sentence, joined, say


def told_source(gives: PointSource, shelf: Shelf) -> Sentence:
    """Say where an item's points come from and how they follow.

    >>> from decimal import Decimal
    >>> told_source(PointSource(kind="count", count="x.y", each=Decimal(-2)), Shelf())
    '台账统计“x.y”，每个扣 2 分'
    """
    said = [_what(gives, shelf), *_how(gives)]
    if gives.curve is not None:
        said.append(told_curve(gives.curve))
    return joined("，", [one for one in said if one])


def _what(gives: PointSource, shelf: Shelf) -> Sentence:
    match gives.kind:
        case "figure":
            found = shelf.indicator(gives.indicator)
            return say("指标“{term}”", term=found.term if found else gives.indicator)
        case "finding":
            return _criteria(gives, shelf)
        case "count":
            return say("台账统计“{term}”", term=_counted(gives.count, shelf))
        case "poll":
            ballot = shelf.ballots.get(gives.ballot)
            return say("测评调查“{term}”", term=ballot.term if ballot else gives.ballot)
        case "rubric":
            other = shelf.rubrics.get(gives.rubric)
            return say("“{term}”的结果", term=other.term if other else gives.rubric)
        case _:
            return _by_people(gives)


def _by_people(gives: PointSource) -> Sentence:
    if gives.kind == "marks":
        return _GIVES[gives.gives]
    if gives.kind == "document":
        return say("佐证：{terms}", terms=joined("、", [one.term for one in gives.documents]))
    if gives.kind == "given":
        return say("{office}报的数", office=gives.office)
    ends = {"cap": number(Fraction(gives.cap or 0)), "floor": number(Fraction(gives.floor or 0))}
    return say("加减分，最多加 {cap} 分，最低 {floor} 分", **ends)


_GIVES: Final = {
    "points": say("评委评分"),
    "level": say("评委评档次"),
    "rank": say("评委排名次"),
}


def _criteria(gives: PointSource, shelf: Shelf) -> Sentence:
    standard = shelf.standards.get(gives.standard)
    if standard is None:
        return say("达标判定“{term}”", term=gives.standard)
    terms = {one.criterion: one.term for one in (*standard.criteria, *standard.spread)}
    terms |= {one.criterion: one.term for one in standard.combine}
    named = joined("、", [terms.get(name, name) for name in gives.criteria])
    return say("达标判定“{term}”", term=named if gives.criteria else standard.term)


def _counted(reference: str, shelf: Shelf) -> str:
    name, _, count = reference.partition(".")
    ledger = shelf.ledgers.get(name)
    if ledger is None:
        return reference
    terms = {one.count: one.term for one in ledger.counts}
    return (terms | {one.rate: one.term for one in ledger.rates}).get(count, reference)


def _how(gives: PointSource) -> list[Sentence]:
    said: list[Sentence] = []
    if gives.proportion:
        said.append(say("按达到的项数占比得分"))
    if gives.each is not None:
        each = number(abs(Fraction(gives.each)))
        said.append(
            say("每个扣 {each} 分", each=each)
            if gives.each < 0
            else say("每个得 {each} 分", each=each)
        )
        if gives.cap is not None:
            said.append(say("最多 {cap} 分", cap=number(Fraction(gives.cap))))
    if gives.combine in _COMBINE:
        said.append(_COMBINE[gives.combine])
    if gives.levels:
        said.append(joined("、", [_level(one) for one in gives.levels]))
    if gives.kind == "marks":
        said += _panel(gives.panel)
    return said


_COMBINE: Final = {
    "mean": say("几个数取平均"),
    "sum": say("几个数合计"),
    "latest": say("取最近一个"),
    "lowest": say("取最低一个"),
}


def _level(one: MarkLevel) -> Sentence:
    if one.points is not None:
        return say("{term} {points} 分", term=one.term, points=number(Fraction(one.points)))
    return say("{term} {percent}%", term=one.term, percent=number(Fraction(one.percent or 0)))


def _panel(panel: Panel) -> list[Sentence]:
    said = [say("至少 {many} 人", many=panel.at_least)]
    if panel.drop_highest or panel.drop_lowest:
        ends = {"high": panel.drop_highest, "low": panel.drop_lowest}
        said.append(
            say("超过 {many} 人去 {high} 个最高分、{low} 个最低分", many=panel.drop_above, **ends)
            if panel.drop_above
            else say("去 {high} 个最高分、{low} 个最低分", **ends)
        )
    if panel.standardise:
        said.append(say("各组换算到同一尺度"))
    return said


def told_curve(curve: Curve) -> Sentence:
    """Say how points follow from a number."""
    return _CURVES[curve.curve](curve)


def _steps(curve: Curve) -> Sentence:
    return joined("、", [_step(step) for step in curve.steps])


def _step(step: CurveStep) -> Sentence:
    points = number(Fraction(step.points))
    for name, bound in step.bounds.items():
        shown = number(Fraction(bound))
        if name == "at_least":
            return say("{bound} 起 {points} 分", bound=shown, points=points)
        if name == "more_than":
            return say("超过 {bound} 得 {points} 分", bound=shown, points=points)
        if name == "at_most":
            return say("{bound} 以内 {points} 分", bound=shown, points=points)
        return say("不到 {bound} 得 {points} 分", bound=shown, points=points)
    return say("其余 {points} 分", points=points)


def _line(curve: Curve) -> Sentence:
    points = [
        say("{at} 为 {points} 分", at=number(Fraction(p.at)), points=number(Fraction(p.points)))
        for p in curve.line
    ]
    said = say("{points}，中间按比例", points=joined("、", points))
    if curve.below is not None:
        said = say("{said}，再低 {points} 分", said=said, points=number(Fraction(curve.below)))
    if curve.above is not None:
        said = say("{said}，再高 {points} 分", said=said, points=number(Fraction(curve.above)))
    return said


def _target(curve: Curve) -> Sentence:
    if curve.out_of is not None:
        return say("除以 {of} 乘满分", of=number(Fraction(curve.out_of)))
    if not curve.target:
        return say("完成本单位目标的几成得几成分")
    values = [
        say("{value}（{day} 起）", value=number(Fraction(one.value)), day=one.valid_from)
        for one in curve.target
    ]
    return say("目标 {values}，完成几成得几成分", values=joined("、", values))


def _best(_: Curve) -> Sentence:
    return say("除以第一名乘满分")


def _rank(curve: Curve) -> Sentence:
    ties = say("并列取平均名次") if curve.ties == "mean" else say("并列同名次")
    return say("第一名满分，每降一名减 {step}，{ties}", step=_each(curve), ties=ties)


def _mean(curve: Curve) -> Sentence:
    base = number(Fraction(curve.base or 0))
    return say("等于均值得 {base} 分，每高 1 加 {step}", base=base, step=_each(curve))


def _each(curve: Curve) -> Sentence:
    if curve.percent is not None:
        return say("满分的 {percent}%", percent=number(Fraction(curve.percent)))
    return say("{points} 分", points=number(Fraction(curve.each or 0)))


_CURVES: Final[dict[str, Callable[[Curve], Sentence]]] = {
    "steps": _steps,
    "line": _line,
    "target": _target,
    "best": _best,
    "rank": _rank,
    "mean": _mean,
}


def told_grade(line: GradeLine) -> Sentence:
    """Say what a grade takes."""
    if line.at_least is None:
        return say("{term}：没有分数线", term=line.term)
    return say("{term}：{line} 分起", term=line.term, line=number(Fraction(line.at_least)))


def told_quota(quota: GradeQuota, term: str) -> Sentence:
    """Say how many may have a grade."""
    shares = [
        say("{share}%（{day} 起）", share=number(Fraction(one.value)), day=one.valid_from)
        for one in quota.share
    ]
    rounding = say("小数舍去") if quota.rounding == "down" else say("四舍五入")
    return say("{term}不超过 {shares}，{how}", term=term, shares=joined("、", shares), how=rounding)
