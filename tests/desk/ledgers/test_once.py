"""What may not be there twice; and what ended undone is in nobody's way."""

from __future__ import annotations

import shutil

import pytest
from click.testing import CliRunner

from xianxue.desk.cli import cli

SCHOOL = "2163980001"
SAID = {
    "item": "口罩",
    "kind": "masks",
    "measured": "个",
    "received": "100",
    "donated": "0",
    "stock": "100",
    "line": "30",
    "short": "否",
    "cost": "0",
    "counted_on": "2025-09-01",
    "keeper": "校医",
}


def run(folder, *words):
    return CliRunner().invoke(cli, [*words, "--workspace", str(folder), "--json"])


def register(folder):
    given = [word for name, text in SAID.items() for word in ("--set", f"{name}={text}")]
    return run(
        folder, "ledgers", "record", "supplies", "--place", SCHOOL, "--on", "2025-09-01",
        "--as", "甲", *given,
    )  # fmt: skip


@pytest.fixture
def county(four_schools, tmp_path):
    folder = tmp_path / "four"
    shutil.copytree(four_schools, folder)
    return folder


def test_a_second_one_is_refused_until_the_first_is_withdrawn(county):
    first = register(county)
    assert first.exit_code == 0, first.output

    again = register(county)
    assert again.exit_code != 0
    assert "2025-0001" in str(again.exception)

    withdrawn = run(
        county, "ledgers", "step", "supplies", "2025-0001", "withdraw", "--on", "2025-09-02",
        "--why", "登记错了", "--as", "甲",
    )  # fmt: skip
    assert withdrawn.exit_code == 0, withdrawn.output
    assert register(county).exit_code == 0
