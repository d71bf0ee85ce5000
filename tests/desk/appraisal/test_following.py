"""What follows from a published result: proposed, answered, taken up or refused (虚构)."""

from __future__ import annotations

import json
import zipfile
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
consequences:
  - {consequence: reward, term: 奖励, kind: reward, grades: [best], amount: 50000, line: 教育经费中的奖励}
  - {consequence: mend, term: 限期整改, kind: mend, grades: [failed], ledger: inspection_findings, says: {topic: running}, within: [{from: 2020-01-01, days: 30, by: calendar, source: xianxue-own, seen: own}]}
  - {consequence: freeze, term: 停止评优, kind: freeze, grades: [failed], months: 12}
  - {consequence: circular, term: 通报批评, kind: circular, grades: [failed], within: [{from: 2020-01-01, days: 7, by: calendar, source: xianxue-own, seen: own}]}
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


def nothing_is_final_before_its_days_have_run_out(run: Run, places: list[str]):
    """Five working days after Monday 1 March end on 8 March, ten days on 11 March."""
    leader = ("--as", "分管领导（虚构）", "--role", "leader")
    finish = ("appraise", "step", "followed", "finish", *leader)
    appeal = ("appraise", "appeal", "followed", "分数算错了（虚构）", "--place", places[1])
    At.now = datetime(2027, 3, 8, 2, 0, tzinfo=UTC)
    refused = run(*finish, code=1)
    assert "5 个工作日，到 2027-03-08 为止" in refused
    assert "最早 2027-03-12 可以定稿" in refused
    At.now = datetime(2027, 3, 11, 2, 0, tzinfo=UTC)
    assert "公示还没有满" not in (refused := run(*finish, code=1))
    assert "10 个自然日，到 2027-03-11 为止" in refused
    run(*appeal)
    At.now = datetime(2027, 3, 12, 2, 0, tzinfo=UTC)
    assert "申诉期到 2027-03-11 为止" in run(*appeal, code=1)
    assert "还有 1 条申诉没有答复" in run(*finish, code=1)
    (number,) = (one["line"] for one in run("appraise", "log", "followed", "--json")
                 if one["kind"] == "appeal")  # fmt: skip
    run("appraise", "decide", "followed", str(number), "核对无误（虚构）", "--rejected")
    assert "定稿" in run(*finish)


def an_order_taken_up_is_an_entry_with_its_last_day(run: Run, places: list[str]):
    _, failed, _ = places
    At.now = LATER
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


def a_circular_is_a_draft_until_those_named_were_heard(run: Run, places: list[str], folder: Path):
    """Published on 1 March, seven days to answer end on the 8th."""
    _, failed, _ = places
    At.now = PUBLISHED
    file = folder / "通报.docx"
    draft = run("appraise", "circular", "followed", "-o", str(file))
    assert "征求意见稿" in draft
    assert "2027年3月8日前（含当日）" in draft
    assert "其中优秀1所、合格1所、不合格1所" in draft
    run("appraise", "reply", "followed", "circular", "当天停电（虚构）", "--place", failed)
    assert proposed(run, failed)["circular"]["replies"] == ["当天停电（虚构）"]


def what_was_decided_is_issued_with_what_was_answered(run: Run, places: list[str], folder: Path):
    _, failed, _ = places
    file = folder / "通报.docx"
    run("appraise", "take-up", "followed", "circular", "--place", failed)
    issued = run("appraise", "circular", "followed", "-o", str(file), "--number", "示教〔2027〕5号")
    assert "征求意见稿" not in issued
    assert "申辩：当天停电（虚构）。" in issued
    assert zipfile.is_zipfile(file)
    why = ("--why", "首次，先约谈（虚构）")
    run("appraise", "refuse", "followed", "freeze", "--place", failed, *why)
    freeze = proposed(run, failed)["freeze"]
    assert (freeze["standing"], freeze["why"]) == ("refused", why[1])
    too_late = ("appraise", "reply", "followed", "freeze", "晚了", "--place", failed)
    assert "已经决定过" in run(*too_late, code=1)


def orders_unheeded_are_counted_whatever_the_grade(run: Run, places: list[str], folder: Path):
    """One order of the ledger, its last day gone by without an answer: the card's first step."""
    _, _, passed = places
    paper = folder / "通知书.pdf"
    paper.write_bytes(b"%PDF-1.4\n1 0 obj <<>> endobj\nxref\ntrailer <<>>\nstartxref\n9\n%%EOF\n")
    clerk = ("--as", "督导室甲（虚构）")
    made = run(
        "ledgers", "record", "inspection_findings", "--place", passed, *clerk, "--json",
        *(word for said in ("finding=班额超标（虚构）", "found_on=2027-03-01", "source_kind=regular",
                            "topic=conditions", "weight=serious") for word in ("--set", said)),
    )  # fmt: skip
    number = made["entry"]
    run("ledgers", "step", "inspection_findings", number, "notify", *clerk,
        "--evidence", str(paper), "--set", "notice=虚督改〔2027〕1号", "--set", "times=1",
        "--set", "due_on=2027-03-16", "--set", "measures=分班")  # fmt: skip
    assert "closing" not in proposed(run, passed)
    At.now = datetime(2027, 3, 17, 2, 0, tzinfo=UTC)
    (step,) = proposed(run, passed)["closing"]["steps"]
    assert (step["step"], step["day"], step["entries"]) == ("warned", "2027-03-16", [number])
    assert "2027-03-16的整改通知未落实" in step["because"]


def test_what_follows_from_a_result_is_proposed_and_decided(run: Run, tmp_path: Path):
    """One after another: each goes on from where the one before has brought it."""
    At.now = PUBLISHED
    places = [one["place"] for one in run("appraise", "score", "followed", "--json")["places"][:3]]
    nothing_follows_before_results_are_published(run, places)
    each_grade_has_what_the_card_says(run, places)
    a_circular_is_a_draft_until_those_named_were_heard(run, places, tmp_path)
    nothing_is_taken_up_before_the_results_are_final(run, places)
    nothing_is_final_before_its_days_have_run_out(run, places)
    an_order_taken_up_is_an_entry_with_its_last_day(run, places)
    what_was_decided_is_issued_with_what_was_answered(run, places, tmp_path)
    orders_unheeded_are_counted_whatever_the_grade(run, places, tmp_path)
