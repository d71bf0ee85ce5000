"""The example county's ballots, from their opening to figures: everything in them is invented."""

from __future__ import annotations

from fractions import Fraction

import pytest

from xianxue.bureau.records.trace import TallyRef
from xianxue.desk.ballots.concluding import concluded, voting_of
from xianxue.desk.ballots.example import APPRAISAL, ELECTION, SURVEY, example_ballots
from xianxue.desk.ballots.results import proofs
from xianxue.desk.indicators.river import River
from xianxue.desk.models import Poll
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.stores import clock
from xianxue.desk.workspace import Workspace


@pytest.fixture(scope="module")
def county(four_schools, tmp_path_factory, copy_workspace):
    """Four schools that have held them."""
    folder = tmp_path_factory.mktemp("ballots") / "four"
    copy_workspace(four_schools, folder)
    workspace = Workspace.open(folder)
    example_ballots(workspace, clock.now(), {"parents": 100, "pupils": 50})
    return workspace


@pytest.fixture
def at(county):
    """A ballot by card, period and number."""
    open_ground(county)
    return lambda card, period, number: Poll.objects.get(card=card, period=period, number=number)


def test_two_years_of_an_appraisal_propose_what_was_counted_by_hand(at):
    """Of 77 papers: 乙二 16 and 20 below 称职, 丙三 26 and 24, 丁四 5 and 8, 甲一 none.

    20 % of 77 are 15.4 and 30 % are 23.1: 乙二 is above the first in both years, 丙三 above the
    second in both.
    """
    found = {
        year: {
            one.name[:2]: {each.trigger.trigger: each.proposed for each in one.proposals}
            for one in concluded(at(APPRAISAL, year, 1))
        }
        for year in ("2024", "2025")
    }
    first, second = found["2024"], found["2025"]
    no = {"admonition": False, "removal": False, "adjustment": False}
    assert second["甲一"] == second["丁四"] == no
    assert second["乙二"] == {**no, "admonition": True}
    assert second["丙三"] == {**no, "admonition": True, "removal": True}
    assert first["乙二"] == {**no, "admonition": True}
    assert first["丙三"] == {"admonition": True, "removal": None, "adjustment": False}
    (two,) = [one for one in concluded(at(APPRAISAL, "2025", 1)) if one.subject == "02"]
    removal = next(one for one in two.proposals if one.trigger.trigger == "removal")
    assert [(one.year, one.votes, one.base) for one in removal.years] == [
        (2024, 16, 77), (2025, 20, 77),
    ]  # fmt: skip
    votes = two.appraised.votes
    assert [votes[one] for one in ("excellent", "competent", "basic", "incompetent")] == [
        8, 49, 13, 7,
    ]  # fmt: skip


def test_a_headmaster_is_elected_in_the_second_voting(at):
    """60 entitled, 56 there: three go on, then two; 29 of 56 are no majority of 60, 33 are."""
    steps = [voting_of(at(ELECTION, "2025", number)) for number in (1, 2, 3, 4)]
    nomination, primary, first, second = steps
    assert nomination is not None
    assert nomination.going is not None
    assert nomination.going.on == ("a", "b", "c")
    assert primary is not None
    assert primary.going is not None
    assert primary.going.on == ("a", "b")
    assert first is not None
    assert first.step is not None
    assert (first.votes["a"], first.step.outcome.needed) == (29, 31)
    assert (first.step.outcome.elected, first.step.outcome.again) == ((), ("a", "b"))
    assert second is not None
    assert second.step is not None
    assert (second.held, second.step.outcome.elected, second.step.last) == (2, ("a",), True)


def test_every_sum_holds_and_papers_counted_again_say_the_same(county, at):
    open_ground(county)
    assert {poll.key: proofs(poll) for poll in Poll.objects.all()} == {
        poll.key: [] for poll in Poll.objects.all()
    }


def test_figures_are_counted_from_the_survey_and_end_in_its_counters(county, at):
    """The rate is good answers of all who judged; whoever looks further finds counters only."""
    river = River(county, county.period(None))
    names = ["teaching_satisfied", "teaching_satisfaction", "teaching_answers"]
    figures = {one.indicator: one for one in river.figures_for(names).values()}
    results = at(SURVEY, county.period(None).code, 1).results
    votes = {
        one["option"]: one["count"]
        for one in results["results"]
        if (one["question"], one["group"]) == ("overall", "")
    }
    known = results["counted"]["values"]
    rate = figures["teaching_satisfied"]
    assert rate.value is not None
    exact = Fraction(known["overall_favourable"], known["overall_judged"])
    assert abs(Fraction(rate.value) / 100 - exact) < Fraction(1, 10_000)
    assert figures["teaching_answers"].value == known["valid"] == 600
    traced = river.joined.sources.traces(
        county.register.county.code, SURVEY, "overall_favourable", ""
    )
    assert all(isinstance(one, TallyRef) for one in traced)
    assert sum(int(one.value) for one in traced) == known["overall_favourable"]
    shown = {str(many) for many in votes.values() if many is not None}
    assert {one.value for one in traced} <= shown | {str(known["overall_favourable"])}
