"""Lines of a workbook: whose they are, and what they say."""

from __future__ import annotations

from datetime import date

import pytest
from national import national

from xianxue.bureau.kinds.ledgers.sheet import (
    HEAD,
    NAME,
    NUMBER,
    PLACE,
    RECORDED,
    STATE,
    book_form,
    list_form,
    shelf_of_ledgers,
)
from xianxue.bureau.ledgers.lines import Reader, key_of
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.reading.workbook import read_workbook
from xianxue.bureau.returns.template.workbook import write_workbook
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import replace

SHELF = national().shelf
COUNTY = Place(code="639900", name="示范县（虚构）", level="county")
TOWN = Place(code="639900100", name="东河镇", level="township", parent="639900")
SCHOOL = Place(code="2163990001", name="东河镇中心小学", level="school", parent=TOWN.code)
REGISTER = Register.of([COUNTY, TOWN, SCHOOL])
HAZARDS = SHELF.ledgers["hazards"]
YEAR = Period.parse("2025")


def returned(*rows):
    listed = tuple(
        Row(str(at), {name: Cell(value, f"{chr(65 + column)}{at + 3}") for column, (name, value) in
                      enumerate(row.items())})
        for at, row in enumerate(rows, 1)
    )  # fmt: skip
    return Return(
        form="ledger.hazards", version="1", period="2025", place=COUNTY.code,
        tables={"hazards": listed}, file="a.xlsx",
    )  # fmt: skip


def read(*rows, register=REGISTER):
    return Reader.of(HAZARDS, register).read(returned(*rows))


@pytest.mark.parametrize("card", SHELF.ledgers.values(), ids=list(SHELF.ledgers))
def test_every_ledger_is_a_workbook_that_is_read_again(card):
    shelf = shelf_of_ledgers(SHELF, {card.ledger: card})
    for form in (list_form(card), book_form(card)):
        data = write_workbook(form, COUNTY, YEAR, SHELF.codes)
        found, issues = read_workbook(data, "a.xlsx", shelf)
        assert found is not None, issues
        assert (found.form, found.tables, issues) == (form.form, {card.ledger: ()}, [])
        terms = [field.term for field in form.sheets[0].fields]
        assert len(terms) == len(set(terms))
        assert all(len(term) > 0 for term in terms)


@pytest.mark.parametrize("card", SHELF.ledgers.values(), ids=list(SHELF.ledgers))
def test_a_list_asks_what_is_registered_and_a_book_has_everything(card):
    asked = [one.field for one in list_form(card).sheets[0].fields]
    assert asked == [PLACE, NAME, RECORDED] + [one.field for one in card.fields if not one.history]
    kept = [one.field for one in book_form(card).sheets[0].fields]
    assert set(kept) == HEAD | {one.field for one in card.fields}
    assert (NUMBER in kept, STATE in kept) == (True, True)


def test_a_line_is_of_the_place_of_its_code_or_of_the_only_one_called_so():
    by_code, by_name = {PLACE: SCHOOL.code, "what": "一"}, {PLACE: "", NAME: SCHOOL.name}
    lines, issues = read(by_code, {**by_name, RECORDED: "2025-09-03"})
    assert [line.place for line in lines] == [SCHOOL.code, SCHOOL.code]
    assert (lines[0].on, lines[1].on) == (None, date(2025, 9, 3))
    assert (lines[0].given, issues) == ({"what": "一"}, [])


def test_a_code_that_is_another_place_than_the_name_is_told_at_the_name():
    _, (issue,) = read({PLACE: SCHOOL.code, NAME: TOWN.name})
    assert (issue.code, issue.cell, issue.file) == ("L-PLACE", "B4", "a.xlsx")
    assert SCHOOL.name in issue.saw
    assert TOWN.name in issue.saw


def test_of_two_places_called_the_same_the_code_is_asked():
    twins = Register.of([COUNTY, TOWN, SCHOOL, replace(SCHOOL, code="2163990009")])
    _, (issue,) = read({PLACE: "", NAME: SCHOOL.name}, register=twins)
    assert (issue.cell, issue.required) == ("B4", "写单位代码")


@pytest.mark.parametrize(
    "row", [{PLACE: "123"}, {PLACE: "", NAME: "没有的学校"}, {PLACE: "", NAME: ""}]
)
def test_a_place_that_nobody_knows_is_told(row):
    lines, (issue,) = read(row)
    assert (lines[0].place, issue.severity.name) == ("", "MUST_FIX")


def test_a_word_where_text_is_asked_is_text_and_a_blank_is_nothing():
    word = Cell(Missing.NOT_APPLICABLE, "A4", "不适用")
    blank = Cell(Missing.NOT_ANSWERED, "B4")
    rows = (Row("1", {"what": word, "plan": blank}),)
    one = Return(form="x", version="1", period="2025", place="", tables={"hazards": rows})
    (line,), _ = Reader.of(HAZARDS, REGISTER).read(one)
    assert line.given == {"what": "不适用", "plan": None}


def test_a_registration_is_known_again_however_its_texts_are_broken():
    said = {"what": "一楼\n走廊", "grade": "general", "plan": None}
    again = {"grade": "general", "what": "一楼走廊"}
    day = date(2025, 9, 3)
    assert key_of("1", day, said) == key_of("1", day, again)
    assert key_of("1", day, said) != key_of("2", day, again)
    assert key_of("1", day, said) != key_of("1", day, {**again, "plan": "值守"})
