"""Workbooks as people really send them: found by header and label, read as people type."""

import openpyxl
import pytest

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.kinds.form import Field
from xianxue.bureau.returns.contents.strict import lookup_of, read_value
from xianxue.bureau.returns.reading.workbook import read_workbook
from xianxue.bureau.values.missing import Missing

NOT_READ = Missing.NOT_ANSWERED


def read(small, data):
    returned, issues = read_workbook(data, "x.xlsx", small.shelf)
    assert returned is not None, issues
    return returned, issues


def values(returned, sheet):
    return {
        (row.code, name): cell.value
        for row in returned.tables[sheet]
        for name, cell in row.cells.items()
    }


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (12.0, 12),
        ("12", 12),
        (" １２ ", 12),
        ("1,234", 1234),
        ("１，２３４", 1234),
        ("1 234", 1234),
        ("12.0", 12),
        ("-3", -3),
        ("−3", -3),
        (0.0, 0),
        ("0", 0),
        ("不适用", Missing.NOT_APPLICABLE),
        ("「不适用」", Missing.NOT_APPLICABLE),
        (" 不公开 ", Missing.WITHHELD),
        ("12人", NOT_READ),
        ("十二", NOT_READ),
        ("1.5", NOT_READ),
        (1.5, NOT_READ),
        ("1,23", NOT_READ),
        ("1e3", NOT_READ),
        ("无", NOT_READ),
        ("9" * 50, NOT_READ),
        (True, NOT_READ),
        (float("inf"), NOT_READ),
    ],
    ids=repr,
)
def test_whole_numbers(raw, value):
    assert read_value(raw, Field(field="x", term="x", type="integer"), {}) == value


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (12.5, 1250),
        (0.1 + 0.2, 30),
        ("1,234.56", 123456),
        ("１２．５", 1250),
        (".5", 50),
        (1.005, NOT_READ),
        (100 / 3, NOT_READ),
        (1234567890.12, 123456789012),
    ],
    ids=repr,
)
def test_measures(raw, value):
    assert read_value(raw, Field(field="x", term="x", type="measure", unit="yuan"), {}) == value


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("yes_no", "是", 1),
        ("yes_no", " 否 ", 0),
        ("yes_no", "有", 1),
        ("yes_no", True, 1),
        ("yes_no", 0.0, 0),
        ("yes_no", "大概", NOT_READ),
        ("year", 1998.0, 1998),
        ("year", "１９９８年", 1998),
        ("year", "1998-09-01", 1998),
        ("year", 98.0, NOT_READ),
        ("year", 45901.0, NOT_READ),
        ("date", "2025年9月1日", "2025-09-01"),
        ("date", "2025.9.1", "2025-09-01"),
        ("date", 45901.0, "2025-09-01"),
        ("date", "2025-13-01", NOT_READ),
        ("date", "九月", NOT_READ),
        ("text", "第一\n小学 ", "第一小学"),
        ("text", 2163000001.0, "2163000001"),
    ],
    ids=repr,
)
def test_other_types(kind, raw, value):
    assert read_value(raw, Field(field="x", term="x", type=kind), {}) == value


def test_a_text_with_a_pattern_may_be_written_wide_or_spaced():
    field = Field(field="x", term="x", type="text", pattern=r"\d{10}")
    assert read_value("２１６３ ０００００１", field, {}) == "2163000001"
    assert read_value("21630", field, {}) == "21630"


@pytest.mark.parametrize("raw", ["小学", "211", 211.0, "211 小学", "211小学", " 小 学 "], ids=repr)
def test_codes_by_term_or_code(small, raw):
    field = Field(field="x", term="x", type="code", codes="school_types")
    assert read_value(raw, field, lookup_of(small.codes["school_types"])) == "211"


def test_what_cannot_be_read_is_kept_as_written(small, edit):
    def change(book):
        book["学生"]["B4"] = "四十一人"

    returned, _ = read(small, edit(change))
    cell = returned.tables["pupils"][0].cells["enrolled"]
    assert (cell.value, cell.address, cell.written) == (NOT_READ, "B4", "四十一人")


def test_moved_columns_inserted_rows_and_renamed_sheets_change_nothing(small, good, edit):
    def rearrange(book):
        book["学生"].insert_rows(1)
        book["学生"]["A1"] = "某校学生情况"
        book["学生"].merge_cells("A1:D1")
        book["学生"].insert_cols(2)
        book["学生"].title = "学生（改）"
        book["班级"].move_range("A1:A40", cols=5)
        book["班级"].insert_rows(6)
        book["学校概况"].insert_rows(4)
        book["学校概况"].delete_cols(3)
        book.move_sheet("班级", -2)

    before, _ = read(small, good)
    after, issues = read(small, edit(rearrange))
    assert [(issue.code, issue.cell) for issue in issues] == [("R-NOTE", "A1")]
    for sheet in ("about", "pupils", "rooms"):
        assert values(after, sheet) == values(before, sheet)
    assert after.tables["pupils"][0].cells["enrolled"].address == "C5"
    assert after.tables["about"][0].cells["school_type"].address == "C5"
    assert after.tables["rooms"][0].cells["grade"].address == "F4"
    assert after.tables["rooms"][2].cells["name"].address == "B7"


def test_rows_are_found_by_label_in_any_order(small, edit):
    def swap(book):
        sheet = book["学生"]
        for column in "ABCD":
            one, two = sheet[f"{column}4"], sheet[f"{column}5"]
            one.value, two.value = two.value, one.value

    returned, issues = read(small, edit(swap))
    assert issues == []
    assert [row.code for row in returned.tables["pupils"]][:2] == ["G1", "G2"]
    assert returned.tables["pupils"][0].cells["enrolled"].value == 41
    assert returned.tables["pupils"][0].cells["enrolled"].address == "B5"


def test_the_lines_above_the_data_may_be_gone_or_overwritten(small, edit):
    def overwrite(book):
        book["班级"].delete_rows(2, 2)
        book["学生"].delete_rows(3)

    returned, issues = read(small, edit(overwrite))
    assert issues == []
    assert len(returned.tables["rooms"]) == 9
    assert returned.tables["pupils"][0].cells["enrolled"].address == "B3"


def test_trailing_and_empty_rows_of_a_list_are_nothing(small, edit):
    def add(book):
        book["班级"]["B60"] = "  "
        book["班级"]["A20"] = "三年级"
        book["班级"]["B20"] = "三（2）班"
        book["班级"]["C20"] = 8

    returned, issues = read(small, edit(add))
    assert issues == []
    assert len(returned.tables["rooms"]) == 10
    last = returned.tables["rooms"][-1]
    assert (last.code, last.cells["name"].address) == ("10", "B20")


@pytest.mark.parametrize(
    ("change", "complaint", "says"),
    [
        (
            lambda b: put(b["学生"], F1="备注", F5="转来"),
            ("R-COLUMN-EXTRA", "F1"),
            "多出一列“备注”",
        ),
        (lambda b: put(b["学生"], H9="7"), ("R-CELL-EXTRA", "H9"), "填了“7”"),
        (lambda b: put(b["学生"], A13="小计", B13=405), ("R-ROW-EXTRA", "B13"), "多出一行“小计”"),
        (lambda b: put(b["学生"], A13="一年级", B13=5), ("R-ROW-TWICE", "B13"), "出现了两次"),
        (lambda b: put(b["学生"], D5=3), ("R-CELL-EXTRA", "D5"), "二年级·招生数"),
        (
            lambda b: put(b["学校概况"], A11="电话", D11="1"),
            ("R-ROW-EXTRA", "D11"),
            "多出一项“电话”",
        ),
        (lambda b: put(b["学校概况"], E3="待定"), ("R-CELL-EXTRA", "E3"), "待定"),
        (lambda b: put(b["班级"], E4="x"), ("R-CELL-EXTRA", "E4"), "x"),
        (lambda b: put(b.create_sheet("附表"), A1="x"), ("R-SHEET-EXTRA", ""), "多出一张工作表"),
    ],
)
def test_what_is_not_asked_is_told_and_not_lost_silently(small, edit, change, complaint, says):
    returned, issues = read(small, edit(change))
    assert [(issue.code, issue.cell) for issue in issues] == [complaint]
    doubtful = {"R-ROW-TWICE": Severity.MUST_FIX}
    assert issues[0].severity is doubtful.get(complaint[0], Severity.NOTE)
    assert says in issues[0].saw
    assert values(returned, "pupils")["G1", "enrolled"] == 41


def put(sheet, **cells):
    for address, value in cells.items():
        sheet[address] = value


def test_missing_sheets_rows_and_columns_are_absent(small, edit):
    def remove(book: openpyxl.Workbook) -> None:
        book.remove(book["班级"])
        book["学生"].delete_rows(12)
        book["学生"].delete_cols(3)
        book["学校概况"].delete_rows(3)

    returned, issues = read(small, edit(remove))
    assert issues == []
    assert "rooms" not in returned.tables
    assert [row.code for row in returned.tables["pupils"]] == [f"G{n}" for n in range(1, 9)]
    assert "girls" not in returned.tables["pupils"][0].cells
    assert "name" not in returned.tables["about"][0].cells
