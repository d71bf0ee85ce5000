"""What every source of the example county gives, the points of it, and how a point is explained."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from xianxue.desk.cli import cli


def place_of(scored: Any, code: str) -> Any:
    return next(one for one in scored["places"] if one["place"] == code)


def items_of(place: Any) -> dict[str, Any]:
    return {one["item"]: one for one in place["items"]}


@pytest.fixture(scope="module")
def scored(run: Any) -> Any:
    return run("score", "every_source", "--json")


@pytest.fixture(scope="module")
def school(scored: Any) -> str:
    """A school that has drilled, and of which figures and verdicts say something."""
    sources = ("size", "balanced", "drilled")
    return next(
        one["place"]
        for one in scored["places"]
        if all(items_of(one)[name]["points"] is not None for name in sources)
        and items_of(one)["drilled"]["points"] != "0"
    )


def test_rubrics_are_listed_with_what_they_judge(run: Any):
    listed = {one["rubric"]: one for one in run("list", "--json")}
    assert set(next(iter(listed.values()))) == {"rubric", "term", "items", "places", "state"}
    assert listed["every_source"]["items"] == 5
    assert listed["every_source"]["state"] == "self_appraisal"
    # All of the county's schools but those that the rubric is not for.
    assert 0 < listed["every_source"]["places"] < listed["safe_campus"]["places"]
    assert "各种来源" in run("list")


def test_a_rubric_of_another_kind_of_period_is_found_for_the_one_that_is_meant(run: Any):
    assert run("score", "every_source", "--json")["period"] == "2025-2026"
    assert run("score", "safe_campus", "--json", "--period", "2026")["period"] == "2026"


def test_points_of_a_figure_are_those_of_the_indicator(scored: Any, school: str, county: Path):
    asked = ["indicators", "show", "pupils_all", "--place", school, "--json"]
    done = CliRunner().invoke(cli, [*asked, "--workspace", str(county)])
    figure = json.loads(done.stdout)
    got = items_of(place_of(scored, school))["size"]
    expected = min(Fraction(figure["value"]), 1000) * 20 / 1000
    assert Fraction(got["points"]) == expected
    assert got["source"] == "figure"


def test_points_of_a_count_are_the_entries_that_explain_prints(run: Any, scored: Any, school: str):
    explained = run("explain", "every_source", "--place", school, "--item", "drilled", "--json")
    (reading,) = explained["readings"]
    entries = [one for one in reading["traces"] if one["kind"] == "entry"]
    assert len(entries) == int(reading["value"]) > 0
    assert Fraction(explained["points"]) == min(5 * len(entries), 20)
    assert explained["points"] == items_of(place_of(scored, school))["drilled"]["points"]
    assert "应急演练台账" in run("explain", "every_source", "--place", school, "--item", "drilled")


def test_a_figure_is_explained_down_to_the_cells_of_the_schools_workbook(run: Any, school: str):
    told = run("explain", "every_source", "--place", school, "--item", "规模")
    assert ".xlsx〔" in told
    explained = run("explain", "every_source", "--place", school, "--item", "1", "--json")
    assert explained["item"] == "size"
    assert explained["explained"][0]["because"]


def test_points_of_a_finding_follow_from_the_verdict(run: Any, scored: Any, school: str):
    explained = run("explain", "every_source", "--place", school, "--item", "balanced", "--json")
    assert {one["value"] for one in explained["readings"]} <= {"0", "1"}
    met = all(one["value"] == "1" for one in explained["readings"])
    assert explained["points"] == ("20" if met else "0")
    assert all(one["traces"] for one in explained["readings"])


def test_points_of_a_survey_are_the_favourable_share_and_few_answers_stay_hidden(
    run: Any, scored: Any
):
    liked = {one["place"]: items_of(one)["liked"] for one in scored["places"]}
    told = [place for place, one in liked.items() if one["points"] is not None]
    place = told[0]
    explained = run("explain", "every_source", "--place", place, "--item", "liked", "--json")
    (reading,) = explained["readings"]
    votes = [one["words"] for one in reading["traces"]]
    assert {one["kind"] for one in reading["traces"]} == {"tally"}
    assert votes
    assert Fraction(explained["points"]) == Fraction(reading["value"]) / 5
    few = {one["because"] for one in liked.values() if one["points"] is None}
    assert few
    assert all("人数少，不显示" in why for why in few)


def test_an_item_that_rests_on_another_rubric_takes_its_share_or_says_what_that_one_lacks(
    run: Any, scored: Any, school: str
):
    got = items_of(place_of(scored, school))["safe"]
    other = place_of(run("score", "safe_campus", "--json"), school)
    explained = run("explain", "every_source", "--place", school, "--item", "safe", "--json")
    (reading,) = explained["readings"]
    # 20 points out of 100, exactly.
    assert Fraction(got["points"]) * 5 == Fraction(reading["value"])
    # By the last day of the school year; what was drilled since then counts 1.5 points a time.
    since = Fraction(other["total"]) - Fraction(reading["value"])
    assert 0 <= since <= Fraction(items_of(other)["drills"]["points"])
    assert since % Fraction(3, 2) == 0
    earlier = run("score", "every_source", "--period", "2023-2024", "--json")
    lacking = items_of(place_of(earlier, school))["safe"]
    assert lacking["points"] is None
    assert "平安校园等级考评" in lacking["because"]
    assert place_of(earlier, school)["total"] is None


def test_who_or_what_is_not_there_is_said(run: Any):
    assert "every_source" in run("score", "nothing", code=2)
    assert "不评" in run("score", "every_source", "--place", "nobody", code=2)
    assert "size 规模" in run("explain", "every_source", "--place", "x", "--item", "y", code=2)


def test_every_card_says_something_of_the_example_county(run: Any):
    """One is published whole; one still has its marks blind; offices and teachers are named."""
    listed = {one["rubric"]: one for one in run("list", "--json")}
    assert {name for name, one in listed.items() if not one["places"]} == set()
    assert listed["safe_campus"]["state"] == "publicity"
    published = run("score", "safe_campus", "--json")["places"]
    ranked = [one for one in published if one["total"] is not None]
    assert len(ranked) == len(published) == listed["safe_campus"]["places"]
    offices = run("score", "office_achievements", "--json")["places"]
    assert [one["rank"] is None for one in offices] == [False] * len(offices)
