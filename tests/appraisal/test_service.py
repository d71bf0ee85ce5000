"""How long somebody served, against counting day by day; T-G12."""

from __future__ import annotations

import random
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.appraisal.persons.service import (
    days,
    longest,
    months,
    months_on,
    runs,
    school_years,
    until,
)

T_G12 = [(date(2022, 9, 1), date(2023, 7, 10))]


def test_t_g12_one_school_year_is_53_days_short_of_365():
    assert school_years(T_G12, "09-01", "07-01") == [2022]
    assert 365 - days(T_G12) == 53
    # A year of school is no year by the calendar, and who came a day late missed its first day.
    assert months(T_G12, 30) == 10
    assert school_years([(date(2022, 9, 2), date(2023, 8, 31))], "09-01", "07-01") == []


def test_two_stretches_are_added_and_thirty_days_left_over_are_a_month():
    spans = [(date(2023, 1, 31), date(2023, 3, 15)), (date(2024, 2, 1), date(2024, 2, 17))]
    # 31 January to 28 February is a month, and 15 days to 15 March; 16 days more are 31.
    assert months(spans, 30) == 2
    assert months(spans, 31) == 2
    assert months(spans, 32) == 1
    assert longest(spans) == spans[:1]
    assert longest([]) == []


def test_a_sick_leave_in_the_middle_parts_a_stretch():
    leave = (date(2022, 11, 1), date(2023, 1, 1))
    assert runs(T_G12, [leave]) == [
        (date(2022, 9, 1), date(2022, 11, 1)),
        (date(2023, 1, 1), date(2023, 7, 10)),
    ]
    assert days(runs(T_G12, [leave])) == 312 - 61
    # One that is not in it, one that holds all of it, one that is empty.
    assert runs(T_G12, [(date(2021, 1, 1), date(2022, 9, 1))]) == T_G12
    assert runs(T_G12, [(date(2021, 1, 1), date(2024, 1, 1))]) == []
    assert runs(T_G12, [(date(2023, 1, 1), date(2023, 1, 1))]) == T_G12


BEGIN = date(2019, 1, 1)
some_day = st.integers(0, 2500).map(lambda many: BEGIN + timedelta(days=many))
some_span = st.tuples(some_day, st.integers(0, 900)).map(
    lambda span: (span[0], span[0] + timedelta(days=span[1]))
)


def by_hand(spans, without, on, month_of):
    """Days and months of service, each day looked at by itself."""
    served: list[date] = []
    day = BEGIN
    while day < on:
        if any(a <= day < b for a, b in spans) and not any(a <= day < b for a, b in without):
            served.append(day)
        day += timedelta(days=1)
    whole, left, begin = 0, 0, None
    for at, day in enumerate(served):
        if begin is None:
            begin, since = day, 0
        since += 1
        tomorrow = day + timedelta(days=1)
        last_of_month = (tomorrow + timedelta(days=1)).month != tomorrow.month
        if tomorrow.day == begin.day or (last_of_month and tomorrow.day < begin.day):
            whole, since = whole + 1, 0
        if at + 1 == len(served) or served[at + 1] != tomorrow:
            left, begin = left + min(since, month_of - 1), None
    return len(served), whole + left // month_of


@given(st.lists(some_span, max_size=4), st.lists(some_span, max_size=3), some_day)
def test_months_and_days_are_those_counted_day_by_day(spans, without, on):
    served = until(runs(spans, without), on)
    assert (days(served), months(served, 30)) == by_hand(spans, without, on, 30)


def test_the_same_day_some_months_later():
    chance = random.Random(7)  # noqa: S311 - invented days
    for _ in range(300):
        day = BEGIN + timedelta(days=chance.randrange(2000))
        later = months_on(day, chance.randrange(60))
        assert later.day == day.day or (later + timedelta(days=1)).day == 1
