"""One cell: numbers exactly, blanks as blanks, and everything remembered only where it stood."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.records.cells import Cell
from xianxue.bureau.returns.reading import cell as cells
from xianxue.bureau.returns.reading.cell import Stray
from xianxue.bureau.returns.reading.schema import Column, Plan
from xianxue.bureau.returns.sheets.layout import lay_out
from xianxue.bureau.values.missing import Missing

NOTHING = Missing.NOT_ANSWERED


@pytest.fixture
def column(sheets):
    """A column for a field of some type, with nothing remembered."""

    def made(kind: str, unit: str = "one", step: int = 0, **more: object) -> Column:
        lookup = more.pop("lookup", {})
        everywhere = "rows" not in more
        field = sheets.asked(kind, unit, **more)
        return Column(field, "x", everywhere, "B", kind == "integer", step, lookup)

    return made


# ── numbers ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("raw", "value", "written"),
    [
        (41.0, 41, "41"),
        (-3.0, -3, "-3"),
        (0.0, 0, "0"),
        (-0.0, 0, "0"),
        (41.5, NOTHING, "41.5"),
        # From 10^15 on a spreadsheet keeps no whole number exactly: it shows that, and so do we.
        (999999999999999.0, 999999999999999, "999999999999999"),
        (-999999999999999.0, -999999999999999, "-999999999999999"),
        (1e15, NOTHING, "1E+15"),
        (1234567890123457.0, NOTHING, "1.23456789012346E+15"),
        (True, NOTHING, "TRUE"),
        ("41", 41, "41"),
        (" 41 ", 41, "41"),
        ("四十一", NOTHING, "四十一"),
        (date(2025, 9, 1), NOTHING, "2025-09-01"),
    ],
    ids=repr,
)
def test_a_whole_number(column, raw, value, written):
    assert cells.read_cell(raw, column("integer"), "B4") == Cell(value, "B4", written)


@pytest.mark.parametrize(
    ("raw", "value", "written"),
    [
        (12.5, 1250, "12.5"),
        (12.34, 1234, "12.34"),
        (12.345, NOTHING, "12.345"),
        (12.0, 1200, "12"),
        (0.1 + 0.2, 30, "0.3"),
        (-0.0, 0, "0"),
        (-7.25, -725, "-7.25"),
        # 10^13 metres are 10^15 steps.
        (9999999999999.99, 999999999999999, "9999999999999.99"),
        (1e13, 10**15, "10000000000000"),
        (-1e13, -(10**15), "-10000000000000"),
        ("12.35", 1235, "12.35"),
    ],
)
def test_a_measure_of_two_decimals(column, raw, value, written):
    read = cells.read_cell(raw, column("measure", "square_metre", 100), "D9")
    assert read == Cell(value, "D9", written)


def test_a_measure_without_decimals_is_whole(column):
    hours = column("measure", "hour", 1)
    assert cells.read_cell(36.0, hours, "B4") == Cell(36, "B4", "36")
    assert cells.read_cell(36.5, hours, "B4") == Cell(NOTHING, "B4", "36.5")


@given(st.integers(-(10**14), 10**14))
def test_the_quick_reading_says_what_the_careful_one_says(sheets, steps):
    """A decimal as a spreadsheet keeps it comes back as the steps it was."""
    area = sheets.asked("measure", "square_metre")
    plain = Column(area, "x", True, "B", False, 0, {})
    quick = Column(area, "x", True, "B", False, 100, {})
    raw = float(Decimal(steps) / 100)
    assert cells.read_cell(raw, quick, "B4") == cells.read_cell(raw, plain, "B4")
    assert cells.read_cell(raw, quick, "B4").value == steps


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_any_number_is_read_quickly_as_it_is_carefully(sheets, raw):
    for kind, unit, step in (("integer", "person", 0), ("measure", "yuan", 100)):
        field = sheets.asked(kind, unit)
        plain = Column(field, "x", True, "B", False, 0, {})
        quick = Column(field, "x", True, "B", kind == "integer", step, {})
        assert cells.read_cell(raw, quick, "B4").value == cells.read_cell(raw, plain, "B4").value


@pytest.mark.parametrize("raw", ["", " ", "\u3000", "\n"])
def test_a_blank_is_not_answered_and_says_nothing(column, raw):
    assert cells.read_cell(raw, column("integer"), "B4") == Cell(NOTHING, "B4", "")
    assert cells.is_blank(raw)


def test_what_is_no_text_is_never_blank():
    assert not cells.is_blank(0.0)
    assert not cells.is_blank(False)
    assert not cells.is_blank("x")


def test_other_types_are_read_by_their_field(column):
    assert cells.read_cell("小学", column("code", lookup={"小学": "211"}), "D4").value == "211"
    assert cells.read_cell(1.0, column("yes_no"), "D4") == Cell(1, "D4", "1")
    assert cells.read_cell(45901.0, column("date"), "D4") == Cell("2025-09-01", "D4", "45901")
    assert cells.read_cell(date(2025, 9, 1), column("date"), "D4").value == "2025-09-01"


# ── what is remembered ──────────────────────────────────────────────────────


def test_the_same_content_in_the_same_place_is_read_once(column):
    one = column("integer")
    first = cells.read_cell("41", one, "B4")
    assert cells.read_cell("41", one, "B4") is first
    assert cells.read_cell("41", one, "B5") == Cell(41, "B5", "41")
    assert cells.read_cell(41.0, one, "B4") == first
    assert set(one.seen) == {("41", "B4"), ("41", "B5"), (41.0, "B4")}


def test_yes_is_not_taken_for_one_although_python_holds_them_equal(column):
    one = column("integer")
    assert cells.read_cell(1.0, one, "B4").value == 1
    assert cells.read_cell(True, one, "B4") == Cell(NOTHING, "B4", "TRUE")
    assert cells.read_cell(1.0, one, "B4").value == 1
    assert list(one.seen) == [(1.0, "B4")]


def test_no_more_is_remembered_of_a_column_than_2048_cells(column):
    one = column("integer")
    for number in range(2050):
        assert cells.read_cell(float(number), one, "B4").value == number
    assert len(one.seen) == 2048


# ── a line ──────────────────────────────────────────────────────────────────


@pytest.fixture
def line(sheets):
    """The line of a grade, and the plan it was made for."""

    def made(code: str, number: int = 3):
        plan = sheets.plan("pupils")
        spots = [
            (at, each, f"{each.letter}{number + 1}") for at, each in enumerate(plan.columns, 1)
        ]
        return plan, cells.line_of(plan, number, code, spots)

    return made


def test_a_line_knows_which_of_its_cells_are_asked(line):
    _, first = line("G1")
    assert [spot[:2] + spot[3:] for spot in first.asked] == [
        (1, "enrolled", "B4", {}),
        (2, "girls", "C4", {}),
        (3, "entrants", "D4", {}),
    ]
    assert first.unasked == ()
    _, second = line("G2")
    assert [spot[1] for spot in second.asked] == ["enrolled", "girls"]
    assert [(spot[0], spot[1], spot[3]) for spot in second.unasked] == [(3, "entrants", "D4")]
    assert all(spot[2].name == spot[1] for spot in (*second.asked, *second.unasked))


def test_a_line_is_worked_out_once_for_its_number(line):
    plan, first = line("G1")
    assert cells.line_of(plan, 3, "G1", []) is first
    assert plan.lines == {3: first}
    assert cells.line_of(plan, 4, "G2", []) == cells.Line((), ())


def test_no_more_lines_are_remembered_than_512(sheets):
    plan = sheets.plan("rooms")
    for number in range(514):
        cells.line_of(plan, number, "", [])
    assert sorted(plan.lines) == list(range(512))


def test_the_cells_of_a_line_by_their_fields(line):
    _, first = line("G1")
    assert cells.read_line(["一年级", 41.0, "", "40人"], first) == {
        "enrolled": Cell(41, "B4", "41"),
        "girls": Cell(NOTHING, "C4"),
        "entrants": Cell(NOTHING, "D4", "40人"),
    }


def test_a_line_remembers_numbers_and_texts_and_nothing_that_equals_them(line):
    _, first = line("G1")
    known = first.asked[0][4]
    read = cells.read_line(["", 1.0, "", ""], first)
    assert known == {1.0: read["enrolled"]}
    assert cells.read_line(["", True, "", ""], first)["enrolled"] == Cell(NOTHING, "B4", "TRUE")
    assert cells.read_line(["", 1.0, "", ""], first)["enrolled"] is read["enrolled"]
    assert known == {1.0: read["enrolled"]}
    cells.read_line(["", "２", "", ""], first)
    assert sorted(known, key=str) == [1.0, "２"]


def test_a_line_remembers_no_more_than_its_column(line):
    _, first = line("G1")
    for number in range(2050):
        cells.read_line(["", float(number), "", ""], first)
    # The column remembers 2048; the line stops as soon as the column is full.
    assert len(first.asked[0][2].seen) == 2048
    assert len(first.asked[0][4]) == 2047


# ── what is shown and never read ────────────────────────────────────────────


@pytest.fixture
def laid(small):
    """The grid of pupils with some rows, written across or downwards."""

    def made(rows: str = "G1 G2", *, down: bool = False, sheet: str = "pupils"):
        found = small.form.sheet(sheet)
        return lay_out(found, found.fields, rows.split(), small.codes, down=down)

    return made


def test_last_years_values_and_those_held_elsewhere_are_shown(laid):
    for head in (True, False):
        for down in (True, False):
            assert cells.is_shown("上年·在校生数", laid(down=down), head=head)
            assert cells.is_shown("已有·在校生数", laid(down=down), head=head)
            assert not cells.is_shown("在校生数", laid(down=down), head=head)
            assert not cells.is_shown(7.0, laid(down=down), head=head)


def test_a_total_is_a_row_across_and_a_column_downwards(laid):
    assert cells.is_shown("合计", laid(), head=False)
    assert not cells.is_shown("合计", laid(), head=True)
    assert cells.is_shown("合计", laid(down=True), head=True)
    assert not cells.is_shown("合计", laid(down=True), head=False)


def test_a_sheet_without_totals_has_none_to_show(laid):
    assert not cells.is_shown("合计", laid("G1"), head=False)
    assert not cells.is_shown("合计", laid("", sheet="rooms"), head=False)


def test_only_one_total_is_the_templates_own(laid):
    grid = laid()
    assert cells.shown_only(["上年·女生数", "合计"], grid, head=False)
    assert not cells.shown_only(["合计", "合计"], grid, head=False)
    assert not cells.shown_only(["合计", "备注"], grid, head=False)
    assert not cells.shown_only([""], grid, head=False)
    assert cells.shown_only([], grid, head=False)


# ── what is said of a cell ──────────────────────────────────────────────────


def test_a_cell_that_its_row_is_not_asked_for(sheets):
    entrants = sheets.plan("pupils").columns[2]
    assert cells.unasked("二年级", entrants, 3.0, "D5") == Stray(
        "R-CELL-EXTRA",
        "D5",
        "二年级·招生数填了“3”",
        "这一格不要求填，没有采用；请核对是否填错了行",
    )


def test_a_remark_asks_for_nothing_unless_it_says_so():
    stray = Stray("R-NOTE", "A1", "saw", "do")
    assert (stray.severity, stray.required, stray.field) == (Severity.NOTE, "", "")


def test_a_plan_is_equal_to_another_whatever_it_remembers(sheets):
    one, two = sheets.plan("rooms"), sheets.plan("rooms")
    assert isinstance(one, Plan)
    cells.line_of(one, 3, "", [])
    cells.read_cell("1", one.columns[2], "C4")
    assert one == two
