"""``xianxue appraise diff``: a draft beside the card in force, judged on the example (虚构)."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from xianxue.catalogue import __file__ as catalogue_file

CARD = Path(catalogue_file).parent / "rubrics" / "safe_campus.yaml"


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The card with 15 instead of 10 points for an accident, and 5A from 96 on."""
    text = CARD.read_text("utf-8").replace("each: -10, cap: 30", "each: -15, cap: 30")
    path = tmp_path_factory.mktemp("draft") / "新版.yaml"
    path.write_text(text.replace("at_least: 95}", "at_least: 96}", 1), encoding="utf-8")
    return path


def test_what_changed_and_whom_it_moves(run: Any, draft: Path) -> None:
    """A place loses five more points for each accident, up to 30; nobody else moves a point."""
    said = run("diff", "safe_campus", str(draft), "--json")
    assert [(one["kind"], one["term"], one["what"]) for one in said["differences"]] == [
        ("changed", "安全事故", "得分办法"),
        ("changed", "5A级", "等次"),
    ]
    assert (said["before"]["file"], said["after"]["file"]) == (None, "新版.yaml")
    assert said["judged"] > said["changed"] == len(said["places"]) >= 1
    for place in said["places"]:
        if not place["items"]:
            # 95 was enough for 5A; with 96 it is not.
            assert place["before"]["grade"] == "a5"
            assert Fraction(place["before"]["total"]) < 96
            continue
        (accidents,) = place["items"]
        lost = 30 - Fraction(accidents["before"])
        assert accidents["item"] == "accidents"
        assert 30 - Fraction(accidents["after"]) == min(30, lost * 3 / 2)
        if place["moved"]:
            totals = [Fraction(place[which]["total"]) for which in ("before", "after")]
            assert Fraction(place["moved"]) == totals[1] - totals[0] < 0


def test_a_version_beside_itself_moves_nobody(run: Any) -> None:
    """By the day on which it held, and by what it is called."""
    said = run("diff", "safe_campus@2025-06-30", "平安校园等级考评", "--json", "--all")
    assert (said["differences"], said["changed"]) == ([], 0)
    assert len(said["places"]) == said["judged"]
    assert "没有不同" in run("diff", "safe_campus", "safe_campus")


def test_a_draft_passes_the_same_door_as_any_card(run: Any, draft: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "错.yaml"
    wrong.write_text(draft.read_text("utf-8").replace("points: 100", "points: 90", 1), "utf-8")
    assert "90" in run("diff", "safe_campus", str(wrong), code=1)
    wrong.write_text("term: 不是卡片\n", "utf-8")
    assert "现有 0 张" in run("diff", "safe_campus", str(wrong), code=2)
    assert "写法不对" in run("diff", "safe_campus@去年", "safe_campus", code=2)
