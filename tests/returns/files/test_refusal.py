"""Each way in which a file is not opened, word by word."""

from __future__ import annotations

import io
import zipfile

import pytest

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.returns.files import guard, refusal
from xianxue.bureau.returns.files.bounds import LARGEST_FILE, LARGEST_PART, LARGEST_TOTAL
from xianxue.bureau.returns.files.guard import ENCRYPTED, OLE, unpack
from xianxue.bureau.returns.files.opening import is_text_name, open_book
from xianxue.bureau.returns.files.refusal import RefusedError

SAVE_AS = "请在 WPS 或 Excel 中打开，用“另存为”存成 .xlsx 工作簿，再交上来"
RESAVE = "请在电脑上打开确认后重新保存，再交上来"
SHRINK = "请删除数据以外的空行、空列、图片和格式（选中后整行整列删除），保存后再交"
BOOK = {"xl/workbook.xml": b"<workbook/>"}


def said(error: RefusedError):
    return error.code, error.saw, error.required, error.do


def refused(data: bytes):
    with pytest.raises(RefusedError) as caught:
        unpack(data)
    return said(caught.value)


def zipped(parts, method=zipfile.ZIP_DEFLATED):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def open_document(kind):
    """A file as LibreOffice writes it: first, and unpacked, what it is."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        mime = f"application/vnd.oasis.opendocument.{kind}"
        archive.writestr(zipfile.ZipInfo("mimetype"), mime)
        archive.writestr("content.xml", "<office:document-content/>")
        archive.writestr("META-INF/manifest.xml", "<manifest:manifest/>")
    return target.getvalue()


# ── the parts of a refusal ──────────────────────────────────────────────────


def test_a_refusal_becomes_the_one_complaint_about_a_file():
    error = RefusedError("R-X", "看到", "要求", "怎样改", sheet="学生", cell="B4").of("small", "21")
    assert str(error) == "看到"
    assert error.issue("a.xlsx") == Issue(
        code="R-X",
        severity=Severity.MUST_FIX,
        file="a.xlsx",
        sheet="学生",
        cell="B4",
        place="21",
        form="small",
        saw="看到",
        required="要求",
        do="怎样改",
    )
    bare = RefusedError("R-X", "a", "b", "c").issue("a.xlsx")
    assert (bare.sheet, bare.cell, bare.place, bare.form) == ("", "", "", "")


def test_the_refusals_word_by_word():
    assert said(refusal.too_big("太大", 20 * 2**20)) == (
        "R-TOO-BIG",
        "太大",
        "不超过 20 MB",
        SHRINK,
    )
    assert said(refusal.too_big("太大")) == ("R-TOO-BIG", "太大", "内容集中在表格的前面", SHRINK)
    assert refusal.too_big("太大", sheet="学生").sheet == "学生"
    assert said(refusal.broken("断了")) == (
        "R-BROKEN",
        "文件已损坏：断了",
        "完整的 .xlsx 工作簿",
        RESAVE,
    )
    assert said(refusal.broken("断了", "完整的工作簿"))[2] == "完整的工作簿"
    do = "请打开后取消密码（文件→信息→保护工作簿→用密码进行加密，清空密码），保存后再交"
    saw = "文件加了打开密码，读不了"
    assert said(refusal.password()) == ("R-PASSWORD", saw, "不加密码的 .xlsx 工作簿", do)
    assert said(refusal.macro()) == ("R-MACRO", "文件里带有宏", "不带宏的 .xlsx 工作簿", SAVE_AS)
    assert said(refusal.macro("文件里带有宏表"))[1] == "文件里带有宏表"
    assert said(refusal.linked()) == (
        "R-EXTERNAL",
        "文件里有链接到别的工作簿的公式，数值可能不是最新的",
        "所有数字都在本工作簿内",
        "请用“数据→编辑链接→断开链接”把链接变成数值，保存后再交",
    )
    assert said(refusal.old_format("旧")) == ("R-XLS", "旧", ".xlsx 工作簿", SAVE_AS)
    assert said(refusal.not_a_workbook("不是")) == ("R-NOT-XLSX", "不是", ".xlsx 工作簿", SAVE_AS)


# ── what a file is instead of a workbook ────────────────────────────────────


@pytest.mark.parametrize(
    ("data", "saw"),
    [
        (b"<HTML>", "这是网页，只是改成了工作簿的文件名"),
        (b"\xef\xbb\xbf\r\n <!DOCTYPE html>", "这是网页，只是改成了工作簿的文件名"),
        (b"\t<table>", "这是网页，只是改成了工作簿的文件名"),
        (b"%PDF-1.7", "这是 PDF 文件，不是工作簿"),
        (b"<?xml version='1.0'?>", "这是 XML 文本，不是 .xlsx 工作簿"),
        ("学校,人数".encode(), "这不是工作簿，多半是文本文件改了文件名"),
        (zipped({"xl/workbook.bin": b""}), "这是二进制的 .xlsb 工作簿"),
        (zipped({"word/document.xml": b""}), "这是 Word 文档，不是工作簿"),
        (zipped({"readme.txt": b""}), "这是一个压缩包，里面没有工作簿"),
        (open_document("spreadsheet"), "这是 OpenDocument 表格（.ods），不是 .xlsx 工作簿"),
        (open_document("text"), "这是一个压缩包，里面没有工作簿"),
    ],
    ids=["html", "doctype", "table", "pdf", "xml", "text", "xlsb", "word", "zip", "ods", "odt"],
)
def test_what_a_file_is_instead(data, saw):
    assert refused(data) == ("R-NOT-XLSX", saw, ".xlsx 工作簿", SAVE_AS)


def test_an_empty_file():
    assert refused(b"") == (
        "R-EMPTY", "文件是空的（0 字节）", ".xlsx 工作簿", "请重新导出或拷贝后再交",
    )  # fmt: skip


def test_old_files_with_and_without_a_password():
    assert refused(OLE + bytes(100))[:2] == ("R-XLS", "这是旧版的 .xls 工作簿或别的旧格式文件")
    assert refused(OLE + bytes(100) + ENCRYPTED)[0] == "R-PASSWORD"


def test_files_that_are_too_large():
    assert refused(bytes(LARGEST_FILE + 2**20)) == (
        "R-TOO-BIG",
        "文件有 21 MB",
        "不超过 20 MB",
        SHRINK,
    )
    # As large as is allowed it is looked at.
    assert refused(bytes(LARGEST_FILE))[0] == "R-NOT-XLSX"


def test_a_zip_that_ends_too_soon():
    data = zipped(BOOK)
    saw = "文件已损坏：压缩结构不完整，多半是没有传完或拷贝中断"
    assert refused(data[:-5]) == ("R-BROKEN", saw, "完整的 .xlsx 工作簿", RESAVE)


@pytest.mark.parametrize(
    "name", ["xl/vbaProject.bin", "xl/VBAPROJECT.BIN", "xl/macrosheets/sheet1.xml"]
)
def test_macros_are_told_before_all_else_that_is_inside(name):
    assert refused(zipped({name: b""}))[0] == "R-MACRO"
    assert refused(zipped(BOOK | {name: b"", "xl/externalLinks/a.xml": b""}))[0] == "R-MACRO"


def test_links_to_other_workbooks():
    assert refused(zipped(BOOK | {"xl/externalLinks/externalLink1.xml": b""}))[0] == "R-EXTERNAL"
    # Excel finds it whatever its case.
    assert refused(zipped(BOOK | {"XL/ExternalLinks/a.xml": b""}))[0] == "R-EXTERNAL"


@pytest.fixture
def small_bounds(monkeypatch):
    """A part has a megabyte at most, all of them two; five parts are many."""
    monkeypatch.setattr(guard, "LARGEST_PART", 2**20)
    monkeypatch.setattr(guard, "LARGEST_TOTAL", 2 * 2**20)
    monkeypatch.setattr(guard, "MOST_PARTS", 5)


@pytest.mark.usefixtures("small_bounds")
def test_parts_that_are_too_large_or_too_many():
    megabyte = bytes(2**20)
    assert unpack(zipped(BOOK | {"a": megabyte, "b": megabyte[:-20]}))
    assert refused(zipped(BOOK | {"a": megabyte + b"x" * 2**20})) == (
        "R-TOO-BIG", "有一张表解开后有 2 MB", "不超过 1 MB", SHRINK,
    )  # fmt: skip
    assert refused(zipped(BOOK | {"a": megabyte, "b": megabyte})) == (
        "R-TOO-BIG", "解开后有 2 MB", "不超过 2 MB", SHRINK,
    )  # fmt: skip
    assert unpack(zipped(BOOK | dict.fromkeys("abcd", b"")))
    many = "文件已损坏：压缩包里有重名或过多的部件"
    assert refused(zipped(BOOK | dict.fromkeys("abcde", b"")))[1] == many


def test_the_bounds_hold_what_they_say():
    assert (LARGEST_FILE, LARGEST_PART, LARGEST_TOTAL) == (20 * 2**20, 16 * 2**20, 32 * 2**20)


# ── what is seen in a workbook ──────────────────────────────────────────────

SHEET = "xl/worksheets/sheet1.xml"


def package(cells: bytes, behind: bytes = b"", before: bytes = b""):
    xml = b"<worksheet>%b<sheetData><row>%b</row></sheetData>%b</worksheet>"
    return unpack(zipped(BOOK | {SHEET: xml % (before, cells, behind)}))


@pytest.mark.parametrize(
    ("cells", "odd", "grave"),
    [
        (b'<c r="A1"><v>1</v></c>', False, False),
        # A formula with its result is a number like any other.
        (b'<c r="A1"><f>1+1</f><v>2</v></c>', False, False),
        (b'<c r="A1"><f>1+1</f></c>', True, False),
        (b'<c r="A1"><f>1+1</f><v></v></c>', True, False),
        (b'<c r="A1" t="e"><v>#REF!</v></c>', True, True),
        (b'<c r="A1"><x:f>1+1</x:f></c>', True, True),
        (b'<c r="A1" t="inlineStr"><is><t>8:30</t></is></c>', False, False),
        (b'<c r="A1" t="inlineStr"><is><t>' + b"8:30 " * 600 + b"</t></is></c>", False, False),
        (b'<c r="A1" t="inlineStr"><is><t>' + b"8:30 " * 600 + b"</t></is><x:f/></c>", True, True),
    ],
)  # fmt: skip
def test_what_may_keep_cells_from_being_read_is_seen_at_once(cells, odd, grave):
    found = package(cells)
    assert (found.odd, found.grave) == (odd, grave)


def test_merged_cells_are_seen_behind_and_before_the_cells():
    merged = b'<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
    assert package(b"", merged).grave
    assert package(b"", b"", merged).grave
    assert not package(b"").grave
    # A sheet that opens its cells twice is looked at as a whole.
    assert package(b"", b"<sheetData>" + merged + b"</sheetData>").grave


def test_what_is_handed_to_the_reader_has_only_what_it_reads():
    parts = BOOK | {
        SHEET: b"<worksheet/>",
        "docProps/app.xml": b"x",
        "xl/theme/theme1.xml": b"x",
        "xl/media/a.png": b"x",
    }
    found = unpack(zipped(parts))
    with zipfile.ZipFile(io.BytesIO(found.plain)) as archive:
        assert archive.namelist() == ["xl/workbook.xml", SHEET]
        assert {each.compress_type for each in archive.infolist()} == {zipfile.ZIP_STORED}
        assert archive.read(SHEET) == b"<worksheet/>"
    assert found.parts == parts


def test_a_large_package_is_handed_on_as_it_is():
    found = unpack(zipped(BOOK | {"xl/media/a.png": bytes(4 * 2**20)}))
    assert found.plain is found.data


# ── which kind of file ──────────────────────────────────────────────────────


def test_names_of_texts():
    assert [is_text_name(name) for name in ("a.csv", "A.TXT", "a.b.tsv")] == [True] * 3
    assert [is_text_name(name) for name in ("a.xlsx", "csv", "a.csv.xlsx")] == [False] * 3


def test_a_text_is_opened_as_one_sheet_without_a_name():
    book = open_book("甲,乙\n1,2\n".encode(), "x.csv")
    assert book.text
    assert book.tabs == [""]
    assert book.cells("") == [["甲", "乙"], ["1", "2"]]
    assert book.cells("") is book.cells("")
    assert (book.hidden, book.package, book.merged("")) == (frozenset(), None, [])
    assert book.find_damage({}, {}) == {}


def test_a_file_that_is_no_text_and_no_zip_is_refused():
    with pytest.raises(RefusedError, match="这不是工作簿"):
        open_book(b"\xff\x00\xfe\x01\x80", "x.csv")
    with pytest.raises(RefusedError, match="0 字节"):
        open_book(b"", "x.csv")


def test_a_workbook_that_its_reader_cannot_read_is_damaged():
    book = open_book(zipped(BOOK | {SHEET: b"<worksheet/>"}), "x.xlsx")
    assert not book.text
    with pytest.raises(RefusedError) as caught:
        _ = book.tabs
    assert said(caught.value) == (
        "R-BROKEN", "文件内容已损坏，读不出来", "完整的 .xlsx 工作簿", RESAVE,
    )  # fmt: skip
