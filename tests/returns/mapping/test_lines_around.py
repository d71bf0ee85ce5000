"""Lines above and below a table that are neither headers nor schools. All of them 虚构."""

import pytest

from xianxue.bureau.returns.mapping.table import find_table

HEADS = ["单位名称", "校舍建筑面积", "教学仪器设备值", "网络多媒体教室"]
ROWS = [["虚构一小", 3250.0, 85.5, 14.0], ["虚构二中", 4100.0, 120.0, 18.0]]


def found(*lines):
    width = max(map(len, lines))
    table = find_table([[*line, *[""] * (width - len(line))] for line in lines])
    assert table is not None
    return table


@pytest.mark.parametrize(
    "above",
    [
        ["填报单位：虚构县教育局", "", "", "填报日期：2025年9月"],
        ["填报单位：", "虚构县教育局", "填报日期：", "2025年9月"],
        ["填报单位", "虚构县教育局", "填报时间", "2025-09-30"],
        ["填报单位：", "虚构县教育局", "负责人：", "虚构甲"],
        ["制表：虚构科", "", "单位：万元", "表号：虚构1表"],
        ["学年", "2024-2025", "单位", "人"],
        ["虚构县设备统计表", "", "", "2025年9月"],
        ["填表单位", "虚构镇中心校", "", ""],
        ["制表时间", "2025.9.30", "", ""],
        ["定稿", "2025年9月30日", "", ""],
        ["填报单位（盖章）：虚构校", "联系电话：00000", "", "第1页 共3页"],
        ["表    号：", "虚构1", "制定机关：", "虚构局"],
    ],
)
def test_what_a_form_says_of_itself_is_not_its_header(above):
    table = found(["2025年学校设备统计表"], above, HEADS, *ROWS)
    assert table.head_rows == (2, 2)
    assert [head.text for head in table.named] == HEADS
    assert table.rows == [3, 4]


@pytest.mark.parametrize(
    "heads",
    [
        ["填报单位", "校舍面积", "其中：危房", "2024年"],
        ["校名：", "面积：", "设备值：", "教室："],
        ["填报单位", "联系人", "联系电话", "面积"],
        ["学校", "2023年", "2024年", "2025年"],
    ],
)
def test_headers_that_are_like_labels_stay_headers(heads):
    assert found(["虚构表"], heads, *ROWS).head_rows == (1, 1)


@pytest.mark.parametrize(
    "below",
    [
        ["负责人：虚构甲", "", "填表人：虚构乙", "联系电话：00000"],
        ["负责人：", "虚构甲", "填表人：", "虚构乙"],
        ["单位负责人：虚构甲", "统计负责人：虚构乙", "", ""],
        ["负责人", "虚构甲", "填表人", "虚构乙"],
        ["报出日期：2025年9月30日", "", "", ""],
        ["审核人：虚构甲", "2025年9月", "", ""],
        ["分管领导：", "", "", "复核人："],
        ["说明：按9月1日统计", "", "", ""],
    ],
)
def test_who_signs_a_table_is_no_school(below):
    assert found(HEADS, *ROWS, below).rows == [1, 2]


def test_a_school_beside_its_head_is_a_school():
    lines = [["学校", "负责人", "面积"], ["虚构一小", "负责人：甲", 3.0], ["虚构二小", "乙", 4.0]]
    assert found(*lines).rows == [1, 2]


@pytest.mark.parametrize(
    "units",
    [
        ["", "平方米", "万元", "间"],
        ["计量单位", "㎡", "千元", "间"],
        ["—", "（平方米）", "（元）", "个"],
    ],
)
def test_a_line_of_units_below_the_headers_names_their_units(units):
    table = found(HEADS, units, *ROWS)
    assert (table.head_rows, table.rows) == ((0, 0), [2, 3])
    assert [head.unit for head in table.heads[1:]] == [
        text.strip("（）").replace("㎡", "m2") for text in units[1:]
    ]
    # Numbers of columns may stand before or behind it.
    assert found(HEADS, ["甲", "1", "2", "3"], units, *ROWS).rows == [3, 4]


def test_rows_of_ones_and_twos_are_not_all_numbers_of_columns():
    assert found(
        ["校名", "甲班", "乙班"], ["A", "1", "2"], ["1", "2", "3"], ["2", "3", "4"]
    ).rows == [2, 3]
