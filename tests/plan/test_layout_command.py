"""``xianxue plan layout`` as somebody types it, and what it says of files that are none."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from xianxue.desk.cli import main

Run = Callable[..., str]
SCHOOLS = [
    {"school": name, "x": x, "y": y, "capacity": capacity}
    for name, x, y, capacity in (("甲", 0, 0, 120), ("丙", 5, 0, 120), ("戊", 1, 4, 90), ("己", 4, 5, 60))
]  # fmt: skip
VILLAGES = [
    {"village": f"{name}村", "x": x, "y": y, "pupils": pupils}
    for name, x, y, pupils in (
        *(("甲", 0, 0, 90), ("乙", 2, 1, 40), ("丙", 5, 0, 60)),
        *(("丁", 6, 3, 35), ("戊", 1, 4, 50), ("己", 4, 5, 25)),
    )
]
SIX = {"schools": SCHOOLS, "villages": VILLAGES, "distance": {"by": "manhattan"}}


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch) -> Run:
    monkeypatch.chdir(tmp_path)

    def running(held: object, *words: str, code: int = 0) -> str:
        path = tmp_path / "布局.json"
        path.write_text(held if isinstance(held, str) else json.dumps(held), "utf-8")
        with pytest.raises(SystemExit) as end:
            main(["plan", "layout", str(path), *words])
        said = capsys.readouterr()
        assert end.value.code == code, said
        return said.out + said.err

    return running


def test_what_to_close_and_who_walks_further(run):
    found = json.loads(run({**SIX, "keep": 3, "split": True}, "--json"))
    assert (found["status"], found["cost"], found["bound"], found["gap"]) == (
        "optimal",
        370,
        370,
        0,
    )
    assert found["periods"] == [
        {"period": 1, "open": ["甲", "丙", "戊"], "build": [], "extend": [], "close": ["己"]}
    ]
    assert found["villages"][0] == {
        "village": "己村",
        "period": 1,
        "pupils": 25,
        "now": "己",
        "km_now": 0,
        "to": [{"school": "戊", "pupils": 25, "km": 4}],
        "further_km": 4,
    }
    said = run({**SIX, "keep": 3, "split": True}, "--shadow")
    assert "共 2 个村、65 名学生走得更远。" in said
    assert "没有“最多开办 3 所”：可省 100。" in said
    assert "按坐标的横竖相加距离乘以 1 估算，不是实际路程" in said


def test_what_cannot_be_done_names_the_rules(run):
    found = json.loads(run({**SIX, "limit_km": 3}, "--json", code=1))
    assert found["status"] == "infeasible"
    assert found["conflicts"] == ["上学路程不超过 3 km：丁村到最近的丙 4 km"]
    crowded = [{**one, "pupils": one["pupils"] * 9} for one in VILLAGES]
    said = run({**SIX, "villages": crowded}, code=1)
    assert "做不到：下面的要求不能同时成立。" in said
    assert "人" in said


def test_kilometres_that_are_written_come_before_coordinates(run):
    villages = [{"village": "山村", "pupils": 10, "km": {"甲": 2.5}, "x": 0, "y": 0}]
    found = json.loads(run({"schools": SCHOOLS[:1], "villages": villages}, "--json"))
    assert found["villages"][0]["to"] == [{"school": "甲", "pupils": 10, "km": 2.5}]


@pytest.mark.parametrize(
    ("asked", "saw"),
    [
        ({**SIX, "schools": []}, "一所学校也没有"),
        ({**SIX, "villages": []}, "一个村也没有"),
        ({"schools": SCHOOLS, "villages": [{"village": "甲村", "pupils": 3}]}, "“甲村”到哪所学校都没有距离"),
        ({"schools": SCHOOLS, "villages": [{**VILLAGES[0], "km": {"无": 1}}]}, "“无”不在学校名单里"),
        ({**SIX, "keep": 0}, "keep：这里写了“0”；要求：不小于 1 的整数"),
        ({**SIX, "distance": {"by": "飞"}}, "distance.by：这里写了“飞”；要求：straight、manhattan 或 great_circle"),
        ({**SIX, "schools": [{**SCHOOLS[0], "state": "旧"}]}, "这里写了“旧”；要求：existing、fixed 或 candidate"),
        ({**SIX, "villages": [VILLAGES[0], {**VILLAGES[1], "pupils": [1, 2]}]}, "“乙村”写了 2 期学生数，第一个村是 1 期"),
        ({**SIX, "villages": [VILLAGES[0], VILLAGES[0]]}, "“甲村”写了两次"),
        ({**SIX, "schools": [{"school": "甲", "lon": 200, "lat": 0}]}, "schools[1].lon：这里写了“200”；要求：-180 到 180 之间的数"),
        ({**SIX, "villages": [{**VILLAGES[0], "pupils": -5}]}, "villages[1].pupils：这里写了“-5”"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_file_is_said_in_words(run, asked: Any, saw: str):
    assert saw in run(asked, code=1)
