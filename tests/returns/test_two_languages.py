"""English beside Chinese in a workbook: it is read alike, and nothing else in it changes."""

import io

import openpyxl
import pytest

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.returns.marking.mark import mark
from xianxue.bureau.returns.marking.remarks import told_twice
from xianxue.bureau.returns.reading.workbook import read_workbook
from xianxue.bureau.returns.sheets.two_languages import OwnTexts
from xianxue.bureau.returns.template.workbook import write_workbook
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.languages.words import words_of

ENGLISH = words_of("en")


@pytest.fixture(scope="module")
def both(small):
    """A filled workbook of a nine-year school in Chinese alone, and in two languages."""
    made = (small.form, small.nine_year, small.period, small.codes, small.filled)
    return write_workbook(*made), write_workbook(*made, words=ENGLISH)


def saved(data, change):
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_english_stands_below_what_to_enter_and_nowhere_else(both):
    own, two = (openpyxl.load_workbook(io.BytesIO(data)) for data in both)
    changed = {
        (sheet.title, cell.coordinate)
        for sheet in own
        for row in sheet.iter_rows()
        for cell in row
        if cell.value != two[sheet.title][cell.coordinate].value
    }

    assert two["班级"]["C2"].value == (
        "填整数\n必填 · 单位：人\n— 学生数: enter a whole number\nmust be filled in · unit: people"
    )
    assert {where for where in changed if where[0] == "班级"} == {
        ("班级", "A2"), ("班级", "B2"), ("班级", "C2"),
    }  # fmt: skip
    assert ("学校概况", "B9") in changed
    assert not any(where[0] == "学校概况" and where[1][0] != "B" for where in changed)
    assert not any(where[0].startswith("_") for where in changed)


def test_the_rules_page_is_in_both(both):
    page = openpyxl.load_workbook(io.BytesIO(both[1]))["说明"]
    texts = [cell.value for cell in page["B"] if cell.value]

    assert any(
        text.startswith("确实是零就填 0；") and "\n— Enter 0 where it really is zero;" in text
        for text in texts
    )


def test_both_are_read_alike(both, small):
    (own, nothing), (two, none) = (read_workbook(data, "a.xlsx", small.shelf) for data in both)

    assert own.tables == two.tables
    assert nothing == none == []


@pytest.mark.parametrize("tab", ["班级", "学生", "学校概况"])
def test_both_are_read_alike_where_something_was_moved(both, small, tab):
    """An inserted line above makes the reader look for everything by what it says."""

    def push(book):
        book[tab].insert_rows(1)
        book[tab]["A1"] = "2025年"

    (own, said), (two, also) = (
        read_workbook(saved(data, push), "a.xlsx", small.shelf) for data in both
    )

    assert [row.cells for rows in own.tables.values() for row in rows] == [
        row.cells for rows in two.tables.values() for row in rows
    ]
    assert [issue.code for issue in said] == [issue.code for issue in also]


def test_what_a_clerk_adds_is_none_of_our_texts():
    """Only what begins with our sign passes as English of ours."""
    ours = OwnTexts(["填整数必填"])

    assert "填整数必填" in ours
    assert "填整数必填—pupils:enter" in ours
    assert "填整数必填三班另报" not in ours
    assert "—填整数必填" not in ours
    assert "填整数—必填" not in ours


def test_a_mark_tells_its_complaint_twice(both):
    complaint = Issue(
        code="R-X", severity=Severity.MUST_FIX, file="a.xlsx", sheet="班级", cell="C4",
        saw=say("没有发现问题。"), required=say("填整数"), do=say("从下拉列表中选"),
    )  # fmt: skip
    twice = told_twice(complaint, ENGLISH)
    sheet = openpyxl.load_workbook(io.BytesIO(mark(both[0], [twice], file="a.xlsx")))["班级"]
    comment, last = sheet["C4"].comment.text, [cell.value for cell in sheet[4] if cell.value][-1]

    assert "从下拉列表中选。\n— No problems found" in comment
    assert "required: enter a whole number. Choose from the list." in comment
    assert last == "【逻辑校验】C4：没有发现问题。。从下拉列表中选。"
    assert told_twice(complaint, {}) is complaint
