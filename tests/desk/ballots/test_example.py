"""The example county's ballots, from their opening to figures: everything in them is invented."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from django.db import connection

from xianxue.bureau.records.trace import TallyRef
from xianxue.desk.actions.ballots.opened import opened
from xianxue.desk.ballots.blank_forms import ballot_paper, tally_sheet
from xianxue.desk.ballots.concluding import concluded, voting_of
from xianxue.desk.ballots.conclusions import conclusions
from xianxue.desk.ballots.estimates import surveyed
from xianxue.desk.ballots.example import (
    APPRAISAL,
    ELECTION,
    STAFF,
    SURVEY,
    drawn,
    example_ballots,
)
from xianxue.desk.ballots.minutes import minutes
from xianxue.desk.ballots.ranking import rankings
from xianxue.desk.ballots.results import cells_of, proofs
from xianxue.desk.ballots.scores import scores
from xianxue.desk.cli.ballots.estimating import weights_of
from xianxue.desk.indicators.river import River
from xianxue.desk.models import Poll, Slip
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.stores import clock
from xianxue.desk.workspace import MisusedError, Workspace

LEVELS = ("very", "fairly", "middling", "dissatisfied", "very_dissatisfied")


@pytest.fixture(scope="module")
def county(four_schools, tmp_path_factory, copy_workspace):
    """Four schools that have held them."""
    folder = tmp_path_factory.mktemp("ballots") / "four"
    copy_workspace(four_schools, folder)
    workspace = Workspace.open(folder)
    example_ballots(workspace, clock.now(), {"parents": 100, "pupils": 50}, drawn)
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


def test_nobody_is_proposed_by_too_few(at, monkeypatch):
    """Two thirds of 77 are 52: with 51 there nothing follows, and 2024 is no year of a history."""
    poll = at(APPRAISAL, "2024", 1)
    poll.setup["present"] = {"staff": 51}
    poll.save()
    try:
        assert [str(one) for one in conclusions(poll)] == ["到会人数不够，本次投票无效。"]
        later = {one.name[:2]: one for one in concluded(at(APPRAISAL, "2025", 1))}
        removal = next(one for one in later["丙三"].proposals if one.trigger.years == 2)
        assert (removal.proposed, removal.missing) == (None, (2024,))
        poll.setup["present"] = {"staff": 52}
        assert len(conclusions(poll)) > 1
    finally:
        poll.setup["present"] = dict(STAFF)
        poll.save()


def test_a_weighted_score_is_told_only_beside_numbers_that_are(at, monkeypatch):
    """丙三 in 2025, by 5, 12 and 60 papers weighing 30, 30 and 40: by hand 73.5333.

    Of five leaders who all said one thing no number is shown, and then no score is either.
    """
    poll = at(APPRAISAL, "2025", 1)
    assert scores(poll) == []
    for line in poll.results["results"]:
        line["hidden"] = False
    (table,) = scores(poll)
    # 30 % of 80, 30 % of 70, 40 % of (42·80 + 10·60 + 8·40) ÷ 60 = 71.3333.
    assert dict(table.rows)["丙三（虚构）"] == ("73.53", "73.00")


def test_a_school_is_called_first_only_where_its_interval_is_above_all(county, at):
    """Of some of the four schools nothing is shown; shown, their intervals decide."""
    poll = at(SURVEY, county.period(None).code, 1)
    found = rankings(poll, county.register)[0]
    assert (found.first, found.untold > 0) == ("", True)
    schools = sorted({one["group"] for one in poll.results["results"] if "@" in one["group"]})
    good = dict(zip(schools, (140, 90, 80, 70), strict=True))
    for line in poll.results["results"]:
        if line["group"] in good:
            so = good[line["group"]]
            line["count"] = {"=favourable": so, "=others": 150 - so}.get(line["option"], 0)
    found = rankings(poll, county.register)[0]
    assert [one.favourable for one in found.standings] == [140, 90, 80, 70]
    assert found.first == county.register.places[schools[0][1:]].name
    assert str(found.verdict).endswith("区间在其他各家之上。")
    for line in poll.results["results"]:
        if line["group"] == schools[1] and line["option"] in {"=favourable", "=others"}:
            line["count"] = {"=favourable": 135, "=others": 15}[line["option"]]
    found = rankings(poll, county.register)[0]
    assert (found.first, str(found.verdict)) == ("", "最前面几家的区间有重叠，不能说谁第一。")


def test_a_survey_of_which_too_few_came_back_is_good_for_nothing(box):
    """At least 70 % of what was issued: 7 of 10 are, 6 are not."""
    for valid, word in ((7, "达到要求的 70%"), (6, "没有达到要求的 70%，结果不作数")):
        poll = box.open(box.card("preschool_satisfaction", by_place=False))
        urn = box.urn(poll)
        for code in box.issue(poll, parents=10)["parents"][:valid]:
            urn.put(box.slip(code), {"": {"overall": "very"}}, box.at)
        (said,) = conclusions(box.count(box.close(poll)))
        assert str(said) == f"有效回收率 {valid * 10}.0%，{word}。"


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


def test_the_minutes_say_the_numbers_that_they_add_up_and_what_follows(county, at):
    """Counted by hand: 77 papers of the appraisal, 54 of 56 for somebody in the second voting."""
    day = date(2026, 6, 1)
    text = minutes(at(APPRAISAL, "2025", 1), "虚构县", day).outline()
    for line in (
        "77 | 77 | 77 | 77 | 77 | 0 | 0",
        "收回77张，有效77张加无效0张为77张，相符；收回不多于发出，相符，未收回0张。",
        "逐项核对，每项各档票数加未选、作废等于被问到的有效票数，相符。",
        "按保存的不记名票重新计一遍，结果一致。",
        "甲一（虚构）：没有达到提出建议的线。",
        "乙二（虚构）：达到有效票的20%，建议：诫勉谈话。",
        (
            "丙三（虚构）：达到有效票的20%，建议：诫勉谈话（24票，占77的31.17%）；连续2年达到有效票的30%，"
            "建议：免去现职（2025年24票，占77的31.17%）。"
        ),
        "得票只用来提出建议，是否采用由组织研究决定。",
    ):
        assert line in text.splitlines(), text
    text = minutes(at(ELECTION, "2025", 4), "虚构县", day).outline()
    assert "60 | 56 | 56 | 56 | 56 | 0 | 2" in text
    assert "第2次投票，当选需要31票。\n当选：戊五（虚构）。" in text
    text = minutes(at(ELECTION, "2025", 3), "虚构县", day).outline()
    assert "没有选满，下列人选再投一次：戊五（虚构）、己六（虚构）。" in text
    text = minutes(at(ELECTION, "2025", 1), "虚构县", day).outline()
    assert "进入下一步的人选：戊五（虚构）、己六（虚构）、庚七（虚构）。" in text


def test_minutes_do_not_say_that_sums_hold_where_they_do_not(county, at):
    poll = at(APPRAISAL, "2024", 1)
    change = "UPDATE desk_tally SET many = many + %s WHERE poll_id = %s AND subject = '02'"
    change += " AND option = 'basic' AND \"group\" = 'staff'"
    with connection.cursor() as cursor:
        cursor.execute(change, [1, poll.pk])
        text = minutes(poll, "虚构县", date(2026, 6, 1)).outline()
        cursor.execute(change, [-1, poll.pk])
    assert "不符：乙二（虚构）" in text
    assert "有1处不一致" in text


def test_paper_has_what_a_phone_is_asked(county, at):
    """The ballot paper and the tally sheet name everybody, and every answer there is."""
    day = date(2026, 6, 1)
    held = opened(at(APPRAISAL, "2025", 1))
    text = ballot_paper(held, "staff", "虚构县", day).outline()
    assert " | 优秀 | 称职 | 基本称职 | 不称职 | 弃权" in text
    assert [name for name in held.setup.subjects.values() if f"{name} | " not in text] == []
    assert "丁四（虚构） |  |  |  |  |  |  |  | " in tally_sheet(held, "虚构县", day).outline()
    nomination = ballot_paper(opened(at(ELECTION, "2025", 1)), "staff", "虚构县", day).outline()
    assert "另选他人：" in nomination
    asked = ballot_paper(
        opened(at(SURVEY, county.period(None).code, 1)), "parents", "虚构县", day
    ).outline()
    assert "□满意　□比较满意　□一般　□不满意　□很不满意　□说不清" in asked
    assert "师德师风 | " in asked


def test_shares_are_weighted_by_how_many_there_are(county, at, monkeypatch):
    """Four schools of 100, 200, 300 and 400 pupils: each counts by its size, with its margin.

    Of some of the four nothing is told: their sums weighted and not would tell it, so neither is
    the estimate, unless that is switched off here.
    """
    poll = at(SURVEY, county.period(None).code, 1)
    schools = sorted(set(Slip.objects.filter(poll=poll).values_list("place", flat=True)))
    weights = {school: 100 * number for number, school in enumerate(schools, start=1)}
    assert surveyed(poll, weights).asked[0].lines[1].estimate is None
    monkeypatch.setattr("xianxue.desk.ballots.estimates._LEAST", 0)
    found = surveyed(poll, weights)
    assert found.returned == 1
    overall = found.asked[0].lines[1]
    assert overall.group == "parents"
    assert overall.estimate is not None
    cells = cells_of(poll)

    def share(school: str) -> Fraction:
        said = {
            one.item: many
            for one, many in cells.items()
            if (one.question, one.group, one.place) == ("overall", "parents", school)
        }
        judged = sum(said.get(one, 0) for one in LEVELS)
        return Fraction(said.get("very", 0) + said.get("fairly", 0), judged)

    exact = sum(number * share(school) for number, school in enumerate(schools, start=1)) / 10
    assert overall.estimate.share == exact
    assert overall.estimate.margin is not None
    same = surveyed(poll, weights, poll).asked[0].lines[1].since
    assert same is not None
    assert (same.change, same.sure) == (0, False)
    with pytest.raises(MisusedError, match="没有报学生数"):
        surveyed(poll, {})
    reported = weights_of(county, poll.period)
    assert set(schools) <= set(reported)
    assert min(reported[school] for school in schools) > 0
