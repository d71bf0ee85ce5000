"""Every figure of invented counties, counted once by the engine and once in plain Python."""

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
        assert said == wanted, figure
        assert (figure.shown == "未定") == (not figure.coverage.full), figure
    return len(found)


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
    # Targets are nobody's returns; they have an opinion of their own (test_counted_targets.py).
    names = [
        name for name, one in made.SHELF.indicators.items() if not counts_targets(one, made.SHELF)
    ]
    assert compare(county, opinion, names)
