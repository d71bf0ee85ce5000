"""What a figure leans on: the definition, and every dated value that took part in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from xianxue.bureau.indicators.compile import Frames
from xianxue.bureau.indicators.formulas import Formula, lines_of
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.law.citation import Citation
from xianxue.bureau.law.dated import in_force


def citations(
    formula: Formula, frames: Frames, shelf: Shelf, types: Collection[str], on: date
) -> list[Citation]:
    """Give what a formula cites for any of its stages, each once: itself, then what it rests on.

    ``types`` are the 办学类型 of the schools that take part: weights of others are not leaned on.
    """
    rests_on = [frames.formulas[formula.rests_on]] if formula.rests_on else []
    found = [one for each in (formula, *rests_on) for one in _of_card(each, shelf, types, on)]
    return list(dict.fromkeys(found))


def _of_card(
    formula: Formula, shelf: Shelf, types: Collection[str], on: date
) -> Iterator[Citation]:
    card = formula.card
    yield card.source.citation
    for name in sorted(lines_of(card)):
        yield from (value.citation for value in in_force(card.lines[name], on))
    if formula.counted is not None:
        yield formula.counted.card.source.citation
        yield from (one.citation for one in formula.counted.exclude)
    if card.split:
        for value in in_force(shelf.splits[card.split].values, on):
            if value.school_type in types:
                yield value.citation
