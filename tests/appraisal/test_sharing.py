"""Places are shared out among assessors: nobody bound, as evenly as can be, what lacks is told."""

from __future__ import annotations

import itertools
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.appraisal.conflicts import Ties
from xianxue.bureau.appraisal.sharing import shared
from xianxue.bureau.kinds.appraisal.rubric import Conflicts

RULES, DAY = Conflicts(former_years=3), date(2026, 9, 1)
PLACES = ("a", "b", "c", "d")


def bound(*codes: str) -> Ties:
    return Ties(own=frozenset(codes))


def test_work_goes_to_whoever_may_and_has_least():
    # 甲 may go anywhere, 乙 to a and b, 丙 to a only: c and d fall to 甲 alone, b then to 乙, who
    # has none while 甲 has two, and a to 丙.
    told = shared(PLACES, {"甲": Ties(), "乙": bound("c", "d"), "丙": bound("b", "c", "d")}, 1,
                  RULES, DAY)  # fmt: skip
    assert dict(told.places) == {"甲": ("c", "d"), "乙": ("b",), "丙": ("a",)}
    assert dict(told.short) == {}


def test_what_cannot_be_filled_is_told_and_what_stands_is_not_touched():
    people = {"甲": bound("a"), "乙": Ties(former={"a": date(2025, 7, 31)})}
    told = shared(["a", "b"], people, 2, RULES, DAY, {"乙": ["b"]})
    assert dict(told.places) == {"甲": ("b",), "乙": ()}
    assert dict(told.short) == {"a": 2}


def test_enough_already_asks_for_nobody():
    told = shared(["a"], {"甲": Ties(), "乙": Ties()}, 1, RULES, DAY, {"甲": ["a"]})
    assert dict(told.places) == {"甲": (), "乙": ()}


@st.composite
def markets(draw):
    names = [f"p{n}" for n in range(draw(st.integers(1, 3)))]
    places = [f"s{n}" for n in range(draw(st.integers(1, 4)))]
    ties = {name: bound(*draw(st.sets(st.sampled_from(places)))) for name in names}
    return places, ties, draw(st.integers(1, 2))


@given(markets())
def test_the_busiest_is_no_busier_than_by_the_best_of_all_ways(market):
    places, ties, needed = market
    told = shared(places, ties, needed, RULES, DAY)
    for name, got in told.places.items():
        assert not set(got) & ties[name].own
    ways = []
    for place in places:
        able = [name for name in ties if place not in ties[name].own]
        many = min(needed, len(able))
        assert sum(place in got for got in told.places.values()) == many
        assert told.short.get(place, 0) == needed - many
        ways.append([set(one) for one in itertools.combinations(able, many)])
    best = min(
        max(sum(name in chosen for chosen in way) for name in ties)
        for way in itertools.product(*ways)
    )
    assert max(map(len, told.places.values())) == best
