"""One leaf placed in the tree: whether it applies, what is known of it, and what it comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from xianxue.bureau.appraisal.comparison import group_of
from xianxue.bureau.appraisal.curves import number
from xianxue.bureau.appraisal.leaves import Asked, Leaf, bounds_of, points_of
from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.appraisal.rubric import NotApplicable, Rubric
from xianxue.bureau.kinds.appraisal.source_of_points import PointSource
from xianxue.bureau.kinds.appraisal.tree import ItemNode
from xianxue.bureau.kinds.conditions import value_in_force
from xianxue.bureau.records.appraised import ItemScore, Judged, Known
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import Sentence, say

_UNKNOWN = (Missing.NOT_ANSWERED, Missing.WITHHELD)


class Part(Record, kw_only=True):
    """One item with all below it, as it adds to what is above."""

    item: ItemScore
    below: tuple[ItemScore, ...]
    """All items under it, each branch before its own."""
    adjusts: bool
    issues: tuple[Issue, ...] = ()

    @property
    def items(self) -> tuple[ItemScore, ...]:
        """It, and all below it."""
        return (self.item, *self.below)


class Around(Record, kw_only=True):
    """What a place's leaves are judged by beside what its own sources gave."""

    rubric: Rubric
    on: date
    """The day whose values are in force."""
    others: Mapping[tuple[str, str], Sequence[Fraction]]
    """Item and comparison group (``*`` for all) to the numbers of those compared."""


def placed_leaf(node: ItemNode, one: Judged, around: Around, *, asked: bool) -> Part:
    """Give a leaf's part; ``asked`` is False where it, or its branch, is not asked of the place."""
    known = one.known.get(node.item.item)
    gives = node.item.gives
    lacking = known.lacking if known is not None else None
    if not asked or lacking in {Missing.NOT_APPLICABLE, Missing.NOT_ASKED}:
        rule = node.item.not_applicable or around.rubric.not_applicable
        # What the card does not ask of somebody needs nobody to say so.
        rule = "renormalise" if rule == "issue" and not asked else rule
        found, applies = _not_applicable(node, rule, known)
    elif gives is None:
        found, applies = Leaf(points=None, because=say("没有写得分来源")), True
    elif known is None and gives.kind == "adjust":
        found, applies = Leaf(points=Fraction(0), because=say("没有加减分")), True
    elif known is None or lacking in _UNKNOWN:
        found, applies = Leaf(points=None, because=_why(known)), True
    else:
        found, applies = _judged(node, one, known, around), True
    return _placed(node, one, known, found, applies=applies)


def _why(known: Known | None) -> Sentence:
    if known is not None and known.why:
        return say("{why}", why=known.why)
    return say("还没有数")


def _judged(node: ItemNode, one: Judged, known: Known, around: Around) -> Leaf:
    gives, rubric = node.item.gives, around.rubric
    if gives is None:
        return Leaf(points=None, because=say("没有写得分来源"))
    group = group_of(rubric, one.facts) or ""
    among = "*" if gives.curve is not None and gives.curve.among == "all" else group
    return points_of(
        Asked(
            gives=gives,
            full=node.points,
            levels=rubric.levels,
            target=_target(gives, one, known, around.on),
            others=around.others.get((node.item.item, among), ()),
        ),
        known,
    )


def _target(gives: PointSource, one: Judged, known: Known, on: date) -> Fraction | None:
    """Give the target of the card that is in force for the place, else its own."""
    if gives.curve is None or not gives.curve.target:
        return known.target
    found = value_in_force(gives.curve.target, on, facts=one.facts)
    return None if found is None else Fraction(found.value)


def _not_applicable(node: ItemNode, rule: NotApplicable, known: Known | None) -> tuple[Leaf, bool]:
    why = say("不适用：{why}", why=known.why) if known and known.why else say("不适用")
    if rule == "renormalise":
        return Leaf(points=None, because=why), False
    if rule == "issue":
        bad = Issue(
            code="P-APPLIES",
            severity=Severity.MUST_FIX,
            saw=say("“{term}”报了不适用", term=node.item.term),
            required=say("卡片没有写不适用时怎样计分"),
            do=say("请核对；确实不适用的，在卡片上写明 not_applicable"),
        )
        return Leaf(points=None, because=why, faults=(bad,)), True
    points = node.points if rule == "full" else Fraction(0)
    because = say("{why}，按卡片得 {points} 分", why=why, points=number(points))
    return Leaf(points=points, because=because), True


def _placed(
    node: ItemNode, one: Judged, known: Known | None, found: Leaf, *, applies: bool
) -> Part:
    gives = node.item.gives
    low, high = bounds_of(gives, node.points) if gives else (Fraction(0), node.points)
    if not applies:
        low = high = Fraction(0)
    elif found.points is not None:
        low = high = found.points
    item = ItemScore(
        item=node.item.item,
        number=node.number,
        term=node.item.term,
        depth=node.depth,
        source=gives.kind if gives else "items",
        points=found.points,
        of=node.points,
        least=low,
        most=high,
        applies=applies,
        because=found.because,
        citation=node.item.source.citation if node.item.source else None,
        traces=tuple(t for r in known.readings for t in r.traces) if known else (),
        readings=known.readings if known else (),
        flags=found.flags,
    )
    named = say("{number} {term}", number=node.number, term=node.item.term)
    issues = tuple(
        replace(
            issue,
            place=one.place,
            field=node.item.item,
            saw=say("{item}：{saw}", item=named, saw=issue.saw),
        )
        for issue in found.faults
    )
    return Part(item=item, below=(), adjusts=node.adjusts, issues=issues)
