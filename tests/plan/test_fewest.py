"""The fewest moves, held against every distribution there is."""

from fractions import Fraction
from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.plan.balance.fewest import fewest, most_even
from xianxue.bureau.plan.balance.question import Floor, Question, School
from xianxue.bureau.plan.balance.spread import spread

PUPILS = (600, 420, 300, 180, 120, 80)
TEACHERS = (9, 3, 2, 0, 1, 0)
"""体艺教师 of six invented schools (虚构): 15 for 1,700 pupils."""


def six(**rules: Any) -> Question:
    schools = tuple(
        School(school=name, pupils=pupils, teachers=teachers)
        for name, pupils, teachers in zip("甲乙丙丁戊己", PUPILS, TEACHERS, strict=True)
    )
    return Question(schools=schools, **rules)


def after(question: Question) -> tuple[int, ...] | None:
    found = fewest(question)
    return found and found.teachers


def test_one_move_brings_six_schools_within_both_limits():
    # Σt²/P = 0.178095 is above 0.165441 before; 600 人校 gives one to 180 人校.
    assert f"{spread(PUPILS, TEACHERS).to_decimal(6)}" == "0.587885"
    for limit in ("0.50", "0.45"):
        assert after(six(limit=Fraction(limit))) == (8, 3, 2, 1, 1, 0)
    assert f"{spread(PUPILS, (8, 3, 2, 1, 1, 0)).to_decimal(6)}" == "0.416545"
    # To 80 人校 instead it would pass 0.50 alone.
    assert f"{spread(PUPILS, (8, 3, 2, 0, 1, 1)).to_decimal(4)}" == "0.4754"


def test_two_moves_and_the_most_even_of_all():
    assert after(six(limit=Fraction("0.30"))) == (7, 3, 2, 1, 1, 1)
    assert f"{spread(PUPILS, (7, 3, 2, 1, 1, 1)).to_decimal(6)}" == "0.281185"
    least = most_even(six())
    assert least is not None
    assert least.teachers == (5, 4, 3, 1, 1, 1)
    assert f"{spread(PUPILS, least.teachers).to_decimal(6)}" == "0.169396"
    assert fewest(six(limit=Fraction("0.169395"))) is None
    assert fewest(six(limit=Fraction("0.169396"))) is not None


def test_a_line_for_each_school_asks_for_more_than_there_are():
    # 5.4 3.78 2.7 1.62 1.08 0.72: 6 + 4 + 3 + 2 + 2 + 1 = 18 of 15; at 85 % 5 + 4 + 3 + 2 + 1 + 1.
    line = Floor(per_hundred=Fraction("0.9"))
    assert sum(line.least(one) for one in PUPILS) == 18
    assert fewest(six(floor=line, hires=2)) is None
    found = fewest(six(floor=line, hires=9))
    assert found is not None
    assert (found.hires, found.teachers) == (3, (6, 4, 3, 2, 2, 1))
    near = Floor(per_hundred=Fraction("0.9"), share=Fraction("0.85"))
    assert sum(near.least(one) for one in PUPILS) == 16
    assert [found.hires for found in [fewest(six(floor=near, hires=9))] if found] == [1]


def test_a_school_keeps_what_it_has_where_nobody_may_leave():
    first, *others = six().schools
    held = Question(
        schools=(School(school="甲", pupils=600, teachers=9, fixed=True), *others),
        limit=Fraction("0.5"),
    )
    assert first.teachers == 9
    found = fewest(held)
    assert found is None or found.teachers[0] == 9


small = st.lists(st.tuples(st.integers(1, 12), st.integers(0, 3)), min_size=1, max_size=4)
limits = st.fractions(0, 2, max_denominator=20)


@given(small, limits, st.integers(0, 2), st.integers(0, 1), st.none() | st.integers(0, 2))
def test_nothing_is_cheaper_than_the_answer(rows, limit, hires, line, most):
    """Every way to place the teachers there are, and those who may be added, is tried."""
    pupils = [one for one, _ in rows]
    before = [one for _, one in rows]
    question = Question(
        schools=tuple(
            School(school=str(at), pupils=p, teachers=t) for at, (p, t) in enumerate(rows)
        ),
        limit=limit,
        floor=Floor(per_hundred=Fraction(line * 8)),
        hires=hires,
        most_moves=most,
    )
    floors = [-(-line * 8 * p // 100) for p in pupils]
    best: int | None = None
    for extra in range(hires + 1):
        total = sum(before) + extra
        for there in product(range(total + 1), repeat=len(rows)):
            if sum(there) != total or total == 0:
                continue
            left = sum(max(0, b - t) for b, t in zip(before, there, strict=True))
            within = all(t >= f for t, f in zip(there, floors, strict=True))
            if within and (most is None or left <= most) and spread(pupils, there) <= limit:
                best = left + extra if best is None else min(best, left + extra)
    found = fewest(question)
    assert (None if found is None else found.cost) == best
    if found is not None:
        assert spread(pupils, found.teachers) <= limit
        assert sum(found.teachers) == sum(before) + found.hires
