"""What a place says of itself is handed in once; whoever is bound steps aside (虚构)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from xianxue.bureau.kinds.appraisal.grading import Window
from xianxue.desk.actions.appraisal.days import last_day

NINA = "评委甲（虚构）"
PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\nxref\ntrailer <<>>\nstartxref\n9\n%%EOF\n"
SELF = ("self", "safe_campus", "--place")


@pytest.fixture(scope="module")
def run(run: Any) -> Any:
    """Run a command about a year in which nothing else is appraised."""

    def running(*words: str, code: int = 0) -> Any:
        return run(*words, "--period", "2024", code=code)

    return running


@pytest.fixture(scope="module")
def school(run: Any) -> str:
    return run("score", "safe_campus", "--json")["places"][0]["place"]


def test_a_self_appraisal_is_handed_in_once_and_taken_back_to_be_changed(
    run: Any, school: str, tmp_path: Path
):
    run("begin", "safe_campus", "--due", "2999-12-31")
    assert "不早于今天" in run("begin", "safe_campus", "--due", "2020-01-01", code=1)
    teaching = (*SELF, school, "--item", "teaching")
    assert "只有卡片上的档次" in run(*teaching, "--level", "splendid", code=1)
    run(*teaching, "--level", "good", "--text", "每周一节（虚构）")
    # Additions up to the card's 5 points, deductions down to -5, and no item above its own.
    more = (*SELF, school, "--item", "more", "--points")
    assert "最多 5 分" in run(*more, "5.5", code=1)
    assert "最少 -5 分" in run(*more, "-6", code=1)
    run(*more, "-2")
    assert "最多 10 分" in run(*SELF, school, "--item", "plans", "--points", "10.5", code=1)
    file = tmp_path / "责任书.pdf"
    file.write_bytes(PDF)
    attach = ("attach", "safe_campus", str(file), "--place", school, "--for", "letters/head_letter")
    run(*attach)
    clerk = ("--as", "填报员（虚构）", "--role", "school_clerk", "--of", school)
    (paper,) = (
        one["line"] for one in run("log", "safe_campus", "--json") if one["kind"] == "document"
    )
    # A draft is changed without a reason, as long as it is one.
    run("withdraw", "safe_campus", str(paper), *clerk)
    run(*attach)
    run("hand-in", "safe_campus", "--place", school)
    for words in (attach, teaching, ("hand-in", "safe_campus", "--place", school)):
        assert "自评已经在" in run(*words, code=1)
    lines = {one["kind"]: one["line"] for one in run("log", "safe_campus", "--json")}
    assert "先收回自评" in run("withdraw", "safe_campus", str(lines["document"]), *clerk, code=1)
    run("withdraw", "safe_campus", str(lines["hand_in"]), *clerk)
    run(*teaching, "--level", "fair")
    run("hand-in", "safe_campus", "--place", school)


def test_whoever_declares_that_they_are_bound_steps_aside_with_their_marks(run: Any):
    first, second = (one["place"] for one in run("score", "safe_campus", "--json")["places"][2:4])
    run("declare", "safe_campus", NINA)
    run("assign", "safe_campus", NINA, "--place", first, "--place", second)
    mark = ("mark", "safe_campus", "good", "--item", "teaching", "--as", NINA, "--place")
    run(*mark, first)
    log = ("log", "safe_campus", "--json")
    before = len(run(*log))
    run("declare", "safe_campus", NINA, "--kin", first, "--as", NINA, "--role", "inspector")
    after = run(*log)[before:]
    # The assignment and the mark, both of the one place.
    assert [(one["kind"], one["place"]) for one in after] == [
        ("ties", None), ("withdraw", first), ("withdraw", first),
    ]  # fmt: skip
    assert "没有派去评" in run(*mark, first, code=1)
    run(*mark, second)
    # Of somebody else an assessor declares nothing.
    other = ("declare", "safe_campus", "评委乙（虚构）", "--as", NINA, "--role", "inspector")
    assert run(*other, code=1)


def test_an_appeal_has_as_many_days_as_the_card_says():
    """Friday 2025-09-26: three working days are Sunday 28 (worked), Monday 29 and Tuesday 30."""
    rule = {"source": "xianxue-own", "seen": "own", "valid_from": date(2023, 1, 1)}
    working = Window(days=3, by="working", **rule)
    calendar = Window(days=3, by="calendar", **rule)
    from xianxue.catalogue.load import load  # noqa: PLC0415 - read once, for this test alone

    shelf = load().shelf
    friday = date(2025, 9, 26)
    by_working, by_calendar = (last_day(shelf, [one], friday) for one in (working, calendar))
    assert by_working is not None
    assert by_working.day == date(2025, 9, 30)
    assert by_calendar is not None
    assert by_calendar.day == date(2025, 9, 29)
    assert last_day(shelf, [], friday) is None
    assert last_day(shelf, [working], date(2022, 12, 31)) is None
