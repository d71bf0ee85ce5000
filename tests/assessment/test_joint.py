"""So many criteria met, the rest not far below; and nothing claimed that is not known."""

from itertools import product

import pytest

from xianxue.bureau.records.finding import Verdict

SEVEN = ["a", "b", "c", "d", "e", "f", "g"]
VALUES = {"met": "4.2", "near": "4", "far": "3", "unknown": None}
"""Against 4.2: 85 % of it is 3.57."""


@pytest.fixture(scope="module")
def join(by_hand):
    """Judge a primary school by criteria that were met, near, far or unknown."""

    def join(states, need, reach="0.85", values=VALUES, names=SEVEN):
        of = names[: len(states)]
        cards = by_hand.standard(
            *(by_hand.criterion(name, "4.2") for name in of),
            combine=[by_hand.combination(need, of, reach)],
        )
        figures = [
            by_hand.figure(name, "s", value=values[state])
            if values[state] is not None
            else by_hand.nothing(name, "s")
            for name, state in zip(of, states, strict=True)
        ]
        found = by_hand.judged(cards, figures, [by_hand.school("s")])
        assert [finding.criterion for finding in found.findings] == [*of, "joint"]
        assert found.verdict is found.findings[-1].verdict
        return found.findings[-1]

    return join


def test_six_met_and_one_near(join):
    found = join(["met", "near", *["met"] * 5], 6)
    assert (found.verdict, found.shown) == (Verdict.MET, "6/7")
    assert found.rests_on == ("b",)
    assert (found.rule, found.figure, found.threshold) == ("combination", None, None)
    assert found.lacking is None


def test_two_failing_decide_although_a_third_is_missing(join):
    found = join(["near", "met", "unknown", "met", "near", "met", "met"], 6)
    assert found.verdict is Verdict.NOT_MET
    assert found.rests_on == ("a", "c", "e")
    assert found.missing == ()


def test_one_far_below_decides_although_others_are_missing(join):
    assert join(["far", *["unknown"] * 6], 6).verdict is Verdict.NOT_MET


def test_six_met_and_the_seventh_missing_is_undetermined(join):
    """It may be met, or near, or too far below."""
    found = join([*["met"] * 6, "unknown"], 6)
    assert (found.verdict, found.shown) == (Verdict.UNDETERMINED, "未定")
    assert (found.missing, found.rests_on) == (("s",), ("g",))


@pytest.mark.parametrize(
    ("value", "verdict", "shown"),
    [
        ("3.57", Verdict.MET, "3.57"),  # exactly 85 % of 4.2
        ("3.569", Verdict.NOT_MET, "3.569"),  # not 3.57, which would be enough
        ("3.5701", Verdict.MET, "3.57"),
    ],
)
def test_both_sides_of_the_85_per_cent_line(by_hand, join, value, verdict, shown):
    values = {**VALUES, "near": value}
    assert join([*["met"] * 6, "near"], 6, values=values).verdict is verdict
    cards = by_hand.standard(by_hand.criterion("a", "4.2"), combine=[by_hand.combination(0, ["a"])])
    figures = [by_hand.figure("a", "s", value=value)]
    found = by_hand.judged(cards, figures, [by_hand.school("s")])
    assert found.findings[0].shown == shown


def outcome(states, need):
    """The rule as it is written, where everything is known."""
    met = states.count("met")
    return Verdict.MET if met >= need and "far" not in states else Verdict.NOT_MET


@pytest.mark.parametrize("need", [0, 1, 2, 3])
def test_the_verdict_is_what_every_completion_agrees_on(join, need):
    """All 64 cases of three criteria: decided if and only if the unknown cannot matter."""
    for states in product(VALUES, repeat=3):
        open_states = [["met", "near", "far"] if s == "unknown" else [s] for s in states]
        outcomes = {outcome(full, need) for full in product(*open_states)}
        expected = outcomes.pop() if len(outcomes) == 1 else Verdict.UNDETERMINED
        assert join(states, need).verdict is expected, states


@pytest.mark.parametrize("need", [0, 1, 2, 3])
def test_where_the_rest_need_reach_nothing_the_unknown_may_not_matter(join, need):
    known = {state: value for state, value in VALUES.items() if state != "far"}
    for states in product(known, repeat=3):
        open_states = [["met", "near"] if s == "unknown" else [s] for s in states]
        outcomes = {outcome(full, need) for full in product(*open_states)}
        expected = outcomes.pop() if len(outcomes) == 1 else Verdict.UNDETERMINED
        assert join(states, need, reach="0").verdict is expected, states


def test_an_upper_limit_among_them_is_raised(by_hand):
    """A share of 0.8 of the way to at most 4 is at most 5."""
    cards = by_hand.standard(
        by_hand.criterion("a", "4", rule="at_most"),
        combine=[by_hand.combination(0, ["a"], "0.8")],
    )
    for value, verdict in [("5", Verdict.MET), ("5.01", Verdict.NOT_MET)]:
        figures = [by_hand.figure("a", "s", value=value)]
        assert by_hand.judged(cards, figures, [by_hand.school("s")]).verdict is verdict


def test_a_criterion_that_does_not_apply_cannot_fail(by_hand):
    cards = by_hand.standard(
        by_hand.criterion("a", "4.2"),
        by_hand.criterion("b", "4.2", where={"school_type": "312"}),
        combine=[by_hand.combination(2, ["a", "b"])],
    )
    figures = [by_hand.figure("a", "s", value="5")]
    found = by_hand.judged(cards, figures, [by_hand.school("s")])
    assert found.verdict is Verdict.MET
    assert found.findings[-1].shown == "1/1"


def test_the_whole_rests_on_joint_findings_and_on_what_none_of_them_names(by_hand):
    """``a`` fails and is let pass; ``alone`` is named by no combination and counts by itself."""
    cards = by_hand.standard(
        by_hand.criterion("a", "4.2"),
        by_hand.criterion("b", "4.2"),
        by_hand.criterion("alone", "4.2"),
        combine=[by_hand.combination(1, ["a", "b"])],
    )
    figures = [by_hand.figure("a", "s", value="4"), by_hand.figure("b", "s", value="5")]
    for value, verdict in [("4.2", Verdict.MET), ("4.1", Verdict.NOT_MET)]:
        alone = by_hand.figure("alone", "s", value=value)
        found = by_hand.judged(cards, [*figures, alone], [by_hand.school("s")])
        assert found.verdict is verdict


def test_each_stage_is_joined_by_itself(by_hand):
    cards = by_hand.standard(by_hand.criterion("a", "4.2"), combine=[by_hand.combination(1, ["a"])])
    both = by_hand.school("s", "primary", "lower_secondary", school_type="312")
    figures = [
        by_hand.figure("a", "s", "primary", "5"),
        by_hand.figure("a", "s", "lower_secondary", "4"),
    ]
    found = by_hand.judged(cards, figures, [both])
    joint = {f.stage.value: f.verdict for f in found.findings if f.criterion == "joint"}
    assert joint == {"primary": Verdict.MET, "lower_secondary": Verdict.NOT_MET}
    assert found.verdict is Verdict.NOT_MET


def test_spreads_are_judged_one_by_one_never_averaged(by_hand):
    """0.10 and 0.60 are 0.35 on average, and 0.60 is still too much."""
    limits = [by_hand.criterion(name, "0.50", per="county_stage", rule="at_most") for name in "ab"]
    cards = by_hand.standard(spread=limits)
    ones = [by_hand.indicator(name, "coefficient", stages=["primary"]) for name in "ab"]
    figures = [
        by_hand.figure(name, by_hand.COUNTY, value=value)
        for name, value in zip("ab", ["0.10", "0.60"], strict=True)
    ]
    found = by_hand.judged(cards, figures, [by_hand.county()], *ones)
    assert [f.verdict for f in found.spread] == [Verdict.MET, Verdict.NOT_MET]
    assert found.verdict is Verdict.NOT_MET
