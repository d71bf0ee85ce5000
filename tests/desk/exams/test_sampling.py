"""Samplings from the sheet to the figure, by norms that a county has written itself (invented)."""

import json

import pytest
from click.testing import CliRunner
from tests.desk.exams.conftest import JUNIOR, NINE

from xianxue.desk.cli import cli

NORMS = """
norms: ours
term: 评分表（虚构）
scoring: ours_only
tables:
  - {item: run_50, of: [7, 8], worth: [{points: 100, at_most: 8}, {points: 60, at_most: 10}, {points: 30, at_most: 12}]}
  - {item: run_800, of: [7, 8], worth: [{points: 100, at_most: 210}, {points: 80, at_most: 245}]}
source: {document: xianxue-own, seen: own, note: 虚构。}
"""
SCORING = """
scoring: ours_only
term: 两项（虚构）
exam: fitness_sampling
items:
  - {item: run_50, least: 5, most: 30, timed: true}
  - {item: run_800, least: 100, most: 900, timed: true}
weights: [{of: [7, 8], weights: {run_50: 50, run_800: 50}}]
source: {document: xianxue-own, seen: own, note: 虚构。}
"""
HEAD = "学校,班级,考号,姓名,性别,年级,50米,800米"


@pytest.fixture
def county_with_norms(county):
    folder = county / "规则"
    folder.mkdir()
    (folder / "norms.yaml").write_text(NORMS, encoding="utf-8")
    (folder / "scoring.yaml").write_text(SCORING, encoding="utf-8")
    settings = county / "xianxue.toml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("overlays = []", 'overlays = ["规则"]'), encoding="utf-8")
    return county


def sheet(folder, *rows):
    table = folder / "抽测.csv"
    table.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    return table


def figure(county, name):
    line = ["indicators", "show", f"fitness_sampling_{name}", "--period", "2025-2026"]
    line += ["--release", "none", "--json", "--workspace", str(county)]
    found = json.loads(CliRunner().invoke(cli, line, standalone_mode=False).output)
    return found["numerator"], found["denominator"], found["shown"]


def test_each_pupil_is_graded(run, county_with_norms):
    rows = [
        f"{JUNIOR},1班,1,甲（虚构）,女,七年级,8.0,3'30",  # 100 and 100
        f"{JUNIOR},1班,2,乙（虚构）,女,初一,9.5,4'05",  # 60 and 80: 70
        f"{JUNIOR},1班,3,丙（虚构）,男,8,11,5'00",  # 30 and 0: 15
        f"{JUNIOR},1班,4,丁（虚构）,男,8,8,免测",  # no score, and not failed
    ]
    code, text = run("fitness", sheet(county_with_norms, *rows), "--norms", "ours", "--json")
    assert code == 0, text
    found = json.loads(text)
    assert [(one["score"], one["level"]) for one in found["pupils"]] == [
        ("100", "excellent"), ("70", "passed"), ("15", "low"), (None, None),
    ]  # fmt: skip
    assert found["levels"] == {"excellent": 1, "passed": 1, "low": 1}
    assert found["schools"] == []  # too few to be shown


def test_every_fault_at_once_in_its_cell(run, county_with_norms):
    rows = [
        f"{JUNIOR},1班,1,甲（虚构）,女,19年级,8.0,3'30",
        f"{JUNIOR},1班,2,乙（虚构）,不明,初一,9.5,4'05",
        f"{JUNIOR},1班,3,丙（虚构）,男,8,95,5'00",
        "没有这校,1班,4,丁（虚构）,男,8,8,5'75",
        f"{JUNIOR},1班,1,戊（虚构）,男,高一,8,200",
    ]
    code, text = run("fitness", sheet(county_with_norms, *rows), "--norms", "ours")
    assert code == 1
    for cell in ("F2", "E3", "G4", "A5", "H5", "C6", "F6"):
        assert f"抽测.csv {cell}：" in text


def test_released_it_becomes_figures_and_ranks(run, county_with_norms):
    """60 of 60 pass in one school (59 of them at 8 seconds), 6 of 12 in the other."""
    rows = [f"{JUNIOR},1班,{at},学生{at}（虚构）,女,七年级,8,3'30" for at in range(59)]
    rows += [f"{JUNIOR},1班,60,学生60（虚构）,女,七年级,9.5,4'00"]
    rows += [f"{NINE},1班,{at},学生{at}（虚构）,女,七年级,9.5,4'00" for at in range(100, 106)]
    rows += [f"{NINE},1班,{at},学生{at}（虚构）,女,七年级,11,4'00" for at in range(200, 206)]
    table = sheet(county_with_norms, *rows)
    args = ("--norms", "ours", "--name", "抽测", "--day", "2026-04-10")
    code, text = run("fitness", table, *args)
    assert code == 0, text
    assert "xianxue exams release 抽测" in text
    code, text = run("ranks", "抽测", "--json")
    assert code == 0, text
    assert [(one["school"], one["reached"], one["base"], one["best"], one["worst"])
            for one in json.loads(text)] == [(JUNIOR, 60, 60, 1, 1), (NINE, 6, 12, 2, 2)]  # fmt: skip
    code, text = run("release", "抽测", "--override", "练习县只有一个人（虚构）")
    assert code == 0, text
    # 66 of 72 pass, 59 of 72 have 80 points or more.
    assert figure(county_with_norms, "passed_rate") == ("66", "72", "91.67")
    assert figure(county_with_norms, "good_rate") == ("59", "72", "81.94")


def test_an_examination_whose_card_has_no_ranks_has_none(run, big):
    code, text = run("ranks", big)
    assert code == 2
    assert "不给学校排位次" in text


def test_arts_need_no_norms(run, county):
    table = county / "艺术.csv"
    table.write_text(
        f"学校,考号,性别,年级,音乐,美术\n{JUNIOR},1,女,七年级,80,69.5\n", encoding="utf-8"
    )
    code, text = run("arts", table, "--norms", "arts_equal", "--json")
    assert code == 0, text
    # (80 + 69.5) ÷ 2 = 74.75 is below 75.
    assert json.loads(text)["pupils"][0]["score"] == "74.75"
    assert json.loads(text)["pupils"][0]["level"] == "passed"
