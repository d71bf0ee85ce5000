"""The sheet on which a clerk explains what is unusual: what stands there is never lost or mistaken."""

from __future__ import annotations

import io
import subprocess
import zipfile

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.records.brought import Said
from xianxue.bureau.returns.checking.explanations import with_said
from xianxue.bureau.returns.marking.mark import mark
from xianxue.bureau.returns.reading.workbook import read_workbook
from xianxue.bureau.values.record import replace

TAB = "经验校验说明"
AREA = Issue(
    code="area_change",
    severity=Severity.EXPLAIN,
    file="a.xlsx",
    sheet="学校概况",
    cell="D9",
    saw="校舍建筑面积：上年 100 平方米，今年 50 平方米",
    do="请核对",
    about="about.area",
    value="50",
)
GIRLS = replace(AREA, code="girls", sheet="学生", cell="C4", about="pupils.G1.girls", value="7")
MUST = Issue(
    code="R-TYPE", severity=Severity.MUST_FIX, file="a.xlsx", sheet="学生", cell="C5", saw=""
)
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="\ufffe\uffff"),
    min_size=1,
    max_size=30,
)


def written(data, texts, tab=TAB):
    """The workbook with texts put into the column for explanations, from the first line on."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for line, text in enumerate(texts, 4):
        cell = book[tab].cell(line, 6)
        cell.value = text
        # What a clerk writes after an apostrophe is a text, whatever it begins with.
        cell.data_type = "s"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def said(data, small):
    returned, issues = read_workbook(data, "a.xlsx", small.shelf)
    assert issues == []
    return returned.brought.said if returned.brought is not None else ()


def lines(data):
    book = openpyxl.load_workbook(io.BytesIO(data))
    return [[cell.value for cell in row] for row in book[TAB].iter_rows(min_row=4, max_col=8)]


def test_each_finding_that_may_be_explained_has_a_line(small, good):
    marked = mark(good, [MUST, AREA, GIRLS], file="a.xlsx")
    assert [line[1:3] for line in lines(marked)] == [["学校概况", "D9"], ["学生", "C4"]]
    assert said(marked, small) == ()
    sheets = openpyxl.load_workbook(io.BytesIO(marked)).sheetnames
    assert sheets[:2] == ["校验结果", TAB]


def test_where_nothing_is_to_be_explained_there_is_no_such_sheet(good):
    marked = mark(good, [MUST], file="a.xlsx")
    assert TAB not in openpyxl.load_workbook(io.BytesIO(marked)).sheetnames


@settings(max_examples=25)
@given(texts=st.tuples(TEXTS, TEXTS))
def test_what_is_written_comes_in_and_stays_when_marked_again(small, good, texts):
    filled = written(mark(good, [AREA, GIRLS], file="a.xlsx"), texts)
    expected = tuple(
        Said(issue.code, issue.about, issue.value, text)
        for issue, text in zip((AREA, GIRLS), texts, strict=True)
    )
    assert said(filled, small) == expected
    again = mark(filled, with_said([AREA, GIRLS], expected), file="a.xlsx")
    assert said(again, small) == expected
    # A text stays a text: no formula is made of what begins like one.
    book = openpyxl.load_workbook(io.BytesIO(again))
    assert {book[TAB].cell(line, 6).data_type for line in (4, 5)} == {"s"}


def test_what_is_explained_is_a_remark_and_another_value_is_not():
    answer = Said("area_change", "about.area", "50.0", "南楼停用")
    (same,) = with_said([AREA], [answer])
    assert (same.severity, same.do) == (Severity.NOTE, "已在“经验校验说明”表说明：南楼停用")
    other = replace(AREA, value="49")
    assert with_said([other], [answer]) == [other]
    assert with_said([replace(MUST, about="about.area")], [answer])[0].severity is Severity.MUST_FIX
    # Without knowing what it is about nothing is explained.
    assert with_said([replace(AREA, about="")], [replace(answer, about="")])[0] == replace(
        AREA, about=""
    )


def test_of_another_value_it_is_shown_beside(good):
    filled = written(mark(good, [AREA], file="a.xlsx"), ["南楼停用"])
    (line,) = lines(mark(filled, [replace(AREA, value="49")], file="a.xlsx"))
    assert (line[5], line[6]) == (None, "南楼停用（原来是 50）")


def test_lines_may_be_put_in_and_taken_out(small, good):
    filled = written(mark(good, [AREA, GIRLS], file="a.xlsx"), ["南楼停用", "转入"])
    book = openpyxl.load_workbook(io.BytesIO(filled))
    book[TAB].insert_rows(5)
    book[TAB]["F5"] = "随手写的"
    book[TAB].delete_rows(4)
    book[TAB].title = f"{TAB}（已填）"
    target = io.BytesIO()
    book.save(target)
    assert said(target.getvalue(), small) == (Said("girls", "pupils.G1.girls", "7", "转入"),)


def test_when_all_is_mended_the_sheet_goes_and_the_workbook_is_the_clerks_own(good):
    clean = parts(mark(mark(good, [AREA], file="a.xlsx"), []))
    assert list(clean) == list(parts(good))
    # Styles are only added to, and a row that had a reason lets go of its hint.
    for name in set(clean) - {"xl/styles.xml", "xl/worksheets/sheet2.xml"}:
        assert clean[name] == parts(good)[name], name


def test_it_goes_even_where_the_list_was_deleted(good):
    book = openpyxl.load_workbook(io.BytesIO(mark(good, [AREA], file="a.xlsx")))
    del book["校验结果"]
    target = io.BytesIO()
    book.save(target)
    clean = mark(target.getvalue(), [])
    assert TAB not in openpyxl.load_workbook(io.BytesIO(clean)).sheetnames


def test_it_comes_through_another_program(small, good, soffice, tmp_path):
    filled = written(mark(good, [AREA, GIRLS], file="a.xlsx"), ["南楼停用", "=转入"])
    (tmp_path / "a.xlsx").write_bytes(filled)
    home = f"-env:UserInstallation={tmp_path.as_uri()}/profile"
    where = ["--outdir", tmp_path / "out", tmp_path / "a.xlsx"]
    subprocess.run(
        [soffice, home, "--headless", "--convert-to", "xlsx", *where],
        check=True,
        capture_output=True,
    )
    theirs = (tmp_path / "out" / "a.xlsx").read_bytes()
    assert [each.text for each in said(theirs, small)] == ["南楼停用", "=转入"]
