"""``xianxue plan forecast`` on the example county."""

import json
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from xianxue.desk.cli import cli
from xianxue.desk.plan.pupils import Foresight
from xianxue.desk.workspace import MisusedError, Workspace

STAGES = {"preschool", "primary", "lower_secondary", "upper_secondary"}


@cache
def foresight(county: Path) -> Foresight:
    opened = Workspace.open(county)
    return Foresight(opened, opened.period(None), 3)


def run(county: Path, *words: str):
    given = ["plan", "forecast", "--workspace", str(county), "--years", "3", *words]
    return CliRunner().invoke(cli, given)


@pytest.fixture(scope="module")
def printed(example_county: Path) -> list[dict]:
    done = run(example_county, "--level", "township", "--stage", "primary", "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_the_example_county_is_foreseen_at_every_level_as_supposed(example_county, printed):
    found = foresight(example_county).foreseen
    levels = foresight(example_county).known.by_code
    assert {one.stage for one in found if levels[one.area].level == "county"} == STAGES
    assert {levels[one.area].level for one in found} == {"county", "township", "school"}
    assert all(one.middle is not None for one in found)
    assert len(printed) == 8 * 3
    assert {one["standing"] for one in printed} == {"supposed"}
    assert all(one["low"] <= one["middle"] <= one["high"] for one in printed)


def test_schools_make_townships_and_townships_the_county(example_county):
    known = foresight(example_county).known
    by = {(one.area, one.stage, one.year): one.middle for one in foresight(example_county).foreseen}
    county = known.areas[0].code
    for (area, stage, year), whole in by.items():
        inner = [one.code for one in known.areas if one.within == area]
        if inner and area == county:
            parts = sum(by.get((one, stage, year), 0) for one in inner)
            assert abs(parts - whole) < 1e-6


def test_earlier_lists_go_on_into_the_returns_without_a_break(example_county):
    """From no year to the next does a stage of the invented county move by more than a tenth."""
    known = foresight(example_county).known
    for stage in STAGES:
        totals = known.total(known.areas[0].code, stage)
        assert sorted(totals) == list(range(2015, 2026))
        for year in range(2016, 2026):
            assert abs(totals[year] - totals[year - 1]) < 0.1 * totals[year - 1]


def test_the_look_back_stands_beside_each_forecast_with_its_verdict(printed):
    for one in printed:
        looked = one["backtest"]
        assert [each["ahead"] for each in looked["horizons"]] == [1, 2, 3]
        beats = [each["beats_unchanged"] for each in looked["horizons"]]
        assert beats == [
            float(each["mean_error"]) < float(each["unchanged_error"])
            for each in looked["horizons"]
        ]
        assert looked["beats_unchanged"] == all(beats)
        assert ("都比“不变”更准" in looked["message"]) == all(beats)


def test_a_table_in_chinese_explains_itself(example_county):
    done = run(example_county, "--place", "河湾乡", "--stage", "primary", "--explain")
    assert done.exit_code == 0, done.output
    for said in (
        "推算（设想），不是统计数",
        "河湾乡小学在校生",
        "一年级：按入学年龄折算的出生人数的",
        "回测：",
        "模拟 1000 次",
    ):
        assert said in done.stdout


def test_a_place_nobody_knows_is_misuse(example_county):
    done = run(example_county, "--place", "没有的地方")
    assert isinstance(done.exception, MisusedError)
    assert str(done.exception) == "名册里没有“没有的地方”"
