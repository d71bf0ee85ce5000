"""Periods: what is written is what is read, and days lie where they should."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.values.periods import Period

YEARS = st.integers(1000, 9998)
CODES = st.one_of(
    YEARS.map(str),
    YEARS.map(lambda year: f"{year}-{year + 1}"),
    st.builds(lambda year, half: f"{year}-{year + 1}-{half}", YEARS, st.sampled_from([1, 2])),
    st.dates(min_value=date(1000, 1, 1)).map(date.isoformat),
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


@pytest.mark.parametrize("code", ["２０２５", "2025-2026\n", "0000", "2025-02-30", "2025-2027-1"])
def test_what_only_looks_like_a_period_is_refused(code):
    assert complaint(code)


@given(YEARS)
def test_two_terms_make_a_school_year(year):
    whole = Period.parse(f"{year}-{year + 1}")
    autumn, spring = (Period.parse(f"{whole.code}-{half}") for half in (1, 2))

    assert (autumn.start, spring.end) == (whole.start, whole.end)
    assert autumn.end + timedelta(days=1) == spring.start


@given(st.integers(1001, 9998), st.booleans())
def test_the_year_before_ends_the_day_before(year, is_school_year):
    period = Period.parse(f"{year}-{year + 1}" if is_school_year else str(year))
    before = period.before()

    assert before.kind == period.kind
    assert before.end + timedelta(days=1) == period.start


@pytest.mark.parametrize("code", ["2025-2026-1", "2025-09-01"])
def test_terms_and_days_have_no_year_before(code):
    with pytest.raises(ValueError, match="上一年"):
        Period.parse(code).before()


@pytest.mark.parametrize(
    ("code", "term"),
    [
        ("2025", "2025年"),
        ("2025-2026", "2025—2026学年"),
        ("2025-2026-1", "2025—2026学年第一学期"),
        ("2025-2026-2", "2025—2026学年第二学期"),
        ("2025-09-01", "2025年9月1日"),
    ],
)
def test_periods_have_chinese_names(code, term):
    assert Period.parse(code).term == term
