"""``xianxue plan needs`` on the example county."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from xianxue.desk.cli import cli


def run(county: Path, *words: str):
    return CliRunner().invoke(cli, ["plan", "needs", "--workspace", str(county), *words])


@pytest.fixture(scope="module")
def told(example_county: Path) -> dict:
    done = run(example_county, "--years", "2", "--level", "school", "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_every_school_has_its_posts_beside_the_norm(told):
    posts = [one for one in told["posts"] if one["stage"] == "primary"]
    assert posts
    for one in posts:
        # 19 pupils to one of the staff, made whole upward.
        assert one["needed"] == -(-one["pupils"] // 19)
        assert one["short"] == one["needed"] - one["posts"]
        assert set(one["subjects"]) == {"physical_education", "music", "art"}


def test_needs_are_supposed_and_name_the_documents_they_rest_on(told):
    assert told["standing"] == "supposed"
    staff = next(one for one in told["because"] if one["norm"] == "pupils_per_staff")
    assert staff["seen"] in {"relayed", "unverified"}
    assert staff["source"]
    assert {one["year"] for one in told["needs"]} == {"2026-2027", "2027-2028"}


def test_where_the_roster_knows_nobody_retirement_is_not_taken_for_none(told):
    upper = next(one for one in told["staff"] if one["stage"] == "upper_secondary")
    assert (upper["in_roster"], upper["years"][0]["retire"]) == (0, None)
    assert "不当作 0" in upper["why"]
    assert upper["years"][0]["recruit"] is None
    assert upper["years"][0]["needed"] > 0


def test_no_price_no_money(told):
    rooms = [one for one in told["needs"] if one["stage"] == "primary"]
    assert all(one["yuan"] is None for one in rooms)
    assert any(one["building_lacking"] is not None for one in rooms)


def test_planned_residents_are_told_in_sentences(example_county):
    done = run(example_county, "--residents", "63000", "--rules", "zhumadian_2021")
    assert done.exit_code == 0, done.output
    said = done.stdout.replace("\n", "")
    assert "小学：规定没有写零头进还是舍：6.3 所，是 6 还是 7，用 --round 选定。" in said
    assert "《驻马店市中小学校幼儿园规划建设的地方性法规》" in said
    asked = ("--residents", "63000", "--rules", "anyang_2021", "--classes", "27", "--json")
    found = json.loads(run(example_county, *asked).stdout)["wanted"]
    primary = next(one for one in found if one["stage"] == "primary")
    assert (primary["places"], primary["verdict"], primary["ground"]) == (
        6300,
        "undetermined",
        None,
    )
