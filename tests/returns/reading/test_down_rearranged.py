"""Sheets written downwards as they come back: lines found by item, answers by header."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.returns.reading.cell import Stray
from xianxue.bureau.returns.reading.down_rearranged import find_items, read_down

HEADS = ["项目", "填写说明与单位", "示例", "填写"]
CODE = ["学校标识码", "", "", "2163000002"]
NAME = ["学校名称", "", "", "虚构学校"]
AREA = ["校舍建筑面积", "", "", 5200.5]
ALL = {"school_code": "2163000002", "name": "虚构学校", "area": 520050}
OUTSIDE = "这里不要求填，没有采用；请核对是否填错了位置"


def said(strays):
    return [(stray.code, stray.cell) for stray in strays]


@pytest.fixture
def about(sheets):
    """Read rows as a record of three answers: what they are, and what was said."""

    def reading(*rows, fields="school_code name area"):
        plan = sheets.plan("about", fields)
        found, strays = read_down(sheets.even([list(row) for row in rows]), plan)
        assert len(found) <= 1
        assert all(row.code == "" for row in found)
        return {n: c.value for row in found for n, c in row.cells.items()}, strays

    return reading


@pytest.fixture
def stages(sheets):
    """Read rows as a grid of two grades written downwards."""

    def reading(*rows, codes="G1 G2"):
        plan = sheets.plan("pupils", rows=codes, down=True)
        found, strays = read_down(sheets.even([list(row) for row in rows]), plan)
        return {row.code: {n: c.value for n, c in row.cells.items()} for row in found}, strays

    return reading


# ── the column of items ─────────────────────────────────────────────────────


def items_of(sheets, rows, fields=""):
    at, matched = find_items(sheets.even(rows), sheets.plan("about", fields))
    return at, matched.fields


def column(at, *texts):
    return [[*[""] * at, text] for text in texts]


def test_items_are_looked_for_in_thirty_columns(sheets):
    four = "school_code name boarding area"
    found = {"school_code": 0, "name": 1}
    assert items_of(sheets, column(29, "学校标识码", "学校名称"), four) == (29, found)
    assert items_of(sheets, column(30, "学校标识码", "学校名称"), four) == (-1, {})
    assert items_of(sheets, [], four) == (-1, {})


def test_of_equal_columns_the_left_one_holds_the_items(sheets):
    rows = [["学校名称", "学校名称"], ["是否寄宿制", "是否寄宿制"], ["", "校舍建筑面积"]]
    assert items_of(sheets, rows[:2], "name boarding area")[0] == 0
    assert items_of(sheets, rows, "name boarding area")[0] == 1


def test_half_of_the_items_or_half_of_the_column_is_enough(sheets):
    two = ["学校名称", "是否寄宿制"]
    assert (
        items_of(sheets, column(0, *two, "x", "y", "z"), "school_code name boarding area")[0] == 0
    )
    # Two of nine items, and half of what the column holds; then less than half of it.
    assert items_of(sheets, column(0, *two, "x", "y"))[0] == 0
    assert items_of(sheets, column(0, *two, "x", "y", "z")) == (-1, {})
    # One of nine is chance, though the column holds nothing else; one of two is half.
    assert items_of(sheets, column(0, "学校名称")) == (-1, {})
    assert items_of(sheets, column(0, "学校名称", "x", "y"), "name area")[0] == 0
    assert items_of(sheets, [[1.0], [True]]) == (-1, {})


def test_without_items_all_contents_are_named_and_nothing_is_read(about):
    answers, strays = about(["", "x"], [" ", 7.0])
    assert answers == {}
    assert strays == [
        Stray(
            "R-HEAD",
            "B1",
            "找不到表头，表里的 2 格（B1:B2）都没有采用",
            "请从模板中把表头复制回来，再交",
            severity=Severity.MUST_FIX,
            required="表头有：学校标识码、学校名称、校舍建筑面积",
        )
    ]
    assert about([""], [" "]) == ({}, [])


# ── where the answers stand ─────────────────────────────────────────────────


@given(st.data())
def test_lines_and_columns_in_any_order_say_the_same(sheets, data):
    rows = data.draw(st.permutations([CODE, NAME, AREA]))
    order = data.draw(st.permutations(range(4)))
    above = data.draw(st.integers(0, 2))
    grid = [*[[""] * 4] * above, *([row[at] for at in order] for row in [HEADS, *rows])]
    (row,), strays = read_down(grid, sheets.plan("about", "school_code name area"))
    assert strays == []
    assert {name: cell.value for name, cell in row.cells.items()} == ALL
    letter = "ABCD"[order.index(3)]
    assert row.cells["name"].address == f"{letter}{above + rows.index(NAME) + 2}"


@pytest.mark.parametrize(
    "head", ["填写", "填报", "填写内容", "填报内容", "填报数", "数据", "数值", " 填 写 "]
)
def test_answers_stand_below_what_schools_call_them(about, head):
    heads = ["项目", "备注栏", head, "x"]
    lines = ([row[0], "甲", row[3], ""] for row in (CODE, NAME, AREA))
    answers, strays = about(heads, *lines)
    assert answers == ALL
    # The header over what nobody asked is named, and so is what stands below it.
    assert said(strays) == [("R-NOTE", "B1"), ("R-CELL-EXTRA", "B2")]


def test_of_two_columns_of_answers_the_first_is_read(about):
    heads = [*HEADS, "填写"]
    answers, strays = about(heads, [*CODE, "旧"], [*NAME, "旧名"], AREA)
    assert answers == ALL
    assert strays == [
        Stray("R-CELL-EXTRA", "E2", "表格以外的格子填了“旧”等 2 格（E2:E3）", OUTSIDE)
    ]


def test_the_column_of_items_is_never_that_of_answers(about):
    answers, _ = about(["填写", "", "", "填写"], CODE, NAME, AREA)
    assert answers == ALL


def test_a_header_below_the_first_item_is_an_answer(about):
    rows = [CODE, ["学校名称", "填写", "", "虚构学校"], AREA]
    answers, strays = about(HEADS, *rows)
    assert answers == ALL
    assert strays == []
    answers, strays = about(
        ["项目", "", "", "某栏"], CODE, ["学校名称", "数据", "", "虚构学校"], AREA
    )
    # Two columns hold something that is not the template's: the left one is taken.
    assert answers["name"] == "数据"


def test_answers_are_told_by_their_contents_where_no_header_names_them(sheets):
    plan = sheets.plan("about", "school_code name area")
    laid = plan.laid
    lines = [
        [field.term, "", help_text, answer, example]
        for field, help_text, answer, example in zip(
            laid.fields, laid.helps, ["2163000002", "虚构学校", 5200.5], laid.examples, strict=True
        )
    ]
    (row,), strays = read_down(lines, plan)
    assert {name: cell.value for name, cell in row.cells.items()} == ALL
    assert strays == []
    # With a header over the items alone, and another over the answers that nobody knows.
    (row,), strays = read_down([["项目", "", "", "本校", ""], *lines], plan)
    assert {name: cell.value for name, cell in row.cells.items()} == ALL
    assert said(strays) == [("R-NOTE", "D1")]


def test_what_is_shown_from_last_year_is_no_answer(about):
    heads = ["项目", "上年·填写", "某栏"]
    lines = ([row[0], "旧", row[3]] for row in (CODE, NAME, AREA))
    answers, strays = about(heads, *lines)
    assert answers == ALL
    assert said(strays) == [("R-NOTE", "C1")]


def test_the_line_that_names_the_answers_is_that_of_the_headers(about):
    """Not the one below it that names the items: what is shown is known by the former."""
    rows = ([row[0], "", "", "旧", row[3]] for row in (CODE, NAME, AREA))
    answers, strays = about(["", "", "", "上年·填写", "填写"], ["项目"], *rows)
    assert (answers, strays) == (ALL, [])


def test_where_nothing_is_filled_in_blanks_get_the_cells_where_answers_belong(sheets):
    plan = sheets.plan("about", "school_code name")
    grid = [[term, "", "", "", ""] for term in ("学校标识码", "学校名称")]
    (row,), strays = read_down(grid, plan)
    assert [cell.address for cell in row.cells.values()] == ["D1", "D2"]
    assert strays == []
    # Where the items were moved, three columns behind them; none where the sheet ends before.
    (row,), _ = read_down([["", *line] for line in grid], plan)
    assert row.cells["name"].address == "E2"
    assert read_down([line[:4] for line in grid], plan)[0][0].cells["name"].address == "D2"
    assert read_down([line[:3] for line in grid], plan) == ((), [])


# ── a grid written downwards ────────────────────────────────────────────────

GRID = ["项目", "填写说明与单位", "示例", "一年级", "二年级"]
ENROLLED = ["在校生数", "", "", 41.0, 42.0]
GIRLS = ["女生数", "", "", 20.0, 21.0]
ENTRANTS = ["招生数", "", "", 40.0, ""]
BOTH = {
    "G1": {"enrolled": 41, "girls": 20, "entrants": 40},
    "G2": {"enrolled": 42, "girls": 21},
}


def test_each_row_of_a_grid_is_a_column_by_its_label(stages):
    assert stages(GRID, ENROLLED, GIRLS, ENTRANTS) == (BOTH, [])
    turned = ([*row[:3], row[4], row[3]] for row in (GRID, ENROLLED, GIRLS, ENTRANTS))
    assert stages(*turned) == (BOTH, [])
    heads = ["项目", "", "", "1年级", "二年级（小学）"]
    assert stages(heads, ENROLLED, GIRLS, ENTRANTS) == (BOTH, [])


def test_a_column_of_totals_or_of_last_year_is_shown_and_not_read(stages):
    rows, strays = stages(
        [*GRID, "合计", "上年·一年级"], [*ENROLLED, 83.0, 39.0], [*GIRLS, 41.0], ENTRANTS
    )
    assert (rows, strays) == (BOTH, [])


def test_a_column_of_a_row_nobody_asked_for_is_named(stages):
    rows, strays = stages([*GRID, "三年级"], [*ENROLLED, 43.0], GIRLS, ENTRANTS)
    assert rows == BOTH
    assert strays == [
        Stray("R-NOTE", "F1", "表头以上的文字“三年级”没有采用", "不必改；请核对其中没有要报的数"),
        Stray("R-CELL-EXTRA", "F2", "表格以外的格子填了“43”", OUTSIDE),
    ]


def test_a_row_whose_column_is_lacking_is_lacking(stages):
    rows, strays = stages(GRID[:4], ENROLLED[:4], GIRLS[:4], ENTRANTS[:4])
    assert (rows, strays) == ({"G1": BOTH["G1"]}, [])
    second = ([*row[:3], row[4]] for row in (GRID, ENROLLED, GIRLS, ENTRANTS))
    assert stages(*second) == ({"G2": BOTH["G2"]}, [])


def test_an_item_that_is_lacking_does_not_hide_the_next(stages):
    rows, strays = stages(GRID, GIRLS, ENTRANTS)
    assert rows == {"G1": {"girls": 20, "entrants": 40}, "G2": {"girls": 21}}
    assert strays == []


def test_a_cell_its_row_is_not_asked_for_is_named(stages):
    rows, strays = stages(GRID, ENROLLED, GIRLS, ["招生数", "", "", 40.0, 7.0])
    assert rows == BOTH
    do = "这一格不要求填，没有采用；请核对是否填错了行"
    assert strays == [Stray("R-CELL-EXTRA", "E4", "二年级·招生数填了“7”", do)]


def test_a_line_of_totals_or_of_last_year_is_passed_by(stages):
    rows, strays = stages(GRID, ENROLLED, ["上年·在校生数", "", "", 39.0, 38.0], GIRLS, ENTRANTS)
    assert (rows, strays) == (BOTH, [])
    # Downwards, totals stand in a column: a line of them is somebody's own.
    rows, strays = stages(GRID, ENROLLED, GIRLS, ENTRANTS, ["合计", "", "", 101.0, 63.0])
    assert (rows, said(strays)) == (BOTH, [("R-ROW-EXTRA", "D5")])


def test_the_answers_of_a_grid_are_taken_in_order_where_no_header_names_them(stages):
    assert stages(ENROLLED, GIRLS, ENTRANTS) == (BOTH, [])
    # One answer for two rows is not enough to tell whose it is: the places of the template hold.
    rows, strays = stages(*([row[0], "", "", "", row[3]] for row in (ENROLLED, GIRLS, ENTRANTS)))
    assert rows["G2"]["enrolled"] == 41
    assert [stray.cell for stray in strays] == ["E3"]


# ── an item that stands twice ───────────────────────────────────────────────


def test_an_item_that_stands_twice_with_the_same_answer(about):
    answers, strays = about(HEADS, CODE, NAME, AREA, NAME)
    assert answers == ALL
    saw = "“学校名称”这一行出现了两次，内容相同，后一行（D5）没有采用"
    assert strays == [Stray("R-ROW-TWICE", "D5", saw, "请删去多余的一行")]


def test_an_item_that_stands_twice_with_another_answer(about):
    answers, strays = about(HEADS, CODE, NAME, AREA, ["学校名称", "", "", "别的"])
    assert answers == ALL
    assert strays == [
        Stray(
            "R-ROW-TWICE",
            "D5",
            "“学校名称”这一行出现了两次（另见 第 3 行），内容不同，后一行（D5）没有采用",
            "请核对以哪一行为准，删去另一行",
            severity=Severity.MUST_FIX,
            required="每一行只出现一次",
        )
    ]


def test_of_two_items_the_only_filled_one_is_read(about, sheets):
    assert about(HEADS, CODE, ["学校名称"], AREA, NAME) == (ALL, [])
    assert about(HEADS, CODE, NAME, AREA, ["学校名称"]) == (ALL, [])
    answers, strays = about(HEADS, CODE, ["学校名称"], AREA, ["学校名称"])
    assert (len(answers), strays) == (3, [])
    # What else stands in the line that was passed over is named.
    answers, strays = about([*HEADS, ""], CODE, NAME, AREA, ["学校名称", "", "", "", "x"])
    assert (answers, said(strays)) == (ALL, [("R-CELL-EXTRA", "E5")])


def test_of_three_lines_each_further_filled_one_is_named(about):
    _, strays = about(HEADS, CODE, ["学校名称"], AREA, NAME, ["学校名称", "", "", "别的"])
    # Two are filled, so the first line stands for the field although it is blank.
    assert said(strays) == [("R-ROW-TWICE", "D5"), ("R-ROW-TWICE", "D6")]
    assert {stray.severity for stray in strays} == {Severity.MUST_FIX}


def test_a_half_filled_second_line_of_a_grid_is_named_with_its_cells(stages):
    rows, strays = stages(GRID, ENROLLED, GIRLS, ENTRANTS, ["在校生数", "", "", "", 42.0])
    assert rows == BOTH
    (stray,) = strays
    assert (stray.cell, stray.severity) == ("E5", Severity.MUST_FIX)
    assert "后一行（E5）没有采用" in stray.saw


# ── a record turned on its side ─────────────────────────────────────────────

TERMS = ["学校标识码", "学校名称", "校舍建筑面积"]
LINE = ["2163000002", "虚构学校", 5200.5]


def test_a_record_may_be_one_line_below_its_terms(about):
    assert about(TERMS, LINE) == (ALL, [])
    assert about(["", *TERMS], [], ["", *LINE]) == (ALL, [])
    answers, _ = about(TERMS[:2], LINE[:2])
    assert answers == {"school_code": "2163000002", "name": "虚构学校"}
    assert about(TERMS) == ({}, [])


def test_a_turned_record_keeps_the_templates_help_and_names_the_rest(about, sheets):
    laid = sheets.plan("about", "school_code name area").laid
    answers, strays = about(
        ["某校", "", "", ""], [*TERMS, "备注"], [*laid.helps], [*laid.examples], [*LINE, "略"],
        ["2163000009", "别校"], ["", "", "", "注：已核对"],
    )  # fmt: skip
    assert answers == ALL
    assert strays == [
        Stray("R-NOTE", "A1", "表头以上的文字“某校”没有采用", "不必改；请核对其中没有要报的数"),
        Stray("R-CELL-EXTRA", "D5", "表格以外的格子填了“略”", OUTSIDE),
        Stray(
            "R-ROW-EXTRA",
            "B6",
            "多出一行“2163000009”，填了“别校”（A6、B6）",
            "这一行没有采用；请把数填到表中原有的行里",
        ),
        Stray(
            "R-NOTE", "D7", "表格以外的文字“注：已核对”没有采用", "不必改；要说明的情况请另行告知"
        ),
        Stray("R-CELL-EXTRA", "D2", "表格以外的格子填了“备注”", OUTSIDE),
    ]


def test_the_answers_of_a_turned_record_are_its_first_line_with_any(about):
    answers, strays = about([*TERMS, ""], ["", "", "", "x"], [*LINE, ""])
    assert answers == ALL
    assert said(strays) == [("R-ROW-EXTRA", "D2")]


def test_a_record_is_read_the_way_that_shows_more_of_it(about):
    """Three items and a line of two terms: downwards; the other way round it is turned."""
    answers, _ = about(HEADS, CODE, NAME, AREA, ["", "学校名称", "校舍建筑面积"])
    assert answers == ALL
    answers, _ = about([*TERMS, ""], LINE, ["学校名称"])
    assert answers == ALL


def test_a_grid_written_downwards_is_never_turned(stages):
    rows, strays = stages(["", "在校生数", "女生数", "招生数"], ["一年级", 41.0, 20.0, 40.0])
    assert rows == {}
    assert said(strays) == [("R-HEAD", "B1")]


# ── what was not read ───────────────────────────────────────────────────────


def test_titles_above_are_named_but_not_headers_over_headers(about):
    answers, strays = about(
        ["某校概况", "", "", "9月"], ["", "", "", "数据"], HEADS, CODE, NAME, AREA
    )
    assert answers == ALL
    do = "不必改；请核对其中没有要报的数"
    assert strays == [
        Stray("R-NOTE", "A1", "表头以上的文字“某校概况”等 2 格（A1、D1）没有采用", do)
    ]


def test_what_stands_above_a_column_that_is_shown_is_named(stages):
    rows, strays = stages(
        ["", "", "", "", "", "x"], [*GRID, "合计"], [*ENROLLED, 83.0], GIRLS, ENTRANTS
    )
    assert (rows, said(strays)) == (BOTH, [("R-NOTE", "F1")])


def test_an_answer_in_the_column_of_examples_or_of_help_is_named(about, sheets):
    laid = sheets.plan("about", "school_code name area").laid
    _, strays = about(
        HEADS, CODE, ["学校名称", "虚构学校", laid.examples[1], ""], ["校舍建筑面积", laid.helps[2], 5200.5, ""]
    )  # fmt: skip
    do = "没有采用；要报的数请填到“填写”一栏"
    assert strays == [
        Stray("R-CELL-EXTRA", "B3", "“学校名称”的“填写说明与单位”一栏里写了“虚构学校”", do),
        Stray("R-CELL-EXTRA", "C4", "“校舍建筑面积”的“示例”一栏里写了“5200.5”", do),
    ]


def test_cells_beside_the_answers_are_named_column_by_column(about):
    answers, strays = about([*HEADS, "", ""], [*CODE, "x", "y"], [*NAME, "", "z"], [*AREA, "", ""])
    assert answers == ALL
    assert strays == [
        Stray("R-CELL-EXTRA", "E2", "表格以外的格子填了“x”", OUTSIDE),
        Stray("R-CELL-EXTRA", "F2", "表格以外的格子填了“y”等 2 格（F2:F3）", OUTSIDE),
    ]


def test_an_item_nobody_asked_for_is_named(about, sheets):
    example = sheets.plan("about", "school_code").laid.examples[0]
    answers, strays = about(HEADS, CODE, ["电话", "", "", "1234"], NAME, AREA, ["", "", example])
    assert answers == ALL
    assert strays == [
        Stray(
            "R-ROW-EXTRA",
            "D3",
            "多出一项“电话”，填了“1234”（A3、D3）",
            "这一项不在表中，没有采用；如是改了项目名称，请改回",
        )
    ]
    _, strays = about(HEADS, CODE, NAME, AREA, ["填表人：", "", "", "某"])
    assert said(strays) == [("R-NOTE", "A5")]


# ── units ───────────────────────────────────────────────────────────────────


def test_another_unit_behind_an_item_is_said_with_the_first_answer(stages, about):
    rows, (stray,) = stages(GRID, ["在校生数（百人）", "", "", "", 4.0], GIRLS, ENTRANTS)
    assert rows["G2"]["enrolled"] == 4
    assert stray == Stray(
        "R-UNIT",
        "E2",
        "在校生数的表头（A2）写的单位是“百人”，要求的是人；E2 填了“4”，按人采用",
        "请核对：如果填的确实是百人，请改为 400，并把表头改回",
        severity=Severity.EXPLAIN,
        required="单位是人",
        field="pupils.enrolled",
    )
    _, (stray,) = stages(GRID, ["在校生数（百人）", "", "", 3.0, 4.0], GIRLS, ENTRANTS)
    assert "D2 填了“3”，这一列共 2 格" in stray.saw
    _, strays = stages(GRID, ["在校生数（百人）"], GIRLS, ENTRANTS)
    assert strays == []


@pytest.mark.parametrize(
    "item", ["校舍建筑面积（㎡）", "校舍建筑面积（平方米）", "校舍建筑面积（含租用）"]
)
def test_the_own_unit_and_other_remarks_behind_an_item_are_nothing_to_speak_of(about, item):
    assert about(HEADS, CODE, NAME, [item, "", "", 5200.5]) == (ALL, [])


def test_each_item_is_asked_for_its_unit(stages):
    """One without a unit, with its own or with nothing behind it does not hide the next."""
    named = ["女生数（名）", *GIRLS[1:]], ["招生数（百人）", *ENTRANTS[1:]]
    _, strays = stages(GRID, ENROLLED, *named)
    assert [stray.cell for stray in strays] == ["D4"]
    _, strays = stages(GRID, ["在校生数（百人）"], ["女生数（千人）", *GIRLS[1:]], named[1])
    assert [stray.cell for stray in strays] == ["D3", "D4"]


def test_a_measure_in_another_unit_is_said_as_well(about):
    answers, (stray,) = about(HEADS, CODE, NAME, ["校舍建筑面积（亩）", "", "", 3.0])
    assert answers["area"] == 300
    assert (stray.code, stray.cell, stray.field) == ("R-UNIT", "D4", "about.area")


def test_a_unit_behind_an_item_of_words_is_nothing_to_speak_of(about):
    assert about(HEADS, CODE, ["学校名称（个）", "", "", "虚构学校"], AREA) == (ALL, [])
