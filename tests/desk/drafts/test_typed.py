"""What is typed into a page is judged as the same typed into a spreadsheet."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from national import national

from xianxue.bureau.places.place import Attributes, Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.returns.checking.check import check_return
from xianxue.bureau.returns.reading.workbook import read_workbook
from xianxue.bureau.returns.sheets.layout import ANSWER, FIRST, FIRST_ITEM, address, lay_out_asked
from xianxue.bureau.values.periods import Period
from xianxue.desk.returns.drafts.typed import Blank, name_of, typed_of

SHELF = national().shelf
PERIOD = Period.parse("2025-2026")
PLACE = Place(
    code="2163990001",
    name="虚构小学",
    level="school",
    parent="639900",
    opened=date(2001, 9, 1),
    history=(Attributes(valid_from=date(2001, 9, 1), school_type="211", stages=(Stage.PRIMARY,)),),
)
COUNTY = Place(code="639900", name="虚构县", level="county", parent="", opened=date(2001, 9, 1))
REGISTER = Register.of([COUNTY, PLACE])
BLANK = Blank(SHELF.forms["school_annual"], PLACE, PERIOD, SHELF)
LINES = 3


def spots() -> dict[str, tuple[str, str]]:
    """Each cell's name with its tab and address, as the template lays it out."""
    found: dict[str, tuple[str, str]] = {}
    for one in BLANK.asked:
        laid = lay_out_asked(one, SHELF.codes)
        rows = [row.code for row in one.rows]
        if laid.layout == "list":
            rows = [str(line) for line in range(1, LINES + 1)]
        for across, field in enumerate(laid.fields):
            for down, row in enumerate(rows):
                if laid.layout == "grid" and field.rows and row not in field.rows:
                    continue
                at = (
                    address(FIRST_ITEM + across, ANSWER + down)
                    if laid.down
                    else address(FIRST + down, laid.first_column + across)
                )
                found[name_of(laid.name, row, field.field)] = (laid.tab, at)
    return found


SPOTS = spots()
FIELDS = {
    name_of(one.sheet.sheet, "", field.field): field
    for one in BLANK.asked
    for field in one.sheet.fields
}
TEMPLATE = BLANK.workbook()
PLAIN = ("0", "1", "12", "121", "1112", "-3", "3.5", "170.62", "99999")
ODD = ("65人", "１２３", "1,234", "1 234,50", "¥1,234.50", "(12)", "12%", "1.005", "0012", "1e5",
       "不适用", "不公开", "无", "一年级", "是", "否", "2025.9.1", "小学", "=1+1", " 7 ", "5\n6",
       "123456789012345678")  # fmt: skip


def by_hand(cells: dict[str, str]) -> bytes:
    """The template as somebody fills it in with a spreadsheet: numbers as numbers, the rest text."""
    book = openpyxl.load_workbook(BytesIO(TEMPLATE))
    # What the template has filled in already stands in the draft too, or was emptied there.
    for name, (tab, at) in SPOTS.items():
        text = cells.get(name, "")
        sheet, _, field = name.split(".")
        number = FIELDS[name_of(sheet, "", field)].type in {"integer", "measure"}
        cell = book[tab][at]
        cell.value = None if not text else float(text) if number and text in PLAIN else text
        if isinstance(cell.value, str):
            cell.data_type = "s"
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def judged(data: bytes) -> tuple[object, list[str]]:
    filed, remarks = read_workbook(data, "a.xlsx", SHELF)
    assert filed is not None
    found = check_return(filed, SHELF, PLACE, PERIOD, register=REGISTER)
    return filed.tables, [issue.message for issue in (*remarks, *found)]


@settings(max_examples=15)
@given(
    st.dictionaries(st.sampled_from(sorted(SPOTS)), st.sampled_from((*PLAIN, *ODD)), max_size=60)
)
def test_the_same_typed_into_a_page_and_into_a_spreadsheet_is_judged_alike(cells):
    assert judged(BLANK.workbook(cells)) == judged(by_hand(cells))


@settings(max_examples=15)
@given(
    st.dictionaries(st.sampled_from(sorted(SPOTS)), st.sampled_from((*PLAIN, *ODD)), max_size=60)
)
def test_what_was_read_into_a_draft_says_the_same_when_it_is_written_again(cells):
    """An import loses nothing that is asked: text that cannot be read stays as it was written."""
    data = BLANK.workbook(cells)
    filed, _ = read_workbook(data, "a.xlsx", SHELF)
    again = BLANK.workbook(typed_of(filed, BLANK.form))

    values, said = judged(data)
    values_again, said_again = judged(again)
    # A list's blank lines are left out, so its cells may stand higher.
    if not blank_lines(cells):
        assert (values_again, said_again) == (values, said)
    assert [
        [(row.code, {name: cell.value for name, cell in row.cells.items()}) for row in rows]
        for rows in values_again.values()
    ] == [
        [(row.code, {name: cell.value for name, cell in row.cells.items()}) for row in rows]
        for rows in values.values()
    ]


def blank_lines(cells: dict[str, str]) -> bool:
    lists = {one.sheet.sheet for one in BLANK.asked if one.sheet.layout == "list"}
    lines = {sheet: set() for sheet in lists}
    for name, text in cells.items():
        sheet, row, _ = name.split(".")
        if sheet in lists and text.strip():
            lines[sheet].add(int(row))
    return any(found and found != set(range(1, len(found) + 1)) for found in lines.values())


def test_a_blank_is_no_zero():
    filed, _ = read_workbook(BLANK.workbook({}), "a.xlsx", SHELF)

    assert typed_of(filed, BLANK.form) == {}


def test_who_filled_it_in_comes_back():
    cells = {"foot..filler": "张三（虚构）", "foot..reported_on": "2025-09-20"}
    filed, _ = read_workbook(BLANK.workbook(cells), "a.xlsx", SHELF)

    assert filed.foot == {"filler": "张三（虚构）", "reported_on": "2025-09-20"}
    assert typed_of(filed, BLANK.form) == cells


@pytest.mark.parametrize("name", ["students.G1.enrolled", "classes.1.name"])
def test_a_cell_of_a_formula_is_text(name):
    """What begins with a sign of equality is what somebody typed, never a formula."""
    book = openpyxl.load_workbook(BytesIO(BLANK.workbook({name: "=1+1"})))
    tab, at = SPOTS[name]

    assert book[tab][at].data_type == "s"
