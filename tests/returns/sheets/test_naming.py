"""How numbers, fields and bounds are named to a clerk."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.kinds.card import Cited
from xianxue.bureau.kinds.form import Field
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.law.citation import Seen, Source
from xianxue.bureau.returns.sheets.naming import (
    bounds_of,
    cite,
    decimals_of,
    named,
    shown_amount,
    shown_value,
    span_of,
)
from xianxue.bureau.values.missing import Missing


def field(kind: str = "integer", unit: str = "one", **more: object) -> Field:
    return Field(field="x", term="女生数", type=kind, unit=unit, **more)  # type: ignore[arg-type]


@given(st.integers(-(10**12), 10**12), st.integers(0, 4))
def test_an_amount_shown_is_the_amount(amount, decimals):
    text = shown_amount(amount, decimals)
    assert Decimal(text) == Decimal(amount).scaleb(-decimals)
    assert "." not in text or text[-1] not in ".0"


def test_amounts_by_hand():
    assert [shown_amount(*each) for each in ((5, 2), (-5, 2), (100, 2), (-120, 2), (0, 2), (7, 0))] == [
        "0.05", "-0.05", "1", "-1.2", "0", "7",
    ]  # fmt: skip


def test_the_decimals_of_a_field_are_those_of_its_unit_if_it_measures():
    assert decimals_of(field("measure", "square_metre")) == 2
    assert decimals_of(field("measure", "hour")) == 0
    # Whole numbers have none, whatever their unit has.
    assert decimals_of(field("integer", "yuan")) == 0


def test_a_cell_is_named_by_its_row_and_term():
    assert named("一年级", field()) == "一年级·女生数"
    assert named("", field()) == "女生数"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (field(), "整数"),
        (field(min=Decimal(0)), "不小于 0 的整数"),
        (field(max=Decimal(9)), "不大于 9 的整数"),
        (field(min=Decimal(1), max=Decimal(9)), "1 至 9 之间的整数"),
        (field("measure", "hour"), "整数"),
        (field("measure", "yuan"), "最多 2 位小数的数字"),
        (field("measure", "yuan", min=Decimal("0.5")), "不小于 0.5 的最多 2 位小数的数字"),
        (field("year"), "1800 至 2199 之间的四位年份"),
        (field("year", max=Decimal(2025)), "1800 至 2025 之间的四位年份"),
        (field("year", min=Decimal(1949)), "1949 至 2199 之间的四位年份"),
        (field("text"), "数字"),
    ],
)
def test_bounds_in_words(asked, said):
    assert bounds_of(asked) == said


def test_spans_with_and_without_a_unit():
    low, high = Decimal(1), Decimal("2.50")
    assert span_of(low, high) == "1 至 2.50 之间"
    assert span_of(low, high, "元") == "1 至 2.50 元之间"
    assert span_of(low, None) == "不小于 1"
    assert span_of(low, None, "元") == "不小于 1 元"
    assert span_of(None, high) == "不大于 2.50"
    assert span_of(None, high, "元") == "不大于 2.50 元"
    assert span_of(None, None) == span_of(None, None, "元") == ""
    assert span_of(Decimal("1E+3"), None) == "不小于 1000"


def test_a_value_as_a_clerk_would_write_it():
    assert shown_value(Missing.WITHHELD, field()) == "不公开"
    assert shown_value("211", field("code")) == "211"
    assert [shown_value(value, field("yes_no")) for value in (1, 0)] == ["是", "否"]
    assert shown_value(1250, field("measure", "yuan")) == "12.5"
    assert shown_value(1250, field()) == "1250"


def test_a_rule_of_our_own_is_not_cited():
    shelf = Shelf(sources={"law": Source("law", "某办法", "某机关", seen=Seen.RELAYED)})
    assert cite(shelf, Cited(document="law", seen=Seen.OWN)) == ""
    assert cite(shelf, Cited(document="law", seen=Seen.RELAYED)) == shelf.cite(
        Cited(document="law", seen=Seen.RELAYED).citation
    )
    assert "某办法" in cite(shelf, Cited(document="law", seen=Seen.RELAYED))
