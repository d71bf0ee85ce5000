"""The head and foot of a form: printed, read back, and never taken for what was asked."""

from __future__ import annotations

import io
import subprocess

import msgspec
import openpyxl
import pytest

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.kinds.form_head import FootItem, HeadLine
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.checking.check import check_return
from xianxue.bureau.returns.reading.workbook import read_workbook
from xianxue.bureau.returns.template.prefill import Prefill
from xianxue.bureau.returns.template.printing import Heading, print_well, to_sign
from xianxue.bureau.returns.template.workbook import write_workbook
from xianxue.bureau.values.record import replace

HEAD = [
    HeadLine(line="number", term="表号", value="虚构1表"),
    HeadLine(line="issuer", term="制定机关", value="{county}教育局"),
    HeadLine(line="filed_as", term="备案文号"),
    HeadLine(line="valid_until", term="有效期至", value="2027年8月"),
]
FOOT = [
    FootItem(item="head", term="单位负责人", personal=True),
    FootItem(item="filler", term="填表人", personal=True),
    FootItem(item="phone", term="联系电话", personal=True),
    FootItem(item="reported_on", term="报出日期", type="date"),
]
SAID = {
    "head": "某校长（虚构）",
    "filler": "某会计（虚构）",
    "phone": "0970-0000000",
    "reported_on": "2025-09-20",
}


@pytest.fixture(scope="module")
def headed(small):
    return msgspec.structs.replace(small.form, head=HEAD, foot=FOOT)


@pytest.fixture(scope="module")
def shelf(small, headed):
    return replace(small.shelf, forms={"small": headed})


@pytest.fixture(scope="module")
def blank(small, headed):
    return write_workbook(
        headed, small.nine_year, small.period, small.codes, small.filled, county="虚构县"
    )


def place_of(sheet, word):
    return next(cell for row in sheet.iter_rows() for cell in row if cell.value == word)


def with_foot(data, said=SAID, *, change=lambda _: None):
    """The workbook as its clerk has filled in the foot."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for item in FOOT:
        if item.item in said:
            place_of(book["说明"], item.term).offset(0, 1).value = said[item.item]
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_head_stands_on_the_first_page_and_above_every_sheet(blank):
    book = openpyxl.load_workbook(io.BytesIO(blank))
    pairs = {row[0].value: row[1].value for row in book["说明"].iter_rows(max_col=2)}
    assert pairs["表号"] == "虚构1表"
    assert pairs["制定机关"] == "虚构县教育局"
    assert pairs["备案文号"] in {None, ""}
    assert pairs["有效期至"] == "2027年8月"
    for tab in ("学校概况", "学生", "班级"):
        header = book[tab].oddHeader
        assert header.left.text.strip() == "填报单位（盖章）：虚构县九年制学校"
        assert "虚构年报" in header.center.text
        assert tab in header.center.text
        assert header.right.text.split("\n") == [
            "表号：虚构1表",
            "制定机关：虚构县教育局",
            "备案文号：＿＿＿＿＿＿",
            "有效期至：2027年8月",
        ]


def test_the_foot_is_there_to_sign_under_every_sheet(blank):
    book = openpyxl.load_workbook(io.BytesIO(blank))
    for tab in ("学校概况", "学生", "班级"):
        footer = book[tab].oddFooter
        for item in FOOT:
            assert f"{item.term}：＿" in footer.left.text
        assert footer.right.text == "第 &P 页，共 &N 页"


def test_what_is_written_there_is_kept_with_the_return(shelf, blank):
    returned, issues = read_workbook(with_foot(blank), "a.xlsx", shelf)
    assert issues == []
    assert returned.foot == SAID


def test_it_is_no_part_of_what_was_reported(small, shelf, blank):
    """The tables, and what the checks say of them, are those of a foot left blank."""
    before, _ = read_workbook(blank, "a.xlsx", shelf)
    after, _ = read_workbook(with_foot(blank), "a.xlsx", shelf)
    assert before.foot == {}
    assert after.tables == before.tables == read_workbook(blank, "a.xlsx", small.shelf)[0].tables
    assert check_return(after, shelf, small.nine_year, small.period) == []
    assert SAID["phone"] not in repr(after)


def test_an_older_workbook_without_head_and_foot_is_read(small, shelf, good):
    returned, issues = read_workbook(good, "a.xlsx", shelf)
    assert issues == []
    assert returned.foot == {}
    assert returned.tables == read_workbook(good, "a.xlsx", small.shelf)[0].tables


def test_a_workbook_without_its_first_page_is_read(shelf, blank):
    def drop(book):
        del book["说明"]

    returned, issues = read_workbook(with_foot(blank, {}, change=drop), "a.xlsx", shelf)
    assert issues == []
    assert returned.foot == {}


def test_a_workbook_that_lost_its_hidden_sheet_keeps_its_foot(shelf, blank):
    def drop(book):
        del book["_xianxue"]

    returned, _ = read_workbook(with_foot(blank, change=drop), "a.xlsx", shelf)
    assert returned.foot == SAID


def test_lines_and_columns_put_in_move_the_foot_along(shelf, blank):
    def move(book):
        book["说明"].insert_rows(3, 4)
        book["说明"].insert_cols(2)

    returned, _ = read_workbook(with_foot(blank, change=move), "a.xlsx", shelf)
    assert returned.foot == SAID


@pytest.mark.parametrize("day", ["2025年9月20日", "2025/9/20", "20250920", "45920"])
def test_a_day_is_read_as_people_write_it(shelf, blank, day):
    returned, issues = read_workbook(with_foot(blank, {"reported_on": day}), "a.xlsx", shelf)
    assert returned.foot == {"reported_on": "2025-09-20"}
    assert issues == []


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ("reported_on", "下周三"),
        ("filler", "某会计\n某校长"),
        ("phone", "0" * 41),
        ("head", "某\u202e校长"),
    ],
)
def test_what_cannot_be_taken_is_remarked_on_and_stops_nothing(shelf, blank, item, text):
    returned, issues = read_workbook(with_foot(blank, {item: text}), "a.xlsx", shelf)
    (issue,) = issues
    assert (issue.code, issue.severity, issue.sheet) == ("R-FOOT", Severity.NOTE, "说明")
    assert issue.cell.startswith("B")
    assert returned.foot == {}
    # Of what is personal, not even a complaint repeats anything.
    assert (text in issue.message) == (item == "reported_on")


@pytest.mark.parametrize(
    "typed", ["填表人：某会计（虚构）", "填表人: 某会计（虚构）", "填表人 ：\u3000某会计（虚构）"]
)
def test_an_answer_typed_behind_its_word_is_read(shelf, blank, typed):
    """Many write into the cell of the word itself, as on paper."""

    def write(book):
        place_of(book["说明"], "填表人").value = typed

    returned, issues = read_workbook(with_foot(blank, {}, change=write), "a.xlsx", shelf)
    assert (returned.foot, issues) == ({"filler": "某会计（虚构）"}, [])


def test_a_blank_behind_the_word_is_no_answer(shelf, blank):
    def write(book):
        place_of(book["说明"], "填表人").value = "填表人：＿＿＿＿"
        place_of(book["说明"], "联系电话").value = "联系电话："

    returned, issues = read_workbook(with_foot(blank, {}, change=write), "a.xlsx", shelf)
    assert (returned.foot, issues) == ({}, [])


def test_a_word_of_the_foot_in_the_instructions_is_no_answer(shelf, blank):
    """«填表人» in running text, or with nothing beside it, says nothing."""

    def note(book):
        book["说明"].cell(60, 1).value = "请填表人注意"
        book["说明"].cell(61, 1).value = "填表人"

    returned, issues = read_workbook(with_foot(blank, {}, change=note), "a.xlsx", shelf)
    assert (returned.foot, issues) == ({}, [])


def test_it_survives_another_spreadsheet_program(shelf, blank, soffice, tmp_path):
    (tmp_path / "a.xlsx").write_bytes(with_foot(blank))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    for kind in ("xlsx:Calc MS Excel 2007 XML", "xls:MS Excel 97"):
        command = [soffice, "--headless", profile, "--convert-to", kind, "--outdir"]
        command += [str(tmp_path / "out"), str(tmp_path / "a.xlsx")]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    for name in ("a.xlsx", "a.xls"):
        saved = (tmp_path / "out" / name).read_bytes()
        returned, _ = read_workbook(saved, name, shelf)
        assert returned.foot == SAID
    again = openpyxl.load_workbook(tmp_path / "out" / "a.xlsx")["学生"]
    assert "表号：虚构1表" in again.oddHeader.right.text


def test_a_blank_list_has_lines_that_a_printer_shows(blank):
    """LibreOffice prints no blank lines that look as all lines below them do."""
    sheet = openpyxl.load_workbook(io.BytesIO(blank))["班级"]
    ruled = [sheet.cell(row, 1) for row in range(13, 25)]
    below = sheet.column_dimensions["A"]
    assert all(cell.value is None and cell.border.bottom.style for cell in ruled)
    assert {cell.border.bottom.color.rgb for cell in ruled} != {below.border.bottom.color.rgb}
    assert all(sheet.row_dimensions[cell.row].height >= 20 for cell in ruled)


class _Sheet:
    """Takes down what a sheet is told."""

    def __init__(self):
        self.told = {}

    def __getattr__(self, name):
        return lambda *said, **_: self.told.setdefault(name, said[0] if said else None)


def test_no_header_is_longer_than_the_file_format_allows():
    """Excel calls a file damaged whose header has more than 255 characters."""
    long = "很长很长的虚构名称" * 9
    sheet = _Sheet()
    print_well(sheet, Heading(long, long, long, (long,) * 4, long * 3, long * 3), long, 10)
    for part in ("set_header", "set_footer"):
        assert 0 < len(sheet.told[part]) <= 255


def test_a_name_with_an_ampersand_is_no_command():
    sheet = _Sheet()
    print_well(sheet, Heading("年报", "A&P小学\n&G", "2025", (), to_sign(FOOT)), "表", 10)
    assert "A&&P小学 &&G" in sheet.told["set_header"]


def test_a_digit_is_no_part_of_the_size_of_letters():
    """«&9» and «2025年表号» would be letters of 92025 points."""
    sheet = _Sheet()
    print_well(sheet, Heading("年报", "小学", "2025", ("2025年表号：1",), "1号填表人："), "表", 10)
    assert "&R&9 2025年表号" in sheet.told["set_header"]
    assert "&L&9 1号填表人" in sheet.told["set_footer"]


@pytest.mark.parametrize(("width", "paper"), [(150, 9), (151, 8)])
def test_what_a4_would_print_too_small_goes_on_a3(width, paper):
    sheet = _Sheet()
    print_well(sheet, Heading("年报", "小学", "2025", (), ""), "表", width)
    assert sheet.told["set_paper"] == paper


def test_a_sheet_of_many_stages_goes_on_a3(real):
    """教职工 of a school with three stages, this year's beside last year's, is wider than A4."""
    form = real.shelf.forms["school_annual"]
    place = max(real.places["school_annual"], key=lambda each: len(each.stages(real.period.start)))
    rows = (Row("primary", {"teachers": Cell(20, "D2", "20")}),)
    last = Return(
        form=form.form,
        version=form.version,
        period="2024-2025",
        place=place.code,
        tables={"staff": rows},
    )
    data = write_workbook(
        form, place, real.period, real.shelf.codes, prefill=Prefill(last=last), shelf=real.shelf
    )
    book = openpyxl.load_workbook(io.BytesIO(data))
    sizes = {sheet.title: int(sheet.page_setup.paperSize) for sheet in book.worksheets[:8]}
    assert sizes["教职工"] == 8
    assert sizes["校舍与设备"] == sizes["班级"] == 9
