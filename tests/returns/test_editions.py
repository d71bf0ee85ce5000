"""A form that asks otherwise from a day on: each period keeps its own shape (虚构)."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from types import SimpleNamespace

import msgspec
import openpyxl
import pytest

from xianxue.bureau.indicators.tables import sheet_columns
from xianxue.bureau.kinds.changes.editions import DatedForm, Edition, dated
from xianxue.bureau.kinds.expected import expected_rows
from xianxue.bureau.kinds.form import Field
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.checking.check import check_return
from xianxue.bureau.returns.reading.workbook import read_workbook
from xianxue.bureau.returns.template.workbook import write_workbook
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import replace
from xianxue.desk.returns.templates import Batch

OLD, NEW = Period.parse("2025-2026"), Period.parse("2026-2027")
GRADES = [f"G{n}" for n in range(1, 7)]
SAID = {OLD: {"enrolled": 7, "girls": 3}, NEW: {"enrolled": 9, "riders": 4}}
"""What a primary school reports in each grade; in the old year the first also enters nobody."""


@pytest.fixture(scope="module")
def two(small) -> SimpleNamespace:
    """The small form, which from 2026 on asks for riders, not for girls, entrants and classes."""
    pupils = small.form.sheet("pupils")
    fields = [
        Field(field=name, term=term, type="integer", unit="person")
        for name, term in (("enrolled", "在籍学生数"), ("riders", "乘校车学生数"))
    ]
    later = Edition(
        edition="small_2",
        term="虚构年报第 2 版",
        form="small",
        valid_from=NEW.reference_day,
        version="2",
        sheets=[small.form.sheets[0], msgspec.structs.replace(pupils, fields=fields)],
        source=small.form.source,
    )
    form = dated(small.form, [(later.valid_from, later.of(small.form))])
    shelf = replace(small.shelf, forms={"small": form})
    return SimpleNamespace(form=form, shelf=shelf, school=small.primary, register=small.register)


def workbook(two, period: Period) -> bytes:
    """The period's own workbook as the school fills it in."""
    rows = tuple(
        Row(
            code,
            {
                name: Cell(value)
                for name, value in {
                    **SAID[period],
                    **({"entrants": 0} if code == "G1" and period is OLD else {}),
                }.items()
            },
        )
        for code in GRADES
    )
    form = two.form.at(period.reference_day)
    told = Return(
        form="small",
        version=form.version,
        period=period.code,
        place=two.school.code,
        tables={"pupils": rows},
    )
    return write_workbook(form, two.school, period, two.shelf.codes, told)


@pytest.fixture(scope="module")
def read(two) -> dict[Period, Return]:
    found = {period: read_workbook(workbook(two, period), "a.xlsx", two.shelf) for period in SAID}
    assert all(returned is not None for returned, _ in found.values()), found
    return {period: returned for period, (returned, _) in found.items() if returned is not None}


def columns(two, period: Period, *returns: Return) -> dict[str, list[int | str | None]]:
    sheet, places = two.form.sheet("pupils"), [two.school]
    return sheet_columns(two.form, sheet, returns, places, two.register, period, two.shelf.codes)


def test_the_form_of_a_day_is_the_edition_in_force_on_it(two, small):
    assert isinstance(two.form, DatedForm)
    versions = [two.form.at(day).version for day in (date(2026, 8, 31), date(2026, 9, 1))]
    assert versions == ["1", "2"]
    # Plans of checks are kept by the shelf's identity.
    assert two.shelf.at(date(2025, 9, 1)) is two.shelf.at(date(2024, 9, 1))
    assert small.shelf.at(date(2026, 9, 1)) is small.shelf


def test_tables_have_every_field_that_was_ever_asked(two):
    fields = [field.field for field in two.form.sheet("pupils").fields]
    assert fields == ["enrolled", "riders", "girls", "entrants"]
    assert two.form.sheet("pupils").field("enrolled").term == "在籍学生数"
    assert [one.sheet for one in two.form.sheets] == ["about", "pupils", "rooms"]


@pytest.mark.parametrize("period", SAID)
def test_each_period_is_read_and_checked_by_its_own(two, read, period):
    returned = read[period]
    assert returned.version == two.form.at(period.reference_day).version
    assert {name for row in returned.tables["pupils"] for name in row.cells} >= set(SAID[period])
    complaints = check_return(returned, two.shelf, two.school, period)
    wrong_of_old = {one.code for one in complaints if one.sheet == "学生"}
    assert wrong_of_old == ({"classes", "any_class"} if period is OLD else set())
    # A check of the old version is none of the new.
    more = {"enrolled": Cell(1), "girls": Cell(2), "riders": Cell(2)}
    wrong = replace(returned, tables={**returned.tables, "pupils": (Row("G2", more),)})
    codes = {one.code for one in check_return(wrong, two.shelf, two.school, period)}
    assert ("girls" in codes) == (period is OLD), codes


def test_what_is_handed_out_is_the_periods_own(two):
    from xianxue.bureau.returns.template.prefill import Prefill  # noqa: PLC0415 - one test's

    for period, has, lacks in ((OLD, "女生数", "乘校车学生数"), (NEW, "乘校车学生数", "女生数")):
        _, data = Batch(two.form, period, two.shelf).make((two.school, Prefill()))
        sheet = openpyxl.load_workbook(BytesIO(data))["学生"]
        words = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
        assert has in words
        assert lacks not in words


def test_last_years_workbook_is_refused_by_its_version(two):
    book = openpyxl.load_workbook(BytesIO(workbook(two, OLD)))
    for sheet in book.worksheets:
        for row in sheet.iter_rows() if sheet.sheet_state != "visible" else ():
            for cell in row:
                cell.value = NEW.code if cell.value == OLD.code else cell.value
    target = BytesIO()
    book.save(target)
    returned, (issue,) = read_workbook(target.getvalue(), "a.xlsx", two.shelf)
    assert returned is None
    assert issue.code == "R-VERSION"
    assert "1 版的模板" in issue.saw
    assert "2 版" in issue.required


def test_what_is_not_asked_in_a_period_is_no_hole_in_it(two, read):
    """Nobody owes 女生数 in the new year, nor 乘校车学生数 in the old one."""
    old, new = columns(two, OLD, read[OLD]), columns(two, NEW, read[NEW])
    assert (old["enrolled"], new["enrolled"]) == ([7] * 6, [9] * 6)
    assert (old["girls"], new["girls"]) == ([3] * 6, [None] * 6)
    assert (old["riders"], new["riders"]) == ([None] * 6, [4] * 6)
    assert not {"riders?", "girls?"} & {*old, *new}
    unfiled = columns(two, NEW)
    assert "girls?" not in unfiled
    assert unfiled["riders?"] == [1] * 6


def test_a_sheet_that_has_ended_is_expected_of_nobody(two):
    then, now = (expected_rows(two.shelf, two.register, one.reference_day) for one in (OLD, NEW))
    assert (two.school.code, "rooms") in then
    assert (two.school.code, "rooms") not in now
    assert now[two.school.code, "pupils"][0].fields == {"enrolled", "riders"}
