"""Units behind numbers and in headers: what they come to, and never in silence."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.kinds.form import Field
from xianxue.bureau.returns.contents.units import (
    Amount,
    amount_of,
    factor_of,
    in_square_metres,
    is_own_unit,
    is_unit,
    shown,
    split_unit,
)


def asked(unit: str) -> Field:
    return Field(field="x", term="x", type="measure", unit=unit)


PERSONS, YUAN, AREA, ROOMS, BARE = map(asked, ("person", "yuan", "square_metre", "room", "one"))


# ── a number with a unit ────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "field", "amount"),
    [
        ("120人", PERSONS, ("120", 0, "人", True)),
        ("共120 名", PERSONS, ("120", 0, "名", True)),
        ("计 5", PERSONS, ("5", 0, "", True)),
        ("1,204位", PERSONS, ("1204", 0, "位", True)),
        ("1,234,567个人", PERSONS, ("1234567", 0, "个人", True)),
        ("-3人", PERSONS, ("-3", 0, "人", True)),
        (".5万", PERSONS, ("0.5", 4, "", True)),
        ("2百人", PERSONS, ("2", 2, "人", True)),
        ("3k", PERSONS, ("3", 3, "", True)),
        ("1.5w人", PERSONS, ("1.5", 4, "人", True)),
        ("1十万人", PERSONS, ("1", 5, "人", True)),
        ("2百万元", YUAN, ("2", 6, "元", True)),
        ("2千万元", YUAN, ("2", 7, "元", True)),
        ("0.3亿", YUAN, ("0.3", 8, "", True)),
        ("￥12.5", YUAN, ("12.5", 0, "", True)),
        ("人民币12元整", YUAN, ("12", 0, "元整", True)),
        ("RMB 12", YUAN, ("12", 0, "", True)),
        ("98㎡", AREA, ("98", 0, "m2", True)),
        ("3.5亩", AREA, ("3.5", 0, "亩", False)),
        ("2公顷", AREA, ("2", 0, "公顷", False)),
        ("3间", PERSONS, ("3", 0, "间", False)),
        ("3万册", PERSONS, ("3", 4, "册", False)),
        # 个 counts rooms, and people as well.
        ("3个", ROOMS, ("3", 0, "个", True)),
        ("3个", YUAN, ("3", 0, "个", False)),
        ("12.元", YUAN, ("12", 0, "元", True)),
    ],
)  # fmt: skip
def test_a_number_with_its_unit(text, field, amount):
    number, power, unit, own = amount
    assert amount_of(text, field) == Amount(Decimal(number), power, unit, own)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("120", PERSONS),
        ("人", PERSONS),
        ("120人左右", PERSONS),
        ("约120人", PERSONS),
        ("1,23人", PERSONS),
        ("12人3", PERSONS),
        ("￥12", PERSONS),
        ("人民币12人", PERSONS),
        ("12台", PERSONS),
        ("", PERSONS),
    ],
)
def test_what_is_no_number_with_a_unit(text, field):
    assert amount_of(text, field) is None


def test_forty_signs_are_read_and_forty_one_are_a_sentence():
    assert amount_of("1" * 39 + "人", PERSONS).number == Decimal("1" * 39)
    assert amount_of("1" * 40 + "人", PERSONS) is None


def test_an_amount_in_units_of_one():
    assert Amount(Decimal("1.2"), 4, "元", own=True).whole == 12000
    assert Amount(Decimal(7), 0, "", own=True).whole == 7


# ── units alone ─────────────────────────────────────────────────────────────


def test_a_unit_is_divided_into_a_power_and_what_it_counts():
    assert split_unit("万元", YUAN) == (4, "元")
    assert split_unit("百万", YUAN) == (6, "")
    assert split_unit("千人", PERSONS) == (3, "人")
    assert split_unit("Ｗ", PERSONS) == (4, "")
    assert split_unit("人", PERSONS) == (0, "人")
    assert split_unit("", PERSONS) == (0, "")
    assert split_unit("亩", AREA) == (0, "亩")


def test_what_is_a_unit_and_whose():
    assert [is_unit(text, YUAN) for text in ("元", "万元", "万", "间", "亩")] == [True] * 5
    assert [is_unit(text, YUAN) for text in ("", "含税", "元人")] == [False] * 3
    assert [is_own_unit(text, YUAN) for text in ("元", "块", "", "人民币")] == [True] * 4
    assert [is_own_unit(text, YUAN) for text in ("万元", "万", "人", "含税")] == [False] * 4
    assert not is_own_unit("人", BARE)
    assert is_own_unit("", BARE)


def test_factors_are_exact_and_only_where_they_are_certain():
    assert factor_of("万元", YUAN) == 10000
    assert factor_of("", YUAN) == 1
    assert factor_of("百", YUAN) == 100
    assert factor_of("㎡", AREA) == 1
    # Fifteen mu are a hectare of 10,000 square metres.
    assert factor_of("亩", AREA) * 15 == 10000
    assert factor_of("万亩", AREA) == Fraction(10000 * 10000, 15)
    assert factor_of("公顷", AREA) == 10000
    assert factor_of("平方公里", AREA) == 1_000_000
    assert factor_of("亩", YUAN) is None
    assert factor_of("人", YUAN) is None


def test_areas_for_people_to_compare_with():
    assert in_square_metres(Decimal("3.5"), "亩") == Decimal("2333.34")
    assert in_square_metres(Decimal(1), "亩") == Decimal("666.67")
    assert in_square_metres(Decimal("0.12345"), "公顷") == Decimal("1234.50")
    assert in_square_metres(Decimal(2), "平方公里") == Decimal(2_000_000)
    assert in_square_metres(Decimal(1), "平方米") is None


@given(st.decimals(-(10**12), 10**12, places=4))
def test_a_number_is_shown_plainly_and_is_still_that_number(number):
    text = shown(number)
    assert Decimal(text) == number
    assert "E" not in text
    assert "." not in text or text[-1] not in ".0"


@given(st.integers(1, 10**6), st.sampled_from(["百", "千", "万", "十万", "百万", "千万", "亿"]))
def test_a_power_behind_a_number_is_the_factor_of_its_unit(number, word):
    amount = amount_of(f"{number}{word}元", YUAN)
    assert amount.whole == number * factor_of(f"{word}元", YUAN)
