"""``xianxue appraise contest``: a table of marks, and who is chosen by the notice and exactly."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from xianxue.desk.cli import main

Run = Callable[..., str]
HEADS = "岗位,姓名,面试,面试考场"
# T-G14 again: 甲 78 before A, where all come to 1522.42, 乙 84.6 before B, 1494.88. The others of a
# panel have the same but for one cent.
OTHERS = [*[("A", "76.02")] * 18, ("A", "76.06"), *[("B", "82.96")] * 16, ("B", "82.92")]
T_G14 = [f"教师,其他{at},{mark},{panel}" for at, (panel, mark) in enumerate(OTHERS)]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch) -> Run:
    """Hold a contest of a table, and give what was said, having ended with a code."""
    monkeypatch.chdir(tmp_path)

    def running(table: list[str], *words: str, code: int = 0) -> str:
        path = tmp_path / "成绩.csv"
        path.write_text("\n".join(table), "utf-8")
        with pytest.raises(SystemExit) as end:
            main(["appraise", "contest", str(path), *words])
        said = capsys.readouterr()
        assert end.value.code == code, said
        return said.out + said.err

    return running


BY_NOTICE = ("--for", "interview_two_decimals", "--places", "教师=1")


def test_t_g14_both_results_are_shown(run: Run):
    table = [HEADS, "教师,甲,78,A", "教师,乙,84.6,B", *T_G14]
    told = json.loads(run(table, *BY_NOTICE, "--json"))
    by_name = {one["name"]: one for one in told["placed"]}
    assert [one["mean"] for one in told["coefficients"]] == ["76.121", "83.048888888889"]
    assert [one["used"] for one in told["coefficients"]] == ["1.04", "0.96"]
    assert (by_name["乙"]["total"], by_name["乙"]["rank"], by_name["乙"]["exact_rank"]) == (
        "81.216",
        1,
        2,
    )
    assert (by_name["甲"]["total"], by_name["甲"]["rank"], by_name["甲"]["exact_rank"]) == (
        "81.12",
        2,
        1,
    )
    assert (by_name["乙"]["outcome"], by_name["甲"]["outcome"]) == ("chosen", "behind")
    assert told["rounding_decides"] is True
    said = run(table, *BY_NOTICE)
    assert "- 甲：按公告第 2 名，不舍入第 1 名（81.3626）" in said
    assert "- 乙：按公告第 1 名，不舍入第 2 名（80.8856）" in said


def test_a_school_fills_two_posts_and_says_who_was_left_out(run: Run):
    table = [
        "岗位,姓名,民主测评,工作实绩,面试答辩",
        "语文,甲,90,80,85",
        "语文,乙,80,80,59",
        "数学,丙,80,缺考,80",
    ]
    words = ("--for", "school_posts", "--places", "语文=1", "--places", "数学=2")
    told = json.loads(run(table, *words, "--json"))
    # 0.3·90 + 0.4·80 + 0.3·85
    assert told["placed"][0]["total"] == "84.5"
    assert [one["outcome"] for one in told["placed"]] == ["chosen", "minimum", "absent"]
    assert told["left_out"] == ["乙", "丙"]
    assert told["vacant"] == [{"post": "语文", "places": 0}, {"post": "数学", "places": 2}]
    assert "落聘名单：乙、丙。" in run(table, *words)


def test_each_fault_of_a_table_is_told_by_its_cell(run: Run):
    table = [HEADS, "教师,甲,101,A", "保安,甲,良好,A", "教师,,80,", "教师,丁,-1,A"]
    issues = json.loads(run(table, *BY_NOTICE, "--json", code=1))
    assert sorted((one["cell"], one["code"]) for one in issues) == [
        ("A3", "M-POST"),
        ("B3", "M-TWICE"),
        ("B4", "M-NAME"),
        ("C2", "M-MARK"),
        ("C3", "X-MARK"),
        ("C5", "M-MARK"),
        ("D4", "M-PANEL"),
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--for", "none", "--places", "教师=1"), "没有竞聘办法“none”；现有：written_and_skill"),
        (("--for", "school_posts", "--places", "教师"), "要写成 岗位=名额"),
        (("--for", "school_posts", "--places", "教师=0"), "名额是 1 或更大的整数"),
        (("--for", "school_posts", "--places", "教师=1.5"), "要写成 岗位=名额"),
        (("--for", "school_posts"), "--places"),
    ],
)
def test_misuse(run: Run, words, said):
    assert said in run([HEADS], *words, code=2)


def test_a_table_without_anybody_and_one_of_something_else(run: Run):
    assert "一名应聘的人也没有" in run([HEADS], *BY_NOTICE, code=1)
    assert "没有一张表同时有这些列" in run(["学校,人数", "一小,3"], *BY_NOTICE, code=1)
