"""What is remembered from other workbooks never stands in for what a workbook itself says."""

import zipfile
from io import BytesIO

import pytest

from xianxue.bureau.documents.zips import InflateError, inflate
from xianxue.bureau.returns.files.guard import LARGEST_PART, unpack
from xianxue.bureau.returns.reading.workbook import read_workbook
from xianxue.bureau.values.missing import Missing

NOT_READ = Missing.NOT_ANSWERED


def one(raw):
    def change(book):
        book["学生"]["B4"] = raw

    return change


def test_a_yes_is_not_taken_for_the_one_that_stood_there_before(small, edit):
    found = []
    for raw in (1, True, 1, "1", 0, False, "", 0):
        returned, _ = read_workbook(edit(one(raw)), "x.xlsx", small.shelf)
        found.append(returned.tables["pupils"][0].cells["enrolled"])
    values = [(cell.value, cell.written) for cell in found]
    blank = (NOT_READ, "")
    assert values == [
        *((1, "1"), (NOT_READ, "TRUE"), (1, "1"), (1, "1")),
        *((0, "0"), (NOT_READ, "FALSE"), blank, (0, "0")),
    ]
    assert {cell.address for cell in found} == {"B4"}


def test_lines_read_again_and_again_are_the_same(small, good):
    first, issues = read_workbook(good, "x.xlsx", small.shelf)
    for _ in range(3):
        again, said = read_workbook(good, "x.xlsx", small.shelf)
        assert (again, said) == (first, issues)


def zipped(content):
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("part.xml", content)
    data = made.getvalue()
    return data, zipfile.ZipFile(BytesIO(data)).infolist()[0]


def test_an_entry_that_declares_what_another_was_is_unpacked_itself():
    data, entry = zipped(b"one" * 100)
    assert inflate(data, entry, LARGEST_PART) == b"one" * 100
    # The same name, size and checksum declared; other bytes.
    liar, lies = zipped(b"two" * 100)
    lies.CRC = entry.CRC
    assert inflate(liar, lies, LARGEST_PART) == b"two" * 100
    assert inflate(data, entry, LARGEST_PART) == b"one" * 100


def test_an_entry_that_lies_is_refused_each_time():
    data, entry = zipped(b"one" * 100)
    entry.file_size -= 1
    for _ in range(2):
        with pytest.raises(InflateError):
            inflate(data, entry, LARGEST_PART)


@pytest.mark.parametrize("colons", [0, 10, 100_000])
@pytest.mark.parametrize("prefixed", [False, True])
def test_formulas_with_a_prefix_are_seen_among_any_number_of_colons(repack, colons, prefixed):
    cell = b"<x:f>1</x:f>" if prefixed else b"<x:v>1</x:v>"
    sheet = b"<sheetData>" + b"a:b " * colons + cell + b"</sheetData>"
    package = unpack(repack({"xl/worksheets/sheet3.xml": sheet}))
    assert package.grave is prefixed
