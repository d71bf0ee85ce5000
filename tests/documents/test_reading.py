"""What a reader of the printed page sees is the text, and nothing else is."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.documents.opening import UnreadableError, open_document, open_word


def p(*inside: str) -> str:
    return f"<w:p>{''.join(inside)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def sdt(tag: str, inside: str, more: str = "") -> str:
    head = f'<w:sdtPr><w:alias w:val="题"/><w:tag w:val="{tag}"/>{more}</w:sdtPr>'
    return f"<w:sdt>{head}<w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def tc(*paragraphs: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraphs) or '<w:p/>'}</w:tc>"


def text(document: bytes) -> str:
    return open_document(document).text


def test_a_paragraph_is_a_line_however_its_runs_are_cut(word):
    body = p(r("在校生"), r("1530"), r("9人")) + p(r("第二段"))
    assert text(word(body)) == "在校生15309人\n第二段\n"


def test_content_controls_are_read_in_a_line_around_paragraphs_and_around_cells(word):
    body = p(r("共"), sdt("a", r("66所"))) + sdt("b", p(r("其中25所")))
    body += tbl(sdt("c", tc(p(r("小学")))) + tc(p(sdt("d", r("22")))))
    found = open_document(word(body))
    assert found.text == "共66所\n其中25所\n小学\t22\n"
    assert [(one.tag, found.text[one.start : one.end]) for one in found.controls] == [
        ("a", "66所"),
        ("b", "其中25所\n"),
        ("c", "小学"),
        ("d", "22"),
    ]


def test_an_outer_control_stands_before_the_inner_one(word):
    found = open_document(word(p(sdt("out", sdt("in", r("9")) + r("人")))))
    assert [one.tag for one in found.controls] == ["out", "in"]
    assert [(one.start, one.end) for one in found.controls] == [(0, 2), (0, 1)]


def test_a_row_is_a_line_with_tabs_and_a_cell_has_no_break(word):
    body = tbl(
        tc(p(r("学段"))) + tc(p(r("学生数")), p(r("（人）"))),
        tc(p(r("小学"))) + tc(p(r("97"), "<w:r><w:br/></w:r>", r("31"), "<w:r><w:tab/></w:r>")),
    )
    assert text(word(body)) == "学段\t学生数 （人）\n小学\t97 31 \n"


def test_a_merged_cell_is_given_once(word):
    wide = '<w:gridSpan w:val="3"/>'
    body = tbl(
        tc(p(r("合计")), properties=wide) + tc(p(r("9"))),
        tc(p(r("中小学")), properties='<w:vMerge w:val="restart"/>') + tc(p(r("1"))),
        tc(p(r("（续）")), properties="<w:vMerge/>") + tc(p(r("2"))),
        "<w:trPr><w:gridBefore w:val='1'/></w:trPr>" + tc(p(r("3"))),
    )
    assert text(word(body)) == "合计\t\t\t9\n中小学\t1\n\t2\n\t3\n"


def test_two_tables_are_two(word):
    one = tbl(tc(p(r("1"))) + tc(p(r("2"))))
    assert text(word(one + one)) == "1\t2\n\n1\t2\n"


def test_a_table_in_a_cell_is_words_of_that_cell(word):
    inner = tbl(tc(p(r("甲"))) + tc(p(r("乙"))), tc(p(r("丙"))) + tc(p()))
    assert text(word(tbl(tc(inner, p(r("丁"))) + tc(p(r("戊")))))) == "甲 乙 丙 丁\t戊\n"


def test_what_was_deleted_moved_away_or_hidden_is_no_text(word):
    body = p(
        r("有"),
        "<w:del><w:r><w:delText>65</w:delText></w:r></w:del>",
        f"<w:moveFrom>{r('64')}</w:moveFrom>",
        f"<w:ins>{r('66')}</w:ins>",
        r("63", "<w:rPr><w:vanish/></w:rPr>"),
        r("所", '<w:rPr><w:vanish w:val="0"/></w:rPr>'),
    )
    assert text(word(body)) == "有66所\n"


def test_instructions_and_unfilled_placeholders_are_no_text(word):
    field = "<w:r><w:instrText>PAGE 12</w:instrText></w:r>"
    body = p(field, sdt("x", r("单击此处输入"), "<w:showingPlcHdr/>"), r("毕"))
    assert text(word(body)) == "毕\n"


def test_links_smart_tags_and_simple_fields_are_read(word):
    body = p(
        f"<w:hyperlink>{r('见附件')}</w:hyperlink>",
        f"<w:smartTag>{r('25所')}</w:smartTag>",
        f"<w:fldSimple w:instr='DATE'>{r('2025')}</w:fldSimple>",
        "<w:r><w:t>5</w:t><w:noBreakHyphen/><w:t>7</w:t></w:r>",
    )
    assert text(word(body)) == "见附件25所20255-7\n"


def test_a_text_box_is_read_once_after_its_paragraph(word):
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = f"<w:txbxContent>{p(r('框中41所'))}</w:txbxContent>"
    body = p(
        r("前"),
        f"<w:r><mc:AlternateContent {mc}><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        r("后"),
    )
    assert text(word(body)) == "前后\n框中41所\n"


def test_footnotes_stand_at_the_end_and_only_those_referred_to(word):
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    notes = (
        f'<w:footnotes {w}><w:footnote w:type="separator" w:id="-1">{p(r("——"))}</w:footnote>'
        f'<w:footnote w:id="2">{p(r("不含附设班3个"))}</w:footnote></w:footnotes>'
    )
    body = p(r("共9个"), '<w:r><w:footnoteReference w:id="2"/></w:r>', r("。")) + p(r("完"))
    document = word(body, {"word/footnotes.xml": notes}, {"footnotes": "footnotes.xml"})
    assert text(document) == "共9个。\n完\n不含附设班3个\n"


def test_entities_and_sections_of_plain_text_are_letters(word):
    body = p("<w:r><w:t>a&lt;b&#20154;<![CDATA[ & c]]></w:t></w:r>")
    assert text(word(body)) == "a<b人 & c\n"


def test_every_piece_is_where_it_says(word):
    body = p(r("共"), sdt("a", r("6&amp;6所"))) + tbl(tc(p(r("小学"))) + tc(p(r("22"))))
    data = word(body)
    words = open_word(data).words
    for piece in words.pieces:
        assert piece.text is not None
    said = [words.text[piece.start : piece.end] for piece in words.pieces]
    assert said == ["共", "6&6所", "小学", "22"]


@given(st.lists(st.lists(st.text("人所1234567890.万&<> \t", max_size=6), max_size=4), max_size=5))
def test_whatever_the_runs_the_text_is_their_words(word, paragraphs):
    escaped = [
        p(*(r(run.replace("&", "&amp;").replace("<", "&lt;")) for run in runs))
        for runs in paragraphs
    ]
    want = "".join("".join(runs).replace("\t", " ") + "\n" for runs in paragraphs)
    assert text(word("".join(escaped))) == want


# ── texts ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_file_is_read_in_the_encodings_of_offices(encoding):
    said = "全县有学校66所，其中小学22所、㐂里1所。\n"
    found = open_document(said.encode(encoding))
    assert (found.kind, found.text, found.controls) == ("text", said, ())


def test_lines_end_as_lines_do():
    assert open_document(b"a\r\nb\rc\n").text == "a\nb\nc\n"


# ── refusals ────────────────────────────────────────────────────────────────


def bomb(size: int, declared: int | None = None) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * size)
    data = packed.getvalue()
    if declared is not None:
        data = data.replace(size.to_bytes(4, "little"), declared.to_bytes(4, "little"))
    return data


ENTITY = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "code", "says"),
    [
        (b"", "D-EMPTY", "空的"),
        (b"%PDF-1.7 ...", "D-NOT-TEXT", "PDF"),
        (b"<!DOCTYPE html><html>", "D-NOT-TEXT", "网页"),
        (b"\x00\x01\x02\xff\xfe\x00binary\x00", "D-NOT-TEXT", "不是文本"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "D-DOC", "旧"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "D-PASSWORD",
            "密码",
        ),
        (b"PK\x03\x04 cut", "D-BROKEN", "不完整"),
        (bomb(33 * 2**20), "D-TOO-BIG", "33 MB"),
        (bomb(9 * 2**20, 5), "D-BROKEN", "不符"),
    ],
)
def test_what_is_no_document_is_refused_in_words(data, code, says):
    with pytest.raises(UnreadableError) as caught:
        open_document(data)
    assert caught.value.code == code
    message = caught.value.issue("报告.docx").message
    assert says in message
    assert "请" in message


def test_a_workbook_is_no_document():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(UnreadableError, match="Excel"):
        open_document(packed.getvalue())


@pytest.mark.parametrize(
    "main",
    [
        ENTITY + "<w:document xmlns:w='w'><w:body><w:p>&b;</w:p></w:body></w:document>",
        "<w:document xmlns:w='w'><w:body>",
        "<html/>",
        "<w:document xmlns:w='w'>" + "<w:sdt>" * 5000 + "</w:sdt>" * 5000 + "</w:document>",
    ],
    ids=["entities", "cut", "html", "deep"],
)
def test_a_spoiled_part_is_refused_and_expands_nothing(word, main):
    with pytest.raises(UnreadableError) as caught:
        open_document(word("", {"word/document.xml": main}))
    assert caught.value.code == "D-BROKEN"


@given(st.data())
def test_a_spoiled_document_is_read_or_refused_and_nothing_else(word, data):
    whole = bytearray(word(p(r("共"), sdt("a", r("66所"))) + tbl(tc(p(r("1"))) + tc(p()))))
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=8)):
        whole[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))
    spoiled = bytes(whole[:cut] if data.draw(st.booleans()) else whole)
    try:
        found = open_document(spoiled)
    except UnreadableError as error:
        assert error.issue("x").message  # noqa: PT017 - either outcome is right
    else:
        assert isinstance(found.text, str)


def test_rows_and_cells_marked_as_deleted_are_not_read(word):
    """虚构: accepting the changes would make them disappear; inserted ones would stay."""
    gone = "<w:trPr><w:del w:id='1' w:author='虚构'/></w:trPr>"
    kept = "<w:trPr><w:ins w:id='2' w:author='虚构'/></w:trPr>"
    body = tbl(
        tc(p(r("小学"))) + tc(p(r("22"))),
        gone + tc(p(r("初中"))) + tc(p(r("99"))),
        kept + tc(p(r("高中"))) + tc(p(r("3")), properties="<w:cellDel w:id='3'/>"),
        tc(p(r("甲")), properties="<w:cellDel w:id='4'/>") + tc(p(r("乙"))) + tc(p(r("丙"))),
    )
    assert text(word(body)) == "小学\t22\n高中\n乙\t丙\n"
