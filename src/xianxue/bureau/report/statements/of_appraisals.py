"""What is said of appraisals: points and verdicts of items, totals and grades of places.

What rests on a document is called complete or incomplete, never met: that a paper is there says
that it is there. What is not known is never called met either.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from xianxue.bureau.kinds.appraisal.rubric import Rubric
from xianxue.bureau.kinds.appraisal.tree import ItemNode, nodes_of, tree_of
from xianxue.bureau.records.appraised import Appraised, Graded, ItemScore, Score
from xianxue.bureau.records.claim import Claim
from xianxue.bureau.records.trace import EvidenceRef
from xianxue.bureau.report.context import Context, Row
from xianxue.bureau.report.grammar import PART_FACETS, RUBRIC_FACETS, Slot
from xianxue.bureau.report.text import Runs
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.units import UNITS

NOTHING: Final = "—"
_DECIMALS: Final = 2
_GAP: Final = re.compile(r"(?<=[^\x00-\x7f]) (?=[\x00-\x7f])|(?<=[\x00-\x7f]) (?=[^\x00-\x7f])")
MET: Final = "达标"
NOT_MET: Final = "未达标"
PARTLY: Final = "部分达标"
OPEN: Final = "无法判定"
NOT_ASKED: Final = "不适用"
COMPLETE: Final = "材料齐全"
INCOMPLETE: Final = "材料不全"
_PARTS: Final[Mapping[str, frozenset[str]]] = {
    "met": frozenset({MET, COMPLETE}),
    "not_met": frozenset({NOT_MET, PARTLY, INCOMPLETE}),
    "undetermined": frozenset({OPEN}),
    "inapplicable": frozenset({NOT_ASKED}),
}
_PART_TERMS: Final = {
    "met": "达到的项数",
    "not_met": "未达到的项数",
    "undetermined": "无法判定的项数",
    "inapplicable": "不适用的项数",
}


class Held(Record):
    """One place in one appraisal."""

    appraised: Appraised
    score: Score
    graded: Graded


def means(slot: Slot, rubrics: Mapping[str, Rubric]) -> bool:
    """Whether a slot speaks of an appraisal."""
    named = any(one.series == (slot.standard or slot.name) for one in rubrics.values())
    return named and (slot.standard != "" or slot.facet in RUBRIC_FACETS)


def rubric_of(slot: Slot, rubrics: Mapping[str, Rubric]) -> Rubric:
    """Give the rubric that a slot speaks of: of several versions the last."""
    name = slot.standard or slot.name
    return [one for one in rubrics.values() if one.series == name][-1]


def concerns(context: Context, slot: Slot) -> bool:
    """Whether a slot speaks of an appraisal and not of a figure or finding."""
    return means(slot, context.shelf.rubrics)


def exists(context: Context, slot: Slot, row: Row | None) -> bool:
    """Whether there is something to say: a count that is not zero, a total that is known."""
    if slot.facet == "places":
        return context.appraisals(slot.name) is not None
    held = held_by(context, slot.standard or slot.name, row, slot.place)
    if held is None:
        return False
    said = _said(context, slot, held)
    return said is not None and (slot.facet not in PART_FACETS or said.value != 0)


def say(context: Context, slot: Slot, row: Row | None) -> Runs:
    """Write what a slot asks of an appraisal."""
    name = slot.standard or slot.name
    appraised = context.appraisals(name)
    if appraised is not None and slot.facet == "places":
        return (_count(context, appraised, len(appraised.scores)),)
    held = held_by(context, name, row, slot.place)
    said = _said(context, slot, held) if held is not None else None
    if said is not None:
        return (said,)
    if row is None:
        saw = f"文稿要写“{name}”的评价结果，但没有这一项"
        context.refuse("W-RUBRIC", saw, "先评价，再写文稿", "请把这一段写明 rubric")
    return (NOTHING,)


def held_by(context: Context, rubric: str, row: Row | None, place: str = "") -> Held | None:
    """Give the result of a place, or of a row's, or of the county."""
    appraised = context.appraisals(rubric)
    code = place or (row.place if row is not None else "") or context.county
    if appraised is None or code not in appraised.scores:
        return None
    return Held(appraised, appraised.scores[code], appraised.graded[code])


def _said(context: Context, slot: Slot, held: Held) -> Claim | None:
    if slot.criterion:
        node = next(
            one for one in nodes_of(held.appraised.rubric) if one.item.item == slot.criterion
        )
        return of_item(context, held, node, slot.facet)
    if slot.facet == "total":
        return total(context, held)
    if slot.facet == "of":
        return claim(context, held, "", "of", "满分", plain(held.score.of), held.score.of)
    if slot.facet == "grade":
        return claim(context, held, "", "grade", "等次", held.graded.term or OPEN)
    if slot.facet == "rank":
        rank = held.graded.rank
        said = NOTHING if rank is None else str(rank)
        value = None if rank is None else Fraction(rank)
        return claim(context, held, "", "rank", "名次", said, value)
    word = str(held.appraised.state if slot.facet == "state" else held.appraised.period.term)
    return claim(context, held, "", slot.facet, "评价", word)


def total(context: Context, held: Held) -> Claim:
    """Say a total as the card rounds it, or that it is not known."""
    score = held.score
    said = OPEN if score.total is None else score.shown
    return claim(context, held, "", "total", "总分", said, score.total)


def of_item(context: Context, held: Held, node: ItemNode, facet: str) -> Claim | None:
    """Say one side of one item; None where the item has not been scored."""
    found = held.score.item(node.item.item)
    if found is None:
        return None
    name = node.item.item
    if facet == "of":
        return claim(context, held, name, "of", f"{found.term}满分", plain(found.of), found.of)
    if facet == "verdict":
        return claim(context, held, name, "verdict", f"{found.term}判定", verdict(held, node))
    if facet in PART_FACETS:
        many = sum(verdict(held, one) in _PARTS[facet] for one in node.below or (node,))
        term = f"{found.term}{_PART_TERMS[facet]}"
        return claim(context, held, name, facet, term, str(many), Fraction(many))
    points = found.points
    if points is None:
        return claim(context, held, name, "", found.term, OPEN if found.applies else NOTHING)
    return claim(context, held, name, "", found.term, plain(points, _DECIMALS), points)


def verdict(held: Held, node: ItemNode) -> str:
    """Say in a word what an item came to."""
    found = held.score.item(node.item.item)
    if found is None or (found.points is None and found.applies):
        return OPEN
    if not found.applies or _all_beside(held, node):
        return NOT_ASKED
    papers = all(_source(held, one) == "document" for one in _leaves(node))
    if found.points == found.of:
        return COMPLETE if papers else MET
    if papers:
        return INCOMPLETE
    return PARTLY if found.points else NOT_MET


def _all_beside(held: Held, node: ItemNode) -> bool:
    scores = [held.score.item(one.item.item) for one in _leaves(node)]
    return all(one is not None and not one.applies for one in scores)


def _leaves(node: ItemNode) -> list[ItemNode]:
    return [one for one in node.walk() if not one.below]


def _source(held: Held, node: ItemNode) -> str:
    found = held.score.item(node.item.item)
    return "" if found is None else found.source


def result(held: Held, node: ItemNode) -> str:
    """Say what an item rests on: each verdict below its line, or what there is."""
    told = [
        _of_leaf(each, one)
        for each in _leaves(node)
        if (one := held.score.item(each.item.item)) is not None
    ]
    return "；".join(dict.fromkeys(one for one in told if one)) or NOTHING


def _of_leaf(node: ItemNode, found: ItemScore) -> str:
    notes = [str(one.note) for one in found.readings if one.note]
    lost = [str(one.note) for one in found.readings if one.note and not one.value]
    gives = node.item.gives
    if not found.applies or gives is None or not found.readings:
        return _close(str(found.because))
    if gives.kind == "finding":
        return _close("；".join(lost or notes))
    if gives.kind == "document":
        there = {one.about for one in found.readings}
        named = [str(one.term) for one in gives.documents if one.document in there]
        return f"已交{'、'.join(named)}"
    unit = UNITS[gives.unit].term if gives.unit in UNITS else ""
    if gives.kind == "given":
        values = [plain(one.value) for one in found.readings if one.value is not None]
        return f"{found.term}{'、'.join(values)}{unit}"
    return _close(str(found.because))


def _close(text: str) -> str:
    """Take away the space that the screen has between Chinese and digits; a paper has none."""
    return _GAP.sub("", text)


def evidence(held: Held, node: ItemNode) -> list[str]:
    """Give the index numbers of documents handed in for an item, and what a number rests on."""
    found = [held.score.item(one.item.item) for one in node.walk()]
    numbers: list[str] = []
    for one in found:
        if one is None:
            continue
        numbers += [trace.number for trace in one.traces if isinstance(trace, EvidenceRef)]
        if one.source == "given":
            numbers += [reading.document for reading in one.readings if reading.document]
    return list(dict.fromkeys(numbers))


def lacking(held: Held, node: ItemNode) -> str:
    """Say which documents, numbers or verdicts an item still lacks; empty where it lacks none."""
    said: list[str] = []
    for each in _leaves(node):
        found = held.score.item(each.item.item)
        if found is None or not found.applies:
            continue
        if found.source == "document":
            said += _documents_lost(each, found)
        elif found.points is None:
            said.append(_close(str(found.because)))
    return "；".join(dict.fromkeys(said))


def _documents_lost(node: ItemNode, found: ItemScore) -> list[str]:
    there = {one.about for one in found.readings}
    gives = node.item.gives
    wanted = gives.documents if gives is not None else []
    lost = [str(one.term) for one in wanted if one.document not in there]
    return [f"缺：{'、'.join(lost)}"] if lost else []


def parts_of(rubric: Rubric, under: str) -> Sequence[ItemNode]:
    """Give the items right below one, or it alone where it is a leaf; all of the first rank."""
    if not under:
        return tree_of(rubric)
    node = next(one for one in nodes_of(rubric) if one.item.item == under)
    return node.below or (node,)


def claim(  # noqa: PLR0913, PLR0917 - a claim's parts, each under its name
    context: Context,
    held: Held,
    item: str,
    facet: str,
    term: str,
    said: str,
    value: Fraction | None = None,
) -> Claim:
    """Make a claim on a result; its key says of which rubric, which item and which place."""
    series = held.appraised.rubric.series
    return Claim(
        text=said,
        name=f"{series}.{item}" if item else series,
        facet=facet,
        place=held.score.place,
        stage=None,
        period=context.period.code,
        term=f"《{held.appraised.rubric.term}》{term}",
        value=value,
        unit="one",
        shown=said,
        unpublished=not held.appraised.release,
    )


def _count(context: Context, appraised: Appraised, many: int) -> Claim:
    return Claim(
        text=str(many),
        name=appraised.rubric.series,
        facet="places",
        place=context.county,
        stage=None,
        period=context.period.code,
        term=f"《{appraised.rubric.term}》评价对象数",
        value=Fraction(many),
        unit="one",
        shown=str(many),
        unpublished=not appraised.release,
    )
