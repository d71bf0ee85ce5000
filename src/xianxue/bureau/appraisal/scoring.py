"""From what every source gave to points, by the tree, exactly, with one rounding at the end.

A branch is the sum of its items. Where some of them do not apply and the card gives their weight
to the others, it is that sum out of the points that were asked, times its full points: whoever
has all that was asked of them has full points. Additions and deductions stand beside it. What is
not known leaves the total open between two bounds; it is never a zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from xianxue.bureau.appraisal.comparison import asked_of, group_of, is_judged
from xianxue.bureau.appraisal.curves import number
from xianxue.bureau.appraisal.leaves import compared
from xianxue.bureau.appraisal.parts import Around, Part, placed_leaf
from xianxue.bureau.appraisal.severity import on_one_measure
from xianxue.bureau.appraisal.vetoes import struck
from xianxue.bureau.kinds.appraisal.rubric import Rounding, Rubric
from xianxue.bureau.kinds.appraisal.tree import ItemNode, tree_of
from xianxue.bureau.records.appraised import ItemScore, Judged, Score
from xianxue.bureau.values.exact import at_least
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import half_up, shown_beside
from xianxue.bureau.values.sentence import Sentence, say


def scores(rubric: Rubric, judged: Sequence[Judged], on: date) -> tuple[Score, ...]:
    """Score everybody whom the rubric is for, in the order given, by the values of a day."""
    roots = tree_of(rubric)
    leaves = [node for root in roots for node in root.walk() if not node.below]
    there = on_one_measure(rubric, leaves, [one for one in judged if is_judged(rubric, one)])
    around = Around(rubric=rubric, on=on, others=_numbers(rubric, leaves, there))
    return tuple(_score(roots, one, around) for one in there)


def rounded(total: Fraction, how: Rounding) -> Fraction:
    """Round a total as the card says."""
    if how.how == "down":
        step = 10**how.decimals
        return Fraction(total * step // 1, step)
    return Fraction(half_up(total, how.decimals))


def shown_total(total: Fraction, how: Rounding) -> str:
    """Write a total as the card rounds it.

    >>> shown_total(Fraction(570, 7), Rounding(decimals=4))
    '81.4286'
    """
    return f"{half_up(rounded(total, how), how.decimals):f}"


def shown_by(rubric: Rubric, total: Fraction) -> str:
    """Write a total so that it agrees with the grade it has.

    Where the exact total decides, 89.996 is below a line of 90 and is not written 90.00.
    """
    said = shown_total(total, rubric.rounding)
    if rubric.grading is None or rubric.grading.decides == "rounded":
        return said
    for grade in rubric.grading.grades:
        line = Fraction(grade.at_least or 0)
        if at_least(Fraction(said), line) != at_least(total, line):
            return shown_beside(total, line, rubric.rounding.decimals, at_least)
    return said


def _numbers(
    rubric: Rubric, leaves: Sequence[ItemNode], judged: Sequence[Judged]
) -> dict[tuple[str, str], list[Fraction]]:
    """Give the numbers that places are compared by, of all items whose curve compares."""
    found: dict[tuple[str, str], list[Fraction]] = {}
    for node in leaves:
        gives = node.item.gives
        if gives is None or gives.curve is None or not gives.curve.compares:
            continue
        if gives.kind == "marks":
            # The rank itself is what an assessor gave.
            continue
        for one in judged:
            known = one.known.get(node.item.item)
            if known is None or known.lacking is not None or not asked_of(node, one.facts):
                continue
            value = compared(gives, known)
            if value is not None:
                among = gives.curve.among
                group = "*" if among == "all" else group_of(rubric, one.facts) or ""
                found.setdefault((node.item.item, group), []).append(value)
    return found


def _score(roots: Sequence[ItemNode], one: Judged, around: Around) -> Score:
    rubric = around.rubric
    parts = [_part(root, one, around, asked=True) for root in roots]
    full = Fraction(rubric.points)
    whole = _together(parts, full)
    total, least, most = (
        None if value is None else _between(rubric, value)
        for value in (whole.points, whole.least, whole.most)
    )
    if total is None and least == most and whole.applies:
        total = least
    vetoes, found = struck(rubric, one)
    items = tuple(item for part in parts for item in part.items)
    leaves = {node.item.item for root in roots for node in root.walk() if not node.below}
    return Score(
        place=one.place,
        name=one.name,
        total=total,
        shown=say("未定") if total is None else shown_by(rubric, total),
        of=full,
        least=least or Fraction(0),
        most=most or Fraction(0),
        items=items,
        missing=tuple(i.item for i in items if i.item in leaves and i.applies and i.points is None),
        struck=vetoes,
        issues=(*(issue for part in parts for issue in part.issues), *found),
    )


def _between(rubric: Rubric, value: Fraction) -> Fraction:
    most = Fraction(rubric.points if rubric.most is None else rubric.most)
    return max(Fraction(rubric.least), min(value, most))


def _part(node: ItemNode, one: Judged, around: Around, *, asked: bool) -> Part:
    asked = asked and asked_of(node, one.facts)
    if not node.below:
        return placed_leaf(node, one, around, asked=asked)
    parts = [_part(child, one, around, asked=asked) for child in node.below]
    whole = _together(parts, node.points)
    item = ItemScore(
        item=node.item.item,
        number=node.number,
        term=node.item.term,
        depth=node.depth,
        source="items",
        points=whole.points,
        of=node.points,
        least=whole.least,
        most=whole.most,
        applies=whole.applies,
        because=whole.because,
        citation=node.item.source.citation if node.item.source else None,
    )
    below = tuple(item for part in parts for item in part.items)
    issues = tuple(issue for part in parts for issue in part.issues)
    return Part(item=item, below=below, adjusts=node.adjusts, issues=issues)


class _Whole(Record, kw_only=True):
    """What the items of one branch come to together."""

    points: Fraction | None
    least: Fraction
    most: Fraction
    applies: bool
    because: Sentence


def _together(parts: Sequence[Part], full: Fraction) -> _Whole:
    plain = [part.item for part in parts if not part.adjusts]
    beside = [part.item for part in parts if part.adjusts and part.item.applies]
    there = [item for item in plain if item.applies]
    asked = sum((item.of for item in there), Fraction(0))
    if plain and not asked:
        nothing = Fraction(0)
        because = say("全部不适用")
        return _Whole(points=None, least=nothing, most=nothing, applies=False, because=because)
    # Full marks stay full: what was got is taken out of what was asked.
    times = full / asked if len(there) < len(plain) else Fraction(1)

    def summed(values: Sequence[Fraction], more: Sequence[Fraction]) -> Fraction:
        return sum(values, Fraction(0)) * times + sum(more, Fraction(0))

    least = summed([item.least for item in there], [item.least for item in beside])
    most = summed([item.most for item in there], [item.most for item in beside])
    got = [item.points for item in there if item.points is not None]
    more = [item.points for item in beside if item.points is not None]
    known = len(got) == len(there) and len(more) == len(beside)
    points = summed(got, more) if known else None
    because = _told(points, there, plain, full, asked)
    return _Whole(points=points, least=least, most=most, applies=True, because=because)


def _told(
    points: Fraction | None,
    there: Sequence[ItemScore],
    plain: Sequence[ItemScore],
    full: Fraction,
    asked: Fraction,
) -> Sentence:
    if points is None:
        return say("还有没有得分的项，未定")
    if len(there) < len(plain):
        return say(
            "{count} 项不适用，其余满分 {asked} 分，折算到 {full} 分，得 {points} 分",
            count=len(plain) - len(there),
            asked=number(asked),
            full=number(full),
            points=number(points),
        )
    return say("各项合计 {points} 分", points=number(points))
