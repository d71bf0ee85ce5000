"""Who a school is by its own workbook: what it says, and what it was given."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec import structs

from xianxue.bureau.kinds.codes import Code, CodeList
from xianxue.bureau.kinds.form import Field, Form, Sheet
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.reading.supposed_place import supposed_place
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.record import replace

ASKED = ("name", "school_type", "sponsor", "urban_rural", "boarding")


@pytest.fixture
def shelf(small):
    """A form with a record, a record of one stage, and a grid whose rows have stages."""
    own = small.form.source

    def codes(name: str, *entries: Code) -> CodeList:
        return CodeList(codes=name, term=name, entries=[*entries], source=own)

    lists = {
        "kinds": codes(
            "kinds",
            Code(code="211", term="小学", stages=[Stage.PRIMARY]),
            Code(code="342", term="完全中学", stages=[Stage.UPPER_SECONDARY, Stage.LOWER_SECONDARY]),
            Code(code="900", term="其他", stages=[]),
        ),
        "rows": codes(
            "rows",
            Code(code="K", term="学前班", stage=Stage.PRESCHOOL),
            Code(code="P", term="小学", stage=Stage.PRIMARY),
            Code(code="T", term="全校"),
        ),
    }  # fmt: skip

    def field(name: str) -> Field:
        if name == "school_type":
            return Field(field=name, term=name, type="code", codes="kinds")
        return Field(field=name, term=name, type="text")

    count = Field(field="n", term="n", type="integer")

    def form(name: str, filed_by: str) -> Form:
        return Form(
            form=name, term=name, version="1", filed_by=filed_by, period="school_year", source=own,
            sheets=[
                Sheet(sheet="listed", term="名册", layout="list", fields=[field("name")]),
                Sheet(sheet="about", term="概况", layout="record", fields=[field(each) for each in ASKED]),
                Sheet(sheet="senior", term="高中", layout="record", stage=Stage.UPPER_SECONDARY, fields=[count]),
                Sheet(sheet="counted", term="人数", layout="grid", rows="rows", fields=[count]),
            ],
        )  # fmt: skip

    forms = {"school": form("school", "school"), "county": form("county", "county")}
    return Shelf(sources={}, codes=lists, forms=forms)


def returned(tables=None, form="school", **answers):
    about = {name: Cell(value) for name, value in answers.items()}
    return Return(
        form=form,
        version="1",
        period="2025-2026",
        place="2163000001",
        tables={"about": (Row("", about),)} | (tables or {}),
    )


def test_a_school_is_what_its_record_says(shelf):
    place = supposed_place(
        returned(name="虚构小学", school_type="211", sponsor="831", urban_rural="121", boarding=1),
        shelf,
    )
    assert (place.code, place.name, place.level) == ("2163000001", "虚构小学", "school")
    (since,) = place.history
    assert since.valid_from == date(1800, 1, 1)
    assert (since.school_type, since.sponsor, since.urban_rural) == ("211", "831", "121")
    assert since.boarding is True
    assert since.stages == (Stage.PRIMARY,)


def test_what_the_record_leaves_out_is_left_out(shelf):
    place = supposed_place(returned(school_type="900"), shelf)
    (since,) = place.history
    assert (place.name, since.sponsor, since.urban_rural, since.stages) == ("", "", "", ())
    assert since.boarding is False
    missing = dict.fromkeys(("name", "sponsor", "boarding"), Missing.NOT_ANSWERED)
    assert supposed_place(returned(school_type="900", **missing), shelf) == place
    assert supposed_place(returned(school_type="900", boarding=0), shelf) == place


def test_stages_stand_in_their_own_order_whatever_the_list_has(shelf):
    (since,) = supposed_place(returned(school_type="342"), shelf).history
    assert since.stages == (Stage.LOWER_SECONDARY, Stage.UPPER_SECONDARY)


def test_a_class_attached_to_a_school_shows_in_what_it_was_given(shelf):
    grid = {"counted": (Row("K", {"n": Cell(Missing.NOT_ANSWERED)}), Row("T", {}), Row("?", {}))}
    (since,) = supposed_place(returned(grid, school_type="211"), shelf).history
    assert since.stages == (Stage.PRESCHOOL, Stage.PRIMARY)
    one = {"senior": (Row("", {}),)}
    (since,) = supposed_place(returned(one, school_type="211"), shelf).history
    assert since.stages == (Stage.PRIMARY, Stage.UPPER_SECONDARY)
    none = {"senior": (), "counted": ()}
    (since,) = supposed_place(returned(none, school_type="211"), shelf).history
    assert since.stages == (Stage.PRIMARY,)


def test_only_a_record_answers_for_the_school(shelf):
    """The list's first line has a field of the same name: that is a class, and no school."""
    listed = {"listed": (Row("1", {"name": Cell("一班")}),)}
    assert supposed_place(returned(listed, school_type="211"), shelf).name == ""
    assert (
        supposed_place(returned(listed, school_type="211", name="虚构小学"), shelf).name
        == "虚构小学"
    )


def test_nobody_is_supposed_where_nobody_can_be(shelf):
    good = returned(school_type="211")
    assert supposed_place(good, shelf) is not None
    assert supposed_place(replace(good, form="county"), shelf) is None
    assert supposed_place(replace(good, form="unknown"), shelf) is None
    assert supposed_place(returned(school_type="999"), shelf) is None
    assert supposed_place(returned(name="虚构小学"), shelf) is None
    assert supposed_place(replace(good, tables={}), shelf) is None
    # A form that does not ask for the type tells nothing of the school.
    school = shelf.forms["school"]
    untyped = structs.replace(school, sheets=[school.sheets[0], school.sheets[3]])
    forms = Shelf(sources={}, codes=shelf.codes, forms={"school": untyped})
    assert supposed_place(good, forms) is None
