"""What has to be minded where a layout closes schools, and where it builds them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from xianxue.desk.cli import cli
from xianxue.desk.workspace import ComplaintsError

DONE = ["plan_filed", "argument", "hearing", "notice", "county_decision", "province_approval"]


def answer(folder: Path, **parts: Any):
    file = folder / "布局.json"
    file.write_text(json.dumps(parts, ensure_ascii=False), encoding="utf-8")
    return CliRunner().invoke(cli, ["plan", "layout", str(file), "--json"])


def told(folder: Path, **parts: Any) -> dict:
    done = answer(folder, **parts)
    assert done.stdout, done.exception
    return json.loads(done.stdout)


def refused(folder: Path, **parts: Any) -> list[str]:
    error = answer(folder, **parts).exception
    assert isinstance(error, ComplaintsError)
    return [str(one.saw) for one in error.issues]


def town(point: list[str], beds: int | None = None) -> dict[str, Any]:
    """Two schools 3 km apart; to keep the second is dear (虚构)."""
    second: dict[str, Any] = {"school": "点", "x": 3, "y": 0, "run_cost": 900, "point": True}
    first: dict[str, Any] = {"school": "甲", "x": 0, "y": 0}
    if beds is not None:
        first["beds"] = beds
    return {
        "schools": [first, second | {"documented": point}],
        "villages": [
            {"village": "东", "x": 3, "y": 0, "pupils": 12, "low": 5},
            {"village": "南", "x": 3, "y": 1, "pupils": 6, "low": 4},
        ],
    }


def test_a_teaching_point_is_closed_only_where_every_step_is_documented(tmp_path):
    kept = told(tmp_path, **town(DONE[:2]))
    assert kept["periods"][0]["open"] == ["甲", "点"]
    assert "点是教学点，撤并还缺听证、公示、县级政府决定、逐级报省批准，按保留算" in kept["notes"]
    closed = told(tmp_path, **town(DONE))
    assert closed["periods"][0]["close"] == ["点"]
    assert closed["closing"] == [{"school": "点", "lacking": []}]


def test_of_any_other_school_that_is_closed_what_lacks_is_listed(tmp_path):
    parts = town(DONE[:5])
    del parts["schools"][1]["point"]
    closed = told(tmp_path, **parts)
    assert closed["closing"] == [{"school": "点", "lacking": ["逐级报省批准"]}]


def test_little_ones_who_walk_over_half_an_hour_are_listed_small_groups_without_number(tmp_path):
    found = told(tmp_path, **town(DONE, beds=8))
    # 3 km at 60 m a minute: 50; √10 km = 3,162 m: 52.7, made whole upward; 4 are fewer than 5.
    assert found["long_ways"] == [
        {"village": "南", "pupils": None, "minutes": 53},
        {"village": "东", "pupils": 5, "minutes": 50},
    ]
    # 12 − 5 and 6 − 4 are upper grades.
    assert found["boarders"] == [{"school": "甲", "pupils": 9, "beds": 8, "lacking": 1}]
    assert told(tmp_path, **town([]))["long_ways"] == []


def test_degrees_are_measured_by_great_circle_and_the_cards_factor(tmp_path):
    parts = {
        "schools": [{"school": "甲", "lon": 110, "lat": 30}],
        "villages": [{"village": "东", "lon": 110.05, "lat": 30, "pupils": 9}],
    }
    found = told(tmp_path, **parts)
    # 0.05° at 30° north: 6,371,009 m × π/180 × 0.05 × cos 30° = 4,815 m; by road 1.3 times that.
    assert found["villages"][0]["to"][0]["km"] == pytest.approx(4815 * 1.3 / 1000, abs=0.002)
    note = "没有写公里数的路程按坐标的球面距离乘以 1.3 估算，不是实际路程"
    assert note in found["notes"]
    mixed = {**parts, "villages": [{"village": "东", "x": 1, "y": 0, "pupils": 9}]}
    assert refused(tmp_path, **mixed)[0] == "“甲”写的是经纬度，“东”写的是公里"
    plane = {**parts, "distance": {"by": "straight"}}
    assert refused(tmp_path, **plane) == ["坐标是经纬度，路程却按 straight 算"]


def test_a_candidate_on_water_is_refused(tmp_path):
    lake = [{"area": "水库", "corners": [[0, 0], [2, 0], [2, 2], [0, 2]]}]
    villages = [{"village": "东", "x": 3, "y": 0, "pupils": 9}]
    wet = {"school": "新校", "state": "candidate", "x": 1, "y": 1}
    assert refused(tmp_path, schools=[wet], villages=villages, unfit=lake) == [
        "备选点“新校”在“水库”里"
    ]
    dry = told(tmp_path, schools=[wet | {"x": 5}], villages=villages, unfit=lake)
    assert dry["status"] == "optimal"
    line = [{"area": "水库", "corners": [[0, 0], [2, 0]]}]
    assert refused(tmp_path, schools=[wet], villages=villages, unfit=line) == ["围不成一块地"]


def test_pupils_above_every_capacity_are_told_in_numbers(tmp_path):
    found = told(
        tmp_path,
        schools=[{"school": "甲", "x": 0, "y": 0, "capacity": 10, "extension": 5}],
        villages=[{"village": "东", "x": 0, "y": 0, "pupils": 18}],
    )
    assert found["status"] == "infeasible"
    assert found["notes"][:2] == [
        "学生共 18 人，各校容量连扩建合计 15 人，少 3 个学位",
        "东有 18 人，最大的学校也只容 15 人，整村去不了任何一所",
    ]


def test_strange_steps_and_too_many_little_ones_are_refused(tmp_path):
    parts = town(["opinion"])
    parts["villages"][0]["low"] = 13
    assert refused(tmp_path, **parts) == ["这里写了“opinion”", "这里写了“13”"]
