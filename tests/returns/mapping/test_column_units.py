"""The unit that a column's numbers come in: where it is said, and what it comes to."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import asks

from xianxue.bureau.records.cells import Cell
from xianxue.bureau.returns.mapping.column_units import (
    conversion,
    converted,
    told,
    unit_doubt,
    unit_of,
)
from xianxue.bureau.returns.mapping.table import Head, Table
from xianxue.bureau.returns.mapping.unit_statements import measured

FUNDS = asks("x", "经费", "measure", unit="yuan")
AREA = asks("x", "面积", "measure", unit="square_metre")
PEOPLE = asks("x", "人数")
NAME = asks("x", "名称", "text")


def unit(header, *above, field=FUNDS, below=""):
    """Give the unit of one column; texts stand above the headers and below them."""
    grid = [*[[text] for text in above], [header], ["1"], [below]]
    top = len(above)
    around = [(row, 0) for row in range(top)] + ([(top + 2, 0)] if below else [])
    table = Table((Head(0, (header,)),), (top, top), rows=[top + 1], around=around)
    return unit_of(table, grid, table.heads[0], field)


@pytest.mark.parametrize(
    ("header", "above", "field", "found"),
    [
        ("经费（万元）", [], FUNDS, "万元"), ("经费", [], FUNDS, ""),
        ("经费", ["单位：万元"], FUNDS, "万元"), ("经费", ["表一", "某县  单位:万元"], FUNDS, "万元"),
        # The header's own comes first.
        ("经费（元）", ["单位：万元"], FUNDS, "元"),
        # One that is no unit of this column's kind is another column's.
        ("面积", ["单位：万元"], AREA, ""), ("面积", ["单位：亩"], AREA, "亩"),
        # Of several units one may be of the column's kind; two of its kind have to be asked for.
        ("经费", ["单位：人、万元"], FUNDS, "万元"), ("经费", ["单位：元/万元"], FUNDS, ""),
        ("经费", ["单位：万元", "单位：元"], FUNDS, ""),
        # Texts have none, whatever stands above; what the header says is told.
        ("名称", ["单位：万元"], NAME, ""), ("名称（人）", [], NAME, "人"),
        ("经费", ["填报单位：某某学校"], FUNDS, ""), ("经费", ["金额以万元计"], FUNDS, "万元"),
    ],
)  # fmt: skip
def test_a_unit_is_taken_where_it_is_said(header, above, field, found):
    assert unit(header, *above, field=field) == found


def test_what_a_note_below_the_table_says_is_taken_and_asked():
    grid = [["经费"], ["1"], ["注：经费单位为万元"]]
    table = Table((Head(0, ("经费",)),), (0, 0), rows=[1], around=[(2, 0)])
    found = measured(table, grid, table.heads[0], FUNDS)
    assert (found.unit, unit_doubt(found, FUNDS)) == ("万元", "单位万元只写在表下")


@pytest.mark.parametrize(
    "statement",
    [
        "单位：万元", "计量单位:千元、人", "金额单位为万元；面积单位为亩", "（单位：万元）", "虚构县设备表（万元）",
        "单位： 人 / 万元", "单位：面积为平方米，金额为万元", "本表经费按千元填报", "Unit: 万元",
        "单位：平方米、万元（资金）", "制表：虚构科  单位：万元",
        # Money with its name, words spread over the cell, a bracket behind, an old colon.
        "金额单位：人民币千元", "（单位：人民币万元）", "单位：万元（人民币）", "金额单位：万元人民币",
        "货币单位：RMB万元", "（人民币：万元）", "单 位：万 元", "单位（万元）", "单位：（万元）",
        "单位∶万元", "表中金额均为万元",
    ],
)  # fmt: skip
def test_a_statement_of_units_is_read_in_every_form(statement):
    assert unit("经费", statement) in {"万元", "千元"}


@pytest.mark.parametrize(
    ("statement", "asked"),
    [("专项拨款：万元", ("万元",)), ("专项拨款：元", ()), ("虚构县专项拨款表", ())],
)
def test_a_unit_said_of_nothing_in_the_table_is_asked_about(statement, asked):
    grid = [[f"单位：{statement}"], ["经费"], ["1"]]
    table = Table((Head(0, ("经费",)),), (1, 1), rows=[2], around=[(0, 0)])
    assert measured(table, grid, table.heads[0], FUNDS).rivals == asked


def test_two_units_of_a_kind_go_by_their_order_or_are_asked():
    """虚构: as many units as columns of numbers, each fitting its own; else nobody can tell."""
    heads = tuple(Head(at, (text,)) for at, text in enumerate(["校名", "面积", "场地", "经费"]))
    rows = [["甲", 10.0, 3.0, 5.5], ["乙", 20.0, 4.0, 6.5]]
    inorder = [["单位：平方米、亩、万元", "", "", ""], [h.text for h in heads], *rows]
    table = Table(heads, (1, 1), rows=[2, 3], around=[(0, 0)])
    known = {1: AREA, 2: AREA, 3: FUNDS}
    second = measured(table, inorder, heads[2], AREA, known)
    assert measured(table, inorder, heads[1], AREA, known).unit == "平方米"
    assert (second.unit, unit_doubt(second, AREA)) == ("亩", "单位是按先后次序对上的亩")
    # Money is not counted in 亩: they do not stand in the columns' order.
    other = {1: AREA, 2: FUNDS, 3: AREA}
    assert measured(table, inorder, heads[1], AREA, other).rivals == ("平方米", "亩")
    unclear = [["单位：平方米、亩", "", "", ""], *inorder[1:]]
    found = measured(table, unclear, heads[1], AREA)
    assert (found.unit, found.rivals) == ("", ("平方米", "亩"))
    assert unit_doubt(found, AREA) == "表上写的单位有平方米、亩，看不出这一列是哪一个"
    # A label in the statement names the column it is said of.
    labelled = [["单位：亩（场地）、平方米", "", "", ""], *inorder[1:]]
    assert [measured(table, labelled, heads[at], AREA).unit for at in (1, 2)] == ["平方米", "亩"]


def test_a_measure_of_each_pupil_is_no_sum_of_money():
    head = Head(0, ("经费",))
    table = Table((head,), (1, 1), rows=[2], around=[(0, 0)])
    assert measured(table, [["单位：元/生"], ["经费"], ["1"]], head, FUNDS).rivals == ("元/生",)


@pytest.mark.parametrize(
    "header", ["经费/万元", "经费 万元", "经费，万元", "经费\n单位：万元", "经费-万元"]
)
def test_a_header_names_its_unit_without_brackets(header):
    assert unit(header) == "万元"


@pytest.mark.parametrize(
    ("name", "field", "factor"),
    [
        ("万元", FUNDS, 10_000), ("千元", FUNDS, 1000), ("亿元", FUNDS, 10**8), ("万", FUNDS, 10_000),
        ("元", FUNDS, None), ("", FUNDS, None), ("人", FUNDS, None), ("亩", AREA, Fraction(2000, 3)),
        ("万亩", AREA, Fraction(20_000_000, 3)), ("公顷", AREA, 10_000), ("平方米", AREA, None),
        ("万人", PEOPLE, 10_000), ("人", PEOPLE, None), ("万元", NAME, None), ("亩", FUNDS, None),
    ],
)  # fmt: skip
def test_what_a_columns_numbers_are_multiplied_by(name, field, factor):
    assert conversion(name, field) == factor


@pytest.mark.parametrize(
    ("name", "field", "sentence"),
    [
        ("万元", FUNDS, "1 万元＝10000 元"), ("亩", AREA, "1 亩＝2000/3 平方米（四舍五入到 0.01）"),
        ("公顷", AREA, "1 公顷＝10000 平方米"), ("元", FUNDS, ""), ("万人", PEOPLE, "1 万人＝10000 人"),
        ("亩", asks("x", "面积", unit="square_metre"), "1 亩＝2000/3 平方米（四舍五入到 1）"),
    ],
)  # fmt: skip
def test_what_was_multiplied_is_told(name, field, sentence):
    assert told(name, field) == sentence


@pytest.mark.parametrize(
    ("raw", "name", "field", "steps"),
    [
        (12.5, "万元", FUNDS, 12_500_000), ("12.5", "万元", FUNDS, 12_500_000),
        ("1,200", "千元", FUNDS, 120_000_000), (-2.0, "万元", FUNDS, -2_000_000),
        (0.0, "万元", FUNDS, 0),
        # 0.0000001 万元 are a tenth of a fen: kept as it is, and complained of.
        ("0.0000001", "万元", FUNDS, None), ("0.000001", "万元", FUNDS, 1),
        # 1 亩 is 666 ⅔ ㎡, rounded half up; 0.3 are just 200.
        (1.0, "亩", AREA, 66_667), (0.3, "亩", AREA, 20_000), (-1.0, "亩", AREA, -66_667), ("0.00001", "亩", AREA, 1), ("0.000007", "亩", AREA, 0),
        ("约15", "亩", AREA, None), ("", "万元", FUNDS, None), (5.0, "元", FUNDS, None),
        (0.00005, "万人", PEOPLE, None), (0.0005, "万人", PEOPLE, 5),
    ],
)  # fmt: skip
def test_a_plain_number_comes_out_in_the_fields_own_steps(raw, name, field, steps):
    found = converted(raw, name, field, "C4")
    assert (None if found is None else found.value) == steps


def test_a_number_keeps_its_place_and_how_it_was_written():
    assert converted("12.50", "万元", FUNDS, "C4") == Cell(12_500_000, "C4", "12.50")


@given(st.integers(-(10**6), 10**6))
def test_mu_are_rounded_to_the_nearest_hundredth_and_half_away_from_zero(tenths):
    """A tenth of a mu is 66 ⅔ ㎡."""
    found = converted(f"{tenths / 10:.1f}", "亩", AREA, "A1")
    assert found is not None
    exact = Fraction(tenths, 10) * Fraction(2000, 3) * 100
    assert abs(found.value - exact) <= Fraction(1, 2)
    mirrored = converted(f"{-tenths / 10:.1f}", "亩", AREA, "A1")
    assert mirrored is not None
    assert mirrored.value == -found.value


@given(st.decimals(-10_000, 10_000, places=6))
def test_ten_thousands_come_out_even_or_stay(number):
    found = converted(f"{number:f}", "万元", FUNDS, "A1")
    assert found is not None
    assert Decimal(found.value) == number * 1_000_000
