"""Money goes in lots, and what is beside whole lots stays: proved as whole things are."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.plan.balance.balance import balance
from xianxue.bureau.plan.balance.question import Question, School
from xianxue.bureau.plan.balance.spread import spread

HELD = st.lists(
    st.tuples(st.integers(1, 9), st.integers(0, 4), st.integers(0, 9)), min_size=2, max_size=3
)


def asked(held: list[tuple[int, int, int]], limit: Fraction) -> Question:
    schools = [
        School(school=str(at), pupils=pupils, teachers=lots, rest=rest)
        for at, (pupils, lots, rest) in enumerate(held)
    ]
    return Question(schools=tuple(schools), limit=limit, lot=10)


@given(HELD, st.fractions(0, 2, max_denominator=20))
def test_no_fewer_lots_keep_the_limit(held, limit):
    question = asked(held, limit)
    now = [one.teachers for one in question.schools]
    if not sum(now):
        return
    pupils = [one.pupils for one in question.schools]
    moves = [
        sum(max(0, had - has) for had, has in zip(now, then, strict=True))
        for then in product(range(sum(now) + 1), repeat=len(now))
        if sum(then) == sum(now) and spread(pupils, question.amounts(then)) <= limit
    ]
    found = balance(question)
    assert sum(one.count for one in found.moves) == min(moves, default=0)
    assert (found.status == "optimal") is bool(moves)
    if moves:
        assert found.after is not None
        assert found.after <= limit


def test_what_is_beside_whole_lots_counts_and_stays():
    """100 and 0 pupils' worth: 25 and 5 of 10 pupils each have a spread of 2/3; one lot makes 0."""
    question = asked([(10, 2, 5), (10, 0, 5)], Fraction(0))
    found = balance(question)
    assert [(one.start, one.end, one.count) for one in found.moves] == [("0", "1", 1)]
    assert found.before is not None
    assert found.before.square == Fraction(4, 9)
    assert question.amounts(found.teachers) == [15, 15]
