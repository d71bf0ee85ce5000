"""How much a reader would have to hold of a sheet: the quick bound is never below the true count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.returns.files import extent
from xianxue.bureau.returns.files.bounds import MOST_CELLS, MOST_IN_ALL, MOST_TEXT
from xianxue.bureau.returns.files.extent import check_extents, check_texts
from xianxue.bureau.returns.files.refusal import RefusedError

NEAR = 999 * 26
"""What every sheet is taken for at least: rows 1 to 999, columns A to Z."""

WORKBOOK = {
    "xl/workbook.xml": b'<sheets><sheet name="\xe5\xad\xa6\xe7\x94\x9f" r:id="r1"/></sheets>',
    "xl/_rels/workbook.xml.rels": b'<Relationship Id="r1" Target="worksheets/a.xml"/>',
}


def refused(check, *handed):
    with pytest.raises(RefusedError) as raised:
        check(*handed)
    return raised.value


@pytest.mark.parametrize(
    ("cells", "span"),
    [
        (b"", NEAR),
        (b'<c r="A1"><v>1</v></c>', NEAR),
        (b'<c r="Z999"><v>1</v></c>', NEAR),
        # One row further down: 1,000 rows of 26 columns.
        (b'<c r="A1000"><v>1</v></c>', 1000 * 26),
        # AB is the 28th column.
        (b'<c r="AB1"><v>1</v></c>', 999 * 28),
        (b'<c r="ab1"><v>1</v></c>', 999 * 28),
        # The furthest row and the furthest column need not be of one cell: 2000 x 28.
        (b'<c r="A2000" s="1"><v>1</v></c><c r="AB1"><v>1</v></c>', 2000 * 28),
        # Styled and blank, as LibreOffice and as openpyxl write it: no room is made for it.
        (b'<c r="A1048576" s="5"/>', NEAR),
        (b'<c r="A1048576" s="5" />', NEAR),
        # In any other spelling it counts, blank or not.
        (b'<c r="A2000" s="5"></c>', 2000 * 26),
        (b'<c r="A2000" t="x/>y"><v>1</v></c>', 2000 * 26),
        (b'<c r="A2000"/>', 2000 * 26),
    ],
)
def test_what_a_sheet_spans_at_most(cells, span):
    assert extent._at_most(b"<sheetData><row>" + cells) == span


@pytest.mark.parametrize(
    "cell",
    [
        b"<c><v>1</v></c>",
        b'<c t="s"><v>1</v></c>',
        b'<c s="1" r="A1"><v>1</v></c>',
        b"<c r='A1'><v>1</v></c>",
        b'<c\nr="A1"><v>1</v></c>',
        b'<c r = "A1"><v>1</v></c>',
        b'<x:c r="A1"><x:v>1</x:v></x:c>',
        b'<c r="A12345678901"><v>1</v></c>',
        b'<c r="AAAAAAAAAAAA1"><v>1</v></c>',
    ],
)
def test_a_cell_that_does_not_say_where_it_stands_is_walked_to(cell):
    assert extent._at_most(b"<sheetData><row>" + cell) > MOST_CELLS


LETTERS = st.sampled_from(["A", "C", "Z", "AA", "BZ", "XFD", "b", "aa"])
ROWS = st.one_of(st.integers(1, 30), st.integers(990, 1010), st.integers(1, 1_048_576))
SPELLINGS = st.sampled_from(
    [
        '<c r="{at}"><v>1</v></c>',
        '<c r="{at}" s="3"/>',
        '<c r="{at}" s="3" />',
        '<c r="{at}" s="3"></c>',
        '<c r="{at}" t="s"><v>1</v></c>',
        '<c s="3" r="{at}"><v>1</v></c>',
        "<c r='{at}'><v>1</v></c>",
        '<c\n r="{at}"\n><v>1</v></c>',
        '<x:c r="{at}"><x:v>1</x:v></x:c>',
        "<c><v>1</v></c>",
        "<c/>",
        '<c r="{at}" x=">"/>',
        '<c r="{at}" x="/>"><v>1</v></c>',
        '</row><row r="{row}">',
        "</row><row>",
    ]
)
SHEETS = st.lists(st.tuples(SPELLINGS, LETTERS, ROWS), max_size=12)


@given(SHEETS)
def test_the_bound_is_never_below_the_count(cells):
    xml = "<sheetData><row>" + "".join(
        spelling.format(at=f"{letters}{row}", row=row) for spelling, letters, row in cells
    )
    rows, columns = extent._extent(xml.encode())
    # One more than is allowed says that it has to be counted.
    assert extent._at_most(xml.encode()) >= min(rows * columns, MOST_CELLS + 1)


@given(SHEETS)
def test_a_sheet_is_refused_exactly_where_its_rectangle_is_too_large(cells):
    xml = (
        "<sheetData><row>" + "".join(s.format(at=f"{a}{r}", row=r) for s, a, r in cells)
    ).encode()
    rows, columns = extent._extent(xml)
    parts = {"a.xml": xml}
    if rows * columns > MOST_CELLS:
        assert refused(check_extents, parts, parts).code == "R-TOO-BIG"
    else:
        check_extents(parts, parts)


def test_the_line_between_enough_and_too_much():
    # 1,000,000 cells are allowed: 38,461 rows of 26 columns are 999,986, one more are 1,000,012.
    enough, more = (
        f'<c r="A1"><v>1</v></c><c r="Z{rows}"><v>1</v></c>'.encode() for rows in (38_461, 38_462)
    )
    check_extents(WORKBOOK, {"xl/worksheets/a.xml": enough})
    error = refused(check_extents, WORKBOOK, {"xl/worksheets/a.xml": more})
    assert (error.code, error.sheet) == ("R-TOO-BIG", "学生")
    assert error.saw == "内容一直排到第 38462 行、第 26 列"
    assert error.required == "内容集中在表格的前面"
    assert error.do == ("请删除数据以外的空行、空列、图片和格式（选中后整行整列删除），保存后再交")


def test_many_sheets_that_are_each_just_small_enough():
    # Four sheets of 1,000,000 cells are all that is allowed; a fifth sheet is too much.
    whole = b'<c r="A1"><v>1</v></c><c r="Y40000"><v>1</v></c>'
    assert MOST_IN_ALL == 4 * 40_000 * 25
    sheets = {f"{number}.xml": whole for number in range(4)}
    check_extents({}, sheets)
    error = refused(check_extents, {}, {**sheets, "5.xml": b'<c r="A1"><v>1</v></c>'})
    assert (error.code, error.saw) == ("R-TOO-BIG", "5 张表一共排了 4000001 格")


def test_two_hundred_small_sheets_are_not_too_many():
    # By the quick bound they come to 200 x 25,974 = 5,194,800: counted exactly, to 200.
    check_extents({}, {f"{number}.xml": b'<c r="A1"><v>1</v></c>' for number in range(200)})


CELL = b'<c t="s"><v>%d</v></c>'


@pytest.mark.parametrize("prefix", [b"", b"x:"])
def test_one_long_text_in_many_cells(prefix):
    # A text of 1 MB, tags counted, in 64 cells is just what is allowed.
    empty = len(b"<%bsi></%bsi>" % (prefix, prefix))
    texts = [b"<%bsi>%b</%bsi>" % (prefix, b"a" * size, prefix) for size in (2**20 - empty, 3)]
    shared = {"xl/sharedStrings.xml": b"".join(texts)}
    check_texts(shared, CELL % 0 * 64)
    assert MOST_TEXT == 64 * 2**20
    error = refused(check_texts, shared, CELL % 0 * 65)
    assert (error.code, error.saw) == ("R-TOO-BIG", "各格的文字合起来有 65 MB")
    assert error.required == "不超过 64 MB"
    # The short one may stand in as many cells as there are.
    check_texts(shared, CELL % 1 * 10_000)


def test_a_number_of_no_text_counts_nothing():
    shared = {"xl/SharedStrings.xml": b"<si>" + b"a" * 2**20 + b"</si>"}
    check_texts(shared, CELL % 7 * 100)
    check_texts({}, CELL % 0 * 100)
