"""The county's own balance: what it advises is enough, by the county's own verdict."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from click.testing import CliRunner
from working_county import County

from xianxue.bureau.plan.suppose.changes import Add
from xianxue.bureau.records.finding import Verdict
from xianxue.bureau.values.record import replace
from xianxue.desk.cli import cli
from xianxue.desk.plan.balance_county import stages
from xianxue.desk.plan.supposing import outcome
from xianxue.desk.plan.ways_to_pass import amount_of, cheapest, school_ways
from xianxue.desk.workspace import MisusedError

STANDARD = "balance_resources"
FIELDS = {
    "over_qualified_teachers": ("staff.over_qualified", True),
    "backbone_teachers": ("staff.backbone", True),
    "physical_arts_teachers": ("staff.music", True),
    "teaching_area_per_pupil": ("premises.teaching_area", False),
    "sports_area_per_pupil": ("premises.outdoor_sports_area", False),
    "equipment_per_pupil": ("premises.equipment_value", False),
    "multimedia_rooms": ("premises.multimedia_rooms", False),
}
"""Where one more of each is reported, and whether stage by stage."""

pytestmark = pytest.mark.ci


@pytest.fixture(scope="module")
def county(four_schools, tmp_path_factory, copy_workspace) -> County:
    """The four schools: only looked at."""
    root = tmp_path_factory.mktemp("balance") / "county"
    copy_workspace(four_schools, root)
    return County(root)


def test_every_way_that_is_named_makes_the_school_pass_and_one_step_less_does_not(county):
    """Each way is supposed as returns, and judged by the real standard."""
    counted = county.standing.counted(county.period)
    judged, card = counted.assessment(STANDARD), counted.shelf.standards[STANDARD]
    found = [one for stage in stages(judged) for one in school_ways(judged, card, stage, {})]
    failing = [
        one
        for one in judged.findings
        if one.rule == "combination" and one.verdict is Verdict.NOT_MET
    ]
    assert {(one.place, one.stage) for one in found} == {(one.place, one.stage) for one in failing}
    assert found

    def verdict(school, adds):
        changes = [
            Add(
                school=school.place,
                fields=(FIELDS[name][0],),
                row=school.stage.value if FIELDS[name][1] else "",
                count=amount_of(card, name, steps),
            )
            for name, steps in adds
            if steps
        ]
        (after,) = [
            one.after for one in outcome(counted, changes).standards if one.standard == STANDARD
        ]
        (joint,) = [
            one
            for one in after.findings
            if (one.place, one.stage, one.rule) == (school.place, school.stage, "combination")
        ]
        return joint.verdict

    for school in found:
        costs = [way.cost for way in school.ways]
        assert costs == sorted(costs)
        assert len({way.add for way in school.ways}) == len(school.ways)
        for way in school.ways[:2]:
            assert verdict(school, way.add) is Verdict.MET
        (name, steps), *rest = school.ways[0].add
        less = [(name, steps - 1), *rest]
        if len(school.ways) == 1:
            assert verdict(school, less) is Verdict.NOT_MET


def test_a_school_without_a_figure_is_named_and_not_left_out(county):
    counted = county.standing.counted(county.period)
    judged, card = counted.assessment(STANDARD), counted.shelf.standards[STANDARD]
    stage = stages(judged)[0]
    (school, *_) = school_ways(judged, card, stage, {})
    left = [
        replace(one, figure=None)
        if (one.place, one.stage, one.criterion) == (school.place, stage, "multimedia_rooms")
        else one
        for one in judged.findings
    ]
    named = school_ways(replace(judged, findings=tuple(left)), card, stage, {})
    (found,) = [one for one in named if one.place == school.place]
    assert (found.ways, found.missing) == ((), ("multimedia_rooms",))


def test_all_resources_together_are_enough_by_the_countys_own_verdict(county):
    """The changes are supposed as returns: every school passes, every spread is within its limit."""
    words = ["plan", "balance", "--joint", "--workspace", str(county.root)]
    done = CliRunner().invoke(cli, [*words, "--json"])
    told = json.loads(done.stdout)
    assert (told["standing"], told["status"], done.exit_code) == ("supposed", "optimal", 0)
    assert (told["cost"], told["gap"]) == (told["bound"], "0.00")
    assert (told["failing"], told["over"]) == (0, 0)
    assert told["changes"]
    # What comes to a school costs the same whether it is added or moved: never less than alone.
    counted = county.standing.counted(county.period)
    judged, card = counted.assessment(STANDARD), counted.shelf.standards[STANDARD]
    alone = [cheapest(school_ways(judged, card, stage, {})) for stage in stages(judged)]
    assert Fraction(told["cost"]) >= max(alone) > 0
    assert "已证明没有更省的办法" in CliRunner().invoke(cli, words).stdout


def test_the_command_answers_for_the_county_without_a_file(county):
    words = ["plan", "balance", "--workspace", str(county.root), "--json"]
    done = CliRunner().invoke(cli, [*words, "--cost", "multimedia_rooms=5"])
    assert done.exit_code in {0, 1}, done.output
    told = json.loads(done.stdout)
    assert told["standing"] == "supposed"
    assert [one["stage"] for one in told["stages"]] == ["primary", "lower_secondary"]
    counted = county.standing.counted(county.period)
    limits = {(one.stage.value, one.criterion): one for one in counted.assessment(STANDARD).spread}
    for stage in told["stages"]:
        for one in stage["resources"]:
            spread = limits[stage["stage"], f"spread_{one['criterion']}"]
            assert Fraction(one["limit"]) == spread.threshold
            if one["status"] == "optimal":
                assert Fraction(one["after"]) <= Fraction(one["limit"])
    wrong = CliRunner().invoke(cli, [*words, "--cost", "nothing=5"])
    assert isinstance(wrong.exception, MisusedError)
