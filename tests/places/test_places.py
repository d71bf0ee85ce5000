"""Codes, the days of a place's life, and what belongs to what."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from xianxue.bureau.places.codes import is_area_code, is_school_code
from xianxue.bureau.places.place import Attributes, Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.stages import Stage

DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 1, 1))


@given(st.integers(10**9, 10**10 - 1).map(str))
def test_ten_digits_are_a_school_code(code):
    assert is_school_code(code)
    assert not is_area_code(code)


@given(st.text(max_size=12))
@example("２１63000001")
@example("216300000１")
@example("2163000001\n")
def test_nothing_else_is_a_code(text):
    digits = text.isascii() and text.isdigit() and not text.startswith("0")

    assert is_school_code(text) == (digits and len(text) == 10)
    assert is_area_code(text) == (digits and len(text) in {6, 9})


@given(st.lists(DAYS, min_size=2, max_size=2, unique=True).map(sorted), DAYS)
def test_both_end_days_belong_to_a_places_life(days, on):
    opened, closed = days
    school = Place(code="2163000001", name="某某小学", level="school", opened=opened, closed=closed)

    assert school.open_on(opened)
    assert school.open_on(closed)
    assert not school.open_on(opened - timedelta(days=1))
    assert not school.open_on(closed + timedelta(days=1))
    assert school.open_on(on) == (opened <= on <= closed)


@given(st.lists(DAYS, min_size=1, max_size=6, unique=True).map(sorted), DAYS)
def test_one_set_of_attributes_holds_on_each_day(days, on):
    """From its first day to the day before the next one's."""
    ends = [day - timedelta(days=1) for day in days[1:]] + [None]
    history = tuple(
        Attributes(valid_from=start, valid_to=end, school_type=f"{number:03}")
        for number, (start, end) in enumerate(zip(days, ends, strict=True))
    )
    school = Place(code="2163000001", name="某某小学", level="school", history=history)

    found = school.attributes(on)

    number = sum(day <= on for day in days) - 1
    assert found == (None if number < 0 else history[number])


def test_a_place_without_attributes_has_no_stages():
    assert Place(code="632500", name="某某县", level="county").stages(date(2025, 9, 1)) == ()


def county(townships, schools):
    """A county with some townships, and schools spread over them (虚构)."""
    code = "632500"
    yield Place(code=code, name="某某县", level="county")
    for number in range(townships):
        yield Place(code=f"{code}{100 + number}", name=f"{number}乡", level="township", parent=code)
    for number in range(schools):
        parent = f"{code}{100 + number % townships}" if townships else code
        yield Place(
            code=str(2163000001 + number), name=f"{number}校", level="school", parent=parent
        )


@given(st.integers(0, 4), st.integers(0, 12))
def test_the_townships_share_out_the_countys_schools(townships, schools):
    register = Register.of(county(townships, schools))
    on = date(2025, 9, 1)

    everyone = register.schools(on)
    by_township = [
        school
        for township in register.townships(on)
        for school in register.schools(on, township.code)
    ]

    assert len(everyone) == schools
    assert register.schools(on, register.county.code) == everyone
    if townships:
        assert sorted(one.code for one in by_township) == sorted(one.code for one in everyone)
    for school in everyone:
        township = register.township_of(school)
        assert township == (school.parent if townships else "")


def test_a_code_twice_is_refused():
    places = [*county(0, 1), *county(0, 1)]

    with pytest.raises(ValueError, match="632500"):
        Register.of(places)


def test_places_that_belong_to_each_other_are_refused():
    """Who lies in whom would have no end."""
    one = Place(code="632500101", name="甲乡", level="township", parent="632500102")
    other = Place(code="632500102", name="乙乡", level="township", parent="632500101")

    with pytest.raises(ValueError, match="632500101"):
        Register.of([one, other])


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_has_a_chinese_name(stage):
    assert stage.term.isalpha()
    assert not stage.term.isascii()
