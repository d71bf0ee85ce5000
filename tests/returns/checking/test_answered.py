"""Complaints that were answered: which answer counts, and what is said of it, word by word."""

from datetime import date

import pytest
from invented import (
    BLANK,
    EXPLAIN,
    MUST,
    NONE,
    NOTE,
    OWN,
    REGISTER,
    asks,
    filed,
    form_of,
    grid,
    listed,
    record,
    row,
    shelf_of,
)

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.unusual import Unusual
from xianxue.bureau.records.brought import Said
from xianxue.bureau.records.cells import Cell
from xianxue.bureau.records.explanation import Explanation
from xianxue.bureau.returns.checking.explanations import (
    Answer,
    Subject,
    about_what,
    answers_to,
    field_key,
    name_of,
    same_value,
    side_by_side,
    still_open,
    subject_of,
    value_of,
    with_said,
)
from xianxue.bureau.values.record import replace

FIELDS = (asks("x", "人数"), asks("girls", "女生数"))
TOTAL = Unusual(
    unusual="total", term="合计", fields=["pupils.x"], by="return", do="请核对",
    valid_from=date(2020, 9, 1), source=OWN,
)  # fmt: skip
ROWS = Unusual(
    unusual="rows", term="逐格", fields=["pupils.x"], do="请核对",
    valid_from=date(2020, 9, 1), source=OWN,
)  # fmt: skip
FORM = form_of(record(*FIELDS), grid(*FIELDS), unusual=[ROWS, TOTAL])
RETURN = filed(
    {
        "about": [row(x=Cell(7, "D2", "7.0"), girls=Cell(3, "D3"))],
        "pupils": [
            row("G1", x=Cell(40, "B4", "40"), girls=Cell(BLANK, "C4")),
            row("G2", girls=Cell(20, "C5", "20人")),
            row("G7", x=Cell(50, "B6"), girls=Cell("G7", "C6")),
        ],
    }
)


def issue(code="R-USUAL", severity=EXPLAIN, **more):
    parts = {"saw": "某数不寻常", "do": "请说明", "field": "pupils.x", "cell": "B4"}
    return Issue(code=code, severity=severity, **(parts | more))


def answer(text="属实", **more):
    parts = {
        "rule": "R-USUAL", "form": "f", "place": "2163000002", "field": "pupils.G1.x",
        "value": "40", "by": "虚构人", "on": date(2024, 10, 8),
    }  # fmt: skip
    return Explanation(text=text, **(parts | more))


# ── what an issue speaks of ─────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("parts", "subject"),
    [
        ({}, Subject("pupils.G1.x", "40", "40")),
        ({"cell": "B6"}, Subject("pupils.G7.x", "50", "50")),
        # Several numbers are compared: all of them, and the one of the cell.
        ({"value": "40；41"}, Subject("pupils.G1.x", "40；41", "40")),
        # As it was written, not as it was read.
        ({"field": "about.x", "cell": "D2"}, Subject("about.x", "7.0", "7.0")),
        ({"field": "about.girls", "cell": "D3"}, Subject("about.girls", "3", "3")),
        ({"field": "pupils.girls", "cell": "C4"}, Subject("pupils.G1.girls", "", "")),
        ({"field": "pupils.girls", "cell": "C5"}, Subject("pupils.G2.girls", "20人", "20人")),
        ({"field": "pupils.girls", "cell": "C6"}, Subject("pupils.G7.girls", "G7", "G7")),
        # A total stands in no cell of its own, whichever is named first.
        ({"code": "total", "value": "90"}, Subject("pupils.x", "90", "")),
        ({"code": "rows"}, Subject("pupils.G1.x", "40", "40")),
        # No such cell, sheet or field: what the issue itself says.
        ({"cell": "B9", "value": "1"}, Subject("pupils.x", "1", "")),
        ({"cell": ""}, Subject("pupils.x", "", "")),
        ({"field": "none.x"}, Subject("none.x", "", "")),
        ({"field": ""}, Subject("", "", "")),
    ],
)  # fmt: skip
def test_what_an_issue_speaks_of(parts, subject):
    assert subject_of(issue(**parts), RETURN, FORM) == subject


def test_a_sheet_the_form_has_not_is_spoken_of_as_it_stands():
    """A return may hold more than its form: last year's sheet."""
    form = form_of(record(*FIELDS))
    assert subject_of(issue(), RETURN, form) == Subject("pupils.x", "", "")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (Cell(7), "7"),
        (Cell(7, "", "７"), "７"),
        (Cell("G1"), "G1"),
        (Cell(NONE), ""),
        (Cell(0), "0"),
    ],
)
def test_the_value_an_explanation_keeps(cell, value):
    assert value_of(cell) == value


def test_a_field_is_named_by_what_there_is():
    assert field_key("pupils", "G1", "x") == "pupils.G1.x"
    assert field_key("about", "", "x") == "about.x"
    assert field_key("pupils", "", "") == "pupils"


# ── the bureau's answers ────────────────────────────────────────────────────


def test_an_answer_word_by_word():
    (found,) = still_open([issue()], [answer("属实")], RETURN, FORM)
    assert found.severity is NOTE
    assert found.do == "虚构人已于 2024 年 10 月 8 日说明：属实。值没有变，不必再说明"
    assert found.saw == "某数不寻常"
    # A full stop of the clerk's own is enough.
    (found,) = still_open([issue()], [answer("属实。")], RETURN, FORM)
    assert found.do == "虚构人已于 2024 年 10 月 8 日说明：属实。值没有变，不必再说明"


@pytest.mark.parametrize(
    "more",
    [
        {"rule": "R-WORD"}, {"form": "g"}, {"place": "1"}, {"field": "pupils.G2.x"}, {"value": "41"},
        {"value": ""},
    ],
)  # fmt: skip
def test_an_answer_to_another_question_is_none(more):
    assert still_open([issue()], [answer(**more)], RETURN, FORM) == [issue()]


def test_an_answer_for_the_whole_field_counts_where_its_value_does():
    """It may be kept under the field without its row; the row's own comes first."""
    whole = answer("按列", field="pupils.x")
    (found,) = still_open([issue()], [whole], RETURN, FORM)
    assert "按列" in found.do
    (found,) = still_open([issue()], [answer("按格"), whole], RETURN, FORM)
    assert "按格" in found.do


def test_an_answer_may_name_the_one_cell_or_all_numbers():
    several = issue(value="40；41")
    for value in ("40；41", "40"):
        assert still_open([several], [answer(value=value)], RETURN, FORM)[0].severity is NOTE
    assert still_open([several], [answer(value="41")], RETURN, FORM) == [several]


def test_the_last_answer_counts_even_where_it_is_of_another_value():
    given = [answer("先"), answer("后")]
    assert "说明：后。" in still_open([issue()], given, RETURN, FORM)[0].do
    assert still_open([issue()], [answer(), answer(value="1")], RETURN, FORM) == [issue()]


@pytest.mark.parametrize("severity", [MUST, NOTE])
def test_only_what_may_be_explained_can_be(severity):
    one = issue(severity=severity)
    assert still_open([one], [answer()], RETURN, FORM) == [one]
    assert with_said([replace(one, about="a", value="1")], [Said("R-USUAL", "a", "1", "属实")]) == [
        replace(one, about="a", value="1")
    ]
    assert about_what([one], RETURN, FORM) == [one]


def test_without_answers_all_is_open():
    both = [issue(), issue("R-WORD")]
    assert still_open(both, [], RETURN, FORM) == both
    found = still_open(both, [answer()], RETURN, FORM)
    assert [each.severity for each in found] == [NOTE, EXPLAIN]


# ── the clerk's own ─────────────────────────────────────────────────────────


def test_what_an_explanation_is_kept_under_is_written_on_each_issue():
    others = [issue(), issue(severity=MUST), issue("total", value="90")]
    found = about_what(others, RETURN, FORM)
    assert [(each.about, each.value) for each in found] == [
        ("pupils.G1.x", "40"), ("", ""), ("pupils.x", "90"),
    ]  # fmt: skip
    assert found[1] == others[1]


ASKED = issue(about="pupils.G1.x", value="40")


@pytest.mark.parametrize(
    ("said", "is_answer"),
    [
        (Said("R-USUAL", "pupils.G1.x", "40", "属实"), True),
        (Said("R-USUAL", "pupils.G1.x", "40.0", "属实"), True),
        (Said("R-USUAL", "pupils.G1.x", "41", "属实"), False),
        (Said("R-WORD", "pupils.G1.x", "40", "属实"), False),
        (Said("R-USUAL", "pupils.G2.x", "40", "属实"), False),
    ],
)
def test_what_the_clerk_wrote_answers_one_question(said, is_answer):
    assert answers_to(ASKED, [said]) == (said if is_answer else None)
    (found,) = with_said([ASKED], [said])
    assert found.severity is (NOTE if is_answer else EXPLAIN)
    assert found.do == ("已在“经验校验说明”表说明：属实" if is_answer else "请说明")


def test_the_first_line_about_a_field_is_the_one():
    """Of another value it answers nothing, whatever stands below."""
    old, new = (Said("R-USUAL", "pupils.G1.x", value, "属实") for value in ("41", "40"))
    other = Said("R-WORD", "pupils.G1.x", "40", "别的")
    assert answers_to(ASKED, [other, new, old]) == new
    assert answers_to(ASKED, [old, new]) is None
    assert answers_to(ASKED, []) is None
    # An issue about nothing is answered by nothing.
    nothing = replace(ASKED, about="")
    assert answers_to(nothing, [Said("R-USUAL", "", "40", "属实")]) is None


def test_issues_keep_their_order_when_some_are_answered():
    said = [Said("R-USUAL", "pupils.G1.x", "40", "属实")]
    other = issue("R-WORD", about="pupils.G1.x", value="40")
    found = with_said([other, ASKED, other], said)
    assert [each.severity for each in found] == [EXPLAIN, NOTE, EXPLAIN]
    assert [each.code for each in found] == ["R-WORD", "R-USUAL", "R-WORD"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("1200", "1200", True), ("1200", " 1,200.0 ", True), ("1200", "1201", False),
        ("", "", True), (" ", "", True), ("", "0", False), ("甲", "甲 ", True), ("甲", "乙", False),
        ("甲", "1", False), ("1", "甲", False), ("40；41", "40；41.0", False),
    ],
)  # fmt: skip
def test_how_a_number_is_written_does_not_matter(one, other, same):
    assert same_value(one, other) is same
    assert same_value(other, one) is same


# ── all answers to a rule ───────────────────────────────────────────────────


def test_all_answers_to_a_rule_stand_side_by_side():
    given = [
        answer("旧", field="pupils.G2.x"),
        answer("新建", field="pupils.G2.x", value="9", by="乙", on=date(2025, 9, 30)),
        answer("新建 ", place="2199999999"),
        answer("新建", place="2199999999", field="about.x"),
        answer("别的", rule="R-WORD"),
        answer("撤并"),
    ]
    found = side_by_side("R-USUAL", given, shelf_of(FORM), REGISTER)
    assert found == [
        Answer("2199999999", "2199999999", "概况·人数", "40", "新建", "虚构人", "2024-10-08", 2),
        Answer(
            "2163000002", "虚构学校", "学生·一年级·人数", "40", "撤并", "虚构人", "2024-10-08", 1
        ),
        Answer(
            "2199999999", "2199999999", "学生·一年级·人数", "40", "新建 ", "虚构人", "2024-10-08", 2
        ),
        Answer("2163000002", "虚构学校", "学生·二年级·人数", "9", "新建", "乙", "2025-09-30", 2),
    ]


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("about.x", "概况·人数"), ("pupils.G1.x", "学生·一年级·人数"), ("pupils.x", "学生·人数"),
        ("pupils.G9.x", "学生·G9·人数"), ("rooms.3.n", "班级·第 3 条·班数"), ("rooms.n", "班级·班数"),
        ("none.x", "none.x"), ("about.none", "about.none"), ("pupils", "pupils"),
    ],
)  # fmt: skip
def test_a_field_is_told_in_chinese(field, name):
    form = form_of(record(*FIELDS), grid(*FIELDS), listed(asks("n", "班数")))
    assert name_of("f", field, shelf_of(form)) == name
    assert name_of("g", field, shelf_of(form)) == field


def test_a_grid_of_rows_that_no_list_names_is_told_by_line():
    shelf = shelf_of(FORM)
    bare = replace(shelf, codes={})
    assert name_of("f", "pupils.G1.x", bare) == "学生·第 G1 条·人数"
