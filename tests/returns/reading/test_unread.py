"""What is said of each cell that was not read, word by word."""

from __future__ import annotations

from datetime import date

import pytest

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.kinds.form import Field
from xianxue.bureau.returns.reading import unread
from xianxue.bureau.returns.reading.cell import Stray

PUPILS = Field(field="enrolled", term="在校生数", type="integer", unit="person")
FUNDS = Field(field="funds", term="公用经费", type="measure", unit="yuan")
AREA = Field(field="area", term="校舍建筑面积", type="measure", unit="square_metre")
BARE = Field(field="x", term="序数", type="integer")


def test_a_cell_of_spaces_is_empty_and_a_zero_is_not():
    said = ["", " ", "\u3000\n", "x", 0.0, False, date(2025, 9, 1)]
    assert [unread.is_empty(raw) for raw in said] == [True, True, True, False, False, False, False]
    assert unread.filled(said) == [3, 4, 5, 6]


def test_a_quotation_has_no_spaces_and_24_characters_at_most():
    assert unread.short(" 一 二\n三 ") == "一二三"
    assert unread.short(3.0) == "3"
    assert unread.short("一" * 24) == "一" * 24
    assert unread.short("一" * 25) == "一" * 24 + "…"


# ── columns and cells beside the table ──────────────────────────────────────


def test_a_column_that_is_not_asked():
    assert unread.extra_column("备注", (0, 5), [(4, 5), (5, 5)], "") == Stray(
        "R-COLUMN-EXTRA",
        "F1",
        "多出一列“备注”，填了 2 格（F5:F6）",
        "这一列不在表中，没有采用；如是改了表头，请改回",
    )


def test_a_column_like_a_missing_one_is_asked_about():
    assert unread.extra_column("女学生数", (2, 1), [(4, 1)], "女生数") == Stray(
        "R-COLUMN-EXTRA",
        "B3",
        "多出一列“女学生数”，填了 1 格（B5）",
        "这一列没有采用；是不是“女生数”？是就把表头改回“女生数”",
    )


GRID = [
    ["年级", "在校生数", "", ""],
    ["一年级", 41.0, "见附件", 7.0],
    ["合计", 405.0, "", 405.0],
    ["注：已核对", "", "", ""],
]


def test_one_cell_outside_the_table():
    assert unread.extra_cells(GRID, [(1, 2)]) == Stray(
        "R-CELL-EXTRA",
        "C2",
        "表格以外的格子填了“见附件”",
        "这里不要求填，没有采用；请核对是否填错了位置",
    )


def test_several_cells_outside_the_table_are_counted_with_the_first_quoted():
    assert unread.extra_cells(GRID, [(1, 3), (2, 3)]) == Stray(
        "R-CELL-EXTRA",
        "D2",
        "表格以外的格子填了“7”等 2 格（D2:D3）",
        "这里不要求填，没有采用；请核对是否填错了位置",
    )


def test_an_answer_where_an_explanation_stood():
    assert unread.misplaced("示例", "校舍建筑面积", 5200.5, (8, 2)) == Stray(
        "R-CELL-EXTRA",
        "C9",
        "“校舍建筑面积”的“示例”一栏里写了“5200.5”",
        "没有采用；要报的数请填到“填写”一栏",
    )


def test_what_stands_above_the_headers():
    do = "不必改；请核对其中没有要报的数"
    one = unread.above(GRID, [(1, 2)])
    assert one == Stray("R-NOTE", "C2", "表头以上的文字“见附件”没有采用", do)
    two = unread.above(GRID, [(1, 2), (1, 3)])
    assert two == Stray("R-NOTE", "C2", "表头以上的文字“见附件”等 2 格（C2、D2）没有采用", do)


def test_a_sheet_without_headers_says_which_it_should_have():
    assert unread.without_head(["年级", "在校生数"], [(1, 0), (1, 1)]) == Stray(
        "R-HEAD",
        "A2",
        "找不到表头，表里的 2 格（A2、B2）都没有采用",
        "请从模板中把表头复制回来，再交",
        severity=Severity.MUST_FIX,
        required="表头有：年级、在校生数",
    )


# ── rows ────────────────────────────────────────────────────────────────────


def test_a_row_that_is_not_asked_quotes_its_first_number():
    grid = [["毕业班", 12.0, 30.0]]
    assert unread.extra_row(grid, 0, [(0, 0), (0, 1), (0, 2)], "毕业班") == Stray(
        "R-ROW-EXTRA",
        "B1",
        "多出一行“毕业班”，填了“12”（A1、B1、C1）",
        "这一行没有采用；请把数填到表中原有的行里",
    )


def test_a_label_may_stand_behind_its_numbers():
    stray = unread.extra_row([[12.0, "毕业班"]], 0, [(0, 0), (0, 1)], "毕业班")
    assert (stray.cell, stray.saw) == ("A1", "多出一行“毕业班”，填了“12”（A1、B1）")


def test_a_row_that_is_nothing_but_its_label():
    assert unread.extra_row([["毕业班", ""]], 0, [(0, 0)], "毕业班") == Stray(
        "R-ROW-EXTRA", "A1", "多出一行“毕业班”", "这一行没有采用；请把数填到表中原有的行里"
    )


def test_a_row_without_a_name():
    assert unread.extra_row([["", "", 5.0]], 0, [(0, 2)], "") == Stray(
        "R-ROW-EXTRA", "C1", "没有行名的一行，填了“5”", "这一行没有采用；请把数填到表中原有的行里"
    )


def test_a_sum_somebody_added_does_no_harm():
    assert unread.extra_row(GRID, 2, [(2, 0), (2, 1), (2, 3)], "合计") == Stray(
        "R-ROW-EXTRA",
        "B3",
        "多出一行“合计”，填了“405”（A3、B3、D3）",
        "合计由系统计算，这一行没有采用，不必改",
    )


def test_an_item_that_is_not_asked():
    grid = [["校园网站", "", "", "有"]]
    assert unread.extra_row(grid, 0, [(0, 0), (0, 3)], "校园网站", "项") == Stray(
        "R-ROW-EXTRA",
        "D1",
        "多出一项“校园网站”，填了“有”（A1、D1）",
        "这一项不在表中，没有采用；如是改了项目名称，请改回",
    )


@pytest.mark.parametrize(
    ("row", "cells", "label", "saw", "cell"),
    [
        # A note by its label, by its first cell, and by both.
        (["注：已核对", ""], [(0, 0)], "注：已核对", "表格以外的文字“注：已核对”没有采用", "A1"),
        (["", "审核人：", "某"], [(0, 1), (0, 2)], "", "表格以外的文字“审核人：”（B1、C1）没有采用", "B1"),
        (["填表人：", 5.0], [(0, 1)], "填表人：", "表格以外的文字“填表人：”没有采用", "B1"),
        (["毕业班", "注：略"], [(0, 1)], "毕业班", "表格以外的文字“毕业班”没有采用", "B1"),
    ],
)  # fmt: skip
def test_notes_and_signatures_need_no_mending(row, cells, label, saw, cell):
    do = "不必改；要说明的情况请另行告知"
    assert unread.extra_row([row], 0, cells, label) == Stray("R-NOTE", cell, saw, do)


# ── twice ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("what", "code"), [("列", "R-HEADER-TWICE"), ("行", "R-ROW-TWICE")])
def test_twice_the_same_is_untidy(what, code):
    assert unread.twice(what, "在校生数", "B1", (0, 5), [(3, 5), (4, 5)], same=True) == Stray(
        code,
        "F1",
        f"“在校生数”这一{what}出现了两次，内容相同，后一{what}（F4:F5）没有采用",
        f"请删去多余的一{what}",
    )


@pytest.mark.parametrize(("what", "code"), [("列", "R-HEADER-TWICE"), ("行", "R-ROW-TWICE")])
def test_twice_and_different_is_a_question(what, code):
    assert unread.twice(what, "在校生数", "B1", (0, 5), [(3, 5)], same=False) == Stray(
        code,
        "F1",
        f"“在校生数”这一{what}出现了两次（另见 B1），内容不同，后一{what}（F4）没有采用",
        f"请核对以哪一{what}为准，删去另一{what}",
        severity=Severity.MUST_FIX,
        required=f"每一{what}只出现一次",
    )


# ── units ───────────────────────────────────────────────────────────────────


def test_ten_thousands_in_a_header_with_the_number_as_it_would_be():
    assert unread.other_unit("about.funds", FUNDS, "万元", "A10", 1.2, 1, "D10") == Stray(
        "R-TEN-THOUSAND",
        "D10",
        "公用经费的表头（A10）写的单位是“万元”，要求的是元；D10 填了“1.2”，按元采用",
        # 1.2 times 10,000.
        "请核对：如果填的确实是万元，请改为 12000，并把表头改回",
        severity=Severity.EXPLAIN,
        required="单位是元",
        field="about.funds",
    )


@pytest.mark.parametrize(
    ("head", "raw", "count", "said"),
    [
        ((FUNDS, "亿元"), 2.0, 3, ("R-UNIT",
         "公用经费的表头（B1）写的单位是“亿元”，要求的是元；B4 填了“2”，这一列共 3 格，按元采用",
         "请核对：如果填的确实是亿元，请改为 200000000，并把表头改回")),
        ((AREA, "亩"), 3.0, 1, ("R-UNIT",
         "校舍建筑面积的表头（B1）写的单位是“亩”，要求的是平方米；B4 填了“3”，按平方米采用",
         "请核对：如果填的确实是亩，请换算成平方米再填，并把表头改回")),
        # Ten thousand mu are no ten thousand square metres: no number is suggested.
        ((AREA, "万亩"), 3.0, 1, ("R-TEN-THOUSAND",
         "校舍建筑面积的表头（B1）写的单位是“万亩”，要求的是平方米；B4 填了“3”，按平方米采用",
         "请核对：如果填的确实是万亩，请换算成平方米再填，并把表头改回")),
        ((AREA, "万"), 3.5, 1, ("R-TEN-THOUSAND",
         "校舍建筑面积的表头（B1）写的单位是“万”，要求的是平方米；B4 填了“3.5”，按平方米采用",
         "请核对：如果填的确实是万，请改为 35000，并把表头改回")),
        # What is no number cannot be multiplied.
        ((FUNDS, "万元"), "约一万", 2, ("R-TEN-THOUSAND",
         "公用经费的表头（B1）写的单位是“万元”，要求的是元；B4 填了“约一万”，这一列共 2 格，按元采用",
         "请核对：如果填的确实是万元，请换算成元再填，并把表头改回")),
        ((PUPILS, "间"), 41.0, 1, ("R-UNIT",
         "在校生数的表头（B1）写的单位是“间”，要求的是人；B4 填了“41”，按人采用",
         "请核对：如果填的确实是间，请换算成人再填，并把表头改回")),
        # A field that counts nothing in particular asks for a number.
        ((BARE, "间"), 41.0, 1, ("R-UNIT",
         "序数的表头（B1）写的单位是“间”，要求的是数；B4 填了“41”，按数采用",
         "请核对：如果填的确实是间，请换算成数再填，并把表头改回")),
    ],
)  # fmt: skip
def test_another_unit_in_a_header(head, raw, count, said):
    stray = unread.other_unit("a.b", *head, "B1", raw, count, "B4")
    assert (stray.code, stray.saw, stray.do) == said
    assert (stray.cell, stray.severity, stray.field) == ("B4", Severity.EXPLAIN, "a.b")


def test_a_number_times_a_power_of_ten():
    assert unread.shown_times("1,204", 4) == "12040000"
    assert unread.shown_times(0.5, 8) == "50000000"
    assert unread.shown_times("若干", 4) == ""
