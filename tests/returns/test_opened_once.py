"""A workbook's bytes enter each room once: unpacked once, and each of its sheets parsed once."""

import zipfile
from collections import Counter

import pytest

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.returns.files import guard, opening, usual
from xianxue.bureau.returns.files.opening import open_book
from xianxue.bureau.returns.marking.mark import mark
from xianxue.bureau.returns.reading.workbook import read_workbook

FOUND = [
    Issue(
        code="C-X",
        severity=Severity.MUST_FIX,
        sheet="学生",
        cell="B4",
        saw="虚构的问题",
        do="请改正",
    )
]


@pytest.fixture
def opened(monkeypatch):
    """Count what is opened, parsed and read."""
    seen = Counter()

    def counted(home, name, key):
        real = getattr(home, name)

        def called(*handed):
            seen[key(*handed)] += 1
            return real(*handed)

        monkeypatch.setattr(home, name, called)

    counted(guard, "inflate", lambda _data, entry, _largest: f"unpacked {entry.filename}")
    counted(opening, "_opened", lambda _data: "parsed")
    counted(opening, "_cells", lambda _book, tab: f"read {tab}")
    counted(guard, "usual_sheet", lambda xml, _known: f"taken apart {hash(xml)}")
    counted(usual.UsualBook, "cells", lambda _book, tab: f"laid out {tab}")
    real = zipfile.ZipFile.__init__

    def listed(self, file, mode="r", *rest, **named):
        seen["listed"] += mode == "r"
        real(self, file, mode, *rest, **named)

    monkeypatch.setattr(zipfile.ZipFile, "__init__", listed)
    return seen


def test_reading_opens_a_workbook_once(small, good, opened):
    returned, _ = read_workbook(good, "虚构.xlsx", small.shelf)
    assert returned is not None
    assert opened["listed"] == opened["laid out 学生"] == 1
    # It is written as every program writes, so the library need not parse it again; only a sheet
    # that holds a day is the library's to understand.
    assert [key for key in opened if key.startswith("read")] == ["read 学校概况"]
    assert opened["parsed"] == 1
    assert max(opened.values()) == 1


def test_a_sheet_that_is_written_in_a_way_of_its_own_is_parsed_once(small, good, repack, opened):
    parts = open_book(good, "").package.parts
    sheets = [name for name in parts if name.startswith("xl/worksheets/sheet")]
    odd = repack({name: parts[name].replace(b"<v>", b"<v >") for name in sheets})
    opened.clear()
    returned, _ = read_workbook(odd, "虚构.xlsx", small.shelf)
    assert returned is not None
    assert opened["listed"] == opened["parsed"] == opened["read 学生"] == 1
    assert max(opened.values()) == 1


def test_reading_a_workbook_with_answers_reads_them_once(small, good, opened):
    explained = [Issue(code="E-X", severity=Severity.EXPLAIN, sheet="学生", cell="B4", saw="虚构")]
    marked = mark(good, explained, file="虚构.xlsx")
    opened.clear()
    read_workbook(marked, "虚构.xlsx", small.shelf)
    assert max(opened.values()) == 1


def test_marking_opens_a_workbook_once_and_parses_none_of_its_cells(good, opened):
    mark(good, FOUND, file="虚构.xlsx")
    assert opened["listed"] == 1
    assert opened["parsed"] == 0
    assert max(opened.values()) == 1


def test_marking_again_parses_only_what_a_check_wrote(good, opened):
    marked = mark(good, FOUND, file="虚构.xlsx")
    opened.clear()
    mark(marked, FOUND, file="虚构.xlsx")
    assert opened["listed"] == 1
    assert [key for key in opened if key.startswith("laid out")] == ["laid out 校验结果"]


def test_the_cells_of_a_tab_are_the_same_each_time(good):
    book = open_book(good, "虚构.xlsx")
    assert book.cells("学生") is book.cells("学生")


def test_a_file_nobody_can_open_is_given_back_where_there_is_nothing_to_say():
    data = b"\x00\x01 no workbook"
    assert mark(data, []) is data
