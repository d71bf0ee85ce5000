"""What a user wrote is a text in everything that goes out, whatever sign it begins with."""

import csv
import io
import re
import zipfile

import openpyxl
import pytest

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.places.place import Place
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.returns.checking.check import check_return
from xianxue.bureau.returns.marking.mark import mark
from xianxue.bureau.returns.reading.workbook import read_workbook
from xianxue.bureau.returns.sheets.own_marks import REVIEW
from xianxue.bureau.returns.template.prefill import Note, Prefill
from xianxue.bureau.returns.template.workbook import write_workbook
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import replace
from xianxue.desk.returns.mapping.workbooks import _as_csv

MARK = "某人所写"
"""Stands in every such text, so that it is found wherever it went."""
SIGNS = ("=", "+", "-", "@", "\t=", "\r=", "{=", '=HYPERLINK("http://x"),', "https://x/")
FORMULA = re.compile(rb"<(?:\w+:)?f(?:\s[^>]*)?>([^<]*)<")
LINK = re.compile(rb"<(?:\w+:)?hyperlink\s")


def evil(sign: str) -> str:
    return f"{sign}1+1*cmd|' /C calc'!A0 {MARK}"


def harmless(data: bytes) -> int:
    """Assert that no formula and no link speaks of what the user wrote; count where it stands."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            for found in FORMULA.findall(content):
                assert MARK.encode() not in found, name
                assert b"cmd" not in found, name
            if name.endswith(".rels"):
                assert b'TargetMode="External"' not in content, name
    book = openpyxl.load_workbook(io.BytesIO(data))
    count = 0
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and MARK in cell.value:
                    assert cell.data_type in {"s", "inlineStr"}, (sheet.title, cell.coordinate)
                    count += 1
    return count


def written_by(small, sign: str):
    """A return in whose every text stands what looks like a formula."""
    tables = {}
    for name, rows in small.filled.tables.items():
        form_sheet = small.form.sheet(name)
        texts = {field.field for field in form_sheet.fields if field.type == "text"}
        tables[name] = tuple(
            Row(
                row.code,
                {
                    field: Cell(evil(sign)) if field in texts else cell
                    for field, cell in row.cells.items()
                },
            )
            for row in rows
        )
    return replace(small.filled, tables=tables)


@pytest.fixture(params=SIGNS, ids=repr)
def sign(request):
    return request.param


def called(place: Place, name: str) -> Place:
    return replace(place, name=name)


def test_a_workbook_filled_with_values(small, sign):
    place = called(small.nine_year, evil(sign))
    data = write_workbook(small.form, place, small.period, small.codes, written_by(small, sign))
    assert harmless(data) > 10
    returned, _ = read_workbook(data, "x.xlsx", small.shelf)
    assert returned is not None
    assert MARK in str(returned.tables["about"][0].cells["name"].value)


def test_a_template_with_last_years_values(small, sign):
    following = Period.parse("2026-2027")
    prefill = Prefill(
        written_by(small, sign),
        township=evil(sign),
        notes=(Note("pupils.G1.entrants", evil(sign), evil(sign)),),
    )
    place = called(small.nine_year, evil(sign))
    data = write_workbook(
        small.form, place, following, small.codes, prefill=prefill, shelf=small.shelf
    )
    assert harmless(data) > 3


def typed(good: bytes, sign: str) -> bytes:
    """The good workbook into which a clerk typed it as text, where numbers and texts are asked."""
    book = openpyxl.load_workbook(io.BytesIO(good))
    for tab, address in (("学生", "B4"), ("学校概况", "D3"), ("学校概况", "D4"), ("班级", "B5")):
        book[tab][address].value = evil(sign)
        book[tab][address].data_type = "s"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize("voice", [None, REVIEW])
def test_a_marked_copy(small, good, sign, voice):
    data = typed(good, sign)
    returned, issues = read_workbook(data, evil(sign), small.shelf)
    found = [
        *issues,
        *check_return(
            returned, small.shelf, small.nine_year, small.period, register=small.register
        ),
        Issue(
            code=evil(sign), severity=Severity.EXPLAIN, saw=evil(sign), required=evil(sign),
            do=evil(sign), file=evil(sign), sheet="学生", cell="C5", citation=evil(sign),
        ),
    ]  # fmt: skip
    marked = mark(data, found, file=evil(sign), **({"voice": voice} if voice else {}))
    assert harmless(marked) > 4


def test_a_marked_copy_of_a_text(small, sign):
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["年级", "班级名称", "学生数"], ["一年级", evil(sign), evil(sign)]])
    data = out.getvalue().encode()
    found = [
        Issue(code="R-X", severity=Severity.MUST_FIX, saw=evil(sign), do=evil(sign), cell="B2")
    ]
    assert harmless(mark(data, found, file="班级.csv")) >= 3


def test_the_list_of_what_was_taken_from_where(sign):
    """A CSV has no types: a text that begins like a formula gets the sign for text before it."""
    text = _as_csv([[evil(sign), "-12.5", "普通"]])
    (_, line) = list(csv.reader(io.StringIO(text, newline="")))
    assert line[1:] == ["-12.5", "普通"]
    assert not line[0].startswith(("=", "+", "-", "@", "\t", "\r"))
    assert evil(sign).strip() in line[0]
