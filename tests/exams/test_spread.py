"""Percentiles as a spreadsheet has them, and bands that lose nobody."""

from fractions import Fraction
from itertools import pairwise
from statistics import quantiles

from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.exams.spread import bands, five_numbers, one_point, percentile
from xianxue.bureau.exams.statistics import NOBODY

COUNTS = st.dictionaries(st.integers(-5000, 75000), st.integers(1, 5), min_size=1, max_size=12)


def test_five_numbers_by_hand():
    """10, 20, 20, 40: the quartiles lie at places 0.75, 1.5 and 2.25 of 0 to 3."""
    found = five_numbers({1000: 1, 2000: 2, 4000: 1})
    assert (found.n, found.least, found.most) == (4, 10, 40)
    assert (found.lower, found.middle, found.upper) == (Fraction(35, 2), 20, 25)


def test_of_one_pupil_all_five_are_alike_and_of_nobody_there_are_none():
    found = five_numbers({7000: 1})
    assert {found.least, found.lower, found.middle, found.upper, found.most} == {70}
    assert five_numbers({}) == percentile({}, 50) == NOBODY


@given(COUNTS.filter(lambda counts: sum(counts.values()) > 1))
def test_percentiles_are_those_of_a_library(counts):
    marks = [Fraction(mark, 100) for mark, many in counts.items() for _ in range(many)]
    theirs = quantiles(marks, n=4, method="inclusive")
    assert [percentile(counts, one) for one in (25, 50, 75)] == theirs


def test_bands_of_ten_points_with_a_top_bucket():
    counts = {70000: 1, 69500: 1, 69499: 2, 69000: 1, 67000: 1}
    # 690 is no multiple of 20: the bucket begins at the next, 700, and cuts no band.
    assert [(one.low, one.high, one.pupils, one.above) for one in bands(counts, 10, 690)] == [
        (690, None, 5, 5),
        (680, 690, 0, 5),
        (670, 680, 1, 6),
    ]
    assert [(one.low, one.high, one.pupils) for one in bands(counts, 20, 690)] == [
        (700, None, 1),
        (680, 700, 4),
        (660, 680, 1),
    ]


def test_a_mark_on_the_border_belongs_to_the_band_above():
    assert [(one.low, one.pupils) for one in one_point({10000: 1, 9999: 1}, 150)][-2:] == [
        (100, 1),
        (99, 1),
    ]
    assert bands({}, 10, 700) == []


@given(COUNTS, st.integers(1, 50), st.integers(0, 700))
def test_bands_hold_everybody_once_and_leave_no_gap(counts, width, top):
    found = bands(counts, width, top)
    assert sum(one.pupils for one in found) == sum(counts.values()) == found[-1].above
    for upper, lower in pairwise(found):
        assert lower.high == upper.low
        assert lower.above == upper.above + lower.pupils
    for one in found:
        within = [
            many
            for mark, many in counts.items()
            if one.low * 100 <= mark and (one.high is None or mark < one.high * 100)
        ]
        assert one.pupils == sum(within)
