"""A combination that fails says the cheapest way to pass it, counted by hand."""

from fractions import Fraction

import pytest

from xianxue.bureau.assessment.way import ways as every_way
from xianxue.bureau.records.finding import Verdict

LACKING = {"unit": "person", "noun": "虚构教师"}


@pytest.fixture(scope="module")
def way(by_hand):
    """Judge a school of 100 pupils by criteria with a line of 10 in a hundred each."""

    def way(*have, need=6, reach="0.85", lacking=LACKING, rule="at_least", line="10"):
        names = "abcdefg"[: len(have)]
        cards = by_hand.standard(
            *(by_hand.criterion(name, line, lacking=lacking, rule=rule) for name in names),
            combine=[by_hand.combination(need, list(names), reach)],
        )
        figures = [
            by_hand.nothing(name, "s")
            if many is None
            else by_hand.figure(name, "s", value=(many, 100))
            for name, many in zip(names, have, strict=True)
        ]
        joint = by_hand.judged(cards, figures, [by_hand.school("s")]).findings[-1]
        return joint, [
            (step.criterion, step.lacking.quantity, step.line, step.left_below)
            for step in joint.way
        ]

    return way


def test_of_two_that_fail_the_one_that_saves_most_is_left(way):
    """9 lacks 1 of 10; 5 lacks 5, or 4 up to 8.5. Left at 85 % the second saves more: 1 + 4."""
    joint, steps = way(9, 5, 10, 10, 10, 10, 10)
    assert joint.verdict is Verdict.NOT_MET
    assert steps == [("a", 1, 10, False), ("b", 4, Fraction("8.5"), True)]


def test_one_that_is_near_already_needs_nothing_if_it_is_left(way):
    """9.5 and 9.9 with six to be met: the first saves half, the second a tenth of one."""
    joint, steps = way(Fraction("9.5"), Fraction("9.9"), 10, 10, 10, 10, 10)
    assert joint.verdict is Verdict.NOT_MET
    assert steps == [("b", 1, 10, False)]


def test_one_far_below_need_only_come_near(way):
    joint, steps = way(10, 10, 8, 10, 10, 10, 10)
    assert joint.verdict is Verdict.NOT_MET
    assert steps == [("c", 1, Fraction("8.5"), True)]


def test_of_equal_savings_the_first_of_the_card_is_left(way):
    """Both are far below; either saves 1.5 of 10."""
    _, steps = way(1, 1, 10, 10, 10, 10, 10)
    assert steps == [("a", 8, Fraction("8.5"), True), ("b", 9, 10, False)]


def test_where_all_must_be_met_all_are_raised(way):
    _, steps = way(9, 5, 10, need=3)
    assert steps == [("a", 1, 10, False), ("b", 5, 10, False)]


@pytest.fixture(scope="module")
def ways(by_hand):
    """All ways of the same school: steps, what is spared, the effort in hundredths."""

    def ways(*have, need=6, reach="0.85", lacking=LACKING):
        names = "abcdefg"[: len(have)]
        cards = [by_hand.criterion(name, "10", lacking=lacking) for name in names]
        figures = [
            by_hand.figure(name, "s", value=(many, 100))
            for name, many in zip(names, have, strict=True)
        ]
        standard = by_hand.standard(*cards, combine=[by_hand.combination(need, list(names), reach)])
        findings = by_hand.judged(standard, figures, [by_hand.school("s")]).findings[:-1]
        found = every_way(
            standard.combine[0], findings, {one.criterion: one for one in standard.criteria}
        )
        return [
            (
                [(step.criterion, step.lacking.quantity) for step in one.steps],
                [each.criterion for each in one.spared],
                one.effort * 100,
            )
            for one in found
        ]

    return ways


def test_all_ways_are_given_that_no_other_betters(ways):
    """9 lacks 1, near enough if left; 5 lacks 5, or 4 to 8.5: (1 + 3.5) or 5 tenths of the line."""
    assert ways(9, 5, 10, 10, 10, 10, 10) == [
        ([("a", 1), ("b", 4)], [], 45),
        ([("b", 5)], ["a"], 50),
    ]


def test_of_three_that_fail_two_are_raised(ways):
    """Any of them may be left; each is near, and the dearest to raise is spared first."""
    found = ways(9, Fraction("8.5"), Fraction("9.5"), 10, 10, 10, 10)
    assert found == [
        ([("a", 1), ("c", 1)], ["b"], 15),
        ([("b", 2), ("c", 1)], ["a"], 20),
        ([("a", 1), ("b", 2)], ["c"], 25),
    ]


def test_every_way_passes_and_with_one_less_fails(ways, way):
    have = [9, 5, 2, 10, 10, 10, 10]
    found = ways(*have)
    assert found
    assert found[0][0] == [(name, quantity) for name, quantity, *_ in way(*have)[1]]
    for steps, *_ in found:
        raised = list(have)
        for name, quantity in steps:
            raised["abcdefg".index(name)] += quantity
        assert way(*raised)[0].verdict is Verdict.MET
        for name, _ in steps:
            short = list(raised)
            short["abcdefg".index(name)] -= 1
            assert way(*short)[0].verdict is Verdict.NOT_MET


def test_following_the_way_passes(way):
    """What is lacking is added to each: then the combination holds, and with one less it fails."""
    have = [9, 5, 2, 10, 10, 10, 10]
    _, steps = way(*have)
    raised = list(have)
    for name, quantity, _, _ in steps:
        raised["abcdefg".index(name)] += quantity
    assert way(*raised)[0].verdict is Verdict.MET
    for name, _, _, _ in steps:
        short = list(raised)
        short["abcdefg".index(name)] -= 1
        assert way(*short)[0].verdict is Verdict.NOT_MET


def test_what_passes_or_is_not_known_has_no_way(way):
    assert way(*[10] * 7)[1] == []
    joint, steps = way(5, 5, None, 10, 10, 10, 10)
    assert (joint.verdict, steps) == (Verdict.NOT_MET, [])


def test_what_cannot_be_counted_has_no_way(way):
    assert way(9, 5, 10, 10, 10, 10, 10, lacking=None)[1] == []


def test_an_upper_limit_is_eased_upwards(way):
    """20 are at most 10 lacks 10 too many; 10 ÷ 0.85 is 11.76…, so 9 too many up to there."""
    _, steps = way(20, 12, 1, 1, 1, 1, 1, rule="at_most")
    assert steps == [("a", 9, Fraction(200, 17), True), ("b", 2, 10, False)]
