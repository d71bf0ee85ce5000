"""What would move if a return were accepted: every figure, verdict, rank and printed sentence.

Asked before anything is handed in. Only what rests on the changed sheets is figured again, and it
comes to the same as figuring everything (``tests/desk/standing/test_forward.py`` holds it so).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from xianxue.bureau.assessment.again import Before
from xianxue.bureau.assessment.differences import VerdictChange, changed_verdicts
from xianxue.bureau.indicators.differences import FigureChange, changed_figures
from xianxue.bureau.records.figure import Figure, key_of
from xianxue.bureau.records.finding import Assessment, Verdict
from xianxue.bureau.records.returned import Return
from xianxue.bureau.records.target import Attainment, Series
from xianxue.bureau.returns.basis.differences import CellChange, changed_cells
from xianxue.bureau.targets.attainment import attainment
from xianxue.bureau.values.record import Record
from xianxue.desk.report.dated import day_of
from xianxue.desk.standing.counted import Counted
from xianxue.desk.standing.ranking import RankChange, changed_ranks
from xianxue.desk.standing.sentences import (
    Sentence,
    SentenceChange,
    changed_sentences,
    sentences,
)
from xianxue.desk.standing.suppose import Supposed, suppose, suppose_later, unlike
from xianxue.desk.targets.standing import rules_of


class StandardChange(Record):
    """A standard of which any verdict would turn."""

    standard: str
    term: str
    before: Verdict
    after: Verdict
    """On the standard as a whole; it may be the same."""
    findings: tuple[VerdictChange, ...]


class Moves(Record):
    """What would move in one period."""

    period: str
    figures: tuple[FigureChange, ...]
    """Those whose value, parts or coverage would be others, in the order of the indicators."""
    standards: tuple[StandardChange, ...]
    ranks: tuple[RankChange, ...]
    """Ranks by any indicator that schools are compared by."""
    sentences: tuple[SentenceChange, ...]
    """Sentences and table rows of the documents that can be written."""

    @property
    def nothing(self) -> bool:
        """Whether nothing at all would move."""
        return not (self.figures or self.standards or self.ranks or self.sentences)


class Forward(Record):
    """Everything that would move."""

    form: str
    period: str
    place: str
    cells: tuple[CellChange, ...]
    """What is reported otherwise than in the return that is accepted now."""
    moves: Moves
    """In the return's own period."""
    later: tuple[Moves, ...] = ()
    """In periods that rest on it, as far as anything would move there."""

    @property
    def figures(self) -> tuple[FigureChange, ...]:
        """The figures of its own period."""
        return self.moves.figures

    @property
    def standards(self) -> tuple[StandardChange, ...]:
        """The standards, judged for its own period."""
        return self.moves.standards

    @property
    def ranks(self) -> tuple[RankChange, ...]:
        """The ranks in its own period."""
        return self.moves.ranks

    @property
    def sentences(self) -> tuple[SentenceChange, ...]:
        """The sentences about its own period."""
        return self.moves.sentences

    @property
    def nothing(self) -> bool:
        """Whether nothing at all would move."""
        return self.moves.nothing and not self.later


def forward(counted: Counted, filed: Return, *later: Counted) -> Forward:
    """Say what would move if a return were accepted.

    ``counted`` are provisional figures of the return's own period, ``later`` those of periods that
    rest on it. TooLargeError for an amount that cannot be counted; a return is checked before this
    is asked.
    """
    supposed = suppose(counted, filed)
    stands = counted.base.returns.get((filed.form, filed.place))
    others = [_moved(one, suppose_later(one, counted.period, supposed)) for one in later]
    return Forward(
        form=filed.form,
        period=filed.period,
        place=filed.place,
        cells=tuple(changed_cells([stands] if stands else [], [filed])),
        moves=_moved(counted, supposed),
        later=tuple(one for one in others if not one.nothing),
    )


def _moved(counted: Counted, supposed: Supposed) -> Moves:
    figures = changed_figures(*unlike(counted, supposed.again))
    before = {standard: counted.assessment(standard) for standard in counted.shelf.standards}
    after = {standard: _judged(counted, supposed, one) for standard, one in before.items()}
    return Moves(
        period=counted.period.code,
        figures=tuple(figures),
        standards=tuple(_turned(before, after)),
        ranks=tuple(changed_ranks(counted, figures, supposed.again)),
        sentences=tuple(_said(counted, supposed, after)),
    )


def _judged(counted: Counted, supposed: Supposed, before: Assessment) -> Assessment:
    """Judge a standard as things would be, again only where something is another."""
    day = counted.period.reference_day
    known = Before(before, counted.river.year.facts)
    return supposed.year.assess(before.standard, day, known)


def _turned(
    before: Mapping[str, Assessment], after: Mapping[str, Assessment]
) -> list[StandardChange]:
    found: list[StandardChange] = []
    for standard, old in before.items():
        new = after[standard]
        changes = changed_verdicts(old, new)
        if changes or old.verdict is not new.verdict:
            found.append(
                StandardChange(standard, old.term, old.verdict, new.verdict, tuple(changes))
            )
    return found


def _said(
    counted: Counted, supposed: Supposed, judged: Mapping[str, Assessment]
) -> list[SentenceChange]:
    found: list[SentenceChange] = []
    attained = attained_in(counted, supposed)
    for name, card in counted.shelf.reports.items():
        day = day_of(counted.river, card)
        new = supposed.year.write(name, day, attained, judged=judged.__getitem__)
        old = counted.once(("sentences", name), partial(_sentences, counted, name))
        found += changed_sentences(name, card.term, old, sentences(new))
    return found


def _sentences(counted: Counted, outline: str) -> list[Sentence]:
    return sentences(counted.document(outline))


def attained_in(counted: Counted, supposed: Supposed) -> Sequence[Attainment]:
    """Hold the targets against what would be; those whose figures stay are as they are."""
    if all(one.target.indicator not in supposed.again for one in counted.attained):
        return counted.attained
    rules = rules_of(counted.river.workspace)
    return [
        attainment(one.target, Series(_figure_of(supposed, one)), rules, counted.river.last_day)
        for one in counted.attained
    ]


def _figure_of(supposed: Supposed, one: Attainment) -> Figure | None:
    target, period = one.target, supposed.year.period.code
    key = key_of(target.indicator, target.place, target.stage, period, target.slice)
    return supposed.year.figures.get(key)


__all__ = ["Forward", "Moves", "StandardChange", "attained_in", "forward"]
