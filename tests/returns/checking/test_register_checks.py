"""What a return says of its school beside the register, and lists with rows amiss."""

from datetime import date

import pytest
from invented import (
    BLANK,
    COUNTY,
    EXPLAIN,
    MUST,
    NONE,
    ON,
    PERIOD,
    REGISTER,
    SCHOOL,
    TOWNSHIP,
    UNASKED,
    Stage,
    asks,
    filed,
    form_of,
    grid,
    listed,
    record,
    row,
    school,
    shelf_of,
)

from xianxue.bureau.places.dated import Dated
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.cells import Cell
from xianxue.bureau.returns.checking.check import check_return
from xianxue.bureau.values.record import replace

FIELDS = (
    asks("school_code", "学校标识码", "text"),
    asks("name", "学校名称", "text"),
    asks("school_type", "办学类型", "code", codes="school_types"),
    asks("sponsor", "举办者", "text"),
    asks("urban_rural", "城乡分类", "text"),
    asks("boarding", "是否寄宿制", "yes_no"),
    asks("township", "所在乡镇", "text"),
)
OWN = school(Stage.PRIMARY, Stage.LOWER_SECONDARY, sponsor="831", urban_rural="220")
TRUE = {
    "school_code": "2163000002",
    "name": "虚构学校",
    "school_type": "312",
    "sponsor": "831",
    "urban_rural": "220",
    "boarding": 0,
    "township": "虚构镇",
}
DO = "请核对；如果是名册没有更新，请告知教育局更正名册。"


def compared(place=OWN, register=REGISTER, form=None, tables=None, **cells):
    """Compare a record with the register; cells stand in D2 and so on."""
    values = TRUE | cells
    made = {name: Cell(value, f"D{2 + at}") for at, (name, value) in enumerate(values.items())}
    form = form or form_of(record(*FIELDS))
    return check_return(
        filed(tables or {"about": [row(**made)]}), shelf_of(form), place, PERIOD, register=register
    )


def told(found):
    return [(issue.code, issue.severity, issue.field, issue.message) for issue in found]


def test_what_the_register_says_too_is_no_difference():
    assert compared() == []


@pytest.mark.parametrize(
    ("name", "value", "code", "severity", "sentence"),
    [
        ("school_code", "2163000009", "R-PLACE", MUST,
         "D2：学校标识码填了“2163000009”，这份工作簿却是发给“2163000002”的；要求：与名册一致。请核对是否用了别校的工作簿；代码填错的请改正。"),
        ("name", "别的学校", "R-REGISTER", EXPLAIN, f"D3：学校名称填了“别的学校”，名册上是“虚构学校”；要求：与名册一致。{DO}"),
        ("school_type", "211", "R-REGISTER", MUST, f"D4：办学类型填了“小学”，名册上是“九年一贯制学校”；要求：与名册一致。{DO}"),
        ("sponsor", "999", "R-REGISTER", EXPLAIN, f"D5：举办者填了“999”，名册上是“831”；要求：与名册一致。{DO}"),
        ("urban_rural", "111", "R-REGISTER", EXPLAIN, f"D6：城乡分类填了“111”，名册上是“220”；要求：与名册一致。{DO}"),
        ("boarding", 1, "R-REGISTER", EXPLAIN, f"D7：是否寄宿制填了“是”，名册上是“否”；要求：与名册一致。{DO}"),
        ("township", "别的镇", "R-REGISTER", EXPLAIN, f"D8：所在乡镇填了“别的镇”，名册上是“虚构镇”；要求：与名册一致。{DO}"),
    ],
)  # fmt: skip
def test_each_difference_is_told_with_both_sides(name, value, code, severity, sentence):
    assert told(compared(**{name: value})) == [
        (code, severity, f"about.{name}", f"a.xlsx〔概况〕{sentence}")
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [("name", "虚 构学校"), ("school_code", "２１６３０００００２"), ("township", "虚构 镇")],
)
def test_spaces_and_widths_are_no_difference(name, value):
    assert compared(**{name: value}) == []


@pytest.mark.parametrize("name", list(TRUE))
def test_what_is_not_asked_is_not_compared(name):
    assert compared(**{name: UNASKED}) == []


@pytest.mark.parametrize("name", [name for name in TRUE if name != "township"])
def test_what_the_register_knows_is_not_put_aside(name):
    found = [issue for issue in compared(**{name: NONE}) if issue.code != "R-WORD"]
    assert {(issue.code, issue.severity) for issue in found} <= {
        ("R-REGISTER", MUST), ("R-PLACE", MUST),
    }  # fmt: skip
    assert ["填了“不适用”" in issue.saw for issue in found] == [True]


def test_a_code_no_list_knows_is_shown_as_a_question_mark():
    found = compared(school_type="999")
    assert "办学类型填了“？”，名册上是“九年一贯制学校”" in [issue.saw for issue in found]
    place = school(Stage.PRIMARY, kind="888", sponsor="831", urban_rural="220")
    found = compared(place=place, form=form_of(record(*FIELDS)))
    assert [issue.saw for issue in found] == ["办学类型填了“九年一贯制学校”，名册上是“？”"]


def test_what_the_register_does_not_hold_is_not_compared():
    """A school of which no sponsor is known; a place without any attributes."""
    assert compared(place=school(urban_rural="220"), sponsor="999") == []
    bare = Place(code="2163000002", name="虚构学校", level="school", parent="632500100")
    assert compared(place=bare, sponsor="999", school_type="211", boarding=1) == []


def test_a_field_the_form_does_not_ask_for_is_not_compared():
    form = form_of(record(FIELDS[0], asks("x", "人数")))
    tables = {"about": [row(school_code="2163000002", x=1, name="别的学校")]}
    assert compared(form=form, tables=tables) == []
    # The town as well.
    tables = {"about": [row(school_code="2163000002", x=1, township="别的镇")]}
    assert compared(form=form, tables=tables) == []


def test_a_return_of_a_place_nobody_knows_is_only_held_against_its_own_code():
    found = compared(place=None, name="别的学校", township="别的镇", school_type="211")
    assert found == []
    (found,) = compared(place=None, school_code="2163000009")
    assert (found.code, found.severity) == ("R-PLACE", MUST)


def test_townships_are_compared_where_they_are_known():
    assert compared(township="别的镇", register=None) == []
    # In no township of the register: nobody knows.
    assert compared(township="别的镇", register=Register.of([COUNTY, OWN])) == []
    # The township's code says the same as its name.
    assert compared(township="632500100") == []
    assert compared(township="632500") != []


def test_names_and_townships_are_those_of_the_day():
    """The school moved and both were renamed on 1 September 2024 and 2025: the new ones count."""
    day, old = date(2025, 9, 1), date(2024, 9, 1)
    renamed = replace(
        TOWNSHIP, name="新镇", names=(Dated(None, "老镇"), Dated(day, "新镇"), Dated(date(2026, 1, 1), "后镇"))
    )  # fmt: skip
    place = replace(
        OWN, parents=(Dated(None, "1"), Dated(old, "632500100"), Dated(date(2026, 1, 1), "2"))
    )
    register = Register.of([COUNTY, renamed, place])
    assert compared(place=place, register=register, township="新镇") == []
    (found,) = compared(place=place, register=register, township="老镇")
    assert found.saw == "所在乡镇填了“老镇”，名册上是“新镇”"
    named = replace(OWN, names=(Dated(None, "老名"), Dated(date(2025, 9, 2), "虚构学校")))
    (found,) = compared(place=named)
    assert found.saw == "学校名称填了“虚构学校”，名册上是“老名”"


def test_a_record_is_compared_wherever_it_stands_in_the_form():
    form = form_of(grid(asks("x", "人数"), row_codes=["G1"]), record(*FIELDS))
    tables = {"pupils": [row("G1", x=1)], "about": [row(**(TRUE | {"name": "别的学校"}))]}
    assert [issue.field for issue in compared(form=form, tables=tables)] == ["about.name"]


def test_only_records_speak_of_the_school():
    """The name in a list is that of a class, the type in a grid that of something else."""
    form = form_of(
        record(asks("x", "人数")), grid(FIELDS[1], row_codes=["G1"]), listed(FIELDS[1], FIELDS[6])
    )
    tables = {
        "about": [row(x=1)],
        "pupils": [row("G1", name="别的")],
        "rooms": [row("1", grade="G1", name="一班", township="别的镇")],
    }
    assert compared(form=form, tables=tables) == []


def test_a_sheet_that_is_not_asked_or_not_there_is_not_compared():
    form = form_of(
        record(*FIELDS, stages=[Stage.PRESCHOOL]), grid(asks("x", "人数"), row_codes=["G1"])
    )
    tables = {"about": [row(name="别的学校")], "pupils": [row("G1", x=1)]}
    assert [issue.code for issue in compared(form=form, tables=tables)] == ["R-NOT-ASKED"]
    found = compared(form=form_of(record(*FIELDS)), tables={"pupils": []})
    assert [issue.code for issue in found] == ["R-SHEET"]
    found = compared(form=form_of(record(*FIELDS)), tables={"about": []})
    assert "R-REGISTER" not in {issue.code for issue in found}


def test_a_countys_own_return_is_held_against_no_school():
    form = form_of(record(*FIELDS), filed_by="county")
    assert compared(form=form, name="别的", place=COUNTY) == []
    assert compared(form=form_of(record(*FIELDS)), name="别的", place=COUNTY) != []


# ── lists ───────────────────────────────────────────────────────────────────

NAMED = (asks("name", "班级名称", "text"), asks("pupils", "学生数"))


def lines_of(*lines, place=SCHOOL, form=None, addresses=True):
    """Check classes told by grade and name."""
    rows = [
        row(
            str(at),
            grade=Cell(grade, f"A{3 + at}" if addresses else "", "初一" if grade == "G7" else ""),
            name=Cell(name, f"B{3 + at}" if addresses else ""),
            pupils=1,
        )
        for at, (grade, name) in enumerate(lines, 1)
    ]
    return check_return(
        filed({"rooms": rows}), shelf_of(form or form_of(listed(*NAMED))), place, PERIOD
    )


def test_a_class_of_a_stage_the_school_has_not():
    found = lines_of(("G1", "甲"), ("G7", "乙"), ("GX", "丙"), place=school(Stage.PRIMARY))
    assert told(found) == [
        ("R-STAGE", MUST, "rooms.grade",
         "a.xlsx〔班级〕A5：年级填了“初一”，本校没有初中学段；要求：本校的学段：小学。请核对；如果学段有变，请先告知教育局更正名册。"),
    ]  # fmt: skip
    (found,) = lines_of(("G1", "甲"), place=school(Stage.LOWER_SECONDARY, Stage.UPPER_SECONDARY))
    # Not as it was written, for nobody wrote it: as the return holds it.
    assert found.saw == "年级填了“G1”，本校没有小学学段"
    assert found.required == "本校的学段：初中、高中"
    assert lines_of(("G1", "甲"), ("G7", "乙"), place=school()) == []


def test_of_a_school_without_stages_every_stage_may_be_its_own():
    bare = Place(code="2163000002", name="虚构学校", level="school")
    for place in (None, bare):
        assert lines_of(("G1", "甲"), ("G7", "乙"), place=place) == []


def test_two_classes_of_a_grade_with_one_name():
    found = lines_of(("G1", "1班"), ("G2", "1班"), ("G1", "1 班"), ("G1", "１班"), ("G1", "2班"))
    do = "要求：同一年级内不重复。请核对是否重复填报；不同的班请用不同的名称。"
    assert told(found) == [
        ("R-DUPLICATE", MUST, "rooms.name", f"a.xlsx〔班级〕B6：班级名称“1 班”与 B4 重复；{do}"),
        ("R-DUPLICATE", MUST, "rooms.name", f"a.xlsx〔班级〕B7：班级名称“１班”与 B4 重复；{do}"),
    ]
    # Without addresses the first is named by its line.
    found = lines_of(("G2", "1班"), ("G1", "1班"), ("G1", "1班"), addresses=False)
    assert [issue.saw for issue in found] == ["班级名称“1班”与 第 2 条 重复"]


def test_a_line_without_grade_or_name_is_no_double():
    for grade, name in ((BLANK, "1班"), ("G1", BLANK), (NONE, "1班"), ("G1", NONE)):
        codes = {issue.code for issue in lines_of((grade, name), (grade, name))}
        assert codes <= {"R-REQUIRED", "R-WORD"}
    # A line after it is still looked at.
    found = lines_of((BLANK, "甲"), ("G1", BLANK), ("G1", "1班"), ("G1", "1班"))
    assert [issue.code for issue in found if issue.cell == "B7"] == ["R-DUPLICATE"]
    found = lines_of((BLANK, "甲"), ("G1", BLANK), ("G7", "1班"), place=school(Stage.PRIMARY))
    assert [issue.code for issue in found if issue.cell == "A6"] == ["R-STAGE"]


def test_a_list_without_names_or_grades_has_no_doubles():
    form = form_of(listed(NAMED[1]))
    rows = [row(str(at), grade="G1", pupils=1, name="甲") for at in (1, 2)]
    found = check_return(filed({"rooms": rows}), shelf_of(form), SCHOOL, PERIOD)
    assert found == []
    rows = [row(str(at), grade="G1", pupils=1) for at in (1, 2)]
    found = check_return(filed({"rooms": rows}), shelf_of(form_of(listed(*NAMED))), SCHOOL, PERIOD)
    assert {issue.code for issue in found} == {"R-COLUMN"}
    rows = [row(str(at), name="甲", pupils=1) for at in (1, 2)]
    found = check_return(filed({"rooms": rows}), shelf_of(form_of(listed(*NAMED))), SCHOOL, PERIOD)
    assert {issue.code for issue in found} == {"R-COLUMN"}
    # Lines that belong to no stage may be alike: two suppliers of one name, a year apart.
    assert lines_of(("G1", "甲"), ("G1", "甲"), form=form_of(listed(*NAMED, stage_by=""))) == []


def test_a_list_that_is_not_asked_is_not_looked_into():
    form = form_of(listed(*NAMED, stages=[Stage.PRESCHOOL]))
    found = lines_of(("G1", "甲"), ("G1", "甲"), form=form)
    assert [issue.code for issue in found] == ["R-NOT-ASKED"]


def test_the_day_is_that_of_the_period():
    """A school that became a complete one the day after is judged by what it was."""
    later = replace(
        SCHOOL,
        history=(
            replace(school(Stage.PRIMARY).history[0], valid_to=ON),
            replace(SCHOOL.history[0], valid_from=date(2025, 9, 2)),
        ),
    )
    assert [issue.code for issue in lines_of(("G7", "甲"), place=later)] == ["R-STAGE"]
