"""Assessors: marks dropped, panels on one measure, agreement."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.appraisal.panels import (
    agreement,
    kappa,
    outlying,
    standardised,
    trimmed,
    z_scores,
)
from xianxue.bureau.kinds.appraisal.source_of_points import Panel
from xianxue.bureau.values.rounding import plain

ONE_EACH = Panel(drop_highest=1, drop_lowest=1)
SHROUT = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
marks = st.lists(st.integers(0, 100).map(Fraction), min_size=1, max_size=9)


def fractions(*texts):
    return [Fraction(text) for text in texts]


def test_t_g15_highest_and_lowest_are_dropped():
    seven = fractions("95", "91.5", "90", "89", "88.5", "86", "70")
    assert trimmed(seven, ONE_EACH).mean == 89
    assert plain(trimmed(seven, Panel()).mean, 4) == "87.1429"


def test_t_g15_of_two_that_are_highest_one_is_dropped():
    got = trimmed(fractions("95", "95", "90", "70"), ONE_EACH)
    assert (got.kept, got.highest, got.lowest) == ((90, 95), (95,), (70,))


def test_five_or_fewer_are_not_dropped_where_the_card_says_above_five():
    card = Panel(drop_highest=1, drop_lowest=1, drop_above=5)
    assert trimmed(fractions(1, 2, 3, 4, 10), card).mean == 4
    assert trimmed(fractions(1, 2, 3, 4, 10, 11), card).mean == Fraction(19, 4)


def test_two_marks_are_never_dropped_to_nothing():
    assert trimmed(fractions(60, 90), ONE_EACH).mean == 75


@given(marks, st.integers(0, 8), st.integers(1, 30))
def test_raising_one_mark_never_lowers_the_mean(some, at, more):
    at %= len(some)
    raised = [*some]
    raised[at] += more
    assert trimmed(raised, ONE_EACH).mean >= trimmed(some, ONE_EACH).mean


def test_t_g17_both_panels_have_the_same_places():
    a, b = fractions(70, 74, 76, 78, 82), fractions(80, 84, 86, 88, 92)
    assert z_scores(a) == z_scores(b) == tuple(fractions("-1.5", "-0.5", "0", "0.5", "1.5"))
    got = standardised({"A": a, "B": b})
    assert got.marks["A"] == got.marks["B"]
    assert sum(got.marks["A"]) / 5 == got.whole.mean == 81
    assert (got.of["A"].mean, got.of["A"].variance) == (76, 16)


def test_a_panel_whose_marks_are_all_alike_is_only_moved():
    got = standardised({"A": fractions(80, 80), "B": fractions(60, 100)})
    assert got.marks["A"] == (80, 80)
    assert got.whole.mean == 80


def test_t_g18_the_six_correlations():
    got = agreement([fractions(*line) for line in SHROUT])
    six = (got.one_way, got.absolute, got.in_order)
    six += (got.one_way_of_all, got.absolute_of_all, got.in_order_of_all)
    expected = ["0.1657", "0.2898", "0.7148", "0.4428", "0.6201", "0.9093"]
    assert [plain(one, 4) for one in six] == expected


def test_agreement_needs_everybody_judged_by_everybody():
    with pytest.raises(ValueError, match="everybody"):
        agreement([fractions(1, 2), fractions(1)])
    assert agreement([fractions(1, 2)]) is None
    assert agreement([fractions(5, 5), fractions(5, 5)]).absolute is None


def test_t_g19_kappa():
    assert kappa([[20, 5], [10, 15]]) == Fraction(2, 5)
    assert kappa([[10, 0], [0, 0]]) is None


def test_weighted_kappa_minds_how_far_levels_are_apart():
    """One step off is nearly right, two steps off are not."""
    near, far = [[5, 1, 0], [0, 5, 0], [0, 0, 5]], [[5, 0, 1], [0, 5, 0], [0, 0, 5]]
    assert kappa(near, weighted=True) > kappa(far, weighted=True)
    assert kappa(near) == kappa(far)


def test_what_is_far_from_the_middle_is_named():
    some = dict(zip("1234", fractions(8, 9, 7, 2), strict=True))
    assert outlying(some, Panel(outlying=Decimal(5))) == ("4",)
    assert outlying(some, Panel()) == ()
