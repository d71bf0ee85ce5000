"""Who is compared with whom, the numbers of those, and their places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from xianxue.bureau.kinds.appraisal.rubric import Rubric
from xianxue.bureau.kinds.appraisal.tree import ItemNode
from xianxue.bureau.kinds.conditions import matches
from xianxue.bureau.records.appraised import Judged, Score


def is_judged(rubric: Rubric, judged: Judged) -> bool:
    """Whether a rubric is for somebody."""
    return matches(rubric.where, judged.facts)


def group_of(rubric: Rubric, facts: Mapping[str, int | str]) -> str | None:
    """Give the comparison group; empty where all are compared, None where somebody fits none."""
    if rubric.group_by:
        said = facts.get(rubric.group_by)
        return None if said is None else str(said)
    if not rubric.groups:
        return ""
    return next((one.group for one in rubric.groups if matches(one.where, facts)), None)


def asked_of(node: ItemNode, facts: Mapping[str, int | str]) -> bool:
    """Whether an item is asked of somebody."""
    return matches(node.item.where, facts)


def places(totals: Mapping[str, Fraction]) -> dict[str, int]:
    """Give the place of each total, the highest first; who is alike shares it: 1, 2, 2, 4.

    >>> places({"a": Fraction(9), "b": Fraction(8), "c": Fraction(8), "d": Fraction(7)})
    {'a': 1, 'b': 2, 'c': 2, 'd': 4}
    """
    found: dict[str, int] = {}
    ordered = sorted(totals.items(), key=lambda each: -each[1])
    for at, (name, total) in enumerate(ordered, start=1):
        alike = at > 1 and total == ordered[at - 2][1]
        found[name] = found[ordered[at - 2][0]] if alike else at
    return found


def in_groups(
    rubric: Rubric, scores: Iterable[Score], judged: Sequence[Judged]
) -> dict[str, list[Score]]:
    """Sort scores by comparison group; who fits none stands under the empty name."""
    facts = {one.place: one.facts for one in judged}
    found: dict[str, list[Score]] = {}
    for score in scores:
        name = group_of(rubric, facts.get(score.place, {})) or ""
        found.setdefault(name, []).append(score)
    return found
