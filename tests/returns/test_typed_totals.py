"""A total that somebody typed is compared with its cells, in either direction. 均为虚构。"""

import pytest

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.returns.reading.workbook import read_workbook

TOTAL_ROW = 13
"""Nine grades from line 4 on, and their total."""


def totals(small, edit, change):
    _, notes = read_workbook(edit(change), "a.xlsx", small.shelf)
    return [note for note in notes if note.code == "R-TOTAL"]


def put(**cells):
    def change(book):
        for address, value in cells.items():
            book["学生"][address] = value

    return change


@pytest.fixture(scope="module")
def whole(small):
    """What the pupils of all grades come to in the good workbook."""
    return sum(row.cells["enrolled"].value for row in small.filled.tables["pupils"])


def test_a_total_that_is_not_the_sum_is_said_on_its_cell(small, edit, whole):
    (issue,) = totals(small, edit, put(B13=9999))
    assert issue.message == (
        f"a.xlsx〔学生〕B13：在校生数的合计填了“9999”，各格相加是 {whole}；要求：合计等于各格之和。"
        "请核对各格的数；合计由表格自动计算，不用填，可以删去。"
    )
    assert (issue.severity, issue.field) == (Severity.MUST_FIX, "pupils.enrolled")


def test_the_sum_typed_by_hand_is_no_fault(small, edit, whole):
    assert totals(small, edit, put(B13=whole)) == []
    assert [one.cell for one in totals(small, edit, put(B13=whole + 1))] == ["B13"]


def test_every_total_is_compared(small, edit):
    assert [one.cell for one in totals(small, edit, put(B13=1, C13=2))] == ["B13", "C13"]


@pytest.mark.parametrize("left", [None, "", "见附表", "=SUM(B4:B12)"])
def test_what_is_no_number_is_no_total(small, edit, left):
    assert totals(small, edit, put(B13=left)) == []


def test_where_a_cell_is_blank_there_is_no_sum(small, edit):
    assert totals(small, edit, put(B13=9999, B4=None)) == []


def test_a_sheet_with_its_columns_moved_is_compared_all_the_same(small, edit, whole):
    def change(book):
        sheet = book["学生"]
        sheet.insert_cols(2)
        sheet["C13"] = whole + 5

    assert [one.cell for one in totals(small, edit, change)] == ["C13"]
