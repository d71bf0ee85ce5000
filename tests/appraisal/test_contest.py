"""竞聘: the published case of two panels (T-G14), minimum marks, ties, rounds."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from xianxue.bureau.appraisal.contest import Candidate, Round, hold
from xianxue.bureau.appraisal.contest_rounds import hold_rounds
from xianxue.bureau.appraisal.panels_alike import coefficients
from xianxue.bureau.kinds.appraisal.contest import Contest, Correction
from xianxue.bureau.kinds.card import card_of
from xianxue.bureau.values.rounding import half_up, shown

OWN = {"document": "xianxue-own", "seen": "own"}


def card(*parts: dict[str, Any], **more: Any) -> Contest:
    found = [{"term": one["part"], "weight": Decimal(100), **one} for one in parts]
    return card_of(
        {"contest": "test", "term": "竞聘", "parts": found, "source": OWN, **more}, Contest
    )


# T-G14: twenty before panel A come to 1522.42, eighteen before panel B to 1494.88. Of the others
# only the sums are published, so each of them is given the same.
A_SUM, B_SUM, FIRST, SECOND = map(Fraction, ("1522.42", "1494.88", "78", "84.6"))
PANELS = {
    "A": [FIRST, *[(A_SUM - FIRST) / 19] * 19],
    "B": [SECOND, *[(B_SUM - SECOND) / 17] * 17],
}
CANDIDATES = [
    Candidate(
        name=f"{panel}{at}", post="教师", marks={"interview": mark}, panels={"interview": panel}
    )
    for panel, marks in PANELS.items()
    for at, mark in enumerate(marks)
]


def interviewed(**correction: Any) -> tuple[Round, str, str]:
    """Hold the round; give the two candidates' corrected marks as they are published."""
    rule = {"of": "all", "decimals": 4, **correction}
    found = hold(card({"part": "interview", "correction": rule}), {"教师": 1}, CANDIDATES)
    totals = {one.name: one.total for one in found.placed}
    return found, shown(totals["A0"], 4), shown(totals["B0"], 4)


def test_t_g14_rounding_the_coefficient_to_two_decimals_chooses_another():
    exact, first, second = interviewed()
    used = exact.coefficients["interview"]
    assert [shown(used[name].mean, 4) for name in "AB"] == ["76.1210", "83.0489"]
    assert [shown(used[name].exact, 6) for name in "AB"] == ["1.043111", "0.956095"]
    assert (first, second) == ("81.3626", "80.8856")
    assert not exact.rounding_decides

    notice, first, second = interviewed(coefficient_decimals=2)
    used = notice.coefficients["interview"]
    assert [str(half_up(used[name].used, 2)) for name in "AB"] == ["1.04", "0.96"]
    assert (first, second) == ("81.1200", "81.2160")
    # Both results are there to be shown: by the notice B is before A, exactly A before B.
    assert notice.rounding_decides
    ranks = {one.name: (one.rank, one.exact_rank) for one in notice.placed}
    assert ranks["A0"][0] > ranks["B0"][0]
    assert ranks["A0"][1] < ranks["B0"][1]


def test_t_g14_by_the_mean_of_means():
    found, first, second = interviewed(of="panels")
    used = found.coefficients["interview"]
    assert [shown(used[name].exact, 6) for name in "AB"] == ["1.045506", "0.958290"]
    assert (first, second) == ("81.5494", "81.0714")


def test_the_highest_and_lowest_are_left_out_of_the_means_alone():
    rule = Correction(of="panels", highest=1, lowest=1)
    marks = {"A": [*map(Fraction, (10, 80, 90, 100))], "B": [*map(Fraction, (0, 70, 80, 100))]}
    found = coefficients(rule, marks)
    assert found is not None
    # A: 85, B: 75, both: 80.
    assert [one.exact for one in found.values()] == [Fraction(80, 85), Fraction(80, 75)]
    assert coefficients(rule, {"A": [Fraction(1), Fraction(2)]}) is None
    assert coefficients(Correction(of="all"), {"A": [Fraction(0)]}) is None


TWO = card(
    {"part": "written", "weight": Decimal(40)},
    {"part": "interview", "weight": Decimal(60), "minimum": Decimal(70)},
    decimals=2,
    ties=["interview"],
)


def candidates(post: str, **marks: tuple[str | None, str | None]) -> list[Candidate]:
    return [
        Candidate(
            name=name,
            post=post,
            marks={
                "written": None if first is None else Fraction(first),
                "interview": None if second is None else Fraction(second),
            },
        )
        for name, (first, second) in marks.items()
    ]


def test_totals_minimum_marks_and_who_was_absent():
    """a 0.4·90 + 0.6·80 = 84, b 0.4·95 + 0.6·69 = 79.4 but below 70, c 82, d has no interview."""
    mine = candidates("P", a=("90", "80"), b=("95", "69"), c=("70", "90"), d=("99", None))
    found = hold(TWO, {"P": 2}, mine)
    told = {one.name: (one.outcome, one.rank) for one in found.placed}
    assert told == {
        "a": ("chosen", 1),
        "c": ("chosen", 2),
        "b": ("minimum", None),
        "d": ("absent", None),
    }
    assert [one.total for one in found.placed[:2]] == [84, 82]
    assert found.left_out == ["b", "d"]
    assert "interview 69 分，低于最低线 70 分" in {one.because for one in found.placed}
    assert found.vacant == {"P": 0}


def test_equal_totals_are_decided_by_the_interview_and_else_left_to_somebody():
    """a and b have 84 each: 0.4·90 + 0.6·80 and 0.4·75 + 0.6·90; c and d are equal in everything."""
    ordered = hold(TWO, {"P": 1}, candidates("P", a=("90", "80"), b=("75", "90")))
    assert [(one.name, one.outcome) for one in ordered.placed] == [("b", "chosen"), ("a", "behind")]
    tied = hold(TWO, {"P": 2}, candidates("P", a=("95", "95"), c=("80", "80"), d=("80", "80")))
    assert [(one.name, one.outcome, one.rank) for one in tied.placed] == [
        ("a", "chosen", 1),
        ("c", "tied", 2),
        ("d", "tied", 2),
    ]
    # Never more than there are places, and a place for which people are tied is not given away.
    assert (tied.chosen, tied.left_out, tied.vacant) == (["a"], [], {"P": 0})


def test_rounds_go_on_with_what_is_left_and_with_nobody_who_is_placed():
    """b is left out of P and gets Q; a, chosen already, R and a third round are refused."""
    two = card({"part": "written"}, rounds=2)

    def one(name: str, post: str, mark: str) -> Candidate:
        return Candidate(name=name, post=post, marks={"written": Fraction(mark)})

    first = [one("a", "P", "90"), one("b", "P", "80"), one("c", "P", "70")]
    second = [one("b", "Q", "80"), one("a", "Q", "99"), one("c", "P", "70"), one("d", "R", "60")]
    held = hold_rounds(two, {"P": 1, "Q": 1}, [first, second, [one("c", "Q", "70")]])
    assert (held.chosen, held.left_out, held.vacant) == (["a", "b"], ["c"], {"P": 0, "Q": 0})
    assert [(each.round, each.name, each.because) for each in held.refused] == [
        (2, "a", "前面的轮次已经聘上，或者并列待定"),
        (2, "c", "岗位“P”这一轮没有空缺"),
        (2, "d", "没有岗位“R”"),
        (3, "c", "办法只有 2 轮"),
    ]
    tied = hold_rounds(two, {"P": 1}, [[one("a", "P", "90"), one("b", "P", "90")]])
    assert (tied.chosen, tied.left_out, tied.tied) == ([], [], ["a", "b"])


def test_those_left_out_apply_for_what_is_left():
    first = hold(
        TWO,
        {"P": 1, "Q": 2},
        [*candidates("P", a=("90", "90"), b=("80", "80")), *candidates("Q", c=("70", "70"))],
    )
    assert (first.chosen, first.left_out, first.vacant) == (["a", "c"], ["b"], {"P": 0, "Q": 1})
    open_ = {post: places for post, places in first.vacant.items() if places}
    again = hold(TWO, open_, candidates("Q", b=("80", "80")))
    assert (again.chosen, again.left_out, again.vacant) == (["b"], [], {"Q": 0})


@pytest.mark.parametrize("places", [1, 2, 3, 5])
def test_never_more_are_chosen_than_there_are_places(places):
    everybody = candidates("P", **{f"t{at}": ("80", "80") for at in range(4)})
    found = hold(TWO, {"P": places}, everybody)
    assert len(found.chosen) <= places
    assert len(found.chosen) == (4 if places >= 4 else 0)
