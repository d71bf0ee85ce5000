"""Rows of tables that tell an appraisal: its items, its vetoes, whom it judges, who comes first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Final

from xianxue.bureau.kinds.outline import Rows, TableBlock
from xianxue.bureau.records.claim import Claim
from xianxue.bureau.report import naming
from xianxue.bureau.report.context import Context, Row
from xianxue.bureau.report.grammar import Slot
from xianxue.bureau.report.statements import of_appraisals
from xianxue.bureau.report.statements.of_appraisals import NOTHING, Held, claim
from xianxue.bureau.report.text import Run, Runs

RUBRIC_WORDS: Final[Mapping[Rows, frozenset[str]]] = {
    "rubric_items": frozenset(
        {"number", "term", "points", "of", "verdict", "result", "evidence", "lacking", "papers"}
    ),
    "rubric_vetoes": frozenset({"number", "term", "verdict", "evidence"}),
    "rubric_places": frozenset({"school", "township", "grade"}),
    "ranked": frozenset({"school", "township"}),
}
"""The words a column of such a table may name, besides claims."""

_CLEAR: Final = "没有记录"
_STRUCK: Final = "有记录"


def items(context: Context, card: TableBlock) -> Iterator[Row]:
    """Tell the items right below one, each with points, verdict, evidence and what it lacks."""
    held = of_appraisals.held_by(context, card.rubric, None)
    if held is None:
        return
    for node in of_appraisals.parts_of(held.appraised.rubric, card.under):
        name, term = node.item.item, node.item.term
        numbers = "、".join(of_appraisals.evidence(held, node)) or NOTHING
        lost = of_appraisals.lacking(held, node) or NOTHING
        words: dict[str, Run] = {
            "number": node.number,
            "term": str(term),
            "result": _told(context, held, name, "result", of_appraisals.result(held, node)),
            "evidence": _told(context, held, name, "evidence", numbers),
            "lacking": _told(context, held, name, "lacking", lost),
            "papers": _told(context, held, name, "papers", _papers(numbers, lost)),
        }
        for word, facet in (("points", ""), ("of", "of"), ("verdict", "verdict")):
            words[word] = of_appraisals.of_item(context, held, node, facet) or NOTHING
        yield Row(context.county, None, {word: _constant(said) for word, said in words.items()})


def _papers(numbers: str, lost: str) -> str:
    """Say in one cell what was handed in and what is lacking."""
    said = [one for one in (numbers, lost) if one != NOTHING]
    return "；".join(said) or NOTHING


def vetoes(context: Context, card: TableBlock) -> Iterator[Row]:
    """Tell each veto: whether one was recorded; that none was is no proof that there is none."""
    held = of_appraisals.held_by(context, card.rubric, None)
    if held is None:
        return
    struck = {one.veto: one for one in held.score.struck}
    for at, veto in enumerate(held.appraised.rubric.vetoes, start=1):
        found = struck.get(veto.veto)
        paper = (found.document or NOTHING) if found is not None else NOTHING
        said = _CLEAR if found is None else _STRUCK
        words: dict[str, Run] = {
            "number": str(at),
            "term": str(veto.term),
            "verdict": _told(context, held, veto.veto, "verdict", said),
            "evidence": _told(context, held, veto.veto, "evidence", paper),
        }
        yield Row(context.county, None, {word: _constant(one) for word, one in words.items()})


def places(context: Context, card: TableBlock) -> Iterator[Row]:
    """Go through the schools that a rubric judges, in the order of the register."""
    appraised = context.appraisals(card.rubric)
    if appraised is None:
        return
    for place in context.register:
        held = of_appraisals.held_by(context, card.rubric, None, place.code)
        if held is not None:
            grade = claim(context, held, "", "grade", "等次", str(held.graded.term))
            yield Row(
                place.code, None, _of_school(context, place.code) | {"grade": _constant(grade)}
            )


def ranked(context: Context, card: TableBlock) -> Iterator[Row]:
    """Go through the schools by a figure, the smallest first; who has none is left out."""
    found: list[tuple[Fraction, int, str]] = []
    for at, place in enumerate(context.register.schools(context.counted_on)):
        figure = context.lookup(card.by, place.code, None)
        value = figure.value if figure is not None else None
        if isinstance(value, Fraction) and not (card.first and value > card.first):
            found.append((value, at, place.code))
    for _, _, code in sorted(found):
        yield Row(code, None, _of_school(context, code))


def _of_school(context: Context, code: str) -> dict[str, Callable[[Slot], Runs]]:
    place = context.register[code]
    township = context.register.township_of(place)
    return {
        "school": _constant(place.name),
        "township": _constant(naming.name_of(township, context.register) if township else ""),
    }


def _told(context: Context, held: Held, item: str, facet: str, said: str) -> Claim:
    """Make a claim of words: what a cell says is held against the appraisal, too."""
    term = {
        "result": "结果",
        "evidence": "佐证",
        "lacking": "还缺",
        "papers": "佐证和缺件",
        "verdict": "判定",
    }[facet]
    found = held.score.item(item)
    name = str(found.term) if found is not None else ""
    return claim(context, held, item, facet, f"{name}{term}", said)


def _constant(run: Run) -> Callable[[Slot], Runs]:
    return lambda _slot: (run,)
