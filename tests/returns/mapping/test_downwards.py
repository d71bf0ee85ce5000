"""Tables with one item a row, read downwards. All of them 虚构."""

import pytest
from national import national

from xianxue.bureau.returns.mapping.downwards import find_downwards, names_asked, turned
from xianxue.bureau.returns.mapping.proposing import propose

SHELF = national().shelf
FORM = SHELF.forms["school_annual"]
NAMES = names_asked([FORM], SHELF.codes)
ITEMS = [["校舍建筑面积", "平方米", 10.5], ["教学仪器设备值", "万元", 3.2], ["图书", "册", 900.0]]


def found(*lines):
    width = max(map(len, lines))
    grid = turned([[*line, *[""] * (width - len(line))] for line in lines])
    table = find_downwards(grid, NAMES)
    return (table, grid)


def read(*lines):
    """Give what each row of the sheet is taken for, and the values by the cells they stand in."""
    table, grid = found(*lines)
    assert table is not None
    proposals = propose(table, grid, FORM, SHELF.codes)
    fields = {
        table.column(each.head.at): (each.target.reference, each.unit)
        for each in proposals.columns
        if each.target is not None
    }
    cells = {
        table.cell(row, each.head.at): grid[row][each.head.at]
        for row in table.rows
        for each in proposals.values
    }
    return fields, cells


PREMISES = {
    "premises.building_area": "平方米",
    "premises.equipment_value": "万元",
    "premises.books": "册",
}


def values_of(fields):
    return {field: unit for field, unit in fields.values() if field.startswith("premises")}


@pytest.mark.parametrize(
    "lines",
    [
        [["项目", "单位", "数值"], ["校名", "", "虚构一小"], *ITEMS],
        [["虚构表"], ["指标名称", "计量单位", "本年"], *ITEMS],
        [["序号", "指标", "单位", "数量"], *([n, *item] for n, item in enumerate(ITEMS, 1))],
        [
            ["类别", "填报项目", "单位", "填报值", "备注"],
            *(["条件", *item, "无"] for item in ITEMS),
        ],
        [["项目", "单位", "数值"], *ITEMS, ["负责人：虚构甲", "", "填表人：虚构乙"]],
        [["填报单位：虚构一小"], ["项目", "单位", "数值"], *ITEMS, ["说明：按九月一日"]],
    ],
)
def test_one_item_a_row_is_read_downwards(lines):
    fields, cells = read(*lines)
    assert values_of(fields) == PREMISES
    assert sorted(map(str, cells.values())) == ["10.5", "3.2", "900.0"]


def test_cells_keep_their_addresses_in_the_sheet():
    _, cells = read(["项目", "单位", "数值"], *ITEMS)
    assert cells == {"C2": 10.5, "C3": 3.2, "C4": 900.0}


def test_schools_side_by_side_are_named_by_their_headers():
    lines = [["项目", "单位", "虚构一小", "虚构二中", "合计"]]
    lines += [[*item, item[2] + 1, 2 * item[2] + 1] for item in ITEMS]
    fields, cells = read(*lines)
    assert fields["1"] == ("name", "")
    assert cells["D2"] == 11.5
    # A sum of schools is no school.
    assert not any(address.startswith("E") for address in cells)


def test_a_unit_without_brackets_stands_behind_the_item():
    items = [[f"{name}（{unit}）", value] for name, unit, value in ITEMS]
    fields, _ = read(["项目", "数值"], *items)
    assert values_of(fields) == {**PREMISES}


@pytest.mark.parametrize(
    "lines",
    [
        [["学校", "校舍建筑面积", "图书"], ["虚构一小", 1.0, 2.0], ["虚构二小", 3.0, 4.0]],
        [["项目", "数值"], ["校舍建筑面积", 1.0], ["别的", 2.0]],
        [["甲", "乙"], [1.0, 2.0]],
        [],
    ],
)
def test_what_has_no_items_below_each_other_is_not_turned(lines):
    width = max(map(len, lines), default=0)
    grid = turned([[*line, *[""] * (width - len(line))] for line in lines])
    assert find_downwards(grid, NAMES) is None
