"""The layouts of official documents: each kind has its parts, where GB/T 9704 or the card has them."""

import io
import re
import subprocess
import zipfile
from datetime import date
from decimal import Decimal

import docx
import msgspec
import pytest
from lxml import etree
from official_papers import DAY, PAPERS, SHELF

from xianxue.bureau.audit.audit import audit
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.documents.opening import open_document
from xianxue.bureau.report.layout import width_in_characters
from xianxue.bureau.report.official import looks
from xianxue.bureau.report.official.foot import sealed_at
from xianxue.bureau.report.official.paper import Attachment
from xianxue.bureau.report.official.write import render_paper, setting_of
from xianxue.bureau.report.text import Paragraph
from xianxue.bureau.values.record import replace

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MM = Decimal(1440) / Decimal("25.4")
SEVEN = (
    "notice",
    "letter",
    "circular",
    "minutes",
    "supervision_slip",
    "rectification",
    "inspection_opinion",
)


def setting(name):
    return setting_of(SHELF, SHELF.genres[name], "gbt9704")


def written(name, **changed):
    return render_paper(replace(PAPERS[name], **changed), setting(name))


def part(document, name="document"):
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return etree.fromstring(archive.read(f"word/{name}.xml"))


def names(document):
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return archive.namelist()


def told(element):
    return "".join(element.itertext(f"{W}t"))


def paragraphs(root):
    return list(root.iter(f"{W}p"))


def paragraph(root, beginning):
    return next(one for one in paragraphs(root) if told(one).startswith(beginning))


def value(element, path, attribute="val"):
    found = element.find("/".join(f"{W}{step}" for step in path.split("/")))
    return None if found is None else found.get(f"{W}{attribute}")


def texts(document):
    return [told(one) for one in paragraphs(part(document)) if told(one)]


# ── every kind ──────────────────────────────────────────────────────────────


def test_there_is_an_invented_document_of_each_of_the_seven_kinds():
    assert tuple(PAPERS) == SEVEN
    assert set(SEVEN) <= set(SHELF.genres)


@pytest.mark.parametrize("name", SEVEN)
def test_a_document_opens_and_the_same_paper_gives_the_same_bytes(name):
    made = written(name)

    assert made == written(name)
    assert [one.text for one in docx.Document(io.BytesIO(made)).paragraphs]


@pytest.mark.parametrize("name", SEVEN)
def test_a_document_has_its_own_parts_and_no_others(name):
    """What only stands in a part (the mark, the seal of the date …) is there where the card has it."""
    genre, paper = SHELF.genres[name], PAPERS[name]
    body = "\n".join(texts(written(name)))
    ends = "".join(
        told(part(written(name), one.removeprefix("word/").removesuffix(".xml")))
        for one in names(written(name))
        if re.match("word/header", one)
    )
    mark = looks.mark_of(paper, setting(name))

    assert (bool(mark) and mark in body + ends) is genre.has("mark")
    assert paper.shown_number in body
    assert ("号" in body.split(paper.title)[0]) or not genre.has("mark") or "第7期" in body
    assert (f"\n{paper.addressee}：\n" in body) is genre.has("addressee")
    assert ("印发" in body.splitlines()[-1]) is genre.has("imprint")
    assert ("签收人（签名）" in body) is genre.has("receipt")
    assert ("核查人签名" in body) is genre.has("boxes")
    assert ("列席：" in body) is genre.has("attendance")
    assert "签发人" not in body


@pytest.mark.parametrize("name", SEVEN)
def test_a_documents_properties_stand_in_the_order_that_word_wants(name):
    """The order of ECMA-376 for what we write; Word calls a file broken that has another."""
    order = ["pStyle", "keepNext", "keepLines", "pageBreakBefore", "pBdr", "tabs", "spacing", "ind"]
    order += ["jc", "sectPr"]
    root = part(written(name))
    for properties in root.iter(f"{W}pPr"):
        own = [etree.QName(one).localname for one in properties]
        assert own == [one for one in order if one in own]
    section = [etree.QName(one).localname for one in root.iter(f"{W}sectPr").__next__()]
    wanted = ["headerReference", "footerReference", "pgSz", "pgMar", "cols", "titlePg", "docGrid"]
    assert list(dict.fromkeys(section)) == [one for one in wanted if one in section]


@pytest.mark.parametrize("name", SEVEN)
def test_the_page_is_that_of_every_official_document(name):
    section = next(part(written(name)).iter(f"{W}sectPr"))
    edge = {side: int(value(section, "pgMar", side)) for side in ("top", "right", "bottom", "left")}
    assert edge == {
        "top": round(37 * MM),
        "right": round(26 * MM),
        "bottom": round(35 * MM),
        "left": round(28 * MM),
    }


@pytest.mark.parametrize("name", SEVEN)
def test_what_we_show_does_not_contradict_itself(name):
    text = open_document(written(name)).text
    found = audit(text, Lexicon.of(SHELF.wordlists.values())).findings
    assert [one.quote for one in found if one.verdict == "inconsistent"] == []


# ── 文件格式 ─────────────────────────────────────────────────────────────────


def test_the_mark_is_red_and_stands_35_millimetres_below_the_top_of_the_text():
    root = part(written("notice"))
    mark = paragraphs(root)[0]
    style = next(
        one
        for one in part(written("notice"), "styles").iter(f"{W}style")
        if one.get(f"{W}styleId") == "OfficialMark"
    )

    assert told(mark) == "虚构县教育局文件"
    assert value(style, "rPr/color") == "FF0000"
    # 50 points of type in a line of 60: five points above the type are the line's own.
    assert value(style, "rPr/sz") == "100"
    assert int(value(mark, "pPr/spacing", "before")) + 5 * 20 == round(35 * MM)


def test_a_long_name_is_set_smaller_so_that_it_fits_one_line():
    long = "虚构县人民政府教育督导委员会办公室"
    made = setting("notice")
    size = looks.mark_size(f"{long}文件", made)
    assert size < 50
    # 19 characters, at most 156 mm wide.
    assert 19 * size * 20 <= 156 * MM + 1
    assert looks.mark_size("甲局文件", made) == 50


def test_the_red_line_stands_four_millimetres_below_the_number():
    number = paragraph(part(written("notice")), "虚教发〔2026〕5号")
    assert value(number, "pPr/pBdr/bottom", "color") == "FF0000"
    assert int(value(number, "pPr/pBdr/bottom", "space")) == round(4 * 72 / 25.4)
    assert value(number, "pPr/jc") == "center"
    assert value(number, "pPr/spacing", "before") == str(2 * 579)


def test_two_lines_are_empty_below_the_red_line():
    title = paragraph(part(written("notice")), "关于开展校舍安全排查工作的通知")
    assert value(title, "pPr/spacing", "before") == str(2 * 579)


def test_without_a_number_there_is_room_to_write_one():
    assert "　　　〔2026〕　　号" in texts(written("circular", number=""))


def test_what_goes_to_a_superior_names_who_has_signed_it():
    genre = msgspec.structs.replace(
        SHELF.genres["notice"],
        genre="report",
        direction="up",
        parts=["mark", "number", "signer", "title", "addressee", "body", "signature", "date"],
    )
    made = render_paper(
        replace(PAPERS["notice"], signer="甲局长"), setting_of(SHELF, genre, "gbt9704")
    )
    line = paragraph(part(made), "虚教发")
    name = list(line.iter(f"{W}r"))[-1]

    assert told(line) == "虚教发〔2026〕5号签发人：甲局长"
    assert value(name, "rPr/rFonts", "eastAsia") == "楷体_GB2312"
    # one character from the left and the red line as long as the text: no indent
    assert [one.get(f"{W}val") for one in line.iter(f"{W}tab") if one.get(f"{W}pos")] == [
        "left",
        "right",
    ]
    assert line.find(f"{W}pPr/{W}ind") is None


# ── 信函格式 ─────────────────────────────────────────────────────────────────


def test_a_letters_mark_stands_30_millimetres_below_the_edge_and_names_no_kind():
    made = written("letter")
    section = next(part(made).iter(f"{W}sectPr"))
    assert told(part(made, "header_first")) == "虚构县教育局"
    assert int(value(section, "pgMar", "header")) == round(30 * MM)
    assert value(section, "titlePg", "val") is None
    assert section.find(f"{W}titlePg") is not None


def test_a_letters_lines_are_170_millimetres_long_the_heavier_one_outside():
    made = written("letter")
    upper = paragraphs(part(made, "header_first"))[-1]
    lower = paragraphs(part(made, "footer_first"))[0]
    for line in (upper, lower):
        # 7 mm beyond the text on both sides
        # to a twip: half of what is over may be half a twip
        assert abs(int(value(line, "pPr/ind", "left")) + 7 * MM) < 1
        assert abs(int(value(line, "pPr/ind", "right")) + 7 * MM) < 1

    def weights(line):
        return [int(value(line, f"pPr/pBdr/{side}", "sz")) for side in ("top", "bottom")]

    assert weights(upper) == [18, 6]
    assert weights(lower) == [6, 18]


def test_a_letters_lower_line_stands_20_millimetres_above_the_edge_and_the_first_page_has_no_number():
    made = written("letter")
    section = next(part(made).iter(f"{W}sectPr"))
    assert int(value(section, "pgMar", "footer")) == round(20 * MM)
    assert told(part(made, "footer_first")) == ""
    assert "—" in told(part(made, "footer_default"))


def test_a_letters_number_stands_to_the_right_below_the_line():
    number = paragraph(part(written("letter")), "虚教函")
    assert value(number, "pPr/jc") == "right"
    assert value(number, "pPr/spacing", "before") == str(14 * 20)
    assert number.find(f"{W}pPr/{W}pBdr") is None


def test_a_letter_ends_without_lines_and_without_who_printed_it():
    made = written("letter")
    table = next(part(made).iter(f"{W}tbl"))
    assert told(table) == "抄送：县人民政府办公室。"
    assert table.find(f"{W}tblPr/{W}tblBorders") is None


# ── 署名、日期、印章、版记 ────────────────────────────────────────────────────


def test_a_sealed_date_ends_four_characters_from_the_right_and_the_name_is_centred_on_it():
    root = part(written("notice"))
    signed, dated = paragraph(root, "虚构县教育局"), None
    pieces = paragraphs(root)
    signed = next(one for one in pieces if told(one) == "虚构县教育局")
    dated = pieces[pieces.index(signed) + 1]
    day = width_in_characters("2026年12月6日")
    start = 28 - 4 - day
    character = 320 + int(value(_style(written("notice"), "Normal"), "rPr/spacing"))

    assert told(dated) == "2026年12月6日"
    assert int(value(dated, "pPr/ind", "left")) == int(start * character)
    assert int(value(signed, "pPr/ind", "left")) == int((start + (day - 6) / 2) * character)
    # room for the seal: two lines between the text and the name
    assert value(signed, "pPr/spacing", "before") == str(2 * 579)


def _style(document, name):
    root = part(document, "styles")
    return next(one for one in root.iter(f"{W}style") if one.get(f"{W}styleId") == name)


@pytest.mark.parametrize("name", ["甲局", "虚构县人民政府教育督导委员会办公室", "长" * 40])
def test_a_name_of_any_length_stays_on_the_line(name):
    signed, dated = sealed_at(name, "2026年12月6日", Decimal(28))
    assert signed >= 0
    assert dated >= 0
    if len(name) <= 28:
        assert signed + len(name) <= 28


def test_the_signature_never_stands_alone_on_a_page():
    pieces = paragraphs(part(written("rectification")))
    before = pieces[
        pieces.index(
            next(
                one
                for one in pieces
                if told(one) == "虚构县教育局" and value(one, "pPr/pStyle") == "Signature"
            )
        )
        - 1
    ]
    assert before.find(f"{W}pPr/{W}keepNext") is not None


def test_several_attachments_are_numbered_and_each_begins_a_page():
    made = written("notice")
    assert {"附件：1.校舍安全排查登记表", "　　　2.填表说明"} <= set(texts(made))
    pages = [
        told(one)
        for one in paragraphs(part(made))
        if one.find(f"{W}pPr/{W}pageBreakBefore") is not None
    ]
    assert pages == ["附件1", "附件2"]


def test_a_single_attachment_has_no_number():
    made = written(
        "notice", attachments=(Attachment(title="登记表", blocks=(Paragraph(("无",)),)),)
    )
    assert {"附件：登记表", "附件"} <= set(texts(made))


def test_the_last_lines_stand_at_the_foot_of_the_text_the_outer_ones_heavier():
    tables = list(part(written("notice")).iter(f"{W}tbl"))
    foot = tables[-1]
    weights = {
        side: int(value(foot, f"tblPr/tblBorders/{side}", "sz"))
        for side in ("top", "insideH", "bottom")
    }

    assert value(foot, "tblPr/tblpPr", "tblpYSpec") == "bottom"
    assert value(foot, "tblPr/tblpPr", "vertAnchor") == "margin"
    # 0.35 and 0.25 mm in eighths of a point
    assert weights == {"top": 8, "insideH": 6, "bottom": 8}
    assert told(foot).endswith("虚构县教育局办公室2026年12月6日印发")


# ── 纪要、单式、文书 ──────────────────────────────────────────────────────────


def test_minutes_say_who_was_there_in_black_type_and_are_neither_signed_nor_sealed():
    made = written("minutes")
    line = paragraph(part(made), "列席：")
    assert value(next(line.iter(f"{W}r")), "rPr/rFonts", "eastAsia") == "黑体"
    assert value(line, "pPr/ind", "hanging") is not None
    assert texts(made)[:3] == ["虚构县教育局会议纪要", "第7期", "虚构县教育局2026年12月6日"]
    assert not [one for one in paragraphs(part(made)) if value(one, "pPr/pStyle") == "Signature"]
    assert any(one.startswith("分送：") for one in texts(made))


def test_nobody_who_asked_for_leave_leaves_no_empty_list():
    made = written("minutes", attendance={"出席": ("甲局长",)})
    assert not [one for one in texts(made) if one.startswith(("请假", "列席"))]


def test_a_slip_has_every_box_filled_or_left_to_be_filled():
    made = written("supervision_slip")
    (table,) = part(made).iter(f"{W}tbl")
    cells = [told(one) for one in table.iter(f"{W}tc")]
    for box in SHELF.genres["supervision_slip"].boxes:
        filled = cells[cells.index(box.term) + 1]
        assert filled == (PAPERS["supervision_slip"].boxes.get(box.box) or box.hint)
    assert texts(made)[0] == "虚构县教育局督办单"


def test_a_row_of_a_slip_is_as_wide_as_the_text():
    (table,) = part(written("supervision_slip")).iter(f"{W}tbl")
    for row in table.iter(f"{W}tr"):
        widths = [int(value(cell, "tcPr/tcW", "w")) for cell in row.iter(f"{W}tc")]
        spans = [int(value(cell, "tcPr/gridSpan") or 1) for cell in row.iter(f"{W}tc")]
        assert sum(spans) == 4
        assert abs(sum(widths) - 156 * MM) < 1


def test_a_writ_is_named_below_whose_it_is_and_its_number_below_that():
    assert texts(written("rectification"))[:4] == [
        "虚构县教育局",
        "限期整改通知书",
        "虚教改〔2026〕2号",
        "南湾小学：",
    ]


def test_a_receipt_names_what_is_signed_for():
    lines = texts(written("rectification"))
    assert "今收到虚构县教育局《限期整改通知书》（虚教改〔2026〕2号）一份。" in lines
    assert lines[-1] == "年　　月　　日"


def test_fixed_phrases_differ_by_kind_and_use():
    phrases = {
        (name, one.use): one.text for name, genre in SHELF.genres.items() for one in genre.closings
    }
    assert phrases["notice", "usual"] == "特此通知。"
    assert phrases["letter", "asks"] == "请予支持为盼。"
    assert phrases["letter", "answers"] == "此复。"
    assert phrases["circular", "usual"] == "特此通报。"
    assert SHELF.genres["minutes"].closing() == ""
    openings = [genre.opening for genre in SHELF.genres.values() if genre.opening]
    assert len(set(openings)) == len(openings)


# ── looked at ───────────────────────────────────────────────────────────────


def test_libreoffice_sets_the_foot_of_a_document_at_the_foot_of_its_last_page(tmp_path, soffice):
    """And the slip on one page."""
    both = [tmp_path / f"{name}.docx" for name in ("notice", "supervision_slip")]
    for file in both:
        file.write_bytes(written(file.stem))
    home = (tmp_path / "home").as_uri()
    command = [soffice, f"-env:UserInstallation={home}", "--headless", "--convert-to", "pdf"]
    subprocess.run(
        [*command, "--outdir", tmp_path, *both], check=True, capture_output=True, timeout=300
    )
    pages = _boxes(tmp_path / "notice.pdf")
    assert len(pages) == 4
    lowest = max(bottom for text, bottom in pages[-1] if "印发" in text)
    # the text ends 35 mm above the edge of the paper; the page number stands below that
    assert abs(lowest - (297 - 35) * 72 / 25.4) < 6
    assert len(_boxes(tmp_path / "supervision_slip.pdf")) == 1


def _boxes(path):
    """The words of each page with their lower edges, in points from the top."""
    said = subprocess.run(
        ["pdftotext", "-bbox", str(path), "-"], check=True, capture_output=True, text=True
    ).stdout
    pages = said.split("<page ")[1:]
    return [
        [(text, float(low)) for low, text in re.findall(r'yMax="([\d.]+)">([^<]*)</word>', page)]
        for page in pages
    ]


def test_the_day_is_the_documents_own():
    assert "2027年1月3日" in texts(written("notice", on=date(2027, 1, 3)))
    assert DAY.year == 2026
