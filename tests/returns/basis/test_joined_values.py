"""One cell made of those of former schools: what adds up, what one of them says, what nobody knows."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import (
    BLANK,
    CODES,
    COUNTY,
    NONE,
    NOTE,
    TOWNSHIP,
    UNASKED,
    WITHHELD,
    Stage,
    asks,
    filed,
    form_of,
    grid,
    listed,
    record,
    row,
    school,
)

from xianxue.bureau.places.basis import basis
from xianxue.bureau.places.events import Event, Kind
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.replay import replay
from xianxue.bureau.records.cells import Cell
from xianxue.bureau.records.rebased import Spot
from xianxue.bureau.returns.basis.rebase import rebase
from xianxue.bureau.values.record import replace

A, B, D = "2163000001", "2163000002", "2163000003"
NAMES = {A: "甲小学", B: "乙小学", D: "丁小学"}
SCHOOLS = [
    replace(school(Stage.PRIMARY, code=code, kind="211"), name=name) for code, name in NAMES.items()
]
REGISTER = Register.of([COUNTY, TOWNSHIP, *SCHOOLS])
START, LATER = date(2025, 9, 1), date(2027, 9, 1)
FIELDS = (
    asks("x", "人数"), asks("area", "面积", "measure", unit="square_metre"),
    asks("level", "等级", unit="level"), asks("share", "占比", "measure", unit="percent"),
    asks("text", "说明", "text"), asks("kind", "类型", "code", codes="eight"),
    asks("open", "开放", "yes_no"), asks("year", "年份", "year", unit="year"),
)  # fmt: skip


def onto(into, *former):
    """Count these schools under the one that they went into in 2026."""
    events = [Event(kind=Kind.MERGED, day=date(2026, 3, 1), codes=former, into=(into,))]
    after = replay(REGISTER, events)
    assert after.faults == ()
    return basis(after.register, START, LATER)


def joined(returns, form=None, under=A, former=(B, D)):
    form = form or form_of(record(*FIELDS))
    return rebase(returns, onto(under, *former), {"f": form}, CODES)


def of(place, **cells):
    return filed({"about": [row(**cells)]}, place=place)


def value(name, *values, **more):
    """Join one field of several schools; the first is the one they went into."""
    returns = [of(place, **{name: each}) for place, each in zip((A, B, D), values, strict=True)]
    made = joined(returns, **more)
    (cells,) = [each.cells for each in made.returns[0].tables["about"]]
    return cells[name].value, made.issues


# ── numbers ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("values", "whole"),
    [
        ((1, 2, 3), 6), ((1, NONE, 3), 4), ((NONE, NONE, NONE), NONE), ((0, NONE, NONE), 0),
        ((1, BLANK, 3), BLANK), ((1, WITHHELD, 3), WITHHELD), ((BLANK, NONE, NONE), BLANK),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["x", "area"])
def test_people_and_areas_add_up_and_a_hidden_one_hides_the_sum(name, values, whole):
    assert value(name, *values) == (whole, ())


@pytest.mark.parametrize("name", ["level", "share", "open", "year"])
def test_levels_shares_and_years_are_not_added(name):
    """They are those of the school the others went into."""
    assert value(name, 1, 1, 0) == (1, ())
    assert value(name, 0, 1, 1) == (0, ())


def test_a_text_among_numbers_is_not_added():
    """Nobody read it; it is not left out either."""
    assert value("x", 5, "甲", 3)[0] == 5


# ── all else ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("values", "said"),
    [
        # The school they went into comes first.
        (("甲", "乙", "丙"), "甲"), (("甲", BLANK, "丙"), "甲"),
        # Else what all agree on.
        ((NONE, "乙", "乙"), "乙"), ((NONE, "乙", NONE), "乙"), ((UNASKED, NONE, "乙"), "乙"),
        # One that is hidden might have said something else.
        ((BLANK, "乙", "乙"), BLANK), ((NONE, "乙", WITHHELD), WITHHELD),
        ((NONE, NONE, NONE), NONE), ((UNASKED, NONE, NONE), UNASKED), ((NONE, BLANK, WITHHELD), BLANK),
    ],
)  # fmt: skip
def test_texts_are_those_of_the_school_they_went_into_or_what_all_agree_on(values, said):
    assert value("text", *values) == (said, ())


def test_where_they_differ_nobody_chooses():
    """The others' words are told as they were written, and who said nothing is not named."""
    returns = [of(A, text=NONE), of(B, text=Cell("乙", "D2", "乙 "), kind=1), of(D, text="丙")]
    made = joined(returns)
    assert made.returns[0].tables["about"][0].cells["text"].value is BLANK
    (issue,) = made.issues
    assert (issue.code, issue.severity, issue.place, issue.form, issue.field) == (
        "R-BASIS-UNLIKE", NOTE, A, "f", "about.text",
    )  # fmt: skip
    assert issue.message == (
        "〔概况〕：并入各校的说明不一样：乙小学“乙 ”，丁小学“丙”；"
        "要求：合并口径取合并后学校的，没有就取各校一致的。这一项在合并口径中按未填处理，不影响各校原来的报表。"
    )


def test_what_the_register_knows_of_the_school_counts_before_what_was_filed():
    fields = [
        asks("name", "名称", "text"),
        asks("township", "乡镇", "text"),
        asks("school_code", "代码", "text"),
    ]
    returns = [of(place, name="随便", township="别的镇", school_code="1") for place in (A, B, D)]
    made = joined(returns, form_of(record(*fields)))
    cells = made.returns[0].tables["about"][0].cells
    assert {name: cell.value for name, cell in cells.items()} == {
        "name": "甲小学", "township": "虚构镇", "school_code": A,
    }  # fmt: skip


# ── what it was made of ─────────────────────────────────────────────────────


def test_each_value_leads_back_to_the_cells_that_were_filed():
    one = filed({"about": [row(x=Cell(4, "D2", "4"))]}, place=A, digest="a" * 8, revision=2)
    other = filed({"about": [row(x=Cell(5, "D9", "5"))]}, place=B, digest="b" * 8, revision=1)
    made = joined([other, one], former=(B,))
    assert [
        (part.place, part.revision, part.file, part.digest, part.row, part.cell.address)
        for part in made.cells(Spot("f", A, "about", "", "x"))
    ] == [(A, 2, "a.xlsx", "a" * 8, "", "D2"), (B, 1, "a.xlsx", "b" * 8, "", "D9")]
    # What was not filed has no cell, and nobody wrote it.
    assert made.cells(Spot("f", A, "about", "", "area")) == ()
    (whole,) = made.returns
    assert (whole.place, whole.file, whole.digest, whole.revision) == (A, "", "", 0)
    assert (whole.form, whole.version, whole.period) == ("f", "1", "2025-2026")


def test_the_version_is_that_of_the_school_they_went_into():
    """Else that of the first of them."""
    returns = [replace(of(place, x=1), version=place[-1]) for place in (A, B, D)]
    assert joined(returns, under=D, former=(A, B)).returns[0].version == "3"
    assert joined(returns[:2], under=D, former=(A, B)).returns[0].version == "1"


def test_rows_of_a_grid_come_in_the_order_of_its_list():
    form = form_of(grid(asks("x", "人数"), asks("girls", "女生数", rows=["G1"])))
    one = filed({"pupils": [row("G2", x=2), row("G9", x=9)]}, place=A)
    other = filed({"pupils": [row("G1", x=1, girls=1), row("G2", x=3)]}, place=B)
    made = joined([one, other], form, former=(B,))
    assert [
        (each.code, {name: cell.value for name, cell in each.cells.items()})
        for each in made.returns[0].tables["pupils"]
    ] == [
        # A was asked for its first grade and left it out; both were asked for grades of no stage.
        ("G1", {"x": BLANK, "girls": BLANK}), ("G2", {"x": 5}), ("GX", {"x": BLANK}), ("G9", {"x": 9}),
    ]  # fmt: skip


def test_lines_follow_one_another_and_are_numbered_anew():
    form = form_of(listed(asks("name", "班级名称", "text")))
    one = filed({"rooms": [row("1", grade="G1", name="甲")]}, place=A)
    other = filed(
        {"rooms": [row("1", grade="G1", name="乙"), row("2", grade="G2", name="丙")]}, place=B
    )
    made = joined([one, other], form, former=(B,))
    lines = made.returns[0].tables["rooms"]
    assert [(line.code, line.cells["name"].value) for line in lines] == [
        ("1", "甲"), ("2", "乙"), ("3", "丙"),
    ]  # fmt: skip
    (part,) = made.cells(Spot("f", A, "rooms", "3", "name"))
    assert (part.place, part.row) == (B, "2")
    # Who has not filed has one line that hides everything.
    made = joined([one], form, former=(B,))
    lines = made.returns[0].tables["rooms"]
    assert [line.cells["name"].value for line in lines] == ["甲", BLANK]
    assert made.cells(Spot("f", A, "rooms", "2", "name")) == ()


def test_a_sheet_nobody_was_asked_for_is_absent():
    form = form_of(record(*FIELDS, stages=[Stage.PRESCHOOL]), grid(asks("x", "人数")))
    made = joined([filed({"pupils": [row("G1", x=1)]}, place=A)], form, former=(B,))
    assert set(made.returns[0].tables) == {"pupils"}
    # Somebody filed it all the same: then it is there.
    made = joined([of(A, x=1)], form, former=(B,))
    assert made.returns[0].tables["about"][0].cells["x"].value == 1


# ── which returns are joined ────────────────────────────────────────────────


def test_a_form_of_the_county_or_of_nobody_is_passed_on():
    returns = [of(B, x=1), replace(of(B, x=2), form="g")]
    county = form_of(record(*FIELDS), filed_by="county")
    made = rebase(returns, onto(A, B), {"f": county}, CODES)
    assert list(made.returns) == returns
    assert made.issues == ()


def test_who_is_missing_is_named_once_a_form():
    made = joined([of(A, x=1)])
    assert [(issue.code, issue.place) for issue in made.issues] == [
        ("R-BASIS-MISSING", B), ("R-BASIS-MISSING", D),
    ]  # fmt: skip
    assert made.issues[0].message == (
        "乙小学的《虚构表》没有收到，合并口径的甲小学因此不全；要求：并入各校的报表都已收到。"
        "请催报乙小学；在那以前有关的数按未填处理。"
    )


def test_returns_of_another_day_are_refused_together():
    wrong = [
        replace(of(A, x=1), period=period) for period in ("2026-2027", "2024-2025", "2025-2026")
    ]
    with pytest.raises(ValueError, match=r"^2024-2025、2026-2027 的统计时点不是 2025-09-01$"):
        joined(wrong)


@given(
    st.lists(st.integers(0, 99) | st.sampled_from([NONE, BLANK, WITHHELD]), min_size=3, max_size=3)
)
def test_a_sum_does_not_depend_on_whose_return_came_first(values):
    returns = [of(place, x=each) for place, each in zip((A, B, D), values, strict=True)]
    forth, back = joined(returns), joined(returns[::-1])
    assert forth.returns == back.returns
    numbers = [each for each in values if isinstance(each, int)]
    hidden = [each for each in values if each in {BLANK, WITHHELD}]
    found = forth.returns[0].tables["about"][0].cells["x"].value
    assert found == (hidden[0] if hidden else sum(numbers) if numbers else NONE)
