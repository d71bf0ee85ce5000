"""Which groups of an examination are shown to nobody, counted by hand."""

from __future__ import annotations

from xianxue.bureau.exams.groups import Group, Part, groups_of, not_shown


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
