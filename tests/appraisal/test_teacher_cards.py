"""Teachers' cards: the dated quota of 优秀, and a contest that takes a rubric's points."""

from datetime import date
from fractions import Fraction

import pytest
from national import national

from xianxue.bureau.appraisal.contest import Candidate, hold
from xianxue.bureau.appraisal.quotas import room_of
from xianxue.bureau.kinds.conditions import value_in_force

SHELF = national().shelf
RUBRICS = SHELF.rubrics


@pytest.mark.parametrize(
    ("day", "standing", "rooms"),
    [
        (date(2023, 1, 12), None, (9, 6, 0)),
        (date(2025, 12, 31), "honoured", (11, 8, 1)),
        (date(2025, 12, 31), "censured", (7, 4, 0)),
        (date(2023, 1, 11), None, (7, 4, 0)),
        # Who was honoured before the rule of 2023 has no more by it.
        (date(2022, 12, 31), "honoured", (7, 4, 0)),
    ],
)
def test_t_g11_how_many_of_47_33_and_4_may_be_excellent(day, standing, rooms):
    (quota,) = RUBRICS["teacher_yearly"].grading.quotas
    facts = {} if standing is None else {"unit_standing": standing}
    share = value_in_force(quota.share, day, facts=facts)
    got = [room_of(many, Fraction(share.value), quota.rounding) for many in (47, 33, 4)]
    assert tuple(got) == rooms


def test_the_contest_of_schools_takes_the_parts_of_the_rubric_as_they_are():
    """The example's three for one post: t3 has it, t1 is behind, t2's interview was too weak."""
    contest, rubric = SHELF.contests["school_posts"], RUBRICS["post_competition"]
    full = {one.item: sum_of(one) for one in rubric.items}
    assert full == {part.part: part.weight for part in contest.parts}
    points = {
        "t1": ("27", "33.45", "25.575"),
        "t2": ("28.5", "37.5", "17.7"),
        "t3": ("26.4", "33.5", "27"),
    }
    candidates = [
        Candidate(
            name=name,
            post="语文",
            marks={
                item: Fraction(got) * 100 / Fraction(full[item])
                for item, got in zip(full, found, strict=True)
            },
        )
        for name, found in points.items()
    ]
    got = {
        one.name: (one.outcome, one.total) for one in hold(contest, {"语文": 1}, candidates).placed
    }
    assert got["t3"] == ("chosen", Fraction("86.9"))
    assert got["t1"] == ("behind", Fraction("86.03"))
    assert got["t2"][0] == "minimum"


def sum_of(item):
    return item.points if item.points is not None else sum(map(sum_of, item.items))
