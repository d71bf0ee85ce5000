"""Who is asked: drawn by a seed that anybody can follow, and replaced by a rule."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from national import national

from xianxue.bureau.ballots.calling import Call, End, called
from xianxue.bureau.ballots.drawing import (
    Drawn,
    Listed,
    draw,
    groups_wanted,
    layers_of,
    mark_of,
    shared,
    shared_by_group,
)
from xianxue.bureau.ballots.response import rates

SCHOOLS = {"甲": 1200, "乙": 850, "丙": 430, "丁": 90, "戊": 30}
FRAME = [Listed(one, "家长", str(at)) for one, many in SCHOOLS.items() for at in range(many)]
TABLES = national().shelf.samples


def test_a_stratum_is_drawn_by_its_digests_and_no_order_of_the_frame():
    """``printf '13/甲/家长/1' | sha256sum`` begins with ebf0740b; 2, 3 and 4 by the same command."""
    few = [Listed("甲", "家长", str(at)) for at in (1, 2, 3, 4)]
    marks = {one.who: mark_of(one, "13")[:8] for one in few}
    assert marks == {"1": "ebf0740b", "2": "e00b5c31", "3": "8f4037fd", "4": "ea51f221"}
    drawn = draw(few, {("甲", "家长"): 1}, "13", spare=Fraction(1))
    assert [(one.listed.who, one.turn, one.spare) for one in drawn] == [
        ("3", 1, False), ("2", 2, True),
    ]  # fmt: skip
    shuffled = random.Random(1).sample(few, 4)  # noqa: S311 - no secret
    assert draw(shuffled, {("甲", "家长"): 1}, "13", spare=Fraction(1)) == drawn
    assert draw(few, {("甲", "家长"): 4}, "13", spare=Fraction(1))[-1].spare is False


def test_schools_get_their_part_of_the_sample():
    """T-H11, from a frame: 139, 98, 50, 10 and 3 of 300."""
    layers = layers_of(FRAME)
    assert list(shared(layers, 300).values()) == [139, 98, 50, 10, 3]
    drawn = draw(FRAME, shared(layers, 300, least=10), "1", spare=Fraction(0))
    assert list(layers_of(one.listed for one in drawn).values()) == [135, 96, 49, 10, 10]
    assert len({one.listed for one in drawn}) == 300


@pytest.mark.parametrize("wrong", [{("甲", "家长"): 1201}, {("己", "家长"): 1}])
def test_nobody_is_drawn_who_is_not_there(wrong):
    with pytest.raises(ValueError, match="no "):
        draw(FRAME, wrong, "1", spare=Fraction(0))
    with pytest.raises(ValueError, match="twice"):
        draw([*FRAME, FRAME[0]], {("甲", "家长"): 1}, "1", spare=Fraction(0))


def test_by_a_table_each_group_is_shared_among_its_schools():
    """T-H9: 246,000 residents ask 15, 15, 60 and 210; 390 of 260,000, half of them parents."""
    groups = groups_wanted(TABLES["preschool_recognition"], 246_000, ())
    assert list(groups.values()) == [15, 15, 60, 210]
    layers = {("甲", "parents"): 200, ("乙", "parents"): 100, ("甲", "teachers"): 60,
              ("局", "deputies"): 15, ("甲", "principals"): 15}  # fmt: skip
    found = shared_by_group(layers, groups)
    assert list(found.values()) == [140, 70, 60, 15, 15]
    half = groups_wanted(TABLES["compulsory_quality_recognition"], 260_000, ("教师", "学生"))
    assert half == {"parents": 195, "学生": 98, "教师": 97}
    assert groups_wanted(TABLES["compulsory_quality_recognition"], 260_000, ()) == {"parents": 390}


def call(turn: int, end: End | None, *, spare: bool = False, school: str = "甲") -> Call:
    return Call(
        drawn=Drawn(listed=Listed(school, "家长", str(turn)), turn=turn, spare=spare), end=end
    )


def test_a_spare_takes_the_place_of_somebody_before():
    """Of three drawn one refused and one was no parent: two spares may be called, in their turn."""
    first = [call(1, End.COMPLETE), call(2, End.REFUSED), call(3, End.NOT_ELIGIBLE)]
    spares = [call(4, End.NO_CONTACT, spare=True), call(5, End.COMPLETE, spare=True),
              call(6, End.COMPLETE, spare=True), call(7, None, spare=True)]  # fmt: skip
    found = called([*reversed(spares), *first])
    assert (found.early, found.waiting, dict(found.lacking)) == ((), 0, {})
    assert rates(found.dispositions)["RR1"] == Fraction(3, 5), "spares stand below the line too"


@pytest.mark.parametrize(
    ("first", "spares", "early"),
    [
        # Everybody answered: nobody's place is free.
        ((End.COMPLETE, End.COMPLETE), (End.COMPLETE,), [3]),
        # One place, two spares.
        ((End.COMPLETE, End.REFUSED), (End.COMPLETE, End.COMPLETE), [4]),
        # The second spare before the first.
        ((End.REFUSED, End.REFUSED), (None, End.COMPLETE), [4]),
        # Of somebody who was not called nothing is known.
        ((End.COMPLETE, None), (End.COMPLETE,), [3]),
    ],
)
def test_a_spare_who_was_called_too_early_is_named(first, spares, early):
    calls = [call(at, end) for at, end in enumerate(first, start=1)]
    calls += [call(at, end, spare=True) for at, end in enumerate(spares, start=len(first) + 1)]
    assert [one.drawn.turn for one in called(calls).early] == early


def test_another_schools_free_place_is_not_ones_own():
    found = called([
        call(1, End.REFUSED), call(1, End.COMPLETE, school="乙"),
        call(2, End.COMPLETE, spare=True, school="乙"),
    ])  # fmt: skip
    assert [one.drawn.listed.school for one in found.early] == ["乙"]
    assert dict(found.lacking) == {("甲", "家长"): 1}
