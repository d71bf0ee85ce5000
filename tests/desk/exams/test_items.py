"""Item scores from a table: by hand, and what cannot be read."""

import json

import pytest
from click.testing import CliRunner

from xianxue.desk.cli import cli

TABLE = "考号,1,2,3,总分\n答案,A,,,\n满分,2,4,4,10\n01,A,4,4,10\n02,A,4,2,8\n03,B,2,2,4\n04,C,0,缺考,0\n"


def run(tmp_path, text, *args):
    path = tmp_path / "小题.csv"
    path.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(cli, ["exams", "items", str(path), *args], standalone_mode=False)
    return str(result.exception) if result.exception else result.output


def test_difficulty_and_options_by_hand(tmp_path):
    said = json.loads(run(tmp_path, TABLE, "--json"))
    first, second, third = said["items"]
    # 2 of 4 chose A: 4 of 8 points; 10 of 16 points; of the three who sat the last 8 of 12.
    assert [one["difficulty"] for one in said["items"]] == ["0.5", "0.625", "0.666666666667"]
    assert {one["option"]: one["pupils"] for one in first["options"]} == {"A": 2, "B": 1, "C": 1}
    assert second["options"] == third["options"] == []
    assert [one["full"] for one in said["items"]] == ["2", "4", "4"]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("考号,1,2\n01,1,2\n", "没有找到小题的满分"),
        (TABLE.replace("02,A,4", "02,A,5"), "C5：第 2 题填了 5 分"),
        (TABLE.replace("满分,2", "满分,零"), "1的满分写的是“零”"),
        ("考号\n满分\n01\n", "一道小题也没有"),
    ],
)
def test_what_cannot_be_read(tmp_path, table, said):
    assert said in run(tmp_path, table)


def test_everybody_alike_is_said_in_words(tmp_path):
    said = run(tmp_path, "考号,1,2\n满分,2,2\n01,1,1\n02,1,1\n")
    assert "分不出" in said
