"""``xianxue appraise import``: from a workbook to a card that is listed (虚构)."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from messy_systems import merged_ranks, what_does_not_add_up

from xianxue.desk.cli import cli
from xianxue.desk.workspace import ComplaintsError


@pytest.fixture
def at(four_schools: Path, tmp_path: Path, copy_workspace: Callable[[Path, Path], None]) -> Path:
    root = tmp_path / "four"
    copy_workspace(four_schools, root)
    return root


def typed(at: Path, *words: str) -> Any:
    return CliRunner().invoke(cli, ["appraise", *words, "--workspace", str(at)])


def test_a_system_is_proposed_looked_over_and_kept(at: Path, tmp_path: Path) -> None:
    """What somebody changed in the proposal is what is kept; kept twice it is refused."""
    book, card = tmp_path / "某省体系.xlsx", tmp_path / "提案.yaml"
    book.write_bytes(merged_ranks()["data"])
    named = ("--rubric", "province_duties", "--term", "某省履责评价（虚构）")
    said = json.loads(typed(at, "import", str(book), *named, "-o", str(card), "--json").stdout)
    assert (said["points"], said["issues"], said["kept"]) == ("100", [], None)
    assert [one["cell"] for one in said["items"] if one["source"]] == ["C3", "C4", "C5", "C6"]
    text = card.read_text("utf-8")
    card.write_text(text.replace("班子建设", "领导班子"), "utf-8")
    done = typed(at, "import", str(card), "--keep")
    assert done.exit_code == 0, (done.output, done.exception)
    listed = {one["rubric"]: one for one in json.loads(typed(at, "list", "--json").stdout)}
    assert (listed["province_duties"]["term"], listed["province_duties"]["items"]) == (
        "某省履责评价（虚构）",
        4,
    )
    scored = json.loads(typed(at, "score", "province_duties", "--json").stdout)
    assert [one["of"] for one in scored["places"][0]["items"] if one["source"] != "items"] == [
        "20", "20", "10", "50",
    ]  # fmt: skip
    again = typed(at, "import", str(card), "--keep")
    assert isinstance(again.exception, ComplaintsError)
    words = ["journal", "show", "--workspace", str(at), "--json"]
    lines = json.loads(CliRunner().invoke(cli, words).stdout)
    assert [one["subject"] for one in lines if one["deed"] == "catalogue.overlay"] == [
        "province_duties"
    ]


def test_what_does_not_add_up_is_not_kept(at: Path, tmp_path: Path) -> None:
    book = tmp_path / "坏表.xlsx"
    book.write_bytes(what_does_not_add_up()["data"])
    words = ["appraise", "import", str(book), "--keep", "--workspace", str(at)]
    done = CliRunner().invoke(cli, words, standalone_mode=False)
    assert done.return_value == 1
    assert "“三项”写了两次" in done.output
    assert not list(at.rglob("rubrics/imported_system.yaml"))
