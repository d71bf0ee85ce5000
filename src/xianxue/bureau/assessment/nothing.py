"""Where there is nothing to judge: nobody to divide by, so that a line neither holds nor fails."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xianxue.bureau.assessment.question import Question
from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.kinds.term import Term
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.values.sentence import joined, say
from xianxue.bureau.values.units import UNITS

_COUNTED: Final = frozenset({"people"})
"""The dimensions of which there may truly be none. A budget or a number of answers of 0 is a gap
in what was answered: if writing it left a standard, it would be written."""
_MOST_NAMES: Final = 2
"""More terms than this are not read to the end."""


def nothing_to_judge(question: Question, figure: Figure) -> str:
    """Say why a figure without a value has nothing to be judged; empty where somebody owes it.

    A stage without pupils, a school without classes and a county without kindergartens leave a
    standard with this reason. Where a number is hidden, is said not to apply, or is below 0, the
    criterion stays and cannot be judged.
    """
    coverage = figure.coverage
    # Less than nothing comes of what is taken away in a formula: a mistake, and no empty stage.
    below = figure.denominator is not None and figure.denominator < 0
    if figure.value is not None or not coverage.full or coverage.not_applicable or below:
        return ""
    if figure.why:
        return say("{why}，不判定", why=figure.why)
    if coverage.expected == 0:
        return say("没有要填报的单位，不判定")
    card = _divides(question)
    return say("没有在统计范围内的单位，不判定") if card.kind == "share" else _none(card, question)


def _none(card: Indicator, question: Question) -> str:
    """Say of what there is none; empty where a ratio is divided by something else."""
    names = list(_counted(card, question))
    # One term that is no number of people is enough: the 0 may be that one's.
    if not names or "" in names:
        return ""
    if len(names) > _MOST_NAMES:
        return say("{first}等 {n} 项合计为 0，不判定", first=names[0], n=len(names))
    if len(names) > 1:
        return say("{names}合计为 0，不判定", names=joined("、", names))
    return say("{name}为 0，不判定", name=names[0])


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
            yield say("{table}数", table=table.term) if table is not None else say("学校数")
            continue
        held = question.shelf.field(term.field)
        counted = held is not None and UNITS[held[1].unit].dimension in _COUNTED
        yield held[1].term if held is not None and counted else ""
