"""Formulas without a result, errors and merged cells, among the cells that were read."""

from __future__ import annotations

import pytest

from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.returns.files.damage import find_damage, merged_damage, with_damage
from xianxue.bureau.returns.files.guard import Package
from xianxue.bureau.returns.files.tab_parts import attributes_of, parts_of_tabs, unescaped
from xianxue.bureau.values.missing import Missing

PART = "xl/worksheets/sheet1.xml"
WORKBOOK = {
    "xl/workbook.xml": '<sheets><sheet name="学生" sheetId="1" r:id="rId1"/></sheets>'.encode(),
    "xl/_rels/workbook.xml.rels": b'<Relationship Id="rId1" Target="worksheets/sheet1.xml"/>',
}
TABS = {"pupils": "学生"}


def table(*addresses: str):
    cells = {f"f{at}": Cell(at, address, str(at)) for at, address in enumerate(addresses)}
    return {"pupils": (Row("G1", cells),)}


def found(xml: bytes, *read: str, grave: bool = True, odd: bool = True):
    package = Package(b"", [], WORKBOOK | {PART: xml}, odd=odd, grave=grave, usual=None)
    return find_damage(package, TABS, table(*read))


# ── formulas ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("cell", "damage"),
    [
        (b'<c r="B4"><f>1+1</f></c>', ("", "no_result")),
        (b'<c r="B4"><f>1+1</f><v></v></c>', ("", "no_result")),
        (b'<c r="B4" s="1"><f/></c>', ("", "no_result")),
        (b'<x:c r="B4"><x:f>1+1</x:f></x:c>', ("", "no_result")),
        (b'<c r="B4" t="e"><f>1/0</f><v>#DIV/0!</v></c>', ("#DIV/0!", "error")),
        (b'<c r="B4" t="e"><v>#REF!</v></c>', ("#REF!", "error")),
        (b'<c r="B4" t="e"></c>', ("", "error")),
        (b'<c r="B4" t="e"><v>&lt;x&gt;</v></c>', ("<x>", "error")),
    ],
)
def test_a_formula_that_came_to_nothing_or_to_an_error(cell, damage):
    assert found(cell, "A1", "B4") == {"pupils": {"B4": damage}}
    # Where it was not read it does no harm.
    assert found(cell, "A1") == {"pupils": {}}


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="B4"><f>1+1</f><v>2</v></c>',
        b'<c r="B4" t="str"><f>""</f><v></v></c>',
        b'<c r="B4"><v>2</v></c>',
        b'<c r="B4"></c>',
        b'<c r="B4"/>',
        b'<c r="B4"><formatted/></c>',
    ],
)
def test_what_has_a_result_or_no_formula_is_whole(cell):
    assert found(cell, "B4") == {"pupils": {}}


def test_nothing_is_looked_at_where_nothing_was_seen():
    assert found(b'<c r="B4"><f>1</f></c>', "B4", odd=False, grave=False) == {}
    # Formulas as every program writes them: only a sheet that has one is taken apart.
    assert found(b'<c r="B4"><v>1</v></c>', "B4", grave=False) == {}
    assert found(b'<c r="B4"><f>1</f></c>', "B4", grave=False) == {
        "pupils": {"B4": ("", "no_result")}
    }


def test_totals_that_nobody_reads_are_passed_by():
    total = b'<c r="B5" s="2"><f>SUM(B4)</f><v>1</v></c>'
    assert found(total, "B4", grave=False) == {}
    assert found(total + b'<c r="B4"><f>1</f></c>', "B4", grave=False) == {
        "pupils": {"B4": ("", "no_result")}
    }
    # A formula in a cell that is not written as usual is looked at closely.
    strange = b'<c s="2" r="B4"><f>1</f></c>'
    assert found(strange, "B4", grave=False) == {"pupils": {"B4": ("", "no_result")}}


def test_a_tab_that_is_not_there_has_nothing_damaged():
    parts = WORKBOOK | {PART: b'<c r="B4"><f>1</f></c>'}
    package = Package(b"", [], parts, odd=True, grave=True, usual=None)
    assert find_damage(package, {"pupils": "别的"}, table("B4")) == {"pupils": {}}
    assert find_damage(package, TABS, {}) == {"pupils": {}}


# ── merged cells ────────────────────────────────────────────────────────────


def test_every_read_cell_of_a_merged_range_is_named_with_the_range():
    xml = b'<mergeCells><mergeCell ref="B4:C5"/></mergeCells>'
    assert found(xml, "A4", "B3", "B4", "C5", "D5", "C6") == {
        "pupils": {"B4": ("B4:C5", "merged"), "C5": ("B4:C5", "merged")}
    }
    xml = b"<x:mergeCell id='1' ref = 'B4:B6'></x:mergeCell>"
    assert found(xml, "B6") == {"pupils": {"B6": ("B4:B6", "merged")}}


def test_merged_ranges_by_rows_and_columns():
    cells = {(0, 0): "A1", (1, 1): "B2", (2, 2): "C3"}
    assert dict(merged_damage([((0, 0), (1, 1))], cells)) == {
        "A1": ("A1:B2", "merged"),
        "B2": ("A1:B2", "merged"),
    }
    assert dict(merged_damage([((2, 0), (2, 1))], cells)) == {}
    assert dict(merged_damage([], cells)) == {}


def test_a_cell_without_an_address_is_never_merged():
    assert found(b'<mergeCell ref="A1:B4"/>', "", "B4") == {"pupils": {"B4": ("A1:B4", "merged")}}


def test_damaged_cells_have_no_value_and_say_why():
    rows = table("B4", "C4")["pupils"]
    (row,) = with_damage(rows, {"C4": ("#N/A", "error")})
    assert row == Row(
        "G1", {"f0": Cell(0, "B4", "0"), "f1": Cell(Missing.NOT_ANSWERED, "C4", "#N/A", "error")}
    )
    # The rows that were handed in stay as they were.
    assert rows[0].cells["f1"] == Cell(1, "C4", "1")


# ── which part holds which tab ──────────────────────────────────────────────


@pytest.mark.parametrize(
    "target", ["worksheets/sheet1.xml", "./worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml"]
)
def test_the_part_of_a_tab_however_it_is_addressed(target):
    relations = f"<Relationship Target='{target}' Id='rId1'/>".encode()
    parts = WORKBOOK | {"xl/_rels/workbook.xml.rels": relations}
    assert parts_of_tabs(parts) == {"学生": PART}


def test_tabs_without_a_part_and_parts_without_a_workbook():
    assert parts_of_tabs(
        {"xl/workbook.xml": b'<x:sheet name="a"/><sheet r:id="r9" name="b"/>'}
    ) == {
        "a": "",
        "b": "",
    }
    assert parts_of_tabs({}) == {}


def test_attributes_and_escapes_are_undone_once():
    assert attributes_of(b"a='1' b:c = \"x &lt; y\" d") == {"a": "1", "b:c": "x < y"}
    assert unescaped("&amp;lt; &quot;&apos;&gt;") == "&lt; \"'>"
    assert attributes_of(b'name="\xff"') == {"name": "\ufffd"}
