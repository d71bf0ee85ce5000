"""Periods: what is written is what is read, and days lie where they should."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.values.periods import Period

YEARS = st.integers(1000, 9997)
CODES = st.one_of(
    YEARS.map(str),
    YEARS.map(lambda year: f"{year}-{year + 1}"),
    st.builds(lambda year, half: f"{year}-{year + 1}-{half}", YEARS, st.sampled_from([1, 2])),
    st.dates(min_value=date(1000, 1, 1)).map(date.isoformat),
    st.builds(lambda year, half: f"{year}-H{half}", YEARS, st.integers(1, 2)),
    st.builds(lambda year, quarter: f"{year}-Q{quarter}", YEARS, st.integers(1, 4)),
    st.builds(lambda year, month: f"{year}-{month:02}", YEARS, st.integers(1, 12)),
    st.builds(
        lambda day, days, name: f"{day}-{days}{name}",
        st.dates(min_value=date(1000, 1, 1), max_value=date(9998, 12, 31)),
        st.one_of(st.just(""), st.integers(2, 99).map(lambda days: f"{days}d-")),
        st.from_regex("[a-z][a-z0-9_]*", fullmatch=True),
    ),
)


@given(CODES)
def test_what_is_written_is_what_is_read(code):
    period = Period.parse(code)

    assert period.code == code
    assert Period.parse(period.code) == period
    assert period.start <= period.reference_day <= period.end


@given(st.text())
def test_anything_else_is_refused_in_chinese(text):
    told = complaint(text)

    assert told or (text.isascii() and Period.parse(text).code == text)
    assert not told or re.search("[\u4e00-\u9fff]", told)


def complaint(code):
    """What is said of a code that is refused; empty for one that is read."""
    try:
        Period.parse(code)
    except ValueError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(
    "code",
    [
        "２０２５",
        "2025-2026\n",
        "0000",
        "2025-02-30",
        "2025-2027-1",
        "2025-13",
        "2025-9",
        "2025-Q5",
        "2025-H0",
        "2025-q1",
        "2026-06-13-1d-zhongkao",
        "2026-06-13-3d",
        "2026-06-13-Exam",
    ],
)
def test_what_only_looks_like_a_period_is_refused(code):
    assert complaint(code)


@given(YEARS)
def test_two_terms_make_a_school_year(year):
    whole = Period.parse(f"{year}-{year + 1}")
    autumn, spring = (Period.parse(f"{whole.code}-{half}") for half in (1, 2))

    assert (autumn.start, spring.end) == (whole.start, whole.end)
    assert autumn.end + timedelta(days=1) == spring.start


@given(YEARS)
def test_no_gap_or_overlap_between_terms_and_school_years(year):
    whole = Period.parse(f"{year}-{year + 1}")
    spring = Period.parse(f"{whole.code}-2")

    assert spring.before() == Period.parse(f"{whole.code}-1")
    assert spring.after().start == whole.after().start == whole.end + timedelta(days=1)


RECURRING = CODES.map(Period.parse).filter(
    lambda period: period.recurs and 1001 < period.start.year < 9990
)


@given(RECURRING)
def test_before_and_after_undo_each_other(period):
    assert period.before().after() == period == period.after().before()
    assert period.before().kind == period.kind
    assert period.before().end + timedelta(days=1) == period.start


@given(RECURRING, st.data())
def test_a_day_lies_in_one_period_of_each_kind(period, data):
    day = data.draw(st.dates(period.start, period.end))

    assert Period.on(period.kind, day) == period


@given(RECURRING)
def test_the_same_period_last_year_is_one_year_earlier(period):
    last = period.same_last_year()

    assert last.kind == period.kind
    assert (last.start.year, last.start.month) == (period.start.year - 1, period.start.month)
    # Only 29 February has another day's number.
    assert last.start.day == min(period.start.day, 28 if period.start.month == 2 else 31)


@pytest.mark.parametrize("step", [Period.before, Period.after, Period.same_last_year])
def test_an_examination_has_none_before_and_none_after(step):
    with pytest.raises(ValueError, match=r"^日期不能说明是哪一次考试$"):
        step(Period.parse("2026-06-13-3d-zhongkao"))


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        # Counted on the calendar: 30 days has June, 31 has December.
        ("2025-2026", "2025-09-01", "2026-08-31"),
        ("2025-2026-1", "2025-09-01", "2026-01-31"),
        ("2023-2024-2", "2024-02-01", "2024-08-31"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025-H1", "2025-01-01", "2025-06-30"),
        ("2025-H2", "2025-07-01", "2025-12-31"),
        ("2025-Q1", "2025-01-01", "2025-03-31"),
        ("2025-Q3", "2025-07-01", "2025-09-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-02", "2025-02-01", "2025-02-28"),
        ("2025-09-01", "2025-09-01", "2025-09-01"),
        ("2026-06-13-zhongkao", "2026-06-13", "2026-06-13"),
        ("2026-06-30-3d-joint_2", "2026-06-30", "2026-07-02"),
    ],
)
def test_a_period_has_its_days(code, first, last):
    period = Period.parse(code)

    assert (period.start.isoformat(), period.end.isoformat()) == (first, last)


@pytest.mark.parametrize(
    ("code", "term"),
    [
        ("2025", "2025年"),
        ("2025-2026", "2025—2026学年"),
        ("2025-2026-1", "2025—2026学年第一学期"),
        ("2025-2026-2", "2025—2026学年第二学期"),
        ("2025-09-01", "2025年9月1日"),
        ("2025-H1", "2025年上半年"),
        ("2025-H2", "2025年下半年"),
        ("2025-Q1", "2025年第一季度"),
        ("2025-Q4", "2025年第四季度"),
        ("2025-09", "2025年9月"),
        ("2026-06-13-zhongkao", "2026年6月13日的考试"),
        ("2026-06-13-3d-zhongkao", "2026年6月13日至15日的考试"),
        ("2026-06-30-3d-zhongkao", "2026年6月30日至7月2日的考试"),
        ("2025-12-31-2d-joint", "2025年12月31日至2026年1月1日的考试"),
    ],
)
def test_periods_have_chinese_names(code, term):
    assert Period.parse(code).term == term


def test_what_is_not_understood_is_told_how_periods_are_written():
    assert complaint("今年") == (
        "时期“今年”看不懂：学年写作 2025-2026，公历年写作 2025，学期写作 2025-2026-1，"
        "半年写作 2025-H1，季度写作 2025-Q3，月份写作 2025-09，某日写作 2025-09-01，"
        "考试写作 2026-06-13-3d-zhongkao（首日、天数、代号）"
    )
