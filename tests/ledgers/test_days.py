"""Days: by hand, against another list of holidays, and the laws that no calendar may break."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.kinds.card import Cited
from xianxue.bureau.kinds.ledgers.calendar import SchoolCalendar, SchoolTerm
from xianxue.bureau.kinds.ledgers.clock import Length
from xianxue.bureau.law.citation import Seen
from xianxue.bureau.ledgers.days import Days
from xianxue.bureau.ledgers.deadlines import Counting, NoEndError, Pause

DAY = timedelta(days=1)
OWN = Cited(document="xianxue-own", seen=Seen.OWN)
KNOWN = st.dates(date(2024, 1, 1), date(2026, 11, 30))


def test_every_day_of_the_given_years_is_what_another_list_says(days):
    day, wrong = date(2024, 1, 1), []
    while day.year < 2027:
        if days.working(day) != chinese_calendar.is_workday(day):
            wrong.append(day)
        day += DAY
    assert wrong == []


def test_five_working_days_over_the_national_holiday(days):
    """By hand: 26 September 2025 is a Friday; Sunday the 28th is worked, 1 to 8 October are off."""
    counting, length = Counting(days), Length(working_days=5)
    assert counting.deadline(date(2025, 9, 26), length).due == date(2025, 10, 10)
    told = {one.day: (one.counts, one.why) for one in counting.explained(date(2025, 9, 26), length)}
    assert told[date(2025, 9, 26)] == (False, "起算当日不计")
    assert told[date(2025, 9, 27)] == (False, "周末")
    assert told[date(2025, 9, 28)] == (True, "调休上班")
    assert told[date(2025, 10, 8)] == (False, "国庆节、中秋节")
    assert sum(counts for counts, _ in told.values()) == 5


@pytest.mark.parametrize(
    ("start", "length", "due"),
    [
        (date(2025, 9, 30), Length(days=15), date(2025, 10, 15)),
        (date(2025, 1, 31), Length(months=1), date(2025, 2, 28)),
        (date(2024, 1, 31), Length(months=1), date(2024, 2, 29)),
        (date(2025, 3, 31), Length(months=1), date(2025, 4, 30)),
        (date(2024, 2, 29), Length(months=12), date(2025, 2, 28)),
        (date(2024, 8, 31), Length(months=6), date(2025, 2, 28)),
        # Spring Festival 2026: 14 February is a Saturday that is worked, 15 to 23 are off.
        (date(2026, 2, 13), Length(working_days=2), date(2026, 2, 24)),
        (date(2025, 9, 30), Length(working_days=0), date(2025, 9, 30)),
    ],
)
def test_by_hand(days, start, length, due):
    assert Counting(days).deadline(start, length).due == due


def test_a_pause_counts_neither_the_days_between_nor_the_one_on_which_it_goes_on(days):
    """Stopped on the 5th, on again on the 9th: of ten days from the 1st, 2 to 5 and 10 to 15 count."""
    pause = Pause(date(2025, 6, 5), date(2025, 6, 9))
    assert Counting(days, [pause]).deadline(date(2025, 6, 1), Length(days=10)).due == date(
        2025, 6, 15
    )


def test_a_pause_over_a_weekend_takes_no_working_day_twice(days):
    """Friday to Monday stands still: 16 June is no working day lost but the Monday itself."""
    pause = Pause(date(2025, 6, 13), date(2025, 6, 16))
    counting = Counting(days, [pause])
    assert counting.deadline(date(2025, 6, 11), Length(working_days=4)).due == date(2025, 6, 18)
    assert Counting(days).deadline(date(2025, 6, 11), Length(working_days=4)).due == date(
        2025, 6, 17
    )


def test_a_last_day_on_a_rest_day_moves_only_where_the_card_says_so(days):
    start, length = date(2025, 9, 16), Length(days=15)
    assert Counting(days).deadline(start, length).due == date(2025, 10, 1)
    moved = Counting(days, to_working=True)
    assert moved.deadline(start, length).due == date(2025, 10, 9)
    assert [one.day for one in moved.explained(start, length)][-1] == date(2025, 10, 9)


def test_a_year_without_a_calendar_is_supposed_and_says_so(days):
    found = Counting(days).deadline(date(2026, 12, 30), Length(working_days=3))
    assert found.supposed
    assert found.due == date(
        2027, 1, 5
    )  # by hand: Thursday 31 December, Monday 4, Tuesday 5 January
    told = list(Counting(days).explained(date(2026, 12, 30), Length(working_days=3)))
    assert [str(one.why) for one in told if one.day == date(2027, 1, 1)] == ["元旦（暂按推算）"]
    assert not Counting(days).deadline(date(2026, 12, 30), Length(days=30)).supposed


def test_school_days_are_working_days_of_a_term(shelf):
    card = SchoolCalendar(
        school_calendar="own",
        term="校历",
        terms=[
            SchoolTerm(term="2025-2026-1", first=date(2025, 9, 1), last=date(2026, 1, 23)),
            SchoolTerm(term="2025-2026-2", first=date(2026, 3, 2), last=date(2026, 7, 3)),
        ],
        source=OWN,
    )
    days = Days(list(shelf.calendars.values()), [card])
    counting = Counting(days)
    # Thursday 22 January: the 23rd is the last of the term, the next one is Monday 2 March.
    assert counting.deadline(date(2026, 1, 22), Length(school_days=2)).due == date(2026, 3, 2)
    assert days.teaches(date(2025, 9, 1), date(2025, 9, 30))
    assert not days.teaches(date(2026, 2, 1), date(2026, 2, 28))
    with pytest.raises(NoEndError, match="校历"):
        counting.deadline(date(2026, 7, 3), Length(school_days=1))


LENGTHS = st.one_of(
    st.integers(0, 90).map(lambda n: Length(days=n)),
    st.integers(0, 60).map(lambda n: Length(working_days=n)),
    st.integers(0, 12).map(lambda n: Length(months=n)),
)


@given(KNOWN, LENGTHS)
def test_the_days_that_are_told_come_to_the_deadline(days, start, length):
    counting = Counting(days)
    due = counting.deadline(start, length).due
    told = list(counting.explained(start, length))
    assert [one.day for one in told] == [start + n * DAY for n in range((due - start).days + 1)]
    counted = sum(one.counts for one in told)
    if length.months is None:
        assert counted == (length.days if length.days is not None else length.working_days)


@given(KNOWN, st.integers(0, 40), st.integers(0, 40))
def test_one_length_after_another_is_both_together(days, start, one, other):
    counting = Counting(days)
    first = counting.deadline(start, Length(working_days=one)).due
    both = counting.deadline(start, Length(working_days=one + other)).due
    # From a rest day on, the day before it is as good a start: none of them counts.
    assert counting.deadline(first, Length(working_days=other)).due == both


@given(KNOWN, LENGTHS, st.integers(0, 30), st.integers(0, 20))
def test_a_pause_never_brings_a_deadline_forward(days, start, length, after, long):
    pause = Pause(start + after * DAY, start + (after + long) * DAY)
    free = Counting(days).deadline(start, length).due
    stopped = Counting(days, [pause]).deadline(start, length).due
    assert stopped >= free
    assert (stopped - free).days <= long + 14  # what is put off may meet one holiday more
