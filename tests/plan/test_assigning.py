"""Who might go where: most wanted moves find somebody, couples stay together, the shares hold."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from xianxue.bureau.plan.balance.assigning import Asked, Wanted, Year, assign
from xianxue.bureau.plan.balance.rotation import Shares, Teacher, parted
from xianxue.bureau.values.record import replace

RULE = Shares(moved=Fraction("0.1"), backbone=Fraction("0.2"))


def teacher(name, school="一小", partner="", *, backbone=False) -> Teacher:
    return Teacher(
        teacher=name,
        school=school,
        subject="音乐",
        years_here=9,
        years_left=9,
        partner=partner,
        backbone=backbone,
    )


STAFF = (teacher("甲"), teacher("乙", partner="丙"), teacher("丙", partner="乙"), teacher("丁"))
WANTED = (
    Wanted(start="一小", end="二小", count=2, who=frozenset("甲乙丁")),
    Wanted(start="一小", end="三小", count=1, who=frozenset("甲乙")),
)
WAYS = {("一小", "二小"): 100, ("一小", "三小"): 50}


def test_all_wanted_moves_find_somebody_and_the_partner_goes_along():
    """By hand: only 甲 and 丁 can fill 二小 while 乙 goes to 三小, and 丙 goes with 乙."""
    found = assign(Asked(teachers=STAFF, wanted=WANTED, metres=WAYS))
    assert (found.status, found.filled) == ("optimal", (2, 1))
    assert set(found.going) == {("甲", "二小"), ("丁", "二小"), ("乙", "三小"), ("丙", "三小")}


def test_nobody_goes_farther_than_the_limit_nor_where_the_way_is_unknown():
    near = assign(Asked(teachers=STAFF, wanted=WANTED, metres=WAYS, farthest=60))
    assert (near.filled, near.going) == ((0, 1), (("甲", "三小"),))
    unknown = assign(Asked(teachers=STAFF, wanted=WANTED, metres={}, farthest=60))
    assert unknown.going == ()


def test_who_has_a_partner_that_may_not_be_moved_stays():
    found = assign(Asked(teachers=STAFF[:2], wanted=WANTED[1:], metres={}))
    assert found.going == (("甲", "三小"),)
    assert assign(Asked(teachers=STAFF[1:2], wanted=WANTED, metres={})).going == ()


def test_the_share_of_backbone_teachers_limits_who_else_goes():
    """137 may be moved, 13 were, 3 of them backbone: two more leave 3 of 15, three 3 of 16."""
    year = Year(shares=RULE, eligible=137, moved=13, backbone=3)
    staff = tuple(teacher(one) for one in "子丑寅")
    wanted = Wanted(start="一小", end="二小", count=3, who=frozenset("子丑寅"))
    asked = Asked(teachers=staff, wanted=(wanted,), metres={}, year=year)
    assert (assign(asked).filled, assign(asked).shared) == ((2,), True)
    good = replace(staff[0], backbone=True)
    assert assign(replace(asked, teachers=(good, *staff[1:]))).filled == (3,)
    # Behind already: whatever is moved, the share is below; the moves are made, and it is said.
    behind = assign(replace(asked, year=replace(year, backbone=0)))
    assert (behind.filled, behind.shared) == ((3,), False)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.booleans()), min_size=1, max_size=4),
    st.booleans(),
    st.integers(1, 3),
    st.integers(1, 3),
)
def test_no_choice_fills_more_than_the_one_that_is_found(staff, couple, first, second):
    teachers = [teacher(str(at), school, backbone=good) for at, (school, good) in enumerate(staff)]
    if couple and len(teachers) > 1:
        teachers[0] = replace(teachers[0], partner="1")
        teachers[1] = replace(teachers[1], partner="0")
    who = frozenset(one.teacher for one in teachers)
    wanted = (
        Wanted(start="a", end="x", count=first, who=who),
        Wanted(start="b", end="y", count=second, who=who),
    )
    year = Year(shares=RULE, eligible=10, moved=0, backbone=0)
    found = assign(Asked(teachers=tuple(teachers), wanted=wanted, metres={}, year=year))
    best = 0
    for ends in product(("", "x", "y"), repeat=len(teachers)):
        going = {(one.teacher, end) for one, end in zip(teachers, ends, strict=True) if end}
        good = sum(one.backbone for one, end in zip(teachers, ends, strict=True) if end)
        if parted(teachers, going) or 5 * good < len(going):
            continue
        filled = [
            sum(
                end == one.end and each.school == one.start
                for each, end in zip(teachers, ends, strict=True)
            )
            for one in wanted
        ]
        best = max(
            best, sum(min(one.count, many) for one, many in zip(wanted, filled, strict=True))
        )
    assert found.status == "optimal"
    assert sum(found.filled) == best
