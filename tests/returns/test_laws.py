"""Laws: what is written is read back, whatever it is; checks do not depend on order."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xianxue.bureau.kinds.asked import asked
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.checking.check import check_return
from xianxue.bureau.returns.contents.strict import what_became_of
from xianxue.bureau.returns.reading.workbook import read_workbook
from xianxue.bureau.returns.template.workbook import write_workbook
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.record import replace

MISSING = st.sampled_from([Missing.NOT_ANSWERED, Missing.NOT_APPLICABLE, Missing.WITHHELD])
LETTERS = "一二三年级班某校（）=+-@'\"<>&;:，。" + string.ascii_letters + string.digits
KINDS = [("county_annual", 0), ("school_annual", 0), ("school_annual", 3), ("school_annual", -1)]
"""Forms, and which of the invented places fills them in."""
WORDS = {"不适用", "不公开"}


def values(field, codes, on):
    if field.type == "code":
        own = [entry.code for entry in codes[field.codes].entries]
        return st.sampled_from(own)
    if field.type == "yes_no":
        return st.sampled_from([0, 1])
    if field.type == "year":
        return st.integers(1850, 2100)
    if field.type == "date":
        return st.dates(min_value=on.replace(year=1901)).map(lambda day: day.isoformat())
    if field.type == "text":
        inner = st.text(LETTERS + " ", max_size=12).map(str.strip)
        # A name that became a day is sent back (reading/test_spreadsheet_habits), not kept.
        return inner.filter(
            lambda text: (
                text and text.strip("「」“”\"' ") not in WORDS and what_became_of(text) is None
            )
        )
    return st.one_of(st.integers(-5, 5000), st.integers(-(10**17), 10**17))


@st.composite
def returns(draw, form, place, period, codes):
    tables = {}
    for sheet in asked(form, place, period.reference_day, codes):
        rows = []
        lines = draw(st.integers(0, 4)) if sheet.sheet.layout == "list" else 1
        for line in range(lines):
            for row in sheet.rows:
                cells = {
                    field.field: Cell(draw(MISSING | values(field, codes, period.start)))
                    for field in row.fields
                }
                code = str(line + 1) if sheet.sheet.layout == "list" else row.code
                rows.append(Row(code, cells))
        if sheet.sheet.layout == "list":
            rows = [
                row
                for row in rows
                if any(c.value is not Missing.NOT_ANSWERED for c in row.cells.values())
            ]
            rows = [Row(str(n), row.cells) for n, row in enumerate(rows, 1)]
        tables[sheet.sheet.sheet] = tuple(rows)
    return Return(
        form=form.form, version=form.version, period=period.code, place=place.code, tables=tables
    )


def meaning(returned):
    """A return without the traces of its file."""
    return {
        sheet: [(row.code, {name: cell.value for name, cell in row.cells.items()}) for row in rows]
        for sheet, rows in returned.tables.items()
    }


@given(data=st.data())
def test_read_after_write_gives_the_same_return(small, data):
    place = data.draw(st.sampled_from([small.primary, small.nine_year]))
    before = data.draw(returns(small.form, place, small.period, small.codes))
    workbook = write_workbook(small.form, place, small.period, small.codes, before)
    after, issues = read_workbook(workbook, "a.xlsx", small.shelf)
    assert issues == []
    assert meaning(after) == meaning(before)
    again = write_workbook(small.form, place, small.period, small.codes, after)
    assert again == workbook


@given(data=st.data())
def test_checking_is_the_same_in_any_order_and_on_both_sides_of_the_file(small, data):
    place = small.nine_year
    before = data.draw(returns(small.form, place, small.period, small.codes))
    workbook = write_workbook(small.form, place, small.period, small.codes, before)
    after, _ = read_workbook(workbook, "a.xlsx", small.shelf)
    found = check_return(after, small.shelf, place, small.period)
    shuffled = replace(after, tables=dict(data.draw(st.permutations(list(after.tables.items())))))
    assert check_return(shuffled, small.shelf, place, small.period) == found
    # A return that never was a workbook gets the same verdicts, without cells.
    bare = check_return(before, small.shelf, place, small.period)
    assert [issue.code for issue in sorted(bare, key=repr_key)] == [
        issue.code for issue in sorted(found, key=repr_key)
    ]


def repr_key(issue):
    return (issue.sheet, issue.code, issue.field)


@settings(max_examples=15)
@given(data=st.data())
def test_the_real_forms_keep_what_is_written(real, data):
    form, place = data.draw(st.sampled_from(KINDS))
    form, place = real.shelf.forms[form], real.places[form][place]
    before = data.draw(returns(form, place, real.period, real.shelf.codes))
    workbook = write_workbook(form, place, real.period, real.shelf.codes, before)
    after, issues = read_workbook(workbook, "a.xlsx", real.shelf)
    assert issues == []
    assert meaning(after) == meaning(before)


@pytest.mark.parametrize("form", ["school_annual", "county_annual"])
def test_the_real_forms_come_back_too(real, form):
    for place in real.places[form]:
        blank = write_workbook(real.shelf.forms[form], place, real.period, real.shelf.codes)
        returned, issues = read_workbook(blank, "a.xlsx", real.shelf)
        assert issues == []
        assert returned.place == place.code
