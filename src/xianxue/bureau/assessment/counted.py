"""Who is judged: which school-stages and places count for a standard on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from xianxue.bureau.kinds.standard import Exclusion, Per, Population
from xianxue.bureau.law.dated import in_force
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.facts import PlaceFacts
from xianxue.bureau.records.finding import Finding
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say

LeftOut = tuple[str, Stage | None, str]
"""Place, stage and the reason in Chinese."""


class Member(Record):
    """A place, and whether it counts."""

    facts: PlaceFacts
    counts: bool | None
    """None where the number of pupils that decides it is missing."""
    exclusion: Exclusion | None = None
    """What leaves it out, or may leave it out."""

    @property
    def is_school(self) -> bool:
        """Whether it is a school, not an area."""
        return self.facts.level == "school"


class Case(Record):
    """One place, or one stage of it, that a criterion is held against."""

    member: Member
    stage: Stage | None


def member(population: Population | None, facts: PlaceFacts, on: date) -> Member:
    """Say whether a place counts on a day, and by which exclusion it does not.

    An exclusion below a number of pupils looks at ``pupils/<stage>`` of the population's stages
    that the school has. Where one is missing the school's part is unknown, unless those that are
    known reach the number already.
    """
    open_question: Exclusion | None = None
    if population is not None and facts.level == "school":
        stages = [stage for stage in facts.stages if stage in population.stages]
        for exclusion in in_force(population.exclude, on):
            if str(facts.values.get("school_type", "")) not in exclusion.school_types:
                continue
            fewer = _fewer(facts, stages, exclusion.pupils_below)
            # A certain exclusion decides, even behind one that hangs on a missing number.
            if fewer:
                return Member(facts, counts=False, exclusion=exclusion)
            if fewer is None:
                open_question = exclusion
    return Member(facts, counts=None if open_question else True, exclusion=open_question)


def _fewer(facts: PlaceFacts, stages: Iterable[Stage], below: int | None) -> bool | None:
    if below is None:
        return True
    answers = [facts.values.get(f"pupils/{stage.value}") for stage in stages]
    known = [answer for answer in answers if isinstance(answer, int)]
    if sum(known) >= below:
        return False
    return True if len(known) == len(answers) else None


def cases(per: Per, stages: Sequence[Stage], members: Sequence[Member]) -> list[Case]:
    """Give what a criterion is held against, in the order of the places.

    ``stages`` are those the criterion can be judged in. A whole school is judged where it has
    one of them. A county is judged in a stage where some school of that stage counts or may
    count; where no schools are given at all, in every stage.
    """
    if per in {"county", "county_stage"}:
        areas = [area for area in members if area.facts.level == "county"]
        if per == "county":
            return [Case(area, None) for area in areas]
        here = stages_present(members)
        return [Case(area, stage) for area in areas for stage in stages if stage in here]
    # Who may count is judged, and then cannot be: passed over, a school could leave the standard by
    # not saying how many pupils it has.
    schools = [school for school in members if school.is_school and school.counts is not False]
    if per == "school":
        return [Case(school, None) for school in schools if set(school.facts.stages) & set(stages)]
    return [
        Case(school, stage)
        for school in schools
        for stage in stages
        if stage in school.facts.stages
    ]


def stages_present(members: Sequence[Member]) -> set[Stage]:
    """Give the stages in which some school counts or may count; all where no school is given."""
    schools = [school for school in members if school.is_school]
    if not schools:
        return set(Stage)
    return {
        stage for school in schools if school.counts is not False for stage in school.facts.stages
    }


def left_out(population: Population | None, members: Iterable[Member]) -> list[LeftOut]:
    """Give the school-stages that an exclusion leaves out, with its reason."""
    stages = population.stages if population else []
    return [
        (found.facts.place, stage, found.exclusion.term)
        for found in members
        if found.exclusion is not None and found.counts is False
        for stage in stages
        if stage in found.facts.stages
    ]


def without_schools(stages: Iterable[Stage], members: Sequence[Member]) -> list[LeftOut]:
    """Give the stages of counties in which no school counts, so that there is nothing to judge."""
    here = stages_present(members)
    return [
        (area.facts.place, stage, say("没有计入评估的{stage}学段", stage=stage.term))
        for area in members
        if area.facts.level == "county"
        for stage in stages
        if stage not in here
    ]


def not_applicable(findings: Iterable[Finding]) -> list[LeftOut]:
    """Give those who left a figure that was judged, because it does not apply to them."""
    return [
        (place, finding.stage, say("填“不适用”，没有算进“{term}”", term=finding.term))
        for finding in findings
        # Of a figure without a value those are named by the finding itself.
        if finding.figure is not None and finding.figure.value is not None
        for place in finding.figure.coverage.not_applicable
    ]
