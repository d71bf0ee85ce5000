"""Which tab holds which sheet: names first, then likeness, and never a tab for two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.returns.reading.tab_matching import (
    NONE,
    Likeness,
    likeness,
    match_tabs,
    shown_fields,
)

PUPILS = [["年级", "在校生数", "女生数", "招生数"], ["一年级", 41.0, 20.0, 40.0]]
ROOMS = [["年级", "班级名称", "学生数"], ["一年级", "一班", 40.0]]
ABOUT = [["学校标识码", "", "", "1"], ["学校名称", "", "", "某校"], ["办学类型", "", "", "小学"]]
BLANK = [["", ""]]


@pytest.fixture
def plans(sheets):
    """The plans of the three sheets, in the form's order."""
    about = sheets.plan("about", "school_code name school_type area")
    return [about, sheets.plan("pupils"), sheets.plan("rooms")]


# ── how alike ───────────────────────────────────────────────────────────────


def test_more_hits_are_more_alike_and_of_equal_hits_the_fewer_missing():
    assert Likeness(3, -5) > Likeness(2, 0) > Likeness(2, -1) > NONE
    assert not NONE
    assert not Likeness(0, -3)
    assert Likeness(1, -8)
    assert Likeness(0, 0) == NONE


def test_how_much_of_a_plan_a_tab_shows(plans):
    about, pupils, rooms = plans
    assert likeness(PUPILS, pupils) == Likeness(3, 0)
    assert likeness(ABOUT, about) == Likeness(3, -1)
    assert likeness([["年级", "在校生数", "女生数"]], pupils) == Likeness(2, -1)
    assert likeness(BLANK, rooms) == NONE
    assert likeness(ABOUT, pupils) == NONE


def test_a_record_shows_itself_in_either_direction_and_counts_the_better(plans, sheets):
    about = plans[0]
    assert shown_fields(ABOUT, about) == {"school_code", "name", "school_type"}
    line = [["学校标识码", "学校名称", "办学类型", "校舍建筑面积"], ["1", "某校", "小学", 3.0]]
    assert shown_fields(line, about) == {"school_code", "name", "school_type", "area"}
    down = sheets.plan("pupils", rows="G1 G2", down=True)
    assert shown_fields(PUPILS, down) == frozenset()
    assert shown_fields([["在校生数", 41.0], ["女生数", 20.0]], down) == {"enrolled", "girls"}
    assert shown_fields([["在校生数", 41.0], ["女生数", 20.0]], plans[1]) == frozenset()


# ── which tab ───────────────────────────────────────────────────────────────


def matched(plans, **grids):
    return match_tabs(list(grids), grids, plans)


def test_by_name_whatever_the_tab_holds(plans):
    assert matched(plans, 学校概况=BLANK, 班级=PUPILS, 学生=ROOMS) == {
        "about": "学校概况",
        "pupils": "学生",
        "rooms": "班级",
    }


def test_spaces_in_a_name_do_not_count_and_of_two_such_the_first_is_taken(plans):
    grids = {" 学 生": BLANK, "学生": BLANK}
    assert match_tabs(list(grids), grids, plans) == {"pupils": " 学 生"}
    assert match_tabs(["学生", " 学 生"], grids, plans) == {"pupils": "学生"}


def test_by_likeness_where_a_name_is_lacking(plans):
    found = matched(plans, Sheet1=ROOMS, Sheet2=BLANK, Sheet3=PUPILS, Sheet4=ABOUT)
    assert found == {"about": "Sheet4", "pupils": "Sheet3", "rooms": "Sheet1"}
    assert matched(plans, Sheet1=BLANK) == {}
    assert matched(plans) == {}


def test_a_tab_found_by_name_is_not_given_to_another_sheet(plans):
    assert matched(plans, 班级=PUPILS) == {"rooms": "班级"}
    assert matched(plans, 班级=PUPILS, Sheet1=PUPILS) == {"rooms": "班级", "pupils": "Sheet1"}


def test_of_two_tabs_the_one_that_shows_more_is_taken(plans):
    less = [row[:3] for row in PUPILS]
    assert matched(plans, 旧=less, 新=PUPILS) == {"pupils": "新"}
    assert matched(plans, 新=PUPILS, 旧=less) == {"pupils": "新"}
    # Of equal ones the first.
    assert matched(plans, 甲=PUPILS, 乙=PUPILS) == {"pupils": "甲"}
    assert matched(plans, 乙=PUPILS, 甲=PUPILS) == {"pupils": "乙"}


def test_a_tab_goes_to_the_sheet_it_shows_most_of(sheets):
    """Both sheets have a 年级 and 学生数: the list shows three fields of it, the other plan one."""
    part, whole = sheets.plan("rooms", "name pupils"), sheets.plan("rooms")
    found = matched([part, whole], 甲=ROOMS)
    # Same sheet, planned twice: three fields are more than two.
    assert found == {"rooms": "甲"}
    pair = [sheets.plan("pupils", "enrolled"), sheets.plan("rooms", "grade name")]
    mixed = [["在校生数", "年级", "班级名称"]]
    assert matched(pair, 甲=mixed) == {"rooms": "甲"}
    # Equally alike: the sheet that stands first in the form.
    even = [sheets.plan("pupils", "enrolled girls"), sheets.plan("rooms", "grade name")]
    assert matched(even, 甲=[["在校生数", "女生数", "年级", "班级名称"]]) == {"pupils": "甲"}


@given(st.permutations(["甲", "乙", "丙", "丁"]))
def test_the_order_of_tabs_decides_nothing(sheets, tabs):
    plans = [
        sheets.plan("about", "school_code name school_type area"),
        sheets.plan("pupils"),
        sheets.plan("rooms"),
    ]
    grids = {"甲": ABOUT, "乙": PUPILS, "丙": ROOMS, "丁": [row[:3] for row in PUPILS]}
    assert match_tabs(tabs, grids, plans) == {"about": "甲", "pupils": "乙", "rooms": "丙"}
