"""One sheet's XML: rows and cells by number, marks put on and taken off in tiny sheets."""

import pytest

from xianxue.bureau.documents.splice import SpliceError
from xianxue.bureau.returns.marking.colours import Before, fill_of, known_colours
from xianxue.bureau.returns.marking.list_sheet import list_link, list_row
from xianxue.bureau.returns.marking.sheet import mark_sheet
from xianxue.bureau.returns.marking.sheet_clean import unmark_sheet
from xianxue.bureau.returns.marking.sheet_xml import SheetXml, address_of, span_of, split
from xianxue.bureau.returns.marking.styles import EMPTY, MAIN, Styles
from xianxue.bureau.returns.sheets.own_marks import CHECK, REVIEW


def sheet(rows="", before="", after=""):
    """Make a sheet of these rows, with what stands before and after its cells."""
    return (
        f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
    ).encode()


def cell(address, value="1", style=""):
    style = f' s="{style}"' if style else ""
    return f'<c r="{address}"{style}><v>{value}</v></c>' if value else f'<c r="{address}"{style}/>'


def row(number, *cells, more=""):
    return f'<row r="{number}"{more}>{"".join(cells)}</row>'


HEAD = row(1, cell("A1"), cell("B1"))
TWO = HEAD + row(2, cell("A2"), cell("B2"))


def marked(xml, cells=None, reasons=None, voice=CHECK, styles=None):
    part, styles = SheetXml(xml), styles or Styles(EMPTY)
    mark_sheet(part, cells or {}, reasons or {}, styles, voice)
    return part.edits.result(), styles


def unmarked(xml, styles):
    """Take the marks off as the next reader does: with the styles as they were written."""
    again = Styles(styles.result())
    again.know(known_colours(styles.palette.lines()), guess=False)
    part = SheetXml(xml)
    unmark_sheet(part, again)
    return part.edits.result()


def fill_at(xml, address, styles):
    part = SheetXml(xml)
    at = split(address)
    found = part.row(at[0]).cell(at[1])
    return styles.fill_of(found.style)


# ── addresses ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("address", "at"),
    [
        ("A1", (1, 1)), ("z9", (9, 26)), ("AA10", (10, 27)), ("$C$4", (4, 3)),
        ("XFD1048576", (1_048_576, 16_384)), ("XFE1", None), ("A1048577", None), ("A0", None),
        ("", None), ("A", None), ("1", None), ("A1:B2", None), ("AAAA1", None),
    ],
)  # fmt: skip
def test_an_address_is_within_the_formats_bounds(address, at):
    assert split(address) == at
    if at is not None:
        assert address_of(*at) == address.replace("$", "").upper()


# ── what stands where ───────────────────────────────────────────────────────


def test_rows_and_cells_without_numbers_follow_each_other():
    """Some programs write no addresses: the next row, the next column."""
    part = SheetXml(sheet("<row><c/><c/></row><row r='4'><c r='C4'/><c/></row><row><c/></row>"))
    assert [row.number for row in part.rows] == [1, 4, 5]
    assert [[cell.column for cell in row.cells] for row in part.rows] == [[1, 2], [3, 4], [1]]
    assert part.row(4).cell(4) is not None
    assert part.row(4).cell(2) is None
    assert part.row(4).place(4) == 1
    assert part.row(2) is None


@pytest.mark.parametrize(
    "rows",
    [
        row(2) + row(1), row(1) + row(1), row(1, cell("B1"), cell("A1")), row(1, cell("A1"), cell("A1")),
    ],
)  # fmt: skip
def test_a_sheet_out_of_order_is_not_changed(rows):
    with pytest.raises(SpliceError, match="rows or cells out of order"):
        SheetXml(sheet(rows))


@pytest.mark.parametrize(
    "xml", [f'<worksheet xmlns="{MAIN}"/>'.encode(), b"<chartsheet><sheetData/></chartsheet>"]
)
def test_what_is_no_sheet_of_cells_is_not_changed(xml):
    with pytest.raises(SpliceError, match="no cells in this sheet"):
        SheetXml(xml)


def test_the_last_filled_column_counts_values_formulas_texts_and_merged_cells():
    rows = row(
        1, '<c r="A1"><v>1</v></c>', '<c r="B1"><f>1</f></c>', '<c r="C1"><is/></c>', '<c r="D1"/>'
    )
    assert SheetXml(sheet(rows)).last_filled() == 3
    merged = '<mergeCells><mergeCell ref="A2:F2"/><mergeCell ref="B3:C3"/></mergeCells>'
    assert SheetXml(sheet(rows, after=merged)).last_filled() == 6
    assert SheetXml(sheet()).last_filled() == 0
    assert SheetXml(sheet(after="<mergeCells><mergeCell/></mergeCells>")).last_filled() == 0


def test_the_headed_row_is_the_fullest_at_the_top():
    rows = row(1, cell("A1")) + row(2, cell("A2"), cell("B2")) + row(3, cell("A3"), cell("B3"))
    part = SheetXml(sheet(rows + row(4, cell("A4"), cell("B4"), cell("C4"))))
    # The first of equals, and none below the first complaint.
    assert [part.header_row(before) for before in (1, 2, 3, 4, 9)] == [1, 2, 2, 4, 4]
    late = "".join(row(n, cell(f"A{n}")) for n in range(1, 20))
    late += row(20, *(cell(f"{a}20") for a in "AB")) + row(21, *(cell(f"{a}21") for a in "ABC"))
    assert SheetXml(sheet(late)).header_row(99) == 20
    assert SheetXml(sheet()).header_row(5) == 1


def test_the_style_of_a_cell_that_is_not_there():
    """That of its row where the row has one of its own, else that of its column."""
    columns = '<cols><col min="2" max="3" style="5"/><col min="4" max="4"/></cols>'
    rows = row(1, more=' s="7" customFormat="1"') + row(2, more=' s="8"')
    part = SheetXml(sheet(rows, before=columns))
    assert [part.default_style(part.row(1), at) for at in (1, 2)] == [7, 7]
    assert [part.default_style(part.row(2), at) for at in (1, 2, 3, 4, 5)] == [0, 5, 5, 0, 0]
    assert part.default_style(None, 3) == 5
    assert span_of(part.column_node(3)) == (2, 3)
    assert part.column_node(1) is None


def test_the_last_style_is_that_of_the_last_filled_cell():
    part = SheetXml(
        sheet(row(1, cell("A1", "1", "3"), cell("B1", "1", "4"), cell("C1", "", "5")) + row(2))
    )
    assert part.last_style(1) == 4
    assert part.last_style(2) is None
    assert part.last_style(3) is None


# ── colours on cells ────────────────────────────────────────────────────────


def test_only_the_cell_that_is_meant_changes():
    xml, styles = marked(sheet(TWO), {"B2": "must_fix"})
    assert fill_at(xml, "B2", styles) == fill_of("FFFF9090")
    before, after = sheet(TWO).split(b'<c r="B2">')
    assert xml.startswith(before)
    assert xml.endswith(after)
    assert unmarked(xml, styles) == sheet(TWO)


def test_cells_rows_and_sheets_that_were_never_written_can_be_marked():
    """In their order among the others; and taken off, they are gone again."""
    for rows in (TWO, "", HEAD + row(5, cell("A5"))):
        for address in ("C1", "A3", "B4", "D9"):
            xml, styles = marked(sheet(rows), {address: "explain"})
            assert fill_at(xml, address, styles) == fill_of("FFFFD060")
            assert unmarked(xml, styles) == sheet(rows)
    # Between two cells, and before the first.
    apart = row(1, cell("B1"), cell("D1"))
    xml, styles = marked(sheet(apart), {"A1": "explain", "C1": "explain", "E1": "explain"})
    assert [cell.column for cell in SheetXml(xml).row(1).cells] == [1, 2, 3, 4, 5]
    assert unmarked(xml, styles) == sheet(apart)


def test_an_empty_sheet_that_closes_itself_can_be_marked():
    xml = f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'.encode()
    found, styles = marked(xml, {"B2": "must_fix"})
    assert fill_at(found, "B2", styles) == fill_of("FFFF9090")
    found, styles = marked(sheet('<row r="1"/>'), {"B1": "must_fix"})
    assert fill_at(found, "B1", styles) == fill_of("FFFF9090")


def test_an_address_that_is_none_marks_nothing():
    assert marked(sheet(TWO), {"line 7": "must_fix", "": "must_fix"})[0] == sheet(TWO)


def test_a_row_no_longer_says_how_far_it_spans():
    xml, _ = marked(sheet(row(1, cell("A1"), more=' spans="1:1"')), {"C1": "must_fix"})
    assert b"spans" not in xml
    # Where no cell is added it stays.
    xml, _ = marked(sheet(row(1, cell("A1"), more=' spans="1:1"')), {"A1": "must_fix"})
    assert b'spans="1:1"' in xml


# ── the column of reasons ───────────────────────────────────────────────────


def texts_of(xml):
    part = SheetXml(xml)
    return {
        address_of(row.number, cell.column): part.xml[cell.node.inner : cell.node.close].decode()
        for row in part.rows
        for cell in row.cells
        if cell.node.get("t") == "inlineStr"
    }


def inline(text):
    return f'<is><t xml:space="preserve">{text}</t></is>'


def test_reasons_stand_behind_everything_below_a_header():
    xml, styles = marked(sheet(TWO), reasons={2: "B2：错"})
    assert texts_of(xml) == {"C1": inline("错误原因"), "C2": inline("B2：错")}
    assert fill_at(xml, "C2", styles) == fill_of("FFFDF0E0")
    assert b'<cols><col min="3" max="3" width="60.7109375" customWidth="1"/></cols>' in xml
    assert unmarked(xml, styles) == sheet(TWO)
    xml, _ = marked(sheet(TWO), reasons={2: "B2：错"}, voice=REVIEW)
    assert texts_of(xml)["C1"] == inline("教育局审核意见")


def test_a_complaint_about_the_header_stands_in_it():
    xml, styles = marked(sheet(TWO), reasons={1: "A1：错"})
    assert texts_of(xml) == {"C1": inline("错误原因：A1：错")}
    assert unmarked(xml, styles) == sheet(TWO)


def test_a_styled_blank_where_the_reason_goes_is_filled_and_emptied_again():
    rows = row(1, cell("A1"), cell("B1", "", "0")) + row(2, cell("A2"), cell("B2", "", "0"))
    xml, styles = marked(sheet(rows), reasons={2: "错"})
    assert texts_of(xml) == {"B1": inline("错误原因"), "B2": inline("错")}
    # One that said nothing of its style says nothing again.
    assert unmarked(xml, styles).replace(b' s="0"', b"") == sheet(rows).replace(b' s="0"', b"")


@pytest.mark.parametrize(
    ("columns", "wide"),
    [
        # Behind, between and before others.
        ('<cols><col min="1" max="2" width="9"/></cols>', '<cols><col min="1" max="2" width="9"/>{own}</cols>'),
        ('<cols><col min="9" max="9" width="9"/></cols>', '<cols>{own}<col min="9" max="9" width="9"/></cols>'),
    ],
)  # fmt: skip
def test_the_column_of_reasons_gets_its_width_among_others(columns, wide):
    own = '<col min="3" max="3" width="60.7109375" customWidth="1"/>'
    xml, styles = marked(sheet(TWO, before=columns), reasons={2: "错"})
    assert wide.format(own=own).encode() in xml
    assert unmarked(xml, styles) == sheet(TWO, before=columns)


@pytest.mark.parametrize(
    ("first", "last", "parts"),
    [
        (1, 9, ["1:2", "3:3", "4:9"]), (3, 9, ["3:3", "4:9"]), (1, 3, ["1:2", "3:3"]),
    ],
)  # fmt: skip
def test_it_is_cut_out_of_a_wider_declaration_and_joined_again(first, last, parts):
    columns = f'<cols><col min="{first}" max="{last}" width="9" hidden="1"/></cols>'
    xml, styles = marked(sheet(TWO, before=columns), reasons={2: "错"})
    declared = SheetXml(xml).columns.children
    assert [f"{node.get('min')}:{node.get('max')}" for node in declared] == parts
    widths = {node.get("min"): (node.get("width"), node.get("hidden")) for node in declared}
    assert widths.pop("3") == ("61.7109375", "")
    assert set(widths.values()) == {("9", "1")}
    assert unmarked(xml, styles) == sheet(TWO, before=columns)


def test_a_hidden_column_would_hide_the_reasons():
    columns = '<cols><col min="3" max="3" hidden="1"/><col min="4" max="4" hidden="true"/></cols>'
    xml, _ = marked(sheet(TWO, before=columns), reasons={2: "错"})
    assert set(texts_of(xml)) == {"E1", "E2"}
    shown = '<cols><col min="3" max="3" width="5"/></cols>'
    xml, styles = marked(sheet(TWO, before=shown), reasons={2: "错"})
    assert set(texts_of(xml)) == {"C1", "C2"}
    # A width of its own is the clerk's, and stays.
    assert unmarked(xml, styles) == sheet(TWO, before=shown)


@pytest.mark.parametrize(
    ("extent", "wider"),
    [("A1:B2", "A1:C2"), ("A1", "A1:C1"), ("A1:C9", "A1:C9"), ("A1:F2", "A1:F2")],
)
def test_the_declared_extent_reaches_the_reasons_and_goes_back(extent, wider):
    before = f'<dimension ref="{extent}"/>'
    xml, styles = marked(sheet(TWO, before=before), reasons={2: "错"})
    assert f'<dimension ref="{wider}"/>'.encode() in xml
    if extent in {"A1:B2", "A1:F2"}:
        assert unmarked(xml, styles) == sheet(TWO, before=before)


def test_a_width_a_clerk_has_changed_since_stays():
    xml, styles = marked(sheet(TWO), reasons={2: "错"})
    wider = xml.replace(b'width="60.7109375"', b'width="80"')
    assert b'<col min="3" max="3" width="80" customWidth="1"/>' in unmarked(wider, styles)
    # A program that rounded it did not.
    rounded = xml.replace(b'width="60.7109375"', b'width="60.71"')
    assert unmarked(rounded, styles) == sheet(TWO)


def test_what_a_clerk_wrote_into_a_mark_stays_without_its_colour():
    xml, styles = marked(sheet(TWO), {"C2": "must_fix"})
    number = SheetXml(xml).row(2).cell(3).style
    filled = xml.replace(
        f'<c r="C2" s="{number}"/>'.encode(), f'<c r="C2" s="{number}"><v>5</v></c>'.encode()
    )
    assert unmarked(filled, styles) == sheet(HEAD + row(2, cell("A2"), cell("B2"), cell("C2", "5")))


# ── styles ──────────────────────────────────────────────────────────────────


def test_a_marked_style_is_another_but_for_its_fill():
    styles = Styles(EMPTY)
    red = styles.marked(0, "must_fix", fresh=False)
    assert red == 1
    assert styles.marked(0, "must_fix", fresh=False) == red
    assert styles.marked(0, "must_fix", fresh=True) != red
    assert styles.marked(0, "explain", fresh=False) != red
    assert b'fontId="0"' in styles.formats.items[red]
    assert b'applyFill="1"' in styles.formats.items[red]
    again = Styles(styles.result())
    assert again.fill_of(red) == fill_of("FFFF9090")
    again.know(known_colours(styles.palette.lines()), guess=False)
    before, style = again.before(red)
    assert (before, style) == (Before("must_fix", False, styles.fill_of(0)), 0)
    assert again.before(0) is None


def test_styles_are_added_once_and_counted():
    styles = Styles(EMPTY)
    assert styles.result() == EMPTY
    assert styles.add(styles.fills, fill_of("FF123456")) == 2
    assert styles.add(styles.fills, fill_of("FF123456")) == 2
    assert styles.add(styles.fills, fill_of("FF654321")) == 3
    assert b'<fills count="4">' in styles.result()
    assert Styles(styles.result()).fills.old == 4
    # A style nobody has counts as the first.
    assert styles.fill_of(99) == styles.fill_of(0)


@pytest.mark.parametrize("name", ["fonts", "fills", "borders", "cellXfs"])
def test_styles_without_one_of_their_lists_are_not_changed(name):
    with pytest.raises(SpliceError, match=f"no {name} in the styles"):
        Styles(EMPTY.replace(f"<{name} ".encode(), b"<x ").replace(f"</{name}>".encode(), b"</x>"))


# ── lists ───────────────────────────────────────────────────────────────────


def test_a_row_of_a_list_has_its_texts_styles_and_height():
    assert list_row(3, [(1, "甲<乙", 4), (3, "", 5)], 22.5) == (
        '<row r="3" ht="22.5" customHeight="1">'
        '<c r="A3" s="4" t="inlineStr"><is><t xml:space="preserve">甲&lt;乙</t></is></c>'
        '<c r="C3" s="5"/></row>'
    )
    assert list_row(1, []) == '<row r="1"></row>'


def test_a_link_goes_to_a_tab_whatever_its_name():
    assert list_link(5, 4, "学生", "B4") == (
        """<hyperlink ref="D5" location="'学生'!B4" display="B4"/>"""
    )
    assert """location="'O''Brien &amp; &quot;甲&quot;'!A1\"""" in list_link(
        1, 1, 'O\'Brien & "甲"', "A1"
    )
