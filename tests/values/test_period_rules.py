"""One period from another: the rules meet, and nothing is left out or counted twice."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xianxue.bureau.values.period_rules import back, found, parts, span, to_date
from xianxue.bureau.values.periods import Period

YEARS = st.integers(1010, 9900)
WHOLE = st.one_of(YEARS.map(str), YEARS.map(lambda year: f"{year}-{year + 1}")).map(Period.parse)
SHORT = st.sampled_from(["half_year", "quarter", "month", "term", "day"])
MADE_OF = [
    ("calendar_year", "half_year", 2),
    ("calendar_year", "quarter", 4),
    ("calendar_year", "month", 12),
    ("half_year", "quarter", 2),
    ("quarter", "month", 3),
    ("school_year", "term", 2),
    ("school_year", "month", 12),
    ("school_year", "school_year", 1),
]


@pytest.mark.parametrize(("whole", "kind", "many"), MADE_OF)
@given(day=st.dates(Period.parse("1010").start, Period.parse("9900").end))
def test_parts_make_up_the_whole_without_gap_or_overlap(whole, kind, many, day):
    period = Period.on(whole, day)
    made = parts(period, kind)

    assert len(made) == many
    assert (made[0].start, made[-1].end) == (period.start, period.end)
    for one, two in pairwise(made):
        assert one.end + timedelta(days=1) == two.start


@settings(max_examples=10)
@given(WHOLE)
def test_days_make_up_every_year(period):
    assert len(parts(period, "day")) in {365, 366}


def test_quarters_do_not_make_up_a_school_year():
    # 1 September lies inside the third quarter.
    with pytest.raises(ValueError, match=r"^2025—2026学年不能正好分成季度$"):
        parts(Period.parse("2025-2026"), "quarter")


@given(YEARS)
def test_school_years_and_calendar_years_find_each_other(year):
    calendar, school = Period.parse(str(year)), Period.parse(f"{year}-{year + 1}")

    assert found("school_year", calendar) == school
    assert found("calendar_year", school, {"school_year": "around"}) == calendar
    assert found("school_year", calendar, {"calendar_year": "ends_in"}) == school.before()
    # The year of the statistics is that of 1 September, whichever year is meant by «begins in».
    assert found("calendar_year", school) == calendar.after()


@given(WHOLE, SHORT, st.data())
def test_what_runs_has_the_reference_day_in_it(whole, kind, data):
    day = data.draw(st.dates(whole.start, whole.end))
    period = Period.on(kind, day)
    one = found(whole.kind, period)

    assert one.kind == whole.kind
    assert one.start <= period.reference_day <= one.end


@given(WHOLE, SHORT)
def test_a_period_is_found_from_itself(whole, kind):
    period = Period.on(kind, whole.start)

    assert found(kind, period, {kind: "ends_in"}) == period


@pytest.mark.parametrize(
    ("kind", "named", "rules", "code"),
    [
        ("school_year", "2025-Q4", {}, "2025-2026"),
        ("school_year", "2025-Q3", {}, "2024-2025"),
        # The third quarter has 1 September in it.
        ("school_year", "2025-Q3", {"quarter": "begins_in"}, "2025-2026"),
        ("school_year", "2025-Q3", {"quarter": "ends_in"}, "2024-2025"),
        ("school_year", "2026-06-13-3d-zhongkao", {}, "2025-2026"),
        ("term", "2026-06-13-3d-zhongkao", {}, "2025-2026-2"),
        ("calendar_year", "2025-2026-2", {}, "2026"),
        ("month", "2025-2026-1", {}, "2025-09"),
    ],
)
def test_a_period_is_found_by_its_rule(kind, named, rules, code):
    assert found(kind, Period.parse(named), rules).code == code


@pytest.mark.parametrize(
    ("kind", "named", "rule", "said"),
    [
        ("quarter", "2025", "begins_in", "2025年里开始的季度不止一个，请用 --period 写明是哪一个"),
        ("term", "2025", "ends_in", "2025年里结束的学期不止一个，请用 --period 写明是哪一个"),
        ("school_year", "2025-10", "begins_in", "2025年10月里开始的学年一个也没有，请用 --period 写明是哪一个"),
        ("school_year", "2025-10", "ends_in", "2025年10月里结束的学年一个也没有，请用 --period 写明是哪一个"),
    ],
)  # fmt: skip
def test_a_rule_that_gives_none_or_several_is_told(kind, named, rule, said):
    period = Period.parse(named)
    with pytest.raises(ValueError, match=f"^{said}$"):
        found(kind, period, {period.kind: rule})


def test_a_day_does_not_find_an_examination():
    with pytest.raises(ValueError, match="考试"):
        found("examination", Period.parse("2025-2026"))


@given(WHOLE, st.integers(0, 9))
def test_going_back_and_a_span_count_the_same(period, many):
    first = back(period, many)
    made = span(first, period)

    assert len(made) == many + 1
    assert (made[0], made[-1]) == (first, period)


@pytest.mark.parametrize(("first", "last"), [("2025", "2025-Q1"), ("2026", "2025")])
def test_what_is_no_span_is_refused(first, last):
    with pytest.raises(ValueError, match="不是一段连续的时期"):
        span(Period.parse(first), Period.parse(last))


@given(st.dates(Period.parse("1010").start, Period.parse("9900").end), SHORT)
def test_from_the_start_of_the_year_to_now(day, kind):
    year = "school_year" if kind == "term" else "calendar_year"
    now = Period.on(kind, day)
    made = to_date(now, year)

    assert made[0].start == Period.on(year, day).start
    assert made[-1] == now


def test_quarters_are_not_added_up_from_the_start_of_a_school_year():
    with pytest.raises(
        ValueError, match=r"^2025—2026学年不从一个季度的头一天开始，不能从年初累计$"
    ):
        to_date(Period.parse("2025-Q4"), "school_year")
