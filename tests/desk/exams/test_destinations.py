"""Admissions of a filled ledger, by class of institution and against targets, counted by hand."""

from __future__ import annotations

import io
import json
import subprocess
import sys

from click.testing import CliRunner
from PIL import Image
from tests.desk.exams.conftest import JUNIOR, NINE

from xianxue.desk.cli import cli

ADMITTED = (
    (JUNIOR, "东南大学", "other_985", 3, "2025-07-20", "confirm"),
    (NINE, "苏州大学", "other_211", 5, "2025-07-21", "confirm"),
    (NINE, "湘潭大学", "double_first", 2, "2025-07-21", "confirm"),
    # In the list of 211, filed as none of it; at an institution of no list.
    (NINE, "南京师范大学", "undergraduate", 4, "2025-07-22", "confirm"),
    (JUNIOR, "某职业学院（虚构）", "vocational", 60, "2025-07-30", "confirm"),
    # Not counted: not confirmed, taken back, and of another year.
    (JUNIOR, "清华大学", "tsinghua", 2, "2025-07-08", ""),
    (JUNIOR, "清华大学", "tsinghua", 7, "2025-07-09", "withdraw"),
    (JUNIOR, "清华大学", "tsinghua", 8, "2024-07-08", "confirm"),
)


def call(county, *args):
    result = CliRunner().invoke(cli, [*args, "--workspace", str(county)], standalone_mode=False)
    assert not result.exception, result.exception
    return result.output


def fill(county):
    held = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(held, "PNG")
    scan = county / "录取名册.png"
    scan.write_bytes(held.getvalue())
    for number, (place, name, sort, many, on, step) in enumerate(ADMITTED, start=1):
        said = {"institution": name, "sort": sort, "way": "unified", "admitted_on": on}
        given = [f"--set={key}={text}" for key, text in {**said, "admitted_pupils": many}.items()]
        who = ("--on", "2025-08-01", "--as")
        call(
            county, "ledgers", "record", "admissions", "--place", place, *given, *who, "甲（虚构）"
        )
        if step:
            words = ("ledgers", "step", "admissions", f"2025-{number:04}", step)
            how = ("--evidence", str(scan)) if step == "confirm" else ("--why", "重复登记")
            call(county, *words, *how, *who, "乙（虚构）")


def test_admissions_are_classed_by_the_lists_held_against_their_target_and_followed(
    county, environment
):
    fill(county)
    target = ("考入985、211和双一流院校人数", "10", "--own", "--document", "虚构教〔2025〕3号")
    call(county, "targets", "set", *target, "--period", "2025")
    # A process of its own: nothing has been set up for it by another command.
    words = ("exams", "destinations", "--year", "2025", "--json", "--workspace", str(county))
    done = subprocess.run(
        [sys.executable, "-c", "from xianxue.desk.cli import main; main()", *words],
        capture_output=True,
        text=True,
        check=False,
        env=environment(county / "store"),
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    classes = {one["institutions"]: (one["pupils"], one["entries"]) for one in found["classes"]}
    assert classes == {"project_985": (3, 1), "project_211": (9, 2), "double_first_2022": (2, 1)}
    assert (found["pupils"], found["unlisted"]) == (74, 60)
    assert found["waiting"] == {"entries": 1, "pupils": 2}
    assert [one["institution"] for one in found["odd"]] == ["南京师范大学"]
    # The indicator goes by how each was filed: 3 + 5 + 2.
    (held,) = found["targets"]
    assert (held["value"], held["reached"]) == ("10", True)
    told = call(county, "indicators", "explain", "admitted_elite", "--period", "2025")
    assert [f"2025-000{number}" in told for number in range(1, 9)] == [True] * 3 + [False] * 5
    printed = call(county, "exams", "destinations", "--year", "2025")
    assert "另有 1 条（2 人）还没有核实，不计在内。" in printed
