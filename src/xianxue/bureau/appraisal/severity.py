"""Marks of panels of different severity brought to one measure, before they are put together."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from xianxue.bureau.appraisal.curves import number
from xianxue.bureau.appraisal.panels import standardised
from xianxue.bureau.appraisal.readings import mark_fault, mark_of
from xianxue.bureau.kinds.appraisal.rubric import Rubric
from xianxue.bureau.kinds.appraisal.tree import ItemNode
from xianxue.bureau.records.appraised import Judged, Known, Reading
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.sentence import say


def on_one_measure(
    rubric: Rubric, leaves: Sequence[ItemNode], judged: Sequence[Judged]
) -> list[Judged]:
    """Give all with the marks of those items moved that the card wants standardised.

    An item with a mark that cannot be is left as it is: that has to be mended first. A moved mark
    stays within 0 and the full points, and its note says what it was.
    """
    moved: dict[tuple[str, str], Known] = {}
    for node in leaves:
        gives = node.item.gives
        if gives is not None and gives.kind == "marks" and gives.panel.standardise:
            moved.update(_item(rubric, node, judged))
    if not moved:
        return list(judged)
    return [
        replace(
            one,
            known={name: moved.get((one.place, name), known) for name, known in one.known.items()},
        )
        for one in judged
    ]


def _item(rubric: Rubric, node: ItemNode, judged: Sequence[Judged]) -> dict[tuple[str, str], Known]:
    gives, full, name = node.item.gives, node.points, node.item.item
    if gives is None:
        return {}
    levels = gives.levels or rubric.levels
    there = {one.place: known for one in judged if (known := one.known.get(name)) is not None}
    panels: dict[str, list[Fraction]] = {}
    for known in there.values():
        for one in _marks(known):
            mark = mark_of(one, gives, levels, full)
            if mark is None or mark_fault(one, gives, levels, full) is not None:
                return {}
            panels.setdefault(one.panel, []).append(mark)
    marks = {panel: iter(moved) for panel, moved in standardised(panels).marks.items()}
    return {
        (place, name): replace(
            known,
            readings=tuple(_moved(one, next(marks[one.panel]), full) for one in _marks(known)),
        )
        for place, known in there.items()
    }


def _marks(known: Known) -> list[Reading]:
    """Give the readings that are marks; who has not marked yet moves nobody."""
    return [one for one in known.readings if one.value is not None or one.level]


def _moved(one: Reading, mark: Fraction, full: Fraction) -> Reading:
    was = number(one.value) if one.value is not None else one.level
    now = max(Fraction(0), min(mark, full))
    # A level that was moved is points from here on.
    return replace(one, value=now, level="", note=say("原评 {was}，各组换算后", was=was))
