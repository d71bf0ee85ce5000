"""Targets counted by the engine and once more one by one, in counties drawn by a seed."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xianxue.bureau.indicators.figures import figures
from xianxue.bureau.kinds.expected import ExpectedRow
from xianxue.bureau.values.missing import Missing

NAMES = ["targets_set", "targets_reached", "target_completion"]


def expected_of(county):
    found = {}
    for row in county.targets:
        known = {name: row.values[name] for name in ("level", "origin")}
        one = ExpectedRow(None, frozenset(row.values), known)
        found[row.place.code, "targets"] = (*found.get((row.place.code, "targets"), ()), one)
    return found


def mine(county, figure):
    """The answers of all targets that a figure is about: its place's own and those within it."""
    register = county.register
    found = []
    for row in county.targets:
        place = row.place
        above = {place.code, register.township_of(place), register.county.code}
        if figure.slice is not None and row.values[figure.slice.dimension] != figure.slice.code:
            continue
        if figure.place in above:
            found.append(row.values["reached"])
    return found


@settings(max_examples=15)
@given(seed=st.integers(0, 10**9), holes=st.sampled_from([0, 0.4, 2]))
def test_every_figure_of_targets_is_the_count_one_by_one(invented, seed, holes):
    county = invented(seed, holes).county()
    made = figures(
        county.frames(*NAMES),
        county.shelf,
        county.register,
        county.period,
        NAMES,
        expected=expected_of(county),
    )
    for figure in made.values():
        answers = mine(county, figure)
        unknown = Missing.NOT_ANSWERED in answers
        reached = sum(one for one in answers if isinstance(one, int))
        if figure.indicator == "targets_set":
            assert figure.value == len(answers)
            continue
        if unknown:
            assert (figure.value, figure.shown) == (None, "未定")
            assert not figure.coverage.full
        elif figure.indicator == "targets_reached":
            assert figure.value == reached
        elif answers:
            assert figure.value == Fraction(100 * reached, len(answers))
        else:
            assert (figure.value, figure.shown) == (None, "—")


@pytest.mark.parametrize("name", NAMES)
def test_a_school_without_targets_has_no_such_figure(invented, name):
    county = invented(7, 0).county()
    county.targets.clear()
    found = {
        county.register[one.place].level
        for one in county.figures(name).values()
        if one.slice is None
    }
    assert found == {"township", "county"}
