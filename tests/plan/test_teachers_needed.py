"""Teachers that pupils ask for, and how many have to be found."""

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.plan.needs.teachers import needed, needed_together, recruiting, retirements


def test_a_part_of_a_teacher_is_a_whole_one():
    asked = [(1000, "19"), (600, "13.5"), (600, "12.5"), (76, "19")]
    assert [needed(pupils, Fraction(ratio)) for pupils, ratio in asked] == [53, 45, 48, 4]


def test_adding_up_first_and_last_may_differ():
    groups = [(10, Fraction(19)), (10, Fraction(19))]
    assert needed_together(groups) == 2
    assert needed_together([(9, Fraction(19)), (9, Fraction(19))]) == 1
    assert sum(needed(*one) for one in [(9, Fraction(19)), (9, Fraction(19))]) == 2


def test_three_years_of_recruiting_are_those_of_the_worked_case():
    needs = [needed(pupils, Fraction(19)) for pupils in (8050, 7900, 7600)]
    assert needs == [424, 416, 400]
    years = recruiting(420, needs, [12, 15, 18], Fraction("0.015"))
    assert [one.recruit for one in years] == [22, 13, 8]
    assert [one.leave for one in years] == [6, 6, 6]


def test_who_is_too_many_is_still_there_next_year():
    years = recruiting(100, [80, 95], [0, 0], Fraction(0))
    assert [(one.recruit, one.over) for one in years] == [(0, 20), (0, 5)]


@given(st.integers(0, 5000), st.integers(0, 5000), st.integers(0, 200))
def test_whoever_is_needed_is_there_or_found(there, need, retire):
    year = recruiting(there, [need], [retire], Fraction("0.015"))[0]
    assert year.stay + year.recruit - year.over == need
    assert not (year.recruit and year.over)


def test_retirement_falls_into_the_school_year_of_the_birthday():
    born = [date(1966, 9, 1), date(1966, 8, 31), date(1960, 1, 1)]
    assert retirements(born, [60, 60, 60], [2025, 2026]) == {2025: 2, 2026: 1}
