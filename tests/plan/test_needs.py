"""Places and classes, rotation, and combinations: the cases counted by hand, and laws."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from xianxue.bureau.plan.balance.combination import Resource, passes, ways
from xianxue.bureau.plan.balance.rotation import (
    Law,
    Post,
    Shares,
    Teacher,
    parted,
    rotated,
    why_not,
    why_not_there,
)
from xianxue.bureau.plan.needs.places import Band, area, classes, classes_by_grade, places, schools
from xianxue.bureau.values.record import replace

NEAR = Fraction("0.85")


def test_places_and_classes_of_a_new_town_by_two_cities_rules():
    people, sizes = 63000, (30, 45, 50, 50)
    for rule, expected, in_classes in (
        ((45, 100, 50, 30), [2835, 6300, 3150, 1890], [95, 140, 63, 38]),
        ((40, 80, 40, 20), [2520, 5040, 2520, 1260], [84, 112, 51, 26]),
    ):
        there = [places(people, Fraction(each)) for each in rule]
        assert there == expected
        assert [classes(n, size) for n, size in zip(there, sizes, strict=True)] == in_classes
    # 一所一万人: 6.3, and nobody has written whether 6 or 7; 30 classes of 45 make 1,350 places.
    found = schools(people, 10000)
    assert (found.exact, found.down, found.up, found.decided) == (Fraction("6.3"), 6, 7, False)
    assert schools(60000, 10000).decided


def test_between_two_bands_of_a_rule_nothing_is_filled_in():
    rule = [Band(area=Fraction(18), most=24), Band(area=Fraction(17), least=30)]
    assert [area(rule, number, 45) for number in (24, 25, 29, 30)] == [19440, None, None, 22950]


def test_classes_are_made_grade_by_grade():
    # 3 + 2 + 3 + 2 + 2 + 3; all together 502 pupils would fill 12.
    assert classes_by_grade([92, 88, 95, 90, 46, 91], 45) == 15
    assert classes(502, 45) == 12


def test_who_moves_more_needs_more_backbone_teachers():
    rule = Shares(moved=Fraction("0.1"), backbone=Fraction("0.2"))
    least = rotated(rule, 137, 14, 3)
    assert (least.needed, least.needed_backbone, least.enough) == (14, 3, True)
    more = rotated(rule, 137, 16, 3)
    # 3 of 16 are 18.75 %.
    assert (more.needed_backbone, more.enough, rotated(rule, 137, 16, 4).enough) == (4, False, True)
    assert not rotated(rule, 137, 13, 13).enough


def test_every_reason_against_a_move_is_given():
    law = Law(years_here=6, years_left=5, farthest=30000)
    one = Teacher(teacher="甲", school="一小", subject="音乐", years_here=6, years_left=5)
    assert why_not(law, one) == ()
    assert why_not(law, replace(one, years_here=5, years_left=4, head=True)) == (
        "是校长，按校长交流的规定办",
        "在现学校任教 5 年，未满 6 年",
        "离退休 4 年，不足 5 年",
    )
    far = Post(school="山村小学（虚构）", subject="数学", metres=30001)
    assert why_not_there(law, one, far) == ("任教音乐，岗位是数学", "距离 30001 米，超过 30000 米")
    assert why_not_there(law, one, Post(school="一小", subject="音乐", metres=0)) == (
        "就在这所学校",
    )


def test_couples_go_together():
    both = [
        Teacher(teacher=a, partner=b, school="一小", subject="数学", years_here=9, years_left=9)
        for a, b in (("甲", "乙"), ("乙", "甲"))
    ]
    assert parted(both, {("甲", "二小"), ("乙", "三小")}) == ["甲", "乙"]
    assert parted(both, {("甲", "二小"), ("乙", "二小")}) == []
    assert parted(both, set()) == []


resources = st.lists(
    st.tuples(st.integers(0, 5), st.integers(1, 5), st.integers(1, 4)), min_size=2, max_size=3
)


def made(rows) -> list[Resource]:
    return [
        Resource(resource=str(at), have=have, line=Fraction(line), cost=Fraction(cost))
        for at, (have, line, cost) in enumerate(rows)
    ]


@settings(max_examples=30, deadline=None)
@given(resources, st.integers(0, 1))
def test_no_way_to_pass_is_cheaper_than_the_first(rows, spared):
    """Every number of things to add is tried."""
    these = made(rows)
    need = len(these) - spared
    best = min(
        sum(one.cost * more for one, more in zip(these, added, strict=True))
        for added in product(range(6), repeat=len(these))
        if passes([replace(one, have=one.have + more) for one, more in zip(these, added, strict=True)], need, NEAR)
    )  # fmt: skip
    assert ways(these, need, NEAR)[0].cost == best


@settings(deadline=None)
@given(resources, st.integers(0, 3))
def test_a_teacher_more_never_makes_a_school_fail(rows, at):
    these = made(rows)
    more = list(these)
    at %= len(these)
    more[at] = replace(more[at], have=more[at].have + 1)
    for need in range(len(these) + 1):
        assert passes(more, need, NEAR) >= passes(these, need, NEAR)
