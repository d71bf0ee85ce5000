"""Sources of points: the keys that go with each kind, and what they refer to."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from xianxue.bureau.kinds.appraisal.rubric import Rubric
from xianxue.bureau.kinds.appraisal.source_of_points import MarkLevel, PointKind, PointSource
from xianxue.bureau.kinds.appraisal.tree import leaves_of
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.cited import check_values
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.meaning.names import good_name, unique
from xianxue.catalogue.meaning.rubric_cards.curves import check_curve
from xianxue.catalogue.meaning.rubric_cards.words import RUBRIC, known, shown
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import instead, listed

_NEEDS: Final[dict[PointKind, tuple[str, ...]]] = {
    "figure": ("indicator",),
    "finding": ("standard",),
    "count": ("count",),
    "marks": (),
    "poll": ("ballot",),
    "document": ("documents",),
    "adjust": ("cap", "floor"),
    "given": ("office",),
    "rubric": ("rubric",),
}
_MAY: Final[dict[PointKind, tuple[str, ...]]] = {
    "figure": ("curve", "combine", "stage", "slice"),
    "finding": ("criteria", "stage", "proportion"),
    "count": ("each", "cap", "curve"),
    "marks": ("gives", "step", "levels", "panel", "curve"),
    "poll": ("curve", "question", "measure"),
    "document": ("proportion",),
    "adjust": ("adjustments", "needs_document"),
    "given": ("curve", "combine", "unit", "needs_document"),
    "rubric": ("curve", "combine", "levels"),
}
_HUNDRED: Final = 100


def check_source(look: Look, at: Spot, gives: PointSource, card: Rubric, full: Fraction) -> None:
    """Check the source of an item of so many full points."""
    if not _keys(at, gives):
        return
    _refers(look, at, gives, card)
    if gives.curve is not None:
        check_curve(at.at("curve"), gives.curve, full)
        if gives.curve.target:
            check_values(look, at.at("curve", "target"), gives.curve.target, ())
    _levels(at.at("levels"), gives.levels, full)
    _of_kind(at, gives, card)


def check_veto_source(look: Look, at: Spot, gives: PointSource, card: Rubric) -> None:
    """Check what says that a veto holds: a count, a criterion or a document, without points."""
    if gives.kind not in {"count", "finding", "document"}:
        saw = say("一票否决的来源是 {kind}", kind=gives.kind)
        at.at("kind").complain(RUBRIC, saw, say("count、finding 或 document"))
    elif _keys(at, gives):
        _refers(look, at, gives, card)
        if gives.each is not None or gives.curve is not None:
            at.complain(RUBRIC, say("一票否决写了得分"), say("不写 each 和 curve"))


def _keys(at: Spot, gives: PointSource) -> bool:
    empty = PointSource(kind=gives.kind)
    need, may = _NEEDS[gives.kind], _MAY[gives.kind]
    written = [
        name
        for name in PointSource.__struct_fields__
        if name != "kind" and getattr(gives, name) != getattr(empty, name)
    ]
    lost = [name for name in need if name not in written and getattr(gives, name) in ("", [], None)]
    if lost:
        saw = say("来源 {kind} 缺少 {keys}", kind=gives.kind, keys=listed(lost))
        at.complain(RUBRIC, saw, say("写明 {keys}", keys=listed(lost)))
        return False
    wrong = [name for name in written if name not in need + may]
    if wrong:
        saw = say("来源 {kind} 用不到 {keys}", kind=gives.kind, keys=listed(wrong))
        required = say("只写 {keys}", keys=listed(need + may))
        at.at(wrong[0]).complain(RUBRIC, saw, required)
    return not wrong


def _refers(look: Look, at: Spot, gives: PointSource, card: Rubric) -> None:
    match gives.kind:
        case "figure":
            look.indicators(at.at("indicator"), gives.indicator)
        case "finding":
            if look.refer(at.at("standard"), "standard", gives.standard):
                standard = look.shelf.standards[gives.standard]
                names = [one.criterion for one in (*standard.criteria, *standard.spread)]
                names += [one.criterion for one in standard.combine]
                for index, name in enumerate(gives.criteria):
                    known(at.at("criteria", index), name, names, say("评估项"))
        case "count":
            _count(look, at.at("count"), gives.count)
        case "poll":
            if look.refer(at.at("ballot"), "ballot", gives.ballot) and gives.question:
                asked = [one.question for one in look.shelf.ballots[gives.ballot].questions]
                known(at.at("question"), gives.question, asked, say("题"))
        case "rubric":
            if look.refer(at.at("rubric"), "rubric", gives.rubric):
                _circle(look, at.at("rubric"), gives.rubric, card.rubric)
                _grades_of(look, at.at("levels"), gives)
                _beyond(at, gives, look.shelf.rubrics[gives.rubric])
        case _:
            pass


def _count(look: Look, at: Spot, reference: str) -> None:
    ledger_name, _, name = reference.partition(".")
    if not look.refer(at, "ledger", ledger_name):
        return
    ledger = look.shelf.ledgers[ledger_name]
    names = [one.count for one in ledger.counts] + [one.rate for one in ledger.rates]
    if name not in names:
        saw = say("台账“{ledger}”没有统计项“{count}”", ledger=ledger_name, count=name)
        at.complain(RUBRIC, saw, say("写作“台账.统计项”"), instead(name, names))


def _grades_of(look: Look, at: Spot, gives: PointSource) -> None:
    """Complain where points are given to grades that the other rubric does not give, or not all."""
    other = look.shelf.rubrics[gives.rubric]
    names = [one.grade for one in other.grading.grades] if other.grading is not None else []
    levels = [one.level for one in gives.levels]
    for index, name in enumerate(levels):
        if name not in names:
            saw = say("“{term}”没有等次“{name}”", term=other.term, name=name)
            required = say("对方卡片写了的等次")
            at.at(index, "level").complain(RUBRIC, saw, required, instead(name, names))
    lost = [name for name in names if name not in levels]
    if levels and lost and set(levels) <= set(names):
        saw = say("等次 {lost} 没有写得几分", lost=listed(lost))
        at.complain(RUBRIC, saw, say("对方卡片的每个等次都写得分"))


def _beyond(at: Spot, gives: PointSource, other: Rubric) -> None:
    """Complain where additions of the other rubric would give more than all points here."""
    if gives.curve is not None or gives.levels or other.most is None or other.most <= other.points:
        return
    saw = say(
        "“{term}”加分以后可到 {most} 分，满分 {points}，照比例折算会超过本项满分",
        term=other.term,
        most=shown(other.most),
        points=shown(other.points),
    )
    required = say("写 target 曲线，out_of 写 {points}，超过的按满分算", points=shown(other.points))
    at.complain(RUBRIC, saw, required)


def _circle(look: Look, at: Spot, name: str, own: str) -> None:
    """Complain where a rubric's result would go into itself, through however many others."""
    seen: set[str] = set()
    ahead = [name]
    while ahead:
        one = ahead.pop()
        if one == own:
            saw = say("“{name}”的结果又用到这张卡片自己", name=name)
            at.complain(RUBRIC, saw, say("结果不绕回自己"))
            return
        other = look.shelf.rubrics.get(one)
        if one not in seen and other is not None:
            seen.add(one)
            ahead += [
                leaf.item.gives.rubric
                for leaf in leaves_of(other)
                if leaf.item.gives is not None and leaf.item.gives.rubric
            ]


def check_levels(at: Spot, levels: Sequence[MarkLevel]) -> None:
    """Check the levels of a card, which are shares of whatever points an item has."""
    for index, one in enumerate(levels):
        if one.points is not None:
            saw = say("全卡通用的档次“{term}”写了分数", term=one.term)
            at.at(index, "points").complain(RUBRIC, saw, say("通用档次写百分比（percent）"))
    _levels(at, levels, Fraction(_HUNDRED))


def _levels(at: Spot, levels: Sequence[MarkLevel], full: Fraction) -> None:
    for index, one in enumerate(levels):
        here = at.at(index)
        good_name(here.at("level"), one.level)
        if (one.percent is None) == (one.points is None):
            saw = say("档次“{term}”的分数没有写，或者写了两次", term=one.term)
            here.complain(RUBRIC, saw, say("percent 和 points 写一样"))
            continue
        top = Fraction(_HUNDRED) if one.points is None else full
        value = Fraction(one.percent or 0) if one.points is None else Fraction(one.points)
        if not 0 <= value <= top:
            saw = say("档次“{term}”是 {value}", term=one.term, value=shown(value))
            here.complain(RUBRIC, saw, say("0 到 {top}", top=shown(top)))
    names = [(at.at(index, "level"), one.level) for index, one in enumerate(levels)]
    unique(names, "C-TWICE", say("档次的编号"), say("档次的编号不重复"))


def _of_kind(at: Spot, gives: PointSource, card: Rubric) -> None:
    if gives.kind in {"figure", "poll"} and gives.curve is None:
        at.complain(RUBRIC, say("来源 {kind} 没有写怎样折成分", kind=gives.kind), say("写 curve"))
    if gives.kind == "count" and (gives.each is None) == (gives.curve is None):
        at.complain(RUBRIC, say("每个几分没有写，或者写了两次"), say("each 和 curve 写一样"))
    if gives.kind == "marks":
        _marks(at, gives, card)
    if gives.kind == "adjust":
        _adjust(at, gives)
    for index, one in enumerate(gives.documents):
        good_name(at.at("documents", index, "document"), one.document)


def _marks(at: Spot, gives: PointSource, card: Rubric) -> None:
    if gives.gives == "level" and not gives.levels and not card.levels:
        at.complain(RUBRIC, say("评档次，却没有写有哪些档次"), say("写 levels"))
    ranked = gives.curve is not None and gives.curve.curve == "rank"
    if (gives.gives == "rank") != ranked or (gives.curve is not None and not ranked):
        saw = say("评名次要写 rank 曲线，评分和评档次不写曲线")
        at.complain(RUBRIC, saw, say("gives: rank 和 curve: rank 一起写"))
    panel = gives.panel
    if panel.standardise and gives.gives == "rank":
        at.at("panel").complain(RUBRIC, say("名次不能换算成同一尺度"), say("不写 standardise"))
    dropped = panel.drop_highest + panel.drop_lowest
    if dropped and panel.at_least <= dropped and not panel.drop_above:
        saw = say("去掉 {n} 个分，却只要求 {least} 人评分", n=dropped, least=panel.at_least)
        at.at("panel").complain(RUBRIC, saw, say("at_least 大于去掉的个数"))


def _adjust(at: Spot, gives: PointSource) -> None:
    cap, floor = gives.cap or 0, gives.floor or 0
    if cap < 0 or floor > 0 or cap == floor:
        saw = say("加分上限 {cap}、扣分下限 {floor}", cap=shown(cap), floor=shown(floor))
        at.complain(RUBRIC, saw, say("cap 不小于 0，floor 不大于 0，不同时为 0"))
    for index, one in enumerate(gives.adjustments):
        here = at.at("adjustments", index)
        good_name(here.at("adjustment"), one.adjustment)
        if not floor <= one.points <= cap or not one.points:
            saw = say("“{term}”一次 {points} 分", term=one.term, points=shown(one.points))
            here.complain(
                RUBRIC,
                saw,
                say("在 {floor} 到 {cap} 之间，不是 0", floor=shown(floor), cap=shown(cap)),
            )
