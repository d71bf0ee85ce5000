"""Rounding and exact comparison, held against the standard library's decimals and whole squares."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from xianxue.bureau.values.exact import Root, at_least, at_most, exact_sum, fraction
from xianxue.bureau.values.rounding import half_up, plain, shown, shown_beside

DECIMALS = st.decimals(
    allow_nan=False, allow_infinity=False, places=6, min_value=-(10**9), max_value=10**9
)
PLACES = st.integers(0, 8)
FRACTIONS = st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=10**6)
SQUARES = st.fractions(min_value=0, max_value=10**6, max_denominator=10**6)
LIMITS = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=0, max_value=1000)


def less_than(value, limit):
    return not value >= limit


HOLDS = [at_least, at_most, less_than]


@given(DECIMALS, PLACES)
@example(Decimal("0.5"), 0)
@example(Decimal("-0.5"), 0)
@example(Decimal("2.675"), 2)
def test_half_up_is_what_decimal_calls_half_up(value, places):
    with localcontext(prec=60):
        expected = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert half_up(Fraction(value), places) == expected


@given(FRACTIONS, PLACES)
@example(Fraction(-1, 1000), 2)
@example(Fraction(-1, 200), 2)
def test_what_is_shown_is_the_rounded_decimal_written_out(value, places):
    """Nothing is «-0.00»: what rounds to nothing has no sign."""
    assert shown(value, places) == f"{half_up(value, places):f}"
    assert shown(Fraction(-1, 1000), 2) == "0.00"
    assert shown(Fraction(-1, 200), 2) == "-0.01"


@given(st.lists(FRACTIONS, max_size=40))
def test_an_exact_sum_is_the_sum_whatever_is_added_first(amounts):
    assert exact_sum(amounts) == sum(amounts, Fraction(0))


@given(FRACTIONS, PLACES)
def test_rounding_is_off_by_half_a_step_at_most(value, places):
    rounded = Fraction(half_up(value, places))

    assert abs(rounded - value) <= Fraction(1, 2 * 10**places)
    assert (rounded * 10**places).denominator == 1


@given(FRACTIONS, FRACTIONS, PLACES)
def test_rounding_keeps_the_order(one, other, places):
    low, high = sorted((one, other))
    assert half_up(low, places) <= half_up(high, places)


@given(FRACTIONS, PLACES)
def test_what_is_shown_has_its_decimals_and_no_exponent(value, places):
    text = shown(value, places)

    assert Decimal(text) == half_up(value, places)
    assert len(text.partition(".")[2]) == places
    assert "E" not in text
    assert text.lstrip("-").strip("0.") or not text.startswith("-"), "no minus before nothing"


@given(DECIMALS)
def test_plain_is_exact_where_the_value_ends(value):
    assert Decimal(plain(Fraction(value))) == value


@given(SQUARES, FRACTIONS)
def test_a_root_compares_as_its_square_does(square, limit):
    root = Root(square)

    assert (root >= limit) == (limit <= 0 or square >= limit**2)
    assert (root <= limit) == (limit >= 0 and square <= limit**2)
    assert root >= limit or root <= limit


@given(st.fractions(min_value=0, max_value=1000, max_denominator=1000), FRACTIONS)
def test_the_root_of_a_square_is_its_side(side, limit):
    root = Root(side**2)

    assert (root >= limit) == (side >= limit)
    assert (root <= limit) == (side <= limit)
    assert root.to_decimal(6) == half_up(side, 6)


@given(SQUARES, PLACES)
def test_a_rounded_root_encloses_its_square(square, places):
    """No other decimal of that length is nearer: checked by squaring, without any root."""
    rounded = Fraction(Root(square).to_decimal(places))
    half = Fraction(1, 2 * 10**places)

    assert max(rounded - half, Fraction(0)) ** 2 <= square < (rounded + half) ** 2


def test_a_negative_square_has_no_root():
    with pytest.raises(ValueError, match="not negative"):
        Root(Fraction(-1))


@given(FRACTIONS, LIMITS, st.integers(0, 4), st.sampled_from(HOLDS))
@example(Fraction(4196, 1000), Decimal("4.2"), 2, at_least)
@example(Fraction(42, 10) - Fraction(1, 10**40), Decimal("4.2"), 2, at_least)
@example(Fraction("0.15"), Decimal("0.15"), 1, less_than)
@example(Fraction(149999, 10**6), Decimal("0.15"), 2, less_than)
def test_a_shown_value_never_contradicts_its_verdict(value, limit, places, holds):
    text = shown_beside(value, Fraction(limit), places, holds)

    assert holds(Fraction(text), Fraction(limit)) == holds(value, Fraction(limit))


@given(SQUARES, LIMITS, st.sampled_from(HOLDS))
@example(Fraction(1, 4) + Fraction(1, 10**40), Decimal("0.5"), at_most)
@example(Fraction(1, 4) - Fraction(1, 10**40), Decimal("0.5"), at_least)
def test_a_shown_root_never_contradicts_its_verdict(square, limit, holds):
    root = Root(square)

    text = shown_beside(root, Fraction(limit), 3, holds)

    assert holds(Fraction(text), Fraction(limit)) == holds(root, Fraction(limit))


@given(FRACTIONS, LIMITS, st.sampled_from(HOLDS))
def test_a_plainly_rounded_value_stays_where_it_agrees(value, limit, holds):
    """More digits are shown only where they are needed."""
    agrees = holds(Fraction(half_up(value, 2)), Fraction(limit)) == holds(value, Fraction(limit))
    assume(agrees)
    assert shown_beside(value, Fraction(limit), 2, holds) == shown(value, 2)


def test_a_limit_that_no_decimal_meets_ends_all_the_same():
    third = Fraction(1, 3)

    assert shown_beside(third, third, 2, at_least).startswith("0.33")


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_teachers_per_hundred_are_compared_without_rounding(teachers, pupils):
    """4.2 in a hundred is 42 in a thousand, and not one teacher fewer."""
    value = Fraction(teachers, pupils) * 100

    assert at_least(value, fraction("4.2")) == (teachers * 1000 >= pupils * 42)
