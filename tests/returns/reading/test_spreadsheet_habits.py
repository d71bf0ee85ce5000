"""What spreadsheet programs do to what was typed, and what becomes of it here.

G4 and F1 to F6 are the sentences of docs/reference/asks.md.
"""

from __future__ import annotations

import io
import subprocess
import sys
from datetime import date, datetime, time
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.kinds.form import Field
from xianxue.bureau.returns.checking.check import check_return
from xianxue.bureau.returns.contents.strict import read_value
from xianxue.bureau.returns.reading.workbook import read_workbook
from xianxue.bureau.values.missing import Missing

NOTHING = Missing.NOT_ANSWERED
TEXT = Field(field="x", term="x", type="text")
DAY = Field(field="x", term="x", type="date")
COUNT = Field(field="x", term="x", type="integer", unit="person")
MONEY = Field(field="x", term="x", type="measure", unit="yuan")
FIRST = date(2026, 9, 1)


def midnight(day: date) -> datetime:
    """A day as spreadsheets keep it."""
    return datetime.combine(day, time())


def answer(sheet, label: str):
    """The cell beside a label of a record."""
    for row in sheet.iter_rows(min_col=1, max_col=1):
        if row[0].value == label:
            return sheet.cell(row[0].row, 4)
    raise LookupError(label)


@pytest.fixture
def judged(small, edit):
    """Read and check a changed workbook: what is read of it, and all complaints."""

    def judge(*changes):
        returned, notes = read_workbook(edit(*changes), "x.xlsx", small.shelf)
        assert returned is not None
        found = check_return(returned, small.shelf, small.nine_year, small.period)
        return returned, [*notes, *found]

    return judge


# ── G4: amounts, by one table ───────────────────────────────────────────────


@pytest.mark.parametrize(
    ("written", "cents"),
    [
        ("１，２３４．５０", 123450),
        ("1,234.50", 123450),
        ("1 234.50", 123450),
        ("1234.5", 123450),
        ("-12", -1200),
        ("1 234,50", None),  # a decimal comma, or thousands wrongly parted: not guessed
        ("1.234,50", None),
        ("¥1,234.50", 123450),
        ("￥1234.50", 123450),
        ("1234.50元", 123450),
        ("(12)", None),  # minus twelve in accounting, twelve in a note
        ("（12）", None),
        ("12%", None),
        ("0.12", 12),
    ],
)
def test_g4_an_amount_is_read_or_asked_about_by_the_table(judged, written, cents):
    def write(book):
        answer(book["学校概况"], "公用经费").value = written

    returned, issues = judged(write)
    value = returned.tables["about"][0].cells["funds"].value
    about = [
        one for one in issues if one.cell == returned.tables["about"][0].cells["funds"].address
    ]
    if cents is None:
        assert value is NOTHING
        assert [one.severity for one in about] == [Severity.MUST_FIX]
        assert written in about[0].saw
    else:
        assert value == cents
        assert all(one.severity is not Severity.MUST_FIX or cents < 0 for one in about)


# ── F1: long numbers, codes, names of classes ───────────────────────────────


@pytest.mark.parametrize("text", ["123456789012345678", "007", "0012", "1-2", "13800000000", "3E5"])
def test_f1_what_is_text_stays_as_it_was_typed(text):
    assert read_value(text, TEXT, {}) == text


@pytest.mark.parametrize("raw", [123456789012345678, 1e15, 4.4e17])
def test_f1_a_number_beyond_fifteen_digits_has_lost_some(judged, raw):
    def write(book):
        book["班级"]["B4"] = raw

    returned, issues = judged(write)
    assert returned.tables["rooms"][0].cells["name"].value is NOTHING
    (issue,) = issues
    assert (issue.sheet, issue.cell, issue.severity) == ("班级", "B4", Severity.MUST_FIX)
    assert "位数已丢失" in issue.saw
    assert "文本" in issue.do


def test_f1_what_was_shown_so_in_a_text_file_is_no_code_either():
    assert read_value("4.4E+17", TEXT, {}) is NOTHING


@pytest.mark.parametrize(
    "raw",
    [midnight(date(2026, 1, 2)), date(2026, 1, 2), "2026/1/2", "1月2日", "2026年1月2日"],
    ids=repr,
)
def test_a_class_whose_name_became_a_day_is_told(judged, raw):
    """1-2 typed into a cell that is no text."""

    def write(book):
        book["班级"]["B4"] = raw

    returned, issues = judged(write)
    assert returned.tables["rooms"][0].cells["name"].value is NOTHING
    (issue,) = issues
    assert (issue.cell, issue.severity) == ("B4", Severity.MUST_FIX)
    assert "变成了日期" in issue.saw


@pytest.mark.ci
def test_f1_codes_survive_another_spreadsheet_program(small, edit, soffice, tmp_path):
    """Downloaded, opened, saved and uploaded: byte for byte."""
    told = {"B4": "123456789012345678", "B5": "007", "B6": "1-2", "B7": "𠮷·㼆班", "B8": "=1+1"}

    def write(book):
        for cell, text in told.items():
            book["班级"][cell].value = text
            book["班级"][cell].data_type = "s"

    (tmp_path / "a.xlsx").write_bytes(edit(write))
    command = [soffice, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "out")]
    subprocess.run(
        [*command, str(tmp_path / "a.xlsx")], check=True, capture_output=True, timeout=120
    )
    data = (tmp_path / "out" / "a.xlsx").read_bytes()
    returned, _ = read_workbook(data, "a.xlsx", small.shelf)
    assert returned is not None
    read = [row.cells["name"].value for row in returned.tables["rooms"]]
    assert read[: len(told)] == list(told.values())


def test_f1_columns_of_text_carry_the_format_of_text(good):
    book = openpyxl.load_workbook(io.BytesIO(good))
    # The whole column: lines that somebody adds below are texts too.
    assert book["班级"].column_dimensions["B"].number_format == "@"
    assert book["班级"]["B4"].number_format == "@"
    assert answer(book["学校概况"], "学校标识码").number_format == "@"


# ── F2: days ────────────────────────────────────────────────────────────────

WAYS = ("2026.9.1", "2026/9/1", "20260901", "2026年9月1日", "2026-09-01", "2026-9-1", 46266.0)
WAYS = (*WAYS, FIRST, midnight(FIRST), datetime.combine(FIRST, time(23, 59)))


@pytest.mark.parametrize("raw", WAYS, ids=repr)
def test_f2_a_day_is_one_day_however_it_is_written(raw):
    assert read_value(raw, DAY, {}) == "2026-09-01"


def test_f2_a_count_of_days_in_a_field_of_numbers_stays_a_number():
    assert read_value(46266.0, COUNT, {}) == 46266
    assert read_value(22523.0, COUNT, {}) == 22523


@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "America/Los_Angeles"])
def test_f2_days_have_no_clock_and_no_zone(zone):
    program = (
        "from datetime import datetime; from xianxue.bureau.kinds.form import Field;"
        "from xianxue.bureau.returns.contents.strict import read_value;"
        "day = Field(field='x', term='x', type='date');"
        "print(read_value(datetime(2026, 9, 1, 0, 0), day, {}), read_value(46266.0, day, {}))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program],
        env={"TZ": zone, "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert ran.stdout.split() == ["2026-09-01", "2026-09-01"]


def test_f2_saved_ten_times_it_is_the_same_day(small, edit, good):
    data = edit(lambda book: put_day(book, midnight(FIRST)))
    for _ in range(10):
        book = openpyxl.load_workbook(io.BytesIO(data))
        saved = io.BytesIO()
        book.save(saved)
        data = saved.getvalue()
    returned, _ = read_workbook(data, "x.xlsx", small.shelf)
    assert returned is not None
    assert returned.tables["about"][0].cells["opened_day"].value == "2026-09-01"


def put_day(book, day) -> None:
    answer(book["学校概况"], "启用日期").value = day
    answer(book["学校概况"], "启用日期").number_format = "yyyy-mm-dd"


def test_f2_a_workbook_that_counts_from_1904_tells_the_same_day(small, edit):
    def turned(book):
        book.epoch = CALENDAR_MAC_1904
        put_day(book, midnight(FIRST))

    returned, _ = read_workbook(edit(turned), "x.xlsx", small.shelf)
    assert returned is not None
    assert returned.tables["about"][0].cells["opened_day"].value == "2026-09-01"


def test_f2_a_count_with_a_time_of_day_is_that_day(small, edit):
    returned, _ = read_workbook(edit(lambda book: put_day(book, 46266.99)), "x.xlsx", small.shelf)
    assert returned is not None
    assert returned.tables["about"][0].cells["opened_day"].value == "2026-09-01"


def test_f2_the_day_that_never_was_is_asked_about(judged):
    """29 February 1900 is one of Excel's days and of nobody else's."""
    _, issues = judged(lambda book: put_day(book, "1900-02-29"))
    assert [one.severity for one in issues] == [Severity.MUST_FIX]


# ── F4 to F6: blanks, formulas, rows without anything ───────────────────────


@pytest.mark.parametrize("around", ["\u3000", "\u00a0", "\u200b", "\ufeff", "\u2060"])
def test_f4_wide_blanks_and_signs_without_width_do_not_matter(judged, around):
    """In heads, labels, numbers and choices; the original is kept beside the value."""

    def write(book):
        book["学生"]["B1"] = f"{around}在校生数{around}"
        book["学生"]["A4"] = f"{around}一年级{around}"
        book["学生"]["B4"] = f"{around}４１{around}"
        book["班级"]["A4"] = f"{around}一年级{around}"

    returned, issues = judged(write)
    cell = returned.tables["pupils"][0].cells["enrolled"]
    assert cell.value == 41
    assert "４１" in cell.written
    assert returned.tables["rooms"][0].cells["grade"].value == "G1"
    assert all(one.severity is not Severity.MUST_FIX for one in issues)


def test_f5_a_formula_without_a_result_is_neither_blank_nor_zero(judged):
    returned, issues = judged(lambda book: book["学生"].__setitem__("B4", "=20+21"))
    assert returned.tables["pupils"][0].cells["enrolled"].value is NOTHING
    (issue,) = [one for one in issues if one.code == "R-FORMULA"]
    assert (issue.cell, issue.severity) == ("B4", Severity.MUST_FIX)


def test_f6_rows_of_nothing_are_no_rows(judged):
    """Styled, blank, spaces, far below: none of five hundred is one."""

    def write(book):
        for row in range(20, 526):
            book["班级"].cell(row, 2).value = "  " if row % 2 else None
            book["班级"].cell(row, 2).number_format = "0.00"

    returned, issues = judged(write)
    assert len(returned.tables["rooms"]) == 9
    assert issues == []


@pytest.mark.parametrize("error", ["#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?"])
def test_a_cell_with_an_error_is_an_issue_and_no_text(judged, error):
    def write(book):
        for cell in ("B4", "A4"):
            book["班级"][cell].value = error
            book["班级"][cell].data_type = "e"

    returned, issues = judged(write)
    told = {one.cell for one in issues if one.severity is Severity.MUST_FIX}
    assert {"A4", "B4"} <= told
    assert returned.tables["rooms"][0].cells["name"].value is NOTHING


# ── rounding and signs ──────────────────────────────────────────────────────


@pytest.mark.parametrize(("raw", "value"), [(-0.0, 0), ("-0", 0), ("-0.00", 0)])
def test_no_zero_has_a_sign(raw, value):
    read = read_value(raw, MONEY, {})
    assert (read, str(Decimal(read))) == (value, "0")
