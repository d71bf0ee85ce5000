"""Sheets that are written as usual are read without the library, and give what the library gives.

Each test holds one against the other: a cell that is read otherwise than the library reads it
would be a figure nobody reported. What is unusual has to be left to the library.
"""

import zipfile
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.returns.files import opening, usual_cells
from xianxue.bureau.returns.files.bounds import MOST_CELLS
from xianxue.bureau.returns.files.guard import unpack
from xianxue.bureau.returns.files.opening import open_book
from xianxue.bureau.returns.files.refusal import RefusedError
from xianxue.bureau.returns.files.usual_cells import Pieces, usual_sheet
from xianxue.bureau.returns.files.usual_styles import plain_styles
from xianxue.bureau.returns.files.usual_texts import Texts, UnusualError, unescaped
from xianxue.bureau.returns.reading.workbook import read_workbook

MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = b'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
STYLES = (
    b"<styleSheet " + MAIN + b'><numFmts count="2"><numFmt numFmtId="164" formatCode="#,##0.00"/>'
    b'<numFmt numFmtId="165" formatCode="yyyy/m/d"/></numFmts><cellXfs count="5">'
    b'<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/>'
    b'<xf numFmtId="49"/></cellXfs></styleSheet>'
)
"""Five styles: plain, a day, a sum of money, a day in a format of the workbook's own, text."""
RUNS = b'<si><r><t>a</t></r><r><rPr><b/><sz val="9"/></rPr><t xml:space="preserve"> b </t></r></si>'
FIRST = b'<c r="A1"><v>1</v></c>'


def workbook(cells=FIRST, texts=b"<si><t>x</t></si>", **parts):
    """Make a workbook of one sheet, whose one row holds these cells."""
    content = {
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        b'content-types"></Types>',
        "_rels/.rels": b"<Relationships " + PACKAGE + b'><Relationship Id="rId1" Type="' + OFFICE
        + b'/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": b"<workbook " + MAIN + b' xmlns:r="' + OFFICE + b'"><sheets>'
        b'<sheet name="\xe8\xa1\xa8" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": b"<Relationships " + PACKAGE + b'><Relationship Id="rId1" '
        b'Type="' + OFFICE + b'/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": b"<sst " + MAIN + b">" + texts + b"</sst>",
        "xl/worksheets/sheet1.xml": b"<worksheet " + MAIN + b'><sheetData><row r="1">' + cells
        + b"</row></sheetData></worksheet>",
    } | parts  # fmt: skip
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, xml in content.items():
            archive.writestr(name, xml)
    return target.getvalue()


def ours(data, tab="表"):
    """Read a tab without the library; None where that is not certain enough."""
    usual = unpack(data).usual
    return None if usual is None else usual.cells(tab)


def library(data, tab="表"):
    return opening._cells(opening._opened(data), tab)


def kinds(grid):
    return [[(type(raw), str(raw)) for raw in row] for row in grid]


def sheet(body):
    return workbook(**{"xl/worksheets/sheet1.xml": b"<worksheet " + MAIN + b">" + body})


# ── what is read ────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("cell", "content"),
    [
        (b'<c r="C1"><v>5</v></c>', 5.0),
        (b'<c r="C1" s="2" t="n"><v>5.25</v></c>', 5.25),
        (b'<c r="C1" s="4"><v>-0</v></c>', -0.0),
        (b'<c r="C1"><v>1E3</v></c>', 1000.0),
        (b'<c r="C1"><v>0.30000000000000004</v></c>', 0.1 + 0.2),
        (b'<c r="C1"><v>12345678901234567</v></c>', 12345678901234567.0),
        (b'<c r="C1" t="s"><v>0</v></c>', "x"),
        (b'<c r="C1" t="str"><v></v></c>', ""),
        (b'<c r="C1" t="str"><f>A1</f><v></v></c>', ""),
        (b'<c r="C1" t="str"><f t="shared" si="0"/><v>q</v></c>', "q"),
        (b'<c r="C1" t="str"><v>a &#10;&lt;b</v></c>', "a \n<b"),
        (b'<c r="C1"><f aca="false">A1+1</f><v>2</v></c>', 2.0),
        (b'<c r="C1" t="inlineStr"><is><t>&#24180;&#32423;\n&amp;</t></is></c>', "年级\n&"),
        (b'<c r="C1" t="inlineStr"><is><t xml:space="preserve"> a\n </t></is></c>', " a\n "),
        (b'<c r="C1" t="inlineStr"><is><t>&#12288;a</t></is></c>', "\u3000a"),
    ],
)
def test_a_cell_is_read_as_the_library_reads_it(cell, content):
    data = workbook(FIRST + cell)
    assert kinds(ours(data)) == kinds([[1.0, "", content]]) == kinds(library(data))


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="C1" s="2"/>',
        b'<c r="C1" t="s"/>',
        b'<c r="C1" t="n"></c>',
        b'<c r="C1" t="inlineStr"></c>',
        b'<c r="C1"><f>A1</f><v></v></c>',
    ],
)
def test_a_cell_without_content_takes_no_room(cell):
    data = workbook(FIRST + cell)
    assert ours(data) == [[1.0]] == library(data)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (b"<si><t></t></si>", ""),
        (b'<si><t xml:space="preserve">\n a\t</t></si>', "\n a\t"),
        (RUNS, "a b "),
    ],
)
def test_a_shared_text_is_read_as_the_library_reads_it(text, content):
    data = workbook(FIRST + b'<c r="B1" t="s"><v>0</v></c>', text)
    assert ours(data) == [[1.0, content]] == library(data)


# ── what is left to the library ─────────────────────────────────────────────


@pytest.mark.parametrize(
    "cell",
    [
        b'<c r="C1" s="1"><v>45901</v></c>',  # a day
        b'<c r="C1" s="3"><v>45901</v></c>',  # a day in a format of its own
        b'<c r="C1" s="9"><v>5</v></c>',  # a style that is not there
        b'<c r="C1" t="b"><v>1</v></c>',
        b'<c r="C1" t="e"><v>#REF!</v></c>',
        b'<c r="C1" t="d"><v>2025-09-01</v></c>',
        b'<c r="C1"><v>1e400</v></c>',
        b'<c r="C1"><v>1_000</v></c>',
        b'<c r="C1"><v> 5</v></c>',
        b'<c r="C1"><v>nan</v></c>',
        b'<c r="C1"><v >5</v></c>',
        b"<c><v>5</v></c>",
        b'<c s="2" r="C1"><v>5</v></c>',
        b"<c r='C1'><v>5</v></c>",
        b'<x:c r="C1"><v>5</v></x:c>',
        b'<c r="C1"><v>5</v></c><!-- -->',
        b'<c r="c1"><v>5</v></c>',
        b'<c r="XFE1"><v>5</v></c>',
        b'<c r="C1" t="s"><v>7</v></c>',  # a text that is not there
        b'<c r="C1" t="inlineStr"><is><t> a</t></is></c>',
        b'<c r="C1" t="inlineStr"><is><t>&#32;a</t></is></c>',
        b'<c r="C1" t="inlineStr"><is><t>a_x0041_</t></is></c>',
        b'<c r="C1" t="inlineStr"><is><t>a&nbsp;</t></is></c>',
        b'<c r="C1" t="inlineStr"><is><t>a&b</t></is></c>',
        b'<c r="C1" t="inlineStr"><is><t>\xff</t></is></c>',
        b'<c r="C1" t="str"><v>a&#13;</v></c>',
        b'<c r="A1"><v>2</v></c>',  # a second one at the same place
    ],
)
def test_an_unusual_cell_leaves_its_sheet_to_the_library(cell):
    assert ours(workbook(FIRST + cell)) is None


@pytest.mark.parametrize(
    "text",
    [
        b"<si><t/></si>",
        b"<si/>",
        b'<si><t>a</t><rPh sb="0" eb="1"><t>b</t></rPh></si>',
        b"<si><t>\n a</t></si>",
        b"<si><t>a</t></si><!-- --><si><t>b</t></si>",
    ],
)
def test_an_unusual_text_leaves_the_workbook_to_the_library(text):
    assert unpack(workbook(texts=text)).usual is None


@pytest.mark.parametrize(
    "body",
    [
        b'<sheetData><row r="2"><c r="A2"/><c r="A2"><v>1</v></c><c r="A1"><v>1</v></c></row>%b',
        b'<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>',
        b'<sheetData><row r="1"><c r="A1"><v>1</v></c></sheetData></worksheet>',
        b'<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><sheetData/></worksheet>',
        b'<sheetData/><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>',
        b'<!-- --><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>',
        b'<sheetData>\n<row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>',
        b"<sheetData/></worksheet>",
    ],
)
def test_an_unusual_sheet_is_left_to_the_library(body):
    assert ours(sheet(body.replace(b"%b", b"</sheetData></worksheet>"))) is None


@pytest.mark.parametrize(
    "name", ["[Content_Types].xml", "_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/workbook.xml"]
)
def test_a_workbook_whose_parts_are_cut_off_is_left_to_the_library(name):
    with zipfile.ZipFile(BytesIO(workbook())) as archive:
        cut = archive.read(name)[:-3]
    assert unpack(workbook(**{name: cut})).usual is None


def test_a_damaged_part_is_left_to_the_library_which_complains(small, good):
    with zipfile.ZipFile(BytesIO(workbook())) as archive:
        at = workbook().index(archive.read("xl/worksheets/sheet1.xml"))
    damaged = bytearray(workbook())
    # One sign of the sheet is another than its sum says: the 1 in A1 became a 3.
    damaged[damaged.index(b"<v>1</v>", at) + 3] = ord("3")
    assert unpack(bytes(damaged)).usual is None
    with pytest.raises(RefusedError) as refused:
        open_book(bytes(damaged), "虚构.xlsx").cells("表")
    assert refused.value.code == "R-BROKEN"


# ── the guard ───────────────────────────────────────────────────────────────


def test_a_usual_sheet_that_reaches_too_far_is_refused():
    # 1,000 columns (ALL) × 1,001 rows: 1,001,000 cells; × 1,000 rows just what is allowed.
    enough = b'<sheetData><row r="1"><c r="ALL1000"><v>1</v></c></row></sheetData></worksheet>'
    assert MOST_CELLS == 1_000_000
    unpack(sheet(enough))
    with pytest.raises(RefusedError) as refused:
        unpack(sheet(enough.replace(b"ALL1000", b"ALL1001")))
    assert refused.value.code == "R-TOO-BIG"


def test_texts_that_come_to_too_much_are_refused_in_usual_sheets():
    # 64 MB are allowed: 8,000 bytes and their tags in each of 9,000 cells come to 72.
    long = b"<si><t>" + b"x" * 8000 + b"</t></si>"
    rows = b"".join(
        b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(1, 9001)
    )
    with pytest.raises(RefusedError) as refused:
        unpack(
            workbook(
                texts=long,
                **{
                    "xl/worksheets/sheet1.xml": b"<worksheet " + MAIN + b"><sheetData>"
                    + rows + b"</sheetData></worksheet>"
                },
            )
        )  # fmt: skip
    assert refused.value.code == "R-TOO-BIG"


def test_merged_cells_and_formulas_without_result_are_seen_in_usual_sheets():
    row = b'<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
    merged = row + b'<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells></worksheet>'
    assert unpack(sheet(merged)).grave
    assert not unpack(sheet(row + b"</worksheet>")).odd
    uncomputed = workbook(FIRST + b'<c r="B1"><f>A1</f><v></v></c>')
    assert unpack(uncomputed).usual.cells("表") == [[1.0]]
    assert unpack(uncomputed).odd
    assert not unpack(workbook(FIRST + b'<c r="B1"><f>A1</f><v>1</v></c>')).odd


# ── whole workbooks ─────────────────────────────────────────────────────────


def saved_by_openpyxl(data):
    target = BytesIO()
    openpyxl.load_workbook(BytesIO(data)).save(target)
    return target.getvalue()


@pytest.mark.parametrize("saved", [bytes, saved_by_openpyxl])
def test_our_own_workbooks_are_usual_as_written_and_as_openpyxl_saves_them(good, saved):
    data = saved(good)
    tabs = opening._opened(data).sheet_names
    assert unpack(data).usual.tabs == tabs
    read = [tab for tab in tabs if ours(data, tab) is not None]
    # One sheet holds a day, which is the library's to understand.
    assert set(tabs) - set(read) == {"学校概况"}
    for tab in read:
        assert kinds(ours(data, tab)) == kinds(library(data, tab))


def test_a_return_is_the_same_whoever_reads_its_cells(good, small, monkeypatch):
    usual = read_workbook(good, "虚构.xlsx", small.shelf)
    monkeypatch.setattr(usual_cells, "_LARGEST", 0)
    assert unpack(good).usual.cells("学生") is None
    assert read_workbook(good, "虚构.xlsx", small.shelf) == usual


CONTENT = st.sampled_from(
    [b"", b"0", b"7", b"-1.5", b"1E2", b"x", b" x ", b"&#24180;", b"a\nb", b"&amp;", b"0.1", b"1"]
)
ADDRESS = st.tuples(st.sampled_from(["A", "C", "Z", "AB"]), st.integers(1, 4))
KIND = st.sampled_from([b"", b' t="n"', b' t="s"', b' t="str"', b' t="inlineStr"', b' t="b"'])
STYLE = st.sampled_from([b"", b' s="0"', b' s="1"', b' s="2"', b' s="4"'])
SHAPE = st.sampled_from(
    [b"/>", b"></c>", b"><v>%b</v></c>", b"><f>A1</f><v>%b</v></c>", b"><is><t>%b</t></is></c>"]
)


@given(st.lists(st.tuples(ADDRESS, STYLE, KIND, SHAPE, CONTENT), max_size=6))
def test_whatever_is_read_without_the_library_it_reads_alike(cells):
    rows = {}
    for (letters, number), style, kind, shape, content in cells:
        body = shape % content if b"%b" in shape else shape
        cell = b'<c r="%b%d"' % (letters.encode(), number) + style + kind + body
        rows.setdefault(number, []).append(cell)
    written = b"".join(
        b'<row r="%d">' % number + b"".join(row) + b"</row>" for number, row in rows.items()
    )
    data = sheet(b"<sheetData>" + written + b"</sheetData></worksheet>")
    grid = ours(data)
    if grid is not None:
        assert kinds(grid) == kinds(library(data))


# ── what is remembered ──────────────────────────────────────────────────────


def test_what_is_remembered_is_forgotten_when_it_is_too_much(monkeypatch):
    monkeypatch.setattr(usual_cells, "MOST_KNOWN", 2)
    pieces = Pieces(frozenset())
    for number in range(1, 4):
        assert pieces[b'A%d"><v>5</v></c>' % number] == ((number - 1) << 14, 5.0)
    assert len(pieces) == 1


def test_an_unusual_piece_is_not_remembered():
    pieces, texts = Pieces(frozenset()), Texts()
    for xml in (b'A1" s="3"><v>5</v></c>', b'A1048577"><v>5</v></c>'):
        with pytest.raises(UnusualError):
            pieces[xml]
    with pytest.raises(UnusualError):
        texts[b"<t>&nbsp;</t>"]
    assert not pieces
    assert not texts


def test_the_same_cell_under_another_style_list_is_another_cell():
    body = b'<sheetData><row r="1"><c r="A1" s="1"><v>45901</v></c></row></sheetData></worksheet>'
    assert ours(sheet(body)) is None
    plain = STYLES.replace(b'numFmtId="14"', b'numFmtId="1"')
    xml = b"<worksheet " + MAIN + b">" + body
    parts = {"xl/worksheets/sheet1.xml": xml, "xl/styles.xml": plain}
    assert ours(workbook(**parts)) == [[45901.0]]
    assert ours(sheet(body)) is None


def test_styles_that_are_certainly_no_days():
    # Of the five: plain, money and text.
    assert plain_styles(STYLES) == {b"0", b"2", b"4"}
    assert plain_styles(b"") == frozenset()
    # A list that stands there twice, and a style that names no format.
    assert plain_styles(STYLES + STYLES) == frozenset()
    assert plain_styles(STYLES.replace(b'<xf numFmtId="14"/>', b"<xf/>")) == frozenset()
    # A built-in number that the workbook gives another meaning.
    own = STYLES.replace(b'"165" formatCode', b'"49" formatCode')
    assert plain_styles(own) == {b"0", b"2"}


@pytest.mark.parametrize("text", ["&#0;", "&#13;", "&#x85;", "&#xD800;", "&#x110000;", "&", "&lt"])
def test_an_escape_that_readers_differ_in_is_unusual(text):
    with pytest.raises(UnusualError):
        unescaped(text)


def test_a_sheet_larger_than_any_school_fills_in_is_left_to_the_library(monkeypatch):
    xml = (
        b"<worksheet " + MAIN + b'><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
        b"</worksheet>"
    )
    monkeypatch.setattr(usual_cells, "_LARGEST", len(xml))
    assert usual_sheet(xml, Pieces(frozenset())) is not None
    monkeypatch.setattr(usual_cells, "_LARGEST", len(xml) - 1)
    assert usual_sheet(xml, Pieces(frozenset())) is None
