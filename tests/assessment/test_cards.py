"""Every criterion of every card that comes with the program can be judged."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from national import national

from xianxue.bureau.assessment.assess import assess
from xianxue.bureau.kinds.standard import Standard
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.facts import PlaceFacts
from xianxue.bureau.records.figure import Coverage, Figure
from xianxue.bureau.records.finding import Verdict
from xianxue.bureau.values.exact import Root, fraction
from xianxue.bureau.values.periods import Period

COUNTY = "990100"
PERIOD = Period.parse("2025-2026")
ON = date(2025, 9, 1)
SHELF = national().shelf

each_standard = pytest.mark.parametrize(
    "standard", SHELF.standards.values(), ids=lambda card: card.standard
)


@pytest.fixture(scope="module")
def places():
    """A county with one school of each type, none of them new. 虚构。"""
    schools = [
        PlaceFacts(
            place=f"s{entry.code}",
            name=f"虚构{entry.term}",
            level="school",
            stages=tuple(entry.stages),
            values={
                "school_type": entry.code,
                "basic.planned_year": 2015,
                **{f"pupils/{stage.value}": 300 for stage in Stage},
            },
        )
        for entry in SHELF.codes["school_types"].entries
        if entry.stages
    ]
    answers = {
        name: 1
        for standard in SHELF.standards.values()
        for criterion in standard.criteria
        for name in criterion.where
        if "." in name
    }
    county = PlaceFacts(place=COUNTY, name="虚构县", level="county", stages=(), values=answers)
    return [county, *schools]


def lines(standard: Standard, stage):
    """Indicator to the general value in force on the day."""
    found = {}
    for criterion in (*standard.criteria, *standard.spread):
        for value in criterion.values:
            if not value.when and value.stage in {None, stage}:
                found[SHELF.indicator(criterion.indicator).indicator] = fraction(value.value)
    return found


def judged(standard, places, off, on=ON):
    """Judge with every figure at its line plus ``off``."""

    def figure(name, place, stage):
        value = lines(standard, stage)[name] + off
        card = SHELF.indicators[name]
        return Figure(
            indicator=name,
            place=place,
            stage=stage,
            period=PERIOD.code,
            value=Root(value**2) if card.kind == "spread" else value,
            unit=card.unit,
            shown="",
            numerator=None,
            denominator=Fraction(1000),
            coverage=Coverage(1, 1),
        )

    return assess(standard, SHELF, figure, places, PERIOD, on)


def test_there_are_cards():
    assert {"balance_resources", "balance_guarantee", "balance_quality"} <= set(SHELF.standards)


@each_standard
def test_every_criterion_is_judged(standard, places):
    found = judged(standard, places, 0)
    named = [c.criterion for c in (*standard.criteria, *standard.spread, *standard.combine)]
    everything = [*found.findings, *found.spread]
    assert {finding.criterion for finding in everything} == set(named)
    for finding in everything:
        strict = finding.rule == "less_than"
        assert finding.verdict is (Verdict.NOT_MET if strict else Verdict.MET), finding.criterion
        assert finding.citation.document in SHELF.sources
    assert found.verdict is overall_of(found)


@each_standard
def test_every_criterion_can_fail(standard, places):
    far = Fraction(1, 2)
    below, above = (judged(standard, places, off) for off in (-far, far))
    for criterion in (*standard.criteria, *standard.spread):
        side = below if criterion.rule == "at_least" else above
        failed = [
            finding
            for finding in (*side.findings, *side.spread)
            if finding.criterion == criterion.criterion and finding.verdict is Verdict.NOT_MET
        ]
        assert failed, criterion.criterion
        for finding in failed:
            if criterion.lacking:
                assert finding.lacking.quantity > 0
                assert finding.lacking.noun == criterion.lacking.noun


@each_standard
def test_the_day_before_its_first_rule_nothing_is_judged(standard, places):
    every = [v for c in (*standard.criteria, *standard.spread) for v in c.values]
    before = min(value.valid_from for value in every) - timedelta(days=1)
    found = judged(standard, places, 0, on=before)
    assert (found.findings, found.spread) == ((), ())
    assert found.verdict is Verdict.UNDETERMINED


def test_fourteen_spreads_and_eight_findings_a_school_stage(places):
    found = judged(SHELF.standards["balance_resources"], places, 0)
    assert len(found.spread) == 14
    school_stages = {(f.place, f.stage) for f in found.findings}
    assert len(found.findings) == 8 * len(school_stages)
    assert "s511" not in {place for place, _ in school_stages}


def test_a_doubtful_split_is_told(places):
    found = judged(SHELF.standards["balance_resources"], places, 0)
    documents = {citation.document for citation in found.doubts}
    assert "shared-facilities-split" in documents


def overall_of(found):
    verdicts = {f.verdict for f in (*found.findings, *found.spread)}
    return Verdict.NOT_MET if Verdict.NOT_MET in verdicts else Verdict.MET
