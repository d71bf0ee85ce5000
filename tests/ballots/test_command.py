"""``xianxue ballots sample`` as somebody types it."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from xianxue.desk.cli import main

Run = Callable[..., str]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command and give what it said, having ended with a code."""

    def running(*words: str, code: int = 0) -> str:
        with pytest.raises(SystemExit) as end:
            main(["ballots", "sample", *words])
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
