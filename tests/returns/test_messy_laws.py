"""Laws: where a cell stands and how its number is typed does not matter; and nothing is lost."""

import io
import re

import openpyxl
import pytest
import python_calamine
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter, range_boundaries

from xianxue.bureau.kinds.asked import asked
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.reading.workbook import read_workbook
from xianxue.bureau.returns.template.workbook import write_workbook

# Where a law is broken its example is shown; the fixtures are too large to be, which is a warning.
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")

KINDS = [("county_annual", 0), ("school_annual", 0), ("school_annual", 3), ("school_annual", -1)]
"""Forms, and which of the invented places fills them in."""
VALUES = {"integer": 1234567, "measure": 123456789, "text": "某某 第一", "yes_no": 1, "date": "2020-02-29", "year": 2001}  # fmt: skip
HIDDEN = {"_xianxue", "_codes"}


def filled(shelf, form, place, period):
    """A return with something in every cell that is asked, three lines in each list."""
    tables = {}
    for sheet in asked(form, place, period.reference_day, shelf.codes):
        listed = sheet.sheet.layout == "list"
        tables[sheet.sheet.sheet] = tuple(
            Row(
                str(line + 1) if listed else row.code,
                {
                    field.field: Cell(
                        shelf.codes[field.codes].entries[line % 2].code
                        if field.type == "code"
                        else VALUES[field.type] + line * number
                        if field.type in {"integer", "measure"}
                        else VALUES[field.type]
                    )
                    for number, field in enumerate(row.fields, 1)
                },
            )
            for line in range(3 if listed else 1)
            for row in sheet.rows
        )
    return Return(
        form=form.form, version=form.version, period=period.code, place=place.code, tables=tables
    )


@pytest.fixture(scope="module")
def books(real):
    """Filled workbooks of the real forms as tabs of cells, and what they say."""
    made = []
    for name, number in KINDS:
        form, place = real.shelf.forms[name], real.places[name][number]
        values = filled(real.shelf, form, place, real.period)
        data = write_workbook(form, place, real.period, real.shelf.codes, values)
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        tabs = {
            tab: book.get_sheet_by_name(tab).to_python(skip_empty_area=False)
            for tab in book.sheet_names
        }
        returned, issues = read_workbook(data, "a.xlsx", real.shelf)
        assert issues == []
        made.append((tabs, meaning(returned)))
    return made


def meaning(returned):
    return {
        sheet: [(row.code, {name: cell.value for name, cell in row.cells.items()}) for row in rows]
        for sheet, rows in returned.tables.items()
    }


def saved(tabs):
    """Write tabs of cells as a plain workbook."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for tab, grid in tabs.items():
        sheet = book.add_worksheet(tab)
        for row, raws in enumerate(grid):
            for column, raw in enumerate(raws):
                if isinstance(raw, str):
                    if raw:
                        sheet.write_string(row, column, raw)
                elif isinstance(raw, int | float):
                    sheet.write_number(row, column, raw)
                else:
                    sheet.write_datetime(row, column, raw, day)
    book.close()
    return target.getvalue()


def is_down(grid):
    return bool(grid) and grid[0][0] == "项目"


# ── where a cell stands and how a number is typed ───────────────────────────

WIDE = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")
TYPINGS = [
    lambda text: text,
    lambda text: text.translate(WIDE),
    lambda text: f"  {text} ",
    lambda text: f"{int(text):,}" if text.lstrip("-").isdigit() else text,
    lambda text: f"{int(text):,}".translate(WIDE) if text.lstrip("-").isdigit() else text,
    lambda text: text + ("0" if "." in text else ".0"),
    lambda text: f"\u200b{text}",
]
HEADS = [
    lambda text: text,
    lambda text: f"*{text}",
    " ".join,
    lambda text: f"{text[:1]}\n{text[1:]}",
    lambda text: f"{text}：",
    lambda text: f"1、{text}",
]
TITLE = "某县某校填报表"


@st.composite
def moved(draw, grid):
    """The same sheet, as somebody may have rearranged and retyped it."""
    down = is_down(grid)
    head, body = grid[:1], grid[1:]
    how = draw(st.sampled_from(HEADS))
    heads = 1 if down else 0
    if down:
        body = draw(st.permutations(body))
        body = [[how(row[0]), *row[1:]] for row in body]
    else:
        head = [[how(text) if text else text for text in head[0]]]
    retype = draw(st.sampled_from(TYPINGS))
    first = 3 - heads if down else 2
    body = [
        [
            retype(f"{raw:.15g}")
            if isinstance(raw, float) and row >= (0 if down else first)
            else raw
            for raw in raws
        ]
        for row, raws in enumerate(body)
    ]
    rows = [*head, *body]
    width = len(rows[0])
    order = draw(st.permutations(range(width)))
    rows = [[row[at] for at in order] for row in rows]
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, width))
        rows = [[*row[:at], "", *row[at:]] for row in rows]
        width += 1
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(1, len(rows)))
        rows = [*rows[:at], [""] * width, *rows[at:]]
    rows += [[""] * width for _ in range(draw(st.sampled_from([0, 1, 300])))]
    if draw(st.booleans()):
        rows = [[TITLE, *[""] * (width - 1)], [""] * width, *rows]
    return rows


@settings(max_examples=25)
@given(data=st.data())
def test_reading_does_not_depend_on_where_things_stand(real, books, data):
    """Columns and items in any order, empty rows and columns between, tabs renamed, titles above,
    headers with ornaments, numbers as text in any width."""
    tabs, before = books[data.draw(st.integers(0, len(books) - 1))]
    rename = data.draw(st.booleans())
    changed = {}
    for number, (tab, grid) in enumerate(tabs.items()):
        if tab in HIDDEN or tab == "说明":
            changed[tab] = grid
        else:
            changed[f"表{number}" if rename else tab] = data.draw(moved(grid))
    returned, issues = read_workbook(saved(changed), "a.xlsx", real.shelf)
    assert returned is not None, issues
    assert meaning(returned) == before
    assert {issue.code for issue in issues} <= {"R-NOTE"}
    assert all(TITLE in issue.saw for issue in issues)


# ── nothing is lost ─────────────────────────────────────────────────────────

SCRIBBLES = st.sampled_from(
    ["备注", "无", "12", 7.0, "120人", "合计", "一年级", "注：已核对", "填表人：某", "见附件", "例：三", "在校生数", "2025年9月1日", "-", "√"]
)  # fmt: skip
RANGE = re.compile(r"[A-Z]{1,3}\d+(?::[A-Z]{1,3}\d+)?")


def named(issues):
    """The cells that issues name, by tab; None stands for the whole tab."""
    found = {}
    for issue in issues:
        cells = found.setdefault(issue.sheet, set())
        if issue.code == "R-SHEET-EXTRA":
            cells.add(None)
        for text in [issue.cell, *RANGE.findall(issue.saw)]:
            if text:
                left, top, right, bottom = range_boundaries(text)
                cells |= {
                    (row, at) for row in range(top, bottom + 1) for at in range(left, right + 1)
                }
    return found


@settings(max_examples=60)
@given(
    book=st.integers(0, len(KINDS) - 1),
    extra=st.booleans(),
    places=st.lists(
        st.tuples(st.integers(0, 11), st.integers(1, 25), st.integers(1, 20), SCRIBBLES),
        min_size=1,
        max_size=6,
    ),
)
def test_every_cell_is_read_or_named(real, books, book, extra, places):
    """Whatever is scribbled into a workbook is a field's value or stands in a complaint."""
    tabs, _ = books[book]
    changed = {tab: [list(row) for row in grid] for tab, grid in tabs.items()}
    visible = [tab for tab in tabs if tab not in HIDDEN and tab != "说明"]
    scribbled = {}
    if extra:
        changed["附表"] = [["", ""], ["", "x"]]
        scribbled["附表", 2, 2] = "x"
    for number, line, place, text in places:
        tab = visible[number % len(visible)]
        grid = changed[tab]
        row, column = 1 + line % (len(grid) + 3), 1 + place % (len(grid[0]) + 2)
        width = max(len(grid[0]), column)
        for cells in grid:
            cells.extend([""] * (width - len(cells)))
        grid.extend([""] * width for _ in range(row - len(grid)))
        # What the template shows and nobody reads stays as it is.
        if text == grid[row - 1][column - 1] or "合计" in {grid[row - 1][0], grid[0][column - 1]}:
            continue
        grid[row - 1][column - 1] = text
        scribbled[tab, row, column] = text
    returned, issues = read_workbook(saved(changed), "a.xlsx", real.shelf)
    if returned is None:
        assert len(issues) == 1
        return
    tabs_of = {sheet.term: sheet.sheet for sheet in real.shelf.forms[returned.form].sheets}
    told = named(issues)
    for tab, row, column in scribbled:
        address = f"{get_column_letter(column)}{row}"
        sheet = tabs_of.get(tab.replace("／", "/"))
        read = {
            cell.address
            for line in returned.tables.get(sheet, ())
            for cell in line.cells.values()
            if cell.written
        }
        cells = told.get(tab, set())
        assert address in read or None in cells or (row, column) in cells, (tab, address, issues)


def test_what_the_template_says_itself_is_not_named(books, real):
    for tabs, before in books:
        returned, issues = read_workbook(saved(tabs), "a.xlsx", real.shelf)
        assert issues == []
        assert meaning(returned) == before


def test_the_plain_workbooks_hold_what_openpyxl_sees(books):
    tabs, _ = books[1]
    book = openpyxl.load_workbook(io.BytesIO(saved(tabs)))
    assert book.sheetnames == list(tabs)
