"""Whose return it is and for when: by the file's name and by the page 说明."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.returns.reading.identification import (
    NOTHING_TOLD,
    Told,
    period_code,
    told_by_name,
    told_by_rules,
)

ANNUAL = SimpleNamespace(form="school_annual", term="教育年报")
TERMLY = SimpleNamespace(form="term_report", term="学期报")


def test_what_both_tell_is_told_by_the_first():
    one = Told(form="a", period="2025")
    two = Told(form="b", version="2", place="9")
    assert one.over(two) == Told("a", "2", "2025", "9")
    assert two.over(one) == Told("b", "2", "2025", "9")
    assert NOTHING_TOLD.over(one) == one == one.over(NOTHING_TOLD)
    assert Told("", "", "", "") == NOTHING_TOLD


# ── by the file's name ──────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("2163000002_虚构学校_教育年报_2025-2026.xlsx", Told("school_annual", "", "2025-2026", "2163000002")),
        ("school_annual-632500-2025.xlsx", Told("school_annual", "", "2025", "632500")),
        # Only the name counts, without its folder and its ending.
        ("2163000002/2024-2025/学期报.2025-2026-2.xlsx", Told("term_report", "", "2025-2026-2", "")),
        ("年报.xlsx", Told()),
        ("", Told()),
        # Two forms, two periods, two codes: which is meant is not said.
        ("教育年报和学期报2025-2026.xlsx", Told("", "", "2025-2026", "")),
        ("教育年报2025-2026改2024-2025.xlsx", Told("school_annual", "", "", "")),
        ("2163000002和2163000003.xlsx", Told()),
        ("2163000002（2163000002）.xlsx", Told("", "", "", "2163000002")),
        # A year stands for itself only where no school year does.
        ("教育年报2025年.xlsx", Told("school_annual", "", "2025", "")),
        ("教育年报2025-2026（2026年报）.xlsx", Told("school_annual", "", "2025-2026", "")),
        ("2025和2026.xlsx", Told()),
        ("2163000002 2025.xlsx", Told("", "", "2025", "2163000002")),
        # Codes have six or ten digits and do not begin with 0; other runs of digits are none.
        ("0163000002.xlsx", Told()),
        ("063250.xlsx", Told()),
        ("21630000021.xlsx", Told()),
        ("6325001.xlsx", Told()),
        ("20250901.xlsx", Told()),
        # Years that do not follow each other are no school year.
        ("2025-2027.xlsx", Told()),
        # There is no third term: 3 is the number of a draft.
        ("2025-2026-3.xlsx", Told("", "", "2025-2026", "")),
        ("0000年.xlsx", Told()),
        # Full-width digits are no code: nothing here is guessed.
        ("２１６３０００００２.xlsx", Told()),
    ],
)  # fmt: skip
def test_a_files_name(file, told):
    assert told_by_name(file, [ANNUAL, TERMLY]) == told


def test_a_form_may_be_named_by_its_id_or_its_term_but_not_by_another():
    assert told_by_name("term_report.csv", [ANNUAL, TERMLY]).form == "term_report"
    assert told_by_name("学期报.csv", [ANNUAL]).form == ""


@given(
    st.integers(1000000000, 9999999999),
    st.integers(1900, 2100),
    st.sampled_from(["_", "-", " ", "（", "虚构"]),
)
def test_code_and_school_year_are_told_apart_in_any_name(code, year, between):
    told = told_by_name(f"{code}{between}{year}-{year + 1}.xlsx", [])
    assert told == Told("", "", f"{year}-{year + 1}", str(code))


# ── by the page 说明 ────────────────────────────────────────────────────────

PAGE = [
    ["教育年报", "", "", "", "", "", "", ""],
    ["填报单位：", "虚构县第一小学（代码：2163000001）", "", "", "", "", "", ""],
    ["时 期", "2025—2026学年", "", "", "", "", "", ""],
    ["表式版本:", "", " 3 ", "", "", "", "", ""],
    ["填表须知", "学期报", "", "", "", "", "", ""],
]


def test_the_page_of_rules_tells_form_version_period_and_place():
    told = told_by_rules(PAGE, [ANNUAL, TERMLY])
    assert told == Told("school_annual", "3", "2025-2026", "2163000001")


def test_what_stands_first_on_the_page_counts():
    again = [
        *PAGE,
        ["填报单位", "别的学校（代码2163000009）"],
        ["时期", "2024-2025"],
        ["表式版本", "1"],
    ]
    assert told_by_rules(again, [ANNUAL, TERMLY]) == told_by_rules(PAGE, [ANNUAL, TERMLY])


def test_lines_may_be_moved_to_the_right_but_not_out_of_the_first_six_columns():
    assert told_by_rules([["", "", "", "", "时期", "2025"]], []) == Told(period="2025")
    assert told_by_rules([["", "", "", "", "", "时期", "2025"]], []) == Told()
    assert told_by_rules([["时期", "", "", "", "", "", "2025"]], []) == Told()
    assert told_by_rules([["", "", "", "", "", "教育年报"]], [ANNUAL]) == Told(form="school_annual")
    assert told_by_rules([["", "", "", "", "", "", "教育年报"]], [ANNUAL]) == Told()


def test_a_page_may_tell_nothing():
    assert told_by_rules([], [ANNUAL]) == Told()
    assert told_by_rules([["填报单位", "虚构县第一小学 2163000001"]], [ANNUAL]) == Told()
    assert told_by_rules([["填报单位", ""], ["时期", "未定"]], [ANNUAL]) == Told()


def test_a_number_is_read_as_it_is_seen():
    assert told_by_rules([["时期", 2025.0], ["表式版本", 2.0]], []) == Told("", "2", "2025", "")


# ── periods in words ────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2025-2026", "2025-2026"),
        ("2025—2026学年", "2025-2026"),
        ("2025－2026 学年度", "2025-2026"),
        ("2025至2026学年", "2025-2026"),
        ("2025~2026学年第一学期", "2025-2026-1"),
        ("2025-2026学年第1学期", "2025-2026-1"),
        ("2025-2026学年第二学期", "2025-2026-2"),
        ("2025-2026学年度第2学期", "2025-2026-2"),
        ("2025-2026-2", "2025-2026-2"),
        ("2025", "2025"),
        ("2025年", "2025"),
        ("2025-09", "2025-09"),
        ("2025-2027学年", ""),
        ("2025-2026学年第三学期", ""),
        ("2025年度报表", ""),
        ("上学年", ""),
        ("", ""),
    ],
)
def test_a_period_in_words_or_as_a_code(text, code):
    assert period_code(text) == code
