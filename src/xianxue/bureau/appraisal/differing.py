"""Two versions of a rubric side by side, and the same facts judged by both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Literal

from xianxue.bureau.appraisal.curves import number
from xianxue.bureau.appraisal.grading import grade
from xianxue.bureau.appraisal.scoring import scores
from xianxue.bureau.appraisal.telling import told_grade, told_quota, told_source
from xianxue.bureau.kinds.appraisal.rubric import Rubric
from xianxue.bureau.kinds.appraisal.tree import ItemNode, nodes_of
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.records.appraised import Graded, Judged, Score
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say


class Difference(Record, kw_only=True):
    """One thing that another version has otherwise."""

    kind: Literal["added", "removed", "changed"]
    about: str
    """The id of the item, grade or veto; for the card itself, empty."""
    term: str
    what: Sentence
    """满分, 得分办法, 等次 …"""
    before: str
    """Empty where it was not there."""
    after: str


class BothWays(Record, kw_only=True):
    """One who is judged, by the version before and by the one after."""

    place: str
    before: tuple[Score, Graded] | None
    """None where the version is not for them."""
    after: tuple[Score, Graded] | None

    @property
    def moved(self) -> Fraction | None:
        """By how much the total changes; None where one of them is not known."""
        totals = [pair[0].total if pair else None for pair in (self.before, self.after)]
        return None if None in totals else (totals[1] or 0) - (totals[0] or Fraction(0))

    @property
    def turned(self) -> bool:
        """Whether total, grade or rank is another, or one of the versions is not for them."""
        results = [
            (score.total, graded.grade, graded.rank)
            for pair in (self.before, self.after)
            if pair is not None
            for score, graded in (pair,)
        ]
        return len(set(results)) > 1 or (self.before is None) != (self.after is None)

    @property
    def items(self) -> tuple[tuple[str, str, Fraction | None, Fraction | None], ...]:
        """The leaves whose points are others: id, term, points before and after."""
        before, after = _leaves(self.before), _leaves(self.after)
        none = "", None
        found = (
            (item, term, before.get(item, none)[1], after.get(item, none)[1])
            for item, (term, _) in {**before, **after}.items()
        )
        return tuple(one for one in found if one[2] != one[3])


def differences(before: Rubric, after: Rubric, shelf: Shelf) -> tuple[Difference, ...]:
    """Say what changed, in the order of the newer card; what is gone stands at the end."""
    return (
        *_facts("", after.term, _of_card(before), _of_card(after)),
        *_things(_items(before, shelf), _items(after, shelf)),
        *_things(_grades(before), _grades(after)),
        *_things(_vetoes(before), _vetoes(after)),
    )


def judged_both_ways(
    before: Rubric, after: Rubric, judged: Sequence[Judged], on: date
) -> tuple[BothWays, ...]:
    """Judge the same facts by both versions; items that only one has are not known to it."""
    return beside(_by_place(before, judged, on), _by_place(after, judged, on))


_Results = Mapping[str, tuple[Score, Graded]]


def beside(before: _Results, after: _Results) -> tuple[BothWays, ...]:
    """Put the results of two versions side by side, in the order of the newer one."""
    return tuple(
        BothWays(place=place, before=before.get(place), after=after.get(place))
        for place in dict.fromkeys((*after, *before))
    )


def _leaves(pair: tuple[Score, Graded] | None) -> dict[str, tuple[str, Fraction | None]]:
    if pair is None:
        return {}
    leaves = [one for one in pair[0].items if one.source != "items"]
    return {one.item: (one.term, one.points) for one in leaves}


def _by_place(
    rubric: Rubric, judged: Sequence[Judged], on: date
) -> dict[str, tuple[Score, Graded]]:
    found = scores(rubric, judged, on)
    graded = grade(rubric, found, judged, on).graded
    return {one.place: (one, each) for one, each in zip(found, graded, strict=True)}


_Said = Mapping[str, tuple[Sentence, str]]
"""A fact's id to what it is called and what it says."""
_Told = Mapping[str, tuple[str, _Said]]
"""A thing's id to its term and its facts."""


def _of_card(card: Rubric) -> _Said:
    return {
        "term": (say("名称"), card.term),
        "points": (say("满分"), number(Fraction(card.points))),
        "most": (say("总分最多"), number(Fraction(card.most or card.points))),
        "decimals": (say("总分小数位数"), str(card.rounding.decimals)),
        "not_applicable": (say("不适用的项"), _RULES[card.not_applicable]),
    }


_RULES: Mapping[str, Sentence] = {
    "renormalise": say("按其余项折算"),
    "full": say("给满分"),
    "zero": say("计零分"),
    "issue": say("请人核对"),
}


def _items(card: Rubric, shelf: Shelf) -> _Told:
    return {node.item.item: (node.item.term, _of_item(node, shelf)) for node in nodes_of(card)}


def _of_item(node: ItemNode, shelf: Shelf) -> _Said:
    found = {
        "term": (say("名称"), node.item.term),
        "points": (say("满分"), number(node.points)),
    }
    if node.item.gives is not None:
        found["from"] = say("得分办法"), told_source(node.item.gives, shelf)
    if node.item.not_applicable is not None:
        found["not_applicable"] = say("不适用时"), _RULES[node.item.not_applicable]
    return found


def _grades(card: Rubric) -> _Told:
    if card.grading is None:
        return {}
    quotas = {one.grade: one for one in card.grading.quotas}
    found: dict[str, tuple[str, _Said]] = {}
    for line in card.grading.grades:
        said = {"line": (say("等次"), told_grade(line))}
        if line.grade in quotas:
            said["quota"] = say("名额"), told_quota(quotas[line.grade], line.term)
        found[line.grade] = line.term, said
    return found


def _vetoes(card: Rubric) -> _Told:
    grading = card.grading
    found: dict[str, tuple[str, _Said]] = {}
    for veto in card.vetoes:
        cap = grading.grade(veto.caps) if grading is not None else None
        said = say("最高{cap}", cap=cap.term if cap else veto.caps)
        found[veto.veto] = veto.term, {"caps": (say("一票否决"), said)}
    return found


def _things(before: _Told, after: _Told) -> Iterator[Difference]:
    for name, (term, said) in after.items():
        yield from _facts(name, term, before[name][1] if name in before else {}, said)
    for name, (term, said) in before.items():
        if name not in after:
            yield from _facts(name, term, said, {})


def _facts(about: str, term: str, before: _Said, after: _Said) -> Iterator[Difference]:
    for key in dict.fromkeys((*after, *before)):
        old, new = before.get(key), after.get(key)
        was, now = (old[1] if old else ""), (new[1] if new else "")
        what = (new or old or (say("名称"), ""))[0]
        if was != now:
            kind = "added" if old is None else "removed" if new is None else "changed"
            yield Difference(kind=kind, about=about, term=term, what=what, before=was, after=now)
