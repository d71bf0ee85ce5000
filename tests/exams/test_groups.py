"""Which groups of an examination are shown to nobody, counted by hand."""

from __future__ import annotations

from xianxue.bureau.exams.groups import Group, Part, alike_in, groups_of, not_shown


def test_groups_of_an_examination():
    """A class of 3 in school A: its neighbour goes with it; the union of A and B stays as it was."""
    pupils = {Part("A", "1"): 40, Part("A", "2"): 3, Part("A", "3"): 41}
    pupils |= {Part("B", "1"): 50, Part("C", "1"): 60}
    found = not_shown(pupils, 5, unions={"U": ["A", "B"]})
    assert found.hidden == {Group("class", "A", "2"), Group("class", "A", "1")}
    assert Group("union", "U") in groups_of(pupils, {"U": ["A", "B"]})


def test_a_union_that_leaves_a_school():
    """The county minus the union is one school of 4: there the union is not shown either."""
    pupils = {Part("A"): 40, Part("B"): 50, Part("C"): 4}
    found = not_shown(pupils, 5, unions={"U": ["A", "B"]})
    assert {Group("school", "C"), Group("union", "U")} <= found.hidden
    assert Group("county") not in found.hidden


def test_a_group_of_all_alike_is_hidden_and_so_is_what_would_give_it_back():
    """All 40 of class 2 have 90: its mean is the mark of each, and school minus class 1 tells it."""
    pupils = {Part("A", "1"): 30, Part("A", "2"): 40, Part("A", "3"): 50, Part("B", "1"): 60}
    ends = {Part("A", "1"): (10, 99), Part("A", "2"): (90, 90), Part("A", "3"): (0, 100)}
    ends |= {Part("B", "1"): (5, 80)}
    alike = alike_in(ends)
    assert alike == {Group("class", "A", "2")}
    found = not_shown(pupils, 5, alike=alike)
    assert found.hidden == {Group("class", "A", "2"), Group("class", "A", "1")}
    assert not not_shown(pupils, 5).hidden


def test_a_county_of_all_alike_is_told_in_words_elsewhere():
    alike = alike_in({Part("A"): (90, 90), Part("B"): (90, 90)})
    assert alike == {Group("school", "A"), Group("school", "B")}
    # One school that is the whole county is told with it.
    assert not alike_in({Part("A", track="arts"): (90, 90), Part("A", track="science"): (90, 90)})
