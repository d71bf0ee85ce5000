"""The year's report tells what ledgers count, and is silent where nothing happened."""

from __future__ import annotations

import json
import shutil
from datetime import date

import pytest
from click.testing import CliRunner

from xianxue.bureau.report.text import Heading
from xianxue.bureau.values.periods import Period
from xianxue.desk.cli import cli
from xianxue.desk.indicators.river import River
from xianxue.desk.workspace import Workspace

SCHOOL = "2163980001"


def hazard(folder, money=""):
    said = {
        "what": "应急灯不亮",
        "found_on": "2025-09-03",
        "found_by": "学校自查",
        "domain": "消防",
        "grade": "一般",
    } | ({"money": money} if money else {})
    given = [word for name, text in said.items() for word in ("--set", f"{name}={text}")]
    words = ["ledgers", "record", "hazards", "--place", SCHOOL, "--on", "2025-09-03"]
    made = CliRunner().invoke(
        cli, [*words, "--as", "甲（虚构）", *given, "--workspace", str(folder), "--json"]
    )
    return json.loads(made.stdout)["entry"]


def written(folder):
    year = River(Workspace.open(folder), Period.parse("2025-2026")).year
    text = year.write("annual_summary", date(2026, 8, 31)).text
    assert text is not None
    return text


def headings(text):
    return [str(one.runs[0]) for one in text.blocks if isinstance(one, Heading)]


@pytest.fixture
def county(four_schools, tmp_path):
    folder = tmp_path / "four"
    shutil.copytree(four_schools, folder)
    return folder


SECTIONS = ["校园安全", "项目建设", "学生资助", "师资建设", "教育督导", "信访办理", "获得荣誉"]


def test_a_section_is_there_only_where_its_ledger_has_something_to_tell(county):
    assert not set(headings(written(county))) & set(SECTIONS)
    for _ in range(3):
        hazard(county)
    text = written(county)
    assert [one for one in headings(text) if one in SECTIONS] == ["校园安全"]
    (claim,) = [one for one in text.claims() if "hazards_found" in str(one)]
    told = text.outline()
    assert "本学年排查安全隐患3处" in told
    # Of drills and of major hazards there is nothing, and nothing is said.
    assert "应急演练" not in told
    assert "重大隐患" not in told
    assert claim is not None
