"""Every figure of invented counties, counted once by the engine and once in plain Python."""

import os
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xianxue.bureau.targets.table import counts_targets

SOME = [
    "pupils",
    "pupils_all",
    "pupils_town",
    "girls_share",
    "new_entrants",
    "classes_within_norm",
    "over_norm_classes",
    "average_class_size",
    "over_qualified_teachers",
    "physical_arts_teachers",
    "teaching_area_per_pupil",
    "multimedia_rooms",
    "building_area_per_pupil",
    "building_area",
    "spread_teaching_area_per_pupil",
    "spread_backbone_teachers",
    "lower_secondary_consolidation_a",
    "music_rooms_per_12_classes",
    "training_funds_share",
    "charter_rate",
    "inclusive_preschool_coverage",
    "preschool_gross_enrolment",
    "outdoor_area_met_new",
    "outdoor_area_met_old",
    "teacher_child_ratio",
    "kindergarten_classes_within_norm",
    "public_kindergartens",
    "schools_total",
    "average_school_size",
    "special_school_funds",
    "kindergarten_pay_ratio",
    "staff_total",
]


def compare(county, opinion, indicators):
    """Hold each figure against the second opinion; say how many there were."""
    found = county.figures(*indicators)
    for figure in found.values():
        place = county.register[figure.place]
        wanted = opinion.value(figure.indicator, place, figure.stage)
        said = figure.value if figure.value is not None else figure.shown
        assert said == wanted, (wanted, figure)
        assert (figure.shown == "未定") == (not figure.coverage.full), (said, figure)
        if figure.coverage.full:
            assert set(figure.coverage.not_applicable) == opinion.left, (opinion.left, figure)
    return len(found)


STANDARDS = ["balance_resources", "balance_guarantee", "balance_quality", "preschool_universal"]


def compare_verdicts(county, opinion, second_verdicts, standards=STANDARDS):
    """Hold the verdicts on standards against the second opinion; say how many there were."""
    many = 0
    for standard in standards:
        judged = county.assess(standard)
        wanted = second_verdicts(opinion, standard)
        said = {
            (one.place, one.stage, one.criterion): one.verdict.value
            for one in (*judged.findings, *judged.spread)
        }
        every = wanted.every
        differ = {
            key: (said.get(key), every.get(key))
            for key in (said.keys() | every.keys())
            if said.get(key) != every.get(key)
        }
        assert not differ, (standard, differ)
        assert judged.verdict.value == wanted.overall, standard
        assert wanted.left <= {one[:2] for one in judged.not_counted}, standard
        for one in (*judged.findings, *judged.spread):
            if one.verdict.value == "undetermined":
                assert one.missing, one
        many += len(said)
    return many


def compare_county(drawn, made, second_opinion, second_verdicts):
    """Hold all figures and verdicts of a county drawn against those counted another way."""
    county = drawn.county()
    opinion = second_opinion(county, date(2025, 9, 1))
    figures = compare(county, opinion, of_returns(made.SHELF))
    return figures + compare_verdicts(county, opinion, second_verdicts)


def of_returns(shelf):
    """The indicators counted from returns; targets have a test of their own."""
    return [name for name, one in shelf.indicators.items() if not counts_targets(one, shelf)]


# How often returns and numbers are missing, 不适用 is written, and a stage of a school is empty.
KINDS = [(0, 0, 0), (0, 0.05, 0), (0, 0, 0.5), (0, 0.02, 0.3), (0.05, 0.02, 0.2), (0.4, 0.1, 0.1)]


@settings(max_examples=10)
@given(seed=st.integers(0, 10**9), kind=st.sampled_from(KINDS))
def test_the_verdicts_on_any_county(invented, second_opinion, second_verdicts, seed, kind):
    county = invented(seed, *kind).county()
    opinion = second_opinion(county, date(2025, 9, 1))
    compare_verdicts(county, opinion, second_verdicts)


# `make counties` asks for 500, in batches so that several processes share them.
MANY = int(os.environ.get("XIANXUE_COUNTIES", "6"))
BATCH = 10


@pytest.mark.parametrize("first", range(0, MANY, BATCH))
def test_everything_of_many_counties(made, invented, second_opinion, second_verdicts, first):
    for seed in range(first, min(first + BATCH, MANY)):
        drawn = invented(seed, *KINDS[seed % len(KINDS)])
        assert compare_county(drawn, made, second_opinion, second_verdicts)


@settings(max_examples=25)
@given(seed=st.integers(0, 10**9), holes=st.sampled_from([0, 0, 0.1, 0.4]))
def test_some_indicators_of_any_county(invented, second_opinion, seed, holes):
    county = invented(seed, holes).county()
    opinion = second_opinion(county, date(2025, 9, 1))
    assert compare(county, opinion, SOME)


@pytest.mark.parametrize("seed", range(3))
def test_all_indicators_of_three_counties(made, invented, second_opinion, seed):
    county = invented(seed, 0.1).county()
    opinion = second_opinion(county, date(2025, 9, 1))
    assert compare(county, opinion, of_returns(made.SHELF))
