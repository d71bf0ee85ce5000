"""The .docx: layout as GB/T 9704 has it, every number in a control, the same bytes each time."""

import io
import re
import subprocess
import zipfile
from datetime import date
from decimal import Decimal

import docx
import pytest
from lxml import etree

from xianxue.bureau.kinds.slices import Slice
from xianxue.bureau.records.claim import TAG_LIMIT, Claim
from xianxue.bureau.report import read_tags
from xianxue.bureau.report.layout import Layout
from xianxue.bureau.report.text import Paragraph, Text, TextTable
from xianxue.bureau.report.word import render
from xianxue.bureau.values.record import replace

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MM = Decimal(1440) / Decimal("25.4")


@pytest.fixture
def text(small):
    return small.write().text


@pytest.fixture
def document(text, profile) -> bytes:
    return render(text, profile)


def part(document: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return etree.fromstring(archive.read(f"word/{name}.xml"))


def value(element: etree._Element, path: str, attribute: str = "val") -> str:
    found = element.find("/".join(f"{W}{step}" for step in path.split("/")))
    return found.get(f"{W}{attribute}")


def style(document: bytes, name: str) -> etree._Element:
    root = part(document, "styles")
    return next(one for one in root.iter(f"{W}style") if one.get(f"{W}styleId") == name)


def bare(*blocks, title="试排", signature="") -> Text:
    return Text(title=title, blocks=blocks, signature=signature, on=date(2026, 1, 5))


# ── page ────────────────────────────────────────────────────────────────────


def test_the_page_is_a4_with_the_type_area_of_the_standard(document):
    section = part(document, "document").find(f".//{W}sectPr")
    size = {name: int(value(section, "pgSz", name)) for name in ("w", "h")}
    edge = {side: int(value(section, "pgMar", side)) for side in ("top", "right", "bottom", "left")}
    assert size == {"w": round(210 * MM), "h": round(297 * MM)}
    assert edge == {
        "top": round(37 * MM),
        "right": round(26 * MM),
        "bottom": round(35 * MM),
        "left": round(28 * MM),
    }


def test_twenty_two_lines_fit_the_type_area_and_a_twenty_third_does_not(document, profile):
    pitch = int(value(style(document, "Normal"), "pPr/spacing", "line"))
    assert pitch == 579
    assert value(style(document, "Normal"), "pPr/spacing", "lineRule") == "exact"
    assert 22 * pitch <= Layout(profile).text_height < 23 * pitch


def test_twenty_eight_characters_fit_a_line_because_they_are_set_closer(document, profile):
    normal = style(document, "Normal")
    size, spacing = int(value(normal, "rPr/sz")) * 10, int(value(normal, "rPr/spacing"))
    width = Layout(profile).text_width
    assert (size, spacing) == (320, -5)
    assert 28 * (size + spacing) <= width < 29 * (size + spacing)
    assert 28 * size > width, "without it only 27 would fit"


def test_paragraphs_are_moved_in_by_two_characters_of_body_type(document):
    assert value(style(document, "Normal"), "pPr/ind", "firstLine") == "640"
    content = part(document, "styles")
    assert not any("Chars" in name for one in content.iter() for name in one.attrib)


# ── fonts ───────────────────────────────────────────────────────────────────


def test_every_style_sets_all_four_font_slots(document):
    for one in part(document, "styles").iter(f"{W}rFonts"):
        slots = {name.removeprefix(W): font for name, font in one.attrib.items()}
        assert set(slots) == {"ascii", "hAnsi", "eastAsia", "cs"}


@pytest.mark.parametrize(
    ("name", "font", "size"),
    [
        ("Normal", "仿宋_GB2312", "32"),
        ("Title", "方正小标宋简体", "44"),
        ("Heading1", "黑体", "32"),
        ("Heading2", "楷体_GB2312", "32"),
        ("Heading3", "仿宋_GB2312", "32"),
        ("Heading4", "仿宋_GB2312", "32"),
        ("Footer", "宋体", "28"),
    ],
)
def test_fonts_and_sizes_are_those_of_the_standard(name, font, size, document):
    found = style(document, name)
    assert value(found, "rPr/rFonts", "eastAsia") == font
    assert value(found, "rPr/sz") == size
    assert value(found, "rPr/b") == "0", "the standard asks for no bold"


def test_every_font_has_stand_ins_for_machines_that_lack_it(document):
    table = part(document, "fontTable")
    names = {one.get(f"{W}name"): one for one in table}
    used = {one.get(f"{W}eastAsia") for one in part(document, "styles").iter(f"{W}rFonts")}
    assert used <= set(names)
    for font in used:
        assert "Noto" in value(names[font], "altName")


def test_nothing_is_in_colour(document):
    for name in ("document", "styles", "footer_default", "footer_even"):
        for one in part(document, name).iter(f"{W}color"):
            assert one.get(f"{W}val") == "000000"


# ── headings, title, signature, page numbers ────────────────────────────────


def test_headings_are_real_and_shown_by_the_navigation(document):
    opened = docx.Document(io.BytesIO(document))
    headings = [one for one in opened.paragraphs if one.style.name.startswith("Heading")]
    shown = {(one.style.name, one.text.partition("、")[0][:3]) for one in headings}
    assert ("Heading 1", "一") in shown
    assert ("Heading 2", "（一）") in shown
    for level in (1, 2, 3, 4):
        assert value(style(document, f"Heading{level}"), "pPr/outlineLvl") == str(level - 1)


def titles(document: bytes) -> list[str]:
    opened = docx.Document(io.BytesIO(document))
    return [one.text for one in opened.paragraphs if one.style.name == "Title"]


def test_a_title_is_broken_only_where_its_card_allows_and_only_if_it_must(profile):
    short = bare(title="虚构县教育局\n工作总结")
    long = bare(title="虚构县教育局\n二〇二五年度教育事业发展情况工作总结报告")
    assert titles(render(short, profile)) == ["虚构县教育局工作总结"]
    assert titles(render(long, profile)) == [
        "虚构县教育局",
        "二〇二五年度教育事业发展情况工作总结报告",
    ]


@pytest.mark.parametrize(
    ("signature", "signed", "dated"),
    [
        ("虚构县人民政府教育督导委员会办公室", 9, 11),  # 28 − 2 − 17 = 9; the date two further
        ("虚构县教育局", 18, 20),  # the date, 6 wide, ends two from the edge
        ("教育局", 18, 20),  # a longer date: it ends two from the edge, and 署名 follows it
    ],
)
def test_the_date_begins_two_characters_after_the_signature(signature, signed, dated, profile):
    document = render(bare(signature=signature), profile)
    starts = [
        int(one.get(f"{W}left")) / Layout(profile).character
        for one in part(document, "document").iter(f"{W}ind")
    ]
    assert starts == [signed, dated]
    assert docx.Document(io.BytesIO(document)).paragraphs[-1].text == "2026年1月5日"


def test_odd_pages_are_numbered_on_the_right_and_even_ones_on_the_left(document):
    assert part(document, "settings").find(f"{W}evenAndOddHeaders") is not None
    for name, side in (("footer_default", "right"), ("footer_even", "left")):
        [paragraph] = part(document, name)
        assert value(paragraph, "pPr/jc") == side
        assert value(paragraph, "pPr/ind", side) == "280"
        assert "".join(one.text for one in paragraph.iter(f"{W}t")) == "— 1 —"
        assert paragraph.find(f"{W}fldSimple").get(f"{W}instr").strip() == "PAGE"


# ── tables ──────────────────────────────────────────────────────────────────


def test_tables_repeat_their_header_keep_their_rows_and_fit_the_page(document, profile):
    tables = list(part(document, "document").iter(f"{W}tbl"))
    assert len(tables) == 4
    for table in tables:
        rows = table.findall(f"{W}tr")
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        widths = [int(one.get(f"{W}w")) for one in table.find(f"{W}tblGrid")]
        assert sum(widths) == Layout(profile).text_width


def wide(columns: int) -> TextTable:
    row = tuple(("123456.78",) for _ in range(columns))
    return TextTable("表1  宽表", ("指标",) * columns, (row,))


@pytest.mark.parametrize(
    ("columns", "size", "turned"),
    [(7, 1, False), (8, 2, False), (9, 3, False), (10, 1, True), (12, 2, True)],
)
def test_a_wider_table_takes_smaller_type_and_at_last_a_turned_page(columns, size, turned, profile):
    after = Paragraph(("表后的话",))
    root = part(render(bare(Paragraph(("话",)), wide(columns), after), profile), "document")
    sections = list(root.iter(f"{W}sectPr"))
    turns = [value(one, "pgSz", "orient") == "landscape" for one in sections]
    assert turns == ([False, True, False] if turned else [False])
    styles = {one.get(f"{W}val") for one in root.find(f".//{W}tbl").iter(f"{W}pStyle")}
    assert styles == {f"TableText{size}", f"TableHeader{size}"}


def test_a_turned_page_keeps_the_type_area_turned(profile):
    root = part(render(bare(Paragraph(("话",)), wide(12)), profile), "document")
    section = list(root.iter(f"{W}sectPr"))[1]
    page = {name: int(value(section, "pgSz", name)) for name in ("w", "h")}
    edge = {side: int(value(section, "pgMar", side)) for side in ("top", "right", "bottom", "left")}
    layout = Layout(profile)
    assert page["w"] - edge["left"] - edge["right"] == layout.text_height
    assert page["h"] - edge["top"] - edge["bottom"] == layout.text_width
    assert edge["top"] == layout.left, "the binding edge is on top"


# ── tags ────────────────────────────────────────────────────────────────────


def test_every_claim_stands_in_a_control_in_its_order(text, document):
    said = [(claim.tag, claim.text) for claim in text.claims()]
    assert [(one.tag, one.text) for one in read_tags.tags(document)] == said
    assert said


def test_controls_in_tables_are_found_too(document):
    assert {one.table for one in read_tags.tags(document)} == {True, False}


def test_no_digit_of_a_figure_stands_outside_a_control(document):
    """Left are days, years, numbers of headings, tables and documents: no figure's value."""
    known = r"2025—2026学年|2025年12月31日|2026年|表\d|〔2017〕6号|^\d\."
    outside = [re.sub(known, "", one) for one in read_tags.plain_text(document)]
    assert [one for one in outside if re.search(r"\d", one)] == []


def test_tags_titles_and_ids_are_such_as_word_takes(document):
    root = part(document, "document")
    for kind in ("tag", "alias"):
        texts = [one.get(f"{W}val") for one in root.iter(f"{W}{kind}")]
        assert all(0 < len(one) <= TAG_LIMIT for one in texts)
    ids = [one.get(f"{W}val") for one in root.iter(f"{W}id")]
    assert len(ids) == len(set(ids)) > 0


def test_every_tag_resolves_in_the_documents_own_map(text, document):
    mapped = read_tags.claims(document)
    by_key = {claim.key: claim for claim in text.claims()}
    for one in read_tags.tags(document):
        entry = mapped[one.tag]
        claim = by_key[entry.key]
        assert one.text in entry.printed
        assert (entry.name, entry.place, entry.period) == (claim.name, claim.place, claim.period)
    assert len(mapped) == len({one.tag for one in read_tags.tags(document)})


def test_the_map_gives_values_exactly(document):
    mapped = read_tags.claims(document)
    area = mapped["area/3163000003/lower_secondary/2025-2026"]
    assert (area.value, area.decimal, area.printed) == (
        "1449/250",
        "5.796",
        ("5.796", "5.796平方米"),
    )
    spread = mapped["spread_area/632599/lower_secondary/2025-2026"]
    assert (spread.value, spread.decimal) == ("sqrt(1/4)", "0.5")


def long_claim() -> Claim:
    return Claim(
        text="1人",
        name="a_very_long_indicator_name_indeed",
        place="2163000001",
        stage=None,
        period="2025-2026",
        facet="lacking_total",
        term="很长的名称" * 20,
        value=None,
        unit="person",
        shown="1",
    )


def test_a_key_too_long_for_a_tag_is_cut_and_still_resolves(profile):
    claim = long_claim()
    document = render(bare(Paragraph((claim,))), profile)
    [tagged] = read_tags.tags(document)
    assert len(claim.key) > TAG_LIMIT
    assert len(tagged.tag) == TAG_LIMIT
    assert read_tags.claims(document)[tagged.tag].key == claim.key


def test_a_slice_keeps_its_key_in_tag_and_map_and_a_whole_has_none(profile):
    math = Slice("subject", "math", "数学", "学科")
    whole = replace(long_claim(), name="reached", facet="")
    claims = (whole, replace(whole, slice=math))
    document = render(bare(Paragraph(claims)), profile)
    first, second = read_tags.tags(document)
    assert first.tag == "reached/2163000001/all/2025-2026"
    assert second.tag == "reached/2163000001/all/2025-2026/subject=math"
    mapped = read_tags.claims(document)
    assert (mapped[first.tag].slice, mapped[second.tag].slice) == ("", "subject=math")
    # A part said of a slice has its facet behind everything else.
    assert replace(claims[1], facet="missing").key.endswith("/subject=math#missing")


def test_a_document_of_someone_elses_has_no_tags_and_no_map():
    made = io.BytesIO()
    other = docx.Document()
    other.add_paragraph("没有标记的文件")
    other.save(made)
    assert read_tags.tags(made.getvalue()) == []
    assert read_tags.claims(made.getvalue()) == {}


# ── the file ────────────────────────────────────────────────────────────────


def test_the_same_text_gives_the_same_bytes(text, small, profile):
    assert render(text, profile) == render(small.write().text, profile)


def test_the_file_knows_no_time_but_the_documents_day(document):
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = docx.Document(io.BytesIO(document)).core_properties
    assert (properties.title, properties.subject) == ("虚构县虚构报告", "虚构报告")
    assert {properties.created.date(), properties.modified.date()} == {date(2025, 12, 31)}


def test_a_broken_text_of_a_school_cannot_break_the_file(small, profile):
    block = small.text(text="甲 & 乙 <丙> “丁”")
    [text] = [
        one.text
        for one in docx.Document(io.BytesIO(render(small.write(block).text, profile))).paragraphs
        if "甲" in one.text
    ]
    assert text == "甲 & 乙 <丙> “丁”"


# ── LibreOffice ─────────────────────────────────────────────────────────────


def pages(document: bytes, folder, soffice: str, pdftotext: str) -> list[list[str]]:
    """The lines of each page as LibreOffice sets them, without spaces."""
    (folder / "a.docx").write_bytes(document)
    home = (folder / "home").as_uri()
    command = [soffice, f"-env:UserInstallation={home}", "--headless", "--convert-to", "pdf"]
    subprocess.run(
        [*command, "--outdir", folder, folder / "a.docx"], check=True, capture_output=True
    )
    done = subprocess.run(
        [pdftotext, "-layout", folder / "a.pdf", "-"], check=True, capture_output=True, text=True
    )
    lines = [page.splitlines() for page in done.stdout.split("\f")]
    return [[one.replace(" ", "") for one in page if one.strip()] for page in lines[:-1]]


def test_libreoffice_sets_twenty_eight_characters_and_twenty_two_lines(
    profile, tmp_path, soffice, pdftotext
):
    body = tuple(Paragraph(("国" * (26 + 28 * 3),)) for _ in range(18))
    first, second, *_ = pages(render(bare(*body), profile), tmp_path, soffice, pdftotext)
    assert second[-1] == "—2—"
    assert [len(line) for line in second[:-1]] == [26, 28, 28, 28] * 5 + [26, 28]
    assert first[-1] == "—1—"


def test_libreoffice_opens_the_whole_document(text, document, tmp_path, soffice, pdftotext):
    made = pages(document, tmp_path, soffice, pdftotext)
    shown = "".join(line for page in made for line in page[:-1])
    for claim in text.claims():
        assert claim.text in shown
    assert "虚构县教育局2025年12月31日" in shown


def gaps(document: bytes, folder, soffice: str, pdftotext: str) -> list[str]:
    """The places at which LibreOffice sets a space between a number and a Chinese character."""
    pages(document, folder, soffice, pdftotext)
    done = subprocess.run(
        [pdftotext, "-layout", folder / "a.pdf", "-"], check=True, capture_output=True, text=True
    )
    return re.findall(r"[\u4e00-\u9fff] [0-9]\S*|[0-9]\S* [\u4e00-\u9fff]", done.stdout)


def test_libreoffice_sets_no_space_between_a_number_and_its_unit(
    small, profile, tmp_path, soffice, pdftotext
):
    block = small.text(text="虚构的第3次：{pupils_all}，其中{pupils/primary|bare}人，占9成。")
    document = render(small.write(block).text, profile)
    said = [one for one in gaps(document, tmp_path, soffice, pdftotext) if one[-1] not in "年月日"]
    assert said == [], "the date below the text alone is plain: many programs pass over controls"


def test_a_short_line_is_not_drawn_apart(document):
    """A number that cannot be broken leaves a gap at the end of a line, never between letters."""
    assert value(style(document, "Normal"), "pPr/jc") == "left"


def test_numbers_beside_characters_stand_in_frames_that_word_does_not_draw(document):
    root = part(document, "document")
    bare = [one for one in root.iter(f"{W}sdt") if one.find(f"{W}sdtPr/{W}tag") is None]
    hidden = "{http://schemas.microsoft.com/office/word/2012/wordml}appearance"
    assert bare
    assert all(one.find(f"{W}sdtPr/{hidden}") is not None for one in bare)
    assert root.get("{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable")
