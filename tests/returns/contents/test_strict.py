"""The plain reading of one cell: exact, and nothing is guessed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.kinds.card import Cited
from xianxue.bureau.kinds.codes import Code, CodeList
from xianxue.bureau.kinds.form import Field
from xianxue.bureau.law.citation import Seen
from xianxue.bureau.returns.contents.strict import (
    day_of,
    lookup_of,
    number_of,
    read_text,
    read_value,
    written,
)
from xianxue.bureau.values.missing import Missing

NOTHING = Missing.NOT_ANSWERED


def asked(kind: str, unit: str = "one", **more: object) -> Field:
    return Field(field="x", term="x", type=kind, unit=unit, **more)  # type: ignore[arg-type]


# ── as it was written ───────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (" 一 ", "一"), (True, "TRUE"), (False, "FALSE"), (3.0, "3"), (-0.5, "-0.5"), (1200.0, "1200"), (1e20, "1E+20"),
        (1e-7, "0.0000001"), (1e15, "1E+15"), (123456789012345678.0, "1.23456789012346E+17"), (0.1 + 0.2, "0.3"), (123456789012345.6, "123456789012346"), (7, "7"),
        (date(2025, 9, 1), "2025-09-01"), (datetime.combine(date(2025, 9, 1), time()), "2025-09-01"), (datetime.combine(date(2025, 9, 1), time(8, 30)), "2025-09-01 08:30"),
        (time(8, 30), "08:30:00"), (timedelta(hours=30), "1 day, 6:00:00"),
    ],
    ids=repr,
)  # fmt: skip
def test_a_cell_is_quoted_as_the_clerk_sees_it(raw, text):
    assert written(raw) == text


@given(st.integers(-(10**13), 10**13), st.integers(0, 2))
def test_a_decimal_is_quoted_without_the_noise_of_binary_fractions(number, places):
    exact = Decimal(number).scaleb(-places)
    assert Decimal(written(float(exact))) == exact


# ── numbers ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", "12"), ("+12", "12"), ("-12", "-12"), ("−12", "-12"), ("－１２", "-12"), ("1 234", "1234"), ("1,234", "1234"),
        ("1,234,567.5", "1234567.5"), ("１，２３４．５", "1234.5"), ("12.", "12"), (".5", "0.5"), ("-.5", "-0.5"), ("007", "7"),
    ],
)  # fmt: skip
def test_what_is_a_number(text, number):
    assert number_of(text) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "-",
        "1,23",
        "12,34,567",
        "1234,567",
        ",123",
        "1.2.3",
        "--1",
        "1e3",
        "12人",
        "十二",
        "١٢",
        "0x10",
        "½",
    ],
)
def test_what_is_no_number(text):
    assert number_of(text) is None


def test_forty_digits_are_a_number_and_forty_one_are_none():
    assert number_of("1" * 40) == Decimal("1" * 40)
    assert number_of("1" * 41) is None


@given(st.decimals(-(10**12), 10**12, places=2))
def test_a_number_is_read_however_it_is_grouped_and_spaced(number):
    for text in (f"{number}", f"{number:,}", f" {number} ", f"{number:+}"):
        assert number_of(text) == number


@given(st.integers(-(10**12), 10**12))
def test_an_amount_is_kept_in_the_fields_smallest_steps(cents):
    text = str(Decimal(cents).scaleb(-2))
    assert read_value(text, asked("measure", "yuan"), {}) == cents
    whole = read_value(text, asked("integer", "person"), {})
    assert whole == (cents // 100 if cents % 100 == 0 else NOTHING)


# ── words for what is missing ───────────────────────────────────────────────


@pytest.mark.parametrize(
    "text", ["不适用", "「不适用」", "“不适用”", '"不适用"', "'不适用'", " 不适用 "]
)
def test_what_does_not_apply_is_said_with_and_without_brackets(text):
    for kind in ("integer", "text", "code", "yes_no", "date", "year", "measure"):
        assert (
            read_value(text, asked(kind, codes="x" if kind == "code" else ""), {})
            is Missing.NOT_APPLICABLE
        )


def test_other_words_are_no_such_answer():
    assert read_value("不公开", asked("integer"), {}) is Missing.WITHHELD
    assert read_value("未填", asked("integer"), {}) is NOTHING
    assert read_value("（不适用）", asked("integer"), {}) is NOTHING
    assert read_text("", asked("text"), {}) is NOTHING
    # A text is read as a text, without looking for such words.
    assert read_text("不适用", asked("text"), {}) == "不适用"


# ── yes and no, years, days ─────────────────────────────────────────────────


def test_yes_and_no():
    for text in ("是", "有", "1", "TRUE", "Yes", "y", " 是 ", "Ｙ"):
        assert read_text(text, asked("yes_no"), {}) == 1
    for text in ("否", "无", "没有", "0", "False", "NO", "n", "没 有"):
        assert read_text(text, asked("yes_no"), {}) == 0
    for text in ("大概", "2", "是的", "不"):
        assert read_text(text, asked("yes_no"), {}) is NOTHING


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("1998", 1998), ("1998年", 1998), ("１９９８ 年", 1998), ("1998-09-01", 1998), ("1998年9月1日", 1998),
        ("1800", 1800), ("2199", 2199), ("1799", NOTHING), ("2200", NOTHING), ("98", NOTHING), ("45901", NOTHING), ("19980", NOTHING),
        ("19980901", NOTHING), ("1799-09-01", NOTHING), ("春天", NOTHING),
    ],
)  # fmt: skip
def test_a_year(text, year):
    assert read_text(text, asked("year"), {}) == year


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-09-01", "2025-09-01"), ("2025/9/1", "2025-09-01"), ("2025.9.1", "2025-09-01"), ("2025年9月1日", "2025-09-01"),
        ("2025年9月1", "2025-09-01"), ("20250901", "2025-09-01"), ("２０２５－９－１", "2025-09-01"), ("2025-09-01 08:30", "2025-09-01"),
        # Day 1 and the last day that spreadsheets count, and the days before and after.
        ("1", "1899-12-31"), ("45901", "2025-09-01"), ("45901.0", "2025-09-01"), ("2958465", "9999-12-31"),
        ("0", None), ("2958466", None), ("45901.5", None), ("-1", None),
        ("2025-13-01", None), ("2025-02-30", None), ("25-9-1", None), ("九月", None), ("", None),
    ],
)  # fmt: skip
def test_a_day(text, day):
    assert (str(found) if (found := day_of(text)) else None) == day
    assert read_text(text, asked("date"), {}) == (day or NOTHING)


@given(st.dates(date(1900, 3, 1), date(9999, 12, 31)))
def test_a_day_as_a_spreadsheet_counts_it(day):
    serial = (day - date(1899, 12, 30)).days
    # Eight digits would be a day themselves; seven never are.
    assert day_of(str(serial)) == day


# ── texts and codes ─────────────────────────────────────────────────────────


def test_a_text_loses_its_line_breaks_and_keeps_its_spaces():
    assert read_text("第一\r\n  小学 \n", asked("text"), {}) == "第一小学"
    assert read_text("Ｎｏ 1  小学", asked("text"), {}) == "Ｎｏ 1  小学"


def test_a_pattern_decides_whether_a_text_is_folded():
    digits = asked("text", pattern=r"\d{10}")
    assert read_text("21630 00001", digits, {}) == "2163000001"
    assert read_text("Ａ１", asked("text", pattern="A1"), {}) == "A1"
    # What the pattern takes as it stands is not touched; what it never takes, neither.
    assert read_text("Ａ １", asked("text", pattern=".+"), {}) == "Ａ １"
    assert read_text("２１ ６３", digits, {}) == "２１ ６３"


def code_list(*pairs: tuple[str, str]) -> CodeList:
    entries = [Code(code=code, term=term) for code, term in pairs]
    own = Cited(document="own", seen=Seen.OWN)
    return CodeList(codes="x", term="x", entries=entries, source=own)


def test_a_code_is_found_by_term_code_or_both():
    lookup = lookup_of(code_list(("211", "小学"), ("312", "九年一贯制 学校")))
    for text in ("小学", "211", "211小学", "211 小学", "小 学", "２１１"):
        assert read_text(text, asked("code", codes="x"), lookup) == "211"
    assert read_text("九年一贯制学校", asked("code", codes="x"), lookup) == "312"
    assert read_text("小学211", asked("code", codes="x"), lookup) is NOTHING
    assert read_text("中学", asked("code", codes="x"), lookup) is NOTHING


def test_as_written_comes_before_reduced_and_the_first_entry_keeps_a_word():
    lookup = lookup_of(code_list(("1", "Ａ"), ("2", "A"), ("3", "1")))
    assert (lookup["Ａ"], lookup["A"], lookup["a"]) == ("1", "2", "1")
    # The term of the third is the code of the first.
    assert lookup["1"] == "1"
    assert lookup["3"] == "3"
    assert lookup["2a"] == "2"
