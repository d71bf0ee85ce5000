"""A county of one's own, and its commands."""

import pytest
from click.testing import CliRunner

from xianxue.desk.cli import cli

JUNIOR, NINE = "3163980002", "3163980001"


@pytest.fixture
def county(four_schools, tmp_path, copy_workspace):
    copy_workspace(four_schools, tmp_path / "four")
    return tmp_path / "four"


@pytest.fixture
def run(county):
    def call(*args):
        line = ["exams", *map(str, args), "--workspace", str(county)]
        result = CliRunner().invoke(cli, line, standalone_mode=False)
        error = result.exception
        return (2 if error else result.return_value or 0), str(error) if error else result.output

    return call


@pytest.fixture
def big(run, tmp_path):
    """An examination of 60 pupils in one school, and of 4, too few to be shown, in the other."""
    rows = ["学校,班级,考号,姓名,语文,数学"]
    for at in range(64):
        school = JUNIOR if at < 60 else NINE
        rows.append(f"{school},{at % 2 + 1}班,{at:03},考生{at}（虚构）,{60 + at},{40 + at}")
    table = tmp_path / "大表.csv"
    table.write_text("\n".join(rows), encoding="utf-8")
    code, text = run("load", table, "--exam", "zhongkao", "--name", "期末", "--day", "2026-06-20")
    assert code == 0, text
    code, text = run("lines", "期末", "--set", "合格线=160", "--document", "虚构文件")
    assert code == 0, text
    return "期末"
