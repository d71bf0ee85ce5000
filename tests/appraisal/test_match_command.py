"""``xianxue appraise match`` as somebody types it, and what it says of files that are none."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from xianxue.desk.cli import main

Run = Callable[..., str]
T_G16: Any = {
    "teachers": {
        "t1": ["A", "C"],
        "t2": ["B", "A"],
        "t3": ["B", "C"],
        "t4": ["C", "A"],
        "t5": ["A", "B"],
        "t6": ["A", "B"],
    },
    "posts": {
        "A": {"quota": 2, "ranking": ["t4", "t2", "t5", "t1", "t6"]},
        "B": {"quota": 2, "ranking": ["t3", "t2", "t6", "t5"]},
        "C": {"quota": 1, "ranking": ["t1", "t3", "t4"]},
    },
}
BEST = [("t1", "A"), ("t2", "B"), ("t3", "B"), ("t4", "C"), ("t5", "A"), ("t6", None)]
ANSWER = {
    "matching": [{"teacher": teacher, "post": post} for teacher, post in BEST],
    "unplaced": [{"teacher": "t6", "in_any_stable": False}],
}


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch) -> Run:
    """Match a file that holds something and give what was said, having ended with a code."""
    # Nothing of a workspace is asked for.
    monkeypatch.chdir(tmp_path)

    def running(held: object, *words: str, code: int = 0, name: str = "双向选择.json") -> str:
        path = tmp_path / name
        data = held if isinstance(held, (str, bytes)) else json.dumps(held)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        with pytest.raises(SystemExit) as end:
            main(["appraise", "match", str(path), *words])
        said = capsys.readouterr()
        assert end.value.code == code, said
        return said.out + said.err

    return running


def book(folder: Path, teachers: list[list[Any]], posts: list[list[Any]]) -> bytes:
    path = folder / "made.xlsx"
    with xlsxwriter.Workbook(path) as made:
        for name, rows in (("志愿", teachers), ("岗位", posts)):
            sheet = made.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return path.read_bytes()


def test_t_g16_to_the_letter(run: Run):
    assert json.loads(run(T_G16, "--json")) == ANSWER


def test_t_g16_on_paper_says_by_whom_the_sixth_was_passed_over(run: Run):
    said = "".join(run(T_G16).split())
    assert "教师6名：安排5名，未安排1名。" in said
    assert "-A：名额2个已满：在该岗位的名单上排第5，录取的最后一名排第4。" in said
    assert "-B：名额2个已满：在该岗位的名单上排第3，录取的最后一名排第2。" in said
    assert "换任何一种稳定的配法，也安排不上" in said


def test_a_workbook_of_two_sheets_says_the_same(run: Run, tmp_path: Path):
    wishes = [["教师双向选择志愿（虚构）"], ["教师", "第一志愿", "第二志愿"]]
    wishes += [[name, *said] for name, said in T_G16["teachers"].items()]
    posts = [["岗位", "名额", "第1名", "第2名", "第3名", "第4名", "第5名"]]
    posts += [[name, one["quota"], *one["ranking"]] for name, one in T_G16["posts"].items()]
    made = book(tmp_path, wishes, posts)
    assert json.loads(run(made, "--json", name="双向选择.xlsx")) == ANSWER


def test_who_is_ranked_equal_is_drawn_by_the_seed_and_both_learn_it(run: Run, tmp_path: Path):
    """The same tie in JSON and in a workbook; another seed, another winner."""
    tie = {
        "teachers": {"甲": ["A"], "乙": ["A"]},
        "posts": {"A": {"quota": 1, "ranking": [["甲", "乙"]]}},
    }
    made = book(
        tmp_path, [["教师"], ["甲", "A"], ["乙", "A"]], [["岗位", "名额"], ["A", 1, "甲＝乙"]]
    )
    winners = set()
    for seed in ("1", "2", "3", "4"):
        told = json.loads(run(tie, "--seed", seed, "--why", "--json"))
        assert told["stable"] is True
        assert told["unplaced"][0]["in_any_stable"] is True
        (out,) = told["passed_over"]
        assert [(one["post"], one["why"]) for one in out["posts"]] == [("A", "lot")]
        first = min(
            (one for one in told["lots"] if one["name"] != "A"), key=lambda one: one["number"]
        )
        assert {"teacher": first["name"], "post": "A"} in told["matching"]
        same = json.loads(run(made, "--seed", seed, "--json", name="b.xlsx"))
        assert same["matching"] == told["matching"]
        winners.add(first["name"])
    assert winners == {"甲", "乙"}
    assert "抽签没有写种子" in run(tie)
    assert "按种子“2026”抽签" in run(tie, "--seed", "2026")


def test_a_cell_with_several_names_is_read_in_their_order(run: Run, tmp_path: Path):
    """The same market, each list in one cell; a post whose own name has the sign is one post."""
    wishes = [
        ["教师", "志愿"],
        *[[name, "、".join(said)] for name, said in T_G16["teachers"].items()],
    ]
    posts = [["岗位", "名额", "人选"]]
    posts += [
        [name, one["quota"], ", ".join(one["ranking"])] for name, one in T_G16["posts"].items()
    ]
    made = book(tmp_path, wishes, posts)
    assert json.loads(run(made, "--json", name="b.xlsx")) == ANSWER
    made = book(
        tmp_path, [["教师"], ["甲", "语文、数学"]], [["岗位", "名额"], ["语文、数学", 1, "甲"]]
    )
    told = json.loads(run(made, "--json", name="c.xlsx"))
    assert told["matching"] == [{"teacher": "甲", "post": "语文、数学"}]


def changed(**posts: Any) -> Any:
    return {**T_G16, "posts": {**T_G16["posts"], **posts}}


@pytest.mark.parametrize(
    ("held", "where", "said"),
    [
        ("", "", "文件是空的"),
        (" \n", "", "文件是空的"),
        ("{", "", "第 1 行第 2 列不是 JSON"),
        ("[" * 100_000, "", "括号套得太深"),
        ("教师".encode("gb18030"), "", "不是 UTF-8"),
        ("[]", "", "不是一组"),
        ("null", "", "不是一组"),
        ({}, "", "缺少键“posts”"),
        ({"teachers": {}, "posts": {}}, "", "一名教师也没有"),
        ({**T_G16, "posts": {}}, "teachers.t1[1]", "岗位里没有它"),
        ({**T_G16, "quotas": {}}, "", "键“quotas”不认识"),
        ({**T_G16, "teachers": {**T_G16["teachers"], "t1": "A"}}, "teachers.t1", "不是名单"),
        ({**T_G16, "teachers": {**T_G16["teachers"], "t1": ["A", 3]}}, "teachers.t1[2]", "不是名称"),
        ({**T_G16, "teachers": {**T_G16["teachers"], "t1": ["D"]}}, "teachers.t1[1]", "“D”，岗位里没有它"),
        ({**T_G16, "teachers": {**T_G16["teachers"], "t1": ["A", "A"]}}, "teachers.t1[2]", "“A”写了两次"),
        (changed(A={"quota": 2, "ranking": ["t9"]}), "posts.A.ranking[1]", "“t9”，教师里没有这个人"),
        (changed(A={"quota": 2, "ranking": [["t1", "t2"], "t1"]}), "posts.A.ranking[2]", "“t1”写了两次"),
        (changed(A={"quota": 0, "ranking": []}), "posts.A.quota", "名额写了“0”"),
        (changed(A={"quota": -1, "ranking": []}), "posts.A.quota", "名额写了“-1”"),
        (changed(A={"quota": 1.5, "ranking": []}), "posts.A.quota", "名额写了“1.5”"),
        (changed(A={"quota": "两个", "ranking": []}), "posts.A.quota", '名额写了“"两个"”'),
        (changed(A={"quota": True, "ranking": []}), "posts.A.quota", "名额写了“true”"),
        (changed(A={"ranking": []}), "posts.A", "缺少键“quota”"),
        (changed(A=3), "posts.A", "不是一组"),
        ('{"teachers": {"甲": ["A"], "甲": []}, "posts": {"A": {"quota": 1, "ranking": []}}}', "teachers.甲", "教师“甲”写了两次"),
    ],
)  # fmt: skip
def test_each_fault_is_told_where_it_stands(run: Run, held, where, said):
    issues = json.loads(run(held, "--json", code=1))
    assert [one for one in issues if one["cell"] == where and said in one["saw"]], issues
    assert all(one["required"] for one in issues)


def test_faults_of_a_workbook_are_told_by_their_cells(run: Run, tmp_path: Path):
    made = book(
        tmp_path,
        [["教师", "第一志愿"], ["甲", "A"], ["甲", "B"], ["乙", "C"]],
        [["岗位", "名额"], ["A", "若干", "甲"], ["B", "", "丁"], ["A", 1]],
    )
    issues = json.loads(run(made, "--json", code=1, name="双向选择.xlsx"))
    assert [(one["sheet"], one["cell"], one["code"]) for one in issues] == [
        ("志愿", "A3", "M-TWICE"),
        ("岗位", "A4", "M-TWICE"),
        ("岗位", "B2", "M-QUOTA"),
        ("岗位", "B3", "M-QUOTA"),
        ("志愿", "B4", "M-LISTED"),
        ("岗位", "C3", "M-LISTED"),
    ]
    assert "没有写名额" in issues[3]["saw"]


@pytest.mark.parametrize(
    ("teachers", "posts", "said"),
    [
        ([["姓名", "学校"]], [["学校", "人数"]], "没有找到岗位表"),
        ([["名单"]], [["岗位", "名额"]], "没有找到教师志愿表"),
        ([["教师"], ["甲"]], [["岗位", "名额"]], "一个岗位也没有"),
    ],
)
def test_a_workbook_of_something_else_is_told_what_is_wanted(
    run: Run, tmp_path, teachers, posts, said
):
    assert said in run(book(tmp_path, teachers, posts), code=1, name="别的.xlsx")


def test_no_workbook_and_no_file(run: Run, capsys):
    assert "双向选择.xlsx" in run(b"PK\x03\x04 broken", code=1, name="双向选择.xlsx")
    with pytest.raises(SystemExit) as end:
        main(["appraise", "match", "没有.json"])
    assert end.value.code == 2
    assert "没有.json" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("held", "said"),
    [
        ('{"teachers": {"": []}, "posts": {"A": {"quota": 1, "ranking": []}}}', "有一名教师没有姓名"),
        ('{"teachers": {"甲": []}, "posts": {" ": {"quota": 1, "ranking": []}}}', "有一个岗位没有名称"),
        (f'{{"teachers": {{"甲": []}}, "posts": {{"A": {{"quota": {"1" * 5000}, "ranking": []}}}}}}', "有一个数太长"),
    ],
)  # fmt: skip
def test_names_that_are_empty_and_numbers_that_are_too_long(run: Run, held, said):
    (issue,) = json.loads(run(held, "--json", code=1))
    assert issue["saw"] == said


def test_a_quota_of_a_hundred_digits_is_none(run: Run, tmp_path: Path):
    made = book(tmp_path, [["教师"], ["甲"], ["", "A"]], [["岗位", "名额"], ["A", "9" * 100]])
    issues = json.loads(run(made, "--json", code=1, name="b.xlsx"))
    assert [(one["cell"], one["code"]) for one in issues] == [("A3", "M-NAME"), ("B2", "M-QUOTA")]
