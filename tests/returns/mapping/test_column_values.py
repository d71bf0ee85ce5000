"""What the values of a column are like: codes, names, numberings, and what a field could take."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import CODES, asks, grid

from xianxue.bureau.returns.mapping.column_values import (
    Profile,
    is_numbering,
    is_serial,
    profile_of,
    row_lookup,
    rows_share,
    value_score,
)
from xianxue.bureau.returns.mapping.table import Head


def test_a_column_is_counted_cell_by_cell():
    """Five cells hold something, two of them numbers, four of them different."""
    raws = ["甲校", "", 3.0, "甲校", "", "12", "乙校。"]
    assert profile_of(raws) == Profile(
        filled=5, numbers=2, distinct=4, codes=0, names=2, serial=False
    )
    assert profile_of([]) == Profile(0, 0, 0, 0, 0, serial=False)


@pytest.mark.parametrize(
    ("text", "is_code"),
    [
        ("04001", True), ("ABA0001", True), ("A-12", True), ("2163000001", True),
        # Eight digits and more; fewer are counts unless they begin with a zero.
        ("12345678", True), ("1234567", False), ("12000", False), ("0123", True),
        # Three characters are grades and classes.
        ("A01", False), ("012", False), ("A012", True),
        ("ABCD", False), ("ABCDE1", True), ("甲0001", False), ("04 001", False), ("12.50", False),
    ],
)  # fmt: skip
def test_codes_are_letters_and_digits_or_many_digits(text, is_code):
    assert profile_of([text, text]).codes == (2 if is_code else 0)


def test_codes_of_one_kind_are_equally_long():
    assert profile_of(["04001", "04002"]).codes == 2
    assert profile_of(["04001", "040021"]).codes == 0
    # What is between them and no code is not counted.
    assert profile_of(["04001", "0400甲", "ABC01"]).codes == 2


@pytest.mark.parametrize(
    ("text", "is_name"),
    [
        ("虚构县第一小学", True), ("3", False), ("甲，乙", False), ("甲。", False), ("甲;", False),
        ("甲" * 40, True), ("甲" * 41, False), ("三班", True),
    ],
)  # fmt: skip
def test_names_are_short_and_without_stops(text, is_name):
    assert profile_of([text]).names == int(is_name)


@pytest.mark.parametrize(
    ("raws", "serial"),
    [
        (["1", "2", "3"], True), ([1.0, 2.0], True), ([1.0, "", 2.0], True),
        ([1.0], False), ([2.0, 3.0], False), ([1.0, 2.0, 4.0], False), ([0.0, 1.0], False), ([], False),
    ],
)  # fmt: skip
def test_a_numbering_counts_the_rows_from_one(raws, serial):
    assert profile_of(raws).serial is serial
    assert is_serial(Head(0, ("甲",)), profile_of(raws)) is serial


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("序号", True), ("编 号", True), ("No.", True), ("#", True), ("学校编号", False), ("", False)],
)
def test_some_headers_say_that_they_number_the_rows(text, numbers):
    head = Head(0, (text,))
    assert is_numbering(head) is numbers
    assert is_serial(head, profile_of(["7", "9"])) is numbers


@pytest.mark.parametrize("text", ["序号", "编号", "No", "NO.", "Bil", "＃", "行号", "顺序号"])
def test_each_word_for_a_numbering_is_known(text):
    assert is_numbering(Head(0, (text,)))


# ── labels of rows ──────────────────────────────────────────────────────────

SHEET = grid(asks("x", "人数"))
LOOKUP = row_lookup(SHEET, CODES["grades"])


def test_rows_are_known_by_term_by_code_and_by_both():
    assert {text: LOOKUP.get(text) for text in ("1年级", "g1", "g11年级", "2年级", "g7", "其他")} == {
        "1年级": "G1", "g1": "G1", "g11年级": "G1", "2年级": "G2", "g7": "G7", "其他": "GX",
    }  # fmt: skip
    few = row_lookup(grid(asks("x", "人数"), row_codes=["G2"]), CODES["grades"])
    assert set(few.values()) == {"G2"}


@pytest.mark.parametrize(
    ("raws", "share"),
    [
        (["一年级", "二年级"], 1.0), (["一年级", "二年级", "甲", "乙"], 0.5),
        # The same label all the way down says nothing of rows.
        (["一年级", "一年级"], 0.0), (["甲", "乙"], 0.0), ([], 0.0), (["", ""], 0.0),
        # A sum below them does not count.
        (["一年级", "二年级", "合计"], 1.0), (["一年级", "", "七年级"], 1.0),
        (["G1", "2 年级（小学）"], 1.0),
    ],
)  # fmt: skip
def test_which_part_of_a_column_labels_rows(raws, share):
    assert rows_share(raws, LOOKUP) == share


# ── what a field could take ─────────────────────────────────────────────────

NUMBER = asks("x", "人数", min=Decimal(0))
KIND = asks("x", "类型", "code", codes="school_types")


@pytest.mark.parametrize(
    ("field", "raws", "score"),
    [
        (NUMBER, [], None), (NUMBER, ["", ""], None),
        (NUMBER, ["3", 4.0], 1.0), (NUMBER, ["3", "甲"], 0.5), (NUMBER, ["甲"], 0.0),
        # Read leniently: 20 people are 20.
        (NUMBER, ["20人", "3"], 1.0),
        (NUMBER, ["-1", "0"], 0.5), (asks("x", "人数"), ["-1", "0"], 1.0),
        (NUMBER, ["不适用", "3"], 1.0),
        (asks("x", "年份", "year", min=Decimal(3000)), ["1998"], 1.0),
        (KIND, ["小学", "211", "甲"], 2 / 3), (KIND, ["九年一贯制学校"], 1.0),
        (asks("x", "日期", "date"), ["2025-09-01", "甲"], 0.5),
        (asks("x", "寄宿", "yes_no"), ["是", "否", "甲", "乙"], 0.5),
        # A name may be a number, such as class 3: half a doubt.
        (asks("x", "名称", "text"), ["甲", "乙"], 1.0), (asks("x", "名称", "text"), ["甲", "3"], 0.75),
        (asks("x", "名称", "text"), ["1", "3"], 0.5),
        (asks("x", "代码", "text", pattern=r"\d{3}"), ["123", "1234"], 0.5),
        (asks("x", "代码", "text", pattern=r"\d{3}"), ["123", "不适用"], 1.0),
    ],
)  # fmt: skip
def test_which_part_of_a_column_a_field_could_take(field, raws, score):
    codes = CODES[field.codes] if field.codes else None
    assert value_score(raws, field, codes) == score


def test_a_day_is_no_number_of_people():
    assert value_score([date(2025, 9, 1), 3.0], NUMBER, None) == 0.5


@given(st.lists(st.sampled_from(["3", "甲", "", "04001", "一年级", "不适用", "1.5"]), max_size=8))
def test_what_is_counted_is_never_more_than_there_is(raws):
    profile = profile_of(raws)
    assert profile.filled == sum(bool(raw) for raw in raws)
    for count in (profile.numbers, profile.codes, profile.names, profile.distinct):
        assert 0 <= count <= profile.filled
    # A number is no name, and a name no number.
    assert profile.names + profile.numbers <= profile.filled
    for field in (NUMBER, asks("x", "名称", "text")):
        score = value_score(raws, field, None)
        assert (score is None) is (profile.filled == 0)
        assert score is None or 0 <= score <= 1
