"""A revision on paper: every value that was reported, its number and digest below every page."""

from __future__ import annotations

import io
import subprocess

import msgspec
import openpyxl
import pytest

from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.returns.template.printed import write_printed
from xianxue.bureau.returns.template.printing import Heading
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.record import replace

DIGEST = " ".join(["0123abcd"] * 8)
BELOW = f"修订号：第 2 版　内容摘要：{DIGEST}"
HEADING = Heading(
    "虚构年报",
    "虚构县九年制学校",
    "2025—2026学年",
    ("表号：虚构1表",),
    "填表人：＿＿＿＿＿＿",
    BELOW,
)


@pytest.fixture(scope="module")
def printed(small):
    return write_printed(small.form, small.filled, small.period, small.codes, HEADING)


@pytest.fixture(scope="module")
def book(printed):
    return openpyxl.load_workbook(io.BytesIO(printed))


def values(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_every_value_stands_there_with_its_unit(book):
    assert book.sheetnames == ["学校概况", "学生", "班级"]
    about = {row[0]: row[1:] for row in values(book["学校概况"])}
    assert about["项目"] == ["单位", "填报数"]
    assert about["学校标识码"] == [None, "2163000002"] or about["学校标识码"][1] == "2163000002"
    assert about["办学类型"][1] == "九年一贯制学校"
    assert about["校舍建筑面积"] == ["平方米", 5200.5]
    assert about["是否寄宿制"][1] == "否"
    pupils = values(book["学生"])
    assert pupils[0] == ["年级", "在校生数", "女生数", "招生数"]
    assert pupils[1][1:] == ["人", "人", "人"]
    assert pupils[2] == ["一年级", 41, 20, 40]
    # 41 + 42 + … + 49 = 405; nine times 20 = 180; 40 + 47 = 87.
    assert pupils[-1] == ["合计", 405, 180, 87]
    classes = values(book["班级"])
    assert classes[0] == ["序号", "年级", "班级名称", "学生数"]
    assert [row[0] for row in classes[2:]] == [str(n) for n in range(1, 10)]
    assert classes[2][1:] == ["一年级", "1（1）班", 41]


def test_number_and_digest_stand_below_every_page(book):
    for sheet in book.worksheets:
        assert sheet.oddFooter.left.text.split("\n") == [HEADING.foot, BELOW]
        assert "&P" in sheet.oddFooter.right.text
        assert sheet.protection.sheet
        assert sheet.sheet_view.tabSelected
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToHeight in {0, "0"}


def test_heads_are_repeated_on_every_page(book):
    assert book["班级"].print_title_rows == "$1:$2"
    assert book["学校概况"].print_title_rows == "$1:$1"


def test_a_foot_that_is_long_never_cuts_the_digest(small):
    long = replace(HEADING, foot="填表人：" + "很长" * 200)
    data = write_printed(small.form, small.filled, small.period, small.codes, long)
    footer = openpyxl.load_workbook(io.BytesIO(data))["学生"].oddFooter
    assert footer.left.text.endswith(BELOW)


def test_nothing_in_it_is_worked_out_or_linked(book):
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" and cell.hyperlink is None for cell in row)


def test_what_is_missing_is_printed_as_its_word_and_never_as_zero(small):
    rows = small.filled.tables["pupils"]
    first = Row(
        "G1", {**rows[0].cells, "girls": Cell(Missing.WITHHELD, "C4", "不公开"),
               "enrolled": Cell(Missing.NOT_ANSWERED, "B4", "")},
    )  # fmt: skip
    filed = replace(small.filled, tables={**small.filled.tables, "pupils": (first, *rows[1:])})
    data = write_printed(small.form, filed, small.period, small.codes, HEADING)
    pupils = values(openpyxl.load_workbook(io.BytesIO(data))["学生"])
    assert pupils[2][1:3] == [None, "不公开"]
    # A sum with a part that is missing says nothing.
    assert pupils[-1][1:3] == [None, None]


def test_a_personal_value_is_not_printed(small):
    sheets = [
        msgspec.structs.replace(
            sheet,
            fields=[
                msgspec.structs.replace(field, personal=field.field == "name")
                for field in sheet.fields
            ],
        )
        for sheet in small.form.sheets
    ]
    form = msgspec.structs.replace(small.form, sheets=sheets)
    tables = dict(small.filled.tables)
    cells = tables["about"][0].cells
    tables["about"] = (Row("", {**cells, "name": Cell("某某（虚构）", "D3", "某某（虚构）")}),)
    filed = replace(small.filled, tables=tables)
    data = write_printed(form, filed, small.period, small.codes, HEADING)
    about = {row[0]: row[2] for row in values(openpyxl.load_workbook(io.BytesIO(data))["学校概况"])}
    assert about["学校名称"] == "＊＊＊"


def test_what_was_reported_is_printed_whatever_is_asked_by_now(small):
    """A school that has become a primary school since still prints its nine grades."""
    filed = replace(small.filled, place=small.primary.code)
    data = write_printed(small.form, filed, small.period, small.codes, HEADING)
    pupils = values(openpyxl.load_workbook(io.BytesIO(data))["学生"])
    assert [row[0] for row in pupils[2:]] == [*(f"{n}年级" for n in "一二三四五六七八九"), "合计"]


def test_the_same_revision_gives_the_same_bytes(small, printed):
    again = write_printed(small.form, small.filled, small.period, small.codes, HEADING)
    assert again == printed


def test_the_pages_that_come_out_all_bear_it(printed, soffice, pdftotext, tmp_path):
    (tmp_path / "a.xlsx").write_bytes(printed)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [soffice, "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run(
        [*command, str(tmp_path / "a.xlsx")], check=True, capture_output=True, timeout=120
    )
    said = subprocess.run(
        [pdftotext, "-layout", str(tmp_path / "a.pdf"), "-"], check=True, capture_output=True
    ).stdout.decode()
    pages = said.rstrip("\f").split("\f")
    assert len(pages) == 3
    for number, page in enumerate(pages, 1):
        assert DIGEST in page
        assert "第 2 版" in page
        assert "填报单位（盖章）" in page
        assert f"第 {number} 页，共 3 页" in page
