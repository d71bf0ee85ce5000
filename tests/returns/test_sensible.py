"""Bounds that need no last year and no other school: what no school has is asked about.

The schools are those of the example county; what is put into them is invented. 均为虚构。
"""

from decimal import Decimal

import pytest
from national import national

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.records.cells import Cell
from xianxue.bureau.returns.checking.check import check_return
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.units import LARGEST, LARGEST_COUNT
from xianxue.desk.stores import roster
from xianxue.desk.stores.examples import Example

SHELF = national().shelf
ABSURD = 99_999_999
"""In whole units: more than any school or county of ours has of anything."""
NUMBERS = {"integer", "measure"}
PERIOD = Period.parse(Example.open("demo_county").settings.period)


@pytest.fixture(scope="module")
def county():
    """The register of the example county, and one filled return of each kind of place."""
    opened = Example.open("demo_county")
    register, issues = roster.read_roster(opened.folder / "places.csv", SHELF.codes)
    assert not issues
    kinds = {}
    for _, _, returned in opened.returns(SHELF, register):
        attributes = register[returned.place].attributes(PERIOD.reference_day)
        kinds.setdefault(attributes.school_type if attributes else "county", returned)
    return register, kinds


def check(register, returned):
    place = register[returned.place]
    return check_return(returned, SHELF, place, PERIOD, register=register)


def put(returned, sheet, row, field, value):
    """Give a return with another value in one cell; ``value`` is in smallest steps."""
    rows = list(returned.tables[sheet])
    cells = dict(rows[row].cells)
    cells[field] = Cell(value, address=cells[field].address or "Z9")
    rows[row] = replace(rows[row], cells=cells)
    return replace(returned, tables=returned.tables | {sheet: tuple(rows)})


def said(register, returned, field=""):
    return {
        (issue.code, issue.severity.value)
        for issue in check(register, returned)
        if not field or issue.field == field
    }


def test_what_the_example_reports_makes_sense(county):
    register, kinds = county
    assert {code for one in kinds.values() for code, _ in said(register, one)} == set()
    assert {"111", "211", "341", "county"} <= set(kinds)


def test_no_number_of_any_form_may_be_absurd(county):
    """Every number, put to a hundred million, is complained of where it stands."""
    register, kinds = county
    looked = set()
    silent = set()
    for returned in kinds.values():
        form = SHELF.forms[returned.form]
        for sheet in form.sheets:
            for field in sheet.fields:
                rows = returned.tables.get(sheet.sheet, ())
                here = [n for n, row in enumerate(rows) if field.field in row.cells]
                if field.type not in NUMBERS or not here:
                    continue
                name = f"{sheet.sheet}.{field.field}"
                looked.add(name)
                absurd = put(returned, sheet.sheet, here[0], field.field, ABSURD * step(field))
                found = {issue.field for issue in check(register, absurd)}
                if name not in found:
                    silent.add((returned.place, name))
    assert silent == set()
    every = {
        f"{sheet.sheet}.{field.field}"
        for form in SHELF.forms.values()
        for sheet in form.sheets
        for field in sheet.fields
        if field.type in NUMBERS
    }
    assert every == looked


def step(field):
    return field.measured_in.step if field.type == "measure" else 1


@pytest.mark.parametrize(
    ("kind", "sheet", "row", "field", "code"),
    [
        # Nothing where the rest of the return says many.
        ("211", "staff", 0, "teachers", "teachers_enough"),
        ("211", "premises", 0, "building_area", "premises_there"),
        ("211", "premises", 0, "teaching_area", "premises_there"),
        ("211", "premises", 0, "outdoor_sports_area", "sports_there"),
        ("211", "premises", 0, "equipment_value", "equipment_there"),
        ("211", "premises", 0, "books", "books_there"),
        ("211", "basic", 0, "public_funds_budget", "R-USUAL"),
        ("211", "students", 0, "girls", "girls_share"),
        ("111", "kindergarten", 0, "teachers", "kindergarten_teachers_enough"),
        ("111", "kindergarten", 0, "building_area", "kindergarten_area_there"),
        ("111", "kindergarten", 0, "activity_area", "kindergarten_area_there"),
        ("111", "kindergarten", 0, "outdoor_area", "kindergarten_outdoor_there"),
        ("111", "kindergarten", 0, "girls", "kindergarten_girls_share"),
        ("county", "population", 3, "persons", "age_people"),
        ("county", "age_enrolment", 0, "primary_age_enrolled", "primary_age_there"),
    ],
)
def test_a_zero_where_the_rest_says_many_is_asked_about(  # noqa: PLR0913, PLR0917 - cell and rule
    county, kind, sheet, row, field, code
):
    register, kinds = county
    found = said(register, put(kinds[kind], sheet, row, field, 0))
    assert code in {each for each, _ in found}


@pytest.mark.parametrize(
    ("kind", "sheet", "field", "code"),
    [
        ("211", "premises", "outdoor_sports_area", "sports_there"),
        ("111", "kindergarten", "outdoor_area", "kindergarten_outdoor_there"),
    ],
)
def test_a_ground_written_in_mu_is_asked_about_without_peers(county, kind, sheet, field, code):
    register, kinds = county
    steps = kinds[kind].tables[sheet][0].cells[field].value
    # A mu is 2000/3 square metres: 4168 of them are written as 6.25.
    mu = put(kinds[kind], sheet, 0, field, steps * 3 // 2000)
    assert (code, "explain") in said(register, mu, f"{sheet}.{field}")
    assert code not in {each for each, _ in said(register, kinds[kind])}


@pytest.mark.parametrize(
    ("part", "more_than"),
    [
        ("girls", "enrolled"),
        ("boarders", "enrolled"),
        ("migrant", "enrolled"),
        ("left_behind", "enrolled"),
        ("disabled", "enrolled"),
    ],
)
def test_a_part_is_not_more_than_its_whole(county, part, more_than):
    register, kinds = county
    whole = kinds["211"].tables["students"][0].cells[more_than].value
    found = said(register, put(kinds["211"], "students", 0, part, whole + 1), f"students.{part}")
    assert "must_fix" in {severity for _, severity in found}


def test_who_moved_with_the_family_is_not_left_behind(county):
    """Both together are not more than all: of 248 pupils 200 and 49 cannot be."""
    register, kinds = county
    whole = kinds["211"].tables["students"][0].cells["enrolled"].value
    returned = put(kinds["211"], "students", 0, "migrant", whole - 48)
    exactly = put(returned, "students", 0, "left_behind", 48)
    assert "students_migrant_left_behind" not in {code for code, _ in said(register, exactly)}
    over = put(returned, "students", 0, "left_behind", 49)
    assert ("students_migrant_left_behind", "must_fix") in said(register, over)


def test_nobody_dies_of_a_slip_of_the_keyboard(county):
    """Of 248 pupils 4 deaths (1 % and 2 more) are silent, 5 are asked about, 300 refused."""
    register, kinds = county
    deaths = {many: put(kinds["211"], "students", 0, "deaths", many) for many in (4, 5, 300)}
    assert said(register, deaths[4]) == set()
    assert said(register, deaths[5]) == {("deaths_share", "explain")}
    assert said(register, deaths[300]) == {("deaths_possible", "must_fix")}


@pytest.mark.parametrize(
    ("sheet", "field", "most"),
    [("students", "transferred_in", LARGEST_COUNT), ("premises", "equipment_value", LARGEST)],
)
def test_a_number_of_too_many_digits_is_none_of_ours(county, sheet, field, most):
    register, kinds = county
    codes = {
        many: said(register, put(kinds["211"], sheet, 0, field, many)) for many in (most, most + 1)
    }
    assert ("R-LARGEST", "must_fix") not in codes[most]
    assert ("R-LARGEST", "must_fix") in codes[most + 1]


@pytest.mark.parametrize("number", [2163990001, 13800000000])
def test_a_school_code_or_a_mobile_telephone_is_no_count(county, number):
    register, kinds = county
    found = said(register, put(kinds["211"], "cohort", 0, "entrants", number))
    assert ("R-LARGEST", "must_fix") in found


def test_an_identity_number_is_refused_on_its_cell_in_one_sentence(county):
    register, kinds = county
    returned = put(kinds["211"], "students", 0, "transferred_in", 513221198501010012)
    (issue,) = check(register, returned)
    assert issue.message == (
        "〔学生〕Z9：一年级·转入填了“513221198501010012”；要求：不超过 9 位的数。"
        "是不是把身份证号、学籍号、学校代码或电话填到了这里？请填实际的数。"
    )
    assert issue.cell == "Z9"


def test_a_room_is_not_built_after_the_day_of_the_count(county):
    register, kinds = county
    returned = next(one for one in kinds.values() if one.tables.get("special_rooms"))
    day = PERIOD.reference_day.year
    fine = put(returned, "special_rooms", 0, "built_year", day)
    assert "R-RANGE" not in {code for code, _ in said(register, fine)}
    (issue,) = check(register, put(returned, "special_rooms", 0, "built_year", day + 1))
    assert issue.message == (
        f"〔音美专用教室〕Z9：第 1 条·建成年份填了“{day + 1}”；要求：不晚于 {day} 年。请改为实际的年份。"
    )


def test_an_amount_is_said_beside_its_size_and_once(county):
    """What is refused is not asked about besides, and two rules ask once of one amount."""
    register, kinds = county
    pupils = sum(row.cells["enrolled"].value for row in kinds["211"].tables["students"])
    classes = len(kinds["211"].tables["classes"])
    (issue,) = check(register, put(kinds["211"], "premises", 0, "books", ABSURD))
    assert issue.message == (
        f"〔校舍与设备〕Z9：校舍与设备·图书（Z9） {ABSURD}；班级数 {classes}；"
        "要求：一个班不超过 5 万册图书。请改为实际的数。"
    )
    (asked,) = check(register, put(kinds["211"], "premises", 0, "books", 201 * pupils + 3000))
    assert (asked.code, asked.severity) == ("books_pupils", Severity.EXPLAIN)


@pytest.mark.parametrize(
    ("kind", "field", "saw"),
    [
        ("211", "basic.school_type", "办学类型填了“不适用”，名册上是“小学”"),
        ("211", "basic.urban_rural", "城乡分类填了“不适用”，名册上是“"),
        ("111", "kindergarten.ownership", "幼儿园性质填了“不适用”"),
        ("211", "classes.grade", "年级填了“不适用”"),
        ("211", "special_rooms.built_year", "建成年份填了“不适用”"),
    ],
)
def test_what_the_register_or_the_thing_itself_tells_is_never_put_aside(county, kind, field, saw):
    register, kinds = county
    sheet, _, name = field.partition(".")
    found = check(register, put(kinds[kind], sheet, 0, name, Missing.NOT_APPLICABLE))
    refused = [one.message for one in found if one.severity is Severity.MUST_FIX]
    assert any(saw in message for message in refused), refused


@pytest.mark.parametrize(
    ("field", "severity"),
    [
        ("staff.teachers", Severity.MUST_FIX),
        ("students.enrolled", Severity.MUST_FIX),
        ("premises.building_area", Severity.MUST_FIX),
        ("premises.equipment_value", Severity.EXPLAIN),
        ("premises.multimedia_rooms", Severity.EXPLAIN),
    ],
)
def test_people_and_areas_are_never_put_aside(county, field, severity):
    register, kinds = county
    sheet, _, name = field.partition(".")
    returned = put(kinds["211"], sheet, 0, name, Missing.NOT_APPLICABLE)
    found = [one for one in check(register, returned) if one.code == "R-WORD"]
    assert [(one.field, one.severity) for one in found] == [(field, severity)]


def test_a_county_with_a_special_school_answers_for_its_funds(county):
    register, kinds = county
    funds = "special_school_funds_per_pupil"
    returned = put(kinds["county"], "funds", 0, funds, Missing.NOT_APPLICABLE)
    on = PERIOD.reference_day
    assert "R-APPLIES" not in {issue.code for issue in check(register, returned)}
    other = register[kinds["211"].place]
    history = (replace(other.attributes(on), school_type="513"),)
    special = replace(other, history=history, name="虚构培智学校", names=())
    register = type(register).of([special if one is other else one for one in register])
    (issue,) = check(register, returned)
    assert issue.message == (
        "〔经费与待遇〕Z9：特教学校生均公用经费填了“不适用”，名册上却有虚构培智学校；"
        "要求：名册上有这样的学校，就有这个数。请填实际的数；名册有误的，请先更正名册。"
    )
    assert issue.code == "R-APPLIES"


def test_every_bound_stands_on_the_card_with_our_own_name():
    rules = [rule for form in SHELF.forms.values() for rule in form.sensible]
    assert {(rule.source.document, rule.source.seen.value) for rule in rules} == {
        ("xianxue-own", "own")
    }
    assert all(rule.at_most is None or rule.at_most > Decimal(0) for rule in rules)
