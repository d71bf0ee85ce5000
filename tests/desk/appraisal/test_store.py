"""An appraisal of the example county from the assessors to a second release (虚构)."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

NINA, OTTO = "评委甲（虚构）", "评委乙（虚构）"
PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\nxref\ntrailer <<>>\nstartxref\n9\n%%EOF\n"
TEACHING = ("safe_campus", "--item", "teaching", "--place")


@pytest.fixture(scope="module")
def run(run: Any) -> Any:
    """Run a command about the year before the example's own appraisals."""

    def running(*words: str, code: int = 0) -> Any:
        return run(*words, "--period", "2025", code=code)

    return running


@pytest.fixture(scope="module")
def schools(run: Any) -> list[str]:
    """Two schools that are judged."""
    return [one["place"] for one in run("score", "safe_campus", "--json")["places"][:2]]


def one_of(run: Any, place: str, *words: str) -> Any:
    (found,) = run("score", "safe_campus", "--place", place, "--json", *words)["places"]
    return found | {"items": {one["item"]: one for one in found["items"]}}


# The tests of this file go one way, in the order in which they stand.
def whoever_has_not_declared_what_binds_them_is_not_assigned(run: Any, schools: list[str]):
    refused = run("assign", "safe_campus", NINA, "--place", schools[0], code=1)
    assert "还没有声明回避情况" in refused


def own_and_former_schools_and_those_of_kin_are_refused(run: Any, schools: list[str]):
    first, second = schools
    bound = ("--own-school", first, "--kin", second)
    run("declare", "safe_campus", NINA, *bound)
    refused = run("assign", "safe_campus", NINA, "--place", first, "--place", second, code=1)
    assert "是本人所在单位" in refused
    assert "有近亲属在那里" in refused
    # The card's three years: left in 2025 is too lately, in 2001 long ago.
    run("declare", "safe_campus", NINA, "--former", f"{first}=2025-07-31")
    assert "未满 3 年" in run("assign", "safe_campus", NINA, "--place", first, code=1)
    run("declare", "safe_campus", NINA, "--former", f"{first}=2001-07-31")
    run("declare", "safe_campus", OTTO)
    assert "评委1" in run("assign", "safe_campus", NINA, "--place", first, "--item", "安全教育")
    assert "评委2" in run("assign", "safe_campus", OTTO, "--place", first)


def a_mark_is_taken_of_those_assigned_and_within_the_card_alone(run: Any, schools: list[str]):
    first, second = schools
    assert "没有派去评" in run("mark", *TEACHING, second, "good", "--as", NINA, code=1)
    assert "只有卡片上的档次" in run("mark", *TEACHING, first, "splendid", "--as", NINA, code=1)
    assert "评分写法不对" in run("mark", *TEACHING, first, "9", "--as", NINA, code=1)
    run("mark", *TEACHING, first, "poor", "--as", NINA)
    # Given again, it takes the place of the one before.
    run("mark", *TEACHING, first, "good", "--as", NINA)
    run("mark", *TEACHING, first, "fair", "--as", OTTO)


def marks_are_blind_until_they_are_closed(run: Any, schools: list[str]):
    teaching = one_of(run, schools[0])["items"]["teaching"]
    assert teaching["points"] is None
    assert "已有 2 人评" in teaching["because"]
    assert {one["kind"] for one in run("log", "safe_campus", "--json")} == {"ties", "assign"}


def a_number_needs_its_document_and_a_document_serves_several_items(
    run: Any, schools: list[str], tmp_path: Path
):
    first, _ = schools
    at = ("--place", first)
    given = ("give", "safe_campus", "90", "--item", "feeling", *at)
    assert "没有写依据文件" in run(*given, code=1)
    run(*given, "--document", "虚安〔2026〕3号")
    file = tmp_path / "责任书.pdf"
    file.write_bytes(PDF)
    attached = ("attach", "safe_campus", str(file), *at)
    assert "不要佐证" in run(*attached, "--for", "letters/no_such", code=1)
    one = one_of(run, first)["items"]["letters"]
    assert one["points"] is None
    run(*attached, "--for", "letters/head_letter", "--for", "letters/post_letters")
    assert one_of(run, first)["items"]["letters"]["points"] == "5"
    # Two honours of 2 points each.
    run("give", "safe_campus", "2", "--item", "more", "--reason", "honour", *at,
        "--document", "虚奖〔2026〕1号")  # fmt: skip
    assert one_of(run, first)["items"]["more"]["points"] == "4"


def after_the_closing_no_mark_is_taken_and_the_point_ends_in_marks(run: Any, schools: list[str]):
    first, _ = schools
    assert "不能封评分" in run("close", "safe_campus", code=1)
    run("step", "safe_campus", "assess")
    run("close", "safe_campus")
    assert "才能办" in run("mark", *TEACHING, first, "good", "--as", OTTO, code=1)
    explained = run("explain", *TEACHING, first, "--json")
    # 好 is all of 10 points, 较好 80 per cent of them.
    assert Fraction(explained["points"]) == Fraction(10 + 8, 2)
    assert [one["by"] for one in explained["readings"]] == ["评委1", "评委2"]
    assert {t["kind"] for one in explained["readings"] for t in one["traces"]} == {"mark"}
    told = run("explain", *TEACHING, first)
    assert "评委1" in told
    assert NINA not in told


def who_gave_marks_does_not_publish(run: Any):
    assert "评分的人不公示结果" in run("publish", "safe_campus", "--as", OTTO, code=1)


def evidence_withdrawn_after_publication_makes_a_new_release_and_keeps_the_old(
    run: Any, schools: list[str]
):
    first, _ = schools
    run("publish", "safe_campus")
    before = one_of(run, first)
    assert before["items"]["letters"]["points"] == "5"
    (number,) = (one["line"] for one in run("log", "safe_campus", "--json")
                 if one["kind"] == "document")  # fmt: skip
    assert "为什么撤下" in run("withdraw", "safe_campus", str(number), code=1)
    run("withdraw", "safe_campus", str(number), "--why", "不是本校的（虚构）")
    after = one_of(run, first)
    assert after["items"]["letters"]["points"] == "0"
    assert Fraction(before["total"]) - Fraction(after["total"]) == 5
    assert one_of(run, first, "--number", "1") == before
    assert "没有可以撤下的" in run("withdraw", "safe_campus", str(number), "--why", "再撤", code=1)


def an_appeal_is_answered_once_with_its_reason(run: Any, schools: list[str]):
    first, _ = schools
    run("appeal", "safe_campus", "佐证是本校的（虚构）", "--place", first, "--item", "letters")
    (number,) = (one["line"] for one in run("log", "safe_campus", "--json")
                 if one["kind"] == "appeal")  # fmt: skip
    run("decide", "safe_campus", str(number), "原件上是另一所学校的章（虚构）", "--rejected")
    assert "没有等着答复的" in run("decide", "safe_campus", str(number), "再答", "--upheld", code=1)
    leader = ("--as", "分管领导（虚构）", "--role", "leader")
    # Published today: five working days of publicity and ten of appeal have not run out.
    early = run("step", "safe_campus", "finish", *leader, code=1)
    assert "公示还没有满" in early
    assert "申诉期还没有满" in early
    assert "最早" in early
    override = ("--override", "上级急要结果（虚构）")
    assert "定稿" in run("step", "safe_campus", "finish", *leader, *override)
    (last,) = [
        one for one in run("log", "safe_campus", "--json") if one["said"].get("step") == "finish"
    ]
    assert last["said"]["early"]["rules"] == ["publicity", "appeal"]


def test_an_appraisal_goes_its_whole_way(run: Any, schools: list[str], tmp_path: Path):
    """One after another: each goes on from where the one before has brought it."""
    whoever_has_not_declared_what_binds_them_is_not_assigned(run, schools)
    own_and_former_schools_and_those_of_kin_are_refused(run, schools)
    a_mark_is_taken_of_those_assigned_and_within_the_card_alone(run, schools)
    marks_are_blind_until_they_are_closed(run, schools)
    a_number_needs_its_document_and_a_document_serves_several_items(run, schools, tmp_path)
    after_the_closing_no_mark_is_taken_and_the_point_ends_in_marks(run, schools)
    who_gave_marks_does_not_publish(run)
    evidence_withdrawn_after_publication_makes_a_new_release_and_keeps_the_old(run, schools)
    an_appeal_is_answered_once_with_its_reason(run, schools)


def test_whom_no_register_has_is_named_when_the_appraisal_is_begun(run: Any):
    assert run("score", "office_achievements", "--json")["places"] == []
    run("begin", "office_achievements", "--subject", "safety=安全股（虚构）")
    (one,) = run("score", "office_achievements", "--json")["places"]
    assert one["place"] == "safety"
