"""The cockpit's numbers are those of the standards and targets they stand for, counted again."""

from pathlib import Path
from shutil import copytree

import pytest

from xianxue.bureau.records.finding import Verdict
from xianxue.desk.standing.overview import TILES, overview
from xianxue.desk.standing.standing import Standing


@pytest.fixture(scope="module")
def county(example_county, tmp_path_factory) -> Path:
    return copytree(example_county, tmp_path_factory.mktemp("overview") / "demo")


def test_schools_lacks_and_standards_are_counted_again(county):
    standing = Standing(county)
    found = overview(standing)
    judged = standing.counted(standing.period()).assessment(found.standard.standard)
    joint = [one for one in judged.findings if one.rule == "combination"]
    failing = {one.place for one in joint if one.verdict is not Verdict.MET}
    shown = {code for town in found.towns for code, _, met in town.schools if not met}

    assert failing
    assert shown == failing
    assert found.tiles[0].shown == str(len({one.place for one in joint} - failing))
    lacks = {one.criterion: one.quantity for one in found.lacks}
    for criterion, quantity in lacks.items():
        rows = [one for one in judged.findings if one.criterion == criterion and one.lacking]
        assert quantity == sum(one.lacking.quantity for one in rows)


def test_no_more_tiles_than_are_read_from_afar_and_none_twice(county):
    found = overview(Standing(county))
    keys = [tile.key for tile in found.tiles if tile.key]

    assert len(found.tiles) == TILES
    assert len(keys) == len(set(keys))
    assert all(0 <= tile.part <= 100 for tile in found.tiles)
    assert found.reported == found.expected == 67
