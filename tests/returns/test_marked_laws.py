"""Laws of marking: the same return, the same marks, and a mended cell loses only its own."""

import io

import openpyxl
from hypothesis import assume, given
from hypothesis import strategies as st

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.records.cells import Cell
from xianxue.bureau.returns.checking.check import check_return
from xianxue.bureau.returns.marking.mark import mark
from xianxue.bureau.returns.reading.workbook import read_workbook
from xianxue.bureau.returns.sheets.layout import address
from xianxue.bureau.returns.template.workbook import write_workbook
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.record import replace

NUMBERS = st.one_of(
    st.sampled_from([Missing.NOT_ANSWERED, Missing.NOT_APPLICABLE]), st.integers(-5, 1200)
)
TABS = ("学校概况", "学生", "班级", "说明", "没有的表", "")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@st.composite
def numbers(draw, returned):
    """The same return with some of its numbers changed; most of the changes are amiss."""
    tables = dict(returned.tables)
    for sheet, field in (("pupils", "enrolled"), ("pupils", "girls"), ("rooms", "pupils")):
        rows = list(tables[sheet])
        for at in draw(st.sets(st.integers(0, len(rows) - 1), max_size=3)):
            cells = {**rows[at].cells, field: Cell(draw(NUMBERS))}
            rows[at] = replace(rows[at], cells=cells)
        tables[sheet] = tuple(rows)
    return replace(returned, tables=tables)


@st.composite
def strange_issues(draw):
    """Complaints about any place, in any words."""
    cell = draw(
        st.one_of(
            st.builds(address, st.integers(0, 60), st.integers(0, 40)),
            st.sampled_from(["", "line 7", "A0", "ZZZZ9"]),
        )
    )
    return Issue(
        code=draw(TEXTS),
        severity=draw(st.sampled_from(list(Severity))),
        sheet=draw(st.sampled_from(TABS)),
        cell=cell,
        saw=draw(TEXTS),
        required=draw(TEXTS),
        do=draw(TEXTS),
    )


def read(data, small):
    returned, notes = read_workbook(data, "a.xlsx", small.shelf)
    return returned, notes + check_return(returned, small.shelf, small.nine_year, small.period)


def written(small, data):
    before = data.draw(numbers(small.filled))
    return write_workbook(small.form, small.nine_year, small.period, small.codes, before)


@given(data=st.data())
def test_a_marked_workbook_reads_as_the_same_return(small, data):
    workbook = written(small, data)
    before, issues = read(workbook, small)
    strange = data.draw(st.lists(strange_issues(), max_size=6))
    after, again = read(mark(workbook, [*issues, *strange]), small)
    assert after.tables == before.tables
    assert again == issues


@given(data=st.data())
def test_marking_twice_is_marking_once(small, data):
    workbook = written(small, data)
    one, other = (data.draw(st.lists(strange_issues(), max_size=6)) for _ in range(2))
    marked = mark(workbook, one, file="甲.xlsx")
    assert mark(marked, one, file="甲.xlsx") == marked
    # What was marked before leaves no trace: only styles nobody uses.
    over, fresh = (mark(each, other, file="甲.xlsx") for each in (marked, workbook))
    assert looks(over) == looks(fresh)


def looks(data):
    """Every cell of a workbook as one sees it."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        (sheet.title, cell.coordinate): (
            cell.value,
            repr(cell.fill),
            repr(cell.font),
            cell.number_format,
            cell.comment.text if cell.comment else None,
        )
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
    }


@given(data=st.data())
def test_a_corrected_cell_can_only_remove_issues_that_cite_it(small, data):
    before, issues = read(written(small, data), small)
    sheet, field = data.draw(
        st.sampled_from([("pupils", "enrolled"), ("pupils", "girls"), ("rooms", "pupils")])
    )
    at = data.draw(st.integers(0, len(before.tables[sheet]) - 1))
    rows = list(before.tables[sheet])
    old = rows[at].cells[field]
    # 不适用 adds nothing to a sum, so the complaint about the sum does not name its cell.
    assume(old.value is not Missing.NOT_APPLICABLE)
    value = data.draw(st.integers(0, 900))
    cells = {**rows[at].cells, field: Cell(value, old.address, str(value))}
    rows[at] = replace(rows[at], cells=cells)
    mended = replace(before, tables={**before.tables, sheet: tuple(rows)})
    left = check_return(mended, small.shelf, small.nine_year, small.period)
    tab = {"pupils": "学生", "rooms": "班级"}[sheet]
    for issue in issues:
        if any(same(issue, other) for other in left):
            continue
        assert cites(issue, tab, old.address), issue.message


def same(one, other):
    """The same complaint, though a number in its words may differ."""
    return (one.code, one.sheet, one.cell) == (other.code, other.sheet, other.cell)


def cites(issue, tab, cell):
    """Whether a complaint names a cell: as its place, or among the numbers it compares."""
    whole = issue.sheet == tab and not issue.cell
    # Of more than four numbers on one side only the first is named, and how many there are.
    several = " 格）" in issue.saw
    return (issue.sheet == tab and issue.cell == cell) or cell in issue.saw or whole or several
