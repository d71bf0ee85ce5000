"""One criterion held against one place or school-stage."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from xianxue.bureau.assessment.answers import fulfils, values_possible
from xianxue.bureau.assessment.compare import eased, shown_beside_lines, verdict_on
from xianxue.bureau.assessment.counted import Case
from xianxue.bureau.assessment.lacking import shortfall
from xianxue.bureau.assessment.nothing import nothing_to_judge
from xianxue.bureau.assessment.question import Question
from xianxue.bureau.kinds.conditions import value_in_force
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.records.finding import Finding, Verdict
from xianxue.bureau.values.exact import Exact, fraction
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.sentence import say

FigureOf = Callable[[str, str, Stage | None], Figure | None]
"""Indicator id, place code and stage to figure; None where there is none."""

UNKNOWN = say("未定")
"""What is printed where there is no value."""


def judge(question: Question, case: Case, figure_of: FigureOf) -> Finding | str | None:
    """Judge one case; None where the criterion does not apply to it or nothing is in force.

    Where there is nothing to judge (a stage without pupils) it is the reason. It cannot be judged
    where the figure is undetermined or said not to apply; where it is not known whether the place
    counts or the criterion applies to it; and where a special clause, which may hold by an answer
    the place has not given, would turn the verdict. Then the finding names whose answer it waits
    for.
    """
    criterion, facts = question.criterion, case.member.facts
    asked = fulfils(criterion.where, facts)
    candidates = values_possible(question, facts, case.stage)
    # Only a certain no. Where ``asked`` is None nobody knows whether the criterion applies, and the
    # finding stays undetermined further down.
    if asked is False or not candidates:
        return None
    value = candidates[-1]
    threshold = fraction(value.value)
    figure = figure_of(question.indicator.indicator, facts.place, case.stage)
    finding = Finding(
        standard=question.standard.standard,
        criterion=criterion.criterion,
        term=criterion.term,
        place=facts.place,
        stage=case.stage,
        figure=figure,
        shown=UNKNOWN,
        threshold=threshold,
        rule=criterion.rule,
        verdict=Verdict.UNDETERMINED,
        citation=value.citation,
    )
    if figure is None or figure.value is None:
        nothing = nothing_to_judge(question, figure) if figure is not None else ""
        return nothing or replace(finding, missing=_waits_for(figure, facts.place))
    finding = replace(finding, shown=_shown(question, figure.value, threshold))
    verdict = verdict_on(figure.value, threshold, criterion.rule)
    possible = {
        verdict_on(figure.value, fraction(other.value), criterion.rule) for other in candidates
    }
    # Special clauses may all hang on answers that are missing, with no ordinary value behind them:
    # then no line is known to hold.
    certain = value_in_force(criterion.values, question.on, case.stage, facts.values) is value
    if not (asked and case.member.counts and certain and possible == {verdict}):
        return replace(finding, missing=(facts.place,))
    lacking = shortfall(criterion, figure, threshold) if verdict is Verdict.NOT_MET else None
    return replace(finding, verdict=verdict, lacking=lacking)


def _waits_for(figure: Figure | None, place: str) -> tuple[str, ...]:
    """Name whose answers an undetermined figure waits for: never nobody."""
    if figure is None:
        return (place,)
    coverage = figure.coverage
    return coverage.missing or coverage.not_applicable or (place,)


def _shown(question: Question, value: Exact, threshold: Fraction) -> str:
    rule = question.criterion.rule
    lines = [threshold, *(eased(threshold, rule, share) for share in question.shares)]
    return shown_beside_lines(value, lines, rule, question.indicator)
