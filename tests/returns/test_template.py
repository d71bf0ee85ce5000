"""The template as a spreadsheet program sees it."""

import io
import subprocess

import openpyxl
import pytest

from xianxue.bureau.kinds.asked import asked
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.cells import Cell
from xianxue.bureau.returns.checking.check import check_return
from xianxue.bureau.returns.reading.workbook import read_workbook
from xianxue.bureau.returns.template.workbook import write_workbook
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.record import replace


@pytest.fixture(scope="module")
def template(small):
    data = write_workbook(small.form, small.nine_year, small.period, small.codes)
    return openpyxl.load_workbook(io.BytesIO(data))


def rule(sheet, address):
    (found,) = (v for v in sheet.data_validations.dataValidation if address in v.sqref)
    return found


def test_sheets_are_as_the_form_has_them(template):
    assert template.sheetnames == ["说明", "学校概况", "学生", "班级", "_xianxue", "_codes"]
    assert template["_xianxue"].sheet_state == "veryHidden"
    assert template["_codes"].sheet_state == "veryHidden"
    assert template.active.title == "说明"
    assert not template.vba_archive


def test_three_lines_stand_above_the_data(template):
    lines = [[cell.value for cell in row] for row in template["班级"]["A1:C3"]]
    assert lines == [
        ["年级", "班级名称", "学生数"],
        ["从下拉列表中选\n必填", "填文字\n必填", "填整数\n必填 · 单位：人"],
        ["例：一年级", "例：一（1）班", "例：45"],
    ]
    assert template["学生"]["A4"].value == "一年级"
    assert template["学生"].freeze_panes == "B4"
    assert template["班级"].freeze_panes == "B4"


def test_a_record_is_written_downwards(template):
    sheet = template["学校概况"]
    assert [cell.value for cell in sheet[1]] == ["项目", "填写说明与单位", "示例", "填写"]
    assert [cell.value for cell in sheet[9]][:2] == [
        "校舍建筑面积",
        "填数字\n必填 · 单位：平方米 · 最多 2 位小数",
    ]
    assert sheet.freeze_panes == "B2"


def test_required_terms_are_red(template):
    sheet = template["学生"]
    assert sheet["B1"].font.color.rgb == "FFC00000"
    assert sheet["C1"].font.color.rgb != "FFC00000"
    assert template["学校概况"]["A2"].font.color.rgb == "FFC00000"
    assert template["学校概况"]["A5"].font.color.rgb != "FFC00000"


def test_what_is_not_asked_is_grey(template):
    assert template["学生"]["D5"].fill.fgColor.rgb == "FFD9D9D9"
    assert template["学生"]["D4"].fill.fill_type is None


def test_drop_downs_cover_the_column_block_and_come_from_named_ranges(template):
    choice = rule(template["班级"], "A4")
    assert str(choice.sqref) == "A4:A1048576"
    assert (choice.type, choice.errorStyle or "stop", choice.showErrorMessage) == (
        "list",
        "stop",
        True,
    )
    assert choice.formula1 == "xq_grades"
    target = template.defined_names["xq_grades"].attr_text
    assert target == "_codes!$B$2:$B$10"
    terms = [row[0].value for row in template["_codes"]["B2:B10"]]
    assert terms[0] == "一年级"
    assert terms[-1] == "九年级"
    assert rule(template["学校概况"], "D4").formula1 == "xq_school_types"
    assert rule(template["学校概况"], "D6").formula1 == "xq_yes_no"


def test_a_school_is_offered_only_its_own_grades(small):
    data = write_workbook(small.form, small.primary, small.period, small.codes)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.defined_names["xq_grades"].attr_text == "_codes!$B$2:$B$7"
    assert [cell.value for cell in book["学生"]["A"]][3:9] == [f"{n}年级" for n in "一二三四五六"]


def test_numbers_block_too_and_let_the_two_words_in(template):
    number = rule(template["班级"], "C1048576")
    assert number.type == "custom"
    assert (number.errorStyle or "stop", number.showErrorMessage) == ("stop", True)
    assert number.formula1 == (
        'OR(AND(ISNUMBER(C4),N(C4)>=0,ROUND(N(C4),0)=N(C4)),C4="不适用",C4="不公开")'
    )
    assert "不小于 0 的整数" in number.error
    assert rule(template["学校概况"], "D8").type == "date"


def test_no_rule_is_longer_than_spreadsheets_allow(real):
    for form, places in real.places.items():
        for place in places:
            data = write_workbook(real.shelf.forms[form], place, real.period, real.shelf.codes)
            book = openpyxl.load_workbook(io.BytesIO(data))
            sheets = asked(
                real.shelf.forms[form], place, real.period.reference_day, real.shelf.codes
            )
            assert book.sheetnames[1:-2] == [sheet.sheet.term for sheet in sheets]
            for sheet in book.worksheets:
                for found in sheet.data_validations.dataValidation:
                    assert len(found.formula1) <= 255
                    assert len(found.error) <= 255
                    assert len(found.errorTitle) <= 32
                    assert '"' not in found.formula1 or found.type == "custom"


def test_it_prints_on_a4_landscape_one_page_wide(template):
    assert template["说明"].page_setup.orientation == "portrait"
    for sheet in template.worksheets[:4]:
        assert sheet.page_setup.paperSize == 9
        if sheet.title != "说明":
            assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth in {None, 1}
    assert template["学生"].print_title_rows == "$1:$3"


def test_codes_are_texts_and_never_formulas(small):
    returned = small.filled
    cells = returned.tables["about"][0].cells
    name = type(cells["name"])("=1+1")
    row = type(returned.tables["about"][0])("", cells | {"name": name})
    tables = returned.tables | {"about": (row,)}
    data = write_workbook(
        small.form, small.nine_year, small.period, small.codes, replace(returned, tables=tables)
    )
    sheet = openpyxl.load_workbook(io.BytesIO(data))["学校概况"]
    assert (sheet["D3"].value, sheet["D3"].data_type) == ("=1+1", "s")
    assert (sheet["D2"].value, sheet["D2"].number_format) == ("2163000002", "@")


def test_the_rules_page_says_who_when_and_how(template):
    texts = [str(cell.value) for row in template["说明"].iter_rows() for cell in row if cell.value]
    page = "\n".join(texts)
    for part in (
        "虚构年报",
        "虚构县九年制学校（代码 2163000002）",
        "2025—2026学年",
        "未填",
        "不适用",
        "不公开",
        "虚构股室",
    ):
        assert part in page
    links = [cell.hyperlink.location for cell in template["说明"]["A"] if cell.hyperlink]
    assert links == ["学校概况!A1", "学生!A1", "班级!A1"]


def test_it_survives_another_spreadsheet_program(small, good, soffice, tmp_path):
    """Opened and saved by LibreOffice, it reads the same and brings no new complaint."""
    (tmp_path / "a.xlsx").write_bytes(good)
    command = [
        soffice,
        "--headless",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--convert-to",
    ]
    command += [
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        str(tmp_path / "out"),
        str(tmp_path / "a.xlsx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    saved = (tmp_path / "out" / "a.xlsx").read_bytes()
    before, _ = read_workbook(good, "a.xlsx", small.shelf)
    after, issues = read_workbook(saved, "a.xlsx", small.shelf)
    assert issues == []
    assert after.tables == before.tables
    assert check_return(after, small.shelf, small.nine_year, small.period) == []
    again = openpyxl.load_workbook(io.BytesIO(saved))
    choices = [v for v in again["班级"].data_validations.dataValidation if v.type == "list"]
    assert [str(v.formula1) for v in choices] == ["xq_grades"]
    assert again["_codes"].sheet_state != "visible"


def test_choices_begin_with_the_schools_own_stage(real):
    """A junior secondary school looks for its own type first, and a clerk is told those first."""
    kinds = real.shelf.codes["school_types"]
    first = kinds.offered([Stage.LOWER_SECONDARY])[0]
    assert Stage.LOWER_SECONDARY in first.stages
    assert kinds.offered([]) == kinds.entries
    offered = kinds.offered([Stage.PRESCHOOL])
    assert sorted(e.code for e in offered) == sorted(e.code for e in kinds.entries)
    own = [Stage.PRESCHOOL in entry.stages for entry in offered]
    assert own == sorted(own, reverse=True)
    grades = real.shelf.codes["grades"].offered([Stage.LOWER_SECONDARY])
    assert grades[0].term == "七年级"


def test_a_complaint_lists_the_schools_own_grades_first(small):
    rows = small.filled.tables["rooms"]
    cells = rows[0].cells | {"grade": Cell(Missing.NOT_ANSWERED, "A4", "初一")}
    wrong = replace(rows[0], cells=cells)
    filed = replace(small.filled, tables=small.filled.tables | {"rooms": (wrong, *rows[1:])})
    place = replace(
        small.nine_year,
        history=(replace(small.nine_year.history[0], stages=(Stage.LOWER_SECONDARY,)),),
    )
    found = check_return(filed, small.shelf, place, small.period)
    (issue,) = [each for each in found if each.code == "R-CODE"]
    assert issue.required == "下列之一：七年级、八年级、九年级"
