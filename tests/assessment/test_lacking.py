"""What is lacking is the smallest whole number that passes: with it yes, with one fewer no."""

from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.records.finding import Shortfall, Verdict

TEACHERS = {"noun": "虚构教师", "unit": "person"}
MORE_SHARERS = {**TEACHERS, "adds_to": "denominator"}

pupils = st.integers(min_value=1, max_value=3000)
limits = st.decimals(min_value="0.1", max_value="99", places=2)
upper = st.sampled_from(["at_most", "less_than"])


@st.composite
def too_few(draw):
    """So many per hundred are wanted, and so many of so many there are: fewer."""
    limit, among = draw(limits), draw(pupils)
    wanted = ceil(Fraction(limit) * among / 100)
    return limit, draw(st.integers(min_value=0, max_value=wanted - 1)), among


@st.composite
def too_many(draw):
    """At most so many per hundred are allowed, and so many of so many there are: more."""
    limit, among = draw(limits), draw(pupils)
    allowed = floor(Fraction(limit) * among / 100)
    return limit, draw(st.integers(min_value=allowed + 1, max_value=allowed + 3000)), among


@pytest.fixture(scope="module")
def judge(by_hand):
    """Judge one figure by one line."""

    def judge(limit, rule, lacking, **figure):
        one = by_hand.criterion("a", limit, rule=rule, lacking=lacking)
        cards = by_hand.standard(one)
        figures = [by_hand.figure("a", "s", **figure)]
        (found,) = by_hand.judged(cards, figures, [by_hand.school("s")]).findings
        return found

    return judge


def test_teachers_that_are_lacking(judge):
    """4.2 in a hundred of 1,010 pupils are 42.42 teachers: 43."""
    found = judge("4.2", "at_least", TEACHERS, value=(40, 1010))
    assert found.lacking == Shortfall(3, "person", "虚构教师")


def test_whoever_passes_lacks_nothing(judge):
    assert judge("4.2", "at_least", TEACHERS, value=(42, 1000)).lacking is None


def test_a_card_that_names_nothing_to_count_counts_nothing(judge):
    found = judge("4.2", "at_least", None, value=(40, 1000))
    assert (found.verdict, found.lacking) == (Verdict.NOT_MET, None)


def test_pupils_that_are_too_many(judge):
    """A school of 2,013 where 2,000 are allowed; a plain count has no denominator."""
    found = judge("2000", "at_most", TEACHERS, value="2013", unit="person")
    assert found.lacking == Shortfall(13, "person", "虚构教师", surplus=True)


def test_an_upper_limit_kept_by_having_more(judge):
    """301 children to 15 each need 21 teachers, and there are 19."""
    found = judge("15", "at_most", MORE_SHARERS, value=(301, 19), unit="people_per_person")
    assert found.lacking == Shortfall(2, "person", "虚构教师")


def test_no_number_of_sharers_brings_a_value_to_nothing(judge):
    found = judge("0", "at_most", MORE_SHARERS, value=(3, 19), unit="people_per_person")
    assert (found.verdict, found.lacking) == (Verdict.NOT_MET, None)


def test_a_strict_limit_is_passed_only_beyond_the_line(judge):
    """15 of 100 is 15 %, which is not below 15 %."""
    found = judge("15", "less_than", TEACHERS, value=(15, 100), unit="percent")
    assert found.lacking == Shortfall(1, "person", "虚构教师", surplus=True)
    found = judge("15", "less_than", MORE_SHARERS, value=(15, 100), unit="percent")
    assert found.lacking == Shortfall(1, "person", "虚构教师")


def test_what_stages_share_is_lacking_for_the_whole_school(judge):
    """600 and 300 pupils at 1 : 1.1 share 20 rooms; for 初中 20 are 2.366 in a hundred, 21 are 2.484."""
    shared = {"denominator": Fraction(930), "step": Fraction("1.1")}
    numerator = 20 * Fraction("1.1")
    value = numerator / 930 * 100
    found = judge("2.4", "at_least", TEACHERS, value=value, numerator=numerator, **shared)
    assert found.shown == "2.37"
    assert found.lacking.quantity == 1


@given(case=too_few())
def test_the_smallest_number_that_reaches_a_lower_limit(judge, case):
    limit, have, among = case
    more = judge(limit, "at_least", TEACHERS, value=(have, among)).lacking.quantity
    enough = judge(limit, "at_least", TEACHERS, value=(have + more, among))
    fewer = judge(limit, "at_least", TEACHERS, value=(have + more - 1, among))
    assert (enough.verdict, fewer.verdict) == (Verdict.MET, Verdict.NOT_MET)


@given(case=too_many(), rule=upper)
def test_the_smallest_number_that_gets_under_an_upper_limit(judge, case, rule):
    limit, have, among = case
    lacking = judge(limit, rule, TEACHERS, value=(have, among)).lacking
    assert lacking.surplus
    enough = judge(limit, rule, TEACHERS, value=(have - lacking.quantity, among))
    fewer = judge(limit, rule, TEACHERS, value=(have - lacking.quantity + 1, among))
    assert (enough.verdict, fewer.verdict) == (Verdict.MET, Verdict.NOT_MET)


@given(case=too_many(), rule=upper)
def test_the_smallest_number_of_sharers(judge, case, rule):
    limit, have, among = case
    lacking = judge(limit, rule, MORE_SHARERS, value=(have, among)).lacking
    assert not lacking.surplus
    enough = judge(limit, rule, MORE_SHARERS, value=(have, among + lacking.quantity))
    fewer = judge(limit, rule, MORE_SHARERS, value=(have, among + lacking.quantity - 1))
    assert (enough.verdict, fewer.verdict) == (Verdict.MET, Verdict.NOT_MET)


@given(primary=pupils, secondary=pupils, limit=limits, part=st.fractions(0, 1, max_denominator=99))
def test_the_smallest_number_for_a_school_whose_stages_share(
    judge, primary, secondary, limit, part
):
    """An area need not be whole; what is added to the school's total is."""
    weight = Fraction("1.1")
    below = primary + secondary * weight

    def secondary_stage(total):
        numerator = total * weight
        parts = {"numerator": numerator, "denominator": below, "step": weight}
        unit = "square_metre_per_person"
        return judge(limit, "at_least", TEACHERS, value=numerator / below, unit=unit, **parts)

    needed = Fraction(limit) * below / weight
    total = needed * part
    found = secondary_stage(total)
    if part == 1:
        assert found.lacking is None
        return
    more = found.lacking.quantity
    enough, fewer = secondary_stage(total + more), secondary_stage(total + more - 1)
    assert (enough.verdict, fewer.verdict) == (Verdict.MET, Verdict.NOT_MET)
