"""Killed at any point of a deed, the store is exactly before or exactly after."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import pytest

from xianxue.desk.cli.init import lay_out_example
from xianxue.desk.stores.examples import Example

POINTS, DELAYS = 105, 8
"""For each of three deeds: lines to die at, and moments that may fall into the middle of a write."""
OF_EXAMS = 10, 1
"""For each of three deeds of an examination, which stand on the same transaction."""
ON_A_SERVER = 10, 2
"""Fewer there: each try copies a database, and the server's own safety is not ours to test."""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


@pytest.fixture
def county(tmp_path):
    """Four schools; in memory where there is such a folder, for nothing here has to last."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    folder = Path(tempfile.mkdtemp(prefix="xianxue-", dir=memory))
    yield folder
    shutil.rmtree(folder)


def test_wherever_it_is_killed_the_store_is_before_or_after(county, environment, server):
    """SIGKILL at more than 300 seeded points; done again, the deed is done once."""
    numbers = ON_A_SERVER if server else (POINTS, DELAYS)
    _die(county, environment, "dying.py", numbers, ("submit", "accept", "release"))


def test_an_examination_is_loaded_lined_and_released_whole_or_not_at_all(
    county, environment, server
):
    numbers = ON_A_SERVER if server else OF_EXAMS
    _die(county, environment, "dying_examining.py", numbers, ("load", "lines", "release"))


def _die(county, environment, script, numbers, deeds):
    lay_out_example(county, Example.open("four_schools"))
    points, delays = numbers
    done = subprocess.run(
        [sys.executable, Path(__file__).with_name(script), county, str(points), str(delays)],
        capture_output=True,
        text=True,
        check=False,
        env=environment(county / "store"),
    )
    assert done.returncode == 0, done.stderr[-2000:]
    tries = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(tries) == len(deeds) * (points + delays)
    assert [each for each in tries if each["left"] == "neither"] == []
    assert [each for each in tries if each.get("again") is False] == []
    killed = [each for each in tries if each["end"] == -9]
    assert len(killed) >= len(deeds) * (points - 5)
    for deed in deeds:
        left = Counter(each["left"] for each in killed if each["deed"] == deed)
        assert set(left) == {"before", "after"}, "no point before or none after the commit"
