"""Sheets that stand as they were handed out, and the smallest changes that make them others."""

from __future__ import annotations

import pytest

from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.returns.reading import down_as_laid, down_rearranged, tables
from xianxue.bureau.returns.reading.cell import Stray
from xianxue.bureau.returns.reading.tables import read_table
from xianxue.bureau.values.missing import Missing

NOTHING = Missing.NOT_ANSWERED


@pytest.fixture
def closer_look(monkeypatch):
    """Whether a sheet was read as rearranged; each reader still does its work."""
    looked: list[bool] = []

    def noting(reader):
        def read(grid, plan):
            looked.append(True)
            return reader(grid, plan)

        return read

    monkeypatch.setattr(tables, "read_across", noting(tables.read_across))
    monkeypatch.setattr(down_rearranged, "read_down", noting(down_rearranged.read_down))

    def did(grid, plan):
        looked.clear()
        read_table(grid, plan)
        return bool(looked)

    return did


def meaning(rows):
    return [(row.code, {name: cell.value for name, cell in row.cells.items()}) for row in rows]


# ── grids ───────────────────────────────────────────────────────────────────

PUPILS = [["一年级", 41.0, 20.0, 40.0], ["二年级", 42.0, "", ""], ["三年级", "43", 21.0, ""]]


def test_a_grid_as_it_was_handed_out(sheets, closer_look):
    plan = sheets.plan("pupils")
    grid = sheets.across(plan, *PUPILS)
    rows, strays = read_table(grid, plan)
    assert strays == []
    assert rows == (
        Row("G1", {"enrolled": Cell(41, "B4", "41"), "girls": Cell(20, "C4", "20"), "entrants": Cell(40, "D4", "40")}),
        Row("G2", {"enrolled": Cell(42, "B5", "42"), "girls": Cell(NOTHING, "C5")}),
        Row("G3", {"enrolled": Cell(43, "B6", "43"), "girls": Cell(21, "C6", "21")}),
    )  # fmt: skip
    assert not closer_look(grid, plan)
    # What was worked out for the first workbook serves the second.
    assert sorted(plan.lines) == [3, 4, 5]
    assert read_table(grid, plan) == (rows, [])


def test_a_number_in_a_cell_that_its_row_is_not_asked_for(sheets, closer_look):
    plan = sheets.plan("pupils")
    grid = sheets.across(plan, PUPILS[0], ["二年级", 42.0, 20.0, 3.0], PUPILS[2])
    rows, strays = read_table(grid, plan)
    assert "entrants" not in rows[1].cells
    do = "这一格不要求填，没有采用；请核对是否填错了行"
    assert strays == [Stray("R-CELL-EXTRA", "D5", "二年级·招生数填了“3”", do)]
    assert not closer_look(grid, plan)
    # A zero is a number, too.
    grid = sheets.across(plan, PUPILS[0], ["二年级", 42.0, 20.0, 0.0], PUPILS[2])
    assert read_table(grid, plan)[1][0].saw == "二年级·招生数填了“0”"


def test_what_is_shown_beside_and_below_a_grid_needs_no_closer_look(sheets, closer_look):
    plan = sheets.plan("pupils")
    grid = sheets.even([*sheets.across(plan, *PUPILS), ["合计", 126.0, 41.0, 40.0]], 6)
    grid[0][4:] = ["上年·在校生数", "已有·女生数"]
    grid[3][4:] = [39.0, 19.0]
    rows, strays = read_table(grid, plan)
    assert (len(rows), strays) == (3, [])
    assert not closer_look(grid, plan)


@pytest.mark.parametrize(
    ("row", "column", "text"),
    [
        (0, 1, "在校生"),
        (0, 0, "年 级"),
        (1, 3, "填整数"),
        (2, 2, "例：20"),
        (3, 0, "1年级"),
        (5, 0, "四年级"),
        (0, 4, "备注"),
        (6, 0, "四年级"),
    ],
)
def test_one_changed_word_around_a_grid_asks_for_a_closer_look(
    sheets, closer_look, row, column, text
):
    plan = sheets.plan("pupils")
    grid = sheets.even([*sheets.across(plan, *PUPILS), ["合计", 126.0, "", ""]], 5)
    grid[0][4] = "上年·在校生数"
    assert not closer_look(grid, plan)
    grid[row][column] = text
    assert closer_look(grid, plan)


def test_a_grid_that_lacks_a_row_asks_for_a_closer_look(sheets, closer_look):
    plan = sheets.plan("pupils")
    assert closer_look(sheets.across(plan, *PUPILS[:2]), plan)
    assert not closer_look(sheets.across(plan, *PUPILS), plan)
    # Neither does a sheet of fewer lines than the headers take fall over.
    assert closer_look(sheets.across(plan)[:2], plan)
    assert read_table([], plan) == ((), [])


# ── lists ───────────────────────────────────────────────────────────────────


def test_a_list_as_it_was_handed_out(sheets, closer_look):
    plan = sheets.plan("rooms")
    grid = sheets.across(
        plan, ["一年级", "一（1）班", 40.0], ["", " ", ""], ["", "二班", ""], ["", "", ""]
    )
    rows, strays = read_table(grid, plan)
    assert strays == []
    assert rows == (
        Row("1", {"grade": Cell("G1", "A4", "一年级"), "name": Cell("一（1）班", "B4", "一（1）班"), "pupils": Cell(40, "C4", "40")}),
        Row("2", {"grade": Cell(NOTHING, "A6"), "name": Cell("二班", "B6", "二班"), "pupils": Cell(NOTHING, "C6")}),
    )  # fmt: skip
    assert not closer_look(grid, plan)
    assert read_table(sheets.across(plan), plan) == ((), [])


@pytest.mark.parametrize(
    ("line", "closer"),
    [
        (["一年级", "一（1）班", 40.0], False),
        (["一年级", "一（1）班", ""], False),
        (["一年级", "", 40.0], False),
        (["一年级", "", ""], False),
        (["毕业班", "一（1）班", 40.0], False),
        # Sums, notes and headers repeated look like one more line.
        (["合计", "", 414.0], True),
        (["", "合计", 414.0], True),
        (["注：已核对", "", ""], True),
        (["", "填表人：", ""], True),
        (["年级", "班级名称", "学生数"], True),
        (["年级", "", ""], True),
    ],
)
def test_what_looks_like_a_sum_a_note_or_headers_asks_for_a_closer_look(
    sheets, closer_look, line, closer
):
    plan = sheets.plan("rooms")
    grid = sheets.across(plan, ["一年级", "一（1）班", 40.0], line)
    assert closer_look(grid, plan) is closer


def test_a_line_of_data_may_begin_with_the_word_of_a_note(sheets, closer_look):
    """Where the first field is a text, «备注：» may be its value: what follows it decides."""
    plan = sheets.plan("rooms", "name pupils")
    assert not closer_look(sheets.across(plan, ["备注：新班", 40.0]), plan)
    assert closer_look(sheets.across(plan, ["备注：新班", ""]), plan)
    plan = sheets.plan("rooms", "name grade pupils")
    assert not closer_look(sheets.across(plan, ["备注：新班", "", 40.0]), plan)
    assert not closer_look(sheets.across(plan, ["备注：新班", "一年级", ""]), plan)
    assert closer_look(sheets.across(plan, ["备注：新班", "", ""]), plan)


def test_a_list_of_one_column_is_read(sheets, closer_look):
    plan = sheets.plan("rooms", "name")
    rows, strays = read_table(sheets.across(plan, ["一班"], [""], ["二班"]), plan)
    assert meaning(rows) == [("1", {"name": "一班"}), ("2", {"name": "二班"})]
    assert strays == []
    assert closer_look(sheets.across(plan, ["合计"]), plan)


# ── downwards ───────────────────────────────────────────────────────────────

ABOUT = [
    ["2163000002"],
    ["虚构学校"],
    ["312"],
    ["虚构镇"],
    ["否"],
    [1998.0],
    [""],
    [5200.5],
    ["是"],
]


def test_a_record_as_it_was_handed_out(sheets, closer_look):
    plan = sheets.plan("about", "school_code boarding area")
    grid = sheets.down(plan, ["2163000002"], ["否"], [5200.5])
    rows, strays = read_table(grid, plan)
    assert strays == []
    assert rows == (
        Row("", {
            "school_code": Cell("2163000002", "D2", "2163000002"),
            "boarding": Cell(0, "D3", "否"),
            "area": Cell(520050, "D4", "5200.5"),
        }),
    )  # fmt: skip
    assert not closer_look(grid, plan)


def test_a_grid_written_downwards_as_it_was_handed_out(sheets, closer_look):
    plan = sheets.plan("pupils", rows="G1 G2", down=True)
    grid = sheets.down(plan, [41.0, 42.0], [20.0, ""], [40.0, 7.0])
    rows, strays = read_table(grid, plan)
    assert rows == (
        Row("G1", {"enrolled": Cell(41, "D2", "41"), "girls": Cell(20, "D3", "20"), "entrants": Cell(40, "D4", "40")}),
        Row("G2", {"enrolled": Cell(42, "E2", "42"), "girls": Cell(NOTHING, "E3")}),
    )  # fmt: skip
    do = "这一格不要求填，没有采用；请核对是否填错了行"
    assert strays == [Stray("R-CELL-EXTRA", "E4", "二年级·招生数填了“7”", do)]
    assert not closer_look(grid, plan)
    assert sorted(plan.lines) == [3, 4]


def test_what_is_shown_beside_and_below_a_record_needs_no_closer_look(sheets, closer_look):
    plan = sheets.plan("pupils", rows="G1 G2", down=True)
    grid = sheets.even([*sheets.down(plan, [41.0, 42.0]), ["上年·在校生数", "", "", 39.0, 38.0]], 7)
    grid[0][5:] = ["合计", "上年·一年级"]
    assert not closer_look(grid, plan)
    assert read_table(grid, plan)[1] == []


@pytest.mark.parametrize(
    ("row", "column", "text"),
    [
        (0, 0, "项  目"),
        (0, 3, "1年级"),
        (0, 5, "备注"),
        (1, 0, "在校生"),
        (1, 1, "填整数"),
        (3, 2, "例：5"),
        (4, 0, "教师数"),
    ],
)
def test_one_changed_word_around_a_record_asks_for_a_closer_look(
    sheets, closer_look, row, column, text
):
    plan = sheets.plan("pupils", rows="G1 G2", down=True)
    grid = sheets.even([*sheets.down(plan, [41.0, 42.0]), ["上年·在校生数"]], 6)
    grid[0][5] = "合计"
    assert not closer_look(grid, plan)
    grid[row][column] = text
    assert closer_look(grid, plan)


def test_a_record_that_lacks_an_item_asks_for_a_closer_look(sheets, closer_look):
    plan = sheets.plan("about", "school_code boarding area")
    grid = sheets.down(plan, ["2163000002"], ["否"], [5200.5])
    assert closer_look(grid[:3], plan)
    assert meaning(read_table(grid[:3], plan)[0]) == [
        ("", {"school_code": "2163000002", "boarding": 0})
    ]
    assert read_table([], plan) == ((), [])


def test_both_ways_of_reading_say_the_same_of_a_sheet_nobody_touched(sheets):
    """The quick way is a shortcut, and never another opinion."""
    grid_plan = sheets.plan("pupils")
    grid = sheets.across(grid_plan, *PUPILS)
    assert tables.read_across(grid, grid_plan) == read_table(grid, grid_plan)
    list_plan = sheets.plan("rooms")
    grid = sheets.across(list_plan, ["一年级", "一（1）班", 40.0], [""], ["二年级", "二班", 41.0])
    assert tables.read_across(grid, list_plan) == read_table(grid, list_plan)
    record = sheets.plan("about")
    grid = sheets.down(record, *ABOUT)
    assert down_rearranged.read_down(grid, record) == down_as_laid.read_down(grid, record)
    turned = sheets.plan("pupils", rows="G1 G2", down=True)
    grid = sheets.down(turned, [41.0, 42.0], [20.0, ""], [40.0, 7.0])
    assert down_rearranged.read_down(grid, turned) == down_as_laid.read_down(grid, turned)
