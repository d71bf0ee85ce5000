"""The norms of planning as cards say them: the worked cases, from the cards themselves."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from msgspec import structs

from xianxue.bureau.plan.needs.places import area
from xianxue.bureau.plan.needs.pupils import SchoolNeed, area_need, school_need
from xianxue.bureau.plan.needs.residents import wanted
from xianxue.bureau.plan.needs.retiring import retires, retiring_years
from xianxue.bureau.plan.needs.rules import NormsHeld
from xianxue.bureau.values.record import replace
from xianxue.catalogue.load import load
from xianxue.desk.plan.needs.chosen import norms_for
from xianxue.desk.workspace import MisusedError

SHELF = load().shelf
DAY = date(2026, 9, 1)
STAGES = ("preschool", "primary", "lower_secondary", "upper_secondary")
PEOPLE = 63000


def norms(named: str = "", on: date = DAY) -> NormsHeld:
    return norms_for(SHELF, "639900", on, named)


@pytest.mark.parametrize(
    ("city", "seats", "made"),
    [
        ("anyang_2021", [2835, 6300, 3150, 1890], [95, 140, 63, 38]),
        ("jiaozuo_2019", [2520, 5040, 2520, 1260], [84, 112, 51, 26]),
    ],
)
def test_two_cities_ask_different_places_of_the_same_residents(city, seats, made):
    found = [wanted(norms(city), stage, PEOPLE, None, None) for stage in STAGES]
    assert [one.places for one in found] == seats
    assert [one.classes for one in found] == made


def test_a_fraction_of_a_school_is_chosen_by_the_user():
    rule = norms("zhumadian_2021")
    found = [wanted(rule, "primary", PEOPLE, None, way) for way in (None, "down", "up")]
    assert [one.number for one in found] == [None, 6, 7]
    assert wanted(rule, "primary", 60000, None, None).number == 6
    # 30 classes of 45.
    assert found[0].classes_each == 30


def test_between_24_and_30_classes_the_ground_is_undetermined():
    bands = norms("anyang_2021").bands("ground", "primary")
    assert [area(bands, many, 45) for many in (24, 25, 29, 30)] == [19440, None, None, 22950]
    found = wanted(norms("anyang_2021"), "primary", PEOPLE, 27, None)
    assert (found.ground, found.gap) == (None, True)
    assert wanted(norms("anyang_2021"), "primary", PEOPLE, 24, None).gap is False


def test_a_city_speaks_for_its_own_counties_before_the_country():
    assert [one.planning for one in norms_for(SHELF, "410526", DAY).cards] == [
        "anyang_2021",
        "national",
    ]
    assert [one.planning for one in norms().cards] == ["national"]
    assert wanted(norms(), "primary", PEOPLE, None, None).places is None
    with pytest.raises(MisusedError, match="没有规划指标“某市”；有：national、"):
        norms("某市")


def test_before_its_first_day_a_norm_holds_for_nobody():
    assert wanted(norms("anyang_2021", date(2020, 12, 31)), "primary", 9, None, None).places is None
    assert wanted(norms("anyang_2021", date(2021, 1, 1)), "primary", 9, None, None).places == 1


def test_a_school_needs_classes_grade_by_grade_and_whole_persons():
    grades = {f"G{at}": many for at, many in enumerate((92, 88, 95, 90, 46, 91), 1)}
    found = school_need(norms(), "primary", "甲", grades)
    # 3 + 2 + 3 + 2 + 2 + 3; 502 / 19 = 26.4; the table of buildings has no row for 15 classes.
    assert (found.classes, found.staff, found.building) == (15, 27, None)
    twelve = school_need(norms(), "primary", "乙", {f"G{at}": 90 for at in range(1, 7)})
    assert (twelve.classes, twelve.building) == (12, Fraction("6.6") * 12 * 45)


def test_a_school_of_which_nothing_is_known_leaves_no_sum():
    known = school_need(norms(), "primary", "甲", {"G1": 20})
    silent = school_need(norms(), "primary", "乙", None)
    assert silent == SchoolNeed(school="乙", pupils=None, classes=None, staff=None, building=None)
    found = area_need(norms(), "primary", [known, silent])
    assert (found.pupils, found.classes, found.staff, found.unknown) == (None, None, None, ("乙",))


def test_staff_is_made_whole_school_by_school_or_together_as_the_card_says():
    some = [school_need(norms(), "primary", name, {"G1": 9}) for name in ("甲", "乙")]
    # 9 / 19 twice: a person each; 18 / 19 together: one.
    assert area_need(norms(), "primary", some).staff == 2
    together = structs.replace(SHELF.plannings["national"], staff_counted="together")
    assert area_need(replace(norms(), cards=(together,)), "primary", some).staff == 1


def test_retirement_rises_by_a_month_for_four_months_of_birth():
    rules = norms().retiring()
    days = [
        retires(date(1964, 12, 31), "male", rules),
        retires(date(1965, 1, 1), "male", rules),
        retires(date(1970, 4, 30), "female", rules),
        retires(date(1970, 5, 1), "female", rules),
        retires(date(1990, 1, 1), "female", rules),
    ]
    # 60; 60 and 1 month; 55 and 1 month; 55 and 2 months; 55 and 36 months.
    known = [day for day in days if day is not None]
    assert [f"{day:%Y-%m}" for day in known] == [
        "2024-12",
        "2025-02",
        "2025-05",
        "2025-07",
        "2048-01",
    ]
    assert retires(date(1990, 1, 1), "", rules) is None
    assert retiring_years(known, [2025, 2026]) == {2025: 4, 2026: 0}
