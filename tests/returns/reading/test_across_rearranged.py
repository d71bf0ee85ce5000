"""Grids and lists as they come back: each cell is read, the template's own, or named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.kinds.form import Field, Form, Sheet
from xianxue.bureau.returns.reading.across_rearranged import find_head, read_across
from xianxue.bureau.returns.reading.cell import Stray
from xianxue.bureau.returns.reading.schema import full_plan

HEADS = ["年级", "在校生数", "女生数", "招生数"]
ONE = ["一年级", 41.0, 20.0, 40.0]
TWO = ["二年级", 42.0, 21.0, ""]
THREE = ["三年级", 43.0, 22.0, ""]
FIELDS = ("enrolled", "girls", "entrants")

ROOMS = ["年级", "班级名称", "学生数"]
CLASS = ["一年级", "一（1）班", 40.0]


@pytest.fixture
def pupils(sheets):
    """Read rows as the grid of pupils: what each row code holds, and what was said."""

    def reading(*rows, codes="G1 G2 G3"):
        plan = sheets.plan("pupils", rows=codes)
        found, strays = read_across(sheets.even([list(row) for row in rows]), plan)
        return {
            row.code: [row.cells[f].value for f in FIELDS if f in row.cells] for row in found
        }, strays

    return reading


@pytest.fixture
def rooms(sheets):
    """Read rows as the list of classes: each line's values, and what was said."""

    def reading(*rows, fields=""):
        plan = sheets.plan("rooms", fields)
        found, strays = read_across(sheets.even([list(row) for row in rows]), plan)
        return [(row.code, *(cell.value for cell in row.cells.values())) for row in found], strays

    return reading


ALL = {"G1": [41, 20, 40], "G2": [42, 21], "G3": [43, 22]}


def said(strays):
    return [(stray.code, stray.cell) for stray in strays]


# ── the line of headers ─────────────────────────────────────────────────────


def head_of(sheets, rows, sheet="pupils", fields=""):
    at, matched = find_head(sheets.even(rows), sheets.plan(sheet, fields))
    return at, matched.fields


def test_headers_are_looked_for_in_forty_lines(sheets):
    found = {"enrolled": 1, "girls": 2, "entrants": 3}
    assert head_of(sheets, [*[[""]] * 39, HEADS]) == (39, found)
    assert head_of(sheets, [*[[""]] * 40, HEADS]) == (-1, {})
    assert head_of(sheets, []) == (-1, {})


def test_of_equal_lines_the_first_holds_the_headers_and_of_others_the_fullest(sheets):
    assert head_of(sheets, [HEADS, HEADS])[0] == 0
    assert head_of(sheets, [HEADS[:3], HEADS, HEADS])[0] == 1


def test_half_of_the_fields_or_half_of_the_line_is_enough(sheets):
    # Two of four fields.
    four = "school_code name boarding area"
    assert head_of(sheets, [["学校标识码", "学校名称", "x", "y", "z"]], "about", four)[0] == 0
    # Two of nine, and half of what the line holds; then less than half of it.
    line = ["学校名称", "是否寄宿制", "x", "y"]
    assert head_of(sheets, [line], "about")[0] == 0
    assert head_of(sheets, [[*line, "z"]], "about") == (-1, {})
    # One of nine is chance, though the line holds nothing else; one of two is half.
    assert head_of(sheets, [["学校名称"]], "about") == (-1, {})
    assert head_of(sheets, [["学校名称", "x", "y"]], "about", "name area")[0] == 0


def test_a_number_is_no_header(sheets):
    assert head_of(sheets, [["", 1.0, True]]) == (-1, {})


def test_without_headers_all_contents_are_named_and_nothing_is_read(pupils):
    rows, strays = pupils(["", "x"], ONE, [""])
    assert rows == {}
    assert strays == [
        Stray(
            "R-HEAD",
            "B1",
            "找不到表头，表里的 5 格（A2、B1:B2、C2、D2）都没有采用",
            "请从模板中把表头复制回来，再交",
            severity=Severity.MUST_FIX,
            required="表头有：在校生数、女生数、招生数",
        )
    ]
    assert pupils(["", " "], [""]) == ({}, [])


# ── rows of a grid ──────────────────────────────────────────────────────────


@given(st.data())
def test_rows_and_columns_in_any_order_say_the_same(sheets, data):
    rows = data.draw(st.permutations([ONE, TWO, THREE]))
    order = data.draw(st.permutations(range(4)))
    grid = [[row[at] for at in order] for row in [HEADS, *rows]]
    plan = sheets.plan("pupils")
    found, strays = read_across(grid, plan)
    assert strays == []
    assert [row.code for row in found] == ["G1", "G2", "G3"]
    letters = "ABCD"
    for row, source in zip(found, [ONE, TWO, THREE], strict=True):
        line = rows.index(source) + 2
        for at, name in enumerate(FIELDS, 1):
            if name in row.cells:
                assert row.cells[name].value == source[at]
                assert row.cells[name].address == f"{letters[order.index(at)]}{line}"


def test_labels_may_be_codes_or_written_in_other_numerals(pupils):
    assert pupils(HEADS, ["G1", *ONE[1:]], ["2 年级：", *TWO[1:]], THREE) == (ALL, [])


def test_all_labels_may_be_codes(pupils):
    """As an export program writes them."""
    coded = ([code, *row[1:]] for code, row in zip(ALL, (ONE, TWO, THREE), strict=True))
    assert pupils(HEADS, *coded) == (ALL, [])


def test_a_grid_whose_hidden_sheet_names_no_rows_names_all_it_holds(pupils):
    """Somebody has typed into the hidden sheet: nothing falls over, and nothing is lost."""
    rows, strays = pupils(HEADS, ONE, codes="G99")
    assert rows == {}
    assert said(strays) == [("R-ROW-EXTRA", "A2")]


def test_rows_may_lack(pupils):
    assert pupils(HEADS, TWO) == ({"G2": [42, 21]}, [])
    assert pupils(HEADS) == ({}, [])


def test_last_years_column_alone_makes_no_row(pupils):
    heads = [*HEADS, "上年·在校生数"]
    assert pupils(heads, [*ONE, 40.0], ["", "", "", "", 39.0], TWO, THREE) == (ALL, [])
    # A total beside the rows is nobody's: across, totals stand below.
    _, strays = pupils([*HEADS, "合计"], [*ONE, 101.0], TWO, THREE)
    assert said(strays) == [("R-COLUMN-EXTRA", "E1")]


def test_a_cell_its_row_is_not_asked_for_is_named(pupils):
    rows, strays = pupils(HEADS, ONE, ["二年级", 42.0, 21.0, 3.0], THREE)
    assert rows == ALL
    do = "这一格不要求填，没有采用；请核对是否填错了行"
    assert strays == [Stray("R-CELL-EXTRA", "D3", "二年级·招生数填了“3”", do)]


def test_labels_stand_where_most_of_them_stand(pupils):
    heads = ["", *HEADS]
    # A single label in column A, among other things, does not make it the column of labels.
    rows, strays = pupils(heads, ["一年级", *ONE], ["", *TWO], ["x", *THREE])
    assert rows == ALL
    assert [stray.saw for stray in strays] == ["表格以外的格子填了“一年级”等 2 格（A2、A4）"]
    # Of two columns with all of them the left one counts, and the other is named.
    rows, strays = pupils(heads, *([row[0], *row] for row in (ONE, TWO, THREE)))
    assert rows == ALL
    assert said(strays) == [("R-COLUMN-EXTRA", "B1")]


def test_without_a_single_label_no_row_is_known(pupils):
    rows, strays = pupils(HEADS, ["", *ONE[1:]], ["甲", 42.0])
    assert rows == {}
    assert [stray.saw for stray in strays] == [
        "没有行名的一行，填了“41”（B2、C2、D2）",
        "没有行名的一行，填了“甲”（A3、B3）",
    ]


# ── totals and rows nobody asked for ────────────────────────────────────────

SUM = ["合计", 126.0, 63.0, 40.0]


def test_the_templates_own_total_is_the_one_below_all_rows(pupils):
    assert pupils(HEADS, ONE, TWO, THREE, SUM) == (ALL, [])
    # Even where rows are lacking above it.
    assert pupils(HEADS, ONE, SUM) == ({"G1": [41, 20, 40]}, [])
    # Between the rows it is somebody's own.
    rows, strays = pupils(HEADS, ONE, SUM, TWO, THREE)
    assert (rows, said(strays)) == (ALL, [("R-ROW-EXTRA", "B3")])
    assert strays[0].do == "合计由系统计算，这一行没有采用，不必改"


def test_of_two_totals_below_a_whole_grid_the_second_is_named(pupils):
    rows, strays = pupils(HEADS, ONE, TWO, THREE, SUM, SUM)
    assert (rows, said(strays)) == (ALL, [("R-ROW-EXTRA", "B6")])
    # Where a row is lacking, either may be it: both are named.
    rows, strays = pupils(HEADS, ONE, TWO, SUM, SUM)
    assert said(strays) == [("R-ROW-EXTRA", "B4"), ("R-ROW-EXTRA", "B5")]
    # One between the rows does not count.
    rows, strays = pupils(HEADS, ONE, SUM, TWO, SUM)
    assert said(strays) == [("R-ROW-EXTRA", "B3")]


def test_a_grid_of_one_row_has_no_total_of_its_own(pupils):
    rows, strays = pupils(HEADS, ONE, ["合计", 41.0, 20.0, 40.0], codes="G1")
    assert (rows, said(strays)) == ({"G1": [41, 20, 40]}, [("R-ROW-EXTRA", "B3")])


def test_a_total_without_any_row_above_is_nobodys(pupils):
    rows, strays = pupils(HEADS, SUM)
    assert (rows, said(strays)) == ({}, [("R-ROW-EXTRA", "A2")])


def test_rows_nobody_asked_for_are_named_in_their_order(pupils):
    rows, strays = pupils(
        HEADS, ["学前班", 9.0], SUM, ONE, ["", 5.0], TWO, ["上年·在校生数", 8.0], THREE, ["注：略"]
    )
    assert rows == ALL
    assert said(strays) == [
        ("R-ROW-EXTRA", "B2"),
        ("R-ROW-EXTRA", "B3"),
        ("R-ROW-EXTRA", "B5"),
        ("R-NOTE", "A9"),
    ]
    assert strays[0].saw == "多出一行“学前班”，填了“9”（A2、B2）"
    assert strays[2].saw == "没有行名的一行，填了“5”"


# ── a label that stands twice ───────────────────────────────────────────────


def test_a_label_that_stands_twice_with_the_same_numbers(pupils):
    rows, strays = pupils(HEADS, ONE, TWO, THREE, ONE)
    assert rows == ALL
    assert strays == [
        Stray(
            "R-ROW-TWICE",
            "B5",
            "“一年级”这一行出现了两次，内容相同，后一行（A5、B5、C5、D5）没有采用",
            "请删去多余的一行",
        )
    ]


def test_a_label_that_stands_twice_with_other_numbers(pupils):
    rows, strays = pupils(HEADS, ONE, TWO, THREE, ["1年级", 41.0, 20.0, 39.0])
    assert rows == ALL
    (stray,) = strays
    assert (stray.code, stray.cell, stray.severity) == ("R-ROW-TWICE", "B5", Severity.MUST_FIX)
    assert stray.saw == (
        "“1年级”这一行出现了两次（另见 第 2 行），内容不同，后一行（A5、B5、C5、D5）没有采用"
    )


def test_of_two_rows_the_blank_one_is_passed_over(pupils):
    assert pupils(HEADS, ["一年级"], TWO, THREE, ONE) == (ALL, [])
    # A second label alone says nothing that could be lost.
    rows, strays = pupils(HEADS, ONE, TWO, THREE, ["一年级"])
    assert rows == ALL
    assert (said(strays), strays[0].severity) == ([("R-ROW-TWICE", "A5")], Severity.NOTE)
    # Both blank: the first is the row.
    rows, strays = pupils(HEADS, ["一年级"], TWO, THREE, ["一年级"])
    assert len(rows) == 3
    assert said(strays) == [("R-ROW-TWICE", "A5")]


def test_a_third_row_of_one_label_is_held_against_the_first(pupils):
    rows, strays = pupils(HEADS, ONE, TWO, THREE, ONE, ["一年级", 1.0])
    assert rows == ALL
    assert [(stray.cell, stray.severity) for stray in strays] == [
        ("B5", Severity.NOTE),
        ("B6", Severity.MUST_FIX),
    ]


def test_the_cell_named_of_a_second_row_is_its_first_number(pupils):
    heads = [*HEADS[1:], HEADS[0]]
    turned = [[*row[1:], row[0]] for row in (ONE, TWO, THREE)]
    rows, strays = pupils(heads, *turned, ["", 5.0, "", "一年级"])
    assert (rows, said(strays)) == (ALL, [("R-ROW-TWICE", "B5")])


# ── the template's own lines, wherever they stand ───────────────────────────


def test_help_examples_and_repeated_headers_are_the_templates_own(sheets):
    plan = sheets.plan("rooms")
    laid = plan.laid
    grid = [[*laid.heads], [*laid.helps], CLASS, [*laid.examples], [*laid.heads], CLASS]
    found, strays = read_across(grid, plan)
    assert ([row.code for row in found], strays) == (["1", "2"], [])


def test_a_line_of_units_below_the_headers_is_nobodys_data(pupils):
    assert pupils(HEADS, ["", "人", "名", "人"], ONE, TWO, THREE) == (ALL, [])
    rows, strays = pupils(HEADS, ["单位", "人", "人", "人"], ONE, TWO, THREE)
    assert (rows, said(strays)) == (ALL, [("R-CELL-EXTRA", "A2")])


def test_an_example_with_a_number_written_over_it_is_data(sheets):
    plan = sheets.plan("rooms")
    grid = [[*plan.laid.heads], ["一年级", plan.laid.examples[1], 40.0]]
    found, strays = read_across(grid, plan)
    assert (len(found), strays) == (1, [])


def test_headers_and_help_mixed_in_one_line_are_no_line_of_the_template(sheets):
    plan = sheets.plan("rooms")
    laid = plan.laid
    found, _ = read_across([[*laid.heads], [laid.heads[0], laid.helps[1], laid.helps[2]]], plan)
    assert len(found) == 1
    found, _ = read_across([[*laid.heads], [laid.helps[0], laid.helps[1], "人"]], plan)
    assert found == ()


def test_what_stands_beside_a_line_of_the_template_is_named(sheets):
    plan = sheets.plan("rooms")
    laid = plan.laid
    grid = sheets.even([[*laid.heads, "", ""], [*laid.helps, "", "记住"], CLASS])
    found, strays = read_across(grid, plan)
    assert len(found) == 1
    do = "这里不要求填，没有采用；请核对是否填错了位置"
    assert strays == [Stray("R-CELL-EXTRA", "E2", "表格以外的格子填了“记住”", do)]


# ── lines of a list ─────────────────────────────────────────────────────────


def test_lines_of_a_list_are_numbered_anew(rooms):
    rows, strays = rooms(["某校"], ROOMS, CLASS, [""], ["二年级", "", 41.0])
    assert [row[0] for row in rows] == ["1", "2"]
    assert said(strays) == [("R-NOTE", "A1")]


@pytest.mark.parametrize(
    ("line", "code", "cell"),
    [
        (["合计", "", 40.0], "R-ROW-EXTRA", "C3"),
        (["合计：", "一班", 40.0], "R-ROW-EXTRA", "B3"),
        (["", "小计", 40.0], "R-ROW-EXTRA", "C3"),
        (["注：已核对", "", ""], "R-NOTE", "A3"),
        (["填表人：", "", "审核人："], "R-NOTE", "A3"),
    ],
)
def test_sums_and_notes_below_a_list_are_no_lines(rooms, line, code, cell):
    rows, strays = rooms(ROOMS, CLASS, line)
    assert len(rows) == 1
    assert said(strays) == [(code, cell)]


def test_a_line_of_data_may_begin_like_a_note(rooms):
    rows, strays = rooms(["班级名称", "学生数"], ["备注：新班", 40.0], fields="name pupils")
    assert rows == [("1", "备注：新班", 40)]
    assert strays == []


def test_what_stands_beside_a_list_only_is_no_line_of_it(rooms):
    rows, strays = rooms([*ROOMS, "", ""], [*CLASS, "", ""], ["", "", "", "", "x"])
    assert len(rows) == 1
    do = "这里不要求填，没有采用；请核对是否填错了位置"
    assert strays == [Stray("R-CELL-EXTRA", "E3", "表格以外的格子填了“x”", do)]


# ── columns ─────────────────────────────────────────────────────────────────


def test_a_column_nobody_asked_for(pupils):
    rows, strays = pupils([*HEADS, "备注", ""], [*ONE, "", "y"], [*TWO, "转来", ""], THREE)
    assert rows == ALL
    assert strays == [
        Stray("R-COLUMN-EXTRA", "E1", "多出一列“备注”，填了 1 格（E3）", "这一列不在表中，没有采用；如是改了表头，请改回"),
        Stray("R-CELL-EXTRA", "F2", "表格以外的格子填了“y”", "这里不要求填，没有采用；请核对是否填错了位置"),
    ]  # fmt: skip


def test_a_header_without_anything_below_is_named_too(pupils):
    rows, strays = pupils([*HEADS, "备注"], ONE, TWO, THREE)
    assert (rows, said(strays)) == (ALL, [("R-CELL-EXTRA", "E1")])
    # A second header over nothing that only says what the labels are is no loss.
    assert pupils([*HEADS, "年 级"], ONE, TWO, THREE) == (ALL, [])


def test_a_list_has_no_column_of_labels(rooms):
    rows, strays = rooms([*ROOMS, "年级段"], CLASS)
    assert (len(rows), said(strays)) == (1, [("R-CELL-EXTRA", "D1")])
    rows, strays = rooms(["班级名称", "学生数", "班级"], ["一班", 40.0, ""], fields="name pupils")
    assert (len(rows), said(strays)) == (1, [("R-CELL-EXTRA", "C1")])


def test_what_stands_over_the_labels_is_not_lost(pupils):
    assert pupils(["", *HEADS[1:]], ONE, TWO, THREE) == (ALL, [])
    assert pupils(["年级：", *HEADS[1:]], ONE, TWO, THREE) == (ALL, [])
    rows, strays = pupils(["9月5日", *HEADS[1:]], ONE, TWO, THREE)
    assert (rows, said(strays)) == (ALL, [("R-CELL-EXTRA", "A1")])


def test_only_a_field_without_a_column_is_asked_about(pupils):
    _, (stray,) = pupils(["年级", "在校生数", "女学生人数", "招生数"], ONE, TWO, THREE)
    assert stray.do == "这一列没有采用；是不是“女生数”？是就把表头改回“女生数”"
    _, (stray,) = pupils([*HEADS, "女学生人数"], [*ONE, 5.0], TWO, THREE)
    assert stray.do == "这一列不在表中，没有采用；如是改了表头，请改回"


def test_a_column_that_stands_twice(pupils):
    heads = [*HEADS, "女生数"]
    same = ([*row, row[2]] for row in (ONE, TWO, THREE))
    rows, strays = pupils(heads, *same)
    assert rows == ALL
    saw = "“女生数”这一列出现了两次，内容相同，后一列（E2:E4）没有采用"
    assert strays == [Stray("R-HEADER-TWICE", "E1", saw, "请删去多余的一列")]
    rows, (stray,) = pupils(heads, [*ONE, 20.0], [*TWO, ""], [*THREE, 22.0])
    assert rows == ALL
    assert (stray.cell, stray.severity) == ("E1", Severity.MUST_FIX)
    assert stray.saw == "“女生数”这一列出现了两次（另见 C1），内容不同，后一列（E2、E4）没有采用"


def test_of_columns_that_stand_twice_the_only_filled_one_is_read(pupils):
    rows, strays = pupils(
        ["年级", "女生数", "在校生数", "女生数", "招生数", "女生数"],
        *([row[0], "", row[1], row[2], row[3]] for row in (ONE, TWO, THREE)),
    )
    assert (rows, strays) == (ALL, [])
    # Filled are the first and the third: the third is held against the first.
    rows, strays = pupils(
        [*HEADS, "女生数", "女生数"], *([*row, "", row[2]] for row in (ONE, TWO, THREE))
    )
    assert (rows, said(strays)) == (ALL, [("R-HEADER-TWICE", "F1")])
    # None is filled: the first stands for the field.
    rows, strays = pupils([*HEADS, "女生数"], *([row[0], row[1]] for row in (ONE, TWO, THREE)))
    assert strays == []


# ── units in headers ────────────────────────────────────────────────────────


def test_another_unit_in_a_header_is_said_with_the_first_number_below(pupils):
    heads = ["年级", "在校生数（百人）", "女生数", "招生数"]
    rows, (stray,) = pupils(heads, ["一年级", "", 20.0], ["二年级", 4.0], ["三年级", 5.0])
    assert rows["G2"][0] == 4
    assert stray == Stray(
        "R-UNIT",
        "B3",
        "在校生数的表头（B1）写的单位是“百人”，要求的是人；B3 填了“4”，这一列共 2 格，按人采用",
        "请核对：如果填的确实是百人，请改为 400，并把表头改回",
        severity=Severity.EXPLAIN,
        required="单位是人",
        field="pupils.enrolled",
    )


@pytest.mark.parametrize(
    "head", ["在校生数（人）", "在校生数（名）", "在校生数（必填）", "在校生数（不含学前）"]
)
def test_the_own_unit_and_other_remarks_in_a_header_are_nothing_to_speak_of(pupils, head):
    assert pupils(["年级", head, *HEADS[2:]], ONE, TWO, THREE) == (ALL, [])


def test_a_unit_over_an_empty_column_or_over_words_is_nothing_to_speak_of(pupils, rooms):
    rows, strays = pupils(["年级", "在校生数", "女生数", "招生数（百人）"], ["一年级", 41.0, 20.0])
    assert strays == []
    rows, strays = rooms(["年级", "班级名称（个）", "学生数"], CLASS)
    assert (len(rows), strays) == (1, [])


def test_each_header_is_asked_for_its_unit(pupils):
    """One without a unit, with its own or over nothing does not hide the next."""
    heads = ["年级", "在校生数", "女生数（名）", "招生数（百人）"]
    _, strays = pupils(heads, ONE)
    assert [stray.cell for stray in strays] == ["D2"]
    heads = ["年级", "在校生数（百人）", "女生数（千人）", "招生数（万人）"]
    _, strays = pupils(heads, ["一年级", "", 20.0, 40.0])
    assert [stray.cell for stray in strays] == ["C2", "D2"]


def test_a_measure_in_another_unit_is_said_as_well(small, sheets):
    form = Form(
        form="lots", term="校舍", version="1", filed_by="school", period="school_year",
        source=small.form.source,
        sheets=[
            Sheet(
                sheet="lots", term="校舍", layout="list",
                fields=[
                    Field(field="name", term="名称", type="text"),
                    Field(field="area", term="面积", type="measure", unit="square_metre"),
                ],
            )
        ],
    )  # fmt: skip
    plan = full_plan(form, form.sheets[0], small.shelf, down=False)
    rows, (stray,) = read_across([["名称（间）", "面积（亩）"], ["一号楼", 3.0]], plan)
    assert rows[0].cells["area"].value == 300
    assert (stray.code, stray.cell, stray.field) == ("R-UNIT", "B2", "lots.area")
    assert stray.saw.startswith("面积的表头（B1）写的单位是“亩”，要求的是平方米；B2 填了“3”")


# ── above the headers ───────────────────────────────────────────────────────


def test_titles_above_are_named_but_not_headers_over_headers(pupils):
    rows, strays = pupils(
        ["某校统计表", "", "", "9月"], ["年级", "在校 生数"], HEADS, ONE, TWO, THREE
    )
    assert rows == ALL
    do = "不必改；请核对其中没有要报的数"
    assert strays == [
        Stray("R-NOTE", "A1", "表头以上的文字“某校统计表”等 2 格（A1、D1）没有采用", do)
    ]
