"""A whole standard judged for one period on one day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from xianxue.bureau.assessment.again import Before, Known
from xianxue.bureau.assessment.compare import overall
from xianxue.bureau.assessment.counted import (
    LeftOut,
    Member,
    cases,
    left_out,
    member,
    not_applicable,
    without_schools,
)
from xianxue.bureau.assessment.doubts import (
    doubtful,
    local,
    of_findings,
    of_indicators,
    of_population,
)
from xianxue.bureau.assessment.joint import combinations_in_force, joint
from xianxue.bureau.assessment.judge import FigureOf, judge
from xianxue.bureau.assessment.question import Question, questions
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.kinds.standard import Combination, Criterion, Standard
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.facts import PlaceFacts
from xianxue.bureau.records.finding import Assessment, Finding
from xianxue.bureau.values.periods import Period


def assess(  # noqa: PLR0913, PLR0917 - what is judged, by what, over whom and when: none can be left out
    standard: Standard,
    shelf: Shelf,
    figure: FigureOf,
    facts: Sequence[PlaceFacts],
    period: Period,
    on: date,
    before: Before | None = None,
) -> Assessment:
    """Judge a standard with the rules in force on a day.

    ``before`` is an assessment of the same standard, by the same cards on the same day: what was
    judged by the very same figure and facts is taken from there.

    ``figure`` gives the figure of an indicator (for a choice: of the option taken), place and
    stage for the period, or None. ``facts`` are the open places that were asked, the county and
    its schools, in the order in which findings are wanted. Findings follow place, stage and
    criterion, a joint finding after those it joins.

    Where combinations are in force the verdict rests on them, on the spreads and on the criteria
    that no combination names; otherwise on all criteria and spreads.
    Raises KeyError where the standard names a population or indicator that is not on the shelf;
    the catalogue's door refuses such cards.
    """
    population = shelf.populations[standard.population] if standard.population else None
    members = [member(population, place, on) for place in facts]
    combinations = combinations_in_force(standard, on)
    each = questions(standard, standard.criteria, combinations, shelf, on)
    limits = questions(standard, standard.spread, (), shelf, on)

    known = Known.of(before, facts)
    single, nothing = _judged(each, members, figure, known)
    spread, no_spread = _judged(limits, members, figure, known)
    cards = {criterion.criterion: criterion for criterion in standard.criteria}
    together = _joined(combinations, single, cards, known)
    findings = _in_order([*single, *together], facts)
    # Six of seven may be enough: one of the seven that fails must not fail the whole by itself.
    named = {name for combination in combinations for name in combination.of}
    deciding = [*together, *spread, *(one for one in single if one.criterion not in named)]
    # Of what was judged with alone: a doubt about a rule that nobody fell under is no doubt about
    # this verdict.
    leaning_on = [
        *of_findings([*findings, *spread]),
        *of_population(population, members),
        *of_indicators(_used([*each, *limits], [*single, *spread]), shelf, members, on),
    ]
    return Assessment(
        standard=standard.standard,
        term=standard.term,
        period=period.code,
        on=on.isoformat(),
        verdict=overall(finding.verdict for finding in deciding),
        findings=findings,
        spread=_in_order(spread, facts),
        not_counted=(
            *left_out(population, members),
            *without_schools(_county_stages([*each, *limits]), members),
            *dict.fromkeys([*nothing, *no_spread]),
            *not_applicable([*single, *spread]),
        ),
        doubts=doubtful(leaning_on),
        local=local(leaning_on),
    )


def _judged(
    asked: Iterable[Question], members: Sequence[Member], figure: FigureOf, known: Known
) -> tuple[list[Finding], list[LeftOut]]:
    """Judge what can be judged of each case; and give those of which there is nothing to judge."""
    findings: list[Finding] = []
    nothing: list[LeftOut] = []
    for question in asked:
        for case in cases(question.criterion.per, question.stages, members):
            found = known.judged(question, case, figure) or judge(question, case, figure)
            if isinstance(found, Finding):
                findings.append(found)
            elif found is not None:
                nothing.append((case.member.facts.place, case.stage, found))
    return findings, nothing


def _joined(
    combinations: Iterable[Combination],
    single: Iterable[Finding],
    cards: Mapping[str, Criterion],
    known: Known,
) -> list[Finding]:
    by_case: dict[tuple[str, Stage | None], dict[str, Finding]] = {}
    for finding in single:
        by_case.setdefault((finding.place, finding.stage), {})[finding.criterion] = finding
    found = (
        known.joined(combination.criterion, findings) or joint(combination, findings, cards)
        for combination in combinations
        for findings in by_case.values()
    )
    return [finding for finding in found if finding is not None]


def _in_order(findings: Iterable[Finding], facts: Sequence[PlaceFacts]) -> tuple[Finding, ...]:
    """Sort by place and stage, the whole place first; criteria keep the order they came in."""
    places = {place.place: index for index, place in enumerate(facts)}
    stages = {stage: index for index, stage in enumerate((None, *Stage))}
    return tuple(
        sorted(findings, key=lambda finding: (places[finding.place], stages[finding.stage]))
    )


def _county_stages(asked: Iterable[Question]) -> list[Stage]:
    """Give the stages in which a county as a whole is to be judged on the day."""
    return list(
        dict.fromkeys(
            stage
            for question in asked
            if question.criterion.per == "county_stage"
            for stage in question.stages
            if question.in_force(stage)
        )
    )


def _used(asked: Iterable[Question], findings: Iterable[Finding]) -> list[str]:
    """Give the indicators by which something was judged."""
    judged = {finding.criterion for finding in findings}
    return [
        question.indicator.indicator for question in asked if question.criterion.criterion in judged
    ]
