"""What we write into a workbook ourselves, and how a reader knows it again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.kinds.form import Field
from xianxue.bureau.records.brought import Said
from xianxue.bureau.records.cells import Cell
from xianxue.bureau.returns.sheets.by_identity import Same
from xianxue.bureau.returns.sheets.layout import lay_out
from xianxue.bureau.returns.sheets.own_marks import (
    CHECK,
    REVIEW,
    VOICES,
    is_answers,
    is_summary,
    said_on,
    without_reasons,
)
from xianxue.bureau.returns.sheets.totals import adds, formula, has_totals, parts_of, result
from xianxue.bureau.values.missing import Missing

# ── our own sheets ──────────────────────────────────────────────────────────


def test_our_sheets_are_known_by_signs_nobody_else_writes():
    assert is_summary([["序号", "", "xianxue-marks"], ["1"]])
    assert not is_summary([["序号"], ["xianxue-marks"]])
    assert not is_summary([])
    assert is_answers([["问题", "xianxue-answers"]])
    assert not is_answers([["问题", "xianxue-marks"]])
    assert not is_answers([])


HEAD = ["问题", "说明", "xianxue-answers", "", "", ""]


def test_what_a_clerk_wrote_is_taken_line_by_line():
    grid = [
        HEAD,
        ["a", " 并班 ", "R-USUAL", "pupils.G1.enrolled", 41.0, "1"],
        ["换了位置", "", "R-OTHER", "about..area", "5", "0"],
        ["b", "", "R-USUAL", "pupils.G2.enrolled", "42", "1"],
        ["c", "自己加的一行", "", "", "", ""],
        ["d", "x", "R-USUAL", "y", "1", "不是数"],
        ["e", "x", "R-USUAL", "y", "1", "2"],
        ["f", 7.0, "R-USUAL", "y", "1", "1"],
    ]
    assert said_on(grid) == (
        Said("R-USUAL", "pupils.G1.enrolled", "41.0", "并班"),
        Said("R-OTHER", "about..area", "5", "换了位置"),
        Said("R-USUAL", "y", "1", "7.0"),
    )
    assert said_on([["问题"], ["x"]]) == ()
    assert said_on([]) == ()
    # A program may leave out what is empty at the end of a line.
    assert said_on([HEAD, ["a", "x", "R-USUAL"]]) == ()


@pytest.mark.parametrize("head", ["错误原因", "错误原因：见下", "教育局审核意见"])
def test_the_last_column_of_reasons_is_taken_off(head):
    grid = [["年级", "错误原因", head], ["一年级", "x", "没有填"]]
    assert without_reasons(grid) == [["年级", "错误原因"], ["一年级", "x"]]


@pytest.mark.parametrize("head", ["错误原因分析", "原因", 7.0, "", "：错误原因"])
def test_another_last_column_stays(head):
    grid = [["错误原因", head], ["x", "y"]]
    assert without_reasons(grid) is grid
    assert without_reasons([[]]) == [[]]


def test_reasons_are_headed_within_the_first_twenty_rows():
    blank = [["", ""]]
    assert without_reasons([*blank * 19, ["a", "错误原因"]])[-1] == ["a"]
    assert without_reasons([*blank * 20, ["a", "错误原因"]])[-1] == ["a", "错误原因"]


def test_a_check_grades_what_it_says_and_a_review_speaks_with_one_voice():
    assert VOICES == (CHECK, REVIEW)
    assert {grade: words[0] for grade, words in CHECK.grades.items()} == {
        Severity.MUST_FIX: "逻辑校验",
        Severity.EXPLAIN: "经验校验",
        Severity.NOTE: "提示",
    }
    assert [words[1] for words in CHECK.grades.values()] == [
        "必须改正",
        "请改正，或者说明原因",
        "供参考，不必改",
    ]
    assert set(REVIEW.grades) == set(Severity)
    assert set(REVIEW.grades.values()) == {("审核意见", "请核对，有误的改正")}
    assert (CHECK.required, CHECK.citation) == ("要求", "依据")
    assert (REVIEW.required, REVIEW.citation) == ("报的是", "审核人")
    assert len(CHECK.heads) == len(REVIEW.heads)
    assert (CHECK.comment, REVIEW.comment) == ("【校验】", "【审核】")


# ── totals ──────────────────────────────────────────────────────────────────


def field(name: str, kind: str = "integer", unit: str = "person", **more: object) -> Field:
    return Field(field=name, term=name, type=kind, unit=unit, **more)  # type: ignore[arg-type]


def test_what_has_a_total():
    assert adds(field("x"))
    assert adds(field("x", "measure", "yuan"))
    assert not adds(field("x", unit="rate"))
    assert not adds(field("x", unit="one"))
    assert not adds(field("x", "text"))
    assert not adds(field("x", "year", "year"))


def test_a_grid_of_several_rows_that_add_gets_totals(small):
    pupils, rooms = small.form.sheet("pupils"), small.form.sheet("rooms")

    def totals(rows, fields=pupils.fields, sheet=pupils, codes=small.codes):
        return has_totals(lay_out(sheet, fields, rows, codes, down=False))

    assert totals(["G1", "G2"])
    assert not totals(["G1"])
    assert not totals(["G1", "G2"], [field("x", "text")])
    assert totals(["G1", "G2"], [field("x", "text"), field("y")])
    assert not totals([], rooms.fields, rooms)


def test_a_form_that_asks_for_the_total_itself_gets_no_second_one(small):
    grades = small.codes["grades"]
    entries = [*grades.entries[:2], structs.replace(grades.entries[2], term="合计")]
    codes = small.codes | {"grades": structs.replace(grades, entries=entries)}
    pupils = small.form.sheet("pupils")
    assert not has_totals(lay_out(pupils, pupils.fields, ["G1", "G2", "G3"], codes, down=False))


def test_the_parts_of_a_total_are_the_rows_that_are_asked(small):
    pupils = small.form.sheet("pupils")
    laid = lay_out(pupils, pupils.fields, ["G1", "G2", "G7"], small.codes, down=False)
    assert parts_of(laid, pupils.field("enrolled")) == ["G1", "G2", "G7"]
    assert parts_of(laid, pupils.field("entrants")) == ["G1", "G7"]


def shows(block, parts):
    """What the formula comes to, by its own words: COUNT counts numbers, SUM adds them."""
    numbers = [each for each in block if isinstance(each, int)]
    apply_not = sum(1 for each in block if each == "不适用")
    known = len(numbers) + apply_not >= parts
    return sum(numbers) if numbers and known else None


def test_the_formula_by_hand():
    assert formula((3, 1), (8, 1), 6) == (
        '=IF(AND(COUNT(B4:B9)>0,COUNT(B4:B9)+COUNTIF(B4:B9,"不适用")>=6),SUM(B4:B9),"")'
    )


VALUES = st.lists(st.integers(-5, 9) | st.sampled_from(list(Missing)[1:]), min_size=1, max_size=5)


@given(VALUES)
def test_the_result_beside_a_formula_is_what_the_formula_shows(values):
    words = [
        each.value if each is Missing.NOT_APPLICABLE else "" if isinstance(each, Missing) else each
        for each in values
    ]
    assert result([Cell(value) for value in values]) == shows(words, len(values))


def test_a_total_without_a_cell_or_with_a_text_is_none():
    assert result([Cell(3), Cell(4)]) == 7
    assert result([Cell(3), None]) is None
    assert result([Cell(3), Cell("4")]) is None
    assert result([Cell(Missing.NOT_APPLICABLE)]) is None
    assert result([Cell(Missing.NOT_APPLICABLE), Cell(0)]) == 0


# ── keys by identity ────────────────────────────────────────────────────────


def test_a_key_is_equal_only_for_the_very_same_object():
    one, other = ["x"], ["x"]
    assert Same(one) == Same(one)
    assert Same(one) != Same(other)
    assert Same(one) != one
    assert hash(Same(one)) == hash(Same(one))
    assert Same(one).it is one
    assert {Same(one): 1}.get(Same(other)) is None
