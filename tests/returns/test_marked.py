"""The clerk's own workbook back: marked where it is wrong, and otherwise as it was."""

import io
import re
import subprocess
import zipfile

import openpyxl
import pytest
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.returns.checking.check import check_return
from xianxue.bureau.returns.marking.mark import is_marked, mark, marked_name
from xianxue.bureau.returns.reading.workbook import read_workbook
from xianxue.bureau.returns.sheets.own_marks import REVIEW
from xianxue.bureau.returns.template.workbook import write_workbook
from xianxue.bureau.values.record import replace

RED, AMBER = "FFFF9090", "FFFFD060"
TOUCHED = {
    "[Content_Types].xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
}


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def saved(book):
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def issue(sheet, cell, severity=Severity.MUST_FIX, saw="填了“-3”", **more):
    return Issue(
        code="R-RANGE", severity=severity, file="a.xlsx", sheet=sheet, cell=cell, saw=saw,
        required="不小于 0 的整数", do="请改为实际的数", **more,
    )  # fmt: skip


def complaints(data, small):
    returned, issues = read_workbook(data, "a.xlsx", small.shelf)
    place = small.nine_year
    return [
        *issues,
        *check_return(returned, small.shelf, place, small.period, register=small.register),
    ]


def values(data, small):
    returned, _ = read_workbook(data, "a.xlsx", small.shelf)
    return returned.tables


def set_to(sheet, cell, value):
    def change(book):
        book[sheet][cell] = value

    return change


def fill(book, sheet, cell):
    found = book[sheet][cell].fill
    return found.fgColor.rgb if found.fill_type == "solid" else None


def without_hints(xml):
    """A sheet without what a row says of its first and last cell: a hint nobody needs."""
    return re.sub(rb' spans="[^"]*"', b"", xml)


@pytest.fixture(scope="module")
def bad(edit):
    """Girls outnumber pupils in grade one; a word for a number; a class of minus three."""
    return edit(
        set_to("学生", "C4", 50),
        set_to("学生", "B5", "四十"),
        set_to("班级", "C6", -3),
        set_to("学校概况", "D9", 9_000_000),
    )


@pytest.fixture(scope="module")
def marked(bad, small):
    return mark(bad, complaints(bad, small), file="a.xlsx")


# ── what is marked ──────────────────────────────────────────────────────────


def test_a_tab_that_was_renamed_is_marked_under_its_new_name(edit, small):
    """The sheet is known by its headers; what is wrong in it is shown where the clerk has it."""

    def rename(book):
        book["学生"].title = "学生（新）"

    bad = edit(set_to("学生", "C4", 50), rename)
    found = complaints(bad, small)
    assert {each.sheet for each in found} == {"学生（新）"}
    book = opened(mark(bad, found, file="a.xlsx"))
    assert fill(book, "学生（新）", "C4") == RED
    assert book["校验结果"]["D5"].hyperlink.location == "'学生（新）'!C4"


def test_the_bureaus_comments_are_marked_in_its_own_words(good, small):
    """What a reviewer says is no 校验; it is taken off by the next check like any mark."""
    said = issue("学生", "C4", saw="=请核对女生数", citation="虚构审核员")
    said = replace(said, required="42", do="")
    data = mark(good, [said], file="a.xlsx", voice=REVIEW)
    book = opened(data)
    assert book.sheetnames[0] == "审核意见"
    assert book["学生"]["C4"].comment.text == (
        "【审核】审核意见（请核对，有误的改正）\n=请核对女生数；报的是：42。审核人：虚构审核员。"
    )
    assert book["学生"].cell(1, book["学生"].max_column).value == "教育局审核意见"
    assert (book["审核意见"]["E5"].value, book["审核意见"]["E5"].data_type) == (
        "=请核对女生数",
        "s",
    )
    assert values(data, small) == values(good, small)
    assert complaints(data, small) == []
    assert is_marked(data)
    assert parts(mark(data, [])).keys() == parts(good).keys()
    both = opened(mark(data, [issue("学生", "C4")], file="a.xlsx"))
    assert both["学生"]["C4"].comment.text.startswith("【校验】")
    assert "审核" not in both["学生"]["C4"].comment.text


def test_cells_to_fix_are_red_and_cells_to_explain_amber(marked, bad):
    book = opened(marked)
    assert fill(book, "学生", "C4") == RED
    assert fill(book, "学生", "B5") == RED
    assert fill(book, "班级", "C6") == RED
    assert fill(book, "学校概况", "D9") == AMBER
    # One red and one amber are enough, whatever the cells looked like before.
    assert fill(book, "学生", "C5") == fill(opened(bad), "学生", "C5")


def test_a_comment_says_what_is_wrong_and_what_to_do(marked):
    book = opened(marked)
    assert book["学生"]["B5"].comment.text == (
        "【校验】逻辑校验（必须改正）\n"
        "二年级·在校生数填了“四十”，是中文数字；要求：不小于 0 的整数。请用阿拉伯数字填写；是不是 40？"
    )
    assert book["学校概况"]["D9"].comment.text.startswith(
        "【校验】经验校验（请改正，或者说明原因）\n"
    )


def test_several_complaints_on_one_cell_stand_in_one_comment(marked):
    text = opened(marked)["班级"]["C6"].comment.text
    assert text.startswith("【校验】1. 逻辑校验（必须改正）\n3（1）班·学生数填了“-3”；")
    assert "\n2. 逻辑校验（必须改正）\n三年级：" in text


def test_the_last_column_says_it_once_more(marked, bad, small):
    book, before = opened(marked), opened(bad)
    column = before["学生"].max_column + 1
    sheet = book["学生"]
    assert sheet.max_column == column
    assert sheet.cell(1, column).value == "错误原因"
    assert sheet.cell(5, column).value == (
        "【逻辑校验】B5：二年级·在校生数填了“四十”，是中文数字。请用阿拉伯数字填写；是不是 40？"
    )
    assert sheet.cell(6, column).value is None
    # A sheet written downwards has it too, beside the item.
    record = book["学校概况"]
    last = before["学校概况"].max_column + 1
    assert record.cell(1, last).value == "错误原因"
    assert record.cell(9, last).value.startswith("【经验校验】D9：校舍建筑面积填了“9000000”")


def test_the_first_sheet_lists_everything_with_links(marked, bad, small):
    sheet = opened(marked).worksheets[0]
    found = complaints(bad, small)
    assert sheet.title == "校验结果"
    assert sheet["A1"].value == "校验结果：a.xlsx"
    assert sheet["A2"].value == (
        f"逻辑校验 {sum(i.severity is Severity.MUST_FIX for i in found)} 条（红色）必须改正　"
        "经验校验 1 条（黄色）请改正，或者说明原因"
    )
    lines = {
        (row[2].value, row[3].value): row
        for row in sheet.iter_rows(min_row=5)
        if row[0].value is not None
    }
    assert len(list(sheet.iter_rows(min_row=5))) >= len(found)
    assert {("学生", "C4"), ("学生", "B5"), ("班级", "C6"), ("学校概况", "D9")} <= set(lines)
    assert lines["学生", "C4"][3].hyperlink.location == "'学生'!C4"
    assert lines["学生", "B5"][4].value == "二年级·在校生数填了“四十”，是中文数字"
    assert sheet.column_dimensions["J"].hidden


def test_the_list_is_opened_first_and_alone(marked):
    book = opened(marked)
    assert book.active.title == "校验结果"
    # Of two selected sheets, what is typed goes into both.
    assert [ws.title for ws in book if ws.sheet_view.tabSelected] == ["校验结果"]


def test_a_chart_that_was_open_is_no_longer_selected(good):
    book = opened(good)
    chart = book.create_chartsheet("图")
    chart.add_chart(BarChart())
    book.active = chart
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = False
    marked = mark(saved(book), [issue("学生", "C4")])
    xml = b"".join(
        content for name, content in parts(marked).items() if "chartsheets/sheet" in name
    )
    assert b'tabSelected="1"' not in xml
    clean = opened(mark(marked, []))
    assert clean.active.title == "图"


def test_a_remark_is_listed_but_leaves_its_cell_alone(good):
    book = opened(mark(good, [issue("学生", "C4", Severity.NOTE)], file="a.xlsx"))
    assert fill(book, "学生", "C4") is None
    assert book["学生"]["C4"].comment is None
    assert book.worksheets[0]["B5"].value == "提示"


def test_red_wins_over_amber(good):
    both = [issue("学生", "C4", Severity.EXPLAIN), issue("学生", "C4")]
    assert fill(opened(mark(good, both)), "学生", "C4") == RED


def test_a_complaint_about_a_sheet_that_is_not_there_is_listed_without_a_link(good):
    sheet = opened(mark(good, [issue("没有的表", "")]))["校验结果"]
    assert (sheet["C5"].value, sheet["D5"].value) == ("没有的表", None)
    assert sheet["D5"].hyperlink is None


def test_a_complaint_about_a_whole_sheet_links_to_its_beginning(good):
    sheet = opened(mark(good, [issue("班级", "")]))["校验结果"]
    assert (sheet["D5"].value, sheet["D5"].hyperlink.location) == ("打开", "'班级'!A1")


def test_cells_and_rows_that_were_never_written_can_be_marked(good):
    far = [issue("学生", "AB40"), issue("学生", "C4"), issue("班级", "B2000")]
    book = opened(mark(good, far))
    assert fill(book, "学生", "AB40").startswith("FFFF909")
    assert fill(book, "班级", "B2000").startswith("FFFF909")
    assert mark(mark(good, far), far) == mark(good, far)


# ── nothing else changes ────────────────────────────────────────────────────


def test_all_other_parts_stay_byte_for_byte(good):
    before, after = parts(good), parts(mark(good, [issue("学生", "C4")]))
    changed = {name for name, content in before.items() if after[name] != content}
    book = opened(good)
    number = book.sheetnames.index("学生") + 1
    # The sheet that was open is no longer selected, and says so.
    assert changed == TOUCHED | {f"xl/worksheets/sheet{number}.xml", "xl/worksheets/sheet1.xml"}
    sheet = f"xl/worksheets/sheet{number}.xml"
    old = re.findall(rb"<dataValidation .*?</dataValidation>", before[sheet])
    assert old
    assert re.findall(rb"<dataValidation .*?</dataValidation>", after[sheet]) == old


def test_names_with_a_range_of_their_own_sheet_stay_with_it(good):
    before, after = opened(good), opened(mark(good, [issue("学生", "C4")]))
    for sheet in before:
        assert after[sheet.title].print_title_rows == sheet.print_title_rows
        assert after[sheet.title].sheet_state == sheet.sheet_state
        assert after[sheet.title].freeze_panes == sheet.freeze_panes
    assert set(after.defined_names) == set(before.defined_names)


def test_values_formulas_and_looks_stay(good):
    book = opened(good)
    sheet = book["班级"]
    sheet["F9"] = "=SUM(C4:C12)"
    sheet["F10"] = 7
    sheet["F10"].fill = PatternFill("solid", fgColor="FF00FF00")
    sheet.conditional_formatting.add(
        "C4:C12", CellIsRule(operator="greaterThan", formula=["50"], fill=PatternFill("solid"))
    )
    sheet.merge_cells("F11:G11")
    given = saved(book)
    before, after = opened(given), opened(mark(given, [issue("班级", "F10"), issue("班级", "C4")]))
    for old in before:
        new = after[old.title]
        for row in old.iter_rows():
            for cell in row:
                if old.title == "班级" and cell.column == 8:
                    continue  # the reasons: F and G are taken
                assert new[cell.coordinate].value == cell.value
                for look in ("font", "border", "alignment", "number_format", "protection"):
                    same = getattr(new[cell.coordinate], look)
                    assert repr(same) == repr(getattr(cell, look))
        assert new.merged_cells.ranges == old.merged_cells.ranges
    assert len(after["班级"].conditional_formatting) == 1


def test_the_result_of_a_formula_is_kept(edit, small):
    """A library that reads and writes formulas drops their results, and we would refuse the copy."""
    sheet = parts(edit())["xl/worksheets/sheet3.xml"]
    cell = re.search(rb'<c r="B4"[^>]*>.*?</c>', sheet)[0]
    formula = re.sub(rb"<v>41</v>", b"<f>40+1</f><v>41</v>", cell)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts(edit()).items():
            archive.writestr(name, content.replace(cell, formula) if "sheet3" in name else content)
    data = target.getvalue()
    assert formula != cell
    marked = mark(data, [issue("学生", "B4")])
    assert b"<f>40+1</f><v>41</v>" in parts(marked)["xl/worksheets/sheet3.xml"]
    assert values(marked, small) == values(data, small)


def test_somebody_elses_comment_stays(good):
    book = opened(good)
    book["学生"]["C4"].comment = Comment("校长说过要复核", "校长（虚构）")
    book["学生"]["D4"].comment = Comment("与招生办一致", "校长（虚构）")
    given = saved(book)
    found = [issue("学生", "C4"), issue("学生", "B5")]
    marked = mark(given, found)
    after = opened(marked)["学生"]
    assert after["C4"].comment.text.startswith("校长说过要复核\n\n【校验】逻辑校验")
    assert after["D4"].comment.text == "与招生办一致"
    assert after["B5"].comment.text.startswith("【校验】")
    assert mark(marked, found) == marked
    clean = opened(mark(marked, []))["学生"]
    assert clean["C4"].comment.text == "校长说过要复核"
    assert clean["D4"].comment.text == "与招生办一致"
    assert clean["B5"].comment is None


def test_what_a_user_wrote_never_becomes_a_formula(good):
    said = '=HYPERLINK("http://x")'
    found = [replace(issue("学生", "C4"), saw=said, required="+1", do="-1", citation="@a")]
    found.append(replace(found[0], sheet="=1", cell=""))
    marked = mark(good, found, file="=cmd.xlsx")
    before = sum(content.count(b"<f>") for content in parts(good).values())
    assert sum(content.count(b"<f>") for content in parts(marked).values()) == before
    row = opened(marked)["校验结果"][5]
    assert [cell.data_type for cell in row[4:8]] == ["s"] * 4
    assert row[4].value == said


def test_characters_no_workbook_can_hold_do_no_harm(good):
    found = [issue("学生", "C4", saw='a<b>&"\x00\x0b_x0041_￾'), issue("学生", "B5", saw="\n")]
    book = opened(mark(good, found))
    assert book["校验结果"]["E5"].value == 'a<b>&"□□_x005F_x0041_□'  # as Excel escapes it
    assert 'a<b>&"□□' in book["学生"]["C4"].comment.text


# ── marks vanish ────────────────────────────────────────────────────────────


def test_marking_again_changes_nothing(marked, bad, small):
    found = complaints(marked, small)
    assert [(i.sheet, i.cell, i.saw) for i in found] == [
        (i.sheet, i.cell, i.saw) for i in complaints(bad, small)
    ]
    assert mark(marked, found, file="a.xlsx") == marked


def test_the_marked_workbook_is_the_same_return(marked, bad, small):
    assert values(marked, small) == values(bad, small)
    assert [i.code for i in complaints(marked, small)] == [i.code for i in complaints(bad, small)]


def test_taking_all_marks_off_gives_the_workbook_back(good):
    found = [issue("学生", "C4"), issue("学校概况", "D3", Severity.EXPLAIN), issue("班级", "A30")]
    clean = parts(mark(mark(good, found), []))
    before = parts(good)
    assert list(clean) == list(before)
    for name in before:
        if name != "xl/styles.xml":  # styles are only added to
            assert without_hints(clean[name]) == without_hints(before[name]), name


def test_a_workbook_without_complaints_and_marks_is_given_back_itself(good):
    assert mark(good, []) == good
    assert not is_marked(good)


def test_mended_cells_lose_their_marks_and_the_rest_keep_theirs(marked, small):
    book = opened(marked)  # as a clerk: mend one cell, save with another program
    book["学生"]["B5"] = 42
    mended = saved(book)
    assert is_marked(mended)
    again = opened(mark(mended, complaints(mended, small), file="a.xlsx"))
    assert fill(again, "学生", "B5") is None
    assert again["学生"]["B5"].comment is None
    assert fill(again, "学生", "C4") == RED
    assert again.sheetnames.count("校验结果") == 1
    assert sum(cell.value == "错误原因" for cell in again["学生"][1]) == 1


def test_when_everything_is_mended_nothing_is_left(marked, good, small):
    book = opened(marked)
    for sheet, cell, value in (
        ("学生", "C4", 20),
        ("学生", "B5", 42),
        ("班级", "C6", 43),
        ("学校概况", "D9", 5200.5),
    ):
        book[sheet][cell] = value
    mended = saved(book)
    assert complaints(mended, small) == []
    clean = opened(mark(mended, []))
    before = opened(good)
    assert clean.sheetnames == before.sheetnames
    for sheet in before:
        for row in clean[sheet.title].iter_rows():
            for cell in row:
                assert cell.comment is None
                assert cell.fill.fgColor.rgb == sheet[cell.coordinate].fill.fgColor.rgb
                assert cell.value == (sheet[cell.coordinate].value or None)


def test_a_cells_own_colour_comes_back(good):
    book = opened(good)
    green = PatternFill("solid", fgColor="FF00B050")
    stripes = PatternFill("lightUp", fgColor="FF123456")
    book["学生"]["C4"].fill = green
    book["学生"]["C5"].fill = stripes
    given = saved(book)
    found = [issue("学生", cell) for cell in ("C4", "C5", "C6")]
    marked = mark(given, found)
    # Each red says what it covers; to the eye they are one.
    reds = {fill(opened(marked), "学生", cell) for cell in ("C4", "C5", "C6")}
    assert len(reds) == 3
    assert all(red.startswith("FFFF909") for red in reds)
    for data in (marked, saved(opened(marked))):
        clean = opened(mark(data, []))["学生"]
        assert clean["C4"].fill.fgColor.rgb == "FF00B050"
        assert clean["C5"].fill.fill_type == "lightUp"
        assert clean["C6"].fill.fill_type is None


def test_marks_move_with_rows_that_are_inserted(marked, good, small):
    book = opened(marked)
    book["学生"].insert_rows(1)
    moved = saved(book)
    clean = opened(mark(moved, []))["学生"]
    assert {cell.fill.fgColor.rgb for row in clean.iter_rows() for cell in row}.isdisjoint(
        {RED, AMBER}
    )


def test_without_the_list_the_colours_still_go(marked):
    book = opened(marked)
    del book["校验结果"]
    clean = opened(mark(saved(book), []))
    assert fill(clean, "学生", "C4") is None
    assert clean["学生"]["C4"].comment is None


def test_a_sheet_of_the_clerks_own_called_so_is_not_taken_for_ours(good):
    book = opened(good)
    book.create_sheet("校验结果")["A1"] = "自己记的"
    given = saved(book)
    found = [issue("学生", "C4")]
    marked = mark(given, found)
    assert opened(marked).sheetnames[0] == "校验结果（2）"
    assert opened(marked)["校验结果"]["A1"].value == "自己记的"
    assert mark(marked, found) == marked
    assert opened(mark(marked, [])).sheetnames == book.sheetnames


# ── other programs ──────────────────────────────────────────────────────────


def resaved(data, soffice, folder):
    (folder / "a.xlsx").write_bytes(data)
    subprocess.run(
        [
            soffice,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            folder / "out",
            folder / "a.xlsx",
        ],
        check=True,
        capture_output=True,
    )
    return (folder / "out" / "a.xlsx").read_bytes()


def test_libreoffice_opens_it_and_its_copy_is_cleaned_as_well(
    marked, bad, small, soffice, tmp_path
):
    theirs = resaved(marked, soffice, tmp_path)
    book = opened(theirs)
    assert book.sheetnames[0] == "校验结果"
    assert fill(book, "学生", "C4") == RED
    assert book["学生"]["C4"].comment.text.startswith("【校验】")
    assert book["校验结果"]["D5"].hyperlink is not None
    before, after = values(bad, small), values(theirs, small)
    assert {n: [r.cells for r in rows] for n, rows in after.items()} == {
        n: [r.cells for r in rows] for n, rows in before.items()
    }
    clean = opened(mark(theirs, []))
    assert clean.sheetnames == opened(bad).sheetnames
    for sheet in clean:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.comment is None
                rgb = cell.fill.fgColor.rgb
                assert not (
                    isinstance(rgb, str) and rgb.startswith(("FFFF909", "FFFFD06", "FFFDF0E"))
                )
    assert clean["学生"].max_column == opened(bad)["学生"].max_column


REAL = (
    "balance_forms_shenyang.xlsx",
    "chengdu_senior_schools_2023.xlsx",
    "chengdu_zhongkao_scores_2024.xlsx",
    "malaysia_schools_2015.xlsx",
)


@pytest.mark.parametrize("name", REAL)
def test_real_files_lose_nothing(name, shared_dir):
    """Pictures, charts, drop-downs in extensions, printer settings: all that a library drops."""
    data = (shared_dir / "data" / name).read_bytes()
    before = parts(data)
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    found = [
        issue(tab, cell, severity)
        for tab in book.sheetnames
        for cell, severity in (("B3", Severity.MUST_FIX), ("C7", Severity.EXPLAIN), ("AA20", Severity.NOTE))
    ]  # fmt: skip
    marked = mark(data, found, file=name)
    after = parts(marked)
    changed = {part for part, content in before.items() if after.get(part) != content}
    assert all(
        part in TOUCHED or re.fullmatch(r"xl/worksheets/(_rels/)?sheet\d+\.xml(\.rels)?", part)
        for part in changed
    )
    for part in changed:
        if part.startswith("xl/worksheets/sheet"):
            for tag in (b"<f>", b"<v>", b"<mergeCell ", b"<extLst>", b"<drawing ", b"<pageSetup "):
                assert after[part].count(tag) == before[part].count(tag), (part, tag)
    assert mark(marked, found, file=name) == marked
    clean = parts(mark(marked, []))
    assert list(clean) == list(before)
    for part in before:
        if part != "xl/styles.xml":
            same = without_hints(clean[part]).replace(b"<sheetData></sheetData>", b"<sheetData/>")
            assert same == without_hints(before[part]), part


def test_a_csv_comes_back_as_a_workbook_with_its_texts(small):
    lines = "年级,在校生数\n一年级,=1+1\n二年级,０４２\n"
    for data in (lines.encode("gb18030"), lines.encode("utf-8-sig")):
        book = opened(mark(data, [issue("", "B2"), issue("学生", "B3")], file="学生.csv"))
        # The text has no name of its own: it takes that of the sheet it was found to be.
        sheet = book["学生"]
        assert sheet["B2"].value == "=1+1"
        assert sheet["B2"].data_type == "s"
        assert sheet["B2"].quotePrefix
        assert sheet["B3"].value == "０４２"
        assert fill(book, "学生", "B3") == RED
    assert opened(mark(data, [issue("", "")], file="学生.csv")).sheetnames == ["校验结果", "数据"]


def test_an_old_workbook_comes_back_as_a_new_one(good, small, soffice, tmp_path):
    (tmp_path / "a.xlsx").write_bytes(good)
    subprocess.run(
        [soffice, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", "xls", "--outdir", tmp_path, tmp_path / "a.xlsx"],
        check=True, capture_output=True,
    )  # fmt: skip
    old = (tmp_path / "a.xls").read_bytes()
    marked = mark(old, [issue("学生", "C4")], file="a.xls")
    book = opened(marked)
    assert fill(book, "学生", "C4") == RED
    assert book["学生"]["B4"].value == 41
    assert book["_codes"].sheet_state == "hidden"
    before, _ = read_workbook(old, "a.xls", small.shelf)
    after, issues = read_workbook(marked, "a_校验.xlsx", small.shelf)
    assert issues == []
    assert after.tables == before.tables


@pytest.mark.parametrize(
    "data",
    [b"", b"PK", b"PK\x03\x04" + b"x" * 100, b"%PDF-1.4", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"],
)
def test_of_a_file_nobody_can_read_there_is_still_the_list(data):
    found = [replace(issue("", ""), saw="文件已损坏")]
    book = opened(mark(data, found, file="坏.xlsx"))
    assert book["校验结果"]["E5"].value == "文件已损坏"
    assert book.sheetnames == ["校验结果", "原文件未改动"]


def test_marked_copies_have_their_own_name():
    assert marked_name("某校.xlsx") == "某校_校验.xlsx"
    assert marked_name("某校_校验.xlsx") == "某校_校验.xlsx"
    assert marked_name("没有后缀") == "没有后缀_校验.xlsx"


def test_every_real_template_can_be_marked_all_over(real):
    for form in real.places:
        place = real.places[form][0]
        blank = write_workbook(real.shelf.forms[form], place, real.period, real.shelf.codes)
        returned, _ = read_workbook(blank, "a.xlsx", real.shelf)
        found = check_return(returned, real.shelf, place, real.period)
        marked = mark(blank, found)
        again, issues = read_workbook(marked, "a.xlsx", real.shelf)
        assert issues == []
        assert again.tables == returned.tables
        assert mark(marked, found) == marked


def test_what_follows_from_one_mistake_is_marked_by_it(good, small):
    """The cause is listed with its number; each cell keeps its colour and points to the cause."""
    head = Issue(
        code="R-EXCHANGED", severity=Severity.NOTE, sheet="学生", cell="B4",
        saw="B列与C列像是对调了", do="请对调过来", cause_of="one",
    )  # fmt: skip
    follow = [
        Issue(
            code="girls", severity=Severity.MUST_FIX, sheet="学生", cell=f"C{row}",
            saw="女生数大于在校生数", do="请核对", cause="one",
        )
        for row in (4, 5, 5)
    ]  # fmt: skip
    follow[0] = replace(follow[0], cell="B4")
    issues = [head, *follow]
    book = opened(mark(good, issues, file="a.xlsx"))
    listed = [row[4].value for row in book.worksheets[0].iter_rows(min_row=5) if row[0].value]
    assert listed == ["B列与C列像是对调了；由它引起的 3 条问题没有逐条列出"]
    sheet = book["学生"]
    assert sheet["C5"].fill.fgColor.rgb == sheet["B4"].fill.fgColor.rgb == "FFFF9090"
    assert sheet["C5"].comment.text.count("多半由〔学生〕B4的问题引起：B列与C列像是对调了。") == 1
    assert "多半由" not in sheet["B4"].comment.text
    every = opened(mark(good, issues, file="a.xlsx", every=True))
    assert len([row for row in every.worksheets[0].iter_rows(min_row=5) if row[0].value]) == 4
    assert "女生数大于在校生数" in every["学生"]["C5"].comment.text
