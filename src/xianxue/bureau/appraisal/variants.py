"""The same card with one rule changed, to see what rests on that rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from xianxue.bureau.kinds.appraisal.rubric import NotApplicable, Rubric, RubricItem
from xianxue.bureau.kinds.appraisal.source_of_points import Panel
from xianxue.bureau.kinds.appraisal.tree import leaves_of
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import Sentence, say


class Variant(Record):
    """A card with one rule changed."""

    rule: str
    """For programs: ``drop.none``."""
    term: Sentence
    card: Rubric


def variants(rubric: Rubric) -> Iterator[Variant]:
    """Give the card with one rule changed, each time another one that it has."""
    panels = [panel for node in leaves_of(rubric) if (panel := _panel(node.item)) is not None]
    yield from _dropping(rubric, panels)
    if any(panel.standardise for panel in panels):
        yield Variant("standardise.no", say("各组评分不换算"), _panels(rubric, standardise=False))
    if any(node.item.gives and _ranked(node.item) for node in leaves_of(rubric)):
        yield Variant("ties.other", say("并列名次换一种算法"), _items(rubric, _other_ties))
    if rubric.not_applicable != "issue" or any(_own_rule(n.item) for n in leaves_of(rubric)):
        for way, term in _NOT_APPLICABLE.items():
            card = replace(_items(rubric, _no_own_rule), not_applicable=way)
            if way != rubric.not_applicable:
                yield Variant(f"not_applicable.{way}", term, card)
    if any(node.adjusts for node in leaves_of(rubric)):
        yield Variant("adjust.none", say("不计加减分"), _items(rubric, _no_adjusting))


_NOT_APPLICABLE: dict[NotApplicable, Sentence] = {
    "renormalise": say("不适用的按其余项折算"),
    "full": say("不适用的给满分"),
    "zero": say("不适用的计零分"),
}


def _dropping(rubric: Rubric, panels: list[Panel]) -> Iterator[Variant]:
    if any(panel.drop_highest or panel.drop_lowest for panel in panels):
        card = _panels(rubric, drop_highest=0, drop_lowest=0)
        yield Variant("drop.none", say("不去最高分和最低分"), card)
    elif panels:
        card = _panels(rubric, drop_highest=1, drop_lowest=1, drop_above=0)
        yield Variant("drop.one", say("去一个最高分和一个最低分"), card)


def _items(rubric: Rubric, change: Callable[[RubricItem], RubricItem]) -> Rubric:
    def changed(item: RubricItem) -> RubricItem:
        return replace(change(item), items=[changed(one) for one in item.items])

    return replace(rubric, items=[changed(one) for one in rubric.items])


def _panels(rubric: Rubric, **rules: Any) -> Rubric:  # noqa: ANN401 - fields of a panel
    def change(item: RubricItem) -> RubricItem:
        panel = _panel(item)
        if panel is None or item.gives is None:
            return item
        return replace(item, gives=replace(item.gives, panel=replace(panel, **rules)))

    return _items(rubric, change)


def _panel(item: RubricItem) -> Panel | None:
    return item.gives.panel if item.gives is not None and item.gives.kind == "marks" else None


def _ranked(item: RubricItem) -> bool:
    gives = item.gives
    # Where assessors give the place themselves, nothing is shared.
    return (
        gives is not None
        and gives.kind != "marks"
        and gives.curve is not None
        and gives.curve.curve == "rank"
    )


def _other_ties(item: RubricItem) -> RubricItem:
    if not _ranked(item) or item.gives is None or item.gives.curve is None:
        return item
    ties = "mean" if item.gives.curve.ties == "standard" else "standard"
    return replace(item, gives=replace(item.gives, curve=replace(item.gives.curve, ties=ties)))


def _own_rule(item: RubricItem) -> bool:
    return item.not_applicable not in {None, "issue"}


def _no_own_rule(item: RubricItem) -> RubricItem:
    return replace(item, not_applicable=None)


def _no_adjusting(item: RubricItem) -> RubricItem:
    if item.gives is None or item.gives.kind != "adjust":
        return item
    return replace(item, gives=replace(item.gives, cap=0, floor=0))
