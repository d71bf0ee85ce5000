"""A form's own comparisons: what is added, what hides a sum, and the sentence word by word."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import (
    BLANK,
    CITED,
    EXPLAIN,
    MUST,
    NONE,
    RULE,
    SCHOOL,
    UNASKED,
    WITHHELD,
    Stage,
    asks,
    check,
    checked,
    form_of,
    grid,
    listed,
    record,
    row,
    school,
    sheet,
    shelf_of,
)

from xianxue.bureau.kinds.card import Bound
from xianxue.bureau.kinds.form import Term
from xianxue.bureau.records.cells import Cell
from xianxue.bureau.returns.checking.sum_plan import plan_sums

ENROLLED, GIRLS, BOYS = asks("x", "在校生数"), asks("girls", "女生数"), asks("boys", "男生数")
NAMED = (asks("name", "班级名称", "text"), asks("pupils", "学生数"))
GRADES = ("G1", "G2", "G7", "GX")
WORDS = {"at_least": "小于", "at_most": "大于", "equal": "不等于"}


def judged(form, tables, place=SCHOOL):
    """Give the sentences of the form's own comparisons."""
    ids = {each.check for each in form.checks}
    return [issue.saw for issue in checked(form, tables, place) if issue.code in ids]


def about(left, relation, right, **cells):
    """Judge one comparison within a record."""
    fields = [ENROLLED, GIRLS, BOYS, asks("area", "面积", "measure", unit="square_metre")]
    form = form_of(record(*fields), checks=[check(left, relation, right)])
    return judged(form, {"about": [row(**cells)]})


# ── within a row ────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("relation", "girls", "holds"),
    [
        ("at_most", 40, True), ("at_most", 41, True), ("at_most", 42, False),
        ("at_least", 40, False), ("at_least", 41, True), ("at_least", 42, True),
        ("equal", 40, False), ("equal", 41, True), ("equal", 42, False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("weight", [Decimal(1), Decimal(2)])
def test_both_sides_of_each_relation(relation, girls, holds, weight):
    """Alike whether fields are compared as they are or each of them doubled."""
    terms = [[Term(field=f"about.{name}", times=weight)] for name in ("girls", "x")]
    found = about(terms[0], relation, terms[1], girls=Cell(girls, "D3"), x=Cell(41, "D2"))
    times, one, other = ("", girls, 41) if weight == 1 else ("×2", 2 * girls, 82)
    apart = abs(one - other)
    word = WORDS[relation]
    assert found == (
        []
        if holds
        else [f"女生数{times}（D3） {one}，{word}在校生数{times}（D2） {other}，相差 {apart}"]
    )


def test_a_complaint_of_a_comparison_word_by_word():
    """It stands at its first cell, in the card's own words, and keeps all numbers."""
    one = check(
        ["about.girls", "about.boys"], "equal", "about.x", check="sum", term="男女生之和等于在校生数",
        severity=EXPLAIN, do="请核对男女生数", source=RULE,
    )  # fmt: skip
    cells = {"girls": Cell(20, "D3"), "boys": Cell(20, "D4"), "x": Cell(41, "D2")}
    (found,) = checked(
        form_of(record(ENROLLED, GIRLS, BOYS), checks=[one]), {"about": [row(**cells)]}
    )
    assert found.message == (
        "a.xlsx〔概况〕D3：女生数（D3） 20 ＋ 男生数（D4） 20 ＝ 40，不等于在校生数（D2） 41，相差 1；"
        f"要求：男女生之和等于在校生数。请核对男女生数。依据：{CITED}。"
    )
    assert (found.code, found.severity, found.field) == ("sum", EXPLAIN, "about.girls")
    assert found.value == "20；20；41"


def test_a_number_taken_away_stands_behind_a_minus():
    terms = ["about.x", Term(field="about.boys", times=Decimal(-1))]
    assert about(terms, "equal", "about.girls", x=41, boys=20, girls=20) == [
        "在校生数 41 − 男生数 20 ＝ 21，不等于女生数 20，相差 1"
    ]
    # Also where it is the first.
    assert about(terms[::-1], "equal", "about.girls", x=41, boys=20, girls=20) == [
        "−男生数 20 ＋ 在校生数 41 ＝ 21，不等于女生数 20，相差 1"
    ]
    # A negative number, which its own rule complains of, is quoted as it stands.
    assert about(terms, "equal", "about.girls", x=-41, boys=-20, girls=20) == [
        "在校生数 -41 − 男生数 -20 ＝ -21，不等于女生数 20，相差 41"
    ]


def test_a_side_that_is_nothing_is_zero():
    assert about("about.girls", "at_most", "about.x", girls=5, x=0) == [
        "女生数 5，大于在校生数 0，相差 5"
    ]
    assert about("about.girls", "at_least", ["about.x", "about.boys"], girls=0, x=0, boys=2) == [
        "女生数 0，小于在校生数 0 ＋ 男生数 2 ＝ 2，相差 2"
    ]
    terms = ["about.x", Term(field="about.boys", times=Decimal(-1))]
    assert about(terms, "equal", "about.girls", x=2, boys=2, girls=1) == [
        "在校生数 2 − 男生数 2 ＝ 0，不等于女生数 1，相差 1"
    ]


def test_a_weight_is_told_with_its_product():
    terms = [Term(field="about.girls", times=Decimal("1.5"))]
    assert about(terms, "at_most", "about.x", girls=3, x=4) == [
        "女生数×1.5 4.5，大于在校生数 4，相差 0.5"
    ]
    terms = ["about.x", Term(field="about.girls", times=Decimal(-2))]
    assert about(terms, "at_least", "about.boys", x=10, girls=3, boys=5) == [
        "在校生数 10 − 女生数×2 6 ＝ 4，小于男生数 5，相差 1"
    ]


def test_hundredths_are_compared_with_whole_numbers():
    """10.01 ㎡ is more than 10, by one hundredth."""
    assert about("about.area", "at_most", "about.x", area=1000, x=10) == []
    assert about("about.area", "at_most", "about.x", area=1001, x=10) == [
        "面积 10.01，大于在校生数 10，相差 0.01"
    ]
    # 0.005 of 1,001 people are 5.005, in thousandths.
    terms = [Term(field="about.x", times=Decimal("0.005"))]
    assert about("about.area", "at_least", terms, area=501, x=1001) == []
    assert about("about.area", "at_least", terms, area=500, x=1001) == [
        "面积 5，小于在校生数×0.005 5.005，相差 0.005"
    ]


def test_numbers_taken_away_on_both_sides_turn_the_comparison():
    """-20 is more than -41, however the weights are alike."""
    terms = [[Term(field=f"about.{name}", times=Decimal(-1))] for name in ("girls", "x")]
    assert about(terms[0], "at_most", terms[1], girls=20, x=41) == [
        "−女生数 20，大于−在校生数 41，相差 21"
    ]
    # Nothing at all of both is the same on both sides.
    terms = [[Term(field=f"about.{name}", times=Decimal(0))] for name in ("girls", "x")]
    assert about(terms[0], "equal", terms[1], girls=20, x=41) == []


@pytest.mark.parametrize("relation", WORDS)
@pytest.mark.parametrize("hidden", [BLANK, WITHHELD, NONE, UNASKED])
def test_one_number_beside_none_is_not_compared(relation, hidden):
    assert about("about.girls", relation, "about.x", girls=20, x=hidden) == []
    assert about("about.girls", relation, "about.x", girls=hidden, x=20) == []
    assert about("about.girls", relation, "about.x", girls=hidden, x=hidden) == []


@pytest.mark.parametrize("hidden", [BLANK, WITHHELD])
@pytest.mark.parametrize("at", ["girls", "boys", "x"])
def test_a_hidden_number_hides_the_comparison(hidden, at):
    """By plain fields, weighted ones, and conditions alike."""
    cells = {"girls": 20, "boys": 20, "x": 10} | {at: hidden}
    assert about(["about.girls", "about.boys"], "equal", "about.x", **cells) == []
    weighted = [Term(field=f"about.{name}", times=Decimal(2)) for name in ("girls", "boys")]
    assert about(weighted, "equal", "about.x", **cells) == []
    where = [Term(field=f"about.{name}", where={"boarding": False}) for name in ("girls", "boys")]
    right = [Term(field="about.x", where={"boarding": False})]
    assert about(where, "equal", right, **cells) == []


@pytest.mark.parametrize("absent", [NONE, UNASKED, None])
def test_a_number_that_does_not_exist_takes_no_part(absent):
    cells = {"girls": 20, "x": 10} | ({} if absent is None else {"boys": absent})
    saw = "女生数 20，不等于在校生数 10，相差 10"
    assert about(["about.girls", "about.boys"], "equal", "about.x", **cells) == [saw]
    assert about(["about.boys", "about.girls"], "equal", "about.x", **cells) == [saw]
    # Where a whole side does not exist there is nothing to compare.
    assert about("about.boys", "equal", "about.x", **cells) == []
    assert about("about.x", "equal", "about.boys", **cells) == []
    weighted = [Term(field="about.boys", times=Decimal(2))]
    assert about(weighted, "equal", "about.x", **cells) == []
    assert about("about.x", "equal", weighted, **cells) == []
    both = [Term(field="about.girls", times=Decimal(2)), *weighted]
    assert about(both, "equal", "about.x", **cells) == ["女生数×2 40，不等于在校生数 10，相差 30"]


def test_a_text_where_a_number_should_be_hides_it():
    cells = {"girls": "abc", "x": 10, "boys": 99}
    assert about("about.girls", "equal", "about.x", **cells) == []
    assert about(["about.girls", "about.boys"], "equal", "about.x", **cells) == []
    assert about([Term(field="about.girls", times=Decimal(2))], "equal", "about.x", **cells) == []
    assert (
        about([Term(field="about.girls", where={"boarding": False})], "equal", "about.x", **cells)
        == []
    )


def test_each_row_is_judged_by_itself():
    """A wrong row is found after one in order, one that is hidden and one without the field."""
    form = form_of(grid(ENROLLED, GIRLS), checks=[check("pupils.girls", "at_most", "pupils.x")])
    rows = [row("G1", x=9, girls=9), row("G2", x=BLANK, girls=9), row("G7", x=9)]
    rows.append(row("GX", x=Cell(8, "B7"), girls=Cell(9, "C7")))
    assert judged(form, {"pupils": rows}) == ["其他：女生数（C7） 9，大于在校生数（B7） 8，相差 1"]
    rows.append(row("G0", x=Cell(1, "B8"), girls=Cell(2, "C8")))
    assert judged(form, {"pupils": rows})[-1] == "G0：女生数（C8） 2，大于在校生数（B8） 1，相差 1"
    assert judged(form, {}) == []


def test_row_by_row_only_rows_that_meet_the_conditions_are_compared():
    """Grade 1 alone; and each row counts as one."""
    terms = [[Term(field=f"pupils.{name}", where={"row": "G1"})] for name in ("girls", "x")]
    form = form_of(grid(ENROLLED, GIRLS), checks=[check(terms[0], "at_most", terms[1])])
    rows = [row("G1", x=8, girls=9), row("G2", x=8, girls=9)]
    assert judged(form, {"pupils": rows}) == ["一年级：女生数 9，大于在校生数 8，相差 1"]
    form = form_of(grid(ENROLLED), checks=[check([Term(count="pupils")], "at_most", "pupils.x")])
    rows = [row("G1", x=1), row("G2", x=0)]
    assert judged(form, {"pupils": rows}) == ["二年级：学生·行数 1，大于在校生数 0，相差 1"]


def test_row_by_row_there_is_one_sheet():
    """A field of another sheet is not looked for in this one, whatever its name."""
    checks = [check("about.girls", "at_most", "pupils.x")]
    form = form_of(record(ENROLLED, GIRLS), grid(ENROLLED), checks=checks)
    tables = {"about": [row(x=1, girls=9)], "pupils": [row("G1", x=1)]}
    assert judged(form, tables) == []


@pytest.mark.parametrize("by", ["return", "stage", "code"])
def test_rows_of_one_sheet_are_compared_as_they_are_grouped(by):
    """More girls than pupils in grade 1, fewer in grade 2: together it holds."""
    one = check("pupils.girls", "at_most", "pupils.x", by=by)
    form = form_of(grid(ENROLLED, GIRLS), checks=[one])
    rows = [row("G1", x=8, girls=9), row("G2", x=9, girls=8)]
    found = judged(form, {"pupils": rows})
    assert found == (["一年级：女生数 9，大于在校生数 8，相差 1"] if by == "code" else [])
    rows.append(row("G7", x=1, girls=5))
    labels = {
        "return": "女生数 22，大于在校生数 18，相差 4",
        "stage": "初中：女生数 5，大于在校生数 1，相差 4",
    }
    assert by == "code" or judged(form, {"pupils": rows}) == [labels[by]]


def test_lines_of_a_list_are_named_by_their_names():
    fields = (*NAMED, GIRLS)
    form = form_of(listed(*fields), checks=[check("rooms.girls", "at_most", "rooms.pupils")])
    lines = [
        row("1", grade="G1", name="一（1）班", pupils=40, girls=41),
        row("2", grade="G1", name=BLANK, pupils=40, girls=42),
        row("3", grade="G1", pupils=40, girls=43),
        row("4", grade="G1", name="", pupils=40, girls=44),
    ]
    assert judged(form, {"rooms": lines}) == [
        "一（1）班：女生数 41，大于学生数 40，相差 1",
        "第 2 条：女生数 42，大于学生数 40，相差 2",
        "第 3 条：女生数 43，大于学生数 40，相差 3",
        "第 4 条：女生数 44，大于学生数 40，相差 4",
    ]


# ── over groups of rows ─────────────────────────────────────────────────────


def by_code(relation="equal", **more):
    """The pupils of all classes of a grade against the grade."""
    one = check("rooms.pupils", relation, "pupils.x", **({"by": "code"} | more))
    return form_of(grid(ENROLLED), listed(*NAMED), checks=[one])


def grades(*numbers):
    """A grid with these many pupils from grade 1 on; None for a grade whose row is absent."""
    pairs = zip(GRADES, numbers, strict=False)
    return [
        row(code, x=Cell(n, f"B{4 + at}")) for at, (code, n) in enumerate(pairs) if n is not None
    ]


def classes(*lines):
    return [
        row(str(at), grade=grade, name=f"{at}班", pupils=Cell(n, f"C{3 + at}"))
        for at, (grade, n) in enumerate(lines, 1)
    ]


def test_classes_are_held_against_their_grade():
    lines = classes(("G1", 20), ("G2", 30), ("G1", 21), ("G7", 5))
    assert judged(by_code(), {"pupils": grades(41, 30, 5, NONE), "rooms": lines}) == []
    assert judged(by_code(), {"pupils": grades(42, 30, 6, NONE), "rooms": lines}) == [
        "一年级：班级·学生数（C4、C6） 41，不等于学生·在校生数（B4） 42，相差 1",
        "七年级：班级·学生数（C7） 5，不等于学生·在校生数（B6） 6，相差 1",
    ]


def test_a_grade_without_classes_has_none_of_their_pupils():
    """A list without lines of a grade says that there are none; a grid without its row says nothing."""
    tables = {"pupils": grades(41, 30), "rooms": classes(("G1", 41))}
    assert judged(by_code(), tables) == [
        "二年级：班级·学生数 0，不等于学生·在校生数（B5） 30，相差 30"
    ]
    (found,) = [each for each in checked(by_code(), tables) if each.code == "c"]
    assert (found.sheet, found.cell, found.field) == ("学生", "B5", "pupils.x")
    assert found.value == "0；30"
    tables = {"pupils": grades(41, None), "rooms": classes(("G1", 41), ("G2", 30))}
    assert judged(by_code(), tables) == []
    # Of a list without a single line as well.
    assert judged(by_code(), {"pupils": grades(41), "rooms": []}) == [
        "一年级：班级·学生数 0，不等于学生·在校生数（B4） 41，相差 41"
    ]


def test_a_sheet_that_is_not_there_is_not_compared():
    assert judged(by_code(), {"pupils": grades(41)}) == []
    assert judged(by_code(), {"rooms": classes(("G1", 41))}) == []


@pytest.mark.parametrize("grade", [BLANK, NONE, UNASKED])
@pytest.mark.parametrize("by", ["code", "stage"])
def test_a_class_of_no_known_grade_spoils_every_comparison(by, grade):
    """It might belong to any of them."""
    tables = {"pupils": grades(99, 99, 99), "rooms": classes(("G1", 41), (grade, 30))}
    assert judged(by_code(by=by), tables) == []
    tables["rooms"] = classes((grade, 30), ("G1", 41))
    assert judged(by_code(by=by), tables) == []
    # It does not matter where nothing is grouped: 71 of 297.
    assert len(judged(by_code(by="return"), tables)) == 1


def test_a_code_without_a_term_is_told_as_it_is():
    """No list knows it, and it was written on both sheets."""
    tables = {"pupils": [row("G9", x=Cell(5, "B9"))], "rooms": classes(("G9", 4))}
    assert judged(by_code(), tables) == [
        "G9：班级·学生数（C4） 4，不等于学生·在校生数（B9） 5，相差 1"
    ]


def test_a_blank_among_the_classes_of_a_grade_hides_that_grade_alone():
    lines = classes(("G1", 20), ("G1", BLANK), ("G2", 30))
    assert judged(by_code(), {"pupils": grades(99, 31), "rooms": lines}) == [
        "二年级：班级·学生数（C6） 30，不等于学生·在校生数（B5） 31，相差 1"
    ]


def test_more_than_four_cells_are_told_by_the_first_and_their_number():
    four = classes(*[("G1", 10)] * 4)
    assert judged(by_code(), {"pupils": grades(41), "rooms": four}) == [
        "一年级：班级·学生数（C4、C5、C6、C7） 40，不等于学生·在校生数（B4） 41，相差 1"
    ]
    five = classes(*[("G1", 10)] * 5)
    assert judged(by_code(), {"pupils": grades(41), "rooms": five}) == [
        "一年级：班级·学生数（C4 等 5 格） 50，不等于学生·在校生数（B4） 41，相差 9"
    ]


def test_grades_are_added_by_stage():
    """Grades 1 and 2 are primary, 7 is lower secondary, and what has no stage is compared with none."""
    form = by_code(by="stage")
    lines = classes(("G1", 30), ("G2", 40), ("G7", 50), ("GX", 7))
    assert judged(form, {"pupils": grades(40, 30, 50, 9), "rooms": lines}) == []
    assert judged(form, {"pupils": grades(40, 31, 52, 9), "rooms": lines}) == [
        "小学：班级·学生数（C4、C5） 70，不等于学生·在校生数（B4、B5） 71，相差 1",
        "初中：班级·学生数（C6） 50，不等于学生·在校生数（B6） 52，相差 2",
    ]


def test_records_of_one_stage_belong_to_it():
    """A record says by its card which stage it is of; by code it has none."""
    primary = sheet("low", "小学部", "record", ENROLLED, stage=Stage.PRIMARY)
    checks = [check("pupils.x", "equal", "low.x", by="stage")]
    form = form_of(grid(ENROLLED), primary, checks=checks)
    tables = {"pupils": grades(40, 30, 50), "low": [row(x=Cell(71, "D2"))]}
    assert judged(form, tables) == [
        "小学：学生·在校生数（B4、B5） 70，不等于小学部·在校生数（D2） 71，相差 1"
    ]
    checks = [check("pupils.x", "equal", "low.x", by="code")]
    assert judged(form_of(grid(ENROLLED), primary, checks=checks), tables) == []
    # Of no stage: beside the rows of none, and those are compared with nobody.
    none = sheet("low", "全校", "record", ENROLLED)
    checks = [
        check("low.x", "equal", "low.x", by="stage"),
        check("low.x", "equal", "pupils.x", by="stage"),
    ]
    assert judged(form_of(grid(ENROLLED), none, checks=checks), tables) == []


def test_the_whole_return_is_compared_once():
    lines = classes(("G1", 30), ("GX", 40), ("G7", 50))
    form = by_code(by="return")
    assert judged(form, {"pupils": grades(40, 30, 50), "rooms": lines}) == []
    assert judged(form, {"pupils": grades(40, 30, 51), "rooms": lines}) == [
        "班级·学生数（C4、C5、C6） 120，不等于学生·在校生数（B4、B5、B6） 121，相差 1"
    ]


def test_whole_numbers_of_several_rows_are_held_against_hundredths():
    """30, 40 and 50 people against 120.01 ㎡ of the record, and twice as many."""
    area = asks("area", "面积", "measure", unit="square_metre")
    for times, most in ((Decimal(1), 120), (Decimal(2), 240)):
        one = check("about.area", "at_most", [Term(field="pupils.x", times=times)], by="return")
        form = form_of(record(area), grid(ENROLLED), checks=[one])
        tables = {"about": [row(area=most * 100)], "pupils": grades(30, 40, 50)}
        assert judged(form, tables) == []
        tables["about"] = [row(area=most * 100 + 1)]
        name = "在校生数×2" if times == 2 else "在校生数"
        assert judged(form, tables) == [
            f"概况·面积 {most}.01，大于学生·{name}（B4、B5、B6） {most}，相差 0.01"
        ]


def test_one_term_of_a_side_may_be_of_a_sheet_that_is_not_asked():
    """Then the others are the side; where none is left there is nothing to compare."""
    other = sheet("kids", "幼儿", "record", asks("x", "在园幼儿数"), stages=[Stage.PRESCHOOL])
    one = check(["pupils.x", "kids.x"], "equal", "about.x", by="return")
    form = form_of(grid(ENROLLED), other, record(ENROLLED), checks=[one])
    tables = {"pupils": grades(1, 2, 3, 4), "about": [row(x=11)]}
    assert judged(form, tables) == [
        "学生·在校生数（B4、B5、B6、B7） 10，不等于概况·在校生数 11，相差 1"
    ]
    with_kids = tables | {"kids": [row(x=Cell(2, "D2"))]}
    assert judged(form, with_kids, school(Stage.PRESCHOOL, *(Stage.PRIMARY,))) == [
        "学生·在校生数（B4、B5、B6、B7） 10 ＋ 幼儿·在园幼儿数（D2） 2 ＝ 12，不等于概况·在校生数 11，相差 1"
    ]
    first = check(["kids.x", "pupils.x"], "equal", "about.x", by="return")
    form = form_of(grid(ENROLLED), other, record(ENROLLED), checks=[first])
    assert judged(form, tables) == [
        "学生·在校生数（B4、B5、B6、B7） 10，不等于概况·在校生数 11，相差 1"
    ]
    assert judged(form, {"about": [row(x=11)]}) == []
    assert judged(form, {"pupils": grades(1, 2)}) == []


# ── counts and conditions ───────────────────────────────────────────────────


def test_lines_are_counted():
    one = check([Term(count="rooms", times=Decimal(45))], "at_least", "pupils.x", by="code")
    form = form_of(grid(ENROLLED), listed(*NAMED), checks=[one])
    tables = {"pupils": grades(90, 46), "rooms": classes(("G1", BLANK), ("G1", 1), ("G2", 1))}
    assert judged(form, tables) == ["二年级：班级·行数×45 45，小于学生·在校生数（B5） 46，相差 1"]
    (found,) = [each for each in checked(form, tables) if each.code == "c"]
    # A count has no cell: the complaint stands where one is.
    assert (found.sheet, found.cell, found.field) == ("学生", "B5", "pupils.x")
    assert found.value == "45；46"


def test_a_complaint_of_counts_alone_stands_at_no_cell():
    """One line fewer than there are rows, counted on both sides."""
    one = check([Term(count="rooms")], "equal", [Term(count="pupils")], by="return")
    form = form_of(grid(ENROLLED), listed(*NAMED), checks=[one])
    tables = {"pupils": grades(1, 1, 1, 1), "rooms": classes(*[("G1", 1)] * 3)}
    (found,) = [each for each in checked(form, tables) if each.code == "c"]
    assert found.message == (
        "a.xlsx〔班级〕：班级·行数 3，不等于学生·行数 4，相差 1；要求：左右相符。请核对。"
    )
    assert (found.cell, found.field, found.value) == ("", "", "3；4")


def lines_where(where, lines, x, **more):
    """Compare the counted lines that meet conditions with a number of the record."""
    place = more.pop("place", SCHOOL)
    fields = (
        *NAMED,
        asks("area", "面积", "measure", unit="square_metre"),
        asks("open", "开放", "yes_no"),
    )
    one = check([Term(count="rooms", where=where)], "equal", "about.x", by="return")
    form = form_of(record(ENROLLED), listed(*fields), checks=[one])
    found = judged(form, {"about": [row(x=x)], "rooms": lines}, place)
    assert len(found) <= 1
    return found == []


LINES = [
    row("1", grade="G1", name="甲", pupils=30, area=4500, open=1),
    row("2", grade="G2", name="乙", pupils=40, area=4501, open=0),
    row("3", grade="G7", name="丙", pupils=50, area=4499, open=1),
    row("4", grade="GX", name="丁", pupils=60, area=0, open=0),
]


@pytest.mark.parametrize(
    ("where", "count"),
    [
        ({}, 4),
        ({"grade": "G1"}, 1), ({"grade": ["G1", "G7"]}, 2), ({"grade": ["G3"]}, 0),
        ({"stage": "primary"}, 2), ({"stage": ["primary", "lower_secondary"]}, 3),
        ({"open": True}, 2), ({"open": False}, 2),
        ({"name": "甲"}, 1), ({"row": "2"}, 1), ({"row": ["2", "3"]}, 2),
        ({"pupils": Bound(at_least=40)}, 3), ({"pupils": Bound(at_least=41)}, 2),
        ({"pupils": Bound(at_most=40)}, 2), ({"pupils": Bound(at_most=39)}, 1),
        ({"pupils": Bound(more_than=40)}, 2), ({"pupils": Bound(more_than=39)}, 3),
        ({"pupils": Bound(less_than=40)}, 1), ({"pupils": Bound(less_than=41)}, 2),
        ({"pupils": Bound(at_least=40, at_most=50)}, 2),
        ({"pupils": Bound(more_than=30, less_than=60)}, 2),
        # Bounds are whole square metres, cells hundredths.
        ({"area": Bound(at_least=45)}, 2), ({"area": Bound(more_than=45)}, 1),
        ({"area": Bound(less_than=45)}, 2), ({"area": Bound(at_most=45)}, 3),
        # The school is a 九年一贯制学校 of no known sponsor, without boarders.
        ({"school_type": "312"}, 4), ({"school_type": ["211"]}, 0), ({"boarding": False}, 4),
        ({"boarding": True}, 0), ({"open": True, "grade": ["G1", "G2"]}, 1),
        ({"grade": ["G1", "G2"], "open": False}, 1), ({"school_type": "211", "open": True}, 0),
        # A number is none of some texts.
        ({"pupils": ["30", "40"]}, 0), ({"pupils": "30"}, 0),
        # A text is within no bounds, and neither yes nor no.
        ({"name": Bound(at_least=1)}, 0), ({"name": True}, 0),
        # What the school has nothing of.
        ({"nothing": "x"}, 0),
    ],
)  # fmt: skip
def test_only_rows_that_meet_the_conditions_are_counted(where, count):
    assert lines_where(where, LINES, count)
    assert not lines_where(where, LINES, count + 1)
    assert not lines_where(where, LINES, count - 1)


@pytest.mark.parametrize("hidden", [BLANK, WITHHELD])
@pytest.mark.parametrize("name", ["grade", "name", "pupils", "open"])
def test_a_condition_that_nobody_knows_hides_the_count(name, hidden):
    where = {
        "grade": {"grade": "G1"}, "name": {"name": "甲"},
        "pupils": {"pupils": Bound(at_least=1)}, "open": {"open": True},
    }[name]  # fmt: skip
    lines = [
        *LINES,
        row("5", **({"grade": "G1", "name": "戊", "pupils": 1, "open": 1} | {name: hidden})),
    ]
    assert lines_where(where, lines, 99)
    # It does not apply: then the row is not meant.
    lines = [
        *LINES,
        row("5", **({"grade": "G1", "name": "戊", "pupils": 1, "open": 1} | {name: NONE})),
    ]
    assert not lines_where(where, lines, 99)


def test_the_school_itself_is_not_known_without_a_place():
    for where in ({"school_type": "312"}, {"boarding": False}):
        assert lines_where(where, LINES, 99, place=None)
        assert not lines_where(where, LINES, 99)
    assert not lines_where({"grade": "G1"}, LINES, 99, place=None)


def test_numbers_are_added_where_their_row_meets_the_condition():
    where = {"row": ["G1", "G7"]}
    one = check([Term(field="pupils.x", where=where)], "equal", "about.x", by="return")
    form = form_of(record(ENROLLED), grid(ENROLLED), checks=[one])
    tables = {"about": [row(x=91)], "pupils": grades(40, BLANK, 50, 3)}
    # The blank of grade 2 takes no part.
    assert judged(form, tables) == ["学生·在校生数（B4、B6） 90，不等于概况·在校生数 91，相差 1"]
    # Rows of which none is meant: nothing is asked, and nothing compared.
    assert judged(form, {"about": [row(x=91)], "pupils": grades(None, 30)}) == []
    # Classes of which none is meant are no classes: zero.
    one = check(
        [Term(field="rooms.pupils", where={"grade": "G2"})], "equal", "about.x", by="return"
    )
    form = form_of(record(ENROLLED), listed(*NAMED), checks=[one])
    tables = {"about": [row(x=5)], "rooms": classes(("G1", 20))}
    assert judged(form, tables) == ["班级·学生数 0，不等于概况·在校生数 5，相差 5"]


def test_a_group_of_one_code_meets_a_condition_on_it_as_a_whole():
    """Classes of grade 1 alone, held against all grades: only those of grade 1 are counted."""
    terms = [Term(field="rooms.pupils", where={"grade": "G1"})]
    form = form_of(
        grid(ENROLLED), listed(*NAMED), checks=[check(terms, "equal", "pupils.x", by="code")]
    )
    tables = {"pupils": grades(41, 30), "rooms": classes(("G1", 20), ("G1", 20), ("G2", 30))}
    # The second has no class that counts, and so stands in the sheet before.
    assert judged(form, tables) == [
        "二年级：班级·学生数 0，不等于学生·在校生数（B5） 30，相差 30",
        "一年级：班级·学生数（C4、C5） 40，不等于学生·在校生数（B4） 41，相差 1",
    ]
    # A condition on something else than the grade is asked of each line.
    terms = [Term(count="rooms", where={"name": ["1班", "3班"]})]
    form = form_of(
        grid(ENROLLED), listed(*NAMED), checks=[check(terms, "at_least", "pupils.x", by="code")]
    )
    few = {"pupils": grades(1, 1), "rooms": tables["rooms"]}
    assert judged(form, few) == []
    few["pupils"] = grades(2, 2)
    assert judged(form, few) == [
        "一年级：班级·行数 1，小于学生·在校生数（B4） 2，相差 1",
        "二年级：班级·行数 1，小于学生·在校生数（B5） 2，相差 1",
    ]
    # Beside another condition, each line is looked at.
    terms = [Term(count="rooms", where={"grade": ["G1", "G2"], "pupils": Bound(at_least=25)})]
    form = form_of(
        grid(ENROLLED), listed(*NAMED), checks=[check(terms, "at_least", "pupils.x", by="code")]
    )
    assert judged(form, tables) == [
        "一年级：班级·行数 0，小于学生·在校生数（B4） 41，相差 41",
        "二年级：班级·行数 1，小于学生·在校生数（B5） 30，相差 29",
    ]


def test_grids_grouped_by_stage_meet_conditions_on_it():
    terms = [Term(field="pupils.x", where={"stage": "primary"})]
    one = check(terms, "equal", "about.x", by="return")
    form = form_of(record(ENROLLED), grid(ENROLLED), checks=[one])
    tables = {"about": [row(x=71)], "pupils": grades(40, 30, 50, 3)}
    assert judged(form, tables) == ["学生·在校生数（B4、B5） 70，不等于概况·在校生数 71，相差 1"]
    # A class of no known grade is of no known stage, either.
    terms = [Term(count="rooms", where={"stage": "primary"})]
    form = form_of(
        record(ENROLLED), listed(*NAMED), checks=[check(terms, "equal", "about.x", by="return")]
    )
    tables = {"about": [row(x=9)], "rooms": classes(("G1", 1), (BLANK, 1))}
    assert judged(form, tables) == []


def test_a_comparison_over_a_field_the_form_has_not_is_no_comparison():
    """Such a card is refused at the door; whoever hands it over all the same is told."""
    form = form_of(record(ENROLLED), checks=[check("about.nothing", "equal", "about.x")])
    with pytest.raises(
        ValueError, match=r"^f: about\.nothing is not a field or sheet of the form$"
    ):
        plan_sums(shelf_of(form), form, date(2025, 9, 1))
    form = form_of(record(ENROLLED), checks=[check([Term(count="nothing")], "equal", "about.x")])
    with pytest.raises(ValueError, match=r"^f: nothing is not a field or sheet of the form$"):
        plan_sums(shelf_of(form), form, date(2025, 9, 1))


def test_comparisons_are_judged_in_the_order_of_the_form():
    """Both stand at one cell; the first of the form comes first."""
    checks = [
        check("about.girls", "at_most", "about.x", check="b"),
        check([Term(field="about.girls", times=Decimal(2))], "at_most", "about.x", check="a"),
    ]
    form = form_of(record(ENROLLED, GIRLS), checks=checks)
    found = checked(form, {"about": [row(x=Cell(1, "D2"), girls=Cell(2, "D3"))]})
    assert [issue.code for issue in found] == ["b", "a"]
    assert {issue.severity for issue in found} == {MUST}


# ── laws ────────────────────────────────────────────────────────────────────

NUMBERS = st.integers(0, 60) | st.sampled_from([BLANK, NONE])


@given(
    girls=NUMBERS, boys=NUMBERS, x=NUMBERS, relation=st.sampled_from(sorted(WORDS)),
    weights=st.lists(st.integers(1, 3), min_size=3, max_size=3),
)  # fmt: skip
def test_sums_hold_as_whole_numbers_do(girls, boys, x, relation, weights):
    """A blank hides; what does not exist takes no part; the rest is arithmetic."""
    values = dict(zip(("girls", "boys", "x"), (girls, boys, x), strict=True))
    times = dict(zip(values, weights, strict=True))
    terms = {name: Term(field=f"about.{name}", times=Decimal(times[name])) for name in values}
    found = about([terms["girls"], terms["boys"]], relation, [terms["x"]], **values)
    sides = []
    for names in (("girls", "boys"), ("x",)):
        parts = [values[name] * times[name] for name in names if values[name] not in {BLANK, NONE}]
        sides.append(sum(parts) if parts else None)
    if BLANK in values.values() or None in sides:
        assert found == []
        return
    left, right = sides
    holds = {"at_least": left >= right, "at_most": left <= right, "equal": left == right}
    assert bool(found) is not holds[relation]
    if found:
        assert found[0].endswith(f"，相差 {abs(left - right)}")
        assert f"，{WORDS[relation]}在校生数" in found[0]


@given(st.data())
def test_groups_do_not_depend_on_the_order_of_lines(data):
    lines = data.draw(
        st.lists(st.tuples(st.sampled_from(GRADES), st.integers(0, 30)), min_size=1, max_size=6)
    )
    sums = {grade: sum(n for each, n in lines if each == grade) for grade in GRADES}
    numbers = [sums[grade] + data.draw(st.integers(0, 1)) for grade in GRADES]
    moved = data.draw(st.permutations(lines))
    wrong = {g for g, n in zip(GRADES, numbers, strict=True) if n != sums[g]}
    terms = {"G1": "一年级", "G2": "二年级", "G7": "七年级", "GX": "其他"}
    for order in (lines, moved):
        tables = {"pupils": grades(*numbers), "rooms": classes(*order)}
        found = judged(by_code(), tables)
        assert {each.partition("：")[0] for each in found} == {terms[grade] for grade in wrong}
