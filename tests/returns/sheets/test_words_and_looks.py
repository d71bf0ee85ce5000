"""What fields are called, what the register knows, what is compared, and how wide it all is."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.kinds.form import Field, Sheet
from xianxue.bureau.places.place import Attributes, Place
from xianxue.bureau.records.brought import Brought, Norm, PeerGroup
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.explanation import Explanation
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.sheets.appearance import STYLES, breadth, column_width, row_height
from xianxue.bureau.returns.sheets.comparison_lines import compared_part, lines_of
from xianxue.bureau.returns.sheets.field_terms import (
    contexts_agree,
    core_of,
    is_general,
    names_of,
    raw_of,
)
from xianxue.bureau.returns.sheets.register_fields import FIELDS, known_of
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.record import replace

# ── what fields are called ──────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("在校生数", "在校生"), ("在校学生人数（人）", "在校生"), ("现有 在校生总数", "在校生"), ("截至9月1日在校生数", "在校生"),
        ("学年初在校生数", "在校生"), ("本学年度招生数", "招生"), ("全校教师数量", "教师"), ("老师人数", "教师"), ("住校生数", "寄宿生"),
        ("住宿生数", "寄宿生"), ("图书册数(册)", "图书"), ("公用经费总额，单位：元", "公用经费总额"), ("人数", ""), ("教室的间数", "教室"),
    ],
)  # fmt: skip
def test_when_and_how_it_is_counted_is_set_aside(text, core):
    assert core_of(text) == core


def test_a_unit_in_brackets_is_no_part_of_a_term():
    assert raw_of("校舍面积（单位：平方米）") == "校舍面积"
    assert raw_of("校舍面积（含租用）") == "校舍面积(含租用)"


def field(name: str, term: str, **more: object) -> Field:
    return Field(field=name, term=term, type="integer", unit="person", **more)  # type: ignore[arg-type]


def test_a_part_is_named_with_what_it_is_a_part_of():
    fields = [
        field("p", "其中：民办"),
        field("a", "在校生数"),
        field("g", "其中：女生"),
        field("b", "其中：寄宿"),
    ]
    sheet = Sheet(sheet="x", term="学生情况", layout="list", fields=fields)
    assert [names_of(sheet, each).own for each in fields] == [
        # The sheet's own term, reduced as terms are.
        "生情况其中:民办",
        "在校生数",
        "在校生其中:女生",
        "在校生其中:寄宿",
    ]
    words = names_of(sheet, field("a", "在校生数", synonyms=["学生总数（人）"]))
    assert words.all == {"在校生数", "学生总数"}


def test_short_words_mean_different_things_on_different_sheets():
    assert [is_general(word) for word in ("", "转", "转入", "转入数")] == [True, True, True, False]


def test_two_tabs_speak_of_the_same_unless_a_mark_tells_them_apart():
    assert contexts_agree("学生", "学生情况", "女生数", staged=False)
    assert not contexts_agree("学生", "毕业生", "女生数", staged=False)
    assert contexts_agree("学生", "毕业生", "毕业生数", staged=False)
    assert contexts_agree("毕业生", "毕业生去向", "女生数", staged=False)
    # Whom it covers counts only where neither sheet declares its stages.
    assert not contexts_agree("班级", "幼儿班级", "人数", staged=False)
    assert contexts_agree("班级", "幼儿班级", "人数", staged=True)


# ── what the register knows ─────────────────────────────────────────────────


def test_the_register_gives_what_it_holds_on_a_day():
    since = Attributes(
        valid_from=date(2020, 9, 1), school_type="211", sponsor="831", urban_rural="", boarding=True
    )
    school = Place(code="2163000001", name="虚构小学", level="school", history=(since,))
    bare = {"school_code": "2163000001", "name": "虚构小学"}
    assert known_of(school, date(2020, 8, 31)) == bare
    # What the register leaves open is absent; no boarding is an answer, too.
    known = bare | {"school_type": "211", "sponsor": "831"}
    assert known_of(school, date(2020, 9, 1)) == known | {"boarding": 1}
    day = replace(school, history=(replace(since, boarding=False),))
    assert known_of(day, date(2020, 9, 1)) == known | {"boarding": 0}
    assert set(known_of(school, date(2025, 9, 1))) <= set(FIELDS)


# ── what is compared ────────────────────────────────────────────────────────


def test_only_numbers_that_rules_look_at_are_compared(real):
    form = real.shelf.forms["school_annual"]
    wanted = {name for rule in form.unusual if rule.peers is None for name in rule.fields}
    sheet, _, name = min(wanted).partition(".")
    cells = {name: Cell(41), "nobody_asks": Cell(5)}
    returned = Return(
        form=form.form, version=form.version, period="2024-2025", place="1",
        tables={sheet: (Row("G1", cells),), "nothing": (Row("", {"x": Cell(1)}),)},
    )  # fmt: skip
    assert compared_part(returned, form) == {sheet: (Row("G1", {name: Cell(41)}),)}


def test_the_lines_of_what_is_brought_along_stand_in_an_order_of_their_own():
    rows = (Row("G2", {"b": Cell(2), "a": Cell(Missing.WITHHELD)}), Row("G1", {"a": Cell(-1)}))
    norm = Norm(12, Fraction(81, 2), Fraction(5), Fraction(-1, 3))
    groups = [PeerGroup("r", "f", "", "211", size) for size in (2, 0)]
    day = Explanation(
        rule="R-USUAL", form="x", place="1", field="a.b", value="41", text="并班", by="某", on=date(2025, 10, 1)
    )  # fmt: skip
    brought = Brought({"z": (), "y": rows}, dict.fromkeys(groups, norm), (day,))
    ratios = ("12", "81/2", "5/1", "-1/3")
    assert list(lines_of(brought)) == [
        ("last",),
        ("cell", "y", "G2", "a", "不公开"),
        ("cell", "y", "G2", "b", "2"),
        ("cell", "y", "G1", "a", "-1"),
        ("norms",),
        ("norm", "r", "f", "", "211", "0", *ratios),
        ("norm", "r", "f", "", "211", "2", *ratios),
        ("explained", "R-USUAL", "a.b", "41", "并班", "某", "2025-10-01"),
    ]
    assert list(lines_of(Brought())) == []
    assert list(lines_of(Brought({}, {}))) == [("last",), ("norms",)]


# ── how wide and how high ───────────────────────────────────────────────────


def test_a_chinese_character_is_two_narrow_ones_wide():
    assert [breadth(text) for text in ("", "ab", "在a", "一\nabc", "　")] == [0, 2, 3, 3, 2]


@given(st.text("在校ab \n", max_size=40), st.text("在校ab \n", max_size=200))
def test_a_column_is_neither_too_narrow_nor_too_wide(head, text):
    assert 10 <= column_width(head, text) <= 22


def test_the_width_of_a_column_by_hand():
    # 4 characters are 8 wide and 3 more beside: 11.
    assert column_width("在校生数", "") == 11
    # 6 characters take two lines of 6, and 3 beside: 9, which is too narrow.
    assert column_width("在校学生总数", "") == 10
    # 60 wide in five lines are 12, and 2 beside.
    assert column_width("甲", "字" * 30) == 14
    assert column_width("甲", "字" * 200) == 22


@given(st.lists(st.tuples(st.text("在ab\n", max_size=80), st.floats(5, 60)), max_size=4))
def test_a_row_is_high_enough_for_each_of_its_texts(texts):
    whole = row_height(texts)
    assert 22 <= whole <= 400
    for text, width in texts:
        assert row_height([(text, width)]) <= whole
        # No line is cut: a row holds at least as many lines as the text has.
        assert whole >= min(14 * len(text.split("\n")) + 8, 400)


def test_the_height_of_a_row_by_hand():
    assert row_height([]) == 14 + 8
    assert row_height([("a\nb\nc", 10)]) == 3 * 14 + 8
    # 22 characters are 44 wide, and one more; 20 units hold 21.6: three lines.
    assert row_height([("字" * 22, 20.0)]) == 3 * 14 + 8
    assert row_height([("字\n" * 40, 20.0)]) == 400


def test_only_answers_can_be_typed_into():
    open_to_all = {name for name, style in STYLES.items() if style.get("locked") is False}
    asked = {"integer", "decimals", "general", "date", "text", "choice"}
    # Beside what is asked: a list's rows further down, and the foot on the page 说明.
    assert open_to_all == {
        *asked,
        *("below_" + name for name in asked),
        *("foot", "foot_date"),
    }
    # What is shown from last year and totals look like the answers beside them, and are locked.
    for name in asked:
        for kind in ("last", "total"):
            assert STYLES[f"{kind}_{name}"]["locked"] is True
            assert STYLES[f"{kind}_{name}"]["num_format"] == STYLES[name]["num_format"]
