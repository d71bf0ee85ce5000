"""``xianxue ballots sample`` as somebody types it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from xianxue.desk.ballots.frames import calls_in
from xianxue.desk.cli import main

Run = Callable[..., str]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command and give what it said, having ended with a code."""

    def running(*words: str, code: int = 0, deed: str = "sample") -> str:
        with pytest.raises(SystemExit) as end:
            main(["ballots", deed, *words])
        said = capsys.readouterr()
        assert end.value.code == code, said
        return said.out + said.err

    return running


@pytest.mark.parametrize(
    ("words", "answers"),
    [
        (("--margin", "5"), 373),
        (("--margin", "5", "--design-effect", "1.5"), 559),
        (("--margin", "3", "--design-effect", "1.5"), 1471),
        (("--margin", "5%"), 373),
    ],
)
def test_a_sample_of_twelve_thousand(run: Run, words, answers):
    said = run("--population", "12000", *words, "--json")
    assert json.loads(said)["n"] == answers


@pytest.mark.parametrize("heads", ["学校,人数", "school,people"])
def test_schools_share_what_is_sent(run: Run, tmp_path, heads):
    table = tmp_path / "人数.csv"
    table.write_text(heads + "\n甲,1200\n乙,850\n丙,430\n丁,90\n戊,30\n", "utf-8")
    told = json.loads(run("--schools", str(table), "--least", "10", "--json"))
    assert (told["population"], told["n"]) == (2600, 335)
    assert sum(one["n"] for one in told["schools"]) == told["send"]
    assert min(one["n"] for one in told["schools"]) == 10


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--margin", "0"), "要在 0 到 100 之间"),
        (("--margin", "五"), "“五”不是数字"),
        (("--margin", "1e999999"), "不是数字"),
        (("--margin", "NaN"), "不是数字"),
        (("--share", "100"), "要在 0 到 100 之间"),
        (("--design-effect", "0.5"), "至少是 1"),
        (("--answering", "0"), "要在 0 到 100 之间"),
        (("--population", "0"), "0"),
    ],
)
def test_what_makes_no_sense_is_misuse(run: Run, words, said):
    assert said in run(*words, code=2)


def test_each_row_that_says_no_number_is_told(run: Run, tmp_path):
    table = tmp_path / "人数.csv"
    table.write_text("学校,人数\n甲,约100\n甲,5\n,7\n", "utf-8")
    said = run("--schools", str(table), "--json", code=1)
    assert {"B-MANY", "B-TWICE", "B-SCHOOL"} <= {one["code"] for one in json.loads(said)}


def test_by_a_table_of_the_inspectorate(run: Run):
    told = json.loads(run("--table", "preschool_recognition", "--population", "246000", "--json"))
    assert told["n"] == 300
    assert [one["n"] for one in told["groups"]] == [15, 15, 60, 210]
    said = run("--table", "compulsory_quality_recognition", "--population", "260000")
    assert "至少 195" in said
    assert "抽样前一定与督导部门核对" in said
    assert "未核实" in said
    assert "preschool_recognition" in run("--table", "none", "--population", "1", code=2)
    assert "--population" in run("--table", "preschool_recognition", code=2)


@pytest.fixture
def frame(tmp_path):
    """T-H11's schools, each with so many parents."""
    file = tmp_path / "名单.csv"
    file.write_text(
        "学校,类别,人数\n甲,家长,1200\n乙,家长,850\n丙,家长,430\n丁,家长,90\n戊,家长,30\n", "utf-8"
    )
    return str(file)


def test_who_is_asked_is_drawn_by_a_seed_that_is_told(run: Run, frame, tmp_path):
    """The same seed draws the same; a list that is there is not written over."""
    lists = [str(tmp_path / f"{name}.xlsx") for name in ("one", "two", "other")]
    told = json.loads(run(frame, "--seed", "13", "-o", lists[0], "--json"))
    assert (told["seed"], told["population"], told["n"], told["send"]) == ("13", 2600, 335, 335)
    assert sum(one["n"] for one in told["layers"]) == 335
    run(frame, "--seed", "13", "-o", lists[1])
    assert "种子：" in run(frame, "-o", lists[2])
    same = [[one.drawn for one in calls_in(Path(file))] for file in lists]
    assert same[0] == same[1] != same[2]
    assert "已经有了" in run(frame, "--seed", "14", "-o", lists[0], code=2)
    assert "-o" in run(frame, code=2)


def test_a_table_that_is_not_proved_is_confirmed_before_anybody_is_drawn(run: Run, frame, tmp_path):
    """One half of 300 are parents, and here all are; without a word nobody is drawn."""
    words = (frame, "--table", "compulsory_quality_recognition", "--population", "150000")
    out = tmp_path / "名单.xlsx"
    assert "--confirmed" in run(*words, "-o", str(out), code=2)
    assert not out.exists()
    told = json.loads(run(*words, "-o", str(out), "--confirmed", "督导室（虚构）", "--json"))
    assert told["send"] == 300
    words = (frame, "--table", "preschool_recognition", "--population", "246000")
    assert "名单里只有 0 人" in run(*words, "-o", str(tmp_path / "x.xlsx"), code=2)


def test_a_frame_that_cannot_be_read_is_told_row_by_row(run: Run, tmp_path):
    file = tmp_path / "名单.csv"
    file.write_text("学校,类别,编号\n甲,家长,1\n甲,家长,1\n,家长,2\n甲,家长,\n", "utf-8")
    said = run(str(file), "-o", str(tmp_path / "x.xlsx"), "--json", code=1)
    assert [(one["code"], one["cell"]) for one in json.loads(said)] == [
        ("B-TWICE", "A3"), ("B-SCHOOL", "A4"), ("B-WHO", "C5"),
    ]  # fmt: skip


def test_calls_are_entered_where_the_list_says_so(run: Run, tmp_path):
    """T-H17's rates come of a list; a spare out of turn is told, and what is no end too."""
    file = tmp_path / "访问.csv"
    heads = "学校,类别,次序,主样本或替补,编号,结果"
    ends = {
        "I": 402,
        "P": 18,
        "R": 150,
        "NC": 210,
        "O": 20,
        "UH": 300,
        "UO": 100,
        "不是调查对象": 250,
    }
    said = [end for end, many in ends.items() for _ in range(many)]
    rows = [f"甲,家长,{at},主样本,{at},{end}" for at, end in enumerate(said, start=1)]
    file.write_text("\n".join([heads, *rows]), "utf-8")
    told = json.loads(run(str(file), "--json", deed="calls"))
    assert {one["rate"]: one["value"] for one in told["rates"][:3]} == {
        "RR1": "33.5", "RR2": "35", "RR3": "36.39",
    }  # fmt: skip
    assert told["lacking"] == [{"school": "甲", "group": "家长", "n": 1048}]
    file.write_text(f"{heads}\n甲,家长,1,主样本,7,\n甲,家长,2,替补,8,完成\n", "utf-8")
    out = run(str(file), deed="calls", code=1)
    assert "第 2 位是替补，不该访" in out
    assert "应答率先不算" in out
    file.write_text(f"{heads}\n甲,家长,1,主样本,7,不在\n甲,家长,1,候补,7,\n", "utf-8")
    told = json.loads(run(str(file), "--json", deed="calls", code=1))
    assert [one["cell"] for one in told] == ["F2", "C3"]
