"""Samplings scored by hand, and schools ranked by intervals."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.exams.norms import NoNormError, scored
from xianxue.bureau.exams.ranking import interval, ranked
from xianxue.bureau.exams.shares import WITH_TOTAL
from xianxue.bureau.exams.statistics import Share
from xianxue.bureau.kinds.card import Cited
from xianxue.bureau.kinds.exams.sampling import (
    Item,
    Norms,
    NormTable,
    Scoring,
    Weighed,
    Worth,
)
from xianxue.bureau.values.sentence import Phrase

OWN = Cited(document="own", seen="own")  # pyright: ignore[reportArgumentType]
RUN, JUMP = "run_50", "standing_jump"
SCORING = Scoring(
    scoring="test",
    term=Phrase("试"),
    exam="fitness_sampling",
    items=[
        Item(item=RUN, least=Decimal(5), most=Decimal(30), timed=True),
        Item(item=JUMP, least=Decimal(30), most=Decimal(400)),
    ],
    weights=[Weighed(of=[7], weights={RUN: 35, JUMP: 65})],
    source=OWN,
)
NORMS = Norms(
    norms="test",
    term=Phrase("试"),
    scoring="test",
    tables=[
        NormTable(
            item=RUN,
            of=[7],
            worth=[
                Worth(points=100, at_most=Decimal("8.0")),
                Worth(points=78, at_most=Decimal("9.0")),
            ],
        ),
        NormTable(item=JUMP, of=[7], sex="male", worth=[Worth(points=85, at_least=Decimal(200))]),
        NormTable(item=JUMP, of=[7], extra=True, worth=[Worth(points=3, at_least=Decimal(250))]),
    ],
    source=OWN,
)


@pytest.mark.parametrize(
    ("run", "jump", "score"),
    [
        # 78 · 0.35 = 27.3 and 85 · 0.65 = 55.25; the bound itself belongs to the better line.
        ("9.0", "200", "82.55"),
        ("8.0", "200", "90.25"),
        # Slower than every line is 0, which is a result: 85 · 0.65 alone.
        ("9.1", "200", "55.25"),
        # 250 and more is worth 3 on top, not weighed.
        ("8.0", "250", "93.25"),
    ],
)
def test_by_hand(run, jump, score):
    made = scored(SCORING, NORMS, 7, "male", {RUN: Decimal(run), JUMP: Decimal(jump)})
    assert made.score == Fraction(score)


def test_who_lacks_a_result_has_no_score_and_no_norm_is_not_zero():
    with pytest.raises(KeyError):
        scored(SCORING, NORMS, 7, "male", {RUN: Decimal(8)})
    with pytest.raises(NoNormError):
        scored(SCORING, NORMS, 7, "female", {RUN: Decimal(8), JUMP: Decimal(200)})


def share(part, base):
    return Share(part, base, WITH_TOTAL)


def test_places_that_intervals_leave_open():
    """30 of 30 is surely above 10 of 30 (0.8865 > 0.5121); of 29 of 30 it cannot be told."""
    found = {one.group: one for one in ranked({"a": share(30, 30), "b": share(29, 30),
                                               "c": share(10, 30), "d": share(0, 0)})}  # fmt: skip
    assert [(one.place, one.best, one.worst) for one in found.values()] == [
        (1, 1, 2), (2, 1, 2), (3, 3, 3), (None, None, None),
    ]  # fmt: skip
    reach = found["a"].within
    assert reach is not None
    assert (round(reach.low, 4), reach.high) == (Decimal("0.8865"), 1)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_share_and_mirrors(pair):
    part, base = pair
    mine, other = interval(part, base), interval(base - part, base)
    assert mine is not None
    assert other is not None
    assert mine.low <= Fraction(part, base) <= mine.high
    assert abs(mine.low - (1 - other.high)) < Decimal("1e-20")
