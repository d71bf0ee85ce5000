"""Small groups: by hand, and the law that no sum of what is shown gives back what is not."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xianxue.bureau.values.suppression.simplex import largest
from xianxue.bureau.values.suppression.suppress import TOO_FEW, suppressed


def crossed(sizes):
    """Give all groups of parts named (school, class, track): each level, in each track and in all."""
    groups = {}
    for depth in range(3):
        for part in sizes:
            for track in ("", part[2]):
                key = (*part[:depth], *[""] * (2 - depth), track)
                groups[key] = frozenset(
                    one for one in sizes if one[:depth] == part[:depth] and track in ("", one[2])
                )
    return groups


def solution(rows, totals):
    """Give the one solution of a linear system; None where there is none, or more than one."""
    lines = [
        [*map(Fraction, row), Fraction(total)] for row, total in zip(rows, totals, strict=True)
    ]
    for at in range(len(rows[0])):
        pivot = next((line for line in lines[at:] if line[at]), None)
        if pivot is None:
            return None
        lines.remove(pivot)
        pivot = [one / pivot[at] for one in pivot]
        lines = [[a - line[at] * b for a, b in zip(line, pivot, strict=True)] for line in lines]
        lines.insert(at, pivot)
    width = len(rows[0])
    return None if any(line[-1] for line in lines[width:]) else [line[-1] for line in lines[:width]]


def ends(rows, totals, group):
    """Give the smallest and the largest number of a group: at corners, so all corners are tried."""
    if not all(any(row[at] for row in rows) for at, inside in enumerate(group) if inside):
        return 0, math.inf
    found = []
    for taken in itertools.product((False, True), repeat=len(group)):
        at = [one for one, yes in enumerate(taken) if yes]
        part = solution([[row[one] for one in at] for row in rows], totals) if at else None
        if part is not None and min(part) >= 0:
            found.append(sum(group[one] * value for one, value in zip(at, part, strict=True)))
    return min(found), max(found)


SIZES = st.dictionaries(
    st.tuples(st.sampled_from("AB"), st.sampled_from("12"), st.sampled_from("理艺")),
    st.integers(0, 7),
    min_size=1,
    max_size=6,
)


@settings(deadline=None)
@given(SIZES, st.integers(2, 5))
def test_nothing_hidden_can_be_recovered(sizes, smallest):
    """The law: between the ends that what is shown allows there is room for as many as are few."""
    groups = crossed(sizes)
    found = suppressed(sizes, groups, smallest)
    parts = sorted(sizes)
    shown = sorted({tuple(sorted(groups[one])) for one in groups if one not in found.hidden})
    rows = [[int(part in row) for part in parts] for row in shown]
    totals = [sum(sizes[part] for part in row) for row in shown]
    assert not found.open
    for key in groups:
        total = sum(sizes[part] for part in groups[key])
        if key not in found.hidden:
            assert total == 0 or total >= smallest
        elif rows and sum(totals):
            low, high = ends(rows, totals, [int(part in groups[key]) for part in parts])
            assert low <= total <= high
            assert high - low >= smallest


@settings(deadline=None, max_examples=25)
@given(SIZES, st.integers(2, 4), st.randoms())
def test_the_order_of_rows_changes_nothing(sizes, smallest, chance):
    shuffled = list(sizes.items())
    chance.shuffle(shuffled)
    again = suppressed(dict(shuffled), crossed(dict(shuffled)), smallest)
    assert again == suppressed(sizes, crossed(sizes), smallest)


def nested(**classes):
    """One county of schools, of classes: groups by name."""
    sizes = classes
    groups = {name: frozenset([name]) for name in sizes}
    for school in {name[0] for name in sizes}:
        groups[f"school {school}"] = frozenset(name for name in sizes if name[0] == school)
    return sizes, groups | {"county": frozenset(sizes)}


def test_large_groups_are_all_shown():
    sizes, groups = nested(a1=50, a2=48, b1=5)
    assert not suppressed(sizes, groups, 5).hidden


def test_the_total_minus_the_rest():
    """a2 has 3: the school's 96 minus a1 and a3 would say so; the smaller of the two goes with it."""
    sizes, groups = nested(a1=50, a2=3, a3=43, b1=40)
    assert suppressed(sizes, groups, 5).hidden == {"a2", "a3"}


def test_two_small_ones_may_hide_each_other_only_if_enough():
    """1 and 2 are 3 together, and 3 is as few: a third goes with them. 4 and 3 are 7."""
    sizes, groups = nested(a1=1, a2=2, a3=44, b1=40)
    assert suppressed(sizes, groups, 5).hidden == {"a1", "a2", "a3"}
    sizes, groups = nested(a1=4, a2=3, a3=44, b1=40)
    assert suppressed(sizes, groups, 5).hidden == {"a1", "a2"}


def test_a_small_school_is_hidden_through_all_levels():
    """School b is its one class of 2; the county minus school a would give it."""
    sizes, groups = nested(a1=30, a2=40, b1=2, c1=20)
    assert suppressed(sizes, groups, 5).hidden == {"b1", "school b", "c1", "school c"}


def test_two_tracks_take_a_square():
    """Hidden with 3 arts pupils of a: another school's, and in both schools the other track."""
    sizes = {("a", "", "艺"): 3, ("a", "", "理"): 90, ("b", "", "艺"): 8, ("b", "", "理"): 70}
    sizes |= {("c", "", "艺"): 20, ("c", "", "理"): 200}
    hidden = suppressed(sizes, crossed(sizes), 5).hidden
    assert {(school, track) for school, _, track in hidden} == {
        ("a", "艺"), ("a", "理"), ("b", "艺"), ("b", "理"),
    }  # fmt: skip


def test_nobody_is_shown_as_nobody():
    sizes, groups = nested(a1=0, a2=40, b1=40)
    assert not suppressed(sizes, groups, 5).hidden


def test_between_two_releases():
    """After the release with 45, one more is found: with 46 the sums would give her mark."""
    sizes = {"both": 45, "added": 1, "other school": 300}
    groups = {
        "first": frozenset(["both"]),
        "second": frozenset(["both", "added"]),
        "between": frozenset(["added"]),
    }
    found = suppressed(sizes, groups, 5, always=["first"])
    assert found.hidden == {"second", "between"}
    assert not found.open
    shown = suppressed(sizes, groups, 5, always=["first", "second"])
    assert shown.open == {"between"}


def test_between_two_lines():
    """61 reach the upper line and 63 the lower: the results of the two between are theirs alone."""
    sizes = {"upper": 61, "between": 2, "below": 100}
    groups = {
        "upper": frozenset(["upper"]),
        "lower": frozenset(["upper", "between"]),
        "between": frozenset(["between"]),
        "all": frozenset(sizes),
    }
    assert suppressed(sizes, groups, 5).hidden == {"between", "upper"}


def test_a_small_county_is_all_hidden():
    sizes, groups = nested(a1=2, b1=1)
    assert suppressed(sizes, groups, 5).hidden == set(groups)
    found = suppressed(sizes, groups, 5, always=["county"])
    assert found.open == set(groups)


def test_the_mark_is_words():
    """«<5» is read as 5 by whoever copies it into a sum."""
    assert not any(sign.isdigit() or sign in "<＜*" for sign in TOO_FEW)


@pytest.mark.parametrize("bound", range(1, 6))
def test_largest_agrees_with_trying(bound):
    """x + y + z = bound, x − y = 1: the largest z and x by trying all whole numbers."""
    tries = [
        one for one in itertools.product(range(bound + 1), repeat=3)
        if sum(one) == bound and one[0] - one[1] == 1
    ]  # fmt: skip
    rows, totals = [[1, 1, 1], [1, -1, 0]], [bound, 1]
    assert largest(rows, totals, [0, 0, 1]) == max(one[2] for one in tries)
    best = largest(rows, totals, [1, 0, 0])
    assert best is not None
    assert best >= max(one[0] for one in tries)


def test_without_bound():
    assert largest([[1, -1]], [0], [1, 0]) is None
