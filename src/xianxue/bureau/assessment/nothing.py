"""Where there is nothing to judge: nobody to divide by, so that a line neither holds nor fails."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xianxue.bureau.assessment.question import Question
from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.kinds.term import Term
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.values.units import UNITS

_COUNTED: Final = frozenset({"people"})
"""The dimensions of which there may truly be none. A budget or a number of answers of 0 is a gap
in what was answered: whoever could leave a standard by writing it would."""
_MOST_NAMES: Final = 2
"""More terms than this are not read to the end."""


def nothing_to_judge(question: Question, figure: Figure) -> str:
    """Say why a figure without a value has nothing to be judged; empty where somebody owes it.

    A stage without pupils, a school without classes and a county without kindergartens leave a
    standard with this reason. Where a number is hidden, is said not to apply, or is below 0, the
    criterion stays and cannot be judged.
    """
    coverage = figure.coverage
    below = figure.denominator is not None and figure.denominator < 0
    if figure.value is not None or not coverage.full or coverage.not_applicable or below:
        return ""
    if figure.why:
        return f"{figure.why}，不判定"
    card = _divides(question)
    if coverage.expected == 0:
        return "没有要填报的单位，不判定"
    if card.kind == "share":
        return "没有在统计范围内的单位，不判定"
    names = list(_counted(card, question))
    if not names or "" in names:
        return ""
    named = f"{names[0]}等{len(names)}项" if len(names) > _MOST_NAMES else "、".join(names)
    named += "合计" if len(names) > 1 else ""
    return f"{named}为 0，不判定"


def _divides(question: Question) -> Indicator:
    """Give the indicator that is divided: of a spread, the one that is compared."""
    card = question.indicator
    base = question.shelf.indicator(card.spread_of) if card.spread_of else None
    return base or card


def _counted(card: Indicator, question: Question) -> Iterator[str]:
    """Name what a ratio divides by; empty for what is no number of people or things."""
    for said in card.denominator.sum if card.denominator is not None else ():
        term = Term(field=said) if isinstance(said, str) else said
        if not term.field:
            table = question.shelf.table(term.count)
            yield f"{table.term}数" if table is not None else "学校数"
            continue
        held = question.shelf.field(term.field)
        counted = held is not None and UNITS[held[1].unit].dimension in _COUNTED
        yield held[1].term if held is not None and counted else ""
