"""The closed table of units agrees with itself."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.values.units import UNITS, ratio_dimension

BASE = sorted({unit.dimension for unit in UNITS.values() if "/" not in unit.dimension})


@pytest.mark.parametrize("unit", UNITS.values(), ids=list(UNITS))
def test_a_unit_is_kept_under_its_own_code(unit):
    assert UNITS[unit.code] is unit
    assert unit.code.isascii()
    assert unit.per >= 1


@pytest.mark.parametrize(
    "unit", [one for one in UNITS.values() if "/" in one.dimension], ids=lambda one: one.code
)
def test_a_quotients_sides_are_units_of_the_table(unit):
    above, _, below = unit.dimension.partition("/")

    assert above in BASE
    assert below in BASE
    assert unit.decimals == 0, "a quotient is computed, never kept"


def test_a_number_of_nothing_in_particular_has_no_total_anywhere():
    """Neither in a workbook's totals nor where the returns of merged schools are joined."""
    assert not UNITS["one"].adds
    assert {unit.code for unit in UNITS.values() if unit.adds} == {
        *("person", "school", "class", "volume", "room", "square_metre", "yuan", "hour"),
        *("answer", "item"),
    }


@given(st.sampled_from(sorted(UNITS)), st.integers())
def test_smallest_steps_become_whole_units_exactly(code, amount):
    unit = UNITS[code]

    assert unit.in_whole_units(amount) * unit.step == Fraction(amount)


@given(st.sampled_from(sorted(UNITS)), st.sampled_from(sorted(UNITS)))
def test_a_quotient_of_like_things_is_a_share(one, other):
    above, below = UNITS[one], UNITS[other]

    assert (ratio_dimension(above, below) == "share") == (above.dimension == below.dimension)
