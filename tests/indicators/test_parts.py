"""What a place has of a formula: whole numbers until somebody asks for a fraction."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.indicators.parts import Own, exact

WHOLE = st.integers(0, 10**9)
SCALES = st.sampled_from([1, 10, 100])


@given(WHOLE, SCALES)
def test_an_amount_is_the_same_whatever_it_was_counted_in(amount, scale):
    assert exact(amount, scale) * scale == amount


@given(WHOLE, WHOLE, SCALES, SCALES)
def test_what_is_not_divided_is_added_as_it_is(up, down, up_scale, down_scale):
    own = Own("2199000001", up, down, up_scale, down_scale)
    assert (own.part, own.share) == (Fraction(up, up_scale), Fraction(down, down_scale))
    assert (own.step, own.divided) == (1, False)


def test_a_divided_part_is_what_its_pupils_and_weight_give():
    """600 books; 120 pupils of weight 1 and 60 of weight 1.1: the primary stage has 600·120÷186."""
    own = Own(
        "3199000001", 600 * 10, 120 * 10 + 60 * 11, 10, 10, False, False, Fraction(1), Fraction(120)
    )
    assert (own.numerator, own.denominator) == (600, 186)
    assert own.part == Fraction(600 * 120, 186)
    assert own.share == 120


def test_without_pupils_nothing_is_divided():
    own = Own("3199000001", 600, 0, 1, 1, False, False, Fraction(1), Fraction(0))
    assert own.part == 0
