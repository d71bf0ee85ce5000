"""Where public calculators of 等级赋分 depart from the rule, row by row; none of it is ours.

The rule: 15/35/35/13/2 per cent, 100–86, 85–71, 70–56, 55–41, 40–30, by a straight line, half up;
one mark has one result, and who was absent is in no base.
"""

from collections import Counter
from decimal import Decimal

import pytest
from invented_marks import CARD, frame
from national import national

from xianxue.bureau.exams.columns import Why
from xianxue.bureau.exams.counting import rows_of
from xianxue.bureau.exams.marked import marked
from xianxue.bureau.exams.scaling import scale
from xianxue.bureau.exams.single import with_t
from xianxue.desk.stores.engines import POLARS

SCHEMES = national().shelf.schemes
STANDARD, SHANDONG = SCHEMES["standard_3_1_2"], SCHEMES["shandong_3_3"]


def scaled(marks, scheme=STANDARD):
    return scale(scheme, [Decimal(mark) for mark in marks])


def chemistry(*marks):
    """Pupils who differ in chemistry alone."""
    rest = {"track": "p", "chinese": 9000, "physics": 5000}
    rest |= {"history": Why.OTHER_TRACK, "art": Why.NOT_CHOSEN}
    table = frame([{**rest, "chemistry": mark} for mark in marks]).lazy()
    return marked(POLARS, CARD, SCHEMES, table).lines


def test_nought_is_not_absent_and_absent_is_not_nought():
    """One takes 0 for absent; another adds an absent mark as 0, and ranks the sum."""
    found = rows_of(chemistry(0, Why.ABSENT, 5000, 10000).sort("row"))
    # Of three who sat, the cuts nearest to 0.45, 1.5 and 2.55 make the last the one C.
    assert [one["s.chemistry"] for one in found][:2] == [7000, None]
    assert [one["total"] for one in found][:2] == [21000, None]


def test_an_absent_pupil_has_no_t_of_50():
    """One gives absent pupils a Z of 0 and a T of 50, as if they were in the middle."""
    lines = with_t(POLARS, CARD, chemistry(0, Why.ABSENT, 10000), "m.chemistry", by_track=False)
    assert [one["t.m.chemistry"] for one in rows_of(lines.sort("row"))] == [4000, None, 6000]


@pytest.mark.parametrize("marks", [range(50, 55), [60] * 40, [90] * 30 + [20] * 10])
def test_five_pupils_equal_marks_and_blocks_of_ties_are_no_error(marks):
    """One stops with an error in each of these."""
    found = scaled(marks)
    assert sum(one.pupils for one in found.reached) == len(marks)
    assert set(found.marks) == {Decimal(mark) for mark in marks}


def test_a_last_grade_of_one_mark_divides_by_nothing():
    marks = [*range(100, 2, -1), 1, 1]
    found = scaled(marks)
    # 2 of 100 are E, both with the same mark: by the card it becomes the grade's best score.
    assert found.reached[-1].pupils == 2
    assert found.marks[Decimal(1)].score == 40


def test_a_first_grade_of_one_mark_becomes_100_and_not_86():
    marks = [100] * 15 + list(range(85))
    assert scaled(marks).marks[Decimal(100)].score == 100


def test_shares_are_not_cut_off_one_by_one():
    """Of 40 pupils one gives 6 + 14 + 14 + 5: 39, for each share loses its fraction."""
    found = scaled(range(40))
    assert [one.pupils for one in found.reached] == [6, 14, 14, 5, 1]


def test_below_seven_pupils_somebody_is_in_the_first_grade():
    """15 % of six are 0.9: rounded down, nobody would be an A."""
    for many in range(1, 7):
        assert scaled(range(many)).reached[0].pupils <= 1
    assert [scaled(range(many)).reached[0].pupils for many in (4, 5, 6)] == [1, 1, 1]


def test_of_eight_grades_d_has_7_per_cent_and_e_has_3():
    """One has exchanged them, by a cut at 7 where 3 belongs."""
    found = scaled(range(100), SHANDONG)
    shares = {one.grade: one.pupils for one in found.reached}
    assert (shares["D"], shares["E"]) == (7, 3)
    assert found.marks[Decimal(0)].score == 21


def test_the_interval_of_a_grade_is_of_marks_that_its_own_pupils_have():
    """Five are tied over the cut of A; the best B has 85 and not 84."""
    marks = [*range(101, 114), *[100] * 5, *range(18, 100)]
    assert scaled(marks).marks[Decimal(100)].score == 85


def test_results_of_21_grades_go_down_by_three_to_the_last():
    """One has cuts that are right to the eighth grade, and only 16 results."""
    found = scaled(range(100), SCHEMES["zhejiang"])
    many = Counter(one.score for one in found.marks.values())
    assert sorted(many, reverse=True) == list(range(100, 39, -3))
    assert [many[score] for score in (76, 73, 46, 43, 40)] == [7, 7, 2, 1, 1]


def test_it_is_the_mark_that_is_spread_and_not_the_place_and_the_last_has_no_nought():
    """One interpolates places: ten pupils get 30 for the ninth, and 0 for the tenth."""
    marks = [100, 99, 90, 80, 79, 60, 59, 40, 39, 10]
    found = scaled(marks).marks
    assert min(one.score for one in found.values()) >= 30
    # B has 90, 80 and 79: 71 + (80 − 79) × 14 ÷ 11 = 72.27; by places it would be 78.
    assert [found[Decimal(mark)].score for mark in (90, 80, 79)] == [85, 72, 71]


def test_halves_go_up_where_a_bankers_rounding_goes_down():
    """76.5 is 77: 71 + 11 × 14 ÷ 28, in a grade from 32 to 60."""
    marks = [90] * 15 + [60, 43, 32] + [40] * 32 + [20] * 35 + [10] * 13 + [5] * 2
    found = scaled(marks).marks
    assert found[Decimal(43)].grade == "B"
    assert found[Decimal(43)].score == 77
