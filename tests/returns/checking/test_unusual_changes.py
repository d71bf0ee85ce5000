"""Beside last year: both sides of each line, zeros after many, and each sentence word by word."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import (
    BLANK,
    CITED,
    EXPLAIN,
    NONE,
    OWN,
    PERIOD,
    RULE,
    SCHOOL,
    WITHHELD,
    asks,
    filed,
    form_of,
    grid,
    record,
    row,
    shelf_of,
)

from xianxue.bureau.kinds.unusual import Unusual, YearOnYear
from xianxue.bureau.records.cells import Cell
from xianxue.bureau.returns.checking.plan import plan_checks
from xianxue.bureau.returns.checking.unusual import check_unusual
from xianxue.bureau.returns.checking.unusual_amounts import amounts_of, total_of
from xianxue.bureau.values.record import replace

ENROLLED = asks("x", "在校生数")
FUNDS = asks("funds", "经费", "measure", unit="yuan")
AREA = asks("area", "面积", "measure", unit="square_metre")
SHARE = asks("share", "份额", "measure")
NAME = asks("name", "名称", "text", required=False)
ABOUT = record(FUNDS, AREA, SHARE, asks("rooms", "班数", unit="class"), NAME)


def rule(name="r", *fields, **more):
    parts = {
        "term": "虚构规则", "do": "请核对", "valid_from": date(2020, 9, 1), "source": OWN,
        "fields": list(fields),
    }  # fmt: skip
    return Unusual(unusual=name, **(parts | more))


def change(percent, amount):
    return YearOnYear(at_most_percent=Decimal(percent), at_least_amount=Decimal(amount))


def asked(rules, now, last, place=SCHOOL, **more):
    """Compare two years; what is handed in is the record's cells, or all tables."""
    form = form_of(ABOUT, grid(ENROLLED, NAME), unusual=list(rules), **more)
    years = [
        each if each is None or "about" in each or "pupils" in each else {"about": [row(**each)]}
        for each in (now, last)
    ]
    this, before = (None if each is None else filed(each) for each in years)
    return check_unusual(this, shelf_of(form), place, PERIOD, last=before)


def saw(*arguments):
    return [issue.saw for issue in asked(*arguments)]


# ── a change ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("last", "now", "is_asked"),
    [
        # 25 per cent of 400.00 are 100.00; 100.01 are more.
        (400_00, 500_00, False), (400_00, 500_01, True),
        (400_00, 300_00, False), (400_00, 299_99, True),
        # 50.00 is enough to be asked about, 49.99 is not.
        (100_00, 149_99, False), (100_00, 150_00, True),
        (100_00, 50_01, False), (100_00, 50_00, True),
        (0, 49_99, False), (0, 50_00, True), (0, -50_00, True),
        (-400_00, -500_00, False), (-400_00, -500_01, True),
    ],
)  # fmt: skip
def test_both_sides_of_the_share_and_of_the_amount(last, now, is_asked):
    rules = [rule("r", "about.area", change=change(25, 50))]
    assert bool(asked(rules, {"area": now}, {"area": last})) is is_asked


def test_a_change_word_by_word():
    rules = [rule("r", "about.area", change=change("25.5", "50.5"), do="请说明", source=RULE)]
    (issue,) = asked(rules, {"area": Cell(300_00, "D3", "300")}, {"area": 412_00})
    assert (issue.code, issue.severity, issue.field) == ("r", EXPLAIN, "about.area")
    assert (issue.cell, issue.value, issue.citation) == ("D3", "", CITED)
    # 112 of 412 are 27.18 per cent.
    assert issue.message == (
        "a.xlsx〔概况〕D3：面积：上年 412 平方米，今年 300 平方米，减少 27.2%；"
        "要求：与上年相比变化不超过 25.5%（相差不到 50.5 平方米的不问）。请说明。"
        f"依据：{CITED}。"
    )


@pytest.mark.parametrize(
    ("last", "now", "told"),
    [
        # 33 ⅓ per cent, up and down.
        (300, 400, "增加 33.3%"), (300, 200, "减少 33.3%"),
        # Rounded to the limit it would seem to hold: 30.013 of a hundred.
        (100_000, 130_013, "增加 30.01%"), (100_000, 130_060, "增加 30.1%"),
        # Rounded to all of it, nothing would seem to be left: 99.98, 99.95.
        (10_000, 2, "减少 99.98%"), (10_000, 5, "减少 99.95%"), (10_000, 10, "减少 99.9%"),
        (10_000, 0, "减少 100.0%"), (10_000, 20_001, "增加 100.0%"),
        # From 30 to 35 per cent there is nothing to be mistaken for.
        (100, 135, "增加 35.0%"),
    ],
)  # fmt: skip
def test_a_share_is_never_rounded_against_the_verdict(last, now, told):
    rules = [rule("r", "about.share", change=change(30, 1))]
    (text,) = saw(rules, {"share": now}, {"share": last})
    assert text == f"份额：上年 {last}，今年 {now}，{told}"


def test_less_than_one_more_is_more():
    rules = [rule("r", "about.area", change=change(30, Decimal("0.01")))]
    assert saw(rules, {"area": 100}, {"area": 50}) == [
        "面积：上年 0.5 平方米，今年 1 平方米，增加 100.0%"
    ]


def test_from_nothing_there_is_no_share():
    rules = [rule("r", "about.share", change=change(30, 1))]
    (issue,) = asked(rules, {"share": 5}, {"share": 0})
    assert issue.saw == "份额：上年 0，今年 5"
    assert issue.required == "与上年相比变化不超过 30%（相差不到 1的不问）"


def test_units_are_written_as_a_noun():
    """Classes, not «the classes» with their measure word."""
    rules = [rule("r", "about.rooms", change=change(10, 2))]
    (issue,) = asked(rules, {"rooms": 20}, {"rooms": 10})
    assert issue.saw == "班数：上年 10 班，今年 20 班，增加 100.0%"
    assert issue.required == "与上年相比变化不超过 10%（相差不到 2 班的不问）"


# ── a unit mistaken ─────────────────────────────────────────────────────────

HINT = "和上年相差约一万倍，是不是把万元和元弄混了？"


@pytest.mark.parametrize(
    ("last", "now", "hinted"),
    [
        # Half and double of ten thousand, and just beyond.
        (5_000_00, 1_00, True), (4_999_99, 1_00, False),
        (20_000_00, 1_00, True), (20_000_01, 1_00, False),
        # Either year may be the mistaken one.
        (1_00, 5_000_00, True), (1_00, 4_999_99, False),
        (1_00, 20_000_00, True), (1_00, 20_000_01, False),
        # No ratio to nothing, nor to less.
        (5_000_00, 0, False), (0, 5_000_00, False), (-1_00, -10_000_00, False),
        (5_000_00, -1_00, False), (-5_000_00, 1_00, False),
        # One fen is something.
        (100_00, 1, True), (1, 100_00, True),
    ],
)  # fmt: skip
def test_about_ten_thousand_times_as_much_money_is_asked_after_its_unit(last, now, hinted):
    rules = [rule("r", "about.funds", "about.area", change=change(1, Decimal("0.01")))]
    money, area = asked(rules, {"funds": now, "area": now}, {"funds": last, "area": last})
    assert money.do == (HINT + "请核对" if hinted else "请核对")
    # Square metres are told in no ten thousands.
    assert area.do == "请核对"


# ── nothing where there was much ────────────────────────────────────────────


@pytest.mark.parametrize(
    ("last", "now", "is_asked"),
    [(50_00, 0, True), (49_99, 0, False), (60_00, 1, False), (60_00, -1, False), (0, 0, False)],
)
def test_a_zero_after_at_least_so_much(last, now, is_asked):
    rules = [rule("r", "about.area", zero_after=Decimal(50))]
    found = asked(rules, {"area": now}, {"area": last})
    assert bool(found) is is_asked
    if found:
        assert found[0].saw == "面积：上年 50 平方米，今年 0 平方米"
        assert found[0].required == "上年不少于 50 平方米的，今年一般不会是 0"
        assert found[0].do == "请核对"


def test_a_zero_without_a_unit():
    rules = [rule("r", "about.share", zero_after=Decimal(5))]
    (issue,) = asked(rules, {"share": 0}, {"share": 7})
    assert issue.saw == "份额：上年 7，今年 0"
    assert issue.required == "上年不少于 5的，今年一般不会是 0"


def test_a_zero_is_asked_about_once():
    """From many to none is a change of 100 per cent, too; whichever rule comes first."""
    zero = rule("zero", "about.area", "pupils.x", zero_after=Decimal(50))
    other = rule("change", "about.area", "pupils.x", change=change(10, 1))
    for rules in ([zero, other], [other, zero]):
        now = {"about": [row(area=0)], "pupils": [row("G1", x=0), row("G2", x=0)]}
        last = {"about": [row(area=60_00)], "pupils": [row("G1", x=50), row("G2", x=49)]}
        found = asked(rules, now, last)
        assert [(issue.code, issue.saw.partition("：")[0]) for issue in found] == [
            ("zero", "面积"), ("zero", "一年级·在校生数"), ("change", "二年级·在校生数"),
        ]  # fmt: skip
    # The total is another question than one of its rows.
    total = rule("total", "pupils.x", change=change(10, 1), by="return")
    now = {"pupils": [row("G1", x=0), row("G2", x=1)]}
    last = {"pupils": [row("G1", x=50), row("G2", x=50)]}
    assert [issue.code for issue in asked([total, zero], now, last)] == ["zero", "total"]
    # Another field, too.
    many = [
        rule("zero", "about.area", zero_after=Decimal(50)),
        rule("change", "about.share", change=change(1, 1)),
    ]
    found = asked(many, {"area": 0, "share": 0}, {"area": 60_00, "share": 60})
    assert [issue.code for issue in found] == ["zero", "change"]


# ── what is compared with what ──────────────────────────────────────────────


def test_a_total_is_compared_as_one_and_names_its_cells():
    rules = [rule("r", "pupils.x", change=change(5, 1), by="return")]
    now = {"pupils": [row("G1", x=Cell(40, "B4")), row("G2", x=Cell(40, "B5"))]}
    last = {"pupils": [row("G1", x=45), row("G2", x=40), row("G7", x=NONE)]}
    (issue,) = asked(rules, now, last)
    assert issue.saw == "学生·在校生数合计（B4、B5）：上年 85 人，今年 80 人，减少 5.9%"
    assert (issue.cell, issue.field, issue.value) == ("B4", "pupils.x", "80")
    gone = [rule("r", "pupils.x", zero_after=Decimal(1), by="return")]
    now = {"pupils": [row("G1", x=Cell(0, "B4")), row("G2", x=Cell(0, "B5"))]}
    assert saw(gone, now, last) == ["学生·在校生数合计（B4、B5）：上年 85 人，今年 0 人"]


def test_a_return_that_never_was_a_workbook_has_no_cells_to_name():
    rules = [rule("r", "pupils.x", change=change(5, 1), by="return")]
    now, last = ({"pupils": [row("G1", x=n), row("G2", x=n)]} for n in (40, 50))
    (issue,) = asked(rules, now, last)
    assert issue.saw == "学生·在校生数合计：上年 100 人，今年 80 人，减少 20.0%"
    assert issue.cell == ""


@pytest.mark.parametrize("hidden", [BLANK, WITHHELD])
def test_a_total_with_a_hidden_part_is_not_compared(hidden):
    """It would look like a fall."""
    rules = [rule("r", "pupils.x", change=change(5, 1), by="return")]
    whole, part = ({"pupils": [row("G1", x=40), row("G2", x=n)]} for n in (400, hidden))
    assert asked(rules, part, whole) == []
    assert asked(rules, whole, part) == []
    lesser = {"pupils": [row("G1", x=40), row("G2", x=NONE)]}
    assert saw(rules, lesser, whole) == ["学生·在校生数合计：上年 440 人，今年 40 人，减少 90.9%"]


def test_rows_are_compared_with_their_own():
    rules = [rule("r", "pupils.x", change=change(5, 1))]
    now = {"pupils": [row("G2", x=10), row("G1", x=BLANK), row("G7", x=5), row("GX")]}
    last = {"pupils": [row("G1", x=10), row("G2", x=20), row("G7", x=WITHHELD), row("GX", x=9)]}
    assert saw(rules, now, last) == ["二年级·在校生数：上年 20 人，今年 10 人，减少 50.0%"]


def test_what_has_no_size_is_not_compared():
    rules = [rule("r", "about.name", "about.nothing", "none.x", "about.area", change=change(5, 1))]
    now, last = {"name": "甲", "area": 900}, {"name": "乙", "area": 100}
    assert saw(rules, now, last) == ["面积：上年 1 平方米，今年 9 平方米，增加 800.0%"]


def test_a_rule_of_none_of_the_ways_finds_nothing():
    assert asked([rule("r", "about.area")], {"area": 900}, {"area": 100}) == []


def test_with_nothing_to_compare_with_nothing_is_unusual():
    rules = [rule("r", "about.area", change=change(5, 1))]
    assert asked(rules, {"area": 900}, None) == []
    form = form_of(ABOUT, unusual=rules)
    now, last = (filed({"about": [row(area=n)]}) for n in (900, 100))
    shelf = shelf_of(form)
    assert len(check_unusual(now, shelf, SCHOOL, PERIOD, last=last)) == 1
    # Another form's fields may have the same names and mean other things.
    other = replace(last, form="g")
    assert check_unusual(now, shelf, SCHOOL, PERIOD, last=other) == []
    assert check_unusual(replace(now, form="g"), shelf, SCHOOL, PERIOD, last=last) == []
    assert check_unusual(now, shelf_of(), SCHOOL, PERIOD, last=last) == []


def test_a_place_nobody_knows_is_compared_with_its_own_last_year():
    rules = [rule("r", "about.area", change=change(5, 1))]
    assert len(asked(rules, {"area": 900}, {"area": 100}, None)) == 1


@pytest.mark.parametrize(
    ("days", "holds"),
    [
        ({"valid_from": date(2025, 9, 1)}, True), ({"valid_from": date(2025, 9, 2)}, False),
        ({"valid_to": date(2025, 9, 1)}, True), ({"valid_to": date(2025, 8, 31)}, False),
    ],
)  # fmt: skip
def test_a_rule_holds_on_the_day_of_the_period(days, holds):
    rules = [rule("r", "about.area", change=change(5, 1), **days)]
    assert bool(asked(rules, {"area": 900}, {"area": 100})) is holds


def test_what_is_unusual_comes_by_sheet_row_and_column():
    rules = [
        rule("b", "pupils.x", "about.share", change=change(5, 1)),
        rule("a", "about.area", change=change(5, 1)),
    ]
    now = {
        "pupils": [row("G1", x=Cell(9, "B10")), row("G2", x=Cell(9, "B9"))],
        "about": [row(share=Cell(9, "D4"), area=Cell(900, "D3"))],
    }
    last = {"pupils": [row("G1", x=1), row("G2", x=1)], "about": [row(share=1, area=100)]}
    assert [issue.cell for issue in asked(rules, now, last)] == ["D3", "D4", "B9", "B10"]


# ── amounts ─────────────────────────────────────────────────────────────────


def amounts(values, by, reference="pupils.x"):
    form = form_of(ABOUT, grid(ENROLLED, NAME))
    plan = plan_checks(shelf_of(form), form, SCHOOL, PERIOD.start)
    rows = [
        row(code, x=value) for code, value in zip(("G1", "G2", "G7", "GX"), values, strict=False)
    ]
    rows += [row(f"G{n}", x=value) for n, value in enumerate(values[4:], 10)]
    return amounts_of(filed({"pupils": rows, "about": [row(area=1250)]}), plan, reference, by)


def test_of_more_than_four_cells_the_first_is_named():
    four = [Cell(1, f"B{n}") for n in range(4, 8)]
    assert amounts(four, "return")[0].where == "（B4、B5、B6、B7）"
    assert amounts([*four, Cell(1, "B8")], "return")[0].where == "（B4 等 5 格）"
    # One cell is named by its complaint.
    assert [each.where for each in amounts(four, "row")] == [""] * 4


def test_an_amount_is_known_in_steps_in_whole_units_and_as_written():
    (area,) = amounts([], "row", "about.area")
    assert (area.steps, area.whole, area.text) == (1250, Decimal("12.5"), "12.5")
    assert (area.unit, area.shown, area.name, area.row) == ("平方米", "12.5 平方米", "面积", "")
    assert area.is_total is False
    first, second = amounts([Cell(3, "B4"), Cell(4, "B5")], "row")
    assert (first.name, first.row, first.cell) == ("一年级·在校生数", "G1", "B4")
    assert (second.name, second.row, second.cells) == ("二年级·在校生数", "G2", ())


def test_a_total_is_known_where_each_of_its_parts_is():
    (both,) = amounts([Cell(3, "B4"), NONE, Cell(4, "B6")], "return")
    assert (both.steps, both.row, both.cell, both.cells) == (7, "", "B4", ("B4", "B6"))
    assert both.is_total is True
    assert amounts([3, BLANK], "return") == []
    # A text has no size, and those after it have.
    assert [each.steps for each in amounts(["甲", 4, 5], "row")] == [4, 5]
    assert amounts([NONE, NONE], "return") == []
    assert amounts([], "return") == []
    assert amounts([1], "return", "pupils.nothing") == amounts([1], "row", "nothing.x") == []


def test_the_total_of_a_field():
    form = form_of(ABOUT, grid(ENROLLED))
    plan = plan_checks(shelf_of(form), form, SCHOOL, PERIOD.start)
    rows = [row("G1", x=3), row("G2", x=4)]
    found = total_of(filed({"pupils": rows}), plan, "pupils.x")
    assert found is not None
    assert found.steps == 7
    assert total_of(filed({"pupils": [*rows, row("G7", x=BLANK)]}), plan, "pupils.x") is None


# ── laws ────────────────────────────────────────────────────────────────────


@given(
    last=st.integers(-300, 300),
    now=st.integers(-300, 300),
    percent=st.integers(1, 120),
    amount=st.integers(1, 60),
)
def test_a_change_is_asked_about_as_the_card_says(last, now, percent, amount):
    found = asked(
        [rule("r", "about.share", change=change(percent, amount))], {"share": now}, {"share": last}
    )
    apart = abs(now - last)
    assert bool(found) is (apart >= amount and apart * 100 > percent * abs(last))
    # What was asked about from one year to the next is no stricter in the other direction.
    if found:
        assert found[0].saw.startswith(f"份额：上年 {last}，今年 {now}")
        assert ("增加" in found[0].saw) is (now > last and last != 0)
        assert ("减少" in found[0].saw) is (now < last and last != 0)


@given(st.lists(st.integers(0, 90) | st.sampled_from([NONE, BLANK]), min_size=1, max_size=4))
def test_a_total_is_the_sum_of_its_rows(values):
    rows, whole = amounts(values, "row"), amounts(values, "return")
    if BLANK in values or not rows:
        assert whole == []
    else:
        assert [each.steps for each in whole] == [sum(each.steps for each in rows)]
