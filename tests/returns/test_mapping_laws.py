"""What holds for every table: numbers arrive as they were, blanks stay blank, order is nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from national import national

from xianxue.bureau.places.place import Attributes, Place
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.returns.mapping.column_units import converted
from xianxue.bureau.returns.mapping.decisions import decided
from xianxue.bureau.returns.mapping.extraction import Haul, read_source
from xianxue.bureau.returns.mapping.filling import fill
from xianxue.bureau.returns.mapping.proposing import propose
from xianxue.bureau.returns.mapping.row_schools import Whose
from xianxue.bureau.returns.mapping.source import Source
from xianxue.bureau.returns.mapping.table import find_table
from xianxue.bureau.returns.template.prefill import NOTHING
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.periods import Period

SHELF = national().shelf
FORM = SHELF.forms["school_annual"]
PERIOD = Period.parse("2025-2026")
ON = date(2025, 9, 1)
PLACES = [
    Place(
        code=f"216399000{n}",
        name=f"虚构第{n}小学",
        level="school",
        opened=date(2001, 9, 1),
        history=(
            Attributes(valid_from=date(2001, 9, 1), school_type="211", stages=(Stage.PRIMARY,)),
        ),
    )
    for n in (1, 2, 3)
]
FIELDS = {
    "图书册数": ("premises", "", "books"),
    "网络多媒体教室（间）": ("premises", "", "multimedia_rooms"),
    "一年级在校生数": ("students", "G1", "enrolled"),
    "六年级其中女生": ("students", "G6", "girls"),
    "小学专任教师": ("staff", "primary", "teachers"),
}
NUMBERS = st.none() | st.integers(0, 10**6)


def by_code(heads, lines):
    """The lines with the school's code first."""
    at = list(heads).index("学校代码")
    return [[line[at], *line[:at], *line[at + 1 :]] for line in lines]


def taken(heads, lines):
    """School to the cells of its return, when a table has been read and put in."""
    grid = [list(heads), *[["" if cell is None else cell for cell in line] for line in lines]]
    table = find_table(grid)
    assert table is not None
    found = decided(propose(table, grid, FORM, SHELF.codes), {}, rest=True)
    source = Source("虚构.xlsx", "", grid, grid, table, FORM, found)
    haul = Haul()
    read_source(source, SHELF.codes, Whose.among(PLACES, ON), haul)
    empty = [issue.code for issue in haul.issues]
    assert empty in ([], ["R-MAP-EMPTY"])
    assert bool(empty) == any(set(line[1:]) == {None} for line in by_code(heads, lines))
    cells = {}
    for place in PLACES:
        filled = fill(FORM, place, PERIOD, SHELF.codes, NOTHING, haul)
        assert [issue.message for issue in filled.issues] == []
        cells[place.code] = {
            (sheet, row.code, name): cell.value
            for sheet, rows in filled.returned.tables.items()
            for row in rows
            for name, cell in row.cells.items()
        }
    return cells


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(*[NUMBERS for _ in FIELDS]), min_size=len(PLACES), max_size=len(PLACES)),
    st.permutations(range(len(FIELDS) + 1)),
    st.permutations(range(len(PLACES))),
)
def test_every_number_arrives_and_every_blank_stays_one(values, columns, rows):
    heads = ["学校代码", *FIELDS]
    lines = [[place.code, *line] for place, line in zip(PLACES, values, strict=True)]
    got = taken([heads[at] for at in columns], [[lines[row][at] for at in columns] for row in rows])
    for place, line in zip(PLACES, values, strict=True):
        for spot, value in zip(FIELDS.values(), line, strict=True):
            here = got[place.code].get(spot, Missing.NOT_ANSWERED)
            assert here == (Missing.NOT_ANSWERED if value is None else value)


@given(st.decimals(0, 10**6, places=4, allow_nan=False))
def test_a_conversion_is_exact_or_is_none(number: Decimal):
    asked = FORM.sheet("premises").field("equipment_value")
    cell = converted(f"{number:f}", "万元", asked, "C4")
    # Four decimals of 万元 are whole 元: none is lost, none is refused.
    assert cell is not None
    assert Fraction(cell.value, 100) == Fraction(number) * 10000


@given(st.decimals(0, 10**4, places=3, allow_nan=False))
def test_mu_are_rounded_half_up_to_the_fields_step(number: Decimal):
    asked = FORM.sheet("premises").field("outdoor_sports_area")
    cell = converted(f"{number:f}", "亩", asked, "C4")
    assert cell is not None
    exact = Fraction(number) * Fraction(2000, 3) * 100
    assert -Fraction(1, 2) <= exact - cell.value < Fraction(1, 2)
