"""等级赋分: by hand, where others' calculators go wrong, and the laws that no scale may break."""

from __future__ import annotations

import math
from collections import Counter
from decimal import Decimal
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from national import national

from xianxue.bureau.exams.scaling import scale

SCHEMES = national().shelf.schemes
STANDARD = SCHEMES["standard_3_1_2"]
MARKS = st.lists(st.integers(0, 100).map(Decimal), max_size=120)


def scaled(marks, scheme=STANDARD):
    return scale(scheme, [Decimal(mark) for mark in marks])


def test_the_schemes_there_are():
    assert {"standard_3_1_2", "guangdong", "shandong_3_3", "zhejiang", "shanghai"} <= set(SCHEMES)
    for scheme in SCHEMES.values():
        assert sum(grade.share for grade in scheme.grades) == 100
    assert [len(SCHEMES[name].grades) for name in ("zhejiang", "shanghai")] == [21, 11]


def test_the_case_of_the_facts():
    """Facts §7.1: a B that runs from 82 to 61 makes 82 of 77, and 84 of 81."""
    marks = [90] * 15 + [82, 81, 77, 61] + [70] * 31 + [50] * 35 + [40] * 13 + [20] * 2
    found = scaled(marks).marks
    assert found[Decimal(82)].grade == found[Decimal(61)].grade == "B"
    assert (found[Decimal(77)].score, found[Decimal(81)].score) == (82, 84)
    assert (found[Decimal(82)].score, found[Decimal(61)].score) == (85, 71)


def test_a_hundred_different_marks_have_the_shares_exactly():
    found = scaled(range(1, 101))
    assert [one.pupils for one in found.reached] == [15, 35, 35, 13, 2]
    assert (found.marks[Decimal(100)].score, found.marks[Decimal(86)].score) == (100, 86)
    assert (found.marks[Decimal(2)].score, found.marks[Decimal(1)].score) == (40, 30)


def test_the_best_b_gets_85_though_five_are_tied_over_the_cut():
    """A calculator that takes a grade by its first place and an interval by another gives 84."""
    marks = [*range(101, 114), *[100] * 5, *range(18, 100)]
    found = scaled(marks)
    # 13 are above 100 and 18 with those on it: 13 is nearer to 15 than 18 is.
    assert found.reached[0].pupils == 13
    assert found.marks[Decimal(100)].grade == "B"
    assert found.marks[Decimal(100)].score == 85


def test_half_a_point_is_rounded_up():
    """B from 71 to 85 over 28 marks: each half mark is a quarter point; 76.5 is 77, never 76."""
    marks = [90] * 15 + [60, 49, 32] + [40] * 32 + [20] * 35 + [10] * 13 + [5] * 2
    found = scaled(marks).marks
    # 71 + (49 − 32) × 14 ÷ 28 = 79.5
    assert found[Decimal(49)].score == 80


@pytest.mark.parametrize("many", range(8))
def test_one_to_seven_pupils_and_all_alike_are_scaled_without_a_division_by_zero(many):
    alike = scaled([60] * many)
    assert len(alike.marks) == min(many, 1)
    different = scaled(range(many))
    assert len(different.marks) == many
    assert sum(one.pupils for one in different.reached) == many


def test_a_true_nought_is_a_mark():
    found = scaled([0, *range(1, 100)])
    assert (found.marks[Decimal(0)].grade, found.marks[Decimal(0)].score) == ("E", 30)


def test_the_last_per_cent_of_twenty_one_grades_gets_forty_and_each_grade_three_points():
    found = scaled(range(1, 101), SCHEMES["zhejiang"])
    assert [one.pupils for one in found.reached] == [int(one.share) for one in SCHEMES["zhejiang"].grades]  # fmt: skip
    assert found.marks[Decimal(100)].score == 100
    assert found.marks[Decimal(1)].score == 40
    assert sorted({one.score for one in found.marks.values()}) == list(range(40, 101, 3))


def test_cuts_never_above_and_never_below_their_share():
    for boundary, least in (("not_above", False), ("not_below", True)):
        scheme = msgspec.structs.replace(STANDARD, boundary=boundary)
        found = scaled([*[90] * 14, *[89] * 3, *range(80)], scheme)
        # 14 and 17 of 97: 15 per cent are 14.55.
        assert found.reached[0].pupils == (17 if least else 14)


@given(MARKS, st.sampled_from(sorted(SCHEMES)))
def test_a_better_mark_never_becomes_a_worse_score(marks, name):
    found = scale(SCHEMES[name], marks).marks
    scores = [found[mark].score for mark in sorted(found)]
    assert scores == sorted(scores)
    places = {grade.grade: at for at, grade in enumerate(SCHEMES[name].grades)}
    grades = [places[found[mark].grade] for mark in sorted(found, reverse=True)]
    assert grades == sorted(grades)


@given(MARKS, st.randoms(use_true_random=False))
def test_the_order_of_pupils_changes_nothing(marks, chance):
    turned = list(marks)
    chance.shuffle(turned)
    assert scale(STANDARD, marks) == scale(STANDARD, turned)


@given(MARKS)
def test_every_score_lies_within_its_grade_and_all_are_counted(marks):
    found = scale(STANDARD, marks)
    bounds = {grade.grade: (grade.low, grade.high) for grade in STANDARD.grades}
    for one in found.marks.values():
        low, high = bounds[one.grade]
        assert low <= one.score <= high
    assert set(found.marks) == set(marks)
    assert sum(one.pupils for one in found.reached) == len(marks)


@given(MARKS)
def test_no_other_cut_would_be_nearer_to_the_share(marks):
    """A count by hand of every possible cut, cut by cut."""
    found, counts = scale(STANDARD, marks), Counter(marks)
    possible = {0}
    for mark in sorted(counts, reverse=True):
        possible.add(max(possible) + counts[mark])
    above, share = 0, Fraction(0)
    for one in found.reached[:-1]:
        share += Fraction(one.wanted) / 100
        before, above = above, above + one.pupils
        nearest = min(abs(cut - share * len(marks)) for cut in possible if cut >= before)
        assert math.isclose(abs(above - share * len(marks)), nearest)
