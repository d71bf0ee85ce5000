"""The workbook's list of sheets, its comments and their boxes, in zips of three parts."""

import re
from types import SimpleNamespace

import pytest

from xianxue.bureau.documents.parts import OFFICE, TYPES
from xianxue.bureau.documents.splice import SpliceError, parse
from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.returns.marking.comments import add_comments, remove_comments
from xianxue.bureau.returns.marking.notes_box import box, empty_drawing
from xianxue.bureau.returns.marking.package import WORKBOOK, Tab, WorkbookParts
from xianxue.bureau.returns.marking.remarks import comment_on, look_of, reason_for
from xianxue.bureau.returns.marking.sheet_xml import SheetXml
from xianxue.bureau.returns.marking.styles import MAIN
from xianxue.bureau.returns.marking.workbook_list import open_tab, put_first, take_out
from xianxue.bureau.returns.sheets.own_marks import CHECK, REVIEW

SHEET = f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'.encode()
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def book(tabs=("甲", "乙"), view="", names="", more=""):
    """Make a workbook of these tabs, each with a part of its own."""
    sheets = "".join(
        f'<sheet name="{name}" sheetId="{3 + at}" r:id="rId{at}"{more}/>'
        for at, name in enumerate(tabs, 1)
    )
    views = f"<bookViews><workbookView{view}/></bookViews>" if view is not None else ""
    defined = f"<definedNames>{names}</definedNames>" if names else ""
    relations = "".join(
        f'<Relationship Id="rId{at}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in range(1, len(tabs) + 1)
    )
    contents = {
        TYPES: f'<Types xmlns="{PACKAGE}/content-types"></Types>'.encode(),
        WORKBOOK: (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{views}'
            f"<sheets>{sheets}</sheets>{defined}</workbook>"
        ).encode(),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>'
        ).encode(),
        **{f"xl/worksheets/sheet{at}.xml": SHEET for at in range(1, len(tabs) + 1)},
    }
    return WorkbookParts(SimpleNamespace(parts=contents, entries=[]))


def listed(parts):
    root = parse(parts.contents[WORKBOOK])
    return [(node.get("name"), node.get("sheetId")) for node in root.child("sheets").children]


# ── tabs ────────────────────────────────────────────────────────────────────


def test_tabs_are_given_in_their_order_with_their_parts():
    parts = book(("甲", "乙"))
    assert parts.tabs() == [
        Tab("甲", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml", False),
        Tab("乙", "xl/worksheets/sheet2.xml", "xl/worksheets/sheet2.xml", False),
    ]
    for state in ("hidden", "veryHidden"):
        assert all(tab.hidden for tab in book(more=f' state="{state}"').tabs())
    assert not book(more=' state="visible"').tabs()[0].hidden


def test_a_chart_has_a_tab_and_no_cells():
    parts = book()
    name = "xl/_rels/workbook.xml.rels"
    parts.contents[name] = parts.contents[name].replace(b'/worksheet"', b'/chartsheet"', 1)
    first, _ = parts.tabs()
    assert (first.part, first.any_part) == ("", "xl/worksheets/sheet1.xml")
    del parts.contents["xl/worksheets/sheet2.xml"]
    assert parts.tabs()[1] == Tab("乙", "", "", False)


def test_what_is_no_transitional_workbook_is_not_changed():
    strict = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    contents = dict(book().contents)
    for broken in (
        {name: xml for name, xml in contents.items() if name != TYPES},
        {**contents, WORKBOOK: contents[WORKBOOK].replace(MAIN.encode(), strict)},
    ):
        with pytest.raises(SpliceError, match="no transitional workbook"):
            WorkbookParts(SimpleNamespace(parts=broken, entries=[]))


# ── the list put first and taken out ────────────────────────────────────────

NAMES = (
    '<definedName name="a" localSheetId="0">甲!A1</definedName>'
    '<definedName name="b" localSheetId="1">乙!A1</definedName><definedName name="c">甲!A1</definedName>'
)


def local_names(parts):
    names = parse(parts.contents[WORKBOOK]).child("definedNames")
    return {node.get("name"): node.get("localSheetId") for node in names.children}


@pytest.mark.parametrize(
    ("view", "opened"),
    [("", (0, "")), (' activeTab="1"', (1, "")), (' activeTab="1" firstSheet="1"', (1, "1")), (' activeTab="x"', (0, "")), (None, (0, ""))],
)  # fmt: skip
def test_the_tab_that_is_open(view, opened):
    assert open_tab(book(view=view)) == opened


def test_a_sheet_put_first_is_open_and_all_numbers_of_sheets_move():
    parts = book(view=' activeTab="1" firstSheet="1"', names=NAMES)
    put_first(parts, '校"验', SHEET)
    # Its number is new: 3 and 4 are taken, and 5 may have been.
    assert listed(parts) == [('校"验', "6"), ("甲", "4"), ("乙", "5")]
    assert local_names(parts) == {"a": "1", "b": "2", "c": ""}
    assert open_tab(parts) == (0, "0")
    assert parts.tabs()[0].part == "xl/worksheets/sheet3.xml"
    assert b'PartName="/xl/worksheets/sheet3.xml"' in parts.contents[TYPES]


def test_taken_out_again_the_workbook_is_as_it_was():
    for view in ("", ' activeTab="1"', ' activeTab="1" firstSheet="1"', None):
        parts = book(view=view, names=NAMES)
        before = dict(parts.contents)
        opened, first = open_tab(parts)
        put_first(parts, "校验", SHEET)
        take_out(parts, 0, opened, first)
        assert parts.contents == before


def test_a_sheet_taken_out_takes_its_own_names_and_parts_along():
    parts = book(("甲", "乙", "丙"), names=NAMES)
    part = "xl/worksheets/sheet1.xml"
    for kind, name in (("comments", "xl/comments1.xml"), ("image", "xl/media/a.png")):
        parts.contents[name] = b"<x/>"
        parts.relate(part, kind, name)
    take_out(parts, 0, 1, "")
    assert listed(parts) == [("乙", "5"), ("丙", "6")]
    assert local_names(parts) == {"b": "0", "c": ""}
    assert open_tab(parts) == (1, "")
    assert part not in parts.contents
    # A picture may be another sheet's, too.
    assert "xl/comments1.xml" not in parts.contents
    assert "xl/media/a.png" in parts.contents


def test_a_workbook_without_sheets_gets_none():
    parts = book(())
    with pytest.raises(SpliceError, match="no sheets"):
        put_first(parts, "校验", SHEET)


# ── what is said about a cell ───────────────────────────────────────────────


def issue(severity=Severity.MUST_FIX, **more):
    parts = {"code": "R-X", "saw": "填了“-3”", "cell": "B4", "do": "请改正"}
    return Issue(severity=severity, **(parts | more))


def test_the_gravest_complaint_colours_a_cell():
    must, explain, note = (issue(severity) for severity in Severity)
    assert look_of([note, explain, must]) == "must_fix"
    assert look_of([note, explain]) == "explain"
    assert look_of([note]) is None
    assert look_of([]) is None


def test_a_comment_says_what_is_wrong_required_and_to_be_done():
    one = issue(required="不小于 0", citation="《虚构办法》")
    assert comment_on([one], CHECK) == (
        "逻辑校验（必须改正）\n填了“-3”；要求：不小于 0。请改正。依据：《虚构办法》。"
    )
    other = issue(Severity.EXPLAIN, do="是不是 3？")
    assert comment_on([one, other], CHECK) == (
        "1. 逻辑校验（必须改正）\n填了“-3”；要求：不小于 0。请改正。依据：《虚构办法》。\n"
        "2. 经验校验（请改正，或者说明原因）\n填了“-3”。是不是 3？"
    )
    assert comment_on([issue(Severity.NOTE, do="")], CHECK) == "提示（供参考，不必改）\n填了“-3”。"
    assert comment_on([one], REVIEW) == (
        "审核意见（请核对，有误的改正）\n填了“-3”；报的是：不小于 0。请改正。审核人：《虚构办法》。"
    )


def test_a_reason_tells_all_of_a_row_in_one_line():
    row = [issue(), issue(Severity.EXPLAIN, cell="C4", do="请核对！")]
    assert reason_for(row, CHECK) == (
        "【逻辑校验】B4：填了“-3”。请改正。　【经验校验】C4：填了“-3”。请核对！"
    )
    assert reason_for(row[:1], REVIEW) == "【审核意见】B4：填了“-3”。请改正。"


# ── comments and their boxes ────────────────────────────────────────────────

PART = "xl/worksheets/sheet1.xml"


def commented(parts, texts, voice=CHECK):
    sheet = SheetXml(parts.contents[PART])
    add_comments(parts, sheet, PART, texts, voice.comment)
    parts.contents[PART] = sheet.edits.result()


def cleaned(parts):
    sheet = SheetXml(parts.contents[PART])
    remove_comments(parts, sheet, PART)
    parts.contents[PART] = sheet.edits.result()


def comments_of(parts):
    name = parts.related(PART, "comments")
    xml = parts.contents[name].decode()
    return {
        ref: "".join(re.findall(r"<t[^>]*>([^<]*)</t>", body))
        for ref, body in re.findall(r'<comment ref="(\w+)".*?(<text>.*?</text>)', xml, re.DOTALL)
    }


def shapes(parts):
    xml = next(text for name, text in parts.contents.items() if name.endswith(".vml")).decode()
    return re.findall(r"_x0000_s(\d+).*?<x:Row>(\d+)</x:Row><x:Column>(\d+)</x:Column>", xml)


def test_a_sheet_gets_its_comments_and_a_box_for_each():
    parts = book()
    before = dict(parts.contents)
    commented(parts, {"B4": "错了", "A2": "也错"})
    # In reading order, whatever the order in which they are handed over.
    assert list(comments_of(parts).items()) == [("A2", "【校验】也错"), ("B4", "【校验】错了")]
    assert shapes(parts) == [("1025", "1", "0"), ("1026", "3", "1")]
    assert b"<legacyDrawing xmlns:r=" in parts.contents[PART]
    assert b'Extension="vml"' in parts.contents[TYPES]
    cleaned(parts)
    del parts.contents[TYPES], before[TYPES]  # the kind of part stays declared
    assert parts.contents == before


def test_where_there_is_nothing_to_say_nothing_is_made():
    parts = book()
    before = dict(parts.contents)
    commented(parts, {})
    cleaned(parts)
    assert parts.contents == before


def theirs(parts, text="<text><t>原有</t></text>"):
    """Put in a comment of somebody else's, on B4."""
    parts.contents["xl/comments1.xml"] = (
        f'<comments xmlns="{MAIN}"><authors><author>张三（虚构）</author></authors>'
        f'<commentList><comment ref="B4" authorId="0">{text}</comment></commentList></comments>'
    ).encode()
    parts.relate(PART, "comments", "xl/comments1.xml")
    return parts


@pytest.mark.parametrize("text", ["<text><t>原有</t></text>", "<text><r><t>原有</t></r></text>"])
def test_somebody_elses_comment_stays_and_ours_stands_below(text):
    parts = theirs(book(), text)
    commented(parts, {"B4": "错了", "C4": "也错"})
    assert comments_of(parts) == {"B4": "原有\n\n【校验】错了", "C4": "【校验】也错"}
    # One of theirs has its box already.
    assert [shape[1:] for shape in shapes(parts)] == [("3", "2")]
    cleaned(parts)
    assert comments_of(parts) == {"B4": "原有"}
    assert shapes(parts) == []


def test_the_bureaus_comments_are_taken_off_as_well():
    parts = book()
    commented(parts, {"B4": "请核对"}, REVIEW)
    assert comments_of(parts) == {"B4": "【审核】请核对"}
    cleaned(parts)
    assert parts.related(PART, "comments") == ""


def test_threads_are_left_alone():
    """They are kept in two places that must agree."""
    parts = book()
    parts.contents["xl/threads.xml"] = b"<x/>"
    parts.relate(PART, "threadedComment", "xl/threads.xml")
    before = dict(parts.contents)
    commented(parts, {"B4": "错了"})
    assert parts.contents == before


def anchor(xml="", at=(5, 2), text="短"):
    """Give where a box begins and ends: column, offset, row, offset, twice."""
    sheet = SheetXml(f'<worksheet xmlns="{MAIN}">{xml}</worksheet>'.encode())
    found = re.search(rb"<x:Anchor>([^<]*)</x:Anchor>", box(sheet, at, text, 7))
    return [int(each) for each in found[1].split(b",")]


def test_a_box_stands_beside_its_cell():
    """340 pixels from 15 on, in columns of 64: 355 = 5 · 64 + 35; two lines of 17 and 5 = 39."""
    data = "<sheetData/>"
    assert anchor(data) == [2, 15, 3, 5, 7, 35, 4, 19]
    # In the first row it cannot begin above, in the last column not to the right.
    assert anchor(data, at=(1, 1))[:4] == [1, 15, 0, 5]
    assert anchor(data, at=(5, 16_384))[0] == 16_383
    # 53 narrow letters to a line: 54 take two, and a line break begins another.
    assert anchor(data, text="a" * 53)[6:] == [4, 19]
    assert anchor(data, text="a" * 54)[6:] == [5, 16]
    assert anchor(data, text="a\nb") == anchor(data, text="a" * 54)


def test_a_box_is_as_wide_whatever_the_columns_and_rows():
    columns = '<cols><col min="3" max="3" width="10"/><col min="4" max="4" hidden="1" width="50"/><col min="5" max="5" width="x"/></cols>'
    # 355 = 75 + 0 + 69 (64/7·7+5) + 3 · 64 + 19.
    assert anchor(columns + "<sheetData/>")[4:6] == [8, 19]
    rows = '<sheetData><row r="4" ht="30"/></sheetData>'
    # 39 pixels: the fourth row is 30 points, which are 40.
    assert anchor(rows)[6:] == [3, 39]


def test_a_drawing_has_its_number():
    assert b'data="3"' in empty_drawing(3)
    assert parse(empty_drawing(3)).name == "xml"
