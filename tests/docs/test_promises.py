"""Promises of docs/decisions that no room's own tests hold yet."""

import json
from pathlib import Path

import pytest

from xianxue.desk.cli import main


def call(*words: str) -> None:
    """Run a command that has nothing to complain of."""
    with pytest.raises(SystemExit) as end:
        main(list(words))
    assert end.value.code == 0


def test_coverage_counts_schools_where_they_have_two_stages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    """Four schools file; one of them is a nine-year school, so there are five school-stages."""
    county = str(tmp_path / "county")
    call("demo", county, "--example", "four_schools")
    capsys.readouterr()

    call("indicators", "show", "pupils_compulsory", "--workspace", county, "--json")

    said = json.loads(capsys.readouterr().out)
    assert said["coverage"] == {"reported": 4, "expected": 4, "missing": []}
