"""Layouts held against every choice of sites and every way to send villages, and against figures."""

from __future__ import annotations

from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xianxue.bureau.plan.layout.layout import Laid, broken, lay_out
from xianxue.bureau.plan.layout.question import Question, Site, Village, Way
from xianxue.bureau.plan.layout.rules import conflicting, shadows, told
from xianxue.bureau.plan.layout.walks import walks
from xianxue.bureau.plan.solvers.program import Patience
from xianxue.bureau.values.record import replace

SIX = {"甲": (0, 0, 90), "乙": (2, 1, 40), "丙": (5, 0, 60), "丁": (6, 3, 35), "戊": (1, 4, 50), "己": (4, 5, 25)}  # fmt: skip
"""Villages (虚构): km and pupils. Schools stand in four of them."""
CAPACITIES = {"甲": 120, "丙": 120, "戊": 90, "己": 60}
QUICK = Patience(seconds=20)


def six(*, capacities: bool = False, **rules: Any) -> Question:
    names = list(SIX)
    ways = {}
    for village, (x, y, _) in enumerate(SIX.values()):
        for site, name in enumerate(CAPACITIES):
            metres = 1000 * (abs(x - SIX[name][0]) + abs(y - SIX[name][1]))
            ways[village, site] = Way(metres, metres)
    return Question(
        villages=tuple(Village(village=name, pupils=(SIX[name][2],)) for name in names),
        sites=tuple(
            Site(site=name, capacity=many if capacities else None)
            for name, many in CAPACITIES.items()
        ),
        ways=ways,
        **rules,
    )


def km(laid: Laid) -> float | None:
    return None if laid.cost is None else laid.cost / 1000


def names(laid: Laid) -> str:
    return "".join(list(CAPACITIES)[site] for site in laid.opened[0])


@pytest.mark.parametrize(("most", "km_in_all", "sites"), [(2, 660, "甲丙"), (3, 360, "甲丙戊"), (4, 260, "甲丙戊己")])  # fmt: skip
def test_without_capacities(most, km_in_all, sites):
    # 3: 乙 40·3 + 丁 35·4 + 己 25·4 = 360.
    laid = lay_out(six(most_open=most))
    assert (laid.status, km(laid), laid.bound, names(laid)) == (
        "optimal",
        km_in_all,
        laid.cost,
        sites,
    )


@pytest.mark.parametrize(("most", "split", "km_in_all"), [(3, False, 450), (3, True, 370), (4, False, 300), (4, True, 270)])  # fmt: skip
def test_with_capacities_whole_villages_and_split_ones(most, split, km_in_all):
    # 3, whole: 乙 → 戊 40·4, 己 → 丙 25·6, 丁 → 丙 35·4: 450; split: 乙 30 → 甲 and 10 → 丙.
    question = six(capacities=True, most_open=most, split=split)
    laid = lay_out(question)
    assert (laid.status, km(laid), broken(question, laid)) == ("optimal", km_in_all, [])


def test_who_walks_further_and_by_how_much():
    question = six(capacities=True, most_open=3, split=True)
    lines = {one.village: one for one in walks(question, lay_out(question), 0)}
    # 己 had its own school; 25 go 4 km to 戊 now. Of 乙's 40, ten go 4 km instead of 3.
    assert (lines["己"].now, lines["己"].further, lines["己"].there) == (
        "己",
        4000,
        (("戊", 25, 4000),),
    )
    assert lines["乙"].there == (("甲", 30, 3000), ("丙", 10, 4000))
    assert lines["乙"].further == 1000
    assert next(iter(lines)) == "己"


def test_a_way_too_long_for_one_village_is_the_whole_conflict():
    question = six(farthest=3000, most_open=4)
    assert lay_out(question).status == "infeasible"
    conflict = conflicting(question, QUICK)
    assert told(question, conflict) == ("上学路程不超过 3 km：丁到最近的丙 4 km",)
    assert conflict.smallest


def test_capacities_and_number_conflict():
    # 300 pupils, and the two greatest take 120 each.
    question = six(capacities=True, most_open=2, split=True)
    conflict = conflicting(question, QUICK)
    said = told(question, conflict)
    assert said[0] == "最多开办 2 所"
    assert conflict.smallest
    # 甲 + 丙 = 240 whatever 戊 and 己 take, were they without bounds any two would do.
    assert set(said[1:]) <= {f"{name}最多容纳 {many} 人" for name, many in CAPACITIES.items()}
    for rule in conflict.rules:
        assert lay_out(replace(question, without=rule)).status == "optimal"


def test_what_each_rule_costs():
    question = six(capacities=True, most_open=3)
    costs = {str(one.rule): one.saves for one in shadows(question, lay_out(question), QUICK)}
    # Whole villages: 450 − 370; three sites: 450 − 300.
    assert costs["每个村整村去一所学校，不拆分"] == 80_000
    assert costs["最多开办 3 所"] == 150_000


def test_time_that_runs_out_is_never_called_optimal():
    question = six(capacities=True, most_open=3)
    laid = lay_out(question, Patience(seconds=0))
    assert laid.status in {"gap", "open"}
    assert laid.cost is None or laid.bound is None or laid.bound < laid.cost


def test_schools_are_built_when_they_are_needed_and_closed_when_they_are_not():
    villages = (
        Village(village="新区（虚构）", pupils=(10, 100)),
        Village(village="老村（虚构）", pupils=(50, 5)),
    )
    sites = (
        Site(site="村小", run_cost=1000),
        Site(site="新校", state="candidate", build_cost=5000, run_cost=1000),
    )
    ways = {(0, 0): Way(9000, 90), (0, 1): Way(0, 0), (1, 0): Way(0, 0), (1, 1): Way(9000, 90)}
    laid = lay_out(Question(villages=villages, sites=sites, ways=ways))
    # First 10·90 + 1,000; then the new school stands and 5·90 is less than 1,000 to go on.
    assert laid.opened == ((0,), (1,))
    assert laid.cost == 900 + 1000 + 5000 + 1000 + 450


def test_a_school_that_is_extended_takes_more():
    villages = (Village(village="甲", pupils=(100,)),)
    site = Site(site="小学", state="fixed", capacity=80, extension=30, extend_cost=7)
    question = Question(villages=villages, sites=(site,), ways={(0, 0): Way(0, 0)})
    laid = lay_out(question)
    assert (laid.cost, laid.extended) == (7, ((0,),))
    assert lay_out(replace(question, sites=(replace(site, extension=10),))).status == "infeasible"


towns = st.tuples(
    st.lists(st.integers(1, 4), min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(1, 8), st.integers(0, 9)), min_size=1, max_size=3),
    st.lists(st.integers(0, 9), min_size=12, max_size=12),
    st.integers(1, 3),
)


def town(pupils, sites, costs, most) -> Question:
    return Question(
        villages=tuple(Village(village=str(at), pupils=(n,)) for at, n in enumerate(pupils)),
        sites=tuple(
            Site(site=str(at), state="candidate", capacity=n, build_cost=cost)
            for at, (n, cost) in enumerate(sites)
        ),
        ways={
            (village, site): Way(costs[village * 3 + site], costs[village * 3 + site])
            for village in range(len(pupils))
            for site in range(len(sites))
        },
        most_open=most,
    )


def by_hand(question: Question) -> int | None:
    """The least cost over every choice of sites and every way to send whole villages."""
    best = None
    every = range(len(question.sites))
    for many in range(1, (question.most_open or 0) + 1):
        for chosen in combinations(every, min(many, len(every))):
            for sent in product(chosen, repeat=len(question.villages)):
                load = dict.fromkeys(chosen, 0)
                for village, site in enumerate(sent):
                    load[site] += question.villages[village].pupils[0]
                if all(load[site] <= (question.sites[site].capacity or 0) for site in chosen):
                    cost = sum(question.sites[site].build_cost for site in chosen)
                    cost += sum(
                        question.weight(village, site, 0) for village, site in enumerate(sent)
                    )
                    best = cost if best is None else min(best, cost)
    return best


@settings(max_examples=30, deadline=None)
@given(towns)
def test_nothing_is_cheaper_than_the_layout(drawn):
    question = town(*drawn)
    laid = lay_out(question)
    assert laid.cost == by_hand(question)
    assert laid.status == ("infeasible" if laid.cost is None else "optimal")
    assert laid.cost is None or broken(question, laid) == []


@settings(max_examples=20, deadline=None)
@given(towns, st.integers(0, 2), st.booleans())
def test_more_capacity_and_splitting_never_make_it_dearer(drawn, at, split):
    question = town(*drawn)
    before = lay_out(question).cost
    if split:
        more = replace(question, split=True)
    else:
        at %= len(question.sites)
        larger = replace(question.sites[at], capacity=(question.sites[at].capacity or 0) + 2)
        more = replace(question, sites=(*question.sites[:at], larger, *question.sites[at + 1 :]))
    after = lay_out(more).cost
    assert before is None or (after is not None and after <= before)
