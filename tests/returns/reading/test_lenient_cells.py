"""Cells the plain reading has left: mended where they mean one thing, with a word on it."""

from __future__ import annotations

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.returns.reading.cell import Stray
from xianxue.bureau.returns.reading.lenient_cells import mend
from xianxue.bureau.values.missing import Missing

NOTHING = Missing.NOT_ANSWERED


def mended(plan, *rows):
    strays: list[Stray] = []
    mend(rows, plan, strays)
    return strays


def test_a_number_with_a_unit_is_read_and_said_with_row_field_and_bounds(sheets):
    plan = sheets.plan("pupils")
    read = Cell(41, "B5", "41")
    row = Row("G2", {"enrolled": read, "girls": Cell(NOTHING, "C5", "20人")})
    assert mended(plan, row) == [
        Stray(
            "R-UNIT",
            "C5",
            "二年级·女生数填了“20人”，带了文字，按 20 采用",
            "只填数字，不写单位",
            severity=Severity.EXPLAIN,
            required="不小于 0 的整数",
            field="pupils.girls",
        )
    ]
    assert row.cells["girls"] == Cell(20, "C5", "20人")
    # What was read is not looked at again.
    assert row.cells["enrolled"] is read


def test_a_record_is_named_by_its_term_alone(sheets):
    row = Row("", {"funds": Cell(NOTHING, "D10", "1.2万元")})
    (stray,) = mended(sheets.plan("about"), row)
    assert (stray.code, stray.cell, stray.field) == ("R-TEN-THOUSAND", "D10", "about.funds")
    assert stray.saw == "公用经费填了“1.2万元”，写了数量单位，按 12000 元采用"
    assert stray.do == "请核对；没有错就直接填 12000，不写单位"
    assert stray.required == "最多 2 位小数的数字"
    assert row.cells["funds"] == Cell(1200000, "D10", "1.2万元")


def test_what_is_beyond_doubt_is_read_without_a_word(sheets):
    row = Row(
        "",
        {"boarding": Cell(NOTHING, "D6", "√"), "opened_day": Cell(NOTHING, "D8", "2025年9月1号")},
    )
    assert mended(sheets.plan("about"), row) == []
    assert row.cells["boarding"] == Cell(1, "D6", "√")
    assert row.cells["opened_day"] == Cell("2025-09-01", "D8", "2025年9月1号")


def test_a_code_is_looked_up_in_its_list(sheets):
    row = Row("1", {"grade": Cell(NOTHING, "A4", "1年级"), "name": Cell("一班", "B4", "一班")})
    assert mended(sheets.plan("rooms"), row) == []
    assert row.cells["grade"] == Cell("G1", "A4", "1年级")


def test_what_may_mean_two_things_stays_as_it_is_and_the_next_cell_is_still_read(sheets):
    before = {"enrolled": Cell(NOTHING, "B4", "一百二十"), "girls": Cell(NOTHING, "C4", "20名")}
    row = Row("G1", dict(before))
    (stray,) = mended(sheets.plan("pupils"), row)
    assert row.cells["enrolled"] is before["enrolled"]
    assert (stray.cell, row.cells["girls"].value) == ("C4", 20)


def test_blanks_and_words_for_what_is_missing_are_left_alone(sheets):
    cells = {
        "enrolled": Cell(NOTHING, "B4"),
        "girls": Cell(Missing.NOT_APPLICABLE, "C4", "不适用"),
        "entrants": Cell(Missing.WITHHELD, "D4", "不公开"),
    }
    row = Row("G1", dict(cells))
    assert mended(sheets.plan("pupils"), row) == []
    assert row.cells == cells
    assert mended(sheets.plan("pupils")) == []
