"""The tables that figures are counted from: what is hidden is marked, what is not asked is not."""

from datetime import date

import pytest
from national import national

from xianxue.bureau.indicators.columns import column_types
from xianxue.bureau.indicators.tables import places_columns, sheet_columns
from xianxue.bureau.places.place import Attributes, Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.returned import Return
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.periods import Period

SHELF = national().shelf
PERIOD = Period.parse("2025-2026")
FORM = SHELF.forms["school_annual"]


def school(code, school_type, *stages, township="639900100", **more):
    history = (
        Attributes(valid_from=date(2000, 9, 1), school_type=school_type, stages=stages, **more),
    )
    return Place(code=code, name=f"虚构{code}", level="school", parent=township, history=history)


COUNTY = Place(code="639900", name="虚构县", level="county")
TOWN = Place(code="639900100", name="虚构镇", level="township", parent="639900")
NINE = school("3199000001", "312", Stage.PRIMARY, Stage.LOWER_SECONDARY, boarding=True)
POINT = school("2199000001", "218", Stage.PRIMARY)
REGISTER = Register.of([COUNTY, TOWN, NINE, POINT])


def filed(place, **sheets):
    tables = {
        name: tuple(
            Row(code, {field: Cell(value) for field, value in cells.items()})
            for code, cells in rows
        )
        for name, rows in sheets.items()
    }
    return Return(
        form="school_annual", version="", period="2025-2026", place=place.code, tables=tables
    )


def columns(sheet, *returns):
    return sheet_columns(
        FORM, FORM.sheet(sheet), returns, [NINE, POINT], REGISTER, PERIOD, SHELF.codes
    )


def test_a_school_that_has_not_filed_stands_there_with_every_row_it_was_asked():
    table = columns("staff")
    assert table["place"] == ["3199000001", "3199000001", "2199000001"]
    assert table["row"] == table["stage"] == ["primary", "lower_secondary", "primary"]
    assert table["teachers"] == [None, None, None]
    assert table["teachers?"] == table["unfiled"] == [1, 1, 1]
    assert table["township"] == ["639900100"] * 3
    assert table["boarding"] == [1, 1, 0]


def test_a_list_that_has_not_come_stands_there_once_for_each_stage():
    assert columns("classes")["stage"] == ["primary", "lower_secondary", "primary"]
    assert columns("special_rooms")["stage"] == [None, None]


def test_marks_stand_only_where_something_is_hidden():
    rows = [
        ("primary", {"teachers": 3, "senior": Missing.NOT_APPLICABLE, "art": 1}),
        ("lower_secondary", {"teachers": 4, "senior": 0, "art": Missing.WITHHELD}),
    ]
    full = {field.field: 0 for field in FORM.sheet("staff").fields}
    rows = [(code, full | cells) for code, cells in rows]
    table = columns("staff", filed(NINE, staff=rows), filed(POINT, staff=[("primary", full)]))
    assert table["teachers"] == [3, 4, 0]
    assert table["senior!"] == [1, 0, 0]
    assert table["art?"] == [0, 1, 0]
    assert "teachers?" not in table
    assert "unfiled" not in table


def test_what_was_asked_and_does_not_stand_in_the_return_is_hidden():
    table = columns("students", filed(POINT, students=[("G1", {"enrolled": 9})]))
    mine = [index for index, place in enumerate(table["place"]) if place == POINT.code]
    assert [table["enrolled"][index] for index in mine] == [9, None, None, None, None, None]
    assert [table["enrolled?"][index] for index in mine] == [0, 1, 1, 1, 1, 1]
    assert [table["new_entrants?"][index] for index in mine] == [1, 0, 0, 0, 0, 0]


def test_a_line_of_unknown_grade_hides_something_in_every_stage():
    lines = [
        ("1", {"grade": "G1", "name": "一（1）班", "pupils": 30}),
        ("2", {"grade": Missing.NOT_ANSWERED, "name": "二（1）班", "pupils": 30}),
    ]
    table = columns("classes", filed(NINE, classes=lines), filed(POINT, classes=[]))
    assert table["stage"] == ["primary", "primary", "lower_secondary"]
    assert table["pupils"] == [30, None, None]
    assert table["unfiled"] == [0, 1, 1]


def test_an_amount_beyond_all_bounds_is_refused():
    with pytest.raises(ValueError, match=r"3199000001.*teachers"):
        columns("staff", filed(NINE, staff=[("primary", {"teachers": 10**14})]))


def test_places_are_those_open_on_the_first_day():
    table = places_columns(REGISTER, PERIOD)
    assert table["place"] == [NINE.code, POINT.code]
    assert table["school_type"] == ["312", "218"]


def test_types_are_known_without_any_line():
    table = sheet_columns(FORM, FORM.sheet("basic"), [], [], REGISTER, PERIOD, SHELF.codes)
    types = column_types(SHELF.table("basic"), table)
    assert types["place"] == types["name"] == types["school_type"] == "String"
    assert types["planned_year"] == types["charter"] == types["boarding"] == "Int64"
    assert column_types(None, ["boarding", "row", "x?"]) == {
        "boarding": "Int64",
        "row": "String",
        "x?": "Int8",
    }


def test_where_a_form_asks_what_the_register_knows_the_register_stands():
    answers = {"township": "某某镇", "school_type": "211", "boarding": 0, "charter": 1}
    table = columns("basic", filed(NINE, basic=[("", answers)]))
    assert table["township"][0] == "639900100"
    assert table["school_type"][0] == "312"
    assert table["boarding"][0] == 1
    assert table["charter"][0] == 1
