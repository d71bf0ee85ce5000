"""What follows from a published result: proposed, answered, taken up or refused (虚构)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from kit.workspaces import copied

from xianxue.desk.cli import cli
from xianxue.desk.stores import clock
from xianxue.desk.workspace import ComplaintsError, MisusedError

RUBRIC = """\
rubric: followed
term: 后果齐全的评价（虚构）
judges: school
period: calendar_year
points: 100
items:
  - {item: all, term: 总评, points: 100, from: {kind: given, office: 督导室}}
grading:
  grades: [{grade: best, term: 优秀, at_least: 90}, {grade: passed, term: 合格, at_least: 60}, {grade: failed, term: 不合格}]
  source: {document: xianxue-own, seen: own}
publicity: [{from: 2020-01-01, days: 5, by: working, source: xianxue-own, seen: own}]
appeal: [{from: 2020-01-01, days: 10, by: calendar, source: xianxue-own, seen: own}]
answer: [{from: 2020-01-01, days: 7, by: calendar, source: xianxue-own, seen: own}]
consequences:
  - {consequence: reward, term: 奖励, kind: reward, grades: [best], amount: 50000, line: 教育经费中的奖励}
  - {consequence: mend, term: 限期整改, kind: mend, grades: [failed], ledger: inspection_findings, says: {topic: running}, within: [{from: 2020-01-01, days: 30, by: calendar, source: xianxue-own, seen: own}]}
  - {consequence: freeze, term: 停止评优, kind: freeze, grades: [failed], months: 12}
  - {consequence: circular, term: 通报批评, kind: circular, grades: [failed]}
  - {consequence: closing, term: 建议停止办学, kind: proposal, escalation: migrant_school_orders}
source: {document: xianxue-own, seen: own}
"""
Run = Callable[..., Any]
# Later than whatever the example has written into its journal; a Monday, and no holiday near.
PUBLISHED = datetime(2027, 3, 1, 2, 0, tzinfo=UTC)
LATER = datetime(2027, 3, 15, 2, 0, tzinfo=UTC)


class At:
    """The time that commands are done at."""

    now = PUBLISHED


@pytest.fixture(scope="module")
def root(example_county: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of this file's own."""
    made = copied(example_county, tmp_path_factory.mktemp("following"))
    (made / "local" / "followed.yaml").write_text(RUBRIC, encoding="utf-8")
    return made


@pytest.fixture
def run(root: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on the day that ``At`` says; give JSON, text, or the complaint."""
    monkeypatch.setattr(clock, "now", lambda: At.now)

    def running(*words: str, code: int = 0) -> Any:
        done = CliRunner().invoke(cli, [*words, "--workspace", str(root)])
        if code:
            assert isinstance(done.exception, (MisusedError, ComplaintsError)), done.output
            return str(done.exception) + "".join(
                issue.message for issue in getattr(done.exception, "issues", ())
            )
        assert done.exit_code == 0, (words, done.output, done.exception)
        return json.loads(done.stdout) if "--json" in words else done.output

    return running


def proposed(run: Run, place: str) -> dict[str, Any]:
    found = run("appraise", "consequences", "followed", "--place", place, "--json")
    return {one["consequence"]: one for one in found}


def nothing_follows_before_results_are_published(run: Run, places: list[str]):
    for place, points in zip(places, ("95", "40", "75"), strict=True):
        run("appraise", "give", "followed", points, "--item", "all", "--place", place,
            "--document", "虚督〔2027〕1号")  # fmt: skip
    assert run("appraise", "consequences", "followed", "--json") == []
    run("appraise", "step", "followed", "assess")
    run("appraise", "close", "followed")
    run("appraise", "publish", "followed")


def each_grade_has_what_the_card_says(run: Run, places: list[str]):
    best, failed, passed = places
    assert set(proposed(run, passed)) == set()
    (reward,) = proposed(run, best).values()
    assert (reward["amount"], reward["line"]) == ("50000", "教育经费中的奖励")
    of_failed = proposed(run, failed)
    assert set(of_failed) == {"mend", "freeze", "circular"}
    # 30 days from 1 March, that day not counted; twelve months; 7 days to answer.
    assert of_failed["mend"]["due"] == "2027-03-31"
    assert of_failed["freeze"]["until"] == "2028-03-01"
    assert of_failed["circular"]["due"] == "2027-03-08"
    assert {one["standing"] for one in of_failed.values()} == {"proposed"}
    assert "奖励" in run("appraise", "consequences", "followed")


def nothing_is_taken_up_before_the_results_are_final(run: Run, places: list[str]):
    _, failed, _ = places
    of_failed = ("followed", "mend", "--place", failed)
    assert "才能办" in run("appraise", "take-up", *of_failed, code=1)
    clerk = ("--as", "业务员（虚构）", "--role", "office_clerk")
    assert "决定评价结果运用" in run("appraise", "take-up", *of_failed, *clerk, code=1)
    assert "没有写为什么不采纳" in run("appraise", "refuse", "followed", "freeze", "--place", failed,
                               code=1)  # fmt: skip
    assert "没有给" in run("appraise", "take-up", "followed", "reward", "--place", failed, code=2)


def an_order_taken_up_is_an_entry_with_its_last_day(run: Run, places: list[str]):
    _, failed, _ = places
    At.now = LATER
    run("appraise", "step", "followed", "finish", "--as", "分管领导（虚构）", "--role", "leader")
    told = run("appraise", "take-up", "followed", "mend", "--place", failed)
    mend = proposed(run, failed)["mend"]
    # 30 days from 15 March.
    assert (mend["standing"], mend["due"]) == ("taken", "2027-04-14")
    assert mend["entry"] in told
    ledger, _, number = mend["entry"].partition("/")
    found = run("ledgers", "show", ledger, number, "--json")
    assert found["place"] == failed
    assert found["fields"]["due_on"] == "2027-04-14"
    assert "总评得 40 分（满分 100 分）" in found["fields"]["finding"]
    again = run("appraise", "take-up", "followed", "mend", "--place", failed, code=1)
    assert "已经决定过" in again


def test_what_follows_from_a_result_is_proposed_and_decided(run: Run):
    """One after another: each goes on from where the one before has brought it."""
    At.now = PUBLISHED
    places = [one["place"] for one in run("appraise", "score", "followed", "--json")["places"][:3]]
    nothing_follows_before_results_are_published(run, places)
    each_grade_has_what_the_card_says(run, places)
    nothing_is_taken_up_before_the_results_are_final(run, places)
    an_order_taken_up_is_an_entry_with_its_last_day(run, places)
